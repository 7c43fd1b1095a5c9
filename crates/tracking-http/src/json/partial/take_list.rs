//! Takes a list out of what was read: each element with its own JSON and its own problems.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use serde::de::DeserializeOwned;
use tracking_core::kit::{RawList, count_elements};
use tracking_core::{Completeness, Problem, RawJson};

use super::value::Partial;
use crate::json::budget::TOO_MANY_ELEMENTS;
use crate::json::known_keys::{has_known_key, names_keys};
use crate::json::misfit::LIST_AS_OBJECT;
use crate::json::place::{List, Place};

impl<T> Partial<T> {
    /// Takes a list out of the value: each element with its own JSON and its own problems.
    ///
    /// `keys` lead to the list from here; `take` moves it out of the value. An element that is equal to
    /// the default one and has none of the keys of its type is left out, as a problem of this value; so is
    /// a list where the type is an object. So are the last of far more elements than a response of this size
    /// has: some 20,000, and one for each 512 bytes.
    pub fn take_list<E>(
        &mut self,
        keys: &'static [&'static str],
        take: impl FnOnce(&mut T) -> Vec<E>,
    ) -> Vec<Partial<E>>
    where
        E: DeserializeOwned + Default + PartialEq,
    {
        self.take_list_except(keys, take, |_| None)
    }

    /// Takes a list out of the value as [`take_list`](Self::take_list) does, and leaves out the elements
    /// for which `refuse` returns a message. Their own problems, or else one with that message, become
    /// problems of this value.
    pub fn take_list_except<E>(
        &mut self,
        keys: &'static [&'static str],
        take: impl FnOnce(&mut T) -> Vec<E>,
        refuse: impl Fn(&Partial<E>) -> Option<String>,
    ) -> Vec<Partial<E>>
    where
        E: DeserializeOwned + Default + PartialEq,
    {
        let values = take(&mut self.value);
        if values.is_empty() {
            return Vec::new();
        }
        let list = List::new(
            self.place.clone(),
            keys,
            self.raw.clone(),
            Arc::clone(&self.response),
            values.len(),
        );
        let raws = if self.response.left_out.is_empty() {
            RawList::first_at_path(self.raw.clone(), keys, values.len())
        } else {
            let kept = list.kept().iter();
            let kept: Vec<RawJson> = kept.map(|(_, raw)| raw.clone()).collect();
            kept.into()
        };
        let nothing = E::default();
        let may_be_list = self.response.has_nested_lists(&self.raw) && names_keys::<E>();
        let room = self.response.room(&self.raw).load(Ordering::Relaxed);
        let mut elements = Vec::with_capacity(values.len().min(room));
        let (mut more, mut too_many) = (0, 0);
        for (index, value) in values.into_iter().enumerate() {
            let place = Place::Element(Arc::clone(&list), index);
            let raw = raws.element(index);
            let is_list = may_be_list && raw.get().starts_with('[');
            if is_list || value == nothing && !has_known_key::<E>(raw.get()) {
                if self.response.may_list() {
                    self.refuse(&place, raw);
                } else {
                    more += 1;
                }
                continue;
            }
            if elements.len() == room {
                too_many += 1;
                continue;
            }
            elements.push(Partial {
                value,
                raw,
                problems: Vec::new(),
                place,
                response: Arc::clone(&self.response),
            });
        }
        self.response
            .room(&self.raw)
            .store(room - elements.len(), Ordering::Relaxed);
        if too_many > 0 {
            self.report_too_many(list.path(), too_many);
        }
        self.hand_over(&list, &mut elements);
        elements.retain_mut(|element| {
            let Some(message) = refuse(element) else {
                return true;
            };
            if !element.problems.is_empty() {
                self.problems.append(&mut element.problems);
            } else if self.response.may_list() {
                let problem = Problem::new(element.path(), message);
                self.problems.push(problem.with_raw(element.raw.clone()));
            } else {
                more += 1;
            }
            false
        });
        if more > 0 {
            self.count(list.path(), more, matches!(self.place, Place::Path(_)));
        }
        elements
    }

    /// Returns whether a list that was taken out, with so many elements, has all that the response has.
    /// One that the response lacks, such as null, is partial.
    #[must_use]
    pub fn completeness_of(&self, keys: &[&str], taken: usize) -> Completeness {
        // Nothing was left out anywhere, so that the JSON need not be read again.
        if taken > 0 && !self.response.has_problems() {
            return Completeness::Complete;
        }
        if count_elements(self.raw.get(), keys) == Some(taken) {
            Completeness::Complete
        } else {
            Completeness::Partial
        }
    }

    /// Notes an element that is none of its kind.
    #[cold]
    fn refuse(&mut self, place: &Place, raw: RawJson) {
        let message = match raw.get().as_bytes().first() {
            Some(b'{') | None => "the object has none of the keys that are expected here",
            Some(b'[') => LIST_AS_OBJECT,
            _ => "expected an object",
        };
        let problem = Problem::new(place.to_string(), message);
        self.problems.push(problem.with_raw(raw));
    }

    /// Notes the elements of a list that are left out because there are too many.
    #[cold]
    fn report_too_many(&mut self, path: String, left_out: usize) {
        if self.response.may_list() {
            let message = format!("{TOO_MANY_ELEMENTS}: left out are {left_out} more");
            self.problems.push(Problem::new(path, message));
        } else {
            self.count(path, left_out, false);
        }
    }

    /// Gives the problems of elements to the elements.
    fn hand_over<E>(&mut self, list: &Arc<List>, elements: &mut [Partial<E>]) {
        if self.problems.is_empty() {
            return;
        }
        let start = list.path();
        let mut own = Vec::new();
        for problem in std::mem::take(&mut self.problems) {
            let index = index_in(&problem.path, &start);
            let kept = index.and_then(|index| {
                let kept = list.kept();
                let position = kept.binary_search_by_key(&index, |(it, _)| *it).ok()?;
                let element = elements.binary_search_by_key(&position, |it| it.place.position());
                elements.get_mut(element.ok()?)
            });
            match kept {
                Some(element) => element.problems.push(problem),
                None => own.push(problem),
            }
        }
        self.problems = own;
    }
}

/// The position in a list that a path leads through.
fn index_in(path: &str, list: &str) -> Option<usize> {
    let index = path.strip_prefix(list)?.strip_prefix('[')?;
    index.split_once(']')?.0.parse().ok()
}

//! A value as far as it could be read.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use bytes::Bytes;
use serde::de::{DeserializeOwned, IgnoredAny};
use tracking_core::kit::raw_at_path;
use tracking_core::{Problem, RawJson};

use crate::error::Error;
use crate::json::budget::bounded;
use crate::json::decode::{unreadable, without_bom};
use crate::json::invalid_utf8::without_invalid_strings;
use crate::json::known_keys::check_object;
use crate::json::misfit;
use crate::json::place::Place;
use crate::json::plain::plain;
use crate::json::recovery::{Notes, count_of, join, recover};
use crate::json::shared::Shared;
use crate::json::slow_reader::read_slowly;

/// A value as far as it could be read, and what of it could not.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Partial<T> {
    /// The value, without what did not fit: a field, an element of a list, or where a key is repeated all
    /// its values but the last; null for what is nested deeper than 100 levels.
    pub value: T,
    /// Its JSON, as it came; with U+FFFD for bytes that are not UTF-8.
    pub raw: RawJson,
    /// What did not fit: where it is, what was expected and what was found there. The JSON that was left
    /// out for it is in [`Problem::raw`]. Empty when everything was read.
    ///
    /// At most about [`MAX_PROBLEMS`](super::MAX_PROBLEMS) for all parts of a response together, and then one that counts the
    /// others.
    pub problems: Vec<Problem>,
    pub(super) place: Place,
    pub(super) response: Arc<Shared>,
}

impl<T> Partial<T> {
    /// A value that was read as a whole. `path` is its JSON path in the response.
    #[must_use]
    pub fn whole(value: T, raw: RawJson, path: impl Into<String>) -> Self {
        Self {
            value,
            raw,
            problems: Vec::new(),
            place: Place::Path(path.into()),
            response: Arc::default(),
        }
    }

    /// Replaces the value, for example by a part of it.
    #[must_use]
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Partial<U> {
        Partial {
            value: change(self.value),
            raw: self.raw,
            problems: self.problems,
            place: self.place,
            response: self.response,
        }
    }

    /// Goes to a part of the value, with the JSON of that part and all problems. `keys` lead to it from
    /// here.
    #[must_use]
    pub fn into_part<U>(self, keys: &[&str], take: impl FnOnce(T) -> U) -> Partial<U> {
        let part = raw_at_path(self.raw.get(), keys).map(|part| self.raw.part(part));
        let place = Place::Path(join(&self.path(), &keys.join(".")));
        Partial {
            value: take(self.value),
            raw: part.unwrap_or_default(),
            problems: self.problems,
            place,
            response: self.response,
        }
    }

    /// The JSON path of the value in the response; empty for all of it.
    #[must_use]
    pub fn path(&self) -> String {
        self.place.to_string()
    }

    /// Adds a problem with a part of the value: `keys` lead to it from here, as in `events[3].time`.
    ///
    /// Behind [`MAX_PROBLEMS`](super::MAX_PROBLEMS) of one response, only the first says that there are others.
    pub fn report(&mut self, keys: &str, message: impl Into<String>) {
        let path = join(&self.path(), keys);
        if self.response.may_list() {
            self.problems.push(Problem::new(path, message));
        } else {
            self.count(path, 1, false);
        }
    }

    /// Adds the problem that counts those which are not listed. Unless they are all, only the first of its
    /// kind in the response: there may be one for every element.
    pub(super) fn count(&mut self, path: String, more: usize, are_all: bool) {
        if are_all {
            self.problems.extend(count_of(more, &path));
        } else if !self.response.has_more.swap(true, Ordering::Relaxed) {
            let message = format!("and {more} more, and those of what follows are not counted");
            self.problems.push(Problem::new(path, message));
        }
    }
}

impl<T: DeserializeOwned> Partial<T> {
    /// Reads the body of a response or a webhook as far as possible.
    ///
    /// A string that is not UTF-8 costs that string.
    ///
    /// # Errors
    ///
    /// A decode error when the body is not JSON, or nothing of it fits.
    pub fn from_body(body: &Bytes) -> Result<Self, Error> {
        let json = without_bom(body);
        let place = Place::Path(String::new());
        let mut notes = Notes::default();
        if let Ok(text) = str::from_utf8(json) {
            let raw = RawJson::from_slice(body, text);
            return read(text, raw, place, notes).map_err(|error| unreadable(json, &error));
        }
        serde_json::from_slice::<IgnoredAny>(json).map_err(|error| unreadable(json, &error))?;
        let raw = RawJson::from_string(String::from_utf8_lossy(json));
        let json = without_invalid_strings(json, "", &mut notes);
        let text = String::from_utf8_lossy(&json);
        read(&text, raw, place, notes).map_err(|error| unreadable(&json, &error))
    }

    /// Reads a part of a response as far as possible. `path` is its JSON path there, with which the paths
    /// of the problems begin.
    ///
    /// A value of which nothing fits is the default one and a problem.
    #[must_use]
    pub fn from_raw(raw: RawJson, path: impl Into<String>) -> Self
    where
        T: Default,
    {
        let path = path.into();
        match read(
            raw.get(),
            raw.clone(),
            Place::Path(path.clone()),
            Notes::default(),
        ) {
            Ok(partial) => partial,
            Err(error) => {
                let message = misfit::reason(&error, raw.get().bytes().next());
                let mut partial = Self::whole(T::default(), raw.clone(), path.clone());
                partial.response = Shared::with(1, HashSet::new());
                partial
                    .problems
                    .push(Problem::new(path, message).with_raw(raw));
                partial
            }
        }
    }
}

/// Makes JSON that is not UTF-8 readable, for a reader that cuts it into parts by itself: with null for each
/// string that is not, and a problem for it.
#[must_use]
pub fn with_valid_strings(json: &Bytes) -> (Bytes, Vec<Problem>) {
    let mut notes = Notes::default();
    if str::from_utf8(json).is_ok() {
        return (json.clone(), notes.problems);
    }
    let valid = without_invalid_strings(json, "", &mut notes);
    notes.problems.extend(count_of(notes.more, &""));
    (valid.into(), notes.problems)
}

/// Reads JSON with the one fast reader, and only what does not fit a second time. `notes` are about what
/// was left out of it before.
///
/// It is known to be UTF-8, which spares the reader a look at each string of its own.
fn read<T: DeserializeOwned>(
    text: &str,
    raw: RawJson,
    place: Place,
    mut notes: Notes,
) -> Result<Partial<T>, serde_json::Error> {
    let json = text.as_bytes();
    check_object::<T>(json)?;
    let value = match bounded(json.len(), || serde_json::from_str(text)) {
        Ok(value) => value,
        Err(error) => {
            // What is no JSON at some later place is none as a whole.
            if serde_json::from_str::<IgnoredAny>(text).is_err() {
                return Err(error);
            }
            let path = place.to_string();
            match plain(json, &path, &mut notes) {
                None => recover(json, &path, &mut notes, error)?,
                Some(json) => match bounded(json.len(), || read_slowly(&json)) {
                    Ok(value) => value,
                    Err(error) => recover(&json, &path, &mut notes, error)?,
                },
            }
        }
    };
    notes.problems.extend(count_of(notes.more, &place));
    let response = if notes.problems.is_empty() {
        Arc::default()
    } else {
        Shared::with(notes.problems.len(), notes.left_out)
    };
    Ok(Partial {
        value,
        raw,
        problems: notes.problems,
        place,
        response,
    })
}

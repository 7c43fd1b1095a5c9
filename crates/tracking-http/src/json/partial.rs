//! Reads as much as possible of JSON that does not fit as a whole.
//!
//! ```
//! use serde::Deserialize;
//! use tracking_http::json::lenient;
//! use tracking_http::json::partial::Partial;
//!
//! #[derive(Default, PartialEq, Deserialize)]
//! struct Parcels {
//!     #[serde(default, deserialize_with = "lenient::list")]
//!     parcels: Vec<Parcel>,
//! }
//!
//! #[derive(Default, PartialEq, Deserialize)]
//! struct Parcel {
//!     #[serde(default, deserialize_with = "lenient::text")]
//!     number: Option<String>,
//!     #[serde(default, deserialize_with = "lenient::text")]
//!     city: Option<String>,
//! }
//!
//! # fn main() -> Result<(), tracking_http::Error> {
//! let body = br#"{"parcels": [{"number": "A1", "city": {}}, {"colour": "red"}]}"#;
//!
//! let mut response = Partial::<Parcels>::from_body(&body.as_slice().into())?;
//! let parcels = response.take_list(&["parcels"], |response| std::mem::take(&mut response.parcels));
//!
//! // A field that does not fit costs that field.
//! assert_eq!(parcels.len(), 1);
//! assert_eq!(parcels[0].value.number.as_deref(), Some("A1"));
//! assert_eq!(parcels[0].problems[0].path, "parcels[0].city");
//! assert_eq!(parcels[0].problems[0].message, "expected a string, found an object");
//! // An element that is none of its kind is a problem and no element.
//! assert_eq!(response.problems[0].path, "parcels[1]");
//! # Ok(())
//! # }
//! ```

use std::collections::HashSet;
use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use serde::de::{DeserializeOwned, IgnoredAny};
use tracking_core::kit::{RawList, numbered_elements};
use tracking_core::{Problem, RawJson};

use super::budget::bounded;
use super::decode::{unreadable, without_bom};
use super::known_keys::{check_object, has_known_key, names_keys};
use super::misfit;
pub use super::recovery::MAX_PROBLEMS;
use super::recovery::{Notes, join, recover};
use crate::error::Error;

/// A value as far as it could be read, and what of it could not.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Partial<T> {
    /// The value, without what did not fit: a field, an element of a list, or where a key is repeated the
    /// object that repeats it.
    pub value: T,
    /// Its JSON, as it came.
    pub raw: RawJson,
    /// What did not fit: where it is, what was expected and what was found there. The JSON that was left
    /// out for it is in [`Problem::raw`]. Empty when everything was read.
    ///
    /// At most about [`MAX_PROBLEMS`] for all parts of a response together, and then one that counts the others.
    pub problems: Vec<Problem>,
    place: Place,
    response: Arc<Shared>,
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

    /// The JSON path of the value in the response; empty for all of it.
    #[must_use]
    pub fn path(&self) -> String {
        self.place.to_string()
    }

    /// Adds a problem with a part of the value: `keys` lead to it from here, as in `events[3].time`.
    ///
    /// Behind [`MAX_PROBLEMS`] of one response, only the first says that there are others.
    pub fn report(&mut self, keys: &str, message: impl Into<String>) {
        let path = join(&self.path(), keys);
        if self.response.may_list() {
            self.problems.push(Problem::new(path, message));
        } else {
            self.count(path, 1, false);
        }
    }

    /// Takes a list out of the value: each element with its own JSON and its own problems.
    ///
    /// `keys` lead to the list from here; `take` moves it out of the value. An element that is equal to
    /// the default one and has none of the keys of its type is left out, as a problem of this value; so is
    /// a list where the type is an object.
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
        let list = Arc::new(List {
            parent: self.place.clone(),
            keys,
            raw: self.raw.clone(),
            response: Arc::clone(&self.response),
            kept: OnceLock::new(),
        });
        let raws = if self.response.left_out.is_empty() {
            RawList::at_path(self.raw.clone(), keys)
        } else {
            let kept = list.kept().iter();
            let kept: Vec<RawJson> = kept.map(|(_, raw)| raw.clone()).collect();
            kept.into()
        };
        let nothing = E::default();
        let may_be_list = self.response.has_nested_lists(&self.raw) && names_keys::<E>();
        let mut elements = Vec::with_capacity(values.len());
        let mut more = 0;
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
            elements.push(Partial {
                value,
                raw,
                problems: Vec::new(),
                place,
                response: Arc::clone(&self.response),
            });
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
            let path = join(&self.path(), &keys.join("."));
            self.count(path, more, matches!(self.place, Place::Path(_)));
        }
        elements
    }

    /// Adds the problem that counts those which are not listed. Unless they are all, only the first of its
    /// kind in the response: there may be one for every element.
    fn count(&mut self, path: String, more: usize, are_all: bool) {
        if are_all {
            self.problems.extend(count_of(more, &path));
        } else if !self.response.has_more.swap(true, Ordering::Relaxed) {
            let message = format!("and {more} more, and those of what follows are not counted");
            self.problems.push(Problem::new(path, message));
        }
    }

    /// Notes an element that is none of its kind.
    #[cold]
    fn refuse(&mut self, place: &Place, raw: RawJson) {
        let message = match raw.get().as_bytes().first() {
            Some(b'{') | None => "the object has none of the keys that are expected here",
            Some(b'[') => "expected an object, found a list",
            _ => "expected an object",
        };
        let problem = Problem::new(place.to_string(), message);
        self.problems.push(problem.with_raw(raw));
    }

    /// Gives the problems of elements to the elements.
    fn hand_over<E>(&mut self, list: &Arc<List>, elements: &mut [Partial<E>]) {
        if self.problems.is_empty() {
            return;
        }
        let start = join(&self.path(), &list.keys.join("."));
        let mut own = Vec::new();
        for problem in std::mem::take(&mut self.problems) {
            let index = index_in(&problem.path, &start);
            let kept = index.and_then(|index| {
                let position = list
                    .kept()
                    .binary_search_by_key(&index, |(it, _)| *it)
                    .ok()?;
                elements.iter_mut().find(
                    |element| matches!(&element.place, Place::Element(_, it) if *it == position),
                )
            });
            match kept {
                Some(element) => element.problems.push(problem),
                None => own.push(problem),
            }
        }
        self.problems = own;
    }
}

impl<T: DeserializeOwned> Partial<T> {
    /// Reads the body of a response or a webhook as far as possible.
    ///
    /// # Errors
    ///
    /// A decode error when the body is not JSON, or nothing of it fits.
    pub fn from_body(body: &Bytes) -> Result<Self, Error> {
        let json = without_bom(body);
        let raw = RawJson::from_response(&body.slice_ref(json));
        read(json, raw, Place::Path(String::new())).map_err(|error| unreadable(json, &error))
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
        match read(raw.get().as_bytes(), raw.clone(), Place::Path(path.clone())) {
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

/// What all parts of a response share.
#[derive(Debug, Default)]
struct Shared {
    /// JSON paths of list elements that were left out.
    left_out: HashSet<String>,
    /// How many problems were to be listed, up to now.
    listed: AtomicUsize,
    /// Whether a part has a problem that stands for those of other parts.
    has_more: AtomicBool,
    /// Whether an element of a list anywhere is a list.
    has_nested_lists: OnceLock<bool>,
}

impl Shared {
    fn with(listed: usize, left_out: HashSet<String>) -> Arc<Self> {
        Arc::new(Self {
            left_out,
            listed: listed.into(),
            ..Self::default()
        })
    }

    /// Accounts for a problem. Returns false if there are enough.
    fn may_list(&self) -> bool {
        self.listed.fetch_add(1, Ordering::Relaxed) < MAX_PROBLEMS
    }

    /// Returns true if a list may be an element of a list. `raw` is what is first asked for; all others
    /// are parts of it. So the elements of most responses need not be cut out to look at them.
    fn has_nested_lists(&self, raw: &RawJson) -> bool {
        *self.has_nested_lists.get_or_init(|| {
            let json = raw.get().as_bytes();
            let mut last = 0;
            json.iter().any(|&byte| {
                let is_element = byte == b'[' && matches!(last, b'[' | b',');
                if !byte.is_ascii_whitespace() {
                    last = byte;
                }
                is_element
            })
        })
    }
}

/// Where a value is in the response.
#[derive(Clone, Debug)]
enum Place {
    Path(String),
    /// An element, by its position among those that were kept.
    Element(Arc<List>, usize),
}

/// A list in a response.
#[derive(Debug)]
struct List {
    parent: Place,
    keys: &'static [&'static str],
    /// The JSON of the value that the list is in.
    raw: RawJson,
    response: Arc<Shared>,
    /// The elements that the decoded list has, with their positions in the response. Cut out when
    /// somebody asks for them.
    kept: OnceLock<Vec<(usize, RawJson)>>,
}

impl List {
    fn kept(&self) -> &[(usize, RawJson)] {
        self.kept.get_or_init(|| {
            let elements = numbered_elements(self.raw.get(), self.keys).unwrap_or_default();
            let list = join(&self.parent.to_string(), &self.keys.join("."));
            elements
                .into_iter()
                .filter(|(index, _)| {
                    let left_out = &self.response.left_out;
                    left_out.is_empty() || !left_out.contains(&format!("{list}[{index}]"))
                })
                .map(|(index, element)| (index, self.raw.part(element)))
                .collect()
        })
    }
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path(path) => formatter.write_str(path),
            Self::Element(list, position) => {
                let index = list
                    .kept()
                    .get(*position)
                    .map_or(*position, |(index, _)| *index);
                let path = join(&list.parent.to_string(), &list.keys.join("."));
                write!(formatter, "{path}[{index}]")
            }
        }
    }
}

/// Reads JSON with the one fast reader, and only what does not fit a second time.
fn read<T: DeserializeOwned>(
    json: &[u8],
    raw: RawJson,
    place: Place,
) -> Result<Partial<T>, serde_json::Error> {
    check_object::<T>(json)?;
    let error = match bounded(json.len(), || serde_json::from_slice(json)) {
        Ok(value) => {
            return Ok(Partial {
                value,
                raw,
                problems: Vec::new(),
                place,
                response: Arc::default(),
            });
        }
        Err(error) => error,
    };
    // What is no JSON at some later place is none as a whole.
    if serde_json::from_slice::<IgnoredAny>(json).is_err() {
        return Err(error);
    }
    let path = place.to_string();
    let mut notes = Notes::default();
    let value = recover(json, &path, &mut notes, error)?;
    notes.problems.extend(count_of(notes.more, &path));
    let response = Shared::with(notes.problems.len(), notes.left_out);
    Ok(Partial {
        value,
        raw,
        problems: notes.problems,
        place,
        response,
    })
}

/// The problem that represents those which are not listed.
fn count_of(more: usize, place: &dyn fmt::Display) -> Option<Problem> {
    (more > 0).then(|| Problem::new(place.to_string(), format!("and {more} more")))
}

/// The position in a list that a path leads through.
fn index_in(path: &str, list: &str) -> Option<usize> {
    let index = path.strip_prefix(list)?.strip_prefix('[')?;
    index.split_once(']')?.0.parse().ok()
}

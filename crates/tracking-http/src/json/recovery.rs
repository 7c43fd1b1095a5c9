//! Takes out of JSON what does not fit a type, and nothing else, in time that grows with its length.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::ops::Range;

use serde::de::DeserializeOwned;
use tracking_core::{Problem, RawJson};

use super::budget::{TOO_MANY_ELEMENTS, bounded, shortened};
use super::misfit;
use super::scanner::{Found, Scanner};
use super::slow_reader::read_slowly;

/// How many problems of one response are listed; the others are counted.
pub const MAX_PROBLEMS: usize = 100;

/// How many bytes may be written in all for what surrounds the values that are left out.
pub(super) const MAX_WRITTEN: usize = 4 * 1024 * 1024;

/// The same for each byte of a long response.
const WRITTEN_PER_BYTE: usize = 16;

/// What an object or a list around a value counts as, in such bytes: the time to begin reading its type.
const WRITTEN_PER_LEVEL: usize = 24;

/// How often a response is read again whose type does not fit without its other fields.
const MAX_READINGS: usize = 32;

/// How many values are left out of one response, before all that follows is.
const MAX_MISFITS: usize = 100_000;

/// What was left out.
#[derive(Default)]
pub(super) struct Notes {
    pub(super) problems: Vec<Problem>,
    /// Problems that are only counted.
    pub(super) more: usize,
    /// JSON paths of list elements.
    pub(super) left_out: HashSet<String>,
}

impl Notes {
    /// Lists a problem, or counts it if there are enough.
    pub(super) fn note(&mut self, path: String, message: impl Into<String>, json: &[u8]) {
        if self.is_full() {
            self.more += 1;
        } else {
            self.list(path, message, json);
        }
    }

    /// Returns true if further problems are only counted.
    pub(super) const fn is_full(&self) -> bool {
        self.problems.len() >= MAX_PROBLEMS
    }

    fn list(&mut self, path: String, message: impl Into<String>, json: &[u8]) {
        let raw = RawJson::from_string(String::from_utf8_lossy(json));
        self.problems
            .push(Problem::new(path, message).with_raw(raw));
    }
}

/// The problem that represents those which are not listed.
pub(super) fn count_of(more: usize, place: &dyn fmt::Display) -> Option<Problem> {
    (more > 0).then(|| Problem::new(place.to_string(), format!("and {more} more")))
}

/// Reads JSON again and again without what does not fit.
pub(super) fn recover<T: DeserializeOwned>(
    json: &[u8],
    path: &str,
    notes: &mut Notes,
    error: serde_json::Error,
) -> Result<T, serde_json::Error> {
    /// Parts that fit one by one and not together are rare, and each round takes some of them out.
    const MAX_ROUNDS: usize = 3;
    let bytes = json.len();
    let mut json = Cow::Borrowed(json);
    if !error.to_string().starts_with(TOO_MANY_ELEMENTS) {
        json = Cow::Owned(Recovery::new(&json, path, notes).remaining::<T>(error)?);
    }
    let mut rounds = 0;
    loop {
        let error = match shortened(bytes, || read_slowly(&json)) {
            (Ok(value), 0) => return Ok(value),
            (Ok(value), left_out) => {
                let problem = shortened_list::<T>(&json, bytes, path, left_out);
                notes.problems.push(problem);
                return Ok(value);
            }
            (Err(error), _) => error,
        };
        rounds += 1;
        if rounds == MAX_ROUNDS {
            return Err(error);
        }
        json = Cow::Owned(Recovery::new(&json, path, notes).remaining::<T>(error)?);
    }
}

/// The problem for elements that did not fit into the memory, at the first list in which one is.
fn shortened_list<T: DeserializeOwned>(
    json: &[u8],
    bytes: usize,
    path: &str,
    left_out: usize,
) -> Problem {
    let message =
        format!("{TOO_MANY_ELEMENTS}: left out, here and in later lists, are {left_out} more");
    let Err(error) = bounded(bytes, || read_slowly::<T>(json)) else {
        return Problem::new(path, message);
    };
    let mut scanner = Scanner::new(json);
    let found = misfit::find(&mut scanner, misfit::position(json, &error), &error);
    let path = join(path, &scanner.path(found.depth));
    let span = found.span.start..scanner.leave(&found);
    let raw = String::from_utf8_lossy(json.get(span).unwrap_or_default());
    Problem::new(path, message).with_raw(RawJson::from_string(raw))
}

/// A reading that goes on behind each value that does not fit.
///
/// Behind such a value, only what surrounds it is written once more, with null in its place, so that
/// every byte is read about once, however much does not fit.
struct Recovery<'a> {
    json: &'a [u8],
    scanner: Scanner<'a>,
    path: &'a str,
    notes: &'a mut Notes,
    /// A copy of the JSON with room for `null` before it. What is before the present position is
    /// overwritten with what surrounds it.
    buffer: Vec<u8>,
    /// What is replaced by null, in order.
    spans: Vec<Range<usize>>,
    /// The object or list whose type was last found to fit without its other parts.
    checked: Option<usize>,
    /// Where lists begin in which there are lists, and whether their elements have to be objects.
    lists_of_objects: HashMap<usize, bool>,
    readings: usize,
    /// Bytes that were written for what surrounds values. A long key is written again for each of them.
    written: usize,
    /// True if the type has fields without which nothing of it can be read.
    needs_other_fields: bool,
    /// Where too much did not fit, so that all that follows is left out, and what closes the JSON there.
    cut: Option<(usize, Vec<u8>)>,
}

/// More than the shortest value, which has one byte.
pub(super) const NULL: &[u8] = b"null";

/// How the rest of the JSON was read.
enum Rest {
    Fits,
    /// What replaces the value that was left out does not fit either.
    NullDoesNotFit,
    /// The next value does not fit; the position is that of the reader in the JSON.
    Misfit(usize, serde_json::Error),
}

impl<'a> Recovery<'a> {
    fn new(json: &'a [u8], path: &'a str, notes: &'a mut Notes) -> Self {
        Self {
            json,
            scanner: Scanner::new(json),
            path,
            notes,
            buffer: Vec::new(),
            spans: Vec::new(),
            checked: None,
            lists_of_objects: HashMap::new(),
            readings: 0,
            written: 0,
            needs_other_fields: false,
            cut: None,
        }
    }

    /// Returns the JSON without what does not fit. `error` is the first one.
    fn remaining<T: DeserializeOwned>(
        mut self,
        mut error: serde_json::Error,
    ) -> Result<Vec<u8>, serde_json::Error> {
        let mut position = misfit::position(self.json, &error);
        loop {
            let found = misfit::find(&mut self.scanner, position, &error);
            if found.depth == 0 {
                return Err(error);
            }
            let (found, message) = match self.list_as_object::<T>(&found) {
                Some(list) => (list, misfit::LIST_AS_OBJECT.to_owned()),
                None => {
                    let message = misfit::reason(&error, self.scanner.first_byte(&found));
                    (found, message)
                }
            };
            let path = join(self.path, &self.scanner.path(found.depth));
            match self.leave_out::<T>(found, path, message) {
                None => return Err(error),
                Some(Rest::Misfit(next, other)) => (position, error) = (next, other),
                Some(Rest::Fits | Rest::NullDoesNotFit) => return Ok(self.with_nulls()),
            }
        }
    }

    /// The outermost element around a value, or that value, which is a list although its type is an object:
    /// derived readers take a list for one, by position, and find the misfit inside of it.
    fn list_as_object<T: DeserializeOwned>(&mut self, found: &Found) -> Option<Found> {
        /// Fits objects and no lists, not even those that take `{}` for an empty one.
        const OBJECT: &[u8] = b"{\"\":null}";
        let lists = self.scanner.lists_in_lists(found);
        lists.into_iter().find(|list| {
            let around = self.scanner.start_around(list).unwrap_or_default();
            *self.lists_of_objects.entry(around).or_insert_with(|| {
                let mut json = self.scanner.skeleton(list.depth);
                json.extend_from_slice(OBJECT);
                let end = json.len();
                json.extend_from_slice(&self.scanner.closers(list.depth));
                self.written += json.len() + list.depth * WRITTEN_PER_LEVEL;
                let misfit = read_slowly::<T>(&json).err();
                misfit.is_none_or(|error| {
                    misfit::position(&json, &error) > end || misfit::is_missing_field(&error)
                })
            })
        })
    }

    /// Replaces a value by null, or what surrounds it where null does not fit. Returns how the rest is
    /// read, and `None` when nothing is left.
    fn leave_out<T: DeserializeOwned>(
        &mut self,
        mut found: Found,
        path: String,
        message: String,
    ) -> Option<Rest> {
        loop {
            let start = found.span.start;
            let end = self.scanner.leave(&found);
            while self.spans.pop_if(|span| span.start >= start).is_some() {}
            self.spans.push(start..end);
            let rest = self.rest::<T>(&found, end);
            if matches!(rest, Rest::NullDoesNotFit) {
                found = self
                    .scanner
                    .around(&found)
                    .filter(|found| found.depth > 0)?;
                continue;
            }
            if self.scanner.is_element(&found) {
                let element = join(self.path, &self.scanner.path(found.depth));
                self.notes.left_out.insert(element);
            }
            let json = self.json.get(start..end).unwrap_or_default();
            self.notes.note(path, message, json);
            let is_too_much = self.spans.len() >= MAX_MISFITS
                || self.written > MAX_WRITTEN.max(self.json.len().saturating_mul(WRITTEN_PER_BYTE));
            if is_too_much && matches!(rest, Rest::Misfit(..)) {
                self.cut = Some((end, self.scanner.closers(found.depth)));
                self.notes.list(
                    self.path.to_owned(),
                    "too much does not fit: all that follows was left out",
                    self.json.get(end..).unwrap_or_default(),
                );
                return Some(Rest::Fits);
            }
            return Some(rest);
        }
    }

    /// Reads what follows a value that was left out.
    fn rest<T: DeserializeOwned>(&mut self, found: &Found, end: usize) -> Rest {
        let mut around = self.scanner.skeleton(found.depth);
        around.extend_from_slice(NULL);
        self.written += around.len() + found.depth * WRITTEN_PER_LEVEL;
        let start_around = self.scanner.start_around(found);
        if !self.needs_other_fields && self.checked != start_around {
            let closed = [&*around, &*self.scanner.closers(found.depth)].concat();
            match read_slowly::<T>(&closed) {
                Ok(_) => self.checked = start_around,
                Err(error) if misfit::position(&closed, &error) <= around.len() => {
                    return Rest::NullDoesNotFit;
                }
                Err(_) => self.needs_other_fields = true,
            }
        }
        if self.needs_other_fields {
            return self.reread::<T>();
        }
        if self.buffer.is_empty() {
            self.buffer = [NULL, self.json].concat();
        }
        // There is room: before the value there is at least what surrounds it, as it was written.
        let behind = NULL.len() + end;
        let start = behind.saturating_sub(around.len());
        if let Some(room) = self.buffer.get_mut(start..behind)
            && room.len() == around.len()
        {
            room.copy_from_slice(&around);
        }
        let rest = self.buffer.get(start..).unwrap_or_default();
        match shortened(self.json.len(), || read_slowly::<T>(rest)).0 {
            Ok(_) => Rest::Fits,
            Err(error) => match misfit::position(rest, &error).checked_sub(around.len()) {
                None | Some(0) => Rest::NullDoesNotFit,
                Some(further) => Rest::Misfit(end + further, error),
            },
        }
    }

    /// Reads all of the JSON again, for a type that does not fit without its other fields.
    fn reread<T: DeserializeOwned>(&mut self) -> Rest {
        self.readings += 1;
        let json = self.with_nulls();
        let bytes = self.json.len();
        let Err(error) = shortened(bytes, || read_slowly::<T>(&json)).0 else {
            return Rest::Fits;
        };
        let position = misfit::position(&json, &error);
        let removed: usize = self.spans.iter().map(Range::len).sum();
        let original = (position + removed).saturating_sub(self.spans.len() * NULL.len());
        let last = self.spans.last().map_or(0, |span| span.end);
        if original <= last || self.readings > MAX_READINGS {
            return Rest::NullDoesNotFit;
        }
        Rest::Misfit(original, error)
    }

    /// The JSON with null for everything that was left out.
    fn with_nulls(&self) -> Vec<u8> {
        let end = self.cut.as_ref().map_or(self.json.len(), |(end, _)| *end);
        let mut remaining = Vec::with_capacity(end + NULL.len());
        let mut at = 0;
        for span in &self.spans {
            remaining.extend_from_slice(self.json.get(at..span.start).unwrap_or_default());
            remaining.extend_from_slice(NULL);
            at = span.end;
        }
        remaining.extend_from_slice(self.json.get(at..end).unwrap_or_default());
        if let Some((_, closers)) = &self.cut {
            remaining.extend_from_slice(closers);
        }
        remaining
    }
}

/// The JSON path of a place inside of another.
pub(super) fn join(path: &str, inside: &str) -> String {
    if path.is_empty() || inside.is_empty() || inside.starts_with('[') {
        format!("{path}{inside}")
    } else {
        format!("{path}.{inside}")
    }
}

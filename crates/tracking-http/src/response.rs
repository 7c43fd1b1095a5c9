//! A result together with the response that it came in.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;
use tracking_core::kit::{fingerprint, numbered_elements};
use tracking_core::{Problem, RawJson};

use crate::auth::{Attached, BoundCredentials};
use crate::error::{Error, request_id};
use crate::json::partial::Partial;
use crate::json::{decode, decode_plain, unmodelled_fields};
use crate::retry_after::RateLimitState;

/// A successful response: the value, and what came with it.
///
/// Derefs to the value, so that most callers never notice the rest.
#[derive(Clone)]
pub struct Response<T> {
    value: T,
    meta: Meta,
}

/// Everything about a response except its decoded value.
#[derive(Clone)]
pub(crate) struct Meta {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// What does not fit in a body that was decoded in part.
    pub(crate) problems: Vec<Problem>,
    pub(crate) attempts: u32,
    pub(crate) provider: &'static str,
    pub(crate) operation: &'static str,
    pub(crate) request_id_headers: &'static [&'static str],
    /// What an error made of this response must not show.
    pub(crate) credentials: Arc<BoundCredentials>,
    pub(crate) attached: Attached,
    /// Lists what the type that was decoded did not read; kept because `map` changes the type.
    pub(crate) unmodelled: fn(&[u8]) -> Result<Vec<String>, Error>,
}

impl<T> Response<T> {
    pub(crate) fn new(value: T, meta: Meta) -> Self {
        Self { value, meta }
    }

    /// The HTTP status.
    #[must_use]
    pub fn http_status(&self) -> StatusCode {
        self.meta.status
    }

    /// All response headers.
    #[must_use]
    pub fn http_headers(&self) -> &HeaderMap {
        &self.meta.headers
    }

    /// The provider's id of the request, for its support.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.meta.headers, self.meta.request_id_headers)
    }

    /// How much of the provider's request limit is left, if the response says so.
    #[must_use]
    pub fn rate_limit(&self) -> Option<RateLimitState> {
        RateLimitState::from_headers(&self.meta.headers)
    }

    /// The body exactly as it came.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.meta.body
    }

    /// What of the body did not fit and is not in the value: where it is, what was expected and what was
    /// found there.
    ///
    /// A key that is repeated is one of them, a value nested deeper than 100 levels, and under a key that the type
    /// keeps without knowing it a string that is not UTF-8 or a number out of range. All else is only where the method says that it keeps the other
    /// elements of its list: every other method returns a decode error instead.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.meta.problems
    }

    /// Returns how many elements the list at `keys` has in the body, when `read` of them are in the value:
    /// what did not fit has its place in a page too.
    #[must_use]
    pub fn count_elements(&self, keys: &[&str], read: usize) -> usize {
        if self.problems().is_empty() {
            return read;
        }
        let raw = RawJson::from_response(self.body());
        numbered_elements(raw.get(), keys).map_or(read, |elements| elements.len())
    }

    /// Returns what distinguishes the list at the first of these paths that has elements from other lists.
    pub(crate) fn fingerprint_of_elements(&self, lists: &[&[&str]]) -> Option<u64> {
        let raw = RawJson::from_response(self.body());
        lists.iter().find_map(|keys| {
            let elements = numbered_elements(raw.get(), keys)?;
            fingerprint(elements.into_iter().map(|(_, element)| Some(element)))
        })
    }

    /// Lists the JSON paths of the fields that the provider sent and this version does not know;
    /// see [`unmodelled_fields`]. Reads the body again, so it is for tests and for watching an API.
    ///
    /// A body that was never decoded has none, and neither has one with [`problems`](Self::problems).
    #[must_use]
    pub fn unmodelled(&self) -> Vec<String> {
        // A body without problems was decoded into the same type before; one in which only a key was mended has none.
        (self.meta.unmodelled)(&self.meta.body).unwrap_or_default()
    }

    /// How many requests it took; more than one after retries.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.meta.attempts
    }

    /// The provider and the operation.
    pub(crate) fn source(&self) -> (&'static str, &'static str) {
        (self.meta.provider, self.meta.operation)
    }

    /// The value alone.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.value
    }

    /// The value, and a response without one that keeps the rest.
    #[must_use]
    pub fn into_parts(self) -> (T, Response<()>) {
        (
            self.value,
            Response {
                value: (),
                meta: self.meta,
            },
        )
    }

    /// Replaces the value, for example by a part of it: `response.map(|envelope| envelope.data)`.
    #[must_use]
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Response<U> {
        Response {
            value: change(self.value),
            meta: self.meta,
        }
    }

    /// Replaces the value, where that can fail; the error keeps this response.
    ///
    /// # Errors
    ///
    /// The error of `change`, with status, headers and body of this response added.
    pub fn try_map<U>(
        self,
        change: impl FnOnce(T) -> Result<U, Error>,
    ) -> Result<Response<U>, Error> {
        match change(self.value) {
            Ok(value) => Ok(Response {
                value,
                meta: self.meta,
            }),
            Err(error) => Err(self.meta.attach(error)),
        }
    }
}

impl Response<Bytes> {
    /// Decodes the body as JSON, whatever media type it was announced as. Of a key that is repeated the last
    /// value counts. Each other one is one of the [`problems`](Self::problems), and so is a value that is nested
    /// too deeply for its type, or under a key that it keeps without knowing it no value of JSON.
    ///
    /// # Errors
    ///
    /// A decode error that names the JSON path and keeps status, headers and body.
    pub fn decode<T: DeserializeOwned>(self) -> Result<Response<T>, Error> {
        match decode(&self.meta.body) {
            Ok(value) => Ok(self.with_decoded(value, Vec::new())),
            Err(error) => self.decode_as_plain(error),
        }
    }

    /// Decodes a body that does not fit without what is in the way of every type.
    #[cold]
    fn decode_as_plain<T: DeserializeOwned>(self, error: Error) -> Result<Response<T>, Error> {
        match decode_plain(&self.meta.body) {
            Some((value, problems)) => Ok(self.with_problems(value, problems)),
            None => Err(self.meta.attach(error)),
        }
    }

    /// Decodes the body as JSON as far as it fits: a field or an element of a list that does not is left
    /// out, and one of the [`problems`](Self::problems).
    ///
    /// `holds_something` decides whether what was read of a body that does not fit as a whole is worth
    /// having.
    ///
    /// # Errors
    ///
    /// As [`decode`](Self::decode), when the body is not JSON or nothing of it is worth having.
    pub fn decode_partial<T: DeserializeOwned>(
        self,
        holds_something: impl FnOnce(&T) -> bool,
    ) -> Result<Response<T>, Error> {
        let error = match decode(&self.meta.body) {
            Ok(value) => return Ok(self.with_decoded(value, Vec::new())),
            Err(error) => error,
        };
        match Partial::<T>::from_body(&self.meta.body) {
            Ok(read) if holds_something(&read.value) => {
                Ok(self.with_problems(read.value, read.problems))
            }
            _ => Err(self.meta.attach(error)),
        }
    }

    fn with_problems<T: DeserializeOwned>(
        self,
        value: T,
        mut problems: Vec<Problem>,
    ) -> Response<T> {
        // A key of the response may repeat a credential.
        for problem in &mut problems {
            if let Some(masked) = self.meta.masked(&problem.path) {
                problem.path = masked;
            }
        }
        self.with_decoded(value, problems)
    }

    fn with_decoded<T: DeserializeOwned>(self, value: T, problems: Vec<Problem>) -> Response<T> {
        Response {
            value,
            meta: Meta {
                problems,
                unmodelled: unmodelled_fields::<T>,
                ..self.meta
            },
        }
    }
}

impl Meta {
    #[cold]
    fn attach(self, error: Error) -> Error {
        error
            .in_call(self.provider, self.operation)
            .with_attempts(self.attempts)
            .with_response(
                self.status,
                self.headers,
                Some(self.body),
                self.request_id_headers,
            )
            .masked(|text| self.credentials.masked(text, &self.attached))
    }

    fn masked(&self, text: &str) -> Option<String> {
        self.credentials.masked(text, &self.attached)
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// Prints the value, the status and sizes; neither header values nor the raw body.
impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Response")
            .field("value", &self.value)
            .field("status", &self.meta.status)
            .field("body_bytes", &self.meta.body.len())
            .field("attempts", &self.meta.attempts)
            .finish_non_exhaustive()
    }
}

//! One call under construction.

use std::fmt;
use std::mem;
use std::time::Duration;

use bytes::Bytes;
use http::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};
use http::{Method, StatusCode, Uri};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tracking_core::ErrorKind;

use crate::client::Client;
use crate::dialect::Failure;
use crate::error::Error;
use crate::operation::{Operation, RateClass};
use crate::pipeline::{Outgoing, Run};
use crate::redact::Redacted;
use crate::response::Response;
use crate::retry::RetryPolicy;
use crate::url::PathTemplate;
use crate::url::base_url::has_dot_segment;
use crate::url::path::push_segment;
use crate::url::query::{push_pair, push_pairs};

/// Room for parameters, so that most URLs are built without growing the buffer.
const PARAMETER_BYTES: usize = 64;

/// The name, also of the rate class, of calls that belong to no operation.
pub(crate) const RAW_OPERATION: &str = "request";

impl Client {
    /// Starts a call of one of the provider's operations.
    pub fn call(&self, operation: &Operation) -> Call<'_> {
        Call::new(self, operation, operation.path)
    }

    /// Starts a call of an operation at another path than the operation's own, everything else
    /// being the same.
    pub fn call_at<'a>(&'a self, operation: &Operation, path: &'a PathTemplate) -> Call<'a> {
        Call::new(self, operation, path.as_str())
    }

    /// Starts a call of any path below the base URL, such as `/trackers?page=2`, for what the SDK
    /// does not model. The path is sent as it is, so percent-encode what is not part of the URL.
    ///
    /// Credentials, limits, retries and error mapping apply. Every 2xx response is a success.
    /// Methods that HTTP defines as idempotent are repeated after a failure, POST and PATCH are
    /// not; [`Call::idempotent`] changes that. The call draws from a rate class of its own without
    /// a documented limit; [`Call::rate`] changes that.
    pub fn request(&self, method: Method, path: &str) -> Call<'_> {
        self.raw(method, self.base_url().as_str(), path)
    }

    /// Starts a call of an address that the provider itself gave, such as a link to a next page:
    /// a path from the root of the host, or a complete URL on the host of the base URL.
    ///
    /// A URL on another host is refused, since the call carries credentials.
    pub fn follow(&self, method: Method, address: &str) -> Call<'_> {
        let origin = self.base_url().origin();
        let path = match address.split_at_checked(origin.len()) {
            Some((start, rest)) if start.eq_ignore_ascii_case(origin) => rest,
            _ => address,
        };
        self.raw(method, origin, path)
    }

    fn raw(&self, method: Method, start: &str, path: &str) -> Call<'_> {
        let call = Call::raw(self, method, [start, path].concat());
        let (plain, _) = path.split_once(['?', '#']).unwrap_or((path, ""));
        if !path.starts_with('/') {
            call.refused(Error::invalid_request("path", "must start with `/`"))
        } else if path
            .bytes()
            .any(|byte| !byte.is_ascii_graphic() || matches!(byte, b'#' | b'\\'))
        {
            call.refused(Error::invalid_request(
                "path",
                "must not hold spaces, `#`, backslashes or letters beyond ASCII: percent-encode them",
            ))
        } else if has_dot_segment(plain) {
            call.refused(Error::invalid_request(
                "path",
                "must not hold `.` or `..` segments",
            ))
        } else {
            call
        }
    }
}

/// A call under construction; nothing happens until it is sent.
///
/// Input that cannot be sent is remembered and returned by `send`, before any request.
#[must_use = "a call does nothing until it is sent"]
pub struct Call<'a> {
    client: &'a Client,
    outgoing: Outgoing,
    url: String,
    // What follows the last replaced part of the path template: `trackerId}/results`, or nothing.
    template: &'a str,
    has_query: bool,
    error: Option<Error>,
}

impl<'a> Call<'a> {
    /// A call of an operation at a path, which is the operation's own or replaces it.
    pub(crate) fn new(client: &'a Client, operation: &Operation, path: &'a str) -> Self {
        let base = client.base_url().as_str();
        let mut url = String::with_capacity(base.len() + path.len() + PARAMETER_BYTES);
        url.push_str(base);
        let mut call = Self {
            client,
            outgoing: Outgoing {
                operation: operation.id,
                method: operation.method.clone(),
                documented_path: operation.path,
                uri: Uri::default(),
                headers: HeaderMap::new(),
                accept: None,
                content_type: None,
                body: Bytes::new(),
                success: operation.success,
                accept_when: None,
                accept_failure: None,
                idempotent: operation.idempotent,
                reads: operation.reads || operation.method.is_safe(),
                rate: operation.rate,
                timeout: None,
                usual_timeout: operation.timeout,
                retry: None,
            },
            url,
            template: "",
            has_query: path.contains('?'),
            error: None,
        };
        call.push_template(path);
        call
    }

    /// A call of an address below the origin or the base URL, which the caller has checked.
    pub(crate) fn raw(client: &'a Client, method: Method, url: String) -> Self {
        let idempotent = method.is_idempotent();
        let operation = Operation::new(RAW_OPERATION, method, "");
        let has_query = url.contains('?');
        Self {
            url,
            has_query,
            ..Self::new(client, &operation, "")
        }
        .idempotent(idempotent)
    }

    /// Fills in the next parameter of the path, percent-encoded as one segment.
    ///
    /// Parameters are given in the order of the path template. An empty value, `.`, `..`, control
    /// characters and more than 1024 bytes are refused.
    pub fn path(mut self, name: &str, value: &str) -> Self {
        if self.error.is_some() {
            return self;
        }
        match self.template.split_once('}') {
            Some((expected, rest)) if expected == name => {
                match push_segment(&mut self.url, name, value) {
                    Ok(()) => self.push_template(rest),
                    Err(error) => self.error = Some(error),
                }
            }
            _ => self.fail(name, "is not the next parameter of the path"),
        }
        self
    }

    /// Appends the fields of an object in their order, or a list of pairs, to the query,
    /// percent-encoded. Fields that are `None` are left out; values must be strings, numbers or
    /// booleans.
    pub fn query(mut self, query: &(impl Serialize + ?Sized)) -> Self {
        let length = self.url.len();
        if let Err(error) = push_pairs(&mut self.url, &mut self.has_query, query) {
            self.fail("query", Redacted(&error.to_string()));
        }
        if self.url.len() > length {
            self.check_path_is_complete();
        }
        self
    }

    /// Appends one pair to the query, percent-encoded.
    pub fn query_pair(mut self, name: &str, value: impl AsRef<str>) -> Self {
        self.check_path_is_complete();
        push_pair(&mut self.url, &mut self.has_query, name, value.as_ref());
        self
    }

    /// Passes on what a check of the input says. Its error is returned when the call is sent, with the
    /// names of provider and operation; nothing is sent then.
    ///
    /// ```
    /// use tracking_http::{Call, checks};
    ///
    /// fn titled<'a>(call: Call<'a>, title: &str) -> Call<'a> {
    ///     call.check(checks::length("title", Some(title), 1, 50)).json(title)
    /// }
    /// # let _ = titled;
    /// ```
    pub fn check(mut self, outcome: Result<(), Error>) -> Self {
        if let Err(error) = outcome {
            self.error.get_or_insert(error);
        }
        self
    }

    /// Sends a value as JSON, announced with the provider's media type for it.
    pub fn json(mut self, body: &(impl Serialize + ?Sized)) -> Self {
        match serde_json::to_vec(body) {
            Ok(text) => {
                self.outgoing.body = Bytes::from(text);
                self.outgoing.content_type = Some(self.client.content_type().clone());
            }
            Err(error) => self.fail("body", Redacted(&error.to_string())),
        }
        self
    }

    /// Sends these bytes, announced as this media type.
    pub fn body(mut self, body: impl Into<Bytes>, content_type: &str) -> Self {
        self.outgoing.body = body.into();
        match HeaderValue::from_str(content_type) {
            Ok(value) => self.outgoing.content_type = Some(value),
            Err(_) => self.fail("content_type", "cannot be a header value"),
        }
        self
    }

    /// Adds a header. The client's credentials win over a header of the same name.
    pub fn header(mut self, name: &str, value: impl AsRef<str>) -> Self {
        match (
            HeaderName::try_from(name),
            HeaderValue::from_str(value.as_ref()),
        ) {
            (Ok(name), Ok(mut value)) => {
                value.set_sensitive(name == AUTHORIZATION);
                self.outgoing.headers.insert(name, value);
            }
            (Err(_), _) => self.fail(name, "cannot be a header name"),
            (_, Err(_)) => self.fail(name, "has a value that cannot be sent in a header"),
        }
        self
    }

    /// Adds a header whose value is ready; mark it as sensitive if it is secret.
    pub fn header_value(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.outgoing.headers.insert(name, value);
        self
    }

    /// Asks for another media type than the provider's usual one.
    pub fn accept(mut self, media_type: &str) -> Self {
        match HeaderValue::from_str(media_type) {
            Ok(value) => self.outgoing.accept = Some(value),
            Err(_) => self.fail("accept", "cannot be a header value"),
        }
        self
    }

    /// Sets the time for one attempt of this call, whatever client and operation say.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.outgoing.timeout = Some(timeout);
        self
    }

    /// Replaces the client's retry policy for this call.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.outgoing.retry = Some(policy);
        self
    }

    /// States whether a repeat does no harm, against what the operation or the method says.
    pub fn idempotent(mut self, idempotent: bool) -> Self {
        self.outgoing.idempotent = idempotent;
        self
    }

    /// Makes the call count as one of the provider's operations in everything but its address: for
    /// [`Client::follow`](crate::Client::follow), where a response of the operation gave the address.
    ///
    /// Errors and spans have the operation's name, and its success codes, rate class, timeout and
    /// whether it may be repeated apply. Its method is not looked at.
    pub fn operation(mut self, operation: &Operation) -> Self {
        self.outgoing.operation = operation.id;
        self.outgoing.success = operation.success;
        self.outgoing.idempotent = operation.idempotent;
        self.outgoing.reads = operation.reads || self.outgoing.method.is_safe();
        self.outgoing.rate = operation.rate;
        self.outgoing.usual_timeout = operation.timeout;
        self
    }

    /// Draws from this rate class instead of the operation's.
    pub fn rate(mut self, class: RateClass) -> Self {
        self.outgoing.rate = class;
        self
    }

    /// Takes a response as a success whenever this returns true for its status and body.
    pub fn accept_when(mut self, accept: fn(StatusCode, &[u8]) -> bool) -> Self {
        self.outgoing.accept_when = Some(accept);
        self
    }

    /// Takes a response as a success although the dialect finds this failure in it: for a provider
    /// that reports "nothing there" by an error code, where the caller expects an empty list.
    pub fn accept_failure(mut self, accept: fn(&Failure) -> bool) -> Self {
        self.outgoing.accept_failure = Some(accept);
        self
    }

    /// Sends the call and decodes the response as JSON.
    ///
    /// # Errors
    ///
    /// Any [`Error`]; a decode error keeps status, headers and body.
    pub async fn send<T: DeserializeOwned>(self) -> Result<Response<T>, Error> {
        self.send_as(Response::decode).await
    }

    /// Sends the call and decodes the response as JSON as far as it fits; see
    /// [`Response::decode_partial`].
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send), when the body is not JSON or nothing of it is worth having.
    pub async fn send_partial<T: DeserializeOwned>(
        self,
        holds_something: impl Fn(&T) -> bool,
    ) -> Result<Response<T>, Error> {
        self.send_as(|response| response.decode_partial(&holds_something))
            .await
    }

    /// Sends the call and returns the body as it came.
    ///
    /// # Errors
    ///
    /// Any [`Error`] except a decode error.
    pub async fn send_bytes(self) -> Result<Response<Bytes>, Error> {
        self.send_as(Ok).await
    }

    /// Sends the call and reads the response with this function.
    ///
    /// A success with an empty body, or with JSON that breaks off, is what a broken connection leaves of a
    /// response whose length nobody announced. A call that reads (GET, HEAD, or an operation that
    /// [reads](Operation::reads)), and may be repeated, is sent again then, as [`RetryPolicy`] allows.
    /// [`Response::decode`] and the readers that are built on it recognise such a body; an error of another kind is
    /// returned as it is.
    ///
    /// # Errors
    ///
    /// Any [`Error`], and those of the function.
    pub async fn send_as<T>(
        mut self,
        read: impl Fn(Response<Bytes>) -> Result<Response<T>, Error>,
    ) -> Result<Response<T>, Error> {
        self.finish()?;
        let mut run = Run::new(self.client, &self.outgoing);
        loop {
            let error = match read(run.response().await?) {
                Ok(response) => {
                    run.succeed(&response);
                    return Ok(response);
                }
                Err(error) => error,
            };
            run.repeat_after(error).await?;
        }
    }

    /// Turns the collected parts into a URL, or returns what was wrong with the input.
    fn finish(&mut self) -> Result<(), Error> {
        if let Some((missing, _)) = self.template.split_once('}') {
            self.fail(missing, "is missing from the path");
        }
        let error = match self.error.take() {
            Some(error) => error,
            None => match Uri::from_maybe_shared(Bytes::from(mem::take(&mut self.url))) {
                Ok(uri) => {
                    self.outgoing.uri = uri;
                    return Ok(());
                }
                Err(error) => {
                    Error::invalid_request("path", "cannot be part of a URL").with_source(error)
                }
            },
        };
        Err(error.in_call(self.client.provider(), self.outgoing.operation))
    }

    /// Appends the template up to its next parameter.
    fn push_template(&mut self, template: &'a str) {
        match template.split_once('{') {
            Some((literal, rest)) => {
                self.url.push_str(literal);
                self.template = rest;
            }
            None => {
                self.url.push_str(template);
                self.template = "";
            }
        }
    }

    fn check_path_is_complete(&mut self) {
        if !self.template.is_empty() {
            self.fail("query", "must come after all parameters of the path");
        }
    }

    /// Remembers the first thing that is wrong.
    #[cold]
    fn fail(&mut self, parameter: &str, reason: impl fmt::Display) {
        if self.error.is_none() {
            self.error = Some(Error::invalid_request(parameter, reason));
        }
    }

    pub(crate) fn refused(mut self, error: Error) -> Self {
        debug_assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        self.error.get_or_insert(error);
        self
    }
}

/// Prints neither the URL, which holds numbers, nor headers or body.
impl fmt::Debug for Call<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Call")
            .field("operation", &self.outgoing.operation)
            .field("method", &self.outgoing.method)
            .field("error", &self.error)
            .finish_non_exhaustive()
    }
}

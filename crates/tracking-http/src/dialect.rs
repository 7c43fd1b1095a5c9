//! What differs between providers in their responses: how an error looks, and what it means.

use std::fmt::Debug;
use std::time::Duration;

use http::{HeaderMap, StatusCode};
use tracking_core::ErrorKind;

/// How one provider speaks.
///
/// An SDK implements it once; everything else about a call is the same for all providers.
pub trait Dialect: Debug + Send + Sync + 'static {
    /// The provider's short name, for errors and spans: `ship24`.
    fn provider(&self) -> &'static str;

    /// Reads a response that is not a success.
    ///
    /// The body may be anything: JSON, HTML from a proxy, plain text, or nothing. Implementations
    /// start from [`Failure::from_status`] and refine it when they recognise the body, which
    /// [`first_value`](crate::json::first_value) reads as far as possible. With 206, 421, 425 and 520 to 524, which
    /// come from the way to the API, the status decides about kind and repeats, whatever is returned here.
    fn classify(&self, status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Failure {
        let _ = (headers, body);
        Failure::from_status(status)
    }

    /// Finds an error inside a response with a success status.
    ///
    /// Some providers always respond with 200 and put the outcome into the body. The default finds none.
    fn rejects(&self, status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Option<Failure> {
        let _ = (status, headers, body);
        None
    }

    /// Names of the response headers that may hold the provider's id of a request, best first.
    fn request_id_headers(&self) -> &'static [&'static str] {
        &["x-request-id"]
    }

    /// How long to stop sending when a "too many requests" response does not say so itself.
    fn rate_limited_pause(&self) -> Duration {
        Duration::from_secs(1)
    }

    /// Returns true if a "too many requests" response closes the whole account, and not only the rate class
    /// of the operation that was called.
    fn pauses_account(&self) -> bool {
        false
    }

    /// The media type that calls ask for in the `Accept` header.
    fn accept(&self) -> &'static str {
        "application/json"
    }

    /// The media type of JSON request bodies.
    fn content_type(&self) -> &'static str {
        "application/json"
    }
}

/// What an error response means.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Failure {
    /// The decision that the caller has to make.
    pub kind: ErrorKind,
    /// The provider's own error code, as it is in the body.
    pub code: Option<String>,
    /// The provider's own message, as it is in the body.
    pub message: Option<String>,
    /// The provider's id of the request, where the body has one. One in a header wins.
    pub request_id: Option<String>,
    /// True if the same request may succeed later. `None` leaves the decision to the kind and the
    /// status: 206, 408, 421, 425, 429, 500, 502 to 504 and 520 to 524 may, everything else may not.
    pub retryable: Option<bool>,
}

impl Failure {
    /// A failure of this kind without code and message.
    #[must_use]
    pub const fn new(kind: ErrorKind) -> Self {
        Self {
            kind,
            code: None,
            message: None,
            request_id: None,
            retryable: None,
        }
    }

    /// What a status code means when nothing else is known.
    ///
    /// A redirect counts as a wrong configuration: this crate follows none, since that could carry
    /// credentials to another host, and an API that redirects was addressed by a wrong base URL. A 206 is a
    /// part of a response, which no call asks for. With 421 and 425 the server did not look at the request.
    #[must_use]
    pub fn from_status(status: StatusCode) -> Self {
        Self::new(match status.as_u16() {
            206 => ErrorKind::Transport,
            300..=399 => ErrorKind::Configuration,
            401 => ErrorKind::Authentication,
            402 => ErrorKind::QuotaExhausted,
            403 => ErrorKind::Permission,
            404 | 410 => ErrorKind::NotFound,
            408 => ErrorKind::Timeout,
            409 => ErrorKind::Conflict,
            421 | 425 => ErrorKind::Server,
            429 => ErrorKind::RateLimited,
            400..=499 => ErrorKind::InvalidRequest,
            _ => ErrorKind::Server,
        })
    }

    /// Sets the provider's error code.
    #[must_use]
    pub fn with_code(mut self, code: impl Into<String>) -> Self {
        self.code = Some(code.into());
        self
    }

    /// Sets the provider's message.
    #[must_use]
    pub fn with_message(mut self, message: impl Into<String>) -> Self {
        self.message = Some(message.into());
        self
    }

    /// Sets the provider's id of the request, as it is in the body.
    #[must_use]
    pub fn with_request_id(mut self, id: impl Into<String>) -> Self {
        self.request_id = Some(id.into());
        self
    }

    /// Decides whether a repeat may help, against what kind and status suggest.
    #[must_use]
    pub const fn with_retryable(mut self, retryable: bool) -> Self {
        self.retryable = Some(retryable);
        self
    }
}

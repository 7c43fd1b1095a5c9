//! The one error type of all SDKs.

mod display;
mod masked;

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use tracking_core::ErrorKind;

use crate::connect_failure::ConnectFailure;
use crate::dialect::Failure;
use display::Details;
use masked::masked_causes;

/// Why a call gave no result.
///
/// [`kind`](Self::kind) says what to do about it; the other accessors give what is known. When the
/// provider responded at all, its status, headers and body are kept, whatever the body was.
///
/// `Display` is one line: operation, kind, status, provider code and message. It holds no body, no
/// URL and not the client's own key. In a provider's message, words that look like a number, a key
/// or an e-mail address are masked (the full text is in
/// [`provider_message`](Self::provider_message)). That goes by their look: a name or a street that a
/// provider repeats is not recognised, so treat logs of errors as personal data where a provider
/// does so. `Debug` keeps to the same rules, and masks the request id. Causes are not repeated in the text: they are in [`source`](StdError::source).
#[derive(Clone)]
pub struct Error {
    inner: Box<Inner>,
}

#[derive(Clone)]
struct Inner {
    kind: ErrorKind,
    provider: &'static str,
    operation: &'static str,
    message: Option<String>,
    status: Option<StatusCode>,
    headers: HeaderMap,
    body: Option<Bytes>,
    code: Option<String>,
    provider_message: Option<String>,
    /// Code and message without the client's own secrets, where they hold any.
    masked_code: Option<String>,
    masked_message: Option<String>,
    /// Names of headers with a secret in them, and how they may be shown.
    masked_names: Vec<(String, String)>,
    request_id: Option<String>,
    retry_after: Option<Duration>,
    retryable: bool,
    attempts: u32,
    /// The body of a success ends before its JSON does.
    cut: bool,
    /// It is the error of a call before this one, which was not sent because of it.
    not_sent: bool,
    path: Option<String>,
    parameter: Option<Box<str>>,
    /// What a program can change in how it makes the client.
    advice: Option<&'static str>,
    // Shared, so that one failure can be handed to every caller that waited for the same thing.
    source: Option<Arc<dyn StdError + Send + Sync>>,
}

impl Error {
    /// An error of this kind with a message of our own.
    ///
    /// The message is shown as it is: it must not contain keys, bodies or personal data.
    #[must_use]
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        let mut error = Self::bare(kind);
        error.inner.message = Some(message.into());
        error
    }

    /// A parameter that cannot be sent. Nothing was sent.
    #[must_use]
    pub fn invalid_request(parameter: &str, reason: impl fmt::Display) -> Self {
        let mut error = Self::new(ErrorKind::InvalidRequest, reason.to_string());
        error.inner.parameter = Some(parameter.into());
        error
    }

    /// A client that cannot be built from what it was given. The message says what to change.
    #[must_use]
    pub fn configuration(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Configuration, message)
    }

    /// A webhook that was refused: its proof is missing or wrong, or its body is not understood.
    #[must_use]
    pub fn webhook(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Webhook, message)
    }

    /// Something that the provider does not offer.
    #[must_use]
    pub fn unsupported(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Unsupported, message)
    }

    /// A body that is not of the expected shape; `path` is the JSON path of the place.
    #[must_use]
    pub fn decode(path: impl Into<String>, message: impl Into<String>) -> Self {
        let mut error = Self::new(ErrorKind::Decode, message);
        error.inner.path = Some(path.into()).filter(|path| !path.is_empty() && path != ".");
        error
    }

    /// What the caller has to decide on.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.inner.kind
    }

    /// The provider's short name, when the error comes from a call.
    #[must_use]
    pub fn provider(&self) -> Option<&'static str> {
        Some(self.inner.provider).filter(|provider| !provider.is_empty())
    }

    /// The provider's name of the operation, when the error comes from a call.
    #[must_use]
    pub fn operation(&self) -> Option<&'static str> {
        Some(self.inner.operation).filter(|operation| !operation.is_empty())
    }

    /// The HTTP status, when the provider responded.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.inner.status
    }

    /// The response's headers; empty when there was no response.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.inner.headers
    }

    /// The body of the response exactly as it came. Of a response that broke off, took too long or
    /// was too large, the part that had arrived.
    #[must_use]
    pub fn body(&self) -> Option<&Bytes> {
        self.inner.body.as_ref()
    }

    /// The response's body as a string, with invalid UTF-8 replaced.
    #[must_use]
    pub fn body_text(&self) -> Option<std::borrow::Cow<'_, str>> {
        self.inner.body.as_deref().map(String::from_utf8_lossy)
    }

    /// The error code that the provider put into its response.
    #[must_use]
    pub fn provider_code(&self) -> Option<&str> {
        self.inner.code.as_deref()
    }

    /// The message that the provider put into its response, unmasked: it may repeat what was sent.
    #[must_use]
    pub fn provider_message(&self) -> Option<&str> {
        self.inner.provider_message.as_deref()
    }

    /// This crate's own description of the error, when there is one.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.inner.message.as_deref()
    }

    /// The provider's id of the request, for its support.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.inner.request_id.as_deref()
    }

    /// How long the provider asked to wait before the next request.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.inner.retry_after
    }

    /// How many requests were sent. Zero means that nothing left this machine; with a
    /// [`status`](Self::status), that an earlier call was refused while this one waited for its turn.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.inner.attempts
    }

    /// The JSON path of the place that could not be read: `data.trackings[0].events`.
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        self.inner.path.as_deref()
    }

    /// The parameter or field that was refused before the call, by the provider's name for it:
    /// `trackingNumber`, `recipient.email`.
    #[must_use]
    pub fn parameter(&self) -> Option<&str> {
        self.inner.parameter.as_deref()
    }

    /// Returns true if the same call may succeed later and repeating it does no harm: the failure is a
    /// passing one, and either the operation is idempotent or the provider did nothing.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.inner.retryable
    }

    /// Returns true if the key or token was not accepted.
    #[must_use]
    pub fn is_authentication(&self) -> bool {
        self.kind() == ErrorKind::Authentication
    }

    /// Returns true if the provider knows nothing under this number or id.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.kind() == ErrorKind::NotFound
    }

    /// Returns true if there were too many requests in a short time; see
    /// [`retry_after`](Self::retry_after).
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.kind() == ErrorKind::RateLimited
    }

    /// Returns true if the plan's volume is used up; waiting seconds does not help.
    #[must_use]
    pub fn is_quota_exhausted(&self) -> bool {
        self.kind() == ErrorKind::QuotaExhausted
    }

    /// Returns true if time ran out.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.kind() == ErrorKind::Timeout
    }

    /// Returns true if no connection came about, so that nothing was sent.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        self.kind() == ErrorKind::Connect
    }

    /// Which part of making a connection failed; `None` for every other [kind](Self::kind). The innermost
    /// [`source`](StdError::source) has the details.
    #[must_use]
    pub fn connect_failure(&self) -> Option<ConnectFailure> {
        self.is_connect()
            .then(|| ConnectFailure::by_causes(self.source()))
    }

    /// Returns true if the response is not of the expected shape.
    #[must_use]
    pub fn is_decode(&self) -> bool {
        self.kind() == ErrorKind::Decode
    }

    /// Attaches the cause.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.inner.source = Some(Arc::from(source.into()));
        self
    }

    /// Names the provider, for errors that come from outside of a call.
    #[must_use]
    pub fn with_provider(mut self, provider: &'static str) -> Self {
        self.inner.provider = provider;
        self
    }

    /// Adds what this crate or an SDK has to say about the error, such as a setting to change; it
    /// replaces an earlier one. It is shown as it is: no keys, bodies or personal data.
    #[must_use]
    pub fn with_message(mut self, message: impl Into<String>) -> Self {
        self.inner.message = Some(message.into());
        self
    }

    /// Adds what a programmer can change in the code that makes the client, such as a method to call.
    /// `Display` ends with it; an error of the unified model, which people may read, does not have it.
    #[must_use]
    pub fn with_advice(mut self, advice: &'static str) -> Self {
        self.inner.advice = Some(advice);
        self
    }

    /// Attaches the body that could not be understood.
    #[must_use]
    pub fn with_body(mut self, body: Bytes) -> Self {
        self.inner.body = Some(body);
        self
    }

    /// Sets how long to wait before the next request.
    #[must_use]
    pub fn with_retry_after(mut self, wait: Duration) -> Self {
        self.inner.retry_after = Some(wait);
        self
    }

    /// Notes that the body ends before its JSON does.
    pub(crate) fn cut(mut self) -> Self {
        self.inner.cut = true;
        self
    }

    pub(crate) fn is_cut(&self) -> bool {
        self.inner.cut
    }

    pub(crate) fn with_kind(mut self, kind: ErrorKind) -> Self {
        self.inner.kind = kind;
        self
    }

    fn bare(kind: ErrorKind) -> Self {
        Self {
            inner: Box::new(Inner {
                kind,
                provider: "",
                operation: "",
                message: None,
                status: None,
                headers: HeaderMap::new(),
                body: None,
                code: None,
                provider_message: None,
                masked_code: None,
                masked_message: None,
                masked_names: Vec::new(),
                request_id: None,
                retry_after: None,
                retryable: false,
                attempts: 0,
                cut: false,
                not_sent: false,
                path: None,
                parameter: None,
                advice: None,
                source: None,
            }),
        }
    }
}

/// What the call pipeline fills in.
impl Error {
    /// An error response; `mask` finds the client's own secrets in a string.
    pub(crate) fn from_failure(failure: Failure, mask: impl Fn(&str) -> Option<String>) -> Self {
        let mut error = Self::bare(failure.kind);
        error.inner.masked_code = failure.code.as_deref().and_then(&mask);
        error.inner.masked_message = failure.message.as_deref().and_then(&mask);
        error.inner.code = failure.code;
        error.inner.provider_message = failure.message;
        error.inner.request_id = failure.request_id;
        error
    }

    pub(crate) fn with_response(
        mut self,
        status: StatusCode,
        headers: HeaderMap,
        body: Option<Bytes>,
        request_id_headers: &[&str],
    ) -> Self {
        if let Some(id) = request_id(&headers, request_id_headers) {
            self.inner.request_id = Some(id.to_owned());
        }
        self.inner.status = Some(status);
        self.inner.headers = headers;
        if body.is_some() {
            self.inner.body = body;
        }
        self
    }

    /// Replaces the client's own secrets where a response repeats them: in the JSON path, which
    /// has keys of the body in it, in the request id, in the causes and in the names of headers. `mask` returns a
    /// string without them, `None` for one that has none.
    pub(crate) fn masked(mut self, mask: impl Fn(&str) -> Option<String>) -> Self {
        let inner = &mut *self.inner;
        for own in [&mut inner.path, &mut inner.request_id, &mut inner.message] {
            if let Some(masked) = own.as_deref().and_then(&mask) {
                *own = Some(masked);
            }
        }
        if let Some(source) = inner
            .source
            .as_deref()
            .and_then(|it| masked_causes(it, &mask))
        {
            inner.source = Some(Arc::from(source));
        }
        let names = inner.headers.keys().map(http::HeaderName::as_str);
        inner.masked_names = names
            .filter_map(|name| Some((name.to_owned(), mask(name)?)))
            .collect();
        self
    }

    pub(crate) fn in_call(mut self, provider: &'static str, operation: &'static str) -> Self {
        self.inner.provider = provider;
        self.inner.operation = operation;
        self
    }

    /// The error of another call that is not sent because of this one. It has no body.
    pub(crate) fn for_call_not_sent(&self) -> Self {
        let mut error = self.clone();
        error.inner.attempts = 0;
        error.inner.not_sent = true;
        error.inner.body = None;
        error
    }

    pub(crate) fn with_attempts(mut self, attempts: u32) -> Self {
        self.inner.attempts = attempts;
        self
    }

    pub(crate) fn with_retryable(mut self, retryable: bool) -> Self {
        self.inner.retryable = retryable;
        self
    }
}

/// The first of these headers that holds a string.
pub(crate) fn request_id<'a>(headers: &'a HeaderMap, names: &[&str]) -> Option<&'a str> {
    names
        .iter()
        .find_map(|name| headers.get(*name)?.to_str().ok())
        .filter(|id| !id.is_empty())
}

/// The error in the unified model; this one stays reachable as its `source()`.
impl From<Error> for tracking_core::Error {
    fn from(error: Error) -> Self {
        let inner = &*error.inner;
        let details = Details(inner).to_string();
        let message = match inner.operation {
            "" => details.trim_start_matches([':', ',', ' ']).to_owned(),
            operation => format!("{operation}{details}"),
        };
        let provider = error.provider().unwrap_or("unknown");
        let mut unified = Self::new(
            error.kind(),
            tracking_core::ProviderId::new(provider),
            message,
        )
        .with_retryable(error.is_retryable())
        .with_retry_after(error.retry_after());
        if inner.not_sent {
            unified = unified.for_request_not_sent();
        }
        unified.with_source(error)
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.inner.source.as_deref().map(|source| source as _)
    }
}

//! The one seam below the client: bytes out, bytes in.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Instant;

use bytes::Bytes;
use http::{Request, Response};
use tracking_core::kit::BoxFuture;

/// Sends one request and returns the whole response.
///
/// The default implementation is [`ReqwestTransport`](crate::ReqwestTransport). Implement it to
/// plug in another HTTP library, to record and replay, or to respond in process in a test.
///
/// Everything above this trait stays in force for every implementation: credentials, limits,
/// retries, time limits and error mapping. An implementation must not retry, must not follow
/// redirects (the request carries credentials), and must not log headers or the URL's query.
///
/// Everything that it needs is re-exported here:
///
/// ```
/// use tracking_http::bytes::Bytes;
/// use tracking_http::http::{Request, Response};
/// use tracking_http::{BoxFuture, SendLimits, Transport, TransportError};
///
/// #[derive(Debug)]
/// struct AlwaysEmpty;
///
/// impl Transport for AlwaysEmpty {
///     fn send<'a>(
///         &'a self,
///         _: Request<Bytes>,
///         _: SendLimits,
///     ) -> BoxFuture<'a, Result<Response<Bytes>, TransportError>> {
///         Box::pin(async { Ok(Response::new(Bytes::from_static(b"[]"))) })
///     }
/// }
/// ```
pub trait Transport: fmt::Debug + Send + Sync {
    /// Sends the request once and reads the response completely.
    ///
    /// Any status is a success here.
    ///
    /// # Errors
    ///
    /// A [`TransportError`] that says at which point it failed, since that decides whether a
    /// repeat is safe.
    fn send<'a>(
        &'a self,
        request: Request<Bytes>,
        limits: SendLimits,
    ) -> BoxFuture<'a, Result<Response<Bytes>, TransportError>>;
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send<'a>(
        &'a self,
        request: Request<Bytes>,
        limits: SendLimits,
    ) -> BoxFuture<'a, Result<Response<Bytes>, TransportError>> {
        (**self).send(request, limits)
    }
}

/// Bounds for one request.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct SendLimits {
    /// The most bytes of body that may be read into memory. Beyond it the transport stops reading
    /// and returns [`TransportErrorKind::BodyTooLarge`].
    pub max_body_bytes: usize,
    /// When the attempt ends, by tokio's clock, which tests can pause: make it a
    /// `tokio::time::Instant` with `from_std` to wait for it. The client enforces it by itself; a
    /// transport that also watches it while it reads the body can return the
    /// [part of the response](TransportError::with_response) that it already has.
    pub deadline: Option<Instant>,
}

impl SendLimits {
    /// Bounds the size of the response, without a deadline.
    #[must_use]
    pub const fn new(max_body_bytes: usize) -> Self {
        Self {
            max_body_bytes,
            deadline: None,
        }
    }

    /// Sets when the attempt ends.
    #[must_use]
    pub const fn with_deadline(mut self, deadline: Option<Instant>) -> Self {
        self.deadline = deadline;
        self
    }
}

type BoxError = Box<dyn StdError + Send + Sync>;

/// Why a transport returned no complete response.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    response: Option<Box<Response<Bytes>>>,
    source: Option<BoxError>,
}

/// The point at which a request failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection came about: name resolution, TCP or TLS. Nothing was sent.
    Connect,
    /// Time ran out after the connection was made. The request may have been carried out.
    Timeout,
    /// The response began but its body broke off.
    Body,
    /// The body of the response exceeds [`SendLimits::max_body_bytes`].
    BodyTooLarge,
    /// The transport itself refuses the request. Nothing was sent, and a repeat would end in the same way.
    Refused,
    /// Anything else. The request may have been carried out.
    Other,
}

impl TransportError {
    /// An error without further information.
    #[must_use]
    pub const fn new(kind: TransportErrorKind) -> Self {
        Self {
            kind,
            response: None,
            source: None,
        }
    }

    /// Keeps a response that did not arrive completely: status, headers and the part of the body
    /// that was read. Status and headers still decide about credentials, pauses and repeats, and a
    /// part of the body may name what a paid call created.
    #[must_use]
    pub fn with_response(mut self, response: Response<Bytes>) -> Self {
        self.response = Some(Box::new(response));
        self
    }

    /// Keeps the error that caused this one. Its message must not contain the URL's query.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<BoxError>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// The point at which the request failed.
    #[must_use]
    pub const fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// Returns the response as far as it arrived: `None` when there was not even a status.
    #[must_use]
    pub fn response(&self) -> Option<&Response<Bytes>> {
        self.response.as_deref()
    }

    pub(crate) fn into_parts(
        self,
    ) -> (
        TransportErrorKind,
        Option<Box<Response<Bytes>>>,
        Option<BoxError>,
    ) {
        (self.kind, self.response, self.source)
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self.kind {
            TransportErrorKind::Connect => "no connection",
            TransportErrorKind::Timeout => "time ran out",
            TransportErrorKind::Body => "the response broke off",
            TransportErrorKind::BodyTooLarge => "the response is larger than allowed",
            TransportErrorKind::Refused => "the transport refuses the request",
            TransportErrorKind::Other => "the request failed",
        })
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

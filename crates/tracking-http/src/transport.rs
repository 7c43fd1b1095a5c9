//! The one seam below the client: bytes out, bytes in.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Instant;

use bytes::Bytes;
use http::response::Parts;
use http::{Request, Response};
use tracking_core::BoxFuture;

/// Sends one request and returns the whole answer.
///
/// The default implementation is [`ReqwestTransport`](crate::ReqwestTransport). Implement it to
/// plug in another HTTP library, to record and replay, or to answer in process in a test.
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
    /// Sends the request once and reads the answer completely.
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
    /// and answers with [`TransportErrorKind::BodyTooLarge`].
    pub max_body_bytes: usize,
    /// When the attempt ends, by tokio's clock, which tests can pause: make it a
    /// `tokio::time::Instant` with `from_std` to wait for it. The client enforces it by itself; a
    /// transport that also watches it while it reads the body can return the status and headers that
    /// it already has.
    pub deadline: Option<Instant>,
}

impl SendLimits {
    /// Bounds the size of the answer, without a deadline.
    #[must_use]
    pub const fn new(max_body_bytes: usize) -> Self {
        Self {
            max_body_bytes,
            deadline: None,
        }
    }

    /// Sets the moment at which the attempt ends.
    #[must_use]
    pub const fn with_deadline(mut self, deadline: Option<Instant>) -> Self {
        self.deadline = deadline;
        self
    }
}

type BoxError = Box<dyn StdError + Send + Sync>;

/// Why a transport returned no complete answer.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    head: Option<Box<Parts>>,
    source: Option<BoxError>,
}

/// The point at which a request failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection came about: name resolution, TCP or TLS. Nothing was sent.
    Connect,
    /// Time ran out after the connection stood. The request may have been carried out.
    Timeout,
    /// The answer began but its body broke off.
    Body,
    /// The answer's body exceeds [`SendLimits::max_body_bytes`].
    BodyTooLarge,
    /// Anything else. The request may have been carried out.
    Other,
}

impl TransportError {
    /// An error without further information.
    #[must_use]
    pub const fn new(kind: TransportErrorKind) -> Self {
        Self {
            kind,
            head: None,
            source: None,
        }
    }

    /// Keeps status and headers of an answer whose body could not be read.
    #[must_use]
    pub fn with_head(mut self, head: Parts) -> Self {
        self.head = Some(Box::new(head));
        self
    }

    /// Keeps the error that caused this one. Its text must not contain the URL's query.
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

    /// Status and headers, when they arrived before the failure.
    #[must_use]
    pub fn head(&self) -> Option<&Parts> {
        self.head.as_deref()
    }

    pub(crate) fn into_parts(self) -> (TransportErrorKind, Option<Box<Parts>>, Option<BoxError>) {
        (self.kind, self.head, self.source)
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self.kind {
            TransportErrorKind::Connect => "no connection",
            TransportErrorKind::Timeout => "time ran out",
            TransportErrorKind::Body => "the answer broke off",
            TransportErrorKind::BodyTooLarge => "the answer is larger than allowed",
            TransportErrorKind::Other => "the request failed",
        })
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

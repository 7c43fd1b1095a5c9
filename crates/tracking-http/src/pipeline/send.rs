//! The step that sends a request once, within its time.

use std::future::poll_fn;
use std::task::Poll;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, HeaderMap, USER_AGENT};
use http::{Request, Response};
use tokio::time::{Instant, timeout_at};
use tracking_core::ErrorKind;

use super::outgoing::Outgoing;
use crate::client::Shared;
use crate::connect_failure::ConnectFailure;
use crate::error::Error;
use crate::options::DEFAULT_TIMEOUT;
use crate::transport::{SendLimits, TransportError, TransportErrorKind};

/// Makes the request, without the proof of who sends it.
pub(super) fn request(shared: &Shared, call: &Outgoing) -> Request<Bytes> {
    /// Accept, client identification, media type, credentials, and two of the caller's.
    const USUAL_HEADERS: usize = 6;
    let mut headers = HeaderMap::with_capacity(USUAL_HEADERS);
    headers.insert(USER_AGENT, shared.user_agent.clone());
    headers.insert(
        ACCEPT,
        call.accept.as_ref().unwrap_or(&shared.accept).clone(),
    );
    if let Some(content_type) = &call.content_type {
        headers.insert(CONTENT_TYPE, content_type.clone());
    }
    for (name, value) in &call.headers {
        headers.insert(name.clone(), value.clone());
    }
    let mut request = Request::new(call.body.clone());
    *request.method_mut() = call.method.clone();
    *request.uri_mut() = call.uri.clone();
    *request.headers_mut() = headers;
    request
}

/// Sends the request and reads the response, within the time for one attempt.
///
/// # Errors
///
/// What broke, with the response as far as it arrived.
pub(super) async fn send(
    shared: &Shared,
    call: &Outgoing,
    request: Request<Bytes>,
    begun: Instant,
    deadline: Option<Instant>,
) -> Result<Response<Bytes>, Broken> {
    let limit = call
        .timeout
        .or(shared.options.timeout)
        .or(call.usual_timeout)
        .unwrap_or(DEFAULT_TIMEOUT);
    let end = earlier(begun.checked_add(limit), deadline);
    let limits = SendLimits::new(shared.max_body_bytes).with_deadline(end.map(Instant::into_std));
    let mut sending = shared.transport.send(request, limits);
    let outcome = match end {
        None => sending.await,
        Some(end) => match timeout_at(end, &mut sending).await {
            Ok(outcome) => outcome,
            // Both wait for the same time, and this timer may be the first to fire. The transport has
            // the part that arrived, so it is asked once more.
            Err(_) => match poll_fn(|context| Poll::Ready(sending.as_mut().poll(context))).await {
                Poll::Ready(outcome) => outcome,
                Poll::Pending => Err(TransportError::new(TransportErrorKind::Timeout)),
            },
        },
    };
    outcome.map_err(|error| {
        let limit = end.map_or(limit, |end| end.saturating_duration_since(begun));
        Broken::new(error, shared, limit)
    })
}

/// A request without a complete response.
pub(super) struct Broken {
    /// What broke.
    pub(super) error: Error,
    /// The response as far as it arrived.
    pub(super) response: Option<Box<Response<Bytes>>>,
}

impl Broken {
    #[cold]
    fn new(error: TransportError, shared: &Shared, limit: Duration) -> Self {
        let (kind, response, source) = error.into_parts();
        let mut error = match kind {
            TransportErrorKind::Connect => {
                let cause = source.as_deref().map(|source| source as _);
                let failure = ConnectFailure::by_causes(cause);
                Error::new(ErrorKind::Connect, format!("{failure}; nothing was sent"))
            }
            TransportErrorKind::Timeout => Error::new(
                ErrorKind::Timeout,
                format!("no complete response within {} s", limit.as_secs_f64()),
            ),
            TransportErrorKind::Body => Error::new(
                ErrorKind::Transport,
                "the response broke off before its end",
            ),
            TransportErrorKind::BodyTooLarge => Error::new(
                ErrorKind::BodyTooLarge,
                format!(
                    "the response is larger than the {} bytes allowed",
                    shared.max_body_bytes
                ),
            ),
            TransportErrorKind::Refused => Error::configuration(
                "the transport of this client refuses the request; nothing was sent",
            ),
            TransportErrorKind::Other => {
                Error::new(ErrorKind::Transport, "the request could not be completed")
            }
        };
        if let Some(source) = source {
            error = error.with_source(source);
        }
        Self { error, response }
    }
}

fn earlier(one: Option<Instant>, other: Option<Instant>) -> Option<Instant> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

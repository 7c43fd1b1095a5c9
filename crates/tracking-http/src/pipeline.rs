//! What happens between a finished call and its answer: limits, credentials, attempts, retries.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderValue, LOCATION, USER_AGENT};
use http::{Method, Request, StatusCode, Uri};
use tokio::time::{Instant, sleep, timeout_at};
use tracing::{Instrument as _, Span, field};
use tracking_core::ErrorKind;

use crate::client::{Client, Shared};
use crate::config::DEFAULT_TIMEOUT;
use crate::credentials::Attached;
use crate::dialect::Failure;
use crate::error::Error;
use crate::limit::LimitKey;
use crate::operation::RateClass;
use crate::response::{Meta, Response};
use crate::retry::{FailedAttempt, Retries, RetryPolicy};
use crate::retry_after::retry_after;
use crate::transport::{SendLimits, TransportError, TransportErrorKind};

/// What a call sends, and how.
pub(crate) struct Outgoing {
    pub(crate) operation: &'static str,
    pub(crate) method: Method,
    pub(crate) uri: Uri,
    pub(crate) headers: HeaderMap,
    pub(crate) accept: Option<HeaderValue>,
    pub(crate) content_type: Option<HeaderValue>,
    pub(crate) body: Bytes,
    pub(crate) success: &'static [u16],
    pub(crate) accepted: Vec<u16>,
    pub(crate) accept_when: Option<fn(StatusCode, &[u8]) -> bool>,
    pub(crate) accept_failure: Option<fn(&Failure) -> bool>,
    pub(crate) idempotent: bool,
    pub(crate) rate: RateClass,
    /// The time for one attempt, as this call asks for it.
    pub(crate) timeout: Option<Duration>,
    /// The time for one attempt, as the operation is documented to need it.
    pub(crate) usual_timeout: Option<Duration>,
    pub(crate) retry: Option<RetryPolicy>,
}

/// Why one attempt gave no result.
struct Failed {
    error: Error,
    /// What the provider's dialect says about repeating.
    hint: Option<bool>,
    /// Which token the refused request carried.
    attached: Option<Attached>,
}

/// Carries the call out inside of its span.
pub(crate) async fn run(client: &Client, call: &Outgoing) -> Result<Response<Bytes>, Error> {
    let span = span(client, call);
    let started = Instant::now();
    // Without a subscriber the future need not be moved into the span's wrapper.
    if span.is_disabled() {
        return repeat(client, call, started).await;
    }
    let result = repeat(client, call, started).instrument(span.clone()).await;
    record(&span, &result, started);
    result
}

/// The span names the operation and never what was asked for.
fn span(client: &Client, call: &Outgoing) -> Span {
    tracing::info_span!(
        "call",
        provider = client.provider(),
        operation = call.operation,
        method = call.method.as_str(),
        attempts = field::Empty,
        status = field::Empty,
        outcome = field::Empty,
        duration_ms = field::Empty,
    )
}

/// Attempts the call until it succeeds or its failure is final.
async fn repeat(
    client: &Client,
    call: &Outgoing,
    started: Instant,
) -> Result<Response<Bytes>, Error> {
    let shared = &*client.shared;
    let deadline = shared
        .options
        .total_timeout
        .and_then(|limit| started.checked_add(limit));
    let rate = shared.options.rate_of(call.rate);
    let mut retries = call.retry.as_ref().unwrap_or(&shared.retry).start();
    let mut renewed = false;
    let mut attempts = 0;
    loop {
        // A paused bucket is waited for as long as a pause between attempts would be.
        let patience = retries.remaining();
        let patience = deadline.map_or(patience, |end| {
            patience.min(end.saturating_duration_since(Instant::now()))
        });
        let key =
            LimitKey::new(client.credentials.fingerprint(), &rate).with_max_wait(Some(patience));
        let outcome = attempt(client, call, key, deadline, &mut retries, &mut attempts).await;
        let Failed {
            error,
            hint,
            attached,
        } = match outcome {
            Ok(response) => return Ok(response),
            Err(failed) => *failed,
        };
        // The error of a token request that was made on the way; it has had its own attempts.
        if error.operation().is_some() {
            return Err(error);
        }
        // A token may be revoked before its time: once, that is no failure of the call.
        if error.status() == Some(StatusCode::UNAUTHORIZED)
            && !renewed
            && attached.is_some_and(|token| client.credentials.renews_after_refusal(&token))
        {
            renewed = true;
            tracing::debug!("the token was refused and is renewed");
            continue;
        }
        let failed = FailedAttempt {
            kind: error.kind(),
            status: error.status(),
            hint,
            idempotent: call.idempotent,
            server_wait: error.retry_after(),
        };
        let delay = retries.after_failure(&failed);
        let error = finish(error, &failed, client, call, attempts);
        let delay = match (delay, deadline) {
            (Some(delay), Some(end)) if delay >= end.saturating_duration_since(Instant::now()) => {
                return Err(error);
            }
            (Some(delay), _) => delay,
            (None, _) => return Err(error),
        };
        tracing::debug!(
            attempt = attempts,
            kind = error.kind().as_str(),
            status = error.status().map(|status| status.as_u16()),
            delay_ms = delay.as_millis() as u64,
            "the attempt failed and is repeated"
        );
        sleep(delay).await;
    }
}

/// Waits for token and limits, sends the request once and reads what the answer means.
async fn attempt(
    client: &Client,
    call: &Outgoing,
    key: LimitKey<'_>,
    deadline: Option<Instant>,
    retries: &mut Retries,
    attempts: &mut u32,
) -> Result<Response<Bytes>, Box<Failed>> {
    let shared = &*client.shared;
    // The token comes first: callers that already hold their places and then wait for the same
    // token would all be sent at the same moment.
    let (request, attached) = until(deadline, request(client, call)).await??;
    if let Some(limiter) = &shared.limiter {
        until(deadline, limiter.acquire(key)).await??;
    }

    *attempts += 1;
    let limit = call
        .timeout
        .or(shared.options.timeout)
        .or(call.usual_timeout)
        .unwrap_or(DEFAULT_TIMEOUT);
    let begun = Instant::now();
    retries.attempt_begins(begun);
    let end = earlier(begun.checked_add(limit), deadline);
    let limits = SendLimits::new(shared.max_body_bytes).with_deadline(end.map(Instant::into_std));
    let sending = shared.transport.send(request, limits);
    let answer = match end {
        None => sending.await,
        Some(end) => match timeout_at(end, sending).await {
            Ok(answer) => answer,
            Err(_) => Err(TransportError::new(TransportErrorKind::Timeout)),
        },
    };
    let answer = match answer {
        Ok(answer) => answer,
        Err(error) => {
            let limit = end.map_or(limit, |end| end.saturating_duration_since(begun));
            return Err(broken(error, shared, limit, attached));
        }
    };

    let (head, body) = answer.into_parts();
    let Some(failure) = judge(shared, call, head.status, &head.headers, &body) else {
        let meta = Meta {
            status: head.status,
            headers: head.headers,
            body: body.clone(),
            attempts: *attempts,
            provider: shared.provider,
            operation: call.operation,
            request_id_headers: shared.dialect.request_id_headers(),
            credentials: Arc::clone(&client.credentials),
            attached,
            unmodelled: |_| Ok(Vec::new()),
        };
        return Ok(Response::new(body, meta));
    };
    let hint = failure.retryable;
    let kind = failure.kind;
    let mut wait = retry_after(head.status, &head.headers, shared.clock.now());
    if kind == ErrorKind::RateLimited {
        let pause = wait.unwrap_or_else(|| shared.dialect.rate_limited_pause());
        wait = Some(pause);
        if let Some(limiter) = &shared.limiter {
            limiter.pause(key, pause);
            if shared.dialect.pauses_account() {
                for class in &shared.classes {
                    limiter.pause(LimitKey::new(key.credential, class), pause);
                }
            }
        }
    }
    let mask = |text: &str| client.credentials.masked(text, &attached);
    let mut error = Error::from_failure(failure, mask).with_answer(
        head.status,
        head.headers,
        Some(body),
        shared.dialect.request_id_headers(),
    );
    if let Some(wait) = wait {
        error = error.with_retry_after(wait);
    }
    if head.status.is_redirection() && error.headers().contains_key(LOCATION) {
        error = error.with_message("redirects are not followed: check the base URL");
    }
    Err(Box::new(Failed {
        error,
        hint,
        attached: Some(attached),
    }))
}

/// Decides whether an answer is a failure.
fn judge(
    shared: &Shared,
    call: &Outgoing,
    status: StatusCode,
    headers: &HeaderMap,
    body: &[u8],
) -> Option<Failure> {
    let code = status.as_u16();
    let is_success = status.is_success()
        || call.success.contains(&code)
        || call.accepted.contains(&code)
        || call.accept_when.is_some_and(|accept| accept(status, body));
    let failure = if is_success {
        shared.dialect.rejects(status, headers, body)?
    } else {
        shared.dialect.classify(status, headers, body)
    };
    let is_accepted = call.accept_failure.is_some_and(|accept| accept(&failure));
    (!is_accepted).then_some(failure)
}

async fn request(client: &Client, call: &Outgoing) -> Result<(Request<Bytes>, Attached), Error> {
    /// Accept, client identification, media type, credentials, and two of the caller's.
    const USUAL_HEADERS: usize = 6;
    let shared = &*client.shared;
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
    // Last, so that nothing the caller adds can replace the proof.
    let attached = client
        .credentials
        .attach(&call.uri, &mut headers, client)
        .await?;

    let mut request = Request::new(call.body.clone());
    *request.method_mut() = call.method.clone();
    *request.uri_mut() = call.uri.clone();
    *request.headers_mut() = headers;
    Ok((request, attached))
}

/// What a transport's error means for the call.
#[cold]
fn broken(
    error: TransportError,
    shared: &Shared,
    limit: Duration,
    attached: Attached,
) -> Box<Failed> {
    let (kind, head, source) = error.into_parts();
    let mut error = match kind {
        TransportErrorKind::Connect => Error::new(
            ErrorKind::Connect,
            "no connection could be made; nothing was sent",
        ),
        TransportErrorKind::Timeout => Error::new(
            ErrorKind::Timeout,
            format!("no complete answer within {} s", limit.as_secs_f64()),
        ),
        TransportErrorKind::Body => {
            Error::new(ErrorKind::Transport, "the answer broke off before its end")
        }
        TransportErrorKind::BodyTooLarge => Error::new(
            ErrorKind::BodyTooLarge,
            format!(
                "the answer is larger than the {} bytes allowed",
                shared.max_body_bytes
            ),
        ),
        TransportErrorKind::Other => {
            Error::new(ErrorKind::Transport, "the request could not be completed")
        }
    };
    if let Some(head) = head {
        error = error.with_head(*head, shared.dialect.request_id_headers());
    }
    if let Some(source) = source {
        error = error.with_source(source);
    }
    Box::new(Failed {
        error,
        hint: None,
        attached: Some(attached),
    })
}

/// Adds what only the call knows.
#[cold]
fn finish(
    error: Error,
    failed: &FailedAttempt,
    client: &Client,
    call: &Outgoing,
    attempts: u32,
) -> Error {
    error
        .in_call(client.provider(), call.operation)
        .with_attempts(attempts)
        .with_retryable(failed.may_be_repeated())
}

/// Bounds a wait that comes before sending.
async fn until<F: Future>(deadline: Option<Instant>, waiting: F) -> Result<F::Output, Error> {
    match deadline {
        None => Ok(waiting.await),
        Some(end) => timeout_at(end, waiting).await.map_err(|_| {
            Error::new(
                ErrorKind::Timeout,
                "the total time ran out before the request was sent",
            )
        }),
    }
}

fn earlier(one: Option<Instant>, other: Option<Instant>) -> Option<Instant> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

fn record(span: &Span, result: &Result<Response<Bytes>, Error>, started: Instant) {
    let (attempts, status, outcome) = match result {
        Ok(response) => (response.attempts(), Some(response.status()), "ok"),
        Err(error) => (error.attempts(), error.status(), error.kind().as_str()),
    };
    span.record("attempts", attempts);
    if let Some(status) = status {
        span.record("status", status.as_u16());
    }
    span.record("outcome", outcome);
    span.record("duration_ms", started.elapsed().as_millis() as u64);
}

impl From<Error> for Box<Failed> {
    /// A failure before anything was sent.
    fn from(error: Error) -> Self {
        Self::new(Failed {
            error,
            hint: None,
            attached: None,
        })
    }
}

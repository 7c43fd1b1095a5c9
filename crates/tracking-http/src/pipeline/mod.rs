//! What happens between a finished call and its response: limits, credentials, attempts, retries.

mod auth;
mod failed;
mod html;
mod judge;
mod limit;
mod outgoing;
mod retry;
mod send;

use std::sync::Arc;

use bytes::Bytes;
use tokio::time::{Instant, sleep, timeout_at};
use tracing::{Instrument as _, Span, field};
use tracking_core::ErrorKind;

use self::failed::Failed;
pub(crate) use self::outgoing::Outgoing;
use self::retry::{FailedAttempt, Retries};
use self::send::Broken;
use crate::client::Client;
use crate::error::Error;
use crate::limit::LimitKey;
use crate::response::{Meta, Response};

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

/// The span names the operation and never what was requested.
fn span(client: &Client, call: &Outgoing) -> Span {
    tracing::info_span!(
        "call",
        provider = client.provider(),
        operation = call.operation,
        method = call.method.as_str(),
        path = call.documented_path,
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
    let mut retries = Retries::new(call.retry.unwrap_or(shared.retry));
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
        if !renewed && auth::renews_after(client, &error, attached.as_ref()) {
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
            (None, _) => {
                shared.refusals.learn(key, &error);
                return Err(error);
            }
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

/// Waits for token and limits, sends the request once and reads what the response means.
async fn attempt(
    client: &Client,
    call: &Outgoing,
    key: LimitKey<'_>,
    deadline: Option<Instant>,
    retries: &mut Retries,
    attempts: &mut u32,
) -> Result<Response<Bytes>, Box<Failed>> {
    let shared = &*client.shared;
    let mut request = send::request(shared, call);
    // The token comes first: callers that already hold their places and then wait for the same
    // token would all be sent at the same time.
    let attached = until(deadline, auth::attach(client, call, &mut request)).await??;
    if let Some(limiter) = &shared.limiter {
        let queued = shared.refusals.mark();
        until(deadline, limiter.acquire(key)).await??;
        if let Some(error) = shared.refusals.since(queued, key) {
            return Err(error.into());
        }
    }

    *attempts += 1;
    let begun = Instant::now();
    retries.attempt_begins(begun);
    let (response, broken) = match send::send(shared, call, request, begun, deadline).await {
        Ok(response) => (response, None),
        Err(Broken { error, response }) => match response {
            // The head decides as far as it can: a cut 429 still says how long to wait.
            Some(response) => (*response, Some(error)),
            None => return Err(Failed::sent(error, attached)),
        },
    };

    let (head, body) = response.into_parts();
    let failure = judge::failure(shared, call, head.status, &head.headers, &body);
    let arrived = Some(body.clone()).filter(|body| broken.is_none() || !body.is_empty());
    let Some(failure) = failure else {
        if let Some(error) = broken {
            let error = judge::keep(client, error, head, arrived, &attached);
            return Err(Failed::sent(error, attached));
        }
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
            problems: Vec::new(),
            unmodelled: |_| Ok(Vec::new()),
        };
        return Ok(Response::new(body, meta));
    };
    let hint = failure.retryable;
    let wait = judge::wait(shared, failure.kind, head.status, &head.headers);
    if let Some(wait) = wait
        && failure.kind == ErrorKind::RateLimited
    {
        limit::pause(shared, key, wait).await;
    }
    let mut error = judge::error(client, failure, head, arrived, wait, &attached);
    if let Some(broken) = broken {
        error = error.with_source(broken);
    }
    Err(Box::new(Failed {
        error,
        hint,
        attached: Some(attached),
    }))
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

fn record(span: &Span, result: &Result<Response<Bytes>, Error>, started: Instant) {
    let (attempts, status, outcome) = match result {
        Ok(response) => (response.attempts(), Some(response.http_status()), "ok"),
        Err(error) => (error.attempts(), error.status(), error.kind().as_str()),
    };
    span.record("attempts", attempts);
    if let Some(status) = status {
        span.record("status", status.as_u16());
    }
    span.record("outcome", outcome);
    span.record("duration_ms", started.elapsed().as_millis() as u64);
}

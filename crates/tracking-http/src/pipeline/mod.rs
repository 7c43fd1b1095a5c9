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
use http::StatusCode;
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
use crate::operation::RateClass;
use crate::response::{Meta, Response};

/// One call on its way: its attempts so far, inside of one span.
pub(crate) struct Run<'a> {
    client: &'a Client,
    call: &'a Outgoing,
    span: Span,
    started: Instant,
    deadline: Option<Instant>,
    rate: RateClass,
    retries: Retries,
    renewed: bool,
    attempts: u32,
}

impl<'a> Run<'a> {
    pub(crate) fn new(client: &'a Client, call: &'a Outgoing) -> Self {
        let shared = &*client.shared;
        let started = Instant::now();
        let total = shared.options.total_timeout;
        Self {
            client,
            call,
            span: span(client, call),
            started,
            deadline: total.and_then(|limit| started.checked_add(limit)),
            rate: shared.options.rate_of(call.rate),
            retries: Retries::new(call.retry.unwrap_or(shared.retry)),
            renewed: false,
            attempts: 0,
        }
    }

    /// Attempts the call until there is a response that is a success, or its failure is final.
    pub(crate) async fn response(&mut self) -> Result<Response<Bytes>, Error> {
        // Without a subscriber the future need not be moved into the span's wrapper.
        let result = if self.span.is_disabled() {
            self.attempt_until_final().await
        } else {
            let span = self.span.clone();
            self.attempt_until_final().instrument(span).await
        };
        result.inspect_err(|error| self.end(error.status(), error.kind().as_str()))
    }

    /// Ends the call with a response that could be read.
    pub(crate) fn succeed<T>(&self, response: &Response<T>) {
        self.end(Some(response.http_status()), "ok");
    }

    /// Waits before the next attempt, after a success that could not be read.
    ///
    /// # Errors
    ///
    /// The same error, unless the body breaks off and the call reads. Of another call the success is known, and
    /// a repeat would report something else, such as a number that exists already.
    #[cold]
    pub(crate) async fn repeat_after(&mut self, error: Error) -> Result<(), Error> {
        let span = self.span.clone();
        let result = self.wait_after_unreadable(error).instrument(span).await;
        result.inspect_err(|error| self.end(error.status(), error.kind().as_str()))
    }

    async fn wait_after_unreadable(&mut self, error: Error) -> Result<(), Error> {
        // A status that has no body is no sign of a broken connection.
        let has_no_body = error.status() == Some(StatusCode::NO_CONTENT);
        let reads = self.call.idempotent && self.call.reads;
        if !error.is_cut() || has_no_body || !reads {
            return Err(error);
        }
        let failed = FailedAttempt {
            kind: ErrorKind::Transport,
            status: error.status(),
            hint: None,
            idempotent: true,
            server_wait: None,
        };
        let waited = self.wait_after(error, &failed).await;
        // What arrives is how the provider responds: no error of decoding promises that a repeat helps.
        waited.map_err(|error| error.with_retryable(false))
    }

    async fn attempt_until_final(&mut self) -> Result<Response<Bytes>, Error> {
        loop {
            let Failed {
                error,
                hint,
                attached,
            } = match self.attempt().await {
                Ok(response) => return Ok(response),
                Err(failed) => *failed,
            };
            // The error of a token request that was made on the way; it has had its own attempts.
            if error.operation().is_some() {
                return Err(error);
            }
            // A token may be revoked before its time: once, that is no failure of the call.
            if !self.renewed && auth::renews_after(self.client, &error, attached.as_ref()) {
                self.renewed = true;
                tracing::debug!("the token was refused and is renewed");
                continue;
            }
            let failed = FailedAttempt {
                kind: error.kind(),
                status: error.status(),
                hint,
                idempotent: self.call.idempotent,
                server_wait: error.retry_after(),
            };
            self.wait_after(error, &failed).await?;
        }
    }

    /// Waits until the next attempt, or returns the error if there is none.
    #[cold]
    async fn wait_after(&mut self, error: Error, failed: &FailedAttempt) -> Result<(), Error> {
        let delay = self.retries.after_failure(failed);
        let error = error
            .in_call(self.client.provider(), self.call.operation)
            .with_attempts(self.attempts)
            .with_retryable(failed.may_be_repeated());
        let delay = match (delay, self.deadline) {
            (Some(delay), Some(end)) if delay >= end.saturating_duration_since(Instant::now()) => {
                return Err(error);
            }
            (Some(delay), _) => delay,
            (None, _) => {
                let key = LimitKey::new(self.client.credentials.fingerprint(), &self.rate);
                self.client.shared.refusals.learn(key, &error);
                return Err(error);
            }
        };
        tracing::debug!(
            attempt = self.attempts,
            kind = error.kind().as_str(),
            status = error.status().map(|status| status.as_u16()),
            delay_ms = delay.as_millis() as u64,
            "the attempt failed and is repeated"
        );
        sleep(delay).await;
        Ok(())
    }

    /// Makes one attempt.
    async fn attempt(&mut self) -> Result<Response<Bytes>, Box<Failed>> {
        // A paused bucket is waited for as long as a pause between attempts would be.
        let patience = self.retries.remaining();
        let patience = self.deadline.map_or(patience, |end| {
            patience.min(end.saturating_duration_since(Instant::now()))
        });
        let key = LimitKey::new(self.client.credentials.fingerprint(), &self.rate)
            .with_max_wait(Some(patience));
        attempt(
            self.client,
            self.call,
            key,
            self.deadline,
            &mut self.retries,
            &mut self.attempts,
        )
        .await
    }

    fn end(&self, status: Option<StatusCode>, outcome: &str) {
        let span = &self.span;
        if span.is_disabled() {
            return;
        }
        span.record("attempts", self.attempts);
        if let Some(status) = status {
            span.record("status", status.as_u16());
        }
        span.record("outcome", outcome);
        span.record("duration_ms", self.started.elapsed().as_millis() as u64);
    }
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
        Err(Broken { error, response }) => {
            // Its cause is that of a transport, which may repeat anything that it was to send.
            let error = error.masked(|text| client.credentials.masked(text, &attached));
            match response {
                // The head decides as far as it can: a cut 429 still says how long to wait.
                Some(response) => (*response, Some(error)),
                None => return Err(Failed::sent(error, attached)),
            }
        }
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

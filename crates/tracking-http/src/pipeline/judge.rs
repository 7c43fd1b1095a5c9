//! The step that decides whether a response is a failure, and of which kind.

use std::time::Duration;

use bytes::Bytes;
use http::header::LOCATION;
use http::response::Parts;
use http::{HeaderMap, StatusCode};
use tracking_core::ErrorKind;

use super::html;
use super::outgoing::Outgoing;
use crate::auth::Attached;
use crate::client::{Client, Shared};
use crate::dialect::Failure;
use crate::error::Error;
use crate::json::{NOT_THE_API, without_bom};
use crate::retry_after::retry_after;

/// Returns the failure that a response is; `None` for a success.
pub(super) fn failure(
    shared: &Shared,
    call: &Outgoing,
    status: StatusCode,
    headers: &HeaderMap,
    body: &[u8],
) -> Option<Failure> {
    // No reader of JSON takes a byte order mark.
    let body = without_bom(body);
    let code = status.as_u16();
    let is_whole = status.is_success() && status != StatusCode::PARTIAL_CONTENT;
    let is_success = is_whole
        || call.success.contains(&code)
        || call.accept_when.is_some_and(|accept| accept(status, body));
    let failure = if is_success {
        shared.dialect.rejects(status, headers, body)?
    } else {
        let mut failure = shared.dialect.classify(status, headers, body);
        if is_of_the_way(status) {
            let of_status = Failure::from_status(status);
            failure.kind = of_status.kind;
            failure.retryable = of_status.retryable;
        }
        let is_wall = status == StatusCode::FORBIDDEN && html::is_html(headers, body);
        if is_wall {
            // No API of the five sends HTML, so the key was not judged.
            Failure::new(ErrorKind::Transport).with_retryable(false)
        } else {
            failure
        }
    };
    let is_accepted = call.accept_failure.is_some_and(|accept| accept(&failure));
    (!is_accepted).then_some(failure)
}

/// Returns true if a status comes from the way to the API, such as a cache or a proxy: a part of a response, a request
/// that nobody looked at, and what Cloudflare says of a server behind it. No code in its body makes it a refusal.
fn is_of_the_way(status: StatusCode) -> bool {
    matches!(status.as_u16(), 206 | 421 | 425 | 520..=524)
}

/// Returns how long to wait after a failure. One of the kind "too many requests" always has a wait.
pub(super) fn wait(
    shared: &Shared,
    kind: ErrorKind,
    status: StatusCode,
    headers: &HeaderMap,
) -> Option<Duration> {
    let wait = retry_after(status, headers, shared.clock.now());
    if kind == ErrorKind::RateLimited {
        return Some(wait.unwrap_or_else(|| shared.dialect.rate_limited_pause()));
    }
    wait
}

/// Makes the error of a response that is a failure.
#[cold]
pub(super) fn error(
    client: &Client,
    failure: Failure,
    head: Parts,
    body: Option<Bytes>,
    wait: Option<Duration>,
    attached: &Attached,
) -> Error {
    let mask = |text: &str| client.credentials.masked(text, attached);
    let error = Error::from_failure(failure, mask);
    let is_html = body
        .as_deref()
        .is_some_and(|body| html::is_html(&head.headers, without_bom(body)));
    let mut error = keep(client, error, head, body, attached);
    if is_html {
        error = error.with_message(format!("the response is HTML: {NOT_THE_API}"));
    }
    if let Some(wait) = wait {
        error = error.with_retry_after(wait);
    }
    if error.status() == Some(StatusCode::PARTIAL_CONTENT) {
        error = error.with_message("the response is a part of one, which was not requested");
    }
    if error.status().is_some_and(|status| status.is_redirection())
        && error.headers().contains_key(LOCATION)
    {
        error = error.with_message("redirects are not followed: check the base URL");
    }
    error
}

/// Keeps a response in the error that was made of it.
#[cold]
pub(super) fn keep(
    client: &Client,
    error: Error,
    head: Parts,
    body: Option<Bytes>,
    attached: &Attached,
) -> Error {
    let names = client.shared.dialect.request_id_headers();
    error
        .with_response(head.status, head.headers, body, names)
        .masked(|text| client.credentials.masked(text, attached))
}

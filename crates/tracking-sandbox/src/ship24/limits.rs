//! Rate limits: counted per endpoint and key in windows of one second, shown on every response.

use std::time::{Duration, SystemTime};

use http::header::{AUTHORIZATION, RETRY_AFTER};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use super::provider::Ship24Provider;
use crate::identity::fingerprint;
use crate::server::{Reply, Verdict};

/// Body of a 429; the only response of the provider that is not JSON.
const SLOW_DOWN: &str = "Too many requests, please try again later.";

/// How long a window lasts.
pub(crate) const WINDOW: Duration = Duration::from_secs(1);

/// Requests per second that the provider documents for an operation.
pub(super) fn documented_limit(operation: &str) -> u32 {
    match operation {
        "bulk-create-trackers" => 3,
        "get-couriers" | "resend-webhooks" | "download-webhook-history" => 1,
        _ => 10,
    }
}

impl Ship24Provider {
    /// Counts the request. `None` when limits are off.
    pub(super) fn count(&self, operation: &'static str, headers: &HeaderMap) -> Option<Verdict> {
        let limit = {
            let settings = &self.state().settings;
            if !settings.rate_limits {
                return None;
            }
            settings.per_second.of(operation)
        };
        let caller = headers
            .get(AUTHORIZATION)
            .map_or(&b""[..], HeaderValue::as_bytes);
        let now = self.core.clock.elapsed();
        Some(
            self.windows
                .take(fingerprint(caller), operation, limit, now),
        )
    }
}

/// The response above the limit; [`show`] adds the headers.
pub(super) fn refusal() -> Reply {
    Reply::text(StatusCode::TOO_MANY_REQUESTS, SLOW_DOWN)
}

/// Writes both families of limit headers. Resets follow real time: one in seconds, one as Unix time.
pub(super) fn show(headers: &mut HeaderMap, verdict: Verdict) {
    let reset = verdict.seconds_to_reset();
    let now = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    let values = [
        ("ratelimit-limit", HeaderValue::from(verdict.limit)),
        ("ratelimit-remaining", HeaderValue::from(verdict.remaining)),
        ("ratelimit-reset", HeaderValue::from(reset)),
        ("x-ratelimit-limit", HeaderValue::from(verdict.limit)),
        (
            "x-ratelimit-remaining",
            HeaderValue::from(verdict.remaining),
        ),
        (
            "x-ratelimit-reset",
            HeaderValue::from((now + verdict.reset).as_secs() + 1),
        ),
    ];
    if !verdict.allowed {
        headers.insert(RETRY_AFTER, HeaderValue::from(reset));
    }
    for (name, value) in values {
        headers.insert(HeaderName::from_static(name), value);
    }
}

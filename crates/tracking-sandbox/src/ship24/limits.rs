//! Rate limits: counted per endpoint and key in windows of one second, shown on every answer.

use std::time::{Duration, SystemTime};

use http::header::{AUTHORIZATION, RETRY_AFTER};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use super::endpoints::ENDPOINTS;
use super::provider::Ship24Provider;
use crate::error::UnknownOperationError;
use crate::identity::fingerprint;
use crate::server::{Endpoint, Reply, Verdict};

/// Text of a 429; the only answer of the provider that is not JSON.
const SLOW_DOWN: &str = "Too many requests, please try again later.";

/// How long a window lasts.
pub(super) const WINDOW: Duration = Duration::from_secs(1);

impl Ship24Provider {
    /// The documented limits by operation.
    pub(crate) fn documented_limits() -> impl Iterator<Item = (&'static str, u32)> {
        ENDPOINTS
            .iter()
            .map(|endpoint| (endpoint.id, endpoint.per_second))
    }

    /// Counts the request. None when limits are off.
    pub(super) fn count(
        &self,
        endpoint: &'static Endpoint<Self>,
        headers: &HeaderMap,
    ) -> Option<Verdict> {
        let limit = {
            let settings = &self.state().settings;
            if !settings.rate_limits {
                return None;
            }
            settings
                .own_limits
                .get(endpoint.id)
                .copied()
                .unwrap_or(endpoint.per_second)
        };
        let caller = headers
            .get(AUTHORIZATION)
            .map_or(&b""[..], HeaderValue::as_bytes);
        let now = self.core.clock.elapsed();
        Some(
            self.windows
                .take(fingerprint(caller), endpoint.id, limit, now),
        )
    }

    /// Refuses a name that no operation has.
    pub(crate) fn known_operation(&self, name: &str) -> Result<(), UnknownOperationError> {
        let known: Vec<_> = Self::documented_limits()
            .map(|(operation, _)| operation)
            .collect();
        if known.contains(&name) {
            return Ok(());
        }
        Err(UnknownOperationError {
            name: name.to_owned(),
            known: known.join(", "),
        })
    }
}

/// The answer above the limit; [`show`] adds the headers.
pub(super) fn refusal() -> Reply {
    Reply::text(StatusCode::TOO_MANY_REQUESTS, SLOW_DOWN)
}

/// Writes both families of limit headers. Resets follow real time: one in seconds, one as Unix time.
pub(super) fn show(headers: &mut HeaderMap, verdict: Verdict) {
    let reset = whole_seconds(verdict.reset);
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

/// Seconds, rounded up, so that waiting as long is always enough.
fn whole_seconds(duration: Duration) -> u64 {
    duration
        .as_millis()
        .div_ceil(1000)
        .try_into()
        .unwrap_or(u64::MAX)
        .max(1)
}

//! Any header that says how long to wait.

use std::time::Duration;

use http::header::RETRY_AFTER;
use tracking_http::{ConfigureClient as _, RateLimitState, RetryPolicy};
use tracking_testkit::Sdk;

use super::arriving::{Same, arriving};
use super::runtime::wait;
use crate::input::Input;
use crate::sdks::Ship24;

/// The input [describes](arriving) the response to a lookup.
pub(crate) fn check(input: &[u8]) {
    let response = arriving(Input::new(input));
    let headers = response.headers().clone();
    if let Some(state) = RateLimitState::from_headers(&headers) {
        let _ = state.reset_after(std::time::SystemTime::UNIX_EPOCH);
    }
    let transport = Same::new::<Ship24>(response);
    let builder = Ship24::builder()
        .with_base_url("https://fuzz.invalid")
        .with_transport(transport.clone())
        .with_retry(RetryPolicy::default().with_max_attempts(3))
        .without_rate_limits();

    let client = Ship24::build(builder);
    let called = wait(Ship24::call(&client, Ship24::LOOKUP));

    assert!((1..=3).contains(&transport.sent()));
    let Err(error) = called else {
        return;
    };
    let stated = headers
        .get(RETRY_AFTER)
        .and_then(|value| value.to_str().ok());
    let seconds = stated.and_then(|value| value.trim().parse::<u64>().ok());
    let seconds = seconds.filter(|_| stated.is_some_and(|it| !it.starts_with('+')));
    if let (Some(seconds), Some(wait)) = (seconds, error.retry_after()) {
        assert_eq!(wait, Duration::from_secs(seconds), "{error}");
    }
}

/// Every form of waits.
pub(crate) fn seeds() -> Vec<Vec<u8>> {
    let headers = [
        "retry-after: 2",
        "retry-after: 0.5",
        "retry-after: 100000000000000000000",
        "retry-after: -5",
        "retry-after: Sun, 06 Nov 1994 08:49:37 GMT",
        "retry-after: Sunday, 06-Nov-94 08:49:37 GMT",
        "retry-after: Sun Nov  6 08:49:37 1994",
        "retry-after: Fri, 31 Dec 9999 23:59:59 GMT",
        "ratelimit-limit: 10, 10;w=1\nratelimit-remaining: 0\nratelimit-reset: 30",
        "x-ratelimit-limit: 10\nx-ratelimit-remaining: 0\nx-ratelimit-reset: 1790000000",
        "x-ratelimit-remaining: 0\nx-ratelimit-reset: 1790000000000",
    ];
    let mut seeds = Vec::new();
    for lines in headers {
        // 429, 503 and 200.
        for status in [26, 29, 0_u8] {
            seeds.push([&[status], lines.as_bytes(), b"\n\n{}"].concat());
        }
    }
    seeds
}

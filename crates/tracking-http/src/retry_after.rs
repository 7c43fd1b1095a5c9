//! What a response's headers say about the pace: `Retry-After` and the rate-limit families.

use std::time::{Duration, SystemTime};

use http::header::RETRY_AFTER;
use http::{HeaderMap, HeaderName, StatusCode};

/// The state of a rate limit, as a response's headers describe it.
///
/// Two families are read: `RateLimit-Limit`, `-Remaining` and `-Reset` (reset in seconds from now),
/// and the same names with `X-` in front (reset as a Unix time stamp). Where both are present the
/// first one counts, because it needs no agreement between two clocks.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimitState {
    /// How many requests fit into one window.
    pub limit: Option<u64>,
    /// How many requests are left in the present window.
    pub remaining: Option<u64>,
    /// When the window ends.
    pub reset: Option<RateLimitReset>,
}

/// When a rate-limit window ends, in the form in which the provider said it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RateLimitReset {
    /// So long after the response.
    After(Duration),
    /// At this time of the provider's clock.
    At(SystemTime),
}

impl RateLimitState {
    /// Reads the state, or returns `None` when neither family is present.
    ///
    /// A value that is not a number is treated as absent. Of a list such as `10, 10;w=1` the first
    /// number counts.
    #[must_use]
    pub fn from_headers(headers: &HeaderMap) -> Option<Self> {
        const STANDARD: [HeaderName; 3] = [
            HeaderName::from_static("ratelimit-limit"),
            HeaderName::from_static("ratelimit-remaining"),
            HeaderName::from_static("ratelimit-reset"),
        ];
        const UNOFFICIAL: [HeaderName; 3] = [
            HeaderName::from_static("x-ratelimit-limit"),
            HeaderName::from_static("x-ratelimit-remaining"),
            HeaderName::from_static("x-ratelimit-reset"),
        ];
        Self::from_family(headers, &STANDARD).or_else(|| Self::from_family(headers, &UNOFFICIAL))
    }

    fn from_family(headers: &HeaderMap, family: &[HeaderName; 3]) -> Option<Self> {
        let [limit, remaining, reset] = family;
        let state = Self {
            limit: number(headers, limit),
            remaining: number(headers, remaining),
            reset: number(headers, reset).and_then(RateLimitReset::from_number),
        };
        let is_empty = state.limit.is_none() && state.remaining.is_none() && state.reset.is_none();
        (!is_empty).then_some(state)
    }

    /// Returns how long the window still lasts for a response that was received at `now`; zero when
    /// it has ended.
    #[must_use]
    pub fn reset_after(&self, now: SystemTime) -> Option<Duration> {
        self.reset.map(|reset| match reset {
            RateLimitReset::After(wait) => wait,
            RateLimitReset::At(time) => time.duration_since(now).unwrap_or_default(),
        })
    }
}

impl RateLimitReset {
    /// Distinguishes seconds from a Unix time stamp, in seconds or milliseconds, by the size of the number.
    ///
    /// The families are documented with one meaning each, but services mix them up, and no window
    /// lasts thirty years: nothing below the first bound can be a time stamp of today.
    fn from_number(number: u64) -> Option<Self> {
        const FIRST_TIME_STAMP: u64 = 1_000_000_000;
        const FIRST_IN_MILLISECONDS: u64 = 100_000_000_000;
        if number < FIRST_TIME_STAMP {
            return Some(Self::After(Duration::from_secs(number)));
        }
        let since_epoch = if number < FIRST_IN_MILLISECONDS {
            Duration::from_secs(number)
        } else {
            Duration::from_millis(number)
        };
        SystemTime::UNIX_EPOCH
            .checked_add(since_epoch)
            .map(Self::At)
    }
}

/// Returns the wait that an error response asks for.
///
/// `Retry-After` comes first. Without it the end of the rate-limit window counts, if the window is
/// what stopped the request: the status is 429, or no request is left.
pub(crate) fn retry_after(
    status: StatusCode,
    headers: &HeaderMap,
    now: SystemTime,
) -> Option<Duration> {
    if let Some(wait) = text(headers, &RETRY_AFTER).and_then(|value| parse_wait(value, now)) {
        return Some(wait);
    }
    let state = RateLimitState::from_headers(headers)?;
    let is_used_up = status == StatusCode::TOO_MANY_REQUESTS || state.remaining == Some(0);
    if is_used_up {
        state.reset_after(now)
    } else {
        None
    }
}

/// Reads seconds, whole or with a fraction, or an HTTP date. A date in the past is no wait.
fn parse_wait(value: &str, now: SystemTime) -> Option<Duration> {
    if value.starts_with(|first: char| first.is_ascii_digit()) {
        return match value.parse::<u64>() {
            Ok(seconds) => Some(Duration::from_secs(seconds)),
            // More than can be counted is the longest wait, and not none.
            Err(_) if is_whole(value) => Some(Duration::MAX),
            Err(_) => Duration::try_from_secs_f64(value.parse().ok()?).ok(),
        };
    }
    wait_until_http_date(value, now)
}

/// Reads the three date forms that RFC 9110, section 5.6.7 asks a recipient to accept.
fn wait_until_http_date(value: &str, now: SystemTime) -> Option<Duration> {
    const FORMS: [&str; 3] = [
        "%a, %d %b %Y %H:%M:%S GMT",
        "%A, %d-%b-%y %H:%M:%S GMT",
        "%a %b %e %H:%M:%S %Y",
    ];
    FORMS.iter().find_map(|form| {
        let date = jiff::civil::DateTime::strptime(form, value).ok()?;
        // The last days of the year 9999 are no instants to jiff, and a way to say "never".
        let Ok(zoned) = date.to_zoned(jiff::tz::TimeZone::UTC) else {
            return Some(Duration::MAX);
        };
        let date = SystemTime::from(zoned.timestamp());
        Some(date.duration_since(now).unwrap_or_default())
    })
}

fn is_whole(number: &str) -> bool {
    number.bytes().all(|it| it.is_ascii_digit())
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok().map(str::trim)
}

fn number(headers: &HeaderMap, name: &HeaderName) -> Option<u64> {
    let value = text(headers, name)?;
    let end = value
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(value.len());
    value.get(..end)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 1994-11-06 08:49:37 UTC.
    const NOW: Duration = Duration::from_secs(784_111_777);

    fn now() -> SystemTime {
        SystemTime::UNIX_EPOCH + NOW
    }

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap()))
            .collect()
    }

    fn wait(status: u16, pairs: &[(&'static str, &str)]) -> Option<Duration> {
        retry_after(
            StatusCode::from_u16(status).unwrap(),
            &headers(pairs),
            now(),
        )
    }

    #[test]
    fn seconds_and_all_three_date_forms_are_read() {
        for (value, seconds) in [
            ("0", 0.0),
            ("120", 120.0),
            (" 7 ", 7.0),
            ("1.5", 1.5),
            ("Sun, 06 Nov 1994 08:50:37 GMT", 60.0),
            ("Sunday, 06-Nov-94 08:50:37 GMT", 60.0),
            ("Sun Nov  6 08:50:37 1994", 60.0),
            ("Sun, 06 Nov 1994 08:00:00 GMT", 0.0),
        ] {
            let wait = wait(503, &[("retry-after", value)]);

            assert_eq!(wait, Some(Duration::from_secs_f64(seconds)), "{value:?}");
        }
    }

    #[test]
    fn unreadable_waits_are_ignored() {
        for value in [
            "",
            "soon",
            "-5",
            "1e400",
            "5 minutes",
            "Sun, 06 Nov 1994",
            "+3",
            "٣",
        ] {
            let value = http::HeaderValue::from_bytes(value.as_bytes()).unwrap();
            let headers = HeaderMap::from_iter([(RETRY_AFTER, value.clone())]);

            let wait = retry_after(StatusCode::TOO_MANY_REQUESTS, &headers, now());

            assert_eq!(wait, None, "{value:?}");
        }
    }

    #[test]
    fn huge_waits_do_not_overflow() {
        assert_eq!(
            wait(429, &[("retry-after", "18446744073709551615")]),
            Some(Duration::from_secs(u64::MAX))
        );
        for value in [
            "99999999999999999999",
            "99999999999999999999999",
            "Fri, 31 Dec 9999 23:59:59 GMT",
        ] {
            let wait = wait(429, &[("retry-after", value)]);

            assert_eq!(wait, Some(Duration::MAX), "{value}");
        }
    }

    #[test]
    fn retry_after_wins_over_the_window() {
        let pairs = [("retry-after", "9"), ("ratelimit-reset", "1")];

        assert_eq!(wait(429, &pairs), Some(Duration::from_secs(9)));
    }

    #[test]
    fn window_counts_only_when_it_stopped_the_request() {
        let reset = ("ratelimit-reset", "3");

        assert_eq!(wait(429, &[reset]), Some(Duration::from_secs(3)));
        assert_eq!(
            wait(503, &[reset, ("ratelimit-remaining", "0")]),
            Some(Duration::from_secs(3))
        );
        assert_eq!(wait(503, &[reset, ("ratelimit-remaining", "4")]), None);
        assert_eq!(wait(503, &[reset]), None);
    }

    #[test]
    fn unofficial_family_holds_a_time_stamp() {
        // A clock of today, since a time stamp of 1994 is below the bound that distinguishes them.
        let today = SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000);
        for value in ["1800000030", "1800000030000"] {
            let headers = headers(&[("x-ratelimit-reset", value)]);

            let wait = retry_after(StatusCode::TOO_MANY_REQUESTS, &headers, today);

            assert_eq!(wait, Some(Duration::from_secs(30)), "{value}");
        }
    }

    #[test]
    fn first_family_is_preferred() {
        let state = RateLimitState::from_headers(&headers(&[
            ("ratelimit-limit", "10"),
            ("ratelimit-remaining", "9"),
            ("ratelimit-reset", "1"),
            ("x-ratelimit-limit", "20"),
            ("x-ratelimit-remaining", "19"),
            ("x-ratelimit-reset", "1800000030"),
        ]))
        .unwrap();

        assert_eq!((state.limit, state.remaining), (Some(10), Some(9)));
        assert_eq!(state.reset_after(now()), Some(Duration::from_secs(1)));
    }

    #[test]
    fn list_values_count_by_their_first_number() {
        let headers = headers(&[("ratelimit-limit", "10, 10;w=1, 1000;w=3600")]);

        let state = RateLimitState::from_headers(&headers).unwrap();

        assert_eq!(state.limit, Some(10));
    }

    #[test]
    fn responses_without_limits_have_no_state() {
        assert_eq!(RateLimitState::from_headers(&HeaderMap::new()), None);
        assert_eq!(
            RateLimitState::from_headers(&headers(&[("ratelimit-limit", "many")])),
            None
        );
    }
}

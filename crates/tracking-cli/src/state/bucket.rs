//! The request limits of one account as they are saved: pure arithmetic on times.

use std::collections::BTreeMap;
use std::time::Duration;

use gcl_sdk::tracking_http::RateClass;
use serde::{Deserialize, Serialize};

/// Everything that is saved of an account, by the name of the rate class.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Account {
    #[serde(default)]
    pub(super) classes: BTreeMap<String, Bucket>,
}

/// Times are microseconds of Unix time: the clock of the machine is what its processes share.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Bucket {
    /// From when on the next request may be sent.
    next: u64,
    /// Until when nothing is sent, because the provider asked for it.
    paused_until: u64,
    /// Until when the provider asked to wait; later than the pause where that was cut short.
    asked_until: u64,
}

/// Whether a request may be sent.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// It may, and its place is taken.
    Taken,
    /// Not before this time has passed.
    Wait(Duration),
    /// The account is paused.
    Paused {
        /// For how long from now on.
        pause: Duration,
        /// How long the provider asked to wait, from now on.
        asked: Duration,
    },
}

impl Bucket {
    /// A timer that ends a little early costs no second round; the slack of the limits is larger.
    const TOLERANCE: u64 = 1_000;

    /// Takes a place, or says how long there is none.
    ///
    /// Requests are spaced evenly, as [`TokenBuckets`](gcl_sdk::tracking_http::TokenBuckets) does.
    pub(super) fn take(&mut self, now: u64, limits: &Limits, class: &RateClass) -> Turn {
        // A clock that was put back must not stop the program for as long.
        let paused_until = self.paused_until.min(now.saturating_add(limits.max_pause));
        if paused_until > now {
            return Turn::Paused {
                pause: Duration::from_micros(paused_until - now),
                asked: Duration::from_micros(self.asked_until.max(paused_until) - now),
            };
        }
        let spacing = limits.spacing(class);
        let wait = self.next.saturating_sub(now).min(spacing);
        if wait > Self::TOLERANCE {
            return Turn::Wait(Duration::from_micros(wait));
        }
        self.next = now.saturating_add(wait).saturating_add(spacing);
        Turn::Taken
    }

    /// Stops the requests for a time, unless a longer pause lasts.
    pub(super) fn pause(&mut self, now: u64, limits: &Limits, wait: Duration) {
        let wait = microseconds(wait);
        let until = now.saturating_add(wait.min(limits.max_pause));
        let current = self.paused_until.min(now.saturating_add(limits.max_pause));
        let asked = if current > now { self.asked_until } else { 0 };
        self.asked_until = asked.max(now.saturating_add(wait));
        self.paused_until = current.max(until);
    }
}

/// What applies to all buckets.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    slack: Duration,
    /// In microseconds.
    max_pause: u64,
}

impl Limits {
    pub(super) fn new(slack: Duration, max_pause: Duration) -> Self {
        Self {
            slack,
            max_pause: microseconds(max_pause),
        }
    }

    /// Microseconds from one request to the next, rounded up; 0 for a class without a limit.
    fn spacing(&self, class: &RateClass) -> u64 {
        if class.requests == 0 {
            return 0;
        }
        let window = microseconds(class.per.saturating_add(self.slack));
        window.div_ceil(u64::from(class.requests))
    }
}

fn microseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: u64 = 1_800_000_000_000_000;
    const SECOND: u64 = 1_000_000;

    fn limits() -> Limits {
        Limits::new(Duration::from_millis(100), Duration::from_secs(900))
    }

    fn paused(seconds: u64, asked: u64) -> Turn {
        Turn::Paused {
            pause: Duration::from_secs(seconds),
            asked: Duration::from_secs(asked),
        }
    }

    #[test]
    fn requests_are_spaced_evenly() {
        let class = RateClass::new("default", 2, Duration::from_secs(1));
        let mut bucket = Bucket::default();

        assert_eq!(bucket.take(NOW, &limits(), &class), Turn::Taken);
        let wait = Turn::Wait(Duration::from_millis(550));
        assert_eq!(bucket.take(NOW, &limits(), &class), wait);
        assert_eq!(bucket.take(NOW + 549_000, &limits(), &class), Turn::Taken);
        // An early one does not make the next one early.
        let wait = Turn::Wait(Duration::from_millis(2));
        assert_eq!(bucket.take(NOW + 1_098_000, &limits(), &class), wait);
    }

    #[test]
    fn class_without_limit_is_only_paused() {
        let class = RateClass::unlimited("any");
        let mut bucket = Bucket::default();
        for _ in 0..3 {
            assert_eq!(bucket.take(NOW, &limits(), &class), Turn::Taken);
        }

        bucket.pause(NOW, &limits(), Duration::from_secs(60));

        let later = NOW + 20 * SECOND;
        assert_eq!(bucket.take(later, &limits(), &class), paused(40, 40));
        assert_eq!(
            bucket.take(NOW + 60 * SECOND, &limits(), &class),
            Turn::Taken
        );
    }

    #[test]
    fn pause_is_bounded_and_a_shorter_one_keeps_it() {
        let class = RateClass::unlimited("any");
        let mut bucket = Bucket::default();

        bucket.pause(NOW, &limits(), Duration::from_secs(3600));
        bucket.pause(NOW, &limits(), Duration::from_secs(5));

        assert_eq!(bucket.take(NOW, &limits(), &class), paused(900, 3600));

        bucket.pause(NOW, &limits(), Duration::MAX);
        assert!(matches!(
            bucket.take(NOW, &limits(), &class),
            Turn::Paused { .. }
        ));
    }

    #[test]
    fn clock_that_was_put_back_costs_one_space_or_pause() {
        let class = RateClass::new("default", 1, Duration::from_secs(1));
        let mut bucket = Bucket::default();
        assert_eq!(bucket.take(NOW, &limits(), &class), Turn::Taken);
        let earlier = NOW - 3600 * SECOND;

        let wait = Turn::Wait(Duration::from_millis(1100));
        assert_eq!(bucket.take(earlier, &limits(), &class), wait);

        bucket.pause(NOW, &limits(), Duration::from_secs(60));
        let Turn::Paused { pause, .. } = bucket.take(earlier, &limits(), &class) else {
            panic!("it is paused");
        };
        assert_eq!(pause, Duration::from_secs(900));
    }
}

//! Decides if a failed attempt is made again, and after which wait.

use std::time::Duration;

use http::StatusCode;
use tokio::time::Instant;
use tracking_core::ErrorKind;

use crate::retry::{Backoff, RetryPolicy};

/// What is known about a failed attempt.
#[derive(Clone, Copy, Debug)]
pub(super) struct FailedAttempt {
    /// The kind of the failure.
    pub(super) kind: ErrorKind,
    /// The HTTP status, if there was a response.
    pub(super) status: Option<StatusCode>,
    /// What the provider's dialect says about repeating, where it knows better than the kind.
    pub(super) hint: Option<bool>,
    /// True if the operation is safe to repeat.
    pub(super) idempotent: bool,
    /// The wait that the server asked for.
    pub(super) server_wait: Option<Duration>,
}

impl FailedAttempt {
    /// Returns true if another attempt can do no harm and may help.
    pub(super) fn may_be_repeated(&self) -> bool {
        match (self.kind, self.hint) {
            (_, Some(false)) => false,
            // Nothing left the machine, or the server did nothing but count.
            (ErrorKind::Connect | ErrorKind::RateLimited, _) => true,
            (_, Some(true)) => self.idempotent,
            (ErrorKind::Timeout | ErrorKind::Transport, None) => self.idempotent,
            (ErrorKind::Server, None) => self.idempotent && self.status.is_none_or(is_passing),
            (_, None) => false,
        }
    }
}

/// Returns true if a status tends to pass. Others, such as 501, that will be the same next time. Those
/// from 520 to 524 are how Cloudflare reports a server behind it that does not respond as it should.
fn is_passing(status: StatusCode) -> bool {
    matches!(status.as_u16(), 200..=499 | 500 | 502..=504 | 520..=524)
}

/// The attempts of one call.
#[derive(Debug)]
pub(super) struct Retries {
    policy: RetryPolicy,
    /// When the first attempt began; waiting for it is no part of the time for retries.
    started: Option<Instant>,
    failures: u32,
    // Made at the first failure: a call that succeeds pays nothing for it.
    backoff: Option<Backoff>,
}

impl Retries {
    /// Begins the count for one call.
    pub(super) fn new(policy: RetryPolicy) -> Self {
        Self {
            policy,
            started: None,
            failures: 0,
            backoff: None,
        }
    }

    /// Counts the failure and returns the wait before the next attempt, or `None` when the failure
    /// is final.
    pub(super) fn after_failure(&mut self, failed: &FailedAttempt) -> Option<Duration> {
        self.failures = self.failures.saturating_add(1);
        if self.failures >= self.policy.max_attempts() || !failed.may_be_repeated() {
            return None;
        }
        let backoff = self.backoff.get_or_insert_with(|| self.policy.backoff());
        let own = backoff.next()?.min(self.policy.max_delay());
        let delay = own.max(failed.server_wait.unwrap_or_default());
        (delay < self.remaining()).then_some(delay)
    }

    /// Notes that an attempt begins.
    pub(super) fn attempt_begins(&mut self, now: Instant) {
        self.started.get_or_insert(now);
    }

    /// Returns the time within which another attempt may still begin.
    pub(super) fn remaining(&self) -> Duration {
        let elapsed = self.started.map(|started| started.elapsed());
        self.policy
            .max_elapsed()
            .saturating_sub(elapsed.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SLOW_DOWN: FailedAttempt = FailedAttempt {
        kind: ErrorKind::RateLimited,
        status: Some(StatusCode::TOO_MANY_REQUESTS),
        hint: None,
        idempotent: false,
        server_wait: None,
    };

    fn failed(kind: ErrorKind, status: Option<u16>, idempotent: bool) -> FailedAttempt {
        let status = status.map(|status| StatusCode::from_u16(status).unwrap());
        FailedAttempt {
            kind,
            status,
            hint: None,
            idempotent,
            server_wait: None,
        }
    }

    fn steady() -> RetryPolicy {
        RetryPolicy::default()
            .without_jitter()
            .with_max_attempts(10)
    }

    #[test]
    fn harmless_failures_are_repeated_for_every_operation() {
        for failed in [failed(ErrorKind::Connect, None, false), SLOW_DOWN] {
            assert!(failed.may_be_repeated(), "{failed:?}");
        }
    }

    #[test]
    fn uncertain_failures_are_retried_if_idempotent_only() {
        for (kind, status) in [
            (ErrorKind::Timeout, None),
            (ErrorKind::Timeout, Some(408)),
            (ErrorKind::Transport, None),
            (ErrorKind::Transport, Some(200)),
            (ErrorKind::Server, Some(500)),
            (ErrorKind::Server, Some(502)),
            (ErrorKind::Server, Some(503)),
            (ErrorKind::Server, Some(504)),
            (ErrorKind::Server, Some(520)),
            (ErrorKind::Server, Some(524)),
            (ErrorKind::Server, Some(421)),
            (ErrorKind::Server, Some(425)),
            (ErrorKind::Server, Some(200)),
        ] {
            assert!(
                failed(kind, status, true).may_be_repeated(),
                "{kind:?} {status:?}"
            );
            assert!(
                !failed(kind, status, false).may_be_repeated(),
                "{kind:?} {status:?}"
            );
        }
    }

    #[test]
    fn refusals_are_final() {
        for (kind, status) in [
            (ErrorKind::Authentication, Some(401)),
            (ErrorKind::Permission, Some(403)),
            (ErrorKind::NotFound, Some(404)),
            (ErrorKind::QuotaExhausted, Some(429)),
            (ErrorKind::InvalidRequest, Some(400)),
            (ErrorKind::Conflict, Some(409)),
            (ErrorKind::Server, Some(501)),
            (ErrorKind::Server, Some(505)),
            (ErrorKind::Server, Some(519)),
            (ErrorKind::Server, Some(525)),
            (ErrorKind::Server, Some(101)),
            (ErrorKind::Server, Some(999)),
            (ErrorKind::Decode, Some(200)),
            (ErrorKind::BodyTooLarge, Some(200)),
            (ErrorKind::Configuration, None),
        ] {
            assert!(
                !failed(kind, status, true).may_be_repeated(),
                "{kind:?} {status:?}"
            );
        }
    }

    #[test]
    fn provider_may_know_better_but_not_about_unsafe_operations() {
        let conflict = failed(ErrorKind::Conflict, Some(409), true);

        assert!(
            FailedAttempt {
                hint: Some(true),
                ..conflict
            }
            .may_be_repeated()
        );
        let unsafe_conflict = FailedAttempt {
            idempotent: false,
            ..conflict
        };
        assert!(
            !FailedAttempt {
                hint: Some(true),
                ..unsafe_conflict
            }
            .may_be_repeated()
        );
        assert!(
            !FailedAttempt {
                hint: Some(false),
                ..SLOW_DOWN
            }
            .may_be_repeated()
        );
    }

    #[tokio::test(start_paused = true)]
    async fn waits_double_up_to_the_longest() {
        let policy = steady()
            .with_min_delay(Duration::from_secs(1))
            .with_max_delay(Duration::from_secs(5));
        let mut retries = Retries::new(policy);

        let waits: Vec<_> = (0..5)
            .map_while(|_| retries.after_failure(&SLOW_DOWN))
            .collect();

        assert_eq!(waits, [1, 2, 4, 5, 5].map(Duration::from_secs));
    }

    #[tokio::test(start_paused = true)]
    async fn attempts_are_bounded() {
        let mut retries = Retries::new(steady().with_max_attempts(3));

        assert!(retries.after_failure(&SLOW_DOWN).is_some());
        assert!(retries.after_failure(&SLOW_DOWN).is_some());
        assert_eq!(retries.after_failure(&SLOW_DOWN), None);
    }

    #[tokio::test(start_paused = true)]
    async fn policy_none_makes_one_attempt() {
        assert_eq!(
            Retries::new(RetryPolicy::none()).after_failure(&SLOW_DOWN),
            None
        );
        assert_eq!(
            RetryPolicy::default().with_max_attempts(0),
            RetryPolicy::none()
        );
    }

    #[tokio::test(start_paused = true)]
    async fn longer_wait_of_the_two_counts() {
        let asked = |seconds| FailedAttempt {
            server_wait: Some(Duration::from_secs(seconds)),
            ..SLOW_DOWN
        };
        let policy = steady().with_min_delay(Duration::from_secs(2));

        assert_eq!(
            Retries::new(policy).after_failure(&asked(1)),
            Some(Duration::from_secs(2))
        );
        assert_eq!(
            Retries::new(policy).after_failure(&asked(60)),
            Some(Duration::from_secs(60))
        );
    }

    #[tokio::test(start_paused = true)]
    async fn wait_beyond_the_remaining_time_is_not_begun() {
        let asked = FailedAttempt {
            server_wait: Some(Duration::from_secs(30)),
            ..SLOW_DOWN
        };
        let mut retries = Retries::new(steady().with_max_elapsed(Duration::from_secs(50)));
        retries.attempt_begins(Instant::now());

        assert_eq!(retries.after_failure(&asked), Some(Duration::from_secs(30)));
        tokio::time::advance(Duration::from_secs(30)).await;

        assert_eq!(retries.remaining(), Duration::from_secs(20));
        assert_eq!(retries.after_failure(&asked), None);
    }

    #[tokio::test(start_paused = true)]
    async fn jitter_stays_within_bounds() {
        let policy = RetryPolicy::default()
            .with_max_attempts(8)
            .with_min_delay(Duration::from_secs(1))
            .with_max_delay(Duration::from_secs(4));

        for _ in 0..100 {
            let mut retries = Retries::new(policy);
            for least in [1, 2, 4, 4, 4, 4, 4] {
                let wait = retries.after_failure(&SLOW_DOWN).unwrap();
                assert!(wait >= Duration::from_secs(least) && wait <= Duration::from_secs(4));
            }
        }
    }
}

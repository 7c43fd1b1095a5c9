//! When a failed attempt is made again, and after which wait.

use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBuilder};
use http::StatusCode;
use tokio::time::Instant;
use tracking_core::ErrorKind;

type Backoff = <ExponentialBuilder as BackoffBuilder>::Backoff;

/// How often, and for how long, a call is tried again.
///
/// Waits grow exponentially from [`min_delay`](Self::with_min_delay) to
/// [`max_delay`](Self::with_max_delay) with a random addition, so that many clients do not come back
/// in step. A longer wait that the server asks for wins. A wait that would end after
/// [`max_elapsed`](Self::with_max_elapsed) is not begun: the error is returned at once, with
/// the server's wish in [`Error::retry_after`](crate::Error::retry_after).
///
/// What is repeated at all depends on the failure, not on the policy. Always: the connection could
/// not be made, or the server said "slow down". Only for operations that are safe to repeat: time
/// outs, answers that broke off, and the statuses 408, 500, 502, 503 and 504. Never: a used-up quota
/// and every other refusal.
///
/// ```
/// use std::time::Duration;
/// use tracking_http::RetryPolicy;
///
/// let patient = RetryPolicy::default()
///     .with_max_attempts(6)
///     .with_max_elapsed(Duration::from_secs(300));
/// let once = RetryPolicy::none();
/// # let _ = (patient, once);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct RetryPolicy {
    max_attempts: u32,
    max_elapsed: Duration,
    min_delay: Duration,
    max_delay: Duration,
    jitter: Jitter,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Jitter {
    Off,
    Random,
    Seeded(u64),
}

impl Default for RetryPolicy {
    /// Three attempts within 120 seconds, waits from half a second to 30 seconds, with jitter.
    fn default() -> Self {
        Self {
            max_attempts: 3,
            max_elapsed: Duration::from_secs(120),
            min_delay: Duration::from_millis(500),
            max_delay: Duration::from_secs(30),
            jitter: Jitter::Random,
        }
    }
}

impl RetryPolicy {
    /// Never tries again: the first failure is returned.
    pub fn none() -> Self {
        Self {
            max_attempts: 1,
            ..Self::default()
        }
    }

    /// Sets how many attempts a call makes in all, the first one included. Zero counts as one.
    pub fn with_max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts.max(1);
        self
    }

    /// Sets how long after its first attempt began a call may still begin another. A bucket that was
    /// paused for longer is not waited for either. Waiting for the first place in the limits' queue
    /// does not count; [`with_total_timeout`](crate::ConfigureClient::with_total_timeout) bounds that.
    pub fn with_max_elapsed(mut self, elapsed: Duration) -> Self {
        self.max_elapsed = elapsed;
        self
    }

    /// Sets the wait before the second attempt; each later wait doubles.
    pub fn with_min_delay(mut self, delay: Duration) -> Self {
        self.min_delay = delay;
        self
    }

    /// Sets the longest wait that the policy asks for by itself, the random part included. The
    /// server may ask for more.
    pub fn with_max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// Removes the random part of the waits.
    pub fn without_jitter(mut self) -> Self {
        self.jitter = Jitter::Off;
        self
    }

    /// Draws the random part of the waits from a fixed seed, so that a test sees the same waits in
    /// each run.
    pub fn with_jitter_seed(mut self, seed: u64) -> Self {
        self.jitter = Jitter::Seeded(seed);
        self
    }

    /// Returns how many attempts a call makes in all.
    pub fn max_attempts(&self) -> u32 {
        self.max_attempts
    }

    /// Returns how long after its first attempt began a call may still begin another.
    pub fn max_elapsed(&self) -> Duration {
        self.max_elapsed
    }

    /// Begins the count for one call.
    pub(crate) fn start(&self) -> Retries {
        Retries {
            policy: *self,
            started: None,
            failures: 0,
            backoff: None,
        }
    }

    fn backoff(&self) -> Backoff {
        let builder = ExponentialBuilder::new()
            .with_min_delay(self.min_delay)
            .with_max_delay(self.max_delay)
            .without_max_times();
        match self.jitter {
            Jitter::Off => builder,
            Jitter::Random => builder.with_jitter(),
            Jitter::Seeded(seed) => builder.with_jitter().with_jitter_seed(seed),
        }
        .build()
    }
}

/// What is known about a failed attempt.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FailedAttempt {
    /// The kind of the failure.
    pub(crate) kind: ErrorKind,
    /// The HTTP status, if there was an answer.
    pub(crate) status: Option<StatusCode>,
    /// What the provider's dialect says about repeating, where it knows better than the kind.
    pub(crate) hint: Option<bool>,
    /// Whether the operation is safe to repeat.
    pub(crate) idempotent: bool,
    /// The wait that the server asked for.
    pub(crate) server_wait: Option<Duration>,
}

impl FailedAttempt {
    /// Decides whether another attempt can do no harm and may help.
    pub(crate) fn may_be_repeated(&self) -> bool {
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

/// Tells statuses that tend to pass from those, such as 501, that will be the same next time.
fn is_passing(status: StatusCode) -> bool {
    !status.is_server_error() || matches!(status.as_u16(), 500 | 502..=504)
}

/// The attempts of one call.
#[derive(Debug)]
pub(crate) struct Retries {
    policy: RetryPolicy,
    /// When the first attempt began; waiting for it is no part of the time for retries.
    started: Option<Instant>,
    failures: u32,
    // Made at the first failure: a call that succeeds pays nothing for it.
    backoff: Option<Backoff>,
}

impl Retries {
    /// Counts the failure and returns the wait before the next attempt, or `None` when the failure
    /// is final.
    pub(crate) fn after_failure(&mut self, failed: &FailedAttempt) -> Option<Duration> {
        self.failures = self.failures.saturating_add(1);
        if self.failures >= self.policy.max_attempts || !failed.may_be_repeated() {
            return None;
        }
        let backoff = self.backoff.get_or_insert_with(|| self.policy.backoff());
        let own = backoff.next()?.min(self.policy.max_delay);
        let delay = own.max(failed.server_wait.unwrap_or_default());
        (delay < self.remaining()).then_some(delay)
    }

    /// Notes that an attempt begins.
    pub(crate) fn attempt_begins(&mut self, now: Instant) {
        self.started.get_or_insert(now);
    }

    /// Returns the time within which another attempt may still begin.
    pub(crate) fn remaining(&self) -> Duration {
        let elapsed = self.started.map(|started| started.elapsed());
        self.policy
            .max_elapsed
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
    fn doubtful_failures_are_repeated_for_idempotent_operations_only() {
        for (kind, status) in [
            (ErrorKind::Timeout, None),
            (ErrorKind::Timeout, Some(408)),
            (ErrorKind::Transport, None),
            (ErrorKind::Transport, Some(200)),
            (ErrorKind::Server, Some(500)),
            (ErrorKind::Server, Some(502)),
            (ErrorKind::Server, Some(503)),
            (ErrorKind::Server, Some(504)),
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
        let mut retries = policy.start();

        let waits: Vec<_> = (0..5)
            .map_while(|_| retries.after_failure(&SLOW_DOWN))
            .collect();

        assert_eq!(waits, [1, 2, 4, 5, 5].map(Duration::from_secs));
    }

    #[tokio::test(start_paused = true)]
    async fn attempts_are_bounded() {
        let mut retries = steady().with_max_attempts(3).start();

        assert!(retries.after_failure(&SLOW_DOWN).is_some());
        assert!(retries.after_failure(&SLOW_DOWN).is_some());
        assert_eq!(retries.after_failure(&SLOW_DOWN), None);
    }

    #[tokio::test(start_paused = true)]
    async fn no_policy_makes_one_attempt() {
        assert_eq!(RetryPolicy::none().start().after_failure(&SLOW_DOWN), None);
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
            policy.start().after_failure(&asked(1)),
            Some(Duration::from_secs(2))
        );
        assert_eq!(
            policy.start().after_failure(&asked(60)),
            Some(Duration::from_secs(60))
        );
    }

    #[tokio::test(start_paused = true)]
    async fn wait_beyond_the_remaining_time_is_not_begun() {
        let asked = FailedAttempt {
            server_wait: Some(Duration::from_secs(30)),
            ..SLOW_DOWN
        };
        let mut retries = steady().with_max_elapsed(Duration::from_secs(50)).start();
        retries.attempt_begins(Instant::now());

        assert_eq!(retries.after_failure(&asked), Some(Duration::from_secs(30)));
        tokio::time::advance(Duration::from_secs(30)).await;

        assert_eq!(retries.remaining(), Duration::from_secs(20));
        assert_eq!(retries.after_failure(&asked), None);
    }

    #[tokio::test(start_paused = true)]
    async fn jitter_stays_within_bounds_and_follows_its_seed() {
        let policy = RetryPolicy::default()
            .with_max_attempts(8)
            .with_min_delay(Duration::from_secs(1))
            .with_max_delay(Duration::from_secs(4));
        let waits = |policy: RetryPolicy| -> Vec<_> {
            let mut retries = policy.start();
            (0..7)
                .map_while(|_| retries.after_failure(&SLOW_DOWN))
                .collect()
        };

        let seeded = waits(policy.with_jitter_seed(7));

        assert_eq!(seeded, waits(policy.with_jitter_seed(7)));
        assert_ne!(seeded, waits(policy.with_jitter_seed(8)));
        for (wait, least) in seeded.iter().zip([1, 2, 4, 4, 4, 4, 4]) {
            assert!(*wait >= Duration::from_secs(least) && *wait <= Duration::from_secs(4));
        }
    }
}

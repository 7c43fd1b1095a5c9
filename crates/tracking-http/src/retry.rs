//! When a failed attempt is made again, and after which wait.

use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBuilder};

/// The waits of one call.
pub(crate) type Backoff = <ExponentialBuilder as BackoffBuilder>::Backoff;

/// How often, and for how long, a call is tried again.
///
/// Waits grow exponentially from [`min_delay`](Self::with_min_delay) to
/// [`max_delay`](Self::with_max_delay) with a random addition, so that many clients do not come back
/// in step. A longer wait that the server asks for wins. A wait that would end after
/// [`max_elapsed`](Self::with_max_elapsed) is not begun: the error is returned at once, with
/// the server's wish in [`Error::retry_after`](crate::Error::retry_after).
///
/// What is repeated at all depends on the failure, not on the policy. Always: the connection could
/// not be made, or the server said "slow down". Only for operations that are safe to repeat:
/// timeouts, responses that broke off or are a part (206), and the statuses 408, 421, 425, 500,
/// 502 to 504, and 520 to 524, with which Cloudflare reports a server behind it. Only for GET and HEAD: a
/// success that is empty or whose JSON breaks off. Never: a used-up quota and every other refusal.
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
    jitter: bool,
}

impl Default for RetryPolicy {
    /// Three attempts within 120 seconds, waits from half a second to 30 seconds, with jitter.
    fn default() -> Self {
        Self {
            max_attempts: 3,
            max_elapsed: Duration::from_secs(120),
            min_delay: Duration::from_millis(500),
            max_delay: Duration::from_secs(30),
            jitter: true,
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
        self.jitter = false;
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

    pub(crate) fn max_delay(&self) -> Duration {
        self.max_delay
    }

    /// Begins the waits of one call.
    pub(crate) fn backoff(&self) -> Backoff {
        let builder = ExponentialBuilder::new()
            .with_min_delay(self.min_delay)
            .with_max_delay(self.max_delay)
            .without_max_times();
        let builder = if self.jitter {
            builder.with_jitter()
        } else {
            builder
        };
        builder.build()
    }
}

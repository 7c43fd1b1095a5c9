//! `StoreLimiter`: request limits that hold over all processes which share a store.

use std::time::Duration;

use tokio::time::{Instant, sleep};
use tracing::warn;
use tracking_core::ErrorKind;
use tracking_core::kit::BoxFuture;
use tracking_http::{Error, LimitKey, Limiter, RateClass, TokenBuckets};

use crate::{Store, StoreError};

/// Request limits that hold over all processes which share a [`Store`].
///
/// It is for the clients of an SDK (`with_limiter`), in the place of the [`TokenBuckets`] that each process has for
/// itself: two processes with those send twice as fast as the provider allows.
///
/// Requests of one bucket are spaced evenly, as by [`TokenBuckets`], by the clock of the database. Each takes the next
/// free time with one statement and then sleeps until it, so waiting costs no further statements. A pause after a
/// 429 holds the requests of all processes, those that already wait included.
///
/// A request that is dropped while it waits does not give its time back: then the rate is a little lower.
///
/// ```no_run
/// use std::sync::Arc;
/// use tracking_follow::{Store, StoreError, StoreLimiter};
///
/// # async fn example() -> Result<(), StoreError> {
/// let store = Store::open("postgres://follow@db.example/follow").await?;
/// // For all clients: each credential has buckets of its own.
/// let limiter = Arc::new(StoreLimiter::new(store));
/// # let _ = limiter;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct StoreLimiter {
    store: Store,
    slack: Duration,
    max_pause: Duration,
}

impl StoreLimiter {
    /// Creates a limiter with the usual slack and longest pause of [`TokenBuckets`]: 100 ms and 15 minutes.
    #[must_use]
    pub const fn new(store: Store) -> Self {
        Self {
            store,
            slack: TokenBuckets::USUAL_SLACK,
            max_pause: TokenBuckets::USUAL_MAX_PAUSE,
        }
    }

    /// Sets by how much a window is stretched; see [`TokenBuckets::with_slack`].
    #[must_use]
    pub const fn with_slack(mut self, slack: Duration) -> Self {
        self.slack = slack;
        self
    }

    /// Sets how long one "too many requests" response can close a bucket.
    #[must_use]
    pub const fn with_max_pause(mut self, longest: Duration) -> Self {
        self.max_pause = longest;
        self
    }

    async fn take(&self, key: LimitKey<'_>) -> Result<(), Error> {
        let spacing = spacing(key.class, self.slack);
        let begin = Instant::now();
        loop {
            let left = key
                .max_wait
                .map(|wait| wait.saturating_sub(begin.elapsed()));
            let (credential, class) = (key.credential, key.class.name);
            let slot = self.store.take_slot(credential, class, spacing, left);
            match slot.await.map_err(|error| away(&error))? {
                Slot::At { wait } if wait.is_zero() => return Ok(()),
                Slot::At { wait } => sleep(wait).await,
                Slot::TooLate { wait } => {
                    let message = "the requests of all processes fill the limit for longer than this call can wait, \
                                   or an earlier response asked to slow down";
                    return Err(Error::new(ErrorKind::RateLimited, message).with_retry_after(wait));
                }
            }
            let paused = self.store.is_paused(credential, class).await;
            if !paused.map_err(|error| away(&error))? {
                return Ok(());
            }
        }
    }
}

impl Limiter for StoreLimiter {
    /// # Errors
    ///
    /// Kind `RateLimited` if the next free time is later than [`LimitKey::max_wait`]; kind `Connect` if the store is
    /// away: without it nobody knows what other processes send, so nothing is sent.
    fn acquire<'a>(&'a self, key: LimitKey<'a>) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(self.take(key))
    }

    fn pause<'a>(&'a self, key: LimitKey<'a>, wait: Duration) -> BoxFuture<'a, ()> {
        Box::pin(async move {
            let wait = wait.min(self.max_pause);
            let paused = self
                .store
                .pause_bucket(key.credential, key.class.name, wait);
            if let Err(error) = paused.await {
                // The next request finds out again.
                warn!(%error, class = key.class.name, "the pause cannot be written");
            }
        })
    }
}

/// A time at which a request may be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Slot {
    /// The caller has it.
    At { wait: Duration },
    /// It is later than the caller can wait, and was not taken.
    TooLate { wait: Duration },
}

fn away(error: &StoreError) -> Error {
    Error::new(
        ErrorKind::Connect,
        format!("the store of the limits cannot be used: {error}"),
    )
}

/// The time from one request to the next; none without a limit.
pub(crate) fn spacing(class: &RateClass, slack: Duration) -> Duration {
    if class.requests == 0 {
        return Duration::ZERO;
    }
    // Rounded up: three per second must not become four by one microsecond.
    let window = class.per.saturating_add(slack).as_micros();
    let spacing = window.div_ceil(u128::from(class.requests));
    Duration::from_micros(u64::try_from(spacing).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spacing_is_rounded_up() {
        let second = Duration::from_secs(1);
        for (requests, slack, micros) in [
            (10, 0, 100_000),
            (3, 0, 333_334),
            (10, 100, 110_000),
            (0, 100, 0),
        ] {
            let class = RateClass::new("any", requests, second);
            let spacing = spacing(&class, Duration::from_millis(slack));
            assert_eq!(spacing, Duration::from_micros(micros), "{requests}");
        }
    }
}

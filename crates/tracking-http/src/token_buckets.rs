//! The default limiter: one token bucket per credential and rate class, in memory.

use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::{Instant, sleep_until, timeout_at};
use tracking_core::ErrorKind;
use tracking_core::kit::BoxFuture;

use crate::error::Error;
use crate::limit::{LimitKey, Limiter};
use crate::operation::RateClass;

/// Token buckets in the memory of the process.
///
/// Requests of one bucket are spaced evenly: ten per second means one every 100 ms. So no window of
/// the provider's counting ever sees more than it allows, wherever the window begins, as long as
/// all requests take equally long on their way; [slack](Self::with_slack), 100 ms unless another is
/// set, makes up for those that do not.
///
/// Waiting requests are served in the order in which they came. A pause after a 429 holds all of
/// them, for at most [15 minutes](Self::with_max_pause) whatever the provider asks for; then the
/// next request finds out. [`resume`](Self::resume) ends it by hand. A bucket keeps the rate with
/// which it was first used.
///
/// ```
/// use tracking_http::TokenBuckets;
///
/// use std::sync::Arc;
///
/// // One for all clients that use the same key.
/// let limiter = Arc::new(TokenBuckets::new());
/// # let _ = limiter;
/// ```
#[derive(Debug)]
pub struct TokenBuckets {
    slack: Duration,
    max_pause: Duration,
    buckets: RwLock<Buckets>,
}

type BucketKey = (u64, &'static str);

#[derive(Debug, Default)]
struct Buckets {
    by_key: HashMap<BucketKey, Arc<Bucket>>,
    /// Idle buckets are looked for when the map has grown to this size.
    clean_at: usize,
}

impl Default for TokenBuckets {
    fn default() -> Self {
        Self::new()
    }
}

impl TokenBuckets {
    /// The slack, unless another is set.
    pub const USUAL_SLACK: Duration = Duration::from_millis(100);

    /// The longest pause, unless another is set.
    pub const USUAL_MAX_PAUSE: Duration = Duration::from_secs(15 * 60);

    /// Creates buckets like those that a client makes for itself.
    #[must_use]
    pub fn new() -> Self {
        Self {
            slack: Self::USUAL_SLACK,
            max_pause: Self::USUAL_MAX_PAUSE,
            buckets: RwLock::default(),
        }
    }

    /// Sets by how much a window is stretched: with 100 ms of slack, ten per second become ten in
    /// 1.1 seconds.
    ///
    /// The provider counts when a request arrives. The first one is late, because it waits for the
    /// connection; the next one is not, and so comes too early by as much.
    #[must_use]
    pub fn with_slack(mut self, slack: Duration) -> Self {
        self.slack = slack;
        self
    }

    /// Sets how long one "too many requests" response can close a bucket. Default: 15 minutes.
    ///
    /// A header may ask for years, by mistake or because something on the way wrote it. The errors
    /// still carry the full wait in [`retry_after`](Error::retry_after).
    #[must_use]
    pub fn with_max_pause(mut self, longest: Duration) -> Self {
        self.max_pause = longest;
        self
    }

    /// Ends the pauses of a rate class, by its name, for every credential: for when you know better
    /// than the header that caused them. Waiting requests go on at the documented rate.
    pub fn resume(&self, class: &str) {
        let buckets = self.buckets.read().unwrap_or_else(PoisonError::into_inner);
        for ((_, name), bucket) in &buckets.by_key {
            if *name == class {
                bucket.resume();
            }
        }
    }

    fn bucket(&self, key: LimitKey<'_>) -> Arc<Bucket> {
        let bucket_key = (key.credential, key.class.name);
        let buckets = self.buckets.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(bucket) = buckets.by_key.get(&bucket_key) {
            return Arc::clone(bucket);
        }
        drop(buckets);
        let mut buckets = self.buckets.write().unwrap_or_else(PoisonError::into_inner);
        buckets.clean();
        let bucket = buckets
            .by_key
            .entry(bucket_key)
            .or_insert_with(|| Arc::new(Bucket::new(key.class, self.slack)));
        Arc::clone(bucket)
    }
}

impl Buckets {
    /// Forgets buckets that no longer hold anybody back, so that a service with a credential per
    /// customer does not grow without end. Doubling the bound keeps the work per request small.
    fn clean(&mut self) {
        const SMALLEST: usize = 256;
        if self.by_key.len() < self.clean_at.max(SMALLEST) {
            return;
        }
        let now = Instant::now();
        self.by_key
            .retain(|_, bucket| Arc::strong_count(bucket) > 1 || !bucket.is_idle(now));
        self.clean_at = self.by_key.len() * 2;
    }
}

impl Limiter for TokenBuckets {
    fn acquire<'a>(&'a self, key: LimitKey<'a>) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move { self.bucket(key).acquire(key).await })
    }

    fn pause<'a>(&'a self, key: LimitKey<'a>, wait: Duration) -> BoxFuture<'a, ()> {
        self.bucket(key).pause(wait, self.max_pause);
        Box::pin(std::future::ready(()))
    }
}

/// The longest period; one that is longer could be beyond what the clock can hold.
const LONGEST_PERIOD: Duration = Duration::from_secs(100 * 365 * 24 * 3600);

/// The longest pause, where a provider asks for more than the clock can hold.
const LONGEST_PAUSE: Duration = Duration::from_secs(10 * 365 * 24 * 3600);

#[derive(Debug)]
struct Bucket {
    /// The time between two requests; zero for a class without a limit: such a bucket can only be paused.
    spacing: Duration,
    /// Only the holder waits for its time; the mutex hands itself on in order of arrival.
    turn: tokio::sync::Mutex<()>,
    /// Wakes the holder of the turn when a pause is ended by hand.
    resumed: Notify,
    times: Mutex<Times>,
}

#[derive(Debug)]
struct Times {
    /// When the next request may pass; for a class without a limit, when the last one did.
    free_at: Instant,
    paused_until: Option<Instant>,
    /// Until when the provider asked to wait; later than the pause where that is cut short.
    asked_until: Option<Instant>,
}

impl Bucket {
    fn new(class: &RateClass, slack: Duration) -> Self {
        Self {
            spacing: spacing(class, slack),
            turn: tokio::sync::Mutex::new(()),
            resumed: Notify::new(),
            times: Mutex::new(Times {
                free_at: Instant::now(),
                paused_until: None,
                asked_until: None,
            }),
        }
    }

    async fn acquire(&self, key: LimitKey<'_>) -> Result<(), Error> {
        self.refuse_hopeless_wait(key)?;
        let _turn = self.turn.lock().await;
        while let Err(held) = self.try_pass() {
            match held {
                Held::ByPause(until) => {
                    self.refuse_hopeless_wait(key)?;
                    // Woken early or not, the pause is looked at again.
                    let _ = timeout_at(until, self.resumed.notified()).await;
                }
                Held::BySpacing(until) => sleep_until(until).await,
            }
        }
        Ok(())
    }

    /// Takes the next place, if it is free.
    fn try_pass(&self) -> Result<(), Held> {
        let now = Instant::now();
        let mut times = self.times();
        if let Some(until) = times.paused_until.filter(|until| *until > now) {
            return Err(Held::ByPause(until));
        }
        if times.free_at > now {
            return Err(Held::BySpacing(times.free_at));
        }
        times.free_at = now + self.spacing;
        Ok(())
    }

    /// Fails at once when the pause outlasts the caller: the caller learns the reason and the time
    /// instead of running into a timeout.
    fn refuse_hopeless_wait(&self, key: LimitKey<'_>) -> Result<(), Error> {
        let (Some(until), Some(max_wait)) = (self.paused_until(), key.max_wait) else {
            return Ok(());
        };
        let now = Instant::now();
        if until.saturating_duration_since(now) <= max_wait {
            return Ok(());
        }
        let asked_until = self.times().asked_until.unwrap_or(until);
        let wait = asked_until.saturating_duration_since(now);
        let message = "an earlier response asked to slow down for longer than this call can wait";
        Err(Error::new(ErrorKind::RateLimited, message).with_retry_after(wait))
    }

    fn pause(&self, wait: Duration, longest: Duration) {
        let now = Instant::now();
        let asked_until = now + wait.min(LONGEST_PAUSE);
        let until = asked_until.min(now + longest.min(LONGEST_PAUSE));
        let mut times = self.times();
        let current = times.paused_until.filter(|until| *until > now);
        times.asked_until = match current {
            Some(_) => times.asked_until.max(Some(asked_until)),
            None => Some(asked_until),
        };
        times.paused_until = current.max(Some(until));
    }

    fn resume(&self) {
        let mut times = self.times();
        times.paused_until = None;
        times.asked_until = None;
        drop(times);
        self.resumed.notify_one();
    }

    fn paused_until(&self) -> Option<Instant> {
        self.times()
            .paused_until
            .filter(|until| *until > Instant::now())
    }

    fn is_idle(&self, now: Instant) -> bool {
        let times = self.times();
        let is_paused = times.paused_until.is_some_and(|until| until > now);
        !is_paused && now > times.free_at
    }

    fn times(&self) -> std::sync::MutexGuard<'_, Times> {
        self.times.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a request waits for, and until when.
enum Held {
    ByPause(Instant),
    BySpacing(Instant),
}

/// Translates a class into even spacing; zero when it has no limit.
fn spacing(class: &RateClass, slack: Duration) -> Duration {
    let period = class.per.saturating_add(slack).min(LONGEST_PERIOD);
    let Some(requests) = NonZeroU32::new(class.requests) else {
        return Duration::ZERO;
    };
    // Rounded up: three per second must not become four by one nanosecond.
    let spacing = period.as_nanos().div_ceil(u128::from(requests.get()));
    Duration::from_nanos(u64::try_from(spacing).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn spacing_is_never_shorter_than_the_rate_allows(
            requests in 1_u32..,
            per_ns in 1_u64..,
        ) {
            let per = Duration::from_nanos(per_ns);

            let class = RateClass::new("any", requests, per);

            let spacing = spacing(&class, Duration::ZERO).as_nanos();

            prop_assert!(spacing * u128::from(requests) >= per.min(LONGEST_PERIOD).as_nanos());
            prop_assert!((spacing - 1) * u128::from(requests) < per.as_nanos());
        }
    }
}

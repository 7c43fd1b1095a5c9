//! How long the calls of an account wait for its request limit: for those who look at a program that runs for days.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use gcl_sdk::tracking_http::{Error, LimitKey, Limiter};
use tokio::time::Instant;
use tracking_core::kit::BoxFuture;

/// The calls of an account that wait. Clones share them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Waits(Arc<Mutex<Calls>>);

#[derive(Debug, Default)]
struct Calls {
    /// How many there were.
    begun: u64,
    /// Since when each of those that wait does.
    waiting: BTreeMap<u64, Instant>,
    last: Option<Duration>,
    paused_until: Option<Instant>,
}

/// How calls wait at a point of time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct WaitReport {
    /// How many wait.
    pub(crate) calls: usize,
    /// For how long the first of them does.
    pub(crate) longest: Option<Duration>,
    /// For how long the last call that could be sent waited.
    pub(crate) last: Option<Duration>,
    /// For how long the provider has asked to send nothing more, from now on.
    pub(crate) pause: Option<Duration>,
}

impl Waits {
    pub(crate) fn report(&self) -> WaitReport {
        let now = Instant::now();
        let calls = self.locked();
        let oldest = calls.waiting.values().min();
        let pause = calls
            .paused_until
            .map(|until| until.saturating_duration_since(now));
        WaitReport {
            calls: calls.waiting.len(),
            longest: oldest.map(|since| now.saturating_duration_since(*since)),
            last: calls.last,
            pause: pause.filter(|it| !it.is_zero()),
        }
    }

    fn begin(&self) -> Place<'_> {
        let mut calls = self.locked();
        calls.begun += 1;
        let number = calls.begun;
        calls.waiting.insert(number, Instant::now());
        Place {
            waits: self,
            number,
        }
    }

    fn locked(&self) -> MutexGuard<'_, Calls> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The place of a call that waits; it is free again when the call is dropped.
struct Place<'a> {
    waits: &'a Waits,
    number: u64,
}

impl Place<'_> {
    /// The call can be sent.
    fn pass(self) {
        let mut calls = self.waits.locked();
        let since = calls.waiting.get(&self.number);
        calls.last = since.map(Instant::elapsed);
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.waits.locked().waiting.remove(&self.number);
    }
}

/// Notes who waits, and leaves everything else to another limiter.
#[derive(Debug)]
pub(crate) struct NotedLimiter {
    limiter: Arc<dyn Limiter>,
    waits: Waits,
}

impl NotedLimiter {
    pub(crate) fn new(limiter: Arc<dyn Limiter>, waits: Waits) -> Self {
        Self { limiter, waits }
    }
}

impl Limiter for NotedLimiter {
    fn acquire<'a>(&'a self, key: LimitKey<'a>) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let place = self.waits.begin();
            self.limiter.acquire(key).await?;
            place.pass();
            Ok(())
        })
    }

    fn pause<'a>(&'a self, key: LimitKey<'a>, wait: Duration) -> BoxFuture<'a, ()> {
        // One wrong header may ask for years.
        let until = Instant::now().checked_add(wait);
        let mut calls = self.waits.locked();
        calls.paused_until = calls.paused_until.max(until);
        drop(calls);
        self.limiter.pause(key, wait)
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;
    use gcl_sdk::tracking_http::{RateClass, TokenBuckets};
    use tokio::time::advance;

    use super::*;

    const CLASS: RateClass = RateClass::new("any", 1, Duration::from_secs(10));

    #[tokio::test(start_paused = true)]
    async fn calls_that_wait_are_reported() {
        let waits = Waits::default();
        let buckets = TokenBuckets::new().with_slack(Duration::ZERO);
        let limiter = NotedLimiter::new(Arc::new(buckets), waits.clone());
        let key = LimitKey::new(1, &CLASS);
        assert_eq!(waits.report(), WaitReport::default());

        limiter.acquire(key).await.unwrap();
        assert_eq!(waits.report().last, Some(Duration::ZERO));
        let mut second = limiter.acquire(key);
        let mut third = limiter.acquire(key);
        for call in [&mut second, &mut third] {
            assert!(call.now_or_never().is_none());
        }
        advance(Duration::from_secs(3)).await;
        let report = waits.report();
        assert_eq!(
            (report.calls, report.longest),
            (2, Some(Duration::from_secs(3)))
        );

        drop(third);
        second.await.unwrap();
        let report = waits.report();
        assert_eq!((report.calls, report.longest), (0, None));
        assert!(report.last >= Some(Duration::from_secs(9)), "{report:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn pause_is_reported_until_its_end() {
        let waits = Waits::default();
        let limiter = NotedLimiter::new(Arc::new(TokenBuckets::new()), waits.clone());
        let key = LimitKey::new(1, &CLASS);

        limiter.pause(key, Duration::from_secs(30)).await;
        limiter.pause(key, Duration::from_secs(5)).await;
        advance(Duration::from_secs(10)).await;
        assert_eq!(waits.report().pause, Some(Duration::from_secs(20)));
        advance(Duration::from_secs(21)).await;
        assert_eq!(waits.report().pause, None);
    }
}

//! How many requests there were, and how many at most within a second.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use http::StatusCode;

use crate::locking::lock;

const SECOND: Duration = Duration::from_secs(1);

/// The requests of a provider, or of one of its operations, since the sandbox started or was reset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Traffic {
    /// The provider, such as `ship24`.
    pub provider: &'static str,
    /// The provider's name of the operation, such as `create-tracker`; none for all requests of the provider.
    pub operation: Option<&'static str>,
    /// How many requests there were.
    pub requests: u64,
    /// How many of them had a response with status 429, by a limit or by a fault.
    pub slowed_down: u64,
    /// The most requests of any second of real time, wherever it begins.
    pub busiest_second: usize,
}

/// Counts requests; what it keeps is bounded by the requests of one second.
#[derive(Debug, Default)]
pub(crate) struct TrafficCounter {
    counts: Mutex<BTreeMap<Key, Count>>,
}

/// Provider and operation.
type Key = (&'static str, Option<&'static str>);

#[derive(Debug, Default)]
struct Count {
    requests: u64,
    slowed_down: u64,
    busiest_second: usize,
    /// When the requests of the last second arrived.
    last_second: VecDeque<Instant>,
}

impl TrafficCounter {
    /// Counts a request that arrived at a time, none before the request counted last.
    pub(crate) fn arrived(
        &self,
        provider: &'static str,
        operation: Option<&'static str>,
        at: Instant,
    ) {
        let mut counts = lock(&self.counts);
        for key in keys(provider, operation) {
            let count = counts.entry(key).or_default();
            count.requests += 1;
            let is_over = |first: &Instant| at.saturating_duration_since(*first) >= SECOND;
            while count.last_second.front().is_some_and(is_over) {
                count.last_second.pop_front();
            }
            count.last_second.push_back(at);
            count.busiest_second = count.busiest_second.max(count.last_second.len());
        }
    }

    /// Counts the status of its response.
    pub(crate) fn responded(
        &self,
        provider: &'static str,
        operation: Option<&'static str>,
        status: Option<u16>,
    ) {
        if status == Some(StatusCode::TOO_MANY_REQUESTS.as_u16()) {
            let mut counts = lock(&self.counts);
            for key in keys(provider, operation) {
                counts.entry(key).or_default().slowed_down += 1;
            }
        }
    }

    pub(crate) fn all(&self) -> Vec<Traffic> {
        let counts = lock(&self.counts);
        let counts = counts.iter().map(|(key, count)| Traffic {
            provider: key.0,
            operation: key.1,
            requests: count.requests,
            slowed_down: count.slowed_down,
            busiest_second: count.busiest_second,
        });
        counts.collect()
    }

    pub(crate) fn clear(&self) {
        lock(&self.counts).clear();
    }
}

/// What a request is counted under; what no endpoint has is counted for the provider only.
fn keys(provider: &'static str, operation: Option<&'static str>) -> impl Iterator<Item = Key> {
    let of_operation = operation.map(|operation| (provider, Some(operation)));
    std::iter::once((provider, None)).chain(of_operation)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn busiest_second_begins_anywhere() {
        let counter = TrafficCounter::default();
        let begin = Instant::now();
        let at = |millis| begin + Duration::from_millis(millis);

        for millis in [0, 700, 800, 1100, 1699, 1700, 5000] {
            counter.arrived("gcl", Some("get-tracking"), at(millis));
        }
        counter.arrived("gcl", None, at(5001));
        counter.responded("gcl", Some("get-tracking"), Some(429));
        counter.responded("gcl", Some("get-tracking"), Some(200));
        counter.responded("gcl", None, None);

        let shown: Vec<_> = counter
            .all()
            .into_iter()
            .map(|it| (it.operation, it.requests, it.slowed_down, it.busiest_second))
            .collect();
        assert_eq!(shown, [(None, 8, 1, 4), (Some("get-tracking"), 7, 1, 4)]);
    }

    #[test]
    fn what_is_kept_is_of_one_second() {
        let counter = TrafficCounter::default();
        let begin = Instant::now();

        for millis in 0..10_000 {
            let at = begin + Duration::from_millis(millis);
            counter.arrived("ship24", Some("get-tracking"), at);
        }

        let counts = lock(&counter.counts);
        let kept = counts.values().map(|count| count.last_second.len());
        assert_eq!(kept.max(), Some(1000));
    }
}

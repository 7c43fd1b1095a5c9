//! The clock of a sandbox: every date in a body comes from it, and only tests move it.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};

use jiff::Timestamp;
use tokio::sync::watch;

use crate::locking::lock;

/// The time at which the clock of a sandbox starts by default: 2026-03-02T09:00:00Z.
const DEFAULT_START_MILLIS: i64 = 1_772_442_000_000;

/// The clock of one sandbox. Clones share the same time.
///
/// It does not move until [`Clock::advance`] or [`Clock::set`] is called, so that the same calls
/// give the same responses on every run. [`Clock::run`] lets it go on with real time.
///
/// Times that belong to the connection and not to the parcel (`Date`, `Retry-After`, the rate
/// limit headers) follow real time, because that is what a client compares them with.
#[derive(Debug, Clone)]
pub struct Clock {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    state: Mutex<State>,
    started: Instant,
    changed: watch::Sender<u64>,
}

#[derive(Debug)]
struct State {
    base_millis: i64,
    running_since: Option<Instant>,
    /// What `advance` added so far: it also opens new rate-limit windows.
    advanced: Duration,
}

impl State {
    fn now_millis(&self) -> i64 {
        let run = self
            .running_since
            .map_or(0, |since| whole_millis(since.elapsed()));
        self.base_millis.saturating_add(run)
    }
}

impl Clock {
    pub(crate) fn starting_at(start: Option<SystemTime>) -> Self {
        let base_millis = start.map_or(DEFAULT_START_MILLIS, unix_millis);
        Self {
            inner: Arc::new(Inner {
                state: Mutex::new(State {
                    base_millis,
                    running_since: None,
                    advanced: Duration::ZERO,
                }),
                started: Instant::now(),
                changed: watch::Sender::new(0),
            }),
        }
    }

    /// The time in the sandbox.
    #[must_use]
    pub fn now(&self) -> SystemTime {
        let millis = self.now_millis();
        let distance = Duration::from_millis(millis.unsigned_abs());
        if millis < 0 {
            SystemTime::UNIX_EPOCH - distance
        } else {
            SystemTime::UNIX_EPOCH + distance
        }
    }

    /// Moves the clock forward. Scans that become due are visible from the next response on, their
    /// webhooks are sent, waiting webhook retries become due and rate-limit windows end.
    pub fn advance(&self, by: Duration) {
        {
            let mut state = lock(&self.inner.state);
            state.base_millis = state.base_millis.saturating_add(whole_millis(by));
            state.advanced = state.advanced.saturating_add(by);
        }
        self.ring();
    }

    /// Sets the clock, forward or back.
    pub fn set(&self, to: SystemTime) {
        {
            let mut state = lock(&self.inner.state);
            state.base_millis = unix_millis(to);
            if state.running_since.is_some() {
                state.running_since = Some(Instant::now());
            }
        }
        self.ring();
    }

    /// Lets the clock go on with real time from its current time.
    pub fn run(&self) {
        {
            let mut state = lock(&self.inner.state);
            state.running_since.get_or_insert_with(Instant::now);
        }
        self.ring();
    }

    /// Stops the clock.
    pub fn stop(&self) {
        let mut state = lock(&self.inner.state);
        state.base_millis = state.now_millis();
        state.running_since = None;
    }

    /// Returns true if the clock goes on with real time.
    #[must_use]
    pub fn is_running(&self) -> bool {
        lock(&self.inner.state).running_since.is_some()
    }

    /// Milliseconds since the Unix epoch, on the clock of the sandbox.
    pub(crate) fn now_millis(&self) -> i64 {
        lock(&self.inner.state).now_millis()
    }

    /// The time that rate-limit windows are counted in: real time plus what `advance` added.
    pub(crate) fn elapsed(&self) -> Duration {
        self.inner
            .started
            .elapsed()
            .saturating_add(lock(&self.inner.state).advanced)
    }

    /// Reports every jump of the clock.
    pub(crate) fn changes(&self) -> watch::Receiver<u64> {
        self.inner.changed.subscribe()
    }

    /// Wakes those who wait for the clock, because something else in the world has changed.
    pub(crate) fn ring(&self) {
        self.inner
            .changed
            .send_modify(|count| *count = count.wrapping_add(1));
    }
}

/// Milliseconds since the Unix epoch, negative before it.
pub(crate) fn unix_millis(time: SystemTime) -> i64 {
    match time.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(after) => whole_millis(after),
        Err(before) => -whole_millis(before.duration()),
    }
}

pub(crate) fn whole_millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

/// Reads an RFC 3339 time such as `2026-03-02T09:00:00Z`.
pub(crate) fn parse_rfc3339(time: &str) -> Option<SystemTime> {
    time.parse::<Timestamp>().ok().map(SystemTime::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clock_stops_until_moved() {
        let clock = Clock::starting_at(None);
        let before = clock.now();

        clock.advance(Duration::from_secs(90));

        assert_eq!(
            clock.now().duration_since(before).unwrap(),
            Duration::from_secs(90)
        );
    }

    #[test]
    fn set_goes_back_as_well() {
        let clock = Clock::starting_at(None);
        let earlier = parse_rfc3339("1969-12-31T23:59:58Z").unwrap();

        clock.set(earlier);

        assert_eq!(clock.now(), earlier);
        assert_eq!(clock.now_millis(), -2000);
    }

    #[test]
    fn advance_moves_the_rate_limit_time_but_set_does_not() {
        let clock = Clock::starting_at(None);

        clock.set(parse_rfc3339("2030-01-01T00:00:00Z").unwrap());
        let after_set = clock.elapsed();
        clock.advance(Duration::from_secs(3600));

        assert!(after_set < Duration::from_secs(3600));
        assert!(clock.elapsed() >= Duration::from_secs(3600));
    }
}

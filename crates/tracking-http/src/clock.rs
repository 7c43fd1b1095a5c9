//! The wall clock, injected wherever a date from a server is compared with "now".

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

/// Returns the wall-clock time.
///
/// Only dates that come from a server need it (`Retry-After` as a date, `X-RateLimit-Reset`, the
/// expiry of a token). Waiting and measuring use tokio's monotonic clock, which tests can pause.
pub trait Clock: fmt::Debug + Send + Sync {
    /// Returns the current time.
    fn now(&self) -> SystemTime;
}

impl<T: Clock + ?Sized> Clock for Arc<T> {
    fn now(&self) -> SystemTime {
        (**self).now()
    }
}

/// The clock of the machine. This is the default.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }
}

/// A clock that does not advance, for tests.
///
/// ```
/// use std::time::{Duration, SystemTime};
/// use tracking_http::{Clock, FixedClock};
///
/// let noon = SystemTime::UNIX_EPOCH + Duration::from_secs(43_200);
///
/// assert_eq!(FixedClock::new(noon).now(), noon);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct FixedClock {
    now: SystemTime,
}

impl FixedClock {
    /// Creates a clock that always shows `now`.
    #[must_use]
    pub const fn new(now: SystemTime) -> Self {
        Self { now }
    }
}

impl Clock for FixedClock {
    fn now(&self) -> SystemTime {
        self.now
    }
}

//! Fixed windows that count requests per caller and endpoint.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Duration;

use crate::locking::lock;

/// Windows are forgotten once this many are held and have ended.
const SWEEP_ABOVE: usize = 1024;

/// The caller of a provider that limits the account as a whole: the sandbox has one account of each.
pub(crate) const CALLER: u64 = 0;

/// Counts requests in windows of fixed length that start with the first request.
#[derive(Debug)]
pub(crate) struct RateWindows {
    length: Duration,
    windows: Mutex<HashMap<(u64, &'static str), Window>>,
}

#[derive(Debug, Clone, Copy)]
struct Window {
    started: Duration,
    used: u32,
}

/// What a request found in its window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub(crate) allowed: bool,
    pub(crate) limit: u32,
    pub(crate) remaining: u32,
    /// Time until the window ends.
    pub(crate) reset: Duration,
}

impl Verdict {
    /// Seconds until the window ends, rounded up, so that waiting as long is always enough.
    pub(crate) fn seconds_to_reset(&self) -> u64 {
        let seconds = self.reset.as_millis().div_ceil(1000);
        seconds.try_into().unwrap_or(u64::MAX).max(1)
    }
}

impl RateWindows {
    pub(crate) fn new(length: Duration) -> Self {
        Self {
            length,
            windows: Mutex::new(HashMap::new()),
        }
    }

    /// Counts one request of `caller` on `endpoint` at the time `now`.
    pub(crate) fn take(
        &self,
        caller: u64,
        endpoint: &'static str,
        limit: u32,
        now: Duration,
    ) -> Verdict {
        let mut windows = lock(&self.windows);
        if windows.len() > SWEEP_ABOVE {
            windows.retain(|_, window| now < window.started.saturating_add(self.length));
        }
        let window = windows.entry((caller, endpoint)).or_insert(Window {
            started: now,
            used: 0,
        });
        if now >= window.started.saturating_add(self.length) {
            *window = Window {
                started: now,
                used: 0,
            };
        }
        let allowed = window.used < limit;
        if allowed {
            window.used += 1;
        }
        Verdict {
            allowed,
            limit,
            remaining: limit.saturating_sub(window.used),
            reset: window
                .started
                .saturating_add(self.length)
                .saturating_sub(now),
        }
    }

    pub(crate) fn clear(&self) {
        lock(&self.windows).clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn refuses_above_the_limit_until_the_window_ends() {
        let windows = RateWindows::new(SECOND);
        let at = Duration::from_millis;

        assert!(windows.take(1, "list", 2, at(100)).allowed);
        assert!(windows.take(1, "list", 2, at(500)).allowed);
        let refused = windows.take(1, "list", 2, at(900));
        let later = windows.take(1, "list", 2, at(1100));

        assert!(!refused.allowed);
        assert_eq!(refused.remaining, 0);
        assert_eq!(refused.reset, at(200));
        assert!(later.allowed);
        assert_eq!(later.remaining, 1);
    }

    #[test]
    fn counts_each_caller_and_endpoint_apart() {
        let windows = RateWindows::new(SECOND);

        let verdicts = [
            windows.take(1, "list", 1, Duration::ZERO),
            windows.take(2, "list", 1, Duration::ZERO),
            windows.take(1, "create", 1, Duration::ZERO),
        ];

        assert!(verdicts.iter().all(|verdict| verdict.allowed));
    }

    proptest! {
        #[test]
        fn window_never_exceeds_its_limit(
            limit in 1_u32..20,
            mut times in proptest::collection::vec(0_u64..10_000, 1..200),
        ) {
            let windows = RateWindows::new(SECOND);
            times.sort_unstable();

            let mut open: Option<(u64, u32)> = None;
            for at in times {
                let (started, passed) = match open {
                    Some((started, passed)) if at < started + 1000 => (started, passed),
                    _ => (at, 0),
                };
                let verdict = windows.take(1, "list", limit, Duration::from_millis(at));
                prop_assert_eq!(verdict.allowed, passed < limit);
                open = Some((started, passed + u32::from(verdict.allowed)));
            }
        }
    }
}

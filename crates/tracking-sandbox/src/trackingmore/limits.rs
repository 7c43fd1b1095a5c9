//! Rate limits of the account. No header shows them.

use std::time::Duration;

use super::endpoints::REALTIME;
use super::provider::TrackingMoreProvider;
use crate::server::{CALLER, Verdict};

/// A window is a little shorter than the documented second, because two calls that leave a client
/// a second apart may arrive with less between them.
pub(super) const WINDOW: Duration = Duration::from_millis(900);

impl TrackingMoreProvider {
    /// Counts the request. `None` when limits are off. One too many keeps the account out for a while,
    /// whatever it calls.
    pub(super) fn count(&self, operation: &str) -> Option<Verdict> {
        let mut state = self.state();
        let settings = &state.settings;
        if !settings.rate_limits {
            return None;
        }
        let now = self.core.clock.elapsed();
        let (class, limit) = if operation == REALTIME {
            (REALTIME, settings.realtime_per_second)
        } else {
            ("account", settings.per_second)
        };
        if let Some(until) = state.paused_until.filter(|until| now < *until) {
            return Some(Verdict {
                allowed: false,
                limit,
                remaining: 0,
                reset: until.saturating_sub(now),
            });
        }
        let verdict = self.windows.take(CALLER, class, limit, now);
        if !verdict.allowed {
            let pause = state.settings.assumptions.pause_seconds;
            let pause = Duration::from_secs(pause.into());
            state.paused_until = Some(now.saturating_add(pause));
        }
        Some(verdict)
    }
}

//! The rate limit of the account. No header shows it.

use std::time::Duration;

use crate::gcl::provider::GclProvider;
use crate::server::{CALLER, Verdict};

/// How long a window lasts.
pub(super) const WINDOW: Duration = Duration::from_secs(1);

impl GclProvider {
    /// Counts the request. `None` when limits are off.
    pub(super) fn count(&self) -> Option<Verdict> {
        let limit = {
            let settings = &self.state().settings;
            if !settings.rate_limits {
                return None;
            }
            settings.per_second
        };
        let now = self.core.clock.elapsed();
        Some(self.windows.take(CALLER, "account", limit, now))
    }
}

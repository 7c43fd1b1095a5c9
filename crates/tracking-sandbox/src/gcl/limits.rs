//! The rate limit of the account. No header shows it.

use std::time::Duration;

use crate::gcl::provider::GclProvider;
use crate::server::CALLER;

/// How long a window lasts.
pub(super) const WINDOW: Duration = Duration::from_secs(1);

impl GclProvider {
    /// Counts a call. Returns true if the account may make it.
    pub(super) fn is_within_limits(&self) -> bool {
        let limit = {
            let settings = &self.state().settings;
            if !settings.rate_limits {
                return true;
            }
            settings.per_second
        };
        let now = self.core.clock.elapsed();
        self.windows.take(CALLER, "account", limit, now).allowed
    }
}

//! The rate limit of the account. No header shows it before it is reached.

use std::time::Duration;

use crate::exporto::provider::ExportoProvider;
use crate::server::{CALLER, Verdict};

/// How long a window lasts.
pub(super) const WINDOW: Duration = Duration::from_secs(1);

impl ExportoProvider {
    /// Counts the request. `None` when limits are off.
    pub(super) fn count(&self) -> Option<Verdict> {
        let limit = self.state().settings.per_second?;
        let now = self.core.clock.elapsed();
        Some(self.windows.take(CALLER, "account", limit, now))
    }
}

//! The rate limit of the account. No header shows it before it is reached.

use std::time::Duration;

use crate::exporto::provider::ExportoProvider;
use crate::server::CALLER;

/// How long a window lasts.
pub(super) const WINDOW: Duration = Duration::from_secs(1);

impl ExportoProvider {
    /// Counts a call; returns the seconds that a call above the limit has to wait.
    pub(super) fn seconds_to_wait(&self) -> Option<u64> {
        let limit = self.state().settings.per_second?;
        let now = self.core.clock.elapsed();
        let verdict = self.windows.take(CALLER, "account", limit, now);
        let millis = verdict.reset.as_millis();
        (!verdict.allowed).then(|| u64::try_from(millis.div_ceil(1000)).unwrap_or(1).max(1))
    }
}

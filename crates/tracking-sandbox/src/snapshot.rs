//! The world at one point in time.

use std::sync::Arc;

use crate::sandbox::Core;
use crate::world::Journey;

/// What all providers share, at one point in time.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Snapshot<'a> {
    pub(crate) core: &'a Core,
    /// Milliseconds since the Unix epoch, on the clock of the sandbox.
    pub(crate) now: i64,
}

impl Snapshot<'_> {
    /// The snapshot of this instant.
    pub(crate) fn of(core: &Core) -> Snapshot<'_> {
        Snapshot {
            core,
            now: core.clock.now_millis(),
        }
    }

    /// The same world at another time.
    pub(crate) const fn at(self, now: i64) -> Self {
        Self { now, ..self }
    }

    /// The parcel with this number, in any letter case.
    pub(crate) fn journey(&self, number: &str) -> Option<Arc<Journey>> {
        self.core.world.find(number)
    }
}

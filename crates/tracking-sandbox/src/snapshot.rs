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
    /// Up to when it is known what happened to parcels, in milliseconds since the Unix epoch.
    known: i64,
}

impl Snapshot<'_> {
    /// The snapshot of this instant.
    pub(crate) fn of(core: &Core) -> Snapshot<'_> {
        let now = core.clock.now_millis();
        core.world.catch_up(now);
        Snapshot {
            core,
            now,
            known: i64::MAX,
        }
    }

    /// The same world at another time, with all that is known now.
    pub(crate) const fn at(self, now: i64) -> Self {
        Self { now, ..self }
    }

    /// The world as it was known at an earlier time: what was edited since is as before.
    pub(crate) const fn as_of(self, time: i64) -> Self {
        Self {
            now: time,
            known: time,
            ..self
        }
    }

    /// The parcel with this number, in any letter case.
    pub(crate) fn journey(&self, number: &str) -> Option<Arc<Journey>> {
        self.core.world.find_at(number, self.known)
    }

    /// Every parcel once, in the order of their first numbers.
    pub(crate) fn parcels(&self) -> Vec<Arc<Journey>> {
        self.core.world.parcels_at(self.known)
    }

    /// Those of them that have a leg with this number, in any letter case.
    pub(crate) fn parcels_with(&self, number: &str) -> Vec<Arc<Journey>> {
        self.core.world.parcels_with(number, self.known)
    }
}

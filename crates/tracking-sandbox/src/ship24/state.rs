//! Everything that calls change, and what they need to know beside it.

use std::sync::Arc;

use super::bodies::tracking::Shown;
use super::errors::Refusal;
use super::samples;
use super::settings::Settings;
use super::tracker::{SearchBy, Trackers};
use super::webhooks::messages::Outbox;
use crate::sandbox::Core;
use crate::server::Call;
use crate::world::{Journey, World};

/// Everything that calls change.
#[derive(Debug, Default)]
pub(crate) struct State {
    pub(crate) settings: Settings,
    pub(crate) trackers: Trackers,
    pub(crate) outbox: Outbox,
}

/// What a call needs to know beside the state.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Account<'a> {
    pub(crate) core: &'a Core,
    pub(crate) now: i64,
}

impl Account<'_> {
    /// The parcel with this number; sample numbers come into being when they are first asked for.
    pub(crate) fn journey(&self, number: &str) -> Option<Arc<Journey>> {
        journey(&self.core.world, self.core, number)
    }
}

fn journey(world: &World, core: &Core, number: &str) -> Option<Arc<Journey>> {
    if let Some(known) = world.find(number) {
        return Some(known);
    }
    world.add(samples::parcel(number)?, &core.clock).ok()?;
    world.find(number)
}

impl State {
    pub(crate) fn shown(&self, core: &Core) -> Shown {
        Shown {
            identities: core.identities,
            predictions: self.settings.predictions,
        }
    }

    /// The tracker that the path of a call names.
    pub(crate) fn named(&self, call: &Call<'_>) -> Result<usize, Refusal> {
        let by = match call.query("searchBy").as_deref() {
            None | Some("trackerId") => SearchBy::TrackerId,
            Some("clientTrackerId") => SearchBy::ClientTrackerId,
            Some(_) => {
                return Err(Refusal::invalid(
                    "Please make sure that searchBy is trackerId or clientTrackerId.",
                ));
            }
        };
        self.trackers
            .find(by, call.param("trackerId"))
            .ok_or_else(Refusal::tracker_not_found)
    }
}

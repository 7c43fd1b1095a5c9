//! Everything that calls change, and what they need to know beside it.

use std::sync::Arc;

use super::bodies::tracking::Shown;
use super::errors::Refusal;
use super::settings::Settings;
use super::tracker::{SearchBy, Trackers};
use super::webhooks::message::Webhook;
use crate::sandbox::Core;
use crate::server::Call;
use crate::webhooks::WebhookQueue;

/// Everything that calls change.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) settings: Settings,
    pub(crate) trackers: Trackers,
    pub(crate) queue: Arc<WebhookQueue<Webhook>>,
}

impl State {
    pub(crate) fn new(queue: &Arc<WebhookQueue<Webhook>>) -> Self {
        Self {
            settings: Settings::default(),
            trackers: Trackers::default(),
            queue: Arc::clone(queue),
        }
    }

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

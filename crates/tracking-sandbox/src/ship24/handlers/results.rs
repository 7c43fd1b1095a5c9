//! Results of known trackers, by number and by tracker.

use http::StatusCode;

use crate::server::{Call, Reply};
use crate::ship24::bodies::tracker::TrackerBody;
use crate::ship24::bodies::tracking::{Envelope, Tracking, Trackings};
use crate::ship24::errors::Refusal;
use crate::ship24::provider::Ship24Provider;
use crate::ship24::samples::journey;
use crate::ship24::state::State;
use crate::ship24::view::View;
use crate::snapshot::Snapshot;

/// `GET /trackers/search/{trackingNumber}/results`: one tracking per tracker of the number.
pub(crate) fn by_number(provider: &Ship24Provider, call: &Call<'_>) -> Result<Reply, Refusal> {
    let snapshot = call.shown(provider.snapshot());
    let state = provider.state();
    let number = call.param("trackingNumber").to_uppercase();
    let trackers = state.trackers.with_number(&number);
    if trackers.is_empty() {
        return Err(Refusal::tracker_not_found());
    }
    Ok(state.show_results(trackers, StatusCode::OK, &snapshot))
}

/// `GET /trackers/{trackerId}/results`: exactly one tracking.
pub(crate) fn by_id(provider: &Ship24Provider, call: &Call<'_>) -> Result<Reply, Refusal> {
    let snapshot = call.shown(provider.snapshot());
    let state = provider.state();
    let serial = state.named(call)?;
    Ok(state.show_results(&[serial], StatusCode::OK, &snapshot))
}

impl State {
    pub(crate) fn show_results(
        &self,
        serials: &[usize],
        status: StatusCode,
        snapshot: &Snapshot<'_>,
    ) -> Reply {
        let known: Vec<_> = serials
            .iter()
            .filter_map(|serial| self.trackers.get(*serial))
            .map(|tracker| (tracker, journey(snapshot, tracker.number())))
            .collect();
        let views: Vec<_> = known
            .iter()
            .map(|(tracker, journey)| {
                journey
                    .as_ref()
                    .map(|journey| View::of_tracker(tracker, journey, snapshot.now))
            })
            .collect();
        let shown = self.shown(snapshot.core);
        let trackings = known
            .iter()
            .zip(&views)
            .map(|((tracker, _), view)| {
                let body = TrackerBody::new(tracker, snapshot);
                Tracking::new(Some(body), tracker.number(), view.as_ref(), &shown)
            })
            .collect();
        Reply::json(
            status,
            &Envelope {
                data: Trackings { trackings },
            },
        )
    }
}

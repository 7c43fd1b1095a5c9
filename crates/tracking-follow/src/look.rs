//! What a look at a parcel changes. No clock, no database.

use tracking_core::cadence::{Cadence, Followed};
use tracking_core::merge::{Merged, Update, merge};
use tracking_core::{
    Error, Outcome, RawJson, Shipment, Status, StatusReport, Target, TrackRequest, UtcTime,
};

use crate::change::NewChange;

/// The request of the next look. What is known is requested by the provider's id where it has one: it cannot be
/// another parcel, and nothing is registered.
pub(crate) fn request(mut request: TrackRequest, known: &[Shipment]) -> TrackRequest {
    if let [shipment] = known {
        request.register = false;
        let known = shipment.request().target;
        if matches!(known, Target::Id(_)) {
            request.target = known;
        }
    }
    request
}

/// What is known of a parcel before and after a look.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    /// Distinguishes the parcel for the cadence.
    pub(crate) key: String,
    pub(crate) since: UtcTime,
    pub(crate) news_at: Option<UtcTime>,
    pub(crate) failures: u32,
    /// Whether the provider has said that it does not know the parcel.
    pub(crate) was_unknown: bool,
    pub(crate) shipments: Vec<Shipment>,
}

/// What a look brought.
#[derive(Debug)]
pub(crate) struct Sight {
    pub(crate) changes: Vec<NewChange>,
    /// When to look again; `None` if the parcel rests.
    pub(crate) due_at: Option<UtcTime>,
}

impl Known {
    /// Merges what a look brought into what is known, and computes when to look again.
    pub(crate) fn look(
        &mut self,
        result: Result<Outcome, &Error>,
        now: UtcTime,
        cadence: &Cadence,
    ) -> Sight {
        let not_before = match &result {
            Err(error) => error.retry_after().and_then(|wait| now.checked_add(wait)),
            Ok(Outcome::NotYet { retry_at, .. }) => *retry_at,
            Ok(_) => None,
        };
        let is_gone = matches!(result, Ok(Outcome::Gone));
        let mut changes = Vec::new();
        match result {
            Err(_) => self.failures = self.failures.saturating_add(1),
            Ok(outcome) => {
                self.failures = 0;
                if !outcome.is_found() {
                    self.was_unknown |= self.shipments.is_empty();
                }
                for shipment in outcome.into_shipments() {
                    self.take(shipment, &mut changes);
                }
            }
        }
        if !changes.is_empty() {
            self.news_at = Some(now);
        }
        let due_at = if is_gone {
            None
        } else {
            self.next(now, not_before, cadence)
        };
        Sight { changes, due_at }
    }

    fn take(&mut self, mut latest: Shipment, changes: &mut Vec<NewChange>) {
        remove_raw(&mut latest);
        let mut known = self.shipments.iter();
        let place = known.position(|known| known.is_same_shipment(&latest));
        let Some(place) = place else {
            if self.was_unknown && self.shipments.is_empty() {
                report(&appeared(latest.clone(), self.since), changes);
            }
            self.shipments
                .push(merge(None, Update::Snapshot(latest)).shipment);
            return;
        };
        let known = self.shipments.remove(place);
        let merged = merge(Some(known), Update::Snapshot(latest));
        // The first sight of a shipment is a state, not a change.
        if !merged.is_first {
            report(&merged, changes);
        }
        self.shipments.insert(place, merged.shipment);
    }

    /// The earliest of what the shipments need.
    fn next(
        &self,
        now: UtcTime,
        not_before: Option<UtcTime>,
        cadence: &Cadence,
    ) -> Option<UtcTime> {
        let mut followed = Followed::new(&self.key, self.since, now);
        followed.news_at = self.news_at;
        followed.failures = self.failures;
        followed.not_before = not_before;
        if self.shipments.is_empty() {
            return cadence.next_look(&followed);
        }
        let looks = self.shipments.iter().filter_map(|shipment| {
            followed.shipment = Some(shipment);
            cadence.next_look(&followed)
        });
        looks.min()
    }
}

/// The provider's own JSON is no part of a comparison, and the largest part of a shipment.
fn remove_raw(shipment: &mut Shipment) {
    shipment.raw = RawJson::null();
    for event in shipment.legs.iter_mut().flat_map(|leg| &mut leg.events) {
        event.raw = RawJson::null();
    }
    for problem in &mut shipment.problems {
        problem.raw = None;
    }
}

fn report(merged: &Merged, changes: &mut Vec<NewChange>) {
    let headline = merged.headline();
    let reported = merged.changes.iter();
    changes
        .extend(reported.filter_map(|it| NewChange::of(&merged.shipment, headline.as_deref(), it)));
}

/// The changes from a number that the provider did not know to a parcel.
fn appeared(latest: Shipment, since: UtcTime) -> Merged {
    let status = StatusReport::new(Status::NotFound);
    let mut unknown = Shipment::new(latest.provider.clone(), &latest.number, status, since);
    unknown.reference.clone_from(&latest.reference);
    unknown.account.clone_from(&latest.account);
    merge(Some(unknown), Update::Snapshot(latest))
}

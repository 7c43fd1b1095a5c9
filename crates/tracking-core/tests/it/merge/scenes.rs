//! What the tests of merging have in common.

use tracking_core::merge::{Change, ChangeKind, Merged, Update, merge};
use tracking_core::{Event, Shipment, Status};

use crate::parcels::{at, event, parcel};

pub(crate) const MONDAY: &str = "2025-12-01T10:00:00+01:00";
pub(crate) const TUESDAY: &str = "2025-12-02T10:00:00+01:00";
pub(crate) const WEDNESDAY: &str = "2025-12-03T10:00:00+01:00";

/// Polls are made an hour apart.
pub(crate) const HOUR: i64 = 3600;

pub(crate) fn kinds(merged: &Merged) -> Vec<ChangeKind> {
    merged.changes.iter().map(Change::kind).collect()
}

pub(crate) fn sorted() -> Event {
    event("e1", MONDAY, Status::InTransit, "Sorted")
}

pub(crate) fn loaded() -> Event {
    event("e2", TUESDAY, Status::OutForDelivery, "Loaded")
}

pub(crate) fn handed_over() -> Event {
    event("e3", WEDNESDAY, Status::Delivered, "Handed over")
}

/// A complete response of that hour.
pub(crate) fn poll(status: Status, hour: i64, events: Vec<Event>) -> Shipment {
    parcel(status, hour * HOUR, events)
}

pub(crate) fn on_monday() -> Shipment {
    poll(Status::InTransit, 0, vec![sorted()])
}

pub(crate) fn with_provider_clock(mut shipment: Shipment, seconds: i64) -> Shipment {
    shipment.freshness.provider_updated_at = Some(at(seconds));
    shipment
}

/// Merges complete responses one after the other, and returns the last result.
pub(crate) fn polls(responses: impl IntoIterator<Item = Shipment>) -> Merged {
    let mut known: Option<Merged> = None;
    for response in responses {
        let shipment = known.map(|it| it.shipment);
        known = Some(merge(shipment, Update::Snapshot(response)));
    }
    known.expect("at least one response")
}

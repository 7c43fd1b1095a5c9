//! What there is to report of a journey: what responses without a fault show, each read alone.

use std::collections::BTreeSet;

use tracking_core::{Shipment, Status};
use tracking_sandbox::SampleJourney;

use super::reports::shown_events;

/// How a user learns of a parcel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Feed {
    /// By asking again and again.
    Polls,
    /// By webhooks, each with the whole tracking.
    WholeWebhooks,
    /// By webhooks, each with what is new.
    NewsWebhooks,
}

/// What there is to report.
#[derive(Debug, Default)]
pub(crate) struct Truth {
    /// Each form of each event, once for each parcel.
    pub(crate) events: BTreeSet<String>,
    /// The statuses of each parcel in their order.
    statuses: Vec<Vec<Status>>,
    last: Option<Shipment>,
}

impl Truth {
    pub(crate) fn see(&mut self, shipment: &Shipment) {
        let is_same = |last: &Shipment| last.is_same_shipment(shipment);
        if !self.last.as_ref().is_some_and(is_same) {
            self.statuses.push(Vec::new());
        }
        let parcel = self.statuses.len();
        let events = shipment.legs.iter().flat_map(shown_events);
        self.events
            .extend(events.map(|event| format!("event {event} #{parcel}")));
        let statuses = self.statuses.last_mut().unwrap();
        if statuses.last() != Some(&shipment.status.status) {
            statuses.push(shipment.status.status.clone());
        }
        self.last = Some(shipment.clone());
    }

    /// What the provider shows at the end.
    pub(crate) fn last(&self) -> &Shipment {
        self.last.as_ref().unwrap()
    }

    /// The statuses that a user is reported, parcel by parcel.
    pub(crate) fn statuses(&self, journey: SampleJourney, feed: Feed) -> Vec<Vec<Status>> {
        let parcels = self.statuses.iter();
        parcels
            .map(|statuses| reported(statuses, journey, feed))
            .collect()
    }
}

/// The statuses of one parcel that a user is reported.
fn reported(statuses: &[Status], journey: SampleJourney, feed: Feed) -> Vec<Status> {
    let mut reported: Vec<Status> = Vec::new();
    for status in statuses {
        // There is no message before something happens.
        let is_nothing = matches!(status, Status::Pending | Status::NotFound);
        if feed != Feed::Polls && is_nothing {
            continue;
        }
        let is_over = reported.last().is_some_and(is_final);
        // A scan on the way after the end is a late one, unless the end is withdrawn, which the whole list shows.
        let is_late = *status == Status::InTransit && journey != SampleJourney::WrongDelivered;
        if is_over && (is_late || feed == Feed::NewsWebhooks) {
            continue;
        }
        reported.push(status.clone());
    }
    reported
}

fn is_final(status: &Status) -> bool {
    matches!(status, Status::Delivered | Status::Returned)
}

/// How many events a user is reported to be gone: a delivery that was none, where the list of events shows it.
pub(crate) fn retractions(journey: SampleJourney, provider: &str, feed: Feed) -> usize {
    let has_events = provider != "oneconcepts";
    usize::from(
        journey == SampleJourney::WrongDelivered && has_events && feed != Feed::NewsWebhooks,
    )
}

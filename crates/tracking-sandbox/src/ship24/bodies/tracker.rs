//! A tracker in the provider's wire format.

use serde::Serialize;

use crate::ship24::requests::payload::CourierCodes;
use crate::ship24::samples::journey;
use crate::ship24::statuses::Milestone;
use crate::ship24::tracker::Tracker;
use crate::ship24::view::View;
use crate::snapshot::Snapshot;
use crate::wire_time::utc_millis;

/// How long a parcel may have no news before the provider stops to follow it. The documentation
/// speaks of "a long silence"; sixty days are assumed.
const SILENCE_MILLIS: i64 = 60 * 24 * 3600 * 1000;

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TrackerBody<'a> {
    tracker_id: &'a str,
    tracking_number: &'a str,
    shipment_reference: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    client_tracker_id: Option<Option<&'a str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    courier_code: Option<CourierCodeBody<'a>>,
    is_subscribed: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_tracked: Option<bool>,
    created_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    recipient: Option<RecipientName<'a>>,
}

/// A string or a list, as it was sent.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum CourierCodeBody<'a> {
    Text(&'a str),
    List(&'a [String]),
}

#[derive(Debug, Serialize)]
struct RecipientName<'a> {
    name: &'a str,
}

impl<'a> TrackerBody<'a> {
    /// The tracker as REST responses show it.
    pub(crate) fn new(tracker: &'a Tracker, snapshot: &Snapshot<'_>) -> Self {
        Self {
            is_tracked: Some(is_tracked(tracker, snapshot)),
            courier_code: courier_code(&tracker.payload.courier_codes),
            ..Self::in_webhook(tracker)
        }
    }

    /// The tracker as the list shows it: there, one in four trackers without a client's id lacks
    /// the key, as one of four does in the documentation.
    pub(crate) fn in_list(tracker: &'a Tracker, snapshot: &Snapshot<'_>) -> Self {
        let body = Self::new(tracker, snapshot);
        let lacks_key = tracker.client_id().is_none() && tracker.serial % 4 == 2;
        if lacks_key {
            Self {
                client_tracker_id: None,
                ..body
            }
        } else {
            body
        }
    }

    /// The tracker as webhooks show it: neither `isTracked` nor `courierCode`.
    pub(crate) fn in_webhook(tracker: &'a Tracker) -> Self {
        Self {
            tracker_id: &tracker.id,
            tracking_number: tracker.number(),
            shipment_reference: tracker.payload.shipment_reference.as_deref(),
            client_tracker_id: Some(tracker.client_id()),
            courier_code: None,
            is_subscribed: tracker.is_subscribed,
            is_tracked: None,
            created_at: utc_millis(tracker.created_at),
            recipient: None,
        }
    }

    /// Adds the recipient, which only the response to an update shows.
    pub(crate) fn with_recipient(mut self, name: Option<&'a str>) -> Self {
        self.recipient = name
            .filter(|name| !name.is_empty())
            .map(|name| RecipientName { name });
        self
    }
}

fn courier_code(codes: &CourierCodes) -> Option<CourierCodeBody<'_>> {
    match codes.codes.as_slice() {
        [] => None,
        [code] if codes.as_string => Some(CourierCodeBody::Text(code)),
        codes => Some(CourierCodeBody::List(codes)),
    }
}

fn is_tracked(tracker: &Tracker, snapshot: &Snapshot<'_>) -> bool {
    if !tracker.is_subscribed {
        return false;
    }
    let Some(journey) = journey(snapshot, tracker.number()) else {
        return snapshot.now.saturating_sub(tracker.created_at) < SILENCE_MILLIS;
    };
    let view = View::of_tracker(tracker, &journey, snapshot.now);
    let last = view.scans.last().map_or(tracker.created_at, |scan| scan.at);
    view.milestone() != Milestone::Delivered
        && snapshot.now.saturating_sub(last.max(tracker.created_at)) < SILENCE_MILLIS
}

//! Responses in the provider's wire format, from the envelope down to one tracking.

use serde::Serialize;

use super::event::{Event, events};
use super::shipment::Shipment;
use super::statistics::Statistics;
use super::tracker::TrackerBody;
use crate::identity::Identities;
use crate::ship24::view::View;

/// `{"data": …}`.
#[derive(Debug, Serialize)]
pub(crate) struct Envelope<T> {
    pub(crate) data: T,
}

#[derive(Debug, Serialize)]
pub(crate) struct OneTracker<'a> {
    pub(crate) tracker: TrackerBody<'a>,
}

#[derive(Debug, Serialize)]
pub(crate) struct Trackings<'a> {
    pub(crate) trackings: Vec<Tracking<'a>>,
}

/// One tracking: `tracker` is missing in per-call responses, `metadata` is in webhooks only.
#[serde_with::skip_serializing_none]
#[derive(Debug, Serialize)]
pub(crate) struct Tracking<'a> {
    pub(crate) metadata: Option<Metadata<'a>>,
    pub(crate) tracker: Option<TrackerBody<'a>>,
    pub(crate) shipment: Shipment<'a>,
    pub(crate) events: Vec<Event<'a>>,
    pub(crate) statistics: Statistics,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Metadata<'a> {
    pub(crate) generated_at: String,
    pub(crate) message_id: &'a str,
    pub(crate) topic: &'static str,
}

impl<'a> Tracking<'a> {
    /// A tracking from what is visible of a parcel; `None` for a number that no courier knows.
    pub(crate) fn new(
        tracker: Option<TrackerBody<'a>>,
        number: &'a str,
        view: Option<&View<'a>>,
        shown: &Shown,
    ) -> Self {
        let Some(view) = view.filter(|view| !view.scans.is_empty()) else {
            return Self {
                metadata: None,
                tracker,
                shipment: Shipment::unknown(number),
                events: Vec::new(),
                statistics: Statistics::default(),
            };
        };
        Self {
            metadata: None,
            tracker,
            shipment: Shipment::new(view, shown),
            events: events(view, shown.identities),
            statistics: Statistics::new(&view.scans),
        }
    }
}

/// What the account lets a caller see.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shown {
    pub(crate) identities: Identities,
    pub(crate) predictions: bool,
}

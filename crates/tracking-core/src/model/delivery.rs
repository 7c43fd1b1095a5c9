//! The delivery of a shipment: when it was, how long it took, and what proves it.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::{Event, Shipment, Status, Timestamp, UtcTime};

/// A document that proves a delivery: a scan of the signature, a photo, or a note.
///
/// Reported by Ship24 (webhooks of the topic `tracking/pod`, a paid add-on). It holds personal data.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct DeliveryDocument {
    /// Where to load it from. Ship24's addresses work for 7 days (documented).
    pub url: Option<String>,
    /// Its media type, as `image/png`.
    pub media_type: Option<String>,
    /// The name of the person who signed, or a note of the courier; which one, nothing says.
    pub text: Option<String>,
}

/// What proves that a parcel was delivered; see [`Shipment::proof_of_delivery`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProofOfDelivery<'a> {
    /// The person who signed.
    pub signed_by: Option<&'a str>,
    /// The document.
    pub document: Option<&'a DeliveryDocument>,
    /// The time of the delivery.
    pub time: Option<&'a Timestamp>,
}

impl Shipment {
    /// Returns the time of the delivery: of the last event that is one, else what the provider claims,
    /// else `None`, as for a shipment that is not [delivered](Self::is_delivered).
    #[must_use]
    pub fn delivered_at(&self) -> Option<&Timestamp> {
        if !self.is_delivered() {
            return None;
        }
        let events = self
            .legs
            .iter()
            .rev()
            .flat_map(|leg| leg.events.iter().rev());
        let mut deliveries = events.filter(|event| is_delivery(event) && !event.retracted);
        let by_event = deliveries.find_map(|event| event.time.as_ref());
        by_event.or_else(|| self.milestones.claimed.get(&Status::Delivered))
    }

    /// Returns how long the parcel has been under way: from the first event that shows it at the courier
    /// to the delivery or whatever else ended the journey, or to `now` before its end.
    ///
    /// Where a time has no zone its clock counts as UTC, and of a day its begin: then the result can be off
    /// by a day in either direction. `None` where no event with a time shows the parcel at the courier,
    /// and for a delivery whose time is unknown.
    #[must_use]
    pub fn in_transit_for(&self, now: UtcTime) -> Option<Duration> {
        let events = || {
            let events = self.legs.iter().flat_map(|leg| &leg.events);
            let kept = events.filter(|event| !event.retracted);
            kept.filter_map(|event| Some((event, event.time.as_ref()?.sort_key()?)))
        };
        let begin = events().filter(|(event, _)| is_at_courier(event));
        let begin = begin.map(|(_, time)| time).min()?;
        let end = if self.is_delivered() {
            self.delivered_at()?.sort_key()?
        } else if self.is_terminal() {
            events().map(|(_, time)| time).max()?
        } else {
            now
        };
        Some(end.since(begin).unwrap_or_default())
    }

    /// Returns what proves the delivery, as far as the provider reports it: the signatory, a document,
    /// the time. `None` where there is neither a name nor a document.
    ///
    /// Names come from Ship24 and TrackingMore, documents from Ship24. GCL's `signedBy` is a source of
    /// data and no person (documented); exporto and 1concepts report none.
    #[must_use]
    pub fn proof_of_delivery(&self) -> Option<ProofOfDelivery<'_>> {
        let events = self
            .legs
            .iter()
            .rev()
            .flat_map(|leg| leg.events.iter().rev());
        let mut kept = events.filter(|event| !event.retracted);
        let of_event = kept.find_map(|event| event.signed_by.as_deref());
        let signed_by = self.signed_by.as_deref().or(of_event);
        let document = self.delivery_document.as_ref();
        (signed_by.is_some() || document.is_some()).then(|| ProofOfDelivery {
            signed_by,
            document,
            time: self.delivered_at(),
        })
    }
}

fn is_delivery(event: &Event) -> bool {
    event.status.status == Status::Delivered
}

fn is_at_courier(event: &Event) -> bool {
    event.status.phase().is_some_and(|phase| phase >= 2)
}

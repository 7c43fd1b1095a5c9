//! From GCL's trackings to the unified model. Pure: no client, no clock, no network.

use std::cmp::Ordering;
use std::mem;

use bytes::Bytes;
use tracking_core::kit::{EventOrder, UnmappedCounter, dated, non_blank};
use tracking_core::model::{Conflict, EtaSource};
use tracking_core::{
    Courier, Eta, Event, Leg, LegRole, Precision, Shipment, Status, StatusReport, Timestamp,
    UtcTime,
};
use tracking_http::Error;
use tracking_http::json::partial::Partial;

use crate::CheckPoint;
use crate::partial::{PartialTracking, read_tracking};
use crate::status_table::map_status;
use crate::status_table::{Descriptions, PROVIDER};

/// Reads a body with a tracking and maps it: what the provider adapter does with a response.
///
/// The body is that of [`Client::get_tracking`](crate::Client::get_tracking), kept by
/// [`Response::body`](crate::Response::body), or one from an archive. A checkpoint that cannot be
/// read is in [`Shipment::problems`] and the rest is kept. Wire values without a row in
/// [`STATUS_TABLE`](crate::STATUS_TABLE) are counted in `unmapped`.
///
/// ```
/// use gcl_sdk::{Descriptions, shipment_from_body, tracking_core::{Status, UtcTime, kit::UnmappedCounter}};
///
/// # fn main() -> Result<(), gcl_sdk::Error> {
/// let body = br#"{"shortUid":"PTS-1","trackingNumber":"QX1","checkpoints":[
///     {"statusUid":"in_transit","description":"Acceptance scan","createdAt":"2026-09-12T06:41:05Z"}]}"#;
/// let unmapped = UnmappedCounter::new();
///
/// let shipment =
///     shipment_from_body(&body.to_vec().into(), Descriptions::Refine, UtcTime::now(), &unmapped)?;
///
/// assert_eq!(shipment.status.status, Status::PickedUp);
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// [`Decode`](crate::ErrorKind::Decode) when the body is not JSON or says nothing of a parcel.
pub fn shipment_from_body(
    body: &Bytes,
    descriptions: Descriptions,
    fetched_at: UtcTime,
    unmapped: &UnmappedCounter,
) -> Result<Shipment, Error> {
    let read = read_tracking(body)?;
    Ok(shipment(read, descriptions, fetched_at, unmapped))
}

/// Maps one tracking, together with the JSON that it came from.
pub(crate) fn shipment(
    read: PartialTracking,
    descriptions: Descriptions,
    fetched_at: UtcTime,
    unmapped: &UnmappedCounter,
) -> Shipment {
    let lacks_checkpoints = read.lacks_checkpoints();
    let PartialTracking {
        tracking,
        checkpoints,
        completeness,
    } = read;
    let Partial {
        value: tracking,
        raw,
        mut problems,
        ..
    } = tracking;
    let number = non_blank(tracking.tracking_number);
    let mut leg = Leg::new(LegRole::Only);
    leg.number.clone_from(&number);
    leg.completeness = completeness;
    leg.courier = courier(tracking.carrier_uid, tracking.carrier_name);
    let mut newest: Option<Expected> = None;
    let mut conflicts = Vec::new();
    leg.events.reserve(checkpoints.len());
    for mut checkpoint in checkpoints {
        let day = expected_day(&mut checkpoint);
        let event = event(
            &mut checkpoint,
            &leg,
            descriptions,
            unmapped,
            &mut conflicts,
        );
        problems.append(&mut checkpoint.problems);
        if let Some(day) = day
            && newest.as_ref().is_none_or(|it| it.is_before(&event))
        {
            let stated_at = event.time.clone();
            newest = Some(Expected { day, stated_at });
        }
        leg.events.push(event);
    }

    // A place holder until the events are in order: there is no status of the whole.
    let unknown = StatusReport::new(Status::Unknown);
    let mut result = Shipment::new(PROVIDER, number.unwrap_or_default(), unknown, fetched_at);
    // Described as the order's short id as well as the response's, so it may be shared by the
    // parcels of an order and cannot be the identity of one.
    result.reference = non_blank(tracking.short_uid);
    result.service = non_blank(tracking.shipment_method_name)
        .or_else(|| non_blank(tracking.shipment_method_uid));
    result.tracking_url = non_blank(tracking.tracking_url);
    let eta = newest.map(|it| Eta::new(EtaSource::Aggregator, it.day, "expectedDeliveryDate"));
    result.etas = eta.into_iter().collect();
    result.problems = problems;
    result.conflicts = conflicts;
    result.raw = raw;
    result.legs = vec![leg];
    // The newest comes first in the documented example, but no order is promised.
    result.finish(EventOrder::ByTime);
    result.derive_status(status_of(&result, lacks_checkpoints));
    result
}

/// The state of the parcel: that of the newest checkpoint (assumed), or none yet. A checkpoint that
/// could not be read may be the newest.
fn status_of(shipment: &Shipment, lacks_checkpoints: bool) -> StatusReport {
    let last = shipment.last_event_status();
    let is_vague = lacks_checkpoints || last.is_none();
    let status = match last {
        Some(last) => last.clone(),
        None if lacks_checkpoints => StatusReport::new(Status::Unknown),
        None => StatusReport::new(Status::Pending),
    };
    let mut status = status.derived_from("checkpoints");
    if is_vague {
        status.precision = Precision::Ambiguous;
    }
    status
}

fn event(
    read: &mut Partial<CheckPoint>,
    leg: &Leg,
    descriptions: Descriptions,
    unmapped: &UnmappedCounter,
    conflicts: &mut Vec<Conflict>,
) -> Event {
    let mut checkpoint = mem::take(&mut read.value);
    // The carrier's own text; the description is one of a few fixed ones.
    let text = non_blank(checkpoint.message.as_ref());
    let description = text.or_else(|| non_blank(checkpoint.description.as_ref()));
    let description = description.cloned();
    let mapped = map_status(&mut checkpoint, descriptions, unmapped);
    conflicts.extend(mapped.conflict);
    let mut event = Event::without_id(mapped.report);
    // A `Z` is a claim: the data provider behind GCL may not know the zone of the place.
    event.time = checkpoint
        .created_at
        .and_then(|time| dated(time.timestamp(), |it| read.report("createdAt", it)));
    event.description = description;
    event.location = non_blank(checkpoint.location);
    event.courier.clone_from(&leg.courier);
    // Documented: who supplied the checkpoint, such as `aftership`. Never the person who signed.
    event.source = non_blank(checkpoint.signed_by);
    event.raw = mem::take(&mut read.raw);
    event
}

/// The expected day of the newest checkpoint that names one (assumed to be the best estimate).
struct Expected {
    day: Timestamp,
    /// The time of that checkpoint.
    stated_at: Option<Timestamp>,
}

impl Expected {
    /// Returns true if an event is newer than the checkpoint. The newest comes first in the documented example,
    /// so of equal times the first stays.
    fn is_before(&self, event: &Event) -> bool {
        match (&event.time, &self.stated_at) {
            (Some(time), Some(known)) => time.compare_within_leg(known) == Some(Ordering::Greater),
            (Some(_), None) => true,
            (None, _) => false,
        }
    }
}

fn expected_day(read: &mut Partial<CheckPoint>) -> Option<Timestamp> {
    let day = read.value.expected_delivery()?;
    dated(day, |it| read.report("expectedDeliveryDate", it))
}

fn courier(uid: Option<String>, name: Option<String>) -> Option<Courier> {
    let (uid, name) = (non_blank(uid), non_blank(name));
    let courier = Courier::new(uid.or_else(|| name.clone())?);
    Some(match name {
        Some(name) => courier.with_name(name),
        None => courier,
    })
}

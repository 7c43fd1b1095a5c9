//! From TrackingMore's trackings to the unified model. Pure: no client, no clock, no network.

use std::mem;

use bytes::Bytes;
use tracking_core::kit::{EventOrder, UnmappedCounter, dated};
use tracking_core::{
    Completeness, Courier, Leg, LegRole, Milestones, Precision, Problem, RawJson, Shipment, Status,
    StatusReport, UtcTime,
};
use tracking_http::Error;
use tracking_http::json::partial::Partial;

use crate::empty::{is_reported, reported};
use crate::legs::{Journey, legs_of};
use crate::partial::{
    names_destination, read_trackings, take_destination_events, take_origin_events,
};
use crate::status_table::{PROVIDER, map_status};
use crate::{CarrierInfo, CreatedTracking, RecordDateTime, TrackInfo, Tracking, TrackingStatus};

/// Reads a body with trackings and maps it: what the provider adapter does with a response.
///
/// The body is that of any operation that returns trackings (a single one, a page of them, a
/// realtime query), kept by [`Response::body`](crate::Response::body), or one from an archive. A
/// tracking or an event that cannot be read is in [`Shipment::problems`] and the rest is kept. Wire
/// values without a row in [`STATUS_TABLE`](crate::STATUS_TABLE) are counted in `unmapped`.
///
/// ```
/// use trackingmore_sdk::{shipments_from_body, tracking_core::{Status, UtcTime, kit::UnmappedCounter}};
///
/// # fn main() -> Result<(), trackingmore_sdk::Error> {
/// let body = br#"{"meta":{"code":200},"data":{"items":[
///     {"tracking_number":"AB12345","carrier_code":"dhl","status":"pickup","substatus":"pickup002"}
/// ]}}"#;
///
/// let shipments = shipments_from_body(&body.to_vec().into(), UtcTime::now(), &UnmappedCounter::new())?;
///
/// assert_eq!(shipments[0].status.status, Status::AvailableForPickup);
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// [`Decode`](crate::ErrorKind::Decode) when the body is not JSON or holds no trackings; the kind of
/// the code when `meta.code` is none of a success.
pub fn shipments_from_body(
    body: &Bytes,
    fetched_at: UtcTime,
    unmapped: &UnmappedCounter,
) -> Result<Vec<Shipment>, Error> {
    let trackings = read_trackings(body)?.list.into_elements()?;
    Ok(trackings
        .into_iter()
        .map(|tracking| shipment(tracking, fetched_at, unmapped))
        .collect())
}

/// Maps one tracking, together with the JSON that it came from.
pub(crate) fn shipment(
    mut tracking: Partial<Tracking>,
    fetched_at: UtcTime,
    unmapped: &UnmappedCounter,
) -> Shipment {
    let names_destination = names_destination(&tracking);
    let (origin_events, of_origin) = take_origin_events(&mut tracking);
    let (destination_events, of_destination) = take_destination_events(&mut tracking);
    let is_damaged = !tracking.problems.is_empty();
    let mut read = tracking;
    let tracking = mem::take(&mut read.value);
    let mut conflicts = Vec::new();
    let main = reported_status(tracking.status.as_ref());
    let substatus = tracking.substatus.as_ref();
    let substatus = substatus.filter(|substatus| is_reported(substatus.as_str()));
    let status = if main.is_some() || substatus.is_some() {
        let mapped = map_status(main, substatus, None, unmapped);
        conflicts.extend(mapped.conflict);
        mapped.report
    } else {
        let events = destination_events.iter().chain(&origin_events);
        let events = events.map(|event| &event.value);
        status_without_one(events, is_damaged, unmapped)
    };
    let number = reported(tracking.tracking_number);
    let mut result = Shipment::new(
        PROVIDER,
        number.clone().unwrap_or_default(),
        status,
        fetched_at,
    );
    let destination_number = reported(tracking.destination_track_number);
    result.linked_numbers = linked_numbers(
        &result.number,
        [
            destination_number.clone(),
            reference_number(tracking.origin_info.as_ref()),
            reference_number(tracking.destination_info.as_ref()),
        ],
    );
    result.id = reported(tracking.id.map(Into::into));
    result.reference = reported(tracking.order_id);
    let mut instant = |time: Option<RecordDateTime>, key| {
        instant(time.as_ref()?, |message| read.report(key, message))
    };
    result.registered_at = instant(tracking.created_at, "created_at");
    result.freshness.provider_updated_at = instant(tracking.updated_at, "updated_at");
    result.origin_country = reported(tracking.original_country);
    result.destination_country =
        reported(tracking.destination_country).or_else(|| reported(tracking.destination_code));
    result.service = reported(tracking.service_code);
    result.signed_by = reported(tracking.singed_by);
    let journey = Journey {
        origin: tracking.origin_info,
        origin_events,
        destination: tracking.destination_info,
        destination_events,
        carrier: reported(tracking.carrier_code),
        number,
        destination_number,
    };
    result.legs = legs_of(journey, &mut read, unmapped, &mut conflicts);
    match result.legs.as_mut_slice() {
        [origin, destination] => {
            origin.completeness = of_origin;
            destination.completeness = of_destination;
        }
        legs => {
            legs.iter_mut().for_each(|leg| leg.completeness = of_origin);
            // The other leg is reported and cannot be read.
            if names_destination && !of_destination.is_complete() {
                result.completeness = Completeness::Partial;
            }
        }
    }
    result.problems = read.problems;
    result.raw = read.raw;
    result.milestones = claimed(&result.legs);
    result.conflicts = conflicts;
    // Observed in every known response, and not documented: the newest event comes first.
    // The API knows trackings by number and carrier, never by this id.
    result.can_ask_by_id = false;
    result.finish(EventOrder::NewestFirst);
    // Observed: false once it is finished, for whatever reason.
    let ended = result.is_terminal();
    result.provider_gave_up = tracking.track_update.map(|updates| !updates && !ended);
    result
}

/// Maps what a registration responds with: a shipment of which nothing is known yet.
pub(crate) fn created(
    tracking: CreatedTracking,
    raw: RawJson,
    fetched_at: UtcTime,
    unmapped: &UnmappedCounter,
) -> Shipment {
    let status = match reported_status(tracking.status.as_ref()) {
        Some(status) => map_status(Some(status), None, None, unmapped).report,
        None => no_status(),
    };
    let number = reported(tracking.tracking_number);
    let mut result = Shipment::new(
        PROVIDER,
        number.clone().unwrap_or_default(),
        status,
        fetched_at,
    );
    result.id = reported(tracking.id.map(Into::into));
    result.reference = reported(tracking.order_id);
    let created_at = tracking.created_at.as_ref();
    result.registered_at = created_at.and_then(|time| {
        let path = "data.created_at";
        instant(time, |message| {
            result.problems.push(Problem::new(path, message));
        })
    });
    result.destination_country = reported(tracking.destination);
    result.raw = raw;
    // As in a tracking that is read.
    result.can_ask_by_id = false;
    let mut leg = Leg::new(LegRole::Only);
    leg.number = number;
    leg.courier = reported(tracking.carrier_code).map(Courier::new);
    result.legs = vec![leg];
    result
}

/// The status of a tracking without one. Assumed never to occur in a response of TrackingMore: the
/// newest event's status is used instead, and without events nothing is known yet, or nothing can be
/// read.
fn status_without_one<'a>(
    mut events: impl Iterator<Item = &'a TrackInfo>,
    is_damaged: bool,
    unmapped: &UnmappedCounter,
) -> StatusReport {
    match events.find(|event| reported_status(event.checkpoint_status.as_ref()).is_some()) {
        Some(event) => {
            let (status, substatus) = (event.checkpoint_status.as_ref(), event.substatus.as_ref());
            map_status(status, substatus, None, unmapped)
                .report
                .derived_from("trackinfo[].checkpoint_status")
        }
        None if is_damaged => StatusReport::new(Status::Unknown).derived_from("status"),
        None => no_status(),
    }
}

fn no_status() -> StatusReport {
    let mut report = StatusReport::new(Status::Pending).derived_from("status");
    report.precision = Precision::Ambiguous;
    report
}

/// The claims of all legs; of a status that both claim, that of the earlier leg.
fn claimed(legs: &[Leg]) -> Milestones {
    let mut milestones = Milestones::new();
    for (status, time) in legs.iter().flat_map(|leg| &leg.milestones.claimed) {
        let entry = milestones.claimed.entry(status.clone());
        entry.or_insert_with(|| time.clone());
    }
    milestones
}

fn reference_number(info: Option<&CarrierInfo>) -> Option<String> {
    reported(info?.reference_number.clone())
}

fn linked_numbers(number: &str, others: impl IntoIterator<Item = Option<String>>) -> Vec<String> {
    let mut linked: Vec<String> = Vec::new();
    for other in others.into_iter().flatten() {
        let is_known = other.eq_ignore_ascii_case(number) || linked.contains(&other);
        if !is_known {
            linked.push(other);
        }
    }
    linked
}

/// The clock of the machine, with an offset that varies: a proven instant.
fn instant(time: &RecordDateTime, report: impl FnOnce(String)) -> Option<UtcTime> {
    dated(time.timestamp(), report)?.instant()
}

/// A status that was reported: `""` and the string `null` mean none here as well.
fn reported_status(status: Option<&TrackingStatus>) -> Option<&TrackingStatus> {
    status.filter(|status| is_reported(status.as_str()))
}

#[cfg(test)]
mod tests;

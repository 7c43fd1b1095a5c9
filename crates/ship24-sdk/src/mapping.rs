//! From Ship24's trackings to the unified model. Pure: no client, no clock, no network.

use std::mem;

use bytes::Bytes;
use tracking_core::kit::{EventOrder, UnmappedCounter, dated};
use tracking_core::model::EtaSource;
use tracking_core::{Eta, Milestones, Precision, Shipment, Status, StatusReport, UtcTime};
use tracking_http::Error;
use tracking_http::json::partial::Partial;

use crate::legs::legs_of;
use crate::partial::{read_trackings, take_events};
use crate::status_table::{PROVIDER, map_status};
use crate::{Delivery, DeliveryWindow, LogisticDateTime, MilestoneTimestamps, Tracking};

/// Reads a body with trackings and maps it: what the provider adapter does with a response.
///
/// The body is that of any operation that returns trackings, kept by
/// [`Response::body`](crate::Response::body), or one from an archive. A tracking or an event that
/// cannot be read is in [`Shipment::problems`] and the rest is kept. Wire values without a row in
/// [`STATUS_TABLE`](crate::STATUS_TABLE) are counted in `unmapped`.
///
/// ```
/// use ship24_sdk::{shipments_from_body, tracking_core::{Status, UtcTime, kit::UnmappedCounter}};
///
/// # fn main() -> Result<(), ship24_sdk::Error> {
/// let body = br#"{"data":{"trackings":[{
///     "tracker":{"trackerId":"t-1","trackingNumber":"AB12345"},
///     "shipment":{"statusMilestone":"out_for_delivery"},"events":[]}]}}"#;
///
/// let shipments = shipments_from_body(&body.to_vec().into(), UtcTime::now(), &UnmappedCounter::new())?;
///
/// assert_eq!(shipments[0].status.status, Status::OutForDelivery);
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// [`Decode`](crate::ErrorKind::Decode) when the body is not JSON, has no `data.trackings`, or holds nothing
/// there that can be read.
pub fn shipments_from_body(
    body: &Bytes,
    fetched_at: UtcTime,
    unmapped: &UnmappedCounter,
) -> Result<Vec<Shipment>, Error> {
    let trackings = read_trackings(body)?.into_elements()?;
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
    let (events, completeness) = take_events(&mut tracking);
    let Tracking {
        metadata,
        tracker,
        shipment,
        statistics,
        ..
    } = mem::take(&mut tracking.value);
    let tracker = tracker.unwrap_or_default();
    let parcel = shipment.unwrap_or_default();

    let mut conflicts = Vec::new();
    let (milestone, category, code) = (
        parcel.status_milestone.as_ref(),
        parcel.status_category.as_ref(),
        parcel.status_code.as_ref(),
    );
    let status = if milestone.is_some() || category.is_some() || code.is_some() {
        let mapped = map_status(milestone, category, code, None, unmapped);
        conflicts.extend(mapped.conflict);
        mapped.report
    } else {
        status_without_shipment(&events, unmapped)
    };

    let linked: Vec<String> = parcel
        .tracking_numbers
        .into_iter()
        .filter_map(|number| number.tn)
        .collect();
    let number = tracker
        .tracking_number
        .or_else(|| linked.first().cloned())
        .or_else(|| {
            events
                .iter()
                .find_map(|event| event.value.tracking_number.clone())
        })
        .unwrap_or_default();

    let mut result = Shipment::new(PROVIDER, number, status, fetched_at);
    // Ship24 upper-cases numbers, so they compare without case.
    result.linked_numbers = linked
        .into_iter()
        .filter(|other| !other.eq_ignore_ascii_case(&result.number))
        .collect();
    result.id = tracker.tracker_id.map(Into::into);
    result.reference = tracker.client_tracker_id;
    result.registered_at = tracker.created_at.and_then(|time| {
        let time = dated(time.timestamp(), |it| {
            tracking.report("tracker.createdAt", it);
        });
        time?.instant()
    });
    result.origin_country = parcel.origin_country_code;
    result.destination_country = parcel.destination_country_code;
    if let Some(mut delivery) = parcel.delivery {
        result.service = delivery.service.take();
        result.signed_by = delivery.signed_by.take();
        result.etas = etas(delivery, &mut tracking);
    }
    let generated_at = metadata.and_then(|metadata| metadata.generated_at);
    result.freshness.provider_updated_at = generated_at.and_then(|time| {
        let time = dated(time.timestamp(), |it| {
            tracking.report("metadata.generatedAt", it);
        });
        time?.instant()
    });
    if let Some(timestamps) = statistics.and_then(|statistics| statistics.timestamps) {
        result.milestones = claimed_milestones(timestamps, &mut tracking);
    }
    result.legs = legs_of(events, unmapped, &mut conflicts, &mut tracking.problems);
    // The legs are made of one list: an event that is missing from it may be of any of them, or of another.
    result.completeness = completeness;
    for leg in &mut result.legs {
        leg.completeness = completeness;
    }
    result.conflicts = conflicts;
    result.problems = tracking.problems;
    result.raw = tracking.raw;
    // Documented: the newest event comes first; `order`, where every event has it, decides.
    result.finish(EventOrder::OldestFirst);
    // Stopped for another reason than the end of the journey: archived, inactive, unsubscribed.
    let ended = result.is_terminal();
    result.provider_gave_up = tracker.is_tracked.map(|tracked| !tracked && !ended);
    result
}

/// The status of a tracking without a shipment, or without a status in it.
///
/// Assumed: neither occurs in Ship24's material. The newest event's milestone is the shipment's
/// milestone at that time (documented), so it is used instead; without events nothing is known yet.
fn status_without_shipment(
    events: &[Partial<crate::Event>],
    unmapped: &UnmappedCounter,
) -> StatusReport {
    let mut events = events.iter().map(|event| &event.value);
    match events.find(|event| event.status_milestone.is_some()) {
        Some(event) => map_status(event.status_milestone.as_ref(), None, None, None, unmapped)
            .report
            .derived_from("events[].statusMilestone"),
        None => {
            let mut report = StatusReport::new(Status::Pending).derived_from("shipment");
            report.precision = Precision::Ambiguous;
            report
        }
    }
}

/// The three estimates, each with who makes it.
fn etas(delivery: Delivery, tracking: &mut Partial<Tracking>) -> Vec<Eta> {
    let mut read = |time: Option<LogisticDateTime>, field: &str, key: &str| {
        dated(time?.timestamp(), |message| {
            let keys = format!("shipment.delivery.{field}{key}");
            tracking.report(&keys, message);
        })
    };
    let mut etas = Vec::new();
    let field = "estimatedDeliveryDate";
    if let Some(time) = read(delivery.estimated_delivery_date, field, "") {
        etas.push(Eta::new(EtaSource::Aggregator, time, field));
    }
    let windows = [
        (
            delivery.courier_estimated_delivery_date,
            EtaSource::Courier,
            "courierEstimatedDeliveryDate",
        ),
        (
            delivery.ai_predictive_delivery_date,
            EtaSource::Predicted,
            "aiPredictiveDeliveryDate",
        ),
    ];
    for (window, source, field) in windows {
        let Some(DeliveryWindow { from, to, .. }) = window else {
            continue;
        };
        let (from, to) = (read(from, field, ".from"), read(to, field, ".to"));
        etas.extend(match (from, to) {
            (Some(from), Some(to)) => Some(Eta::new(source, from, field).with_end(to)),
            (Some(time), None) | (None, Some(time)) => Some(Eta::new(source, time, field)),
            (None, None) => None,
        });
    }
    etas
}

/// When Ship24 says that each milestone was reached. It gives none for `pending`.
fn claimed_milestones(
    timestamps: MilestoneTimestamps,
    tracking: &mut Partial<Tracking>,
) -> Milestones {
    let mut milestones = Milestones::new();
    let claims = [
        (
            Status::InfoReceived,
            timestamps.info_received_datetime,
            "infoReceivedDatetime",
        ),
        (
            Status::InTransit,
            timestamps.in_transit_datetime,
            "inTransitDatetime",
        ),
        (
            Status::OutForDelivery,
            timestamps.out_for_delivery_datetime,
            "outForDeliveryDatetime",
        ),
        (
            Status::AttemptFailed,
            timestamps.failed_attempt_datetime,
            "failedAttemptDatetime",
        ),
        (
            Status::AvailableForPickup,
            timestamps.available_for_pickup_datetime,
            "availableForPickupDatetime",
        ),
        (
            Status::Exception,
            timestamps.exception_datetime,
            "exceptionDatetime",
        ),
        (
            Status::Delivered,
            timestamps.delivered_datetime,
            "deliveredDatetime",
        ),
    ];
    for (status, time, key) in claims {
        let time = time.and_then(|time| {
            dated(time.timestamp(), |message| {
                tracking.report(&format!("statistics.timestamps.{key}"), message);
            })
        });
        if let Some(time) = time {
            milestones.claimed.insert(status, time);
        }
    }
    milestones
}

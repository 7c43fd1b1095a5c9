//! The two parts of a journey: what the carrier of the sender reports, and that of the recipient.

use std::mem;

use tracking_core::kit::{UnmappedCounter, dated};
use tracking_core::model::Conflict;
use tracking_core::time::TimeKind;
use tracking_core::{Courier, Event, Leg, LegRole, Milestones, Status, Timestamp};
use tracking_http::json::partial::Partial;

use crate::empty::reported;
use crate::status_table::map_status;
use crate::{CarrierInfo, EventDateTime, TrackInfo, Tracking};

/// What is known of a journey before its legs are made.
pub(crate) struct Journey {
    pub(crate) origin: Option<CarrierInfo>,
    /// In the order of the response.
    pub(crate) origin_events: Vec<Partial<TrackInfo>>,
    pub(crate) destination: Option<CarrierInfo>,
    /// In the order of the response.
    pub(crate) destination_events: Vec<Partial<TrackInfo>>,
    /// The carrier under which the number is registered.
    pub(crate) carrier: Option<String>,
    pub(crate) number: Option<String>,
    /// The number at the carrier of the destination, where that is another one.
    pub(crate) destination_number: Option<String>,
}

/// Makes a leg of each part that says anything; events stay in the order of the response.
///
/// A `destination_info` that is null, absent or empty means that one carrier does all of it. Events
/// that both carriers report stay in both legs: the scan is the same, the report is not.
pub(crate) fn legs_of(
    journey: Journey,
    read: &mut Partial<Tracking>,
    unmapped: &UnmappedCounter,
    conflicts: &mut Vec<Conflict>,
) -> Vec<Leg> {
    let mut origin = Leg::new(LegRole::Only);
    origin.number = journey.number;
    origin.courier = journey.carrier.map(Courier::new);
    fill(
        &mut origin,
        journey.origin.unwrap_or_default(),
        ("origin", journey.origin_events),
        read,
        unmapped,
        conflicts,
    );
    let mut destination = Leg::new(LegRole::Destination);
    destination.number = journey.destination_number;
    fill(
        &mut destination,
        journey.destination.unwrap_or_default(),
        ("destination", journey.destination_events),
        read,
        unmapped,
        conflicts,
    );
    if is_blank(&destination) {
        return vec![origin];
    }
    origin.role = LegRole::Origin;
    vec![origin, destination]
}

/// Fills a leg of that name, which begins the keys of its problems.
fn fill(
    leg: &mut Leg,
    info: CarrierInfo,
    (name, events): (&str, Vec<Partial<TrackInfo>>),
    read: &mut Partial<Tracking>,
    unmapped: &UnmappedCounter,
    conflicts: &mut Vec<Conflict>,
) {
    leg.milestones = claimed_milestones(&info, name, read);
    if let Some(carrier) = reported(info.carrier_code) {
        leg.courier = Some(Courier::new(carrier));
    }
    leg.events.reserve(events.len());
    for mut of_event in events {
        let mut event = unified(&mut of_event, unmapped, conflicts);
        read.problems.append(&mut of_event.problems);
        event.courier.clone_from(&leg.courier);
        leg.events.push(event);
    }
}

fn is_blank(leg: &Leg) -> bool {
    leg.courier.is_none() && leg.events.is_empty() && leg.milestones.is_empty()
}

/// When the carrier says that each stage was reached.
///
/// Six stages on the wire are two statuses of the model, so of those that mean "in transit" the
/// earliest stage counts that has a time. Claims may be wrong by weeks and contradict their own
/// order; the computed milestones are beside them.
fn claimed_milestones(info: &CarrierInfo, leg: &str, read: &mut Partial<Tracking>) -> Milestones {
    let mut time = |(time, key): (&Option<EventDateTime>, &str)| {
        let time = dated(timestamp(time.as_ref()?)?, |message| {
            read.report(&format!("{leg}_info.{key}"), message);
        });
        // One third-party schema allows a boolean here, which is no time.
        time.filter(|time| time.kind() != TimeKind::Unparsed)
    };
    let on_the_way = [
        (&info.item_dispatched, "ItemDispatched"),
        (&info.departfrom_airport, "DepartfromAirport"),
        (&info.arrivalfrom_abroad, "ArrivalfromAbroad"),
        (&info.customs_clearance, "CustomsClearance"),
        (&info.destination_arrived, "DestinationArrived"),
    ];
    let claims = [
        (
            Status::PickedUp,
            time((&info.item_received, "ItemReceived")),
        ),
        (Status::InTransit, on_the_way.into_iter().find_map(time)),
    ];
    let mut milestones = Milestones::new();
    for (status, time) in claims {
        if let Some(time) = time {
            milestones.claimed.insert(status, time);
        }
    }
    milestones
}

fn unified(
    read: &mut Partial<TrackInfo>,
    unmapped: &UnmappedCounter,
    conflicts: &mut Vec<Conflict>,
) -> Event {
    let event = mem::take(&mut read.value);
    let mapped = map_status(
        event.checkpoint_status.as_ref(),
        event.substatus.as_ref(),
        event.status_description.as_deref(),
        unmapped,
    );
    conflicts.extend(mapped.conflict);
    let mut unified = Event::without_id(mapped.report);
    let time = event.date.as_ref().and_then(timestamp);
    unified.time = time.and_then(|time| dated(time, |it| read.report("Date", it)));
    unified.location = location(event.details, event.city, event.country_iso2);
    unified.description = reported(event.status_description);
    unified.raw = mem::take(&mut read.raw);
    unified
}

/// `Details` holds the place in most responses, and more in some.
fn location(
    details: Option<String>,
    city: Option<String>,
    country: Option<String>,
) -> Option<String> {
    reported(details).or_else(|| match (reported(city), reported(country)) {
        (Some(city), Some(country)) => Some(format!("{city}, {country}")),
        (city, country) => city.or(country),
    })
}

/// Local time of an unknown zone, with or without seconds: no instant, also with a `Z`. A numeric
/// offset is another matter: assumed to be that of the place, and never seen.
fn timestamp(time: &EventDateTime) -> Option<Timestamp> {
    let text = time.as_str().trim();
    (!text.is_empty()).then(|| Timestamp::parse_local_documented(text))
}

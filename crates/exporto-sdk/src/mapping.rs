//! From a shipment of exporto to the unified model. Pure: no client, no clock, no network.

use bytes::Bytes;
use tracking_core::kit::{EventOrder, Fields, UnmappedCounter, dated, non_blank};
use tracking_core::model::{Conflict, ConflictKind};
use tracking_core::time::TimeKind;
use tracking_core::{
    Completeness, Direction, Event, EventKey, Leg, LegRole, Origin, Precision, Problem, RawJson,
    RawStatus, Status, StatusReport, Timestamp, UtcTime,
};
use tracking_http::Error;
use tracking_http::json::partial::Partial;

use crate::partial::check_is_shipment;
use crate::status_table::{PROVIDER, STATUS_TABLE, map_status};
use crate::{CarrierState, FactTime, Shipment, ShipmentStatus, ShipmentType};

/// Reads the body of one shipment and maps it: what the provider adapter does with a response.
///
/// The body is that of [`get_shipment`](crate::Client::get_shipment), kept by
/// [`Response::body`](crate::Response::body), or one from an archive. A field that cannot be read is in
/// [`problems`](tracking_core::Shipment::problems) and the rest is kept. States without a row in
/// [`STATUS_TABLE`](crate::STATUS_TABLE) are counted in `unmapped`.
///
/// ```
/// use exporto_sdk::{shipment_from_body, tracking_core::{Status, UtcTime, kit::UnmappedCounter}};
///
/// # fn main() -> Result<(), exporto_sdk::Error> {
/// let body = br#"{"shipmentId":"parcel-11","carrierReceivedAt":"2026-10-06T06:10:00Z"}"#;
///
/// let shipment = shipment_from_body(&body.to_vec().into(), UtcTime::now(), &UnmappedCounter::new())?;
///
/// assert_eq!(shipment.status.status, Status::InTransit);
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// [`Decode`](crate::ErrorKind::Decode) when the body is not JSON or holds nothing of a shipment.
pub fn shipment_from_body(
    body: &Bytes,
    fetched_at: UtcTime,
    unmapped: &UnmappedCounter,
) -> Result<tracking_core::Shipment, Error> {
    let read = Partial::<Shipment>::from_body(body)?;
    check_is_shipment(&read.value, body)?;
    let mut shipment = self::shipment(read.value, read.raw, fetched_at, unmapped);
    if !read.problems.is_empty() {
        mark_partial(&mut shipment);
    }
    shipment.problems.splice(0..0, read.problems);
    Ok(shipment)
}

/// Notes that a field which could not be read may be a fact.
fn mark_partial(shipment: &mut tracking_core::Shipment) {
    for leg in &mut shipment.legs {
        leg.completeness = Completeness::Partial;
    }
}

/// Maps one shipment, together with the JSON that it came from.
pub(crate) fn shipment(
    shipment: Shipment,
    raw: RawJson,
    fetched_at: UtcTime,
    unmapped: &UnmappedCounter,
) -> tracking_core::Shipment {
    let mut problems = Vec::new();
    let facts = facts_of(&shipment, &mut problems, unmapped);
    let (status, conflict) = status_of(&shipment, &facts, unmapped);
    let direction = direction_of(shipment.type_.as_ref(), unmapped);

    let mut numbers = numbers_of(shipment, direction);
    let id = numbers.shipment_id.take();
    let mut leg = Leg::new(LegRole::Only);
    leg.number = numbers.tracking.first().cloned();
    if leaves_out_facts(&facts) {
        leg.completeness = Completeness::Partial;
    }
    leg.events = facts.into_iter().map(Fact::into_event).collect();

    let mut numbers = numbers.tracking.into_iter();
    let number = numbers.next().unwrap_or_default();
    let mut result = tracking_core::Shipment::new(PROVIDER, number, status, fetched_at);
    result.linked_numbers = numbers.collect();
    result.id = id;
    result.direction = direction;
    result.legs = vec![leg];
    if !problems.is_empty() {
        mark_partial(&mut result);
    }
    result.problems = problems;
    result.conflicts.extend(conflict);
    result.raw = raw;
    // The order of the documented chain, which times may contradict.
    result.finish(EventOrder::OldestFirst);
    result
}

/// One of the four facts, as far as it is reported.
struct Fact {
    /// The field that reports it.
    field: &'static str,
    /// Its name, which is the same whichever field reports it.
    key: &'static str,
    time: Option<Timestamp>,
    report: StatusReport,
}

/// The documented chain of the facts, which their times may contradict.
const CHAIN: [&str; 4] = [
    "processed",
    "declared",
    "carrierReceived",
    "carrierDelivered",
];

impl Fact {
    /// The key is the fact itself, without its time: a fact happens once, so a corrected time, or one that
    /// comes after the bare state, belongs to the same event.
    fn into_event(self) -> Event {
        let mut event = Event::new(EventKey::from_provider_id(self.key), self.report);
        event.time = self.time;
        let place = CHAIN.iter().position(|key| *key == self.key);
        event.order = place.and_then(|place| i64::try_from(place).ok());
        event.origin = Origin::Derived(self.field.into());
        event
    }
}

/// Returns true if a later fact implies one that is not reported: what was handed over was processed before,
/// and what was delivered was handed over. Then the response leaves facts out (observed: samples without
/// `processedAt`, and search results without any date), and does not take them back. Not every parcel is
/// declared, so a missing `declaredAt` implies nothing.
fn leaves_out_facts(facts: &[Fact]) -> bool {
    let has = |key: &str| facts.iter().any(|fact| fact.key == key);
    !facts.is_empty() && !has("processed") || has("carrierDelivered") && !has("carrierReceived")
}

/// The facts that are reported, in the order of the documented chain: processed, cleared through customs, with
/// the carrier, delivered.
fn facts_of(
    shipment: &Shipment,
    problems: &mut Vec<Problem>,
    unmapped: &UnmappedCounter,
) -> Vec<Fact> {
    let mut dated = |key, field: &'static str, time: &Option<FactTime>| {
        let text = time.as_ref().map(FactTime::as_str)?;
        let time = readable(field, text, problems)?;
        let report = map_status(field, text, unmapped).report.derived_from(field);
        Some(Fact {
            field,
            key,
            time: Some(time),
            report,
        })
    };
    let processed = dated("processed", "processedAt", &shipment.processed_at);
    let declared = dated("declared", "declaredAt", &shipment.declared_at);
    let received = dated(
        "carrierReceived",
        "carrierReceivedAt",
        &shipment.carrier_received_at,
    );
    let delivered = dated(
        "carrierDelivered",
        "carrierDeliveredAt",
        &shipment.carrier_delivered_at,
    );
    let status = shipment.status.as_ref().map(ShipmentStatus::as_str);
    let state = shipment.carrier_state.as_ref().map(CarrierState::as_str);
    [
        processed.or_else(|| undated("processed", "status", status)),
        declared,
        received,
        delivered.or_else(|| undated("carrierDelivered", "carrierState", state)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A fact that only a state reports (observed: `processed` without any date). It has no time, and gets none.
fn undated(key: &'static str, field: &'static str, state: Option<&str>) -> Option<Fact> {
    let state = non_blank(state)?;
    // A value without a row is counted where the status is made.
    let raw = RawStatus::new(state.to_owned());
    let mapped = STATUS_TABLE.report(raw, &Fields::new(field));
    mapped.unmapped.is_empty().then(|| Fact {
        field,
        key,
        time: None,
        report: mapped.report.derived_from(field),
    })
}

/// The time of a fact. What is no time states no fact: a parcel must not be delivered by `n/a`.
fn readable(field: &'static str, text: &str, problems: &mut Vec<Problem>) -> Option<Timestamp> {
    let text = non_blank(Some(text))?;
    let mut report = |message: String| {
        let raw = RawJson::from_string(serde_json::Value::from(text).to_string());
        problems.push(Problem::new(field, message).with_raw(raw));
    };
    let time = dated(Timestamp::parse(text), &mut report)?;
    if time.kind() == TimeKind::Unparsed {
        report("is no date-time".to_owned());
        return None;
    }
    Some(time)
}

/// The status of the shipment: the furthest fact, which exporto does not state as such.
fn status_of(
    shipment: &Shipment,
    facts: &[Fact],
    unmapped: &UnmappedCounter,
) -> (StatusReport, Option<Conflict>) {
    let status = shipment.status.as_ref().map(ShipmentStatus::as_str);
    let state = shipment.carrier_state.as_ref().map(CarrierState::as_str);
    let mut raw = RawStatus::default();
    raw.main = shipment.status.as_ref().map(ShipmentStatus::to_cow);
    raw.fine = shipment.carrier_state.as_ref().map(CarrierState::to_cow);
    let fields = Fields::new("status").fine("carrierState");
    let mapped = STATUS_TABLE.report(raw, &fields);
    unmapped.record_all(&PROVIDER, &mapped.unmapped);
    let has_unknown = !mapped.unmapped.is_empty();

    let Some(furthest) = facts.last() else {
        let has_state = non_blank(status).or(non_blank(state)).is_some();
        // Registered, or reported only in part: exporto has no state for it.
        let report = if has_state {
            mapped.report
        } else {
            mapped.report.derived_from("shipment")
        };
        return (report, None);
    };
    // Everything but the raw values is that of the fact.
    let mut report = mapped.report;
    let of_fact = &furthest.report;
    report.status.clone_from(&of_fact.status);
    report.detail.clone_from(&of_fact.detail);
    report.reason.clone_from(&of_fact.reason);
    report.precision = of_fact.precision;
    report.origin.clone_from(&of_fact.origin);
    if has_unknown {
        report.precision = report.precision.max(Precision::Coarse);
    }
    let conflict = (report.status == Status::Delivered)
        .then_some(non_blank(state))
        .flatten()
        .filter(|state| STATUS_TABLE.find("carrierState", state).is_none())
        .map(|state| {
            let message = format!(
                "delivered by `{}`, and the carrier's state is `{state}`",
                furthest.field
            );
            Conflict::new(ConflictKind::FactVsState, message)
        });
    (report, conflict)
}

/// The type gives the direction and nothing else: a planned return is not under way back.
fn direction_of(kind: Option<&ShipmentType>, unmapped: &UnmappedCounter) -> Direction {
    let Some(kind) = non_blank(kind) else {
        return Direction::Unknown;
    };
    if STATUS_TABLE.find("type", kind.as_str()).is_none() {
        unmapped.record(&PROVIDER, "type", kind.as_str());
    }
    match kind.as_str().trim() {
        text if text.eq_ignore_ascii_case("inbound") => Direction::Inbound,
        text if text.eq_ignore_ascii_case("outbound") => Direction::Outbound,
        _ => Direction::Unknown,
    }
}

/// What a shipment can be named by.
struct Numbers {
    shipment_id: Option<String>,
    /// Without empty ones and repeats; first the one of the own direction.
    tracking: Vec<String>,
}

fn numbers_of(shipment: Shipment, direction: Direction) -> Numbers {
    let outbound = shipment.foreign_outbound_tracking_id;
    let inbound = shipment.foreign_inbound_tracking_id;
    let domestic = shipment.domestic_inbound_tracking_id;
    let numbers = match direction {
        Direction::Inbound => [inbound, domestic, outbound],
        _ => [outbound, inbound, domestic],
    };
    let mut tracking: Vec<String> = Vec::with_capacity(numbers.len());
    for number in numbers.into_iter().filter_map(non_blank) {
        if !tracking
            .iter()
            .any(|known| known.eq_ignore_ascii_case(&number))
        {
            tracking.push(number);
        }
    }
    Numbers {
        shipment_id: shipment.shipment_id.map(Into::into),
        tracking,
    }
}

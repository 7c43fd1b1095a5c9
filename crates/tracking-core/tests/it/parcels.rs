//! Short constructors of shipments, legs and events for the tests.

use tracking_core::{
    Courier, Event, EventKey, Leg, LegRole, ProviderId, RawStatus, Shipment, Status, StatusReport,
    Timestamp, UtcTime,
};

/// The provider of all test shipments.
pub(crate) const PROVIDER: ProviderId = ProviderId::new("testpost");

/// A point in time on the clock of the machine or of the provider.
pub(crate) fn at(seconds: i64) -> UtcTime {
    UtcTime::from_unix_seconds(1_760_000_000 + seconds).unwrap()
}

pub(crate) fn report(status: Status) -> StatusReport {
    let raw = RawStatus::new(status.as_str().to_owned());
    let mut report = StatusReport::new(status);
    report.raw = raw;
    report.mapping_version = 1;
    report
}

/// A shipment fetched at a second, with one leg.
pub(crate) fn parcel(status: Status, fetched: i64, events: Vec<Event>) -> Shipment {
    let mut shipment = Shipment::new(PROVIDER, "TP0001", report(status), at(fetched));
    shipment.legs.push(leg("testpost", LegRole::Only, events));
    shipment
}

pub(crate) fn leg(courier: &str, role: LegRole, events: Vec<Event>) -> Leg {
    let mut leg = Leg::new(role);
    leg.courier = Some(Courier::new(courier));
    leg.number = Some("TP0001".to_owned());
    leg.events = events;
    leg
}

/// An event with the provider's id.
pub(crate) fn event(id: &str, time: &str, status: Status, text: &str) -> Event {
    let mut event = Event::new(EventKey::from_provider_id(id), report(status));
    event.time = Some(Timestamp::parse(time));
    event.description = Some(text.to_owned());
    event
}

/// An event without an id, which gets its key from its content.
pub(crate) fn content_event(time: &str, code: &str, text: &str) -> Event {
    let mut status = StatusReport::new(Status::InTransit);
    status.raw = RawStatus::new(None).with_fine(code.to_owned());
    let mut event = Event::without_id(status);
    event.time = Some(Timestamp::parse(time));
    event.description = Some(text.to_owned());
    event
}

pub(crate) fn keys(shipment: &Shipment) -> Vec<&str> {
    shipment
        .legs
        .iter()
        .flat_map(|leg| &leg.events)
        .map(|event| event.key.as_str())
        .collect()
}

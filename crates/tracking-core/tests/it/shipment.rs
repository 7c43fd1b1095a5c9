//! What follows from the parts of a shipment.

use std::time::Duration;

use tracking_core::kit::EventOrder;
use tracking_core::model::{AttentionLimits, ConflictKind, EtaSource};
use tracking_core::{
    Completeness, Courier, Eta, Event, EventKey, Leg, LegRole, Precision, Problem, ProviderId,
    RawJson, RawStatus, Shipment, Status, StatusReport, Timestamp, UtcTime,
};

const HOUR: Duration = Duration::from_secs(60 * 60);

fn now() -> UtcTime {
    "2025-12-10T12:00:00Z".parse().unwrap()
}

fn shipment(status: Status) -> Shipment {
    Shipment::new(
        ProviderId::new("sample"),
        "ABC123",
        StatusReport::new(status),
        now(),
    )
}

fn event(status: Status, time: &str) -> Event {
    let mut event = Event::new(EventKey::from_provider_id(time), StatusReport::new(status));
    event.time = Some(Timestamp::parse(time));
    event
}

fn leg(role: LegRole, events: Vec<Event>) -> Leg {
    let mut leg = Leg::new(role);
    leg.events = events;
    leg
}

fn kinds(shipment: &Shipment) -> Vec<ConflictKind> {
    shipment
        .conflicts
        .iter()
        .map(|conflict| conflict.kind)
        .collect()
}

#[test]
fn finished_shipment_is_ordered_and_computed() {
    let mut shipment = shipment(Status::Delivered);
    shipment.legs = vec![leg(
        LegRole::Only,
        vec![
            event(Status::Delivered, "2025-12-05T10:00:00"),
            event(Status::InTransit, "2025-12-04T10:00:00"),
            event(Status::InTransit, "2025-12-04T10:00:00"),
        ],
    )];

    shipment.finish(EventOrder::NewestFirst);

    let times: Vec<&str> = shipment
        .events()
        .iter()
        .map(|event| event.key.as_str())
        .collect();
    assert_eq!(times, ["2025-12-04T10:00:00", "2025-12-05T10:00:00"]);
    assert_eq!(shipment.duplicates_dropped, 1);
    assert_eq!(shipment.milestones.computed.len(), 2);
    assert_eq!(
        shipment.last_event_status().unwrap().status,
        Status::Delivered
    );
    assert_eq!(shipment.conflicts, []);
}

#[test]
fn elements_without_content_are_no_events() {
    let mut shipment = shipment(Status::InTransit);
    let mut empty = Event::without_id(StatusReport::new(Status::Unknown));
    empty.raw = RawJson::from_string(r#"{"time":null}"#);
    let scan = event(Status::InTransit, "2025-12-04T10:00:00");
    let mut named = leg(LegRole::Origin, vec![scan, empty.clone()]);
    named.number = Some("ABC123".to_owned());
    shipment.legs = vec![named, leg(LegRole::Destination, vec![empty])];

    shipment.finish(EventOrder::OldestFirst);

    assert_eq!(shipment.events().len(), 1);
    assert_eq!(shipment.legs.len(), 1);
    assert_eq!(shipment.legs[0].completeness, Completeness::Partial);
    assert_eq!(shipment.completeness, Completeness::Partial);
    let [problem] = shipment.problems.as_slice() else {
        panic!("{:?}", shipment.problems)
    };
    assert_eq!(problem.raw.as_ref().unwrap().get(), r#"{"time":null}"#);
}

#[test]
fn status_against_last_event_is_conflict() {
    let mut shipment = shipment(Status::InTransit);
    shipment.legs = vec![leg(
        LegRole::Only,
        vec![event(Status::Delivered, "2025-12-05")],
    )];

    shipment.finish(EventOrder::NewestFirst);

    assert_eq!(kinds(&shipment), [ConflictKind::StatusVsLastEvent]);
    assert_eq!(shipment.status.status, Status::InTransit);
}

#[test]
fn equal_raw_values_do_not_hide_that_the_statuses_differ() {
    let mut shipment = shipment(Status::InTransit);
    shipment.status.raw = RawStatus::new("in_transit".to_owned());
    shipment.status.precision = Precision::Coarse;
    let mut handover = event(Status::PickedUp, "2025-12-05");
    handover.status.raw = RawStatus::new("in_transit".to_owned());
    shipment.legs = vec![leg(LegRole::Only, vec![handover])];

    shipment.finish(EventOrder::NewestFirst);

    assert_eq!(kinds(&shipment), [ConflictKind::StatusVsLastEvent]);
}

#[test]
fn event_of_unknown_status_contradicts_nothing() {
    let mut shipment = shipment(Status::InTransit);
    shipment.legs = vec![leg(
        LegRole::Only,
        vec![event(Status::Unknown, "2025-12-05")],
    )];

    shipment.finish(EventOrder::NewestFirst);

    assert_eq!(shipment.conflicts, []);
}

#[test]
fn only_the_last_leg_can_contradict_the_shipment() {
    let with_legs = |status, origin, destination| {
        let mut shipment = shipment(status);
        shipment.legs = vec![
            leg(LegRole::Origin, vec![event(origin, "2025-12-05")]),
            leg(LegRole::Destination, vec![event(destination, "2025-12-05")]),
        ];
        shipment.finish(EventOrder::NewestFirst);
        kinds(&shipment).contains(&ConflictKind::LegsDisagree)
    };
    let (moving, delivered) = (Status::InTransit, Status::Delivered);

    assert!(with_legs(moving.clone(), moving.clone(), delivered.clone()));
    assert!(with_legs(
        delivered.clone(),
        delivered.clone(),
        moving.clone()
    ));
    assert!(!with_legs(
        delivered.clone(),
        moving.clone(),
        delivered.clone()
    ));
    assert!(!with_legs(moving.clone(), delivered, moving));
}

#[test]
fn legs_without_instants_stay_one_after_the_other() {
    let mut shipment = shipment(Status::InTransit);
    shipment.legs = vec![
        leg(
            LegRole::Destination,
            vec![event(Status::InTransit, "2025-12-04T10:00:00")],
        ),
        leg(
            LegRole::Origin,
            vec![event(Status::InTransit, "2025-12-05T10:00:00")],
        ),
    ];

    let last = shipment.last_event().unwrap();

    assert_eq!(last.key.as_str(), "2025-12-04T10:00:00");
}

#[test]
fn retracted_event_is_not_the_last_one() {
    let mut retracted = event(Status::Delivered, "2025-12-05");
    retracted.retracted = true;
    let mut shipment = shipment(Status::InTransit);
    shipment.legs = vec![leg(
        LegRole::Only,
        vec![event(Status::InTransit, "2025-12-04"), retracted],
    )];

    assert_eq!(
        shipment.last_event_status().unwrap().status,
        Status::InTransit
    );
}

#[test]
fn polling_stops_at_the_end_and_when_the_provider_gave_up() {
    assert!(shipment(Status::InTransit).should_poll());
    assert!(!shipment(Status::Delivered).should_poll());
    assert!(!shipment(Status::Expired).should_poll());
    let mut abandoned = shipment(Status::InTransit);
    abandoned.provider_gave_up = Some(true);
    assert!(!abandoned.should_poll());
    assert!(abandoned.has_given_up());
}

#[test]
fn delivered_parcel_is_not_given_up() {
    let mut shipment = shipment(Status::Delivered);
    shipment.provider_gave_up = Some(true);

    assert!(!shipment.has_given_up());
}

#[test]
fn unknown_number_needs_attention_after_grace_period() {
    let limits = AttentionLimits::new(now()).with_not_found_grace(24 * HOUR);
    let mut shipment = shipment(Status::NotFound);

    shipment.registered_at = now().checked_sub(23 * HOUR);
    assert!(!shipment.needs_attention(&limits));
    shipment.registered_at = now().checked_sub(24 * HOUR);
    assert!(shipment.needs_attention(&limits));
    shipment.registered_at = None;
    assert!(shipment.needs_attention(&limits));
}

#[test]
fn quiet_parcel_needs_attention_if_late_in_every_zone() {
    let limits = AttentionLimits::new(now()).with_stalled_after(24 * HOUR);
    let stalled = |status, time| {
        let mut shipment = shipment(status);
        shipment.legs = vec![leg(LegRole::Only, vec![event(Status::InTransit, time)])];
        shipment.needs_attention(&limits)
    };

    assert!(stalled(Status::InTransit, "2025-12-09T12:00:00Z"));
    assert!(!stalled(Status::InTransit, "2025-12-09T12:00:01Z"));
    assert!(stalled(Status::InTransit, "2025-12-09T00:00:00"));
    assert!(!stalled(Status::InTransit, "2025-12-09T00:00:01"));
    assert!(!stalled(Status::Delivered, "2025-01-01T00:00:00Z"));
}

#[test]
fn quiet_parcel_needs_nothing_without_limit() {
    let mut shipment = shipment(Status::InTransit);
    shipment.legs = vec![leg(
        LegRole::Only,
        vec![event(Status::InTransit, "2020-01-01")],
    )];

    assert!(!shipment.needs_attention(&AttentionLimits::new(now())));
}

#[test]
fn estimate_of_courier_comes_first() {
    let eta = |source, time| Eta::new(source, Timestamp::parse(time), "field");
    let mut shipment = shipment(Status::InTransit);
    shipment.etas = vec![
        eta(EtaSource::Courier, "2025-12-11"),
        eta(EtaSource::Courier, "2025-12-12"),
        eta(EtaSource::Predicted, "2025-12-13"),
        eta(EtaSource::Aggregator, "2025-12-14"),
    ];

    assert_eq!(shipment.eta().unwrap().from.text(), "2025-12-12");
}

#[test]
fn reversed_window_is_a_conflict_and_no_estimate() {
    let window = |from, to, field: &'static str| {
        Eta::new(EtaSource::Courier, Timestamp::parse(from), field).with_end(Timestamp::parse(to))
    };
    let mut shipment = shipment(Status::InTransit);
    let day = Eta::new(
        EtaSource::Predicted,
        Timestamp::parse("2025-12-13"),
        "predicted",
    );
    shipment.etas = vec![
        // Was replaced by the next one of the same field.
        window("2025-12-11T09:00:00", "2025-12-11T12:00:00", "window"),
        window("2025-12-11T18:00:00", "2025-12-11T14:00:00", "window"),
        day.clone(),
    ];

    shipment.finish(EventOrder::NewestFirst);

    assert_eq!(kinds(&shipment), [ConflictKind::EtaWindow]);
    assert_eq!(
        shipment.conflicts[0].to_string(),
        "eta_window: the estimate `window` begins at 2025-12-11T18:00:00 and ends before that, at \
         2025-12-11T14:00:00"
    );
    assert_eq!(shipment.eta(), Some(&day));
    assert_eq!(shipment.etas.len(), 3);
}

#[test]
fn whole_shipment_survives_storage() {
    let mut event = event(Status::InTransit, "2025-12-04 10:00");
    event.courier = Some(Courier::new("dhl").with_name("DHL"));
    event.raw = RawJson::from_string(r#"{"place":"Bonn"}"#);
    let mut shipment = shipment(Status::InTransit);
    shipment.legs = vec![leg(LegRole::Only, vec![event])];
    shipment.problems =
        vec![Problem::new("events[1]", "not an object").with_raw(RawJson::from_string("[]"))];
    shipment.etas = vec![Eta::new(
        EtaSource::Unknown,
        Timestamp::parse("2025-12-12"),
        "eta",
    )];
    shipment.finish(EventOrder::NewestFirst);

    let json = serde_json::to_string(&shipment).unwrap();

    assert_eq!(serde_json::from_str::<Shipment>(&json).unwrap(), shipment);
}

#[test]
fn debug_does_not_show_the_raw_json() {
    let mut shipment = shipment(Status::InTransit);
    shipment.raw = RawJson::from_string(r#"{"name":"Ann Example"}"#);

    assert!(!format!("{shipment:?}").contains("Ann Example"));
}

#[test]
fn number_without_any_news_is_unheard_of() {
    let parcel = |status: Status, events: Vec<Event>| {
        let mut leg = Leg::new(LegRole::Only);
        leg.events = events;
        let report = StatusReport::new(status);
        let mut shipment = Shipment::new(ProviderId::new("testpost"), "TP0001", report, now());
        shipment.legs.push(leg);
        shipment
    };
    let reported = event(Status::Pending, "2025-12-01");

    assert!(parcel(Status::Pending, Vec::new()).is_unheard_of());
    assert!(parcel(Status::NotFound, Vec::new()).is_unheard_of());
    assert!(!parcel(Status::Pending, vec![reported]).is_unheard_of());
    assert!(!parcel(Status::InTransit, Vec::new()).is_unheard_of());
}

//! What the facts of a shipment become in the unified model, and that nothing is lost or invented. Pure.

use bytes::Bytes;
use exporto_sdk::shipment_from_body;
use serde_json::{Value, json};
use tracking_core::kit::UnmappedCounter;
use tracking_core::merge::{Change, ChangeKind};
use tracking_core::model::ConflictKind;
use tracking_core::time::TimeKind;
use tracking_core::{Direction, Event, Origin, Precision, Shipment, Status, UtcTime};
use tracking_testkit::no_date::{PLACE, assert_is_no_time};

use crate::server::{fixture, fixture_json};

fn mapped(body: &Value) -> Shipment {
    let body = body.to_string().into_bytes().into();
    shipment_from_body(&body, UtcTime::now(), &UnmappedCounter::new()).unwrap()
}

fn stored(name: &str) -> Shipment {
    mapped(&fixture_json(&format!("get-shipment/{name}")))
}

/// The field that each event comes from, its status and its time.
fn summary(shipment: &Shipment) -> Vec<(String, Status, Option<String>)> {
    let of = |event: &Event| {
        let Origin::Derived(field) = &event.origin else {
            panic!("{event:?}")
        };
        let time = event.time.as_ref().map(|time| time.text().to_owned());
        (field.to_string(), event.status.status.clone(), time)
    };
    shipment.events().into_iter().map(of).collect()
}

#[test]
fn four_facts_become_derived_events_with_their_times() {
    let shipment = stored("200_inbound.json");

    let at = |time: &str| Some(time.to_owned());
    assert_eq!(
        summary(&shipment),
        [
            (
                "processedAt".into(),
                Status::PickedUp,
                at("2026-10-04T21:05:00Z")
            ),
            (
                "declaredAt".into(),
                Status::InTransit,
                at("2026-10-05T08:30:00Z")
            ),
            (
                "carrierReceivedAt".into(),
                Status::InTransit,
                at("2026-10-06T06:10:00+02:00")
            ),
            (
                "carrierDeliveredAt".into(),
                Status::Delivered,
                at("2026-10-08T13:45:00.250Z")
            ),
        ]
    );
    let kinds: Vec<TimeKind> = shipment
        .events()
        .iter()
        .map(|event| event.time.as_ref().unwrap().kind())
        .collect();
    assert_eq!(
        kinds,
        [
            TimeKind::ClaimedUtc,
            TimeKind::ClaimedUtc,
            TimeKind::Exact,
            TimeKind::ClaimedUtc
        ]
    );
    for event in shipment.events() {
        assert!(matches!(event.status.origin, Origin::Derived(_)));
        assert_eq!(
            (&event.location, &event.description, &event.courier),
            (&None, &None, &None)
        );
    }
    assert!(shipment.etas.is_empty());
}

#[test]
fn status_is_furthest_fact_and_says_so() {
    for (body, status, field, precision) in [
        (
            json!({ "shipmentId": "p", "processedAt": "2026-10-04T21:05:00Z" }),
            Status::PickedUp,
            "processedAt",
            Precision::Coarse,
        ),
        (
            json!({ "shipmentId": "p", "status": "processed" }),
            Status::PickedUp,
            "status",
            Precision::Coarse,
        ),
        (
            json!({ "shipmentId": "p", "status": "processed", "declaredAt": "2026-10-05T08:30:00Z" }),
            Status::InTransit,
            "declaredAt",
            Precision::Ambiguous,
        ),
        (
            json!({ "shipmentId": "p", "carrierReceivedAt": "2026-10-06T06:10:00Z" }),
            Status::InTransit,
            "carrierReceivedAt",
            Precision::Exact,
        ),
        (
            json!({ "shipmentId": "p", "carrierDeliveredAt": "2026-10-08T13:45:00Z" }),
            Status::Delivered,
            "carrierDeliveredAt",
            Precision::Exact,
        ),
        (
            json!({ "shipmentId": "p", "carrierState": "delivered", "status": "processed" }),
            Status::Delivered,
            "carrierState",
            Precision::Exact,
        ),
    ] {
        let report = mapped(&body).status;

        assert_eq!(
            (report.status, report.precision),
            (status, precision),
            "{body}"
        );
        assert_eq!(report.origin, Origin::Derived(field.into()), "{body}");
    }
}

#[test]
fn fact_known_from_state_alone_has_no_time() {
    let shipment = stored("200_processed_without_dates.json");

    assert_eq!(
        summary(&shipment),
        [("status".into(), Status::PickedUp, None)]
    );
    assert_eq!(shipment.status.status, Status::PickedUp);
    assert!(shipment.milestones.is_empty());
}

#[test]
fn empty_shipment_is_unknown_and_has_no_events() {
    for name in ["200_id_only.json", "200_all_null.json"] {
        let shipment = stored(name);

        assert_eq!(shipment.status.status, Status::Unknown, "{name}");
        assert_eq!(shipment.status.origin, Origin::Derived("shipment".into()));
        assert!(shipment.events().is_empty());
        assert!(shipment.id.is_some() && shipment.number.is_empty());
    }
}

#[test]
fn unknown_states_are_unmapped_counted_and_kept() {
    let counter = UnmappedCounter::new();
    let body = fixture("get-shipment/200_unknown_values.json").into();

    let shipment = shipment_from_body(&body, UtcTime::now(), &counter).unwrap();

    assert!(shipment.status.status.is_unmapped());
    assert_eq!(shipment.status.raw.main.as_deref(), Some("on_hold"));
    assert_eq!(shipment.status.raw.fine.as_deref(), Some("in_a_balloon"));
    assert_eq!(shipment.direction, Direction::Unknown);
    assert!(shipment.events().is_empty());
    let mut counted: Vec<(String, String, u64)> = counter
        .snapshot()
        .into_iter()
        .map(|it| (it.field, it.value, it.count))
        .collect();
    counted.sort_unstable();
    assert_eq!(
        counted,
        [
            ("carrierState".into(), "in_a_balloon".into(), 1),
            ("status".into(), "on_hold".into(), 1),
            ("type".into(), "transfer".into(), 1),
        ]
    );
}

#[test]
fn unknown_state_makes_fact_coarse_and_does_not_hide_it() {
    let body = json!({
        "shipmentId": "p", "carrierState": "held", "carrierReceivedAt": "2026-10-06T06:10:00Z",
    });

    let shipment = mapped(&body);

    assert_eq!(shipment.status.status, Status::InTransit);
    assert_eq!(shipment.status.precision, Precision::Coarse);
    assert_eq!(shipment.status.raw.fine.as_deref(), Some("held"));
    assert!(shipment.conflicts.is_empty());
}

#[test]
fn delivery_date_beside_another_state_is_conflict() {
    let shipment = stored("200_fact_against_state.json");

    assert_eq!(shipment.status.status, Status::Delivered);
    assert_eq!(shipment.status.precision, Precision::Coarse);
    let kinds: Vec<ConflictKind> = shipment.conflicts.iter().map(|it| it.kind).collect();
    assert_eq!(kinds, [ConflictKind::FactVsState]);
    assert!(shipment.conflicts[0].message.contains("returned"));
}

#[test]
fn times_against_the_chain_are_a_conflict_and_the_chain_stays() {
    let shipment = stored("200_times_out_of_order.json");

    let fields: Vec<String> = summary(&shipment).into_iter().map(|it| it.0).collect();
    assert_eq!(fields, ["declaredAt", "carrierReceivedAt"]);
    assert_eq!(shipment.conflicts[0].kind, ConflictKind::TimeOrder);
}

#[test]
fn fact_with_bad_time_is_problem_and_no_fact() {
    let body = json!({
        "shipmentId": "p", "carrierReceivedAt": "2026-10-06T06:10:00Z", "carrierDeliveredAt": "n/a", "declaredAt": " ",
    });

    let shipment = mapped(&body);

    assert_eq!(shipment.status.status, Status::InTransit);
    assert_eq!(summary(&shipment).len(), 1);
    let [problem] = shipment.problems.as_slice() else {
        panic!("{:?}", shipment.problems)
    };
    assert_eq!(problem.path, "carrierDeliveredAt");
    assert_eq!(problem.raw.as_ref().unwrap().get(), "\"n/a\"");
}

#[test]
fn planned_return_is_direction_and_no_status() {
    let inbound = stored("200_inbound.json");
    let outbound = stored("200_outbound_under_way.json");

    assert_eq!(inbound.direction, Direction::Inbound);
    assert_eq!(inbound.status.status, Status::Delivered);
    assert_eq!(outbound.direction, Direction::Outbound);
    assert_eq!(outbound.status.status, Status::InTransit);
}

#[test]
fn numbers_have_roles_and_own_direction_comes_first() {
    let inbound = stored("200_inbound.json");
    let mut body = fixture_json("get-shipment/200_inbound.json");
    body["type"] = json!("outbound");
    let outbound = mapped(&body);
    body["foreignInboundTrackingId"] = json!("out-5530");
    let repeated = mapped(&body);

    assert_eq!(inbound.number, "INB-5531");
    assert_eq!(inbound.linked_numbers, ["DOM-5532", "OUT-5530"]);
    assert_eq!(inbound.legs.len(), 1);
    assert_eq!(inbound.legs[0].number.as_deref(), Some("INB-5531"));
    assert_eq!(inbound.id.as_deref(), Some("return-7201"));
    assert_eq!(outbound.number, "OUT-5530");
    assert_eq!(outbound.linked_numbers, ["INB-5531", "DOM-5532"]);
    assert_eq!(repeated.linked_numbers, ["DOM-5532"]);
}

#[test]
fn corrected_or_later_time_belongs_to_same_event() {
    let without = mapped(&json!({ "shipmentId": "p", "status": "processed" }));
    let with = mapped(&json!({ "shipmentId": "p", "processedAt": "2026-10-04T21:05:00Z" }));
    let corrected = mapped(&json!({ "shipmentId": "p", "processedAt": "2026-10-04T22:05:00Z" }));

    let first = without.merge(with);
    let second = first.shipment.merge(corrected);

    for merged in [&first, &second] {
        let kinds: Vec<ChangeKind> = merged.changes.iter().map(Change::kind).collect();
        assert_eq!(kinds, [ChangeKind::Revised]);
    }
    let events = second.shipment.events();
    assert_eq!(events.len(), 1);
    assert_eq!(
        events[0].time.as_ref().unwrap().text(),
        "2026-10-04T22:05:00Z"
    );
}

#[test]
fn broken_field_does_not_lose_shipment() {
    let mut body = fixture_json("get-shipment/200_inbound.json");
    body["carrierDeliveredAt"] = json!({ "at": "13:45" });
    body["lineItems"] = json!("none");

    let shipment = mapped(&body);

    assert_eq!(shipment.status.status, Status::Delivered);
    let mut paths: Vec<&str> = shipment
        .problems
        .iter()
        .map(|it| it.path.as_str())
        .collect();
    paths.sort_unstable();
    assert_eq!(paths, ["carrierDeliveredAt", "lineItems"]);
    let raw: Value = serde_json::from_str(shipment.raw.get()).unwrap();
    assert_eq!(raw, body);
}

#[test]
fn byte_order_mark_before_shipment_is_skipped() {
    let body = "\u{feff}{\"shipmentId\":\"p-1\",\"status\":\"processed\"}";

    let shipment =
        shipment_from_body(&Bytes::from(body), UtcTime::now(), &UnmappedCounter::new()).unwrap();

    assert_eq!(shipment.id.as_deref(), Some("p-1"));
    assert!(shipment.problems.is_empty());
}

#[test]
fn wrong_scalar_costs_its_field_and_no_fact() {
    let body = r#"{"shipmentId":"p-1","status":"processed","orderId":{"id":7},"type":["inbound"]}"#;

    let shipment =
        shipment_from_body(&Bytes::from(body), UtcTime::now(), &UnmappedCounter::new()).unwrap();

    assert_eq!(shipment.events().len(), 1);
    let mut problems: Vec<(&str, &str)> = shipment
        .problems
        .iter()
        .map(|it| (it.path.as_str(), it.message.as_str()))
        .collect();
    problems.sort_unstable();
    assert_eq!(
        problems,
        [
            ("orderId", "expected a string, found an object"),
            ("type", "expected a string, found a list"),
        ]
    );
}

#[test]
fn zero_date_states_no_fact() {
    let body = json!({
        "shipmentId": "parcel-71", "status": "announced",
        "processedAt": PLACE, "declaredAt": PLACE, "carrierReceivedAt": PLACE, "carrierDeliveredAt": PLACE,
    });
    let paths = [
        "carrierDeliveredAt",
        "carrierReceivedAt",
        "declaredAt",
        "processedAt",
    ];

    assert_is_no_time(&body.to_string(), &paths, |body| {
        let shipment = shipment_from_body(body, UtcTime::now(), &UnmappedCounter::new()).unwrap();
        assert_eq!(summary(&shipment), []);
        assert!(!shipment.is_delivered() && shipment.status.phase() < Some(1));
        shipment
    });
}

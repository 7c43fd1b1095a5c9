//! Shipments that were stored by this version, by an earlier one, and by a later one.

use serde_json::{Value, json};
use tracking_core::{
    Conflict, ConflictKind, Direction, Eta, EtaSource, LegRole, Origin, Precision, Problem,
    RawJson, Shipment, Status, Timestamp,
};

use crate::parcels::{at, event, leg, parcel};

/// What users have in their databases: a change of this text breaks them.
const GOLDEN: &str = include_str!("../fixtures/stored/format-1.json");

fn complete() -> Shipment {
    let mut reported = event(
        "e1",
        "2025-12-01T10:00:00+01:00",
        Status::PickedUp,
        "Accepted",
    );
    reported.raw = RawJson::from_string(r#"{"at": 1.50}"#);
    let mut shipment = parcel(Status::InTransit, 0, Vec::new());
    shipment.legs = vec![leg("testpost", LegRole::Origin, vec![reported])];
    shipment.id = Some("t-1".to_owned());
    shipment.direction = Direction::Inbound;
    shipment.linked_numbers = vec!["TP0002".to_owned()];
    shipment.provider_gave_up = Some(false);
    shipment.freshness.provider_updated_at = Some(at(-5));
    let eta = Timestamp::parse("2025-12-04");
    shipment.etas = vec![Eta::new(EtaSource::Courier, eta, "eta")];
    shipment.problems = vec![Problem::new("events[1]", "is odd")];
    shipment.conflicts = vec![Conflict::new(ConflictKind::TimeOrder, "odd")];
    shipment.raw = RawJson::from_string(r#"{"number":"TP0001"}"#);
    shipment.legs[0].compute();
    shipment
}

#[test]
fn shipment_is_stored_as_it_always_was() {
    let golden: Value = serde_json::from_str(GOLDEN).unwrap();

    assert_eq!(serde_json::to_value(complete()).unwrap(), golden);
    assert_eq!(
        serde_json::from_str::<Shipment>(GOLDEN).unwrap(),
        complete()
    );
}

#[test]
fn fields_that_an_earlier_version_did_not_store_are_empty() {
    let stored = json!({
        "provider": "testpost",
        "number": "TP0001",
        "freshness": {"fetched_at": "2025-12-01T10:00:00Z"},
        "legs": [{"events": [{"key": "e1"}, {"key": "e2", "status": {"status": "delivered"}}]}],
    });

    let shipment: Shipment = serde_json::from_value(stored).unwrap();

    assert_eq!(shipment.status.status, Status::Unknown);
    assert_eq!(shipment.direction, Direction::Unknown);
    assert_eq!(shipment.provider_gave_up, None);
    assert!(shipment.raw.is_null());
    let leg = &shipment.legs[0];
    assert_eq!(leg.role, LegRole::Unknown);
    assert_eq!((leg.events[0].copies, leg.events[0].retracted), (1, false));
    let status = &leg.events[1].status;
    assert_eq!(status.status, Status::Delivered);
    assert_eq!(status.precision, Precision::Ambiguous);
    assert_eq!(status.origin, Origin::Reported);
}

#[test]
fn names_of_a_later_version_are_unknown_values() {
    let mut stored: Value = serde_json::from_str(GOLDEN).unwrap();
    stored["status"]["status"] = json!("teleported");
    stored["direction"] = json!("sideways");
    stored["legs"][0]["role"] = json!("middle");
    stored["etas"][0]["source"] = json!("oracle");
    stored["conflicts"][0]["kind"] = json!("paradox");
    stored["milestones"]["claimed"]["teleported"] =
        json!({"kind": "date_only", "text": "2025-12-01"});
    stored["a_new_field"] = json!(1);

    let shipment: Shipment = serde_json::from_value(stored).unwrap();

    let Status::Unmapped(name) = &shipment.status.status else {
        panic!("{:?}", shipment.status);
    };
    assert_eq!(name.as_str(), "teleported");
    assert_eq!(shipment.direction, Direction::Unknown);
    assert_eq!(shipment.legs[0].role, LegRole::Unknown);
    assert_eq!(shipment.etas[0].source, EtaSource::Unknown);
    assert_eq!(shipment.conflicts[0].kind, ConflictKind::Unknown);
}

#[test]
fn detached_json_no_longer_shares_the_memory_of_the_response() {
    let response = bytes::Bytes::from_static(br#"[{"number":"TP0001","events":[{"id":1}]},{}]"#);
    let part = |part: &str| {
        let text = std::str::from_utf8(&response).unwrap();
        let start = text.find(part).unwrap();
        RawJson::from_slice(&response, &text[start..start + part.len()])
    };
    let mut shipment = complete();
    shipment.raw = part(r#"{"number":"TP0001","events":[{"id":1}]}"#);
    shipment.legs[0].events[0].raw = part(r#"{"id":1}"#);
    shipment.problems[0].raw = Some(part("{}"));
    let before = shipment.clone();

    shipment.detach_raw();

    assert_eq!(shipment, before);
    let own = shipment.raw.get().as_bytes().as_ptr_range();
    assert!(!response.as_ptr_range().contains(&own.start));
    // The part of an event lies inside the copy of the whole: there is one copy, not two.
    assert_eq!(shipment.legs[0].events[0].raw.get(), r#"{"id":1}"#);
    assert!(own.contains(&shipment.legs[0].events[0].raw.get().as_ptr()));
    let problem = shipment.problems[0].raw.as_ref().unwrap().get().as_ptr();
    assert!(!response.as_ptr_range().contains(&problem));
}

//! What trackings become in the unified model.

use bytes::Bytes;
use oneconcepts_sdk::shipments_from_body;
use serde_json::json;
use tracking_core::kit::UnmappedCounter;
use tracking_core::{Origin, Precision, Shipment, Status, UtcTime};
use tracking_testkit::no_date::{PLACE, assert_is_no_time};

use crate::server::fixture;

fn read(body: impl Into<String>) -> Vec<Shipment> {
    let body = Bytes::from(body.into());
    shipments_from_body(&body, UtcTime::now(), &UnmappedCounter::new()).unwrap()
}

#[test]
fn tracking_is_parcel_with_one_leg_and_no_events() {
    let shipments = read(fixture("list-trackings/200_context_text.json"));

    let [parcel, freight] = shipments.as_slice() else {
        panic!("{shipments:?}")
    };
    assert_eq!(parcel.number, "00340000000000000031");
    assert_eq!(parcel.id.as_deref(), Some("31"));
    let [leg] = parcel.legs.as_slice() else {
        panic!("{parcel:?}")
    };
    assert_eq!(leg.courier.as_ref().unwrap().code, "DHL");
    assert_eq!(leg.number.as_deref(), Some("00340000000000000031"));
    assert!(leg.events.is_empty() && parcel.milestones.is_empty());
    assert_eq!(
        parcel.registered_at.unwrap().to_string(),
        "2026-03-02T17:04:11Z"
    );
    let url = parcel.tracking_url.as_deref().unwrap();
    assert!(url.ends_with("piececode=00340000000000000031"), "{url}");

    assert_eq!(
        (freight.number.as_str(), freight.id.as_deref()),
        ("", Some("32"))
    );
    assert_eq!(
        (&freight.tracking_url, &freight.legs[0].number),
        (&None, &None)
    );
    assert_eq!(
        freight.legs[0].courier.as_ref().unwrap().code,
        "Bulk carrier"
    );
}

#[test]
fn status_is_derived_ambiguous_and_never_delivery() {
    let shipment = read(fixture("get-tracking/200_tracking.json")).remove(0);

    assert_eq!(shipment.status.status, Status::PickedUp);
    assert_eq!(shipment.status.precision, Precision::Ambiguous);
    assert_eq!(
        shipment.status.origin,
        Origin::Derived("tracking.status".into())
    );
    assert_eq!(shipment.status.raw.main.as_deref(), Some("shipped"));
    let complete = read(r#"{"@id":"/t/1","status":"complete","trackingId":"A"}"#).remove(0);
    assert!(complete.status.status.is_unmapped() && !complete.is_delivered());
    let silent = read(r#"{"@id":"/t/1","trackingId":"A"}"#).remove(0);
    assert_eq!(silent.status.status, Status::Unknown);
}

#[test]
fn broken_tracking_does_not_lose_page() {
    let body = json!({ "hydra:member": [
        { "@id": "/v2/api/trackings/1", "trackingId": "A" },
        { "@id": "/v2/api/trackings/2", "trackingId": { "secret": "B" } },
        null,
        "junk",
        { "@id": "/v2/api/trackings/3", "trackingId": "C" },
    ]});

    let shipments = read(body.to_string());

    let numbers: Vec<_> = shipments.iter().map(|it| it.number.as_str()).collect();
    assert_eq!(numbers, ["A", "", "C"]);
    assert_eq!(shipments[1].problems[0].path, "hydra:member[1].trackingId");
    assert!(!shipments[1].problems[0].message.contains("secret"));
    assert_eq!(shipments[1].id.as_deref(), Some("2"));
    assert!(shipments[1].raw.get().contains("secret"));
    // What is no tracking is no shipment. As it is numbered in the response, where the null counts.
    assert_eq!(shipments[0].problems[0].path, "hydra:member[3]");
    let newer = read(r#"{"member":[null,{"@id":"/t/1","trackingId":[]}]}"#);
    assert_eq!(newer[0].problems[0].path, "member[1].trackingId");
}

#[test]
fn body_without_trackings_is_error() {
    for body in ["", "<html>", "[]", "{}", "7", r#"{"code":401}"#] {
        let body = Bytes::from(body);

        let error =
            shipments_from_body(&body, UtcTime::now(), &UnmappedCounter::new()).unwrap_err();

        assert!(error.is_decode(), "{body:?}");
    }
}

#[test]
fn wrong_scalar_costs_its_field_and_no_tracking() {
    let body = json!({ "hydra:member": [
        { "@id": "/t/1", "trackingId": "A", "courier": { "name": "DHL" }, "status": "shipped" },
    ]});

    let shipments = read(body.to_string());

    assert_eq!(shipments[0].number, "A");
    assert_eq!(shipments[0].status.status, Status::PickedUp);
    let [problem] = shipments[0].problems.as_slice() else {
        panic!("{:?}", shipments[0].problems)
    };
    assert_eq!(problem.path, "hydra:member[0].courier");
    assert_eq!(problem.message, "expected a string, found an object");
}

#[test]
fn endless_empty_members_keep_problems_few() {
    for element in ["{}", "[]", "7"] {
        let elements = vec![element; 50_000].join(",");
        let body = format!(r#"{{"hydra:member":[{{"@id":"/t/1"}},{elements}]}}"#);

        let shipments = read(body);

        assert_eq!(shipments.len(), 1, "{element}");
        assert_eq!(shipments[0].problems.len(), 101, "{element}");
    }
}

#[test]
fn zero_date_is_no_time_of_registration() {
    let body = json!({ "hydra:member": [
        { "@id": "/v2/api/trackings/71", "courier": "DHL", "status": "shipped", "createdAt": PLACE },
    ]});

    assert_is_no_time(&body.to_string(), &["hydra:member[0].createdAt"], |body| {
        shipments_from_body(body, UtcTime::now(), &UnmappedCounter::new())
            .unwrap()
            .remove(0)
    });
}

use serde_json::{Value, json};
use tracking_core::kit::UnmappedCounter;
use tracking_core::model::{Conflict, ConflictKind};
use tracking_core::time::TimeKind;
use tracking_core::{LegRole, Shipment, Status, UtcTime};

use super::shipments_from_body;

fn shipments(data: &Value) -> Vec<Shipment> {
    let body = json!({"meta": {"code": 200}, "data": data}).to_string();
    shipments_from_body(&body.into(), UtcTime::now(), &UnmappedCounter::new()).unwrap()
}

fn one(data: &Value) -> Shipment {
    let mut shipments = shipments(data);
    assert_eq!(shipments.len(), 1);
    shipments.remove(0)
}

fn two_legs() -> Value {
    json!({
        "id": "0f5be2a86c1d4d77b1a9034e9c20f7aa",
        "tracking_number": "ZA100200301XX", "carrier_code": "sample-post",
        "status": "delivered", "substatus": "delivered003",
        "created_at": "2026-09-01T10:00:00+08:00", "updated_at": null,
        "order_id": "shop-7", "customer_name": "null", "title": "",
        "original_country": "", "destination_country": "Norway",
        "destination_track_number": "7700900123", "track_update": false,
        "singed_by": "A. Recipient", "service_code": null,
        "origin_info": {
            "ItemReceived": "2026-09-02 08:00", "ItemDispatched": null,
            "DepartfromAirport": "2026-09-03 09:10:11", "ArrivalfromAbroad": "",
            "carrier_code": "sample-post", "weblink": "http://post.example/", "phone": null,
            "trackinfo": [
                {"Date": "2026-09-03 09:10:11", "StatusDescription": "Left", "Details": "",
                 "checkpoint_status": "transit", "substatus": "transit007"},
                {"Date": "2026-09-02 08:00", "StatusDescription": "Announced", "Details": "Here",
                 "checkpoint_status": "transit", "substatus": "notfound001",
                 "ItemNode": "ItemReceived"},
            ],
        },
        "destination_info": {
            "carrier_code": "sample-express",
            "trackinfo": [
                {"Date": "2026-09-06 12:00", "StatusDescription": "Delivered", "Details": "Oslo",
                 "checkpoint_status": "delivered", "substatus": "delivered003"},
                {"Date": "2026-09-06 12:00", "StatusDescription": "Delivered ", "Details": "OSLO",
                 "checkpoint_status": "delivered", "substatus": "delivered003"},
                {"Date": "2026-09-05 07:30", "StatusDescription": "Out", "City": "Oslo",
                 "CountryIso2": "NO", "checkpoint_status": "pickup", "substatus": "pickup001"},
            ],
        },
        "lastEvent": "Delivered,Oslo,2026-09-06 12:00",
    })
}

#[test]
fn each_leg_has_its_own_carrier_events_and_milestones() {
    let shipment = one(&two_legs());

    let [origin, destination] = shipment.legs.as_slice() else {
        panic!("{:?}", shipment.legs)
    };
    assert_eq!(
        (origin.role, destination.role),
        (LegRole::Origin, LegRole::Destination)
    );
    let courier = |leg: &tracking_core::Leg| leg.courier.as_ref().unwrap().code.clone();
    assert_eq!(
        (courier(origin), courier(destination)),
        ("sample-post".into(), "sample-express".into())
    );
    assert_eq!(origin.number.as_deref(), Some("ZA100200301XX"));
    assert_eq!(destination.number.as_deref(), Some("7700900123"));
    assert_eq!(
        origin.milestones.claimed[&Status::PickedUp].text(),
        "2026-09-02 08:00"
    );
    assert_eq!(
        origin.milestones.claimed[&Status::InTransit].text(),
        "2026-09-03 09:10:11"
    );
    assert_eq!(shipment.milestones.claimed.len(), 2);
    assert!(destination.milestones.claimed.is_empty());
    let statuses: Vec<&Status> = shipment
        .events()
        .iter()
        .map(|event| &event.status.status)
        .collect();
    assert_eq!(
        statuses,
        [
            &Status::InfoReceived,
            &Status::InTransit,
            &Status::OutForDelivery,
            &Status::Delivered
        ]
    );
}

#[test]
fn repeated_event_is_dropped_and_counted() {
    let shipment = one(&two_legs());

    assert_eq!(shipment.duplicates_dropped, 1);
    assert_eq!(shipment.legs[1].events[1].copies, 2);
}

#[test]
fn times_of_events_are_local_with_and_without_seconds() {
    let shipment = one(&two_legs());

    for event in shipment.events() {
        let time = event.time.as_ref().unwrap();
        assert_eq!(time.kind(), TimeKind::LocalNaive);
        assert_eq!(time.instant(), None);
        assert!(!time.text().contains('Z'));
    }
    let seconds: Vec<bool> = shipment.legs[0]
        .events
        .iter()
        .map(|event| event.time.as_ref().unwrap().has_seconds())
        .collect();
    assert_eq!(seconds, [false, true]);
}

#[test]
fn missing_values_in_all_spellings_are_none() {
    let shipment = one(&two_legs());

    assert_eq!(shipment.reference.as_deref(), Some("shop-7"));
    assert_eq!(shipment.origin_country, None);
    assert_eq!(shipment.service, None);
    assert_eq!(shipment.freshness.provider_updated_at, None);
    assert_eq!(shipment.signed_by.as_deref(), Some("A. Recipient"));
    assert_eq!(shipment.linked_numbers, ["7700900123"]);
    assert_eq!(
        shipment.registered_at.unwrap().as_unix_seconds(),
        1_788_228_000
    );
    assert!(
        shipment.provider_gave_up == Some(false),
        "delivered is the end, not giving up"
    );
    let places: Vec<Option<&str>> = shipment
        .events()
        .iter()
        .map(|event| event.location.as_deref())
        .collect();
    assert_eq!(places, [Some("Here"), None, Some("Oslo, NO"), Some("OSLO")]);
}

#[test]
fn missing_status_is_taken_from_newest_event() {
    for status in [json!(null), json!(""), json!(" "), json!("null")] {
        let mut tracking = two_legs();
        tracking["substatus"] = status.clone();
        tracking["status"] = status;

        let shipment = one(&tracking);

        assert_eq!(shipment.status.status, Status::Delivered);
        assert_eq!(shipment.status.raw.fine.as_deref(), Some("delivered003"));
    }
}

#[test]
fn unreadable_status_is_unknown_and_not_pending() {
    let shipments = shipments(&json!({"items": [
        {"tracking_number": "A1", "status": {"code": 4}},
        7,
        {"tracking_number": "A3"},
    ]}));

    let statuses: Vec<&Status> = shipments.iter().map(|one| &one.status.status).collect();
    assert_eq!(statuses, [&Status::Unknown, &Status::Pending]);
    let problems = shipments[0].problems.iter();
    let mut paths: Vec<&str> = problems.map(|problem| problem.path.as_str()).collect();
    paths.sort_unstable();
    assert_eq!(paths, ["data.items[0].status", "data.items[1]"]);
}

#[test]
fn tracking_without_second_carrier_has_one_leg() {
    for info in [
        json!(null),
        json!([]),
        json!(""),
        json!({"trackinfo": null, "carrier_code": ""}),
    ] {
        let mut tracking = two_legs();
        tracking["destination_info"] = info;
        tracking["status"] = json!("transit");

        let shipment = one(&tracking);

        let [leg] = shipment.legs.as_slice() else {
            panic!("{:?}", shipment.legs)
        };
        assert_eq!(leg.role, LegRole::Only);
        assert!(shipment.provider_gave_up == Some(true));
    }
}

#[test]
fn first_leg_without_delivery_is_no_conflict_by_hand_it_is() {
    let mut tracking = two_legs();
    tracking["substatus"] = json!("exception010");

    let shipment = one(&tracking);

    let kinds: Vec<ConflictKind> = shipment
        .conflicts
        .iter()
        .map(|Conflict { kind, .. }| *kind)
        .collect();
    assert_eq!(shipment.status.status, Status::Delivered);
    assert_eq!(kinds, [ConflictKind::FineVsMain]);
}

#[test]
fn thin_responses_of_gateways_and_of_2015_are_read() {
    let shipment = one(&json!({"items": [{
        "tracking_number": "A1", "carrier_code": "dhl", "status": "transit",
        "origin_info": {"trackinfo": [{"Date": "2015-10-25 15:01", "StatusDescription": "Received"}]},
    }]}));

    assert_eq!(shipment.events().len(), 1);
    assert_eq!(shipment.events()[0].status.status, Status::Unknown);
    assert_eq!(shipment.events()[0].courier.as_ref().unwrap().code, "dhl");
    assert!(shipment.conflicts.is_empty());
}

#[test]
fn raw_json_belongs_to_its_event_also_when_others_are_broken() {
    let mut tracking = two_legs();
    tracking["destination_info"]["trackinfo"][1] = json!(7);
    tracking["destination_info"]["trackinfo"][0]["Date"] = json!({"year": 2026});
    tracking["order_id"] = json!({"secret": 1});

    let shipment = one(&json!({"items": [null, tracking]}));

    let mut paths: Vec<&str> = shipment
        .problems
        .iter()
        .map(|it| it.path.as_str())
        .collect();
    paths.sort_unstable();
    assert_eq!(
        paths,
        [
            "data.items[1].destination_info.trackinfo[0].Date",
            "data.items[1].destination_info.trackinfo[1]",
            "data.items[1].order_id"
        ]
    );
    assert_eq!(shipment.reference, None);
    // An event keeps what can be read of it, and its own JSON.
    assert_eq!(shipment.legs[1].events.len(), 2);
    for event in shipment.events() {
        let raw: Value = serde_json::from_str(event.raw.get()).unwrap();
        let description = raw["StatusDescription"].as_str();
        assert_eq!(description, event.description.as_deref());
    }
    assert_eq!(shipment.legs[0].events.len(), 2);
}

#[test]
fn empty_values_of_php_back_end_are_empty_list() {
    for data in [
        json!([]),
        json!({}),
        json!(null),
        json!(""),
        json!({"items": []}),
        json!({"items": {}}),
    ] {
        assert!(shipments(&data).is_empty(), "{data}");
    }
}

#[test]
fn bodies_without_trackings_are_errors() {
    let read = |body: &str| {
        let body = body.to_owned().into();
        shipments_from_body(&body, UtcTime::now(), &UnmappedCounter::new()).unwrap_err()
    };

    for body in [
        "",
        "<html>",
        "[]",
        "{}",
        r#"{"data":7}"#,
        r#"{"data":{"submitted":2}}"#,
        r#"{"data":{"items":7}}"#,
    ] {
        assert!(read(body).is_decode(), "{body}");
    }
    assert!(read(r#"{"meta":{"code":4031},"data":[]}"#).is_not_found());
}

//! Trackings in the unified model: what each field becomes.

use bytes::Bytes;
use gcl_sdk::tracking_core::kit::UnmappedCounter;
use gcl_sdk::tracking_core::model::{ConflictKind, EtaPrecision, EtaSource};
use gcl_sdk::tracking_core::time::TimeKind;
use gcl_sdk::tracking_core::{
    Detail, LegRole, Origin, Precision, Reason, Shipment, Status, UtcTime,
};
use gcl_sdk::{Descriptions, ErrorKind, shipment_from_body};
use serde_json::{Value, json};
use tracking_testkit::no_date::{PLACE, assert_is_no_time};

use crate::server::{fixture, fixture_json};

fn mapped(body: &str, descriptions: Descriptions) -> (Shipment, UnmappedCounter) {
    let counter = UnmappedCounter::new();
    let body = Bytes::from(body.to_owned());
    let shipment = shipment_from_body(&body, descriptions, UtcTime::now(), &counter).unwrap();
    (shipment, counter)
}

fn shipment(name: &str) -> Shipment {
    mapped(
        &fixture(&format!("get-tracking/{name}")),
        Descriptions::Refine,
    )
    .0
}

fn of(body: &Value) -> Shipment {
    mapped(&body.to_string(), Descriptions::Refine).0
}

#[test]
fn parcel_has_one_leg_with_its_carrier() {
    let shipment = shipment("200_delivered.json");

    assert_eq!(shipment.number, "QX4471902385");
    assert_eq!(shipment.reference.as_deref(), Some("PTS-0009917"));
    assert_eq!(shipment.service.as_deref(), Some("Sample Parcel EU"));
    assert_eq!(
        shipment.tracking_url.as_deref(),
        Some("https://parcels.example/track#/find?no=QX4471902385")
    );
    let [leg] = shipment.legs.as_slice() else {
        panic!("{:?}", shipment.legs)
    };
    assert_eq!(leg.role, LegRole::Only);
    assert_eq!(leg.number.as_deref(), Some("QX4471902385"));
    let courier = leg.courier.as_ref().unwrap();
    assert_eq!(
        (courier.code.as_str(), courier.name.as_deref()),
        ("sample_parcel", Some("Sample Parcel"))
    );
}

#[test]
fn short_uid_is_no_identity_since_parcels_of_order_may_share_it() {
    let mut other = fixture_json("get-tracking/200_delivered.json");
    other["trackingNumber"] = json!("QX0000000001");

    let (one, other) = (shipment("200_delivered.json"), of(&other));

    assert_eq!(one.id, None);
    assert_eq!(one.reference, other.reference);
    assert!(!one.is_same_shipment(&other));
}

#[test]
fn status_is_that_of_newest_checkpoint_and_says_so() {
    let shipment = shipment("200_delivered.json");

    assert_eq!(shipment.status.status, Status::Delivered);
    assert_eq!(
        shipment.status.origin,
        Origin::Derived("checkpoints".into())
    );
    assert!(shipment.is_terminal());
    assert!(shipment.conflicts.is_empty(), "{:?}", shipment.conflicts);
}

#[test]
fn checkpoints_are_sorted_by_their_times() {
    let (mixed, sorted) = (
        shipment("200_mixed_order.json"),
        shipment("200_delivered.json"),
    );

    let descriptions = |shipment: &Shipment| -> Vec<String> {
        let events = shipment.events();
        events
            .iter()
            .filter_map(|it| it.description.clone())
            .collect()
    };
    assert_eq!(descriptions(&mixed), descriptions(&sorted));
    assert_eq!(descriptions(&mixed)[0], "Taken over at the dock");
    assert_eq!(mixed.status.status, Status::Delivered);
}

#[test]
fn first_of_equal_times_in_response_is_newest() {
    let at = "2026-09-14T09:12:40Z";
    let shipment = of(&json!({ "trackingNumber": "QX1", "checkpoints": [
        { "statusUid": "delivered", "createdAt": at, "message": "b" },
        { "statusUid": "out_for_delivery", "createdAt": at, "message": "a" },
    ] }));

    assert_eq!(shipment.status.status, Status::Delivered);
}

#[test]
fn parcel_without_checkpoints_is_pending() {
    for name in [
        "200_no_checkpoints.json",
        "200_checkpoints_absent.json",
        "200_null_list.json",
    ] {
        let shipment = shipment(name);

        assert_eq!(shipment.status.status, Status::Pending, "{name}");
        assert_eq!(shipment.status.precision, Precision::Ambiguous, "{name}");
        assert_eq!(
            shipment.status.origin,
            Origin::Derived("checkpoints".into())
        );
        assert!(shipment.is_unheard_of() && shipment.should_poll(), "{name}");
    }
}

#[test]
fn descriptions_refine_the_status_of_their_checkpoint() {
    let shipment = shipment("200_delivered.json");

    let found: Vec<(Status, Option<Detail>)> = shipment
        .events()
        .iter()
        .map(|it| (it.status.status.clone(), it.status.detail.clone()))
        .collect();

    assert_eq!(
        found,
        [
            (Status::PickedUp, Some(Detail::AcceptanceScan)),
            (Status::InTransit, Some(Detail::DepartedHub)),
            (Status::InTransit, Some(Detail::ArrivedAtHub)),
            (Status::OutForDelivery, None),
            (Status::Delivered, None),
        ]
    );
    let picked_up = &shipment.events()[0].status;
    assert_eq!(picked_up.precision, Precision::Coarse);
    assert_eq!(picked_up.raw.main.as_deref(), Some("in_transit"));
    assert_eq!(picked_up.raw.fine.as_deref(), Some("Acceptance scan"));
    assert_eq!(picked_up.raw.category.as_deref(), Some("1"));
    assert_eq!(
        picked_up.raw.text.as_deref(),
        Some("Taken over at the dock")
    );
}

#[test]
fn descriptions_can_be_left_out_of_it() {
    let body = fixture("get-tracking/200_delivered.json");

    let (shipment, _) = mapped(&body, Descriptions::Ignore);

    let first = &shipment.events()[0].status;
    assert_eq!((&first.status, &first.detail), (&Status::InTransit, &None));
    assert_eq!(first.raw.fine.as_deref(), Some("Acceptance scan"));
}

#[test]
fn reason_comes_from_description() {
    let shipment = of(&json!({ "trackingNumber": "QX1", "checkpoints": [{
        "statusUid": "failed_attempt",
        "description": "addressee NOT available.",
        "createdAt": "2026-09-14T09:12:40Z",
    }] }));

    assert_eq!(shipment.status.status, Status::AttemptFailed);
    assert_eq!(shipment.status.detail, Some(Detail::NotHome));
    assert_eq!(shipment.status.reason, Some(Reason::RecipientNotHome));
}

#[test]
fn description_that_contradicts_its_state_is_conflict() {
    let shipment = of(&json!({ "trackingNumber": "QX1", "checkpoints": [{
        "statusUid": "delivered",
        "description": "Returned to sender",
        "createdAt": "2026-09-14T09:12:40Z",
    }] }));

    assert_eq!(shipment.status.status, Status::Delivered);
    assert_eq!(shipment.conflicts[0].kind, ConflictKind::FineVsMain);
}

#[test]
fn signed_by_is_the_source_of_an_event_and_never_a_person() {
    let shipment = shipment("200_delivered.json");

    assert_eq!(shipment.signed_by, None);
    for event in shipment.events() {
        assert_eq!(event.source.as_deref(), Some("aftership"));
        assert_eq!(event.signed_by, None);
    }
    let stored = serde_json::to_string(&shipment).unwrap();
    assert!(!stored.contains(r#""signed_by":"a"#), "{stored}");
}

#[test]
fn newest_expected_day_is_estimate_and_stays_day() {
    let (sorted, mixed) = (
        shipment("200_delivered.json"),
        shipment("200_mixed_order.json"),
    );

    for shipment in [sorted, mixed] {
        let [eta] = shipment.etas.as_slice() else {
            panic!("{:?}", shipment.etas)
        };
        assert_eq!(eta.from.text(), "2026-09-15");
        assert_eq!(eta.from.kind(), TimeKind::DateOnly);
        assert_eq!(eta.precision, EtaPrecision::Day);
        assert_eq!(eta.source, EtaSource::Aggregator);
        assert_eq!(eta.field, "expectedDeliveryDate");
    }
}

#[test]
fn estimate_of_checkpoint_with_time_comes_before_one_without() {
    let shipment = of(&json!({ "trackingNumber": "QX1", "checkpoints": [
        { "statusUid": "in_transit", "expectedDeliveryDate": "2026-09-20" },
        {
            "statusUid": "in_transit",
            "createdAt": "2026-09-12T06:41:05",
            "expectedDeliveryDate": "2026-09-14",
        },
        {
            "statusUid": "in_transit",
            "createdAt": "2026-09-13T06:41:05",
            "expectedDeliveryDate": "2026-09-15",
        },
    ] }));

    assert_eq!(shipment.etas[0].from.text(), "2026-09-15");
}

#[test]
fn missing_expected_day_is_no_estimate() {
    for name in [
        "200_all_null.json",
        "200_empty_texts.json",
        "200_times.json",
    ] {
        assert!(shipment(name).etas.is_empty(), "{name}");
    }
}

#[test]
fn times_keep_how_much_zone_they_have() {
    let shipment = shipment("200_times.json");

    let mut kinds: Vec<(String, TimeKind)> = shipment
        .events()
        .iter()
        .map(|it| {
            let time = it.time.as_ref().unwrap();
            (time.text().to_owned(), time.kind())
        })
        .collect();
    kinds.sort();

    let kind = |text: &str, kind| (text.to_owned(), kind);
    assert_eq!(
        kinds,
        [
            kind("2026-09-10", TimeKind::DateOnly),
            kind("2026-09-11T23:00:00", TimeKind::LocalNaive),
            kind("2026-09-12T05:00:00.250Z", TimeKind::ClaimedUtc),
            kind("2026-09-12T06:00:00Z", TimeKind::ClaimedUtc),
            kind("2026-09-12T09:00:00+02:00", TimeKind::Exact),
            kind("yesterday", TimeKind::Unparsed),
        ]
    );
}

#[test]
fn empty_strings_are_none() {
    let shipment = shipment("200_empty_texts.json");

    assert_eq!(shipment.number, "QX4471902385");
    assert_eq!(
        (
            &shipment.reference,
            &shipment.service,
            &shipment.tracking_url
        ),
        (&None, &None, &None)
    );
    assert_eq!(shipment.legs[0].courier, None);
    let event = &shipment.events()[0];
    assert_eq!(
        (&event.description, &event.location, &event.source),
        (&None, &None, &None)
    );
    assert_eq!(event.status.status, Status::Unknown);
}

#[test]
fn description_is_used_without_message() {
    let shipment = of(&json!({ "trackingNumber": "QX1", "checkpoints": [
        { "statusUid": "in_transit", "message": "", "description": "Departure Scan" },
    ] }));

    assert_eq!(
        shipment.events()[0].description.as_deref(),
        Some("Departure Scan")
    );
}

#[test]
fn number_decides_only_where_name_says_nothing() {
    let body = fixture("get-tracking/200_number_decides.json");

    let (shipment, counter) = mapped(&body, Descriptions::Refine);

    let statuses: Vec<Status> = shipment
        .events()
        .iter()
        .map(|it| it.status.status.clone())
        .collect();
    assert_eq!(statuses[0], Status::PickedUp);
    // Three is not proven.
    assert!(matches!(&statuses[1], Status::Unmapped(value) if value.as_str() == "3"));
    assert_eq!(statuses[2], Status::OutForDelivery);
    let counted: Vec<(String, String)> = counter
        .snapshot()
        .into_iter()
        .map(|it| (it.field, it.value))
        .collect();
    let pair = |field: &str, value: &str| (field.to_owned(), value.to_owned());
    assert_eq!(counted, [pair("status", "3"), pair("statusUid", "moving")]);
}

#[test]
fn other_spellings_map_alike_and_keep_raw_value() {
    let shipment = shipment("200_other_spellings.json");

    let found: Vec<(Status, String)> = shipment
        .events()
        .iter()
        .map(|it| {
            let raw = it.status.raw.main.as_deref().unwrap();
            (it.status.status.clone(), raw.to_owned())
        })
        .collect();

    let pair = |status, text: &str| (status, text.to_owned());
    assert_eq!(
        found,
        [
            pair(Status::InfoReceived, "Registered"),
            pair(Status::AttemptFailed, "attempt_failed"),
            pair(Status::Exception, "shipment_exception"),
            pair(Status::AvailableForPickup, "available_for_pick_up"),
            pair(Status::PickedUp, "dispatched"),
            pair(Status::Returned, "returned"),
            pair(Status::Exception, "Not-Collected"),
        ]
    );
    assert_eq!(shipment.status.detail, Some(Detail::NotCollected));
}

#[test]
fn unknown_values_are_unmapped_kept_and_counted() {
    let body = fixture("get-tracking/200_unknown_values.json");

    let (shipment, counter) = mapped(&body, Descriptions::Refine);

    assert!(
        matches!(&shipment.status.status, Status::Unmapped(it) if it.as_str() == "on_the_moon")
    );
    assert_eq!(shipment.status.raw.category.as_deref(), Some("41"));
    let values: Vec<String> = counter.snapshot().into_iter().map(|it| it.value).collect();
    assert_eq!(values, ["Landing scan", "on_the_moon"]);
    // An estimate that is no date stays a string.
    assert_eq!(shipment.etas[0].from.kind(), TimeKind::Unparsed);
}

#[test]
fn keys_of_events_do_not_depend_on_mapping_or_source() {
    let body = fixture_json("get-tracking/200_delivered.json");
    let mut moved = body.clone();
    for checkpoint in moved["checkpoints"].as_array_mut().unwrap() {
        checkpoint["expectedDeliveryDate"] = json!("2026-10-01");
        checkpoint["signedBy"] = json!("another source");
    }

    let keys = |shipment: &Shipment| -> Vec<String> {
        shipment
            .events()
            .iter()
            .map(|it| it.key.to_string())
            .collect()
    };
    let refined = of(&body);
    let (ignored, _) = mapped(&body.to_string(), Descriptions::Ignore);

    assert_eq!(keys(&refined), keys(&of(&moved)));
    assert_eq!(keys(&refined), keys(&ignored));
}

#[test]
fn repeated_checkpoint_counts_once() {
    let mut body = fixture_json("get-tracking/200_delivered.json");
    let copy = body["checkpoints"][2].clone();
    body["checkpoints"].as_array_mut().unwrap().push(copy);

    let shipment = of(&body);

    assert_eq!(shipment.events().len(), 5);
    assert_eq!(shipment.duplicates_dropped, 1);
}

#[test]
fn raw_json_stays_with_parcel_and_events() {
    let shipment = shipment("200_unknown_values.json");

    let raw: Value = serde_json::from_str(shipment.raw.get()).unwrap();
    assert_eq!(raw["labels"][0], "fragile");
    let newest = shipment.last_event().unwrap();
    let event: Value = serde_json::from_str(newest.raw.get()).unwrap();
    assert_eq!(event["temperature"], -3.5);
    assert_eq!(event["message"], "Landed");
}

#[test]
fn body_without_parcel_data_is_error() {
    for body in [
        "",
        "{}",
        "[]",
        r#"["PTS-1","QX1"]"#,
        "null",
        "<html>",
        r#"{"checkpoints":7}"#,
        r#"{"shortUid":" ","trackingNumber":"QX1"}"#,
    ] {
        let counter = UnmappedCounter::new();
        let body = Bytes::from_static(body.as_bytes());

        let result = shipment_from_body(&body, Descriptions::Refine, UtcTime::now(), &counter);

        assert_eq!(result.unwrap_err().kind(), ErrorKind::Decode, "{body:?}");
    }
}

#[test]
fn ten_thousand_checkpoints_are_read_in_one_go() {
    let checkpoints: Vec<Value> = (0..10_000)
        .map(|turn| json!({ "statusUid": "in_transit", "message": turn.to_string() }))
        .collect();

    let shipment = of(&json!({ "trackingNumber": "QX1", "checkpoints": checkpoints }));

    assert_eq!(shipment.events().len(), tracking_core::Shipment::MAX_EVENTS);
    assert_eq!(shipment.problems.len(), 1);
}

#[test]
fn zero_date_is_no_time_and_no_estimate() {
    let body = json!({
        "shortUid": "PTS-0009920", "trackingNumber": "QX4471902399",
        "checkpoints": [
            { "statusUid": "in_transit", "createdAt": PLACE, "expectedDeliveryDate": PLACE },
            { "statusUid": "registered", "createdAt": PLACE },
        ],
    });
    let paths = [
        "checkpoints[0].createdAt",
        "checkpoints[0].expectedDeliveryDate",
        "checkpoints[1].createdAt",
    ];

    assert_is_no_time(&body.to_string(), &paths, |body| {
        let counter = UnmappedCounter::new();
        shipment_from_body(body, Descriptions::Refine, UtcTime::now(), &counter).unwrap()
    });
}

#[test]
fn earlier_estimate_counts_where_the_newest_is_a_zero_date() {
    let shipment = of(&json!({
        "shortUid": "PTS-0009920", "trackingNumber": "QX4471902399",
        "checkpoints": [
            { "statusUid": "in_transit", "createdAt": "2026-09-13T08:00:00Z",
              "expectedDeliveryDate": "0001-01-01" },
            { "statusUid": "in_transit", "createdAt": "2026-09-12T08:00:00Z",
              "expectedDeliveryDate": "2026-09-15" },
        ],
    }));

    let expected: Vec<&str> = shipment.etas.iter().map(|eta| eta.from.text()).collect();
    assert_eq!(expected, ["2026-09-15"]);
    assert_eq!(shipment.problems.len(), 1);
}

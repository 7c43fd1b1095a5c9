//! Trackings of which a part cannot be read, in the unified model.

use bytes::Bytes;
use gcl_sdk::tracking_core::kit::UnmappedCounter;
use gcl_sdk::tracking_core::{Precision, Shipment, Status, UtcTime};
use gcl_sdk::{Descriptions, shipment_from_body};
use serde_json::{Value, json};

use crate::server::fixture_json;

fn of(body: &Value) -> Shipment {
    let body = Bytes::from(body.to_string());
    let (now, counter) = (UtcTime::now(), UnmappedCounter::new());
    shipment_from_body(&body, Descriptions::Refine, now, &counter).unwrap()
}

#[test]
fn unreadable_checkpoint_is_problem_and_rest_is_kept() {
    let mut body = fixture_json("get-tracking/200_delivered.json");
    body["checkpoints"][2]["location"] = json!({ "city": "WIEN" });
    body["checkpoints"][3] = json!(7);

    let shipment = of(&body);

    assert_eq!(shipment.events().len(), 4);
    assert_eq!(shipment.status.status, Status::Delivered);
    let mut paths: Vec<&str> = shipment
        .problems
        .iter()
        .map(|it| it.path.as_str())
        .collect();
    paths.sort_unstable();
    assert_eq!(paths, ["checkpoints[2].location", "checkpoints[3]"]);
    // The JSON of each event is still its own.
    for event in shipment.events() {
        let raw: Value = serde_json::from_str(event.raw.get()).unwrap();
        assert_eq!(raw["message"].as_str(), event.description.as_deref());
    }
}

#[test]
fn newest_state_counts_though_its_checkpoint_is_broken() {
    for (key, odd) in [
        ("location", json!({ "city": "WIEN" })),
        ("status", json!("six")),
        ("message", json!(["Handed over"])),
        ("expectedDeliveryDate", json!({})),
        ("createdAt", json!([2026, 9, 14])),
    ] {
        let mut body = fixture_json("get-tracking/200_delivered.json");
        body["checkpoints"][0][key] = odd.clone();

        let shipment = of(&body);

        assert_eq!(shipment.status.status, Status::Delivered, "{key}");
        assert_eq!(shipment.events().len(), 5, "{key}");
        let [problem] = shipment.problems.as_slice() else {
            panic!("{key}: {:?}", shipment.problems)
        };
        assert_eq!(problem.path, format!("checkpoints[0].{key}"));
        assert_eq!(problem.raw.as_ref().unwrap().get(), odd.to_string());
    }
}

#[test]
fn state_is_no_sure_one_where_newer_checkpoint_may_be_lost() {
    let mut body = fixture_json("get-tracking/200_delivered.json");
    body["checkpoints"][0] = json!("delivered");

    let shipment = of(&body);

    assert_eq!(shipment.status.status, Status::OutForDelivery);
    assert_eq!(shipment.status.precision, Precision::Ambiguous);
}

#[test]
fn checkpoints_that_cannot_be_read_are_not_taken_for_none() {
    for odd in [json!("none"), json!({ "0": {} }), json!([7])] {
        let shipment = of(&json!({ "shortUid": "PTS-1", "checkpoints": odd }));

        assert_eq!(shipment.status.status, Status::Unknown, "{odd}");
        assert!(!shipment.is_unheard_of() && shipment.should_poll(), "{odd}");
        assert_eq!(shipment.problems.len(), 1, "{odd}");
    }
}

#[test]
fn nulls_between_checkpoints_do_not_mix_up_their_json() {
    let mut body = fixture_json("get-tracking/200_delivered.json");
    let list = body["checkpoints"].as_array_mut().unwrap();
    list.insert(0, Value::Null);
    list.insert(2, json!(7));

    let shipment = of(&body);

    assert_eq!(shipment.events().len(), 5);
    assert_eq!(shipment.problems[0].path, "checkpoints[2]");
    for event in shipment.events() {
        let raw: Value = serde_json::from_str(event.raw.get()).unwrap();
        assert_eq!(raw["message"].as_str(), event.description.as_deref());
    }
}

#[test]
fn unreadable_field_does_not_lose_parcel() {
    let mut body = fixture_json("get-tracking/200_delivered.json");
    body["carrierName"] = json!({ "de": "Muster" });

    let shipment = of(&body);

    assert_eq!(shipment.events().len(), 5);
    let courier = shipment.legs[0].courier.as_ref().unwrap();
    assert_eq!(
        (courier.code.as_str(), &courier.name),
        ("sample_parcel", &None)
    );
    assert_eq!(shipment.problems[0].path, "carrierName");
}

#[test]
fn checkpoint_without_any_key_is_problem_and_no_event() {
    let mut body = fixture_json("get-tracking/200_delivered.json");
    let list = body["checkpoints"].as_array_mut().unwrap();
    list.insert(1, json!({}));
    list.insert(3, json!({ "colour": "red" }));
    list.push(json!([]));

    let shipment = of(&body);

    assert_eq!(shipment.events().len(), 5);
    let mut problems: Vec<(&str, &str)> = shipment
        .problems
        .iter()
        .map(|it| (it.path.as_str(), it.raw.as_ref().unwrap().get()))
        .collect();
    problems.sort_unstable();
    assert_eq!(
        problems,
        [
            ("checkpoints[1]", "{}"),
            ("checkpoints[3]", r#"{"colour":"red"}"#),
            ("checkpoints[7]", "[]"),
        ]
    );
    // One of them may be the newest.
    assert_eq!(shipment.status.precision, Precision::Ambiguous);
    for event in shipment.events() {
        let raw: Value = serde_json::from_str(event.raw.get()).unwrap();
        assert_eq!(raw["message"].as_str(), event.description.as_deref());
    }
}

#[test]
fn byte_order_mark_before_tracking_is_skipped() {
    let body = fixture_json("get-tracking/200_delivered.json").to_string();
    let body = Bytes::from(format!("\u{feff}{body}"));
    let counter = UnmappedCounter::new();

    let shipment =
        shipment_from_body(&body, Descriptions::Refine, UtcTime::now(), &counter).unwrap();

    assert_eq!(shipment.events().len(), 5);
    assert!(shipment.problems.is_empty());
}

#[test]
fn endless_empty_checkpoints_keep_problems_few() {
    for element in ["{}", "[]", "7"] {
        let elements = vec![element; 50_000].join(",");
        let body = format!(r#"{{"shortUid":"PTS-1","checkpoints":[{elements}]}}"#);
        let counter = UnmappedCounter::new();

        let shipment = shipment_from_body(
            &Bytes::from(body),
            Descriptions::Refine,
            UtcTime::now(),
            &counter,
        )
        .unwrap();

        assert!(shipment.events().is_empty(), "{element}");
        assert_eq!(shipment.status.status, Status::Unknown, "{element}");
        assert_eq!(shipment.problems.len(), 101, "{element}");
        let last = &shipment.problems.last().unwrap().message;
        assert!(last.contains("49900 more"), "{element}: {last}");
    }
}

#[test]
fn message_of_problem_names_kinds_and_no_value() {
    let mut body = fixture_json("get-tracking/200_delivered.json");
    body["checkpoints"][0]["location"] = json!({ "city": "WIEN" });

    let shipment = of(&body);

    let message = &shipment.problems[0].message;
    assert_eq!(message, "expected a string, found an object");
}

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
fn a_checkpoint_that_cannot_be_read_is_a_problem_and_the_rest_is_kept() {
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
fn the_newest_state_counts_whatever_else_of_its_checkpoint_cannot_be_read() {
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
fn a_state_is_no_sure_one_where_a_newer_checkpoint_may_be_lost() {
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
fn a_field_that_cannot_be_read_does_not_lose_the_parcel() {
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

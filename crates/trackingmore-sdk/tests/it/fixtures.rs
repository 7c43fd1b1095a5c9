//! Every fixture is read by the type that it belongs to, and nothing of it is lost.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tracking_testkit::fixtures::through;
use trackingmore_sdk::{
    AirCargoRequest, AirCargoResponse, BatchCreateResponse, BatchCreateTracking,
    CarrierListResponse, CostTimeResponse, CostTimeRoute, CreateTracking, CreateTrackingResponse,
    DeleteTrackingResponse, DeleteTrackingsResponse, DetectCarrier, DetectCarrierResponse,
    ErrorResponse, NotUpdateResponse, RealtimeResponse, RealtimeTracking, RemotePlace,
    RemoteResponse, StatusNumberResponse, TrackingKey, TrackingListResponse, TrackingResponse,
    TrackingWebhook, UpdateCarrier, UpdateCarrierResponse, UpdateMoreResponse, UpdateMoreTracking,
    UpdateTracking, UpdateTrackingResponse, UserInfoResponse,
};

use crate::server::{FIXTURES, fixture};

/// Those whose shape is not the documented one, so that writing them back gives other JSON.
const CHANGED: [&str; 8] = [
    // Unknown fields are ignored; `forward.rs`, `carriers.rs` and `air_cargo.rs` find them.
    "air-cargo/200_unknown_fields.json",
    "create-tracking/200_unknown_fields.json",
    "detect-carrier/200_several.json",
    "get-tracking/200_unknown_values.json",
    "list-carriers/200_more_columns.json",
    // A string for a boolean, and a number with a zero at its end.
    "get-tracking/200_wrong_scalars.json",
    "get-user-info/200_phone_null.json",
    // The receiver looks there by itself.
    "receive-webhook/proof_inside_data.json",
];

/// Bodies that are no envelope, or none of version 2; `errors.rs`, `envelope.rs` and `webhooks.rs`
/// read them.
const NO_ENVELOPE: [&str; 4] = [
    "errors/list_at_top.json",
    "errors/meta_empty_list.json",
    "receive-webhook/version_3.json",
    "receive-webhook/version_4.json",
];

/// Reads a fixture as what its folder and its name make it, and writes it again.
fn written_again(folder: &str, name: &str, text: &str) -> Value {
    if name.starts_with("request") {
        return match folder {
            "create-tracking" => through::<CreateTracking>(text),
            "update-tracking" => through::<UpdateTracking>(text),
            "batch-create-trackings" => through::<Vec<BatchCreateTracking>>(text),
            "update-more-trackings" => through::<Vec<UpdateMoreTracking>>(text),
            "delete-trackings" | "not-update-trackings" => through::<Vec<TrackingKey>>(text),
            "realtime-tracking" => through::<RealtimeTracking>(text),
            "update-carrier" => through::<UpdateCarrier>(text),
            "remote-areas" => through::<Vec<RemotePlace>>(text),
            "cost-time" => through::<Vec<CostTimeRoute>>(text),
            "air-cargo" => through::<AirCargoRequest>(text),
            "detect-carrier" => through::<DetectCarrier>(text),
            other => panic!("no request is known for {other}"),
        };
    }
    let is_success = name.starts_with("200_") || name.starts_with("201_");
    // Two refusals are an empty list to their callers, and so have the type of a success.
    let is_empty_list = ["4031_nothing_found.json", "4032_none.json"].contains(&name);
    if folder == "errors" || (folder != "receive-webhook" && !is_success && !is_empty_list) {
        return through::<ErrorResponse>(text);
    }
    match folder {
        "create-tracking" => through::<CreateTrackingResponse>(text),
        "get-tracking" | "get-tracking-in-language" => through::<TrackingResponse>(text),
        "update-tracking" => through::<UpdateTrackingResponse>(text),
        "delete-tracking" => through::<DeleteTrackingResponse>(text),
        "batch-create-trackings" => through::<BatchCreateResponse>(text),
        "list-trackings" => through::<TrackingListResponse>(text),
        "update-more-trackings" => through::<UpdateMoreResponse>(text),
        "delete-trackings" => through::<DeleteTrackingsResponse>(text),
        "realtime-tracking" => through::<RealtimeResponse>(text),
        "update-carrier" => through::<UpdateCarrierResponse>(text),
        "get-user-info" => through::<UserInfoResponse>(text),
        "get-status-number" => through::<StatusNumberResponse>(text),
        "not-update-trackings" => through::<NotUpdateResponse>(text),
        "remote-areas" => through::<RemoteResponse>(text),
        "cost-time" => through::<CostTimeResponse>(text),
        "air-cargo" => through::<AirCargoResponse>(text),
        "list-carriers" => through::<CarrierListResponse>(text),
        "detect-carrier" => through::<DetectCarrierResponse>(text),
        "receive-webhook" => through::<TrackingWebhook>(text),
        other => panic!("no type is known for the folder {other}"),
    }
}

/// What a value says, whatever its spelling: nothing is absent, a scalar is its string, and a list
/// of one string is that string.
fn essence(value: Value) -> Value {
    match value {
        Value::Object(keys) => keys
            .into_iter()
            .map(|(key, value)| (key, essence(value)))
            .filter(|(_, value)| !is_nothing(value))
            .collect(),
        Value::Array(items) => {
            let mut items: Vec<Value> = items
                .into_iter()
                .map(essence)
                .filter(|item| !is_nothing(item))
                .collect();
            match items.as_slice() {
                [Value::String(_)] => items.remove(0),
                _ => Value::Array(items),
            }
        }
        Value::String(text) => Value::String(text.trim().to_owned()),
        Value::Number(number) => {
            let number = number.as_f64().unwrap();
            Value::String(number.to_string())
        }
        Value::Bool(_) => Value::String(value.to_string()),
        Value::Null => Value::Null,
    }
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(keys) => keys.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

#[test]
fn every_body_is_read_and_written_again_without_loss() {
    let files = FIXTURES.files();
    assert!(files.len() > 180, "{}", files.len());

    let mut changed = Vec::new();
    for path in files.iter().filter(|path| path.ends_with(".json")) {
        if NO_ENVELOPE.contains(&path.as_str()) {
            continue;
        }
        let text = fixture(path);
        let (folder, name) = path.split_once('/').unwrap();

        let written = written_again(folder, name, &text);

        if essence(serde_json::from_str(&text).unwrap()) != essence(written) {
            changed.push(path.as_str());
        }
    }

    changed.sort_unstable();
    let mut expected = CHANGED;
    expected.sort_unstable();
    assert_eq!(changed, expected);
}

#[test]
fn requests_are_written_exactly_as_they_stand_in_the_fixtures() {
    for path in FIXTURES.files() {
        let (folder, name) = path.split_once('/').unwrap();
        if name.starts_with("request") {
            let text = fixture(&path);
            let expected: Value = serde_json::from_str(&text).unwrap();

            assert_eq!(written_again(folder, name, &text), expected, "{path}");
        }
    }
}

#[test]
fn every_fixture_is_described() {
    FIXTURES.assert_described(&FIXTURES.files());
}

#[test]
fn every_fixture_is_used_by_a_test_of_its_own() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it");
    let sources: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .filter(|path| !path.ends_with("fixtures.rs"))
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();

    let unused: Vec<String> = FIXTURES
        .files()
        .into_iter()
        .filter(|path| {
            let (folder, name) = path.split_once('/').unwrap();
            // Codes are numbers in the tables of codes.
            let bare = name.trim_end_matches(".json");
            let is_code = folder == "errors" && bare.parse::<u32>().is_ok();
            let name = if is_code { bare } else { name };
            let uses = |source: &String| source.contains(folder) && source.contains(name);
            !sources.iter().any(uses)
        })
        .collect();

    assert!(unused.is_empty(), "{unused:?}");
}

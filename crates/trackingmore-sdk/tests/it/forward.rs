//! Answers of tomorrow: unknown fields, unknown values, missing keys.

use serde_json::{Value, json};
use trackingmore_sdk::tracking_http::unmodelled_fields;
use trackingmore_sdk::{
    CarrierType, CreateTracking, Response, Tracking, TrackingListResponse, TrackingResponse,
    TrackingStatus, TrackingSubstatus,
};

use crate::operations::{CARRIER, NUMBER, OPERATIONS};
use crate::server::{Answer, Server, fixture_json};

async fn tracking(name: &str) -> Response<Tracking> {
    let server = Server::answering(Answer::fixture(&format!("get-tracking/{name}"))).await;
    server.client().get_tracking(CARRIER, NUMBER).await.unwrap()
}

#[tokio::test]
async fn unknown_fields_are_ignored_listed_and_kept_in_the_body() {
    let path = "create-tracking/200_unknown_fields.json";
    let server = Server::answering(Answer::fixture(path)).await;

    let created = server
        .client()
        .create_tracking(&CreateTracking::new(NUMBER, CARRIER))
        .await
        .unwrap();

    assert_eq!(created.tracking_number.as_deref(), Some(NUMBER));
    assert_eq!(
        created.unmodelled(),
        ["data.nowadays", "data.quota_left", "extra", "meta.trace"]
    );
    let body: Value = serde_json::from_slice(created.body()).unwrap();
    assert_eq!(body["data"]["quota_left"], 17);
}

#[tokio::test]
async fn a_known_answer_has_no_unmodelled_fields() {
    for name in ["200_two_legs.json", "200_newest_2022.json"] {
        let tracking = tracking(name).await;

        assert!(tracking.unmodelled().is_empty(), "{name}");
    }
}

#[tokio::test]
async fn unknown_fields_are_found_on_every_level() {
    let tracking = tracking("200_unknown_values.json").await;

    let expected = [
        "data.origin_info.Teleporter",
        "data.origin_info.trackinfo[].Crew",
        "data.track_news",
    ];
    assert_eq!(tracking.unmodelled(), expected);
    let again = unmodelled_fields::<TrackingResponse>(tracking.body()).unwrap();
    assert_eq!(again, expected);
}

#[tokio::test]
async fn unknown_values_keep_their_text() {
    let tracking = tracking("200_unknown_values.json").await;

    assert_eq!(tracking.status.as_ref().unwrap().as_str(), "teleported");
    assert_eq!(tracking.substatus.as_ref().unwrap().as_str(), "transit099");
    let event = &tracking.origin_info.as_ref().unwrap().trackinfo[0];
    assert!(event.checkpoint_status.as_ref().unwrap().is_unknown());
    assert_eq!(event.substatus.as_ref().unwrap().as_str(), "beam001");
    assert_eq!(event.item_node.as_deref(), Some("Beamed"));
}

#[tokio::test]
async fn odd_spellings_survive_as_they_came() {
    let tracking = tracking("200_odd_spellings.json").await;

    assert_eq!(tracking.status.as_ref().unwrap().as_str(), "InfoReceived");
    assert_eq!(
        tracking.substatus.as_ref().unwrap().as_str(),
        "not found001"
    );
    let events = &tracking.origin_info.as_ref().unwrap().trackinfo;
    let texts: Vec<_> = events
        .iter()
        .map(|event| {
            let status = event.checkpoint_status.as_ref().unwrap().as_str();
            (status, event.substatus.as_ref().unwrap().as_str())
        })
        .collect();
    assert_eq!(texts, [("Exception", "exception0010"), ("pendding", "")]);
}

/// Checks that an open enum takes an unknown value, keeps it and gives it back.
macro_rules! assert_open {
    ($($name:ident),+ $(,)?) => {$(
        for text in ["brand_new", "", "Pending", " express ", "ünknown"] {
            let value: $name = serde_json::from_value(json!(text)).unwrap();

            assert!(value.is_unknown(), "{} {text:?}", stringify!($name));
            assert_eq!(value.as_str(), text);
            assert_eq!(serde_json::to_value(&value).unwrap(), json!(text));
            assert_eq!(value, $name::from(text));
        }
        let number: $name = serde_json::from_value(json!(410)).unwrap();
        assert_eq!(number.as_str(), "410");
        for known in $name::KNOWN {
            let value: $name = serde_json::from_value(json!(known.as_str())).unwrap();
            assert!(!value.is_unknown());
            assert_eq!(&value, known);
        }
    )+};
}

#[test]
fn every_open_enum_keeps_unknown_values() {
    assert_open!(TrackingStatus, TrackingSubstatus, CarrierType);
}

/// All keys of an answer become null, then go, one after the other; none may lose the answer.
#[test]
fn any_single_key_of_an_answer_may_be_null_or_missing() {
    for name in ["200_two_legs.json", "200_newest_2022.json"] {
        let whole = fixture_json(&format!("get-tracking/{name}"));
        assert_tolerant::<TrackingResponse>(&whole);
    }
    assert_tolerant::<TrackingListResponse>(&fixture_json("list-trackings/200_page.json"));
}

#[track_caller]
fn assert_tolerant<T: serde::de::DeserializeOwned + std::fmt::Debug>(whole: &Value) {
    let mut pointers = Vec::new();
    collect_pointers(whole, "", &mut pointers);
    assert!(pointers.len() > 30, "{pointers:?}");

    for pointer in pointers {
        let mut with_null = whole.clone();
        *with_null.pointer_mut(&pointer).unwrap() = Value::Null;
        let mut without = whole.clone();
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        without
            .pointer_mut(parent)
            .unwrap()
            .as_object_mut()
            .unwrap()
            .remove(key);

        for body in [with_null, without] {
            let read = serde_json::from_value::<T>(body);
            assert!(read.is_ok(), "{pointer}: {read:?}");
        }
    }
}

/// The JSON pointers of all keys of objects.
fn collect_pointers(value: &Value, at: &str, pointers: &mut Vec<String>) {
    match value {
        Value::Object(keys) => {
            for (key, value) in keys {
                let pointer = format!("{at}/{key}");
                pointers.push(pointer.clone());
                collect_pointers(value, &pointer, pointers);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                collect_pointers(value, &format!("{at}/{index}"), pointers);
            }
        }
        _ => {}
    }
}

#[tokio::test]
async fn an_unknown_key_beside_the_data_fails_no_operation() {
    for operation in OPERATIONS {
        let mut body = fixture_json(&operation.fixture());
        body["request_id"] = json!("r-1");
        body["meta"]["cost"] = json!({ "units": 1 });
        let server = Server::answering(Answer::json(200, &body)).await;

        let outcome = crate::operations::call(&server.client(), operation.id).await;

        assert!(outcome.is_ok(), "{}: {outcome:?}", operation.id);
    }
}

//! Responses of tomorrow: unknown fields, unknown values, nulls, missing keys, wrong scalars.

use gcl_sdk::{
    BoxType, CheckPoint, DimensionUnit, ErrorCode, LabelFormat, Response, ShippingMethodsQuote,
    ShippingOrder, StatusUid, Tier, TrackingResponse, WeightUnit,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::server::{Answer, Server, fixture, fixture_json};

async fn tracking(name: &str) -> Response<TrackingResponse> {
    let server = Server::answering(Answer::fixture(&format!("get-tracking/{name}"))).await;
    server.client().get_tracking("QX1").await.unwrap()
}

#[tokio::test]
async fn unknown_fields_are_ignored_listed_and_kept_in_the_body() {
    let tracking = tracking("200_unknown_values.json").await;

    assert_eq!(
        tracking.unmodelled(),
        ["checkpoints[].temperature", "labels"]
    );
    let body: Value = serde_json::from_slice(tracking.body()).unwrap();
    assert_eq!(body["labels"][0], "fragile");
}

#[tokio::test]
async fn unknown_values_keep_their_text() {
    let tracking = tracking("200_unknown_values.json").await;

    let checkpoint = &tracking.checkpoints[0];
    let uid = checkpoint.status_uid.as_ref().unwrap();
    assert!(uid.is_unknown());
    assert_eq!((uid.as_str(), checkpoint.status), ("on_the_moon", Some(41)));
    assert_eq!(checkpoint.signed_by.as_deref(), Some("lunar-tracking"));
}

/// Checks that an open enum takes an unknown value, keeps it and gives it back.
macro_rules! assert_open {
    ($($name:ident),+ $(,)?) => {$(
        for text in ["brand_new", "", "In_Transit", " g ", "ünknown"] {
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
    assert_open!(
        StatusUid,
        ErrorCode,
        WeightUnit,
        DimensionUnit,
        LabelFormat,
        BoxType,
        Tier,
    );
}

#[tokio::test]
async fn every_key_may_be_null_empty_or_missing() {
    for name in [
        "200_all_null.json",
        "200_empty_texts.json",
        "200_missing_keys.json",
    ] {
        let tracking = tracking(name).await;

        assert_eq!(tracking.tracking_number.as_deref(), Some("QX4471902385"));
        let checkpoint = &tracking.checkpoints[0];
        assert_eq!(
            (checkpoint.status, checkpoint.expected_delivery()),
            (None, None),
            "{name}"
        );
    }
    assert_eq!(
        tracking("200_all_null.json").await.checkpoints,
        [CheckPoint::default()]
    );
}

#[tokio::test]
async fn wrong_scalars_are_read_as_what_they_mean() {
    let tracking = tracking("200_wrong_scalars.json").await;

    assert_eq!(tracking.short_uid.as_deref(), Some("9917"));
    assert_eq!(tracking.tracking_number.as_deref(), Some("4471902385"));
    assert_eq!(tracking.checkpoints[1].message.as_deref(), Some("42"));
}

/// All keys of a body become null, one after the other, and then go missing; none may lose the
/// response.
fn assert_no_key_is_needed<T: DeserializeOwned>(path: &str, at_least: usize) {
    let whole: Value = serde_json::from_str(&fixture(path)).unwrap();
    let mut pointers = Vec::new();
    collect_pointers(&whole, "", &mut pointers);
    assert!(pointers.len() >= at_least, "{pointers:?}");

    for pointer in pointers {
        let mut with_null = whole.clone();
        *with_null.pointer_mut(&pointer).unwrap() = Value::Null;
        let mut without = whole.clone();
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        let parent = without.pointer_mut(parent).unwrap();
        parent.as_object_mut().unwrap().remove(key);

        for body in [with_null, without] {
            let read = serde_json::from_value::<T>(body);
            assert!(read.is_ok(), "{path} {pointer}");
        }
    }
}

#[test]
fn any_single_key_of_a_response_may_be_null_or_missing() {
    assert_no_key_is_needed::<TrackingResponse>("get-tracking/200_delivered.json", 49);
    assert_no_key_is_needed::<ShippingMethodsQuote>("quote-shipping-methods/200_methods.json", 21);
    assert_no_key_is_needed::<ShippingOrder>("create-shipping-order/201_more_keys.json", 10);
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

#[test]
fn the_order_of_the_keys_of_a_checkpoint_does_not_matter() {
    let checkpoint = &fixture_json("get-tracking/200_delivered.json")["checkpoints"][0];
    let keys: Vec<String> = checkpoint
        .as_object()
        .unwrap()
        .iter()
        .rev()
        .map(|(key, value)| format!("{}:{value}", json!(key)))
        .collect();
    let reversed = format!("{{{}}}", keys.join(","));

    let read: CheckPoint = serde_json::from_str(&reversed).unwrap();

    assert_eq!(read, serde_json::from_value(checkpoint.clone()).unwrap());
}

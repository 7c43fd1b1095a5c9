//! Responses of tomorrow: unknown fields, unknown values, nulls, missing keys, wrong scalars.

use gcl_sdk::{CheckPoint, Response, TrackingResponse};
use serde_json::{Value, json};

use crate::server::{Reply, Server, fixture_json};

async fn tracking(name: &str) -> Response<TrackingResponse> {
    let server = Server::replying(Reply::fixture(&format!("get-tracking/{name}"))).await;
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
async fn unknown_values_keep_raw_value() {
    let tracking = tracking("200_unknown_values.json").await;

    let checkpoint = &tracking.checkpoints[0];
    let uid = checkpoint.status_uid.as_ref().unwrap();
    assert!(uid.is_unknown());
    assert_eq!((uid.as_str(), checkpoint.status), ("on_the_moon", Some(41)));
    assert_eq!(checkpoint.signed_by.as_deref(), Some("lunar-tracking"));
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

#[test]
fn order_of_keys_of_checkpoint_does_not_matter() {
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

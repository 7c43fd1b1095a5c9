//! Responses of tomorrow: unknown fields, unknown values, missing keys.

use serde_json::Value;
use trackingmore_sdk::tracking_http::unmodelled_fields;
use trackingmore_sdk::{CreateTracking, Response, Tracking, TrackingResponse};

use crate::operations::{CARRIER, NUMBER};
use crate::server::{Reply, Server};

async fn tracking(name: &str) -> Response<Tracking> {
    let server = Server::replying(Reply::fixture(&format!("get-tracking/{name}"))).await;
    server.client().get_tracking(CARRIER, NUMBER).await.unwrap()
}

#[tokio::test]
async fn unknown_fields_are_ignored_listed_and_kept_in_the_body() {
    let path = "create-tracking/200_unknown_fields.json";
    let server = Server::replying(Reply::fixture(path)).await;

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
async fn unknown_values_keep_raw_value() {
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
    let strings: Vec<_> = events
        .iter()
        .map(|event| {
            let status = event.checkpoint_status.as_ref().unwrap().as_str();
            (status, event.substatus.as_ref().unwrap().as_str())
        })
        .collect();
    assert_eq!(strings, [("Exception", "exception0010"), ("pendding", "")]);
}

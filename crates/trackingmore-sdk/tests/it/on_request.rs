//! `Provider::track` with `realtime`: the courier is asked now, which costs quota.

use serde_json::json;
use tracking_core::{Date, ErrorKind, Outcome, Status, TrackRequest};

use crate::lookup::{at_courier, items, track};
use crate::operations::NUMBER;
use crate::server::{Enveloped as _, Reply, Server};

#[tokio::test]
async fn courier_is_queried_live_on_request_only() {
    let server = Server::replying(Reply::fixture("realtime-tracking/200_item.json")).await;
    let request = TrackRequest::number("ZA100200301XX")
        .with_courier("sample-express")
        .with_destination_country("NO")
        .with_destination_post_code("0150")
        .with_ship_date(Date::new(2026, 9, 8).unwrap())
        .with_language("en")
        .with_realtime(true);

    let outcome = track(&server, request).await.unwrap();

    assert_eq!(outcome.shipments()[0].status.status, Status::Delivered);
    let body = json!({
        "tracking_number": "ZA100200301XX", "carrier_code": "sample-express",
        "destination_code": "NO", "specialNumberDestination": "NO", "tracking_postal_code": "0150",
        "tracking_ship_date": "20260908", "lang": "en",
    });
    server
        .request()
        .assert_json("POST", "/v2/trackings/realtime", &body);
}

#[tokio::test]
async fn realtime_question_without_courier_is_looked_up_first() {
    let server = Server::start([
        items(&["sample-express"]),
        Reply::fixture("realtime-tracking/200_item.json"),
        Reply::code(4031),
        Reply::fixture("detect-carrier/200_one.json"),
        Reply::fixture("realtime-tracking/200_item.json"),
    ])
    .await;
    let request = || TrackRequest::number(NUMBER).with_realtime(true);

    track(&server, request()).await.unwrap();
    track(&server, request()).await.unwrap();

    let requests = server.requests();
    assert_eq!(requests[1].json()["carrier_code"], "sample-express");
    assert_eq!(requests[4].json()["carrier_code"], "sample-post");
}

#[tokio::test]
async fn realtime_lookup_of_several_trackings_is_refused_free() {
    let server = Server::replying(items(&["sample-post", "sample-express"])).await;
    let request = TrackRequest::number(NUMBER).with_realtime(true);

    let error = track(&server, request).await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    let text = error.to_string();
    assert!(text.contains("sample-post, sample-express"), "{text}");
}

#[tokio::test]
async fn courier_without_data_is_outcome() {
    for response in [
        Reply::fixture("realtime-tracking/4031_nothing.json"),
        Reply::fixture("realtime-tracking/200_empty_items.json"),
    ] {
        let server = Server::replying(response).await;

        let outcome = track(&server, at_courier().with_realtime(true)).await;

        assert_eq!(outcome.unwrap(), Outcome::NotFound);
    }
}

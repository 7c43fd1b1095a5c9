//! `GET` and `PATCH /trackers/{trackerId}`, and how a tracker is named.

use serde_json::json;
use ship24_sdk::{ErrorKind, TrackerId, TrackerRef, UpdateTracker, UpdateTrackerRecipient};

use crate::server::{Reply, Server, fixture_json};

#[tokio::test]
async fn tracker_is_taken_out_of_its_envelope() {
    let fixture = "get-tracker-by-trackerId/200_tracker.json";
    let server = Server::replying(Reply::fixture(fixture)).await;
    let id = "5d206a01-6e2b-d9f1-4071-83b1c7e04a71";

    let tracker = server.client().get_tracker_by_tracker_id(id).await.unwrap();

    assert_eq!(tracker.tracker_id, Some(TrackerId::from(id)));
    let created = tracker.created_at.as_ref().unwrap();
    assert_eq!(created.as_str(), "2026-08-18T09:11:12.480Z");
    assert!(created.timestamp().instant().is_some());
    let target = format!("/public/v1/trackers/{id}");
    server.request().assert_without_body("GET", &target);
}

#[tokio::test]
async fn ids_are_opaque_strings() {
    let fixture = "get-tracker-by-trackerId/200_odd_ids.json";
    let server = Server::replying(Reply::fixture(fixture)).await;
    let id = TrackerId::from("not-a-uuid/72");

    let tracker = server
        .client()
        .get_tracker_by_tracker_id(&id)
        .await
        .unwrap();

    assert_eq!(tracker.tracker_id.as_ref(), Some(&id));
    assert_eq!(
        tracker.client_tracker_id.as_deref(),
        Some("order #72 / täst")
    );
    server
        .request()
        .assert_without_body("GET", "/public/v1/trackers/not-a-uuid%2F72");
}

#[tokio::test]
async fn client_id_is_one_encoded_segment_and_query_says_what_it_is() {
    let cases = [
        ("shop-order-7071", "shop-order-7071"),
        ("order-1/2", "order-1%2F2"),
        ("order #72 / täst", "order%20%2372%20%2F%20t%C3%A4st"),
        ("a?b&c=d", "a%3Fb%26c%3Dd"),
        ("50%", "50%25"),
        ("a%2Fb", "a%252Fb"),
        ("..%2f", "..%252f"),
        ("a+b", "a%2Bb"),
    ];

    for (id, encoded) in cases {
        let fixture = "get-tracker-by-trackerId/200_tracker.json";
        let server = Server::replying(Reply::fixture(fixture)).await;
        let tracker = TrackerRef::client_tracker_id(id);

        server
            .client()
            .get_tracker_by_tracker_id(tracker)
            .await
            .unwrap();

        let target = format!("/public/v1/trackers/{encoded}?searchBy=clientTrackerId");
        server.request().assert_without_body("GET", &target);
    }
}

#[tokio::test]
async fn every_operation_on_a_tracker_takes_a_client_id() {
    let server = Server::start([
        Reply::fixture("get-tracker-by-trackerId/200_tracker.json"),
        Reply::fixture("update-tracker-by-trackerId/200_archived.json"),
        Reply::fixture("get-tracking-results-of-tracker-by-trackerId/200_pending.json"),
        Reply::fixture("resend-webhooks/201_integer.json"),
        Reply::fixture("download-webhook-history/200_empty.json"),
    ])
    .await;
    let client = server.client();
    let tracker = TrackerRef::client_tracker_id("order-1/2");

    client.get_tracker_by_tracker_id(tracker).await.unwrap();
    let update = UpdateTracker::new().is_subscribed(false);
    client
        .update_tracker_by_tracker_id(tracker, &update)
        .await
        .unwrap();
    client
        .get_tracking_results_of_tracker_by_tracker_id(tracker)
        .await
        .unwrap();
    client.resend_webhooks(tracker).await.unwrap();
    client.download_webhook_history(tracker).await.unwrap();

    let lines: Vec<String> = server
        .requests()
        .iter()
        .map(|request| format!("{} {}", request.method, request.target))
        .collect();
    assert_eq!(
        lines,
        [
            "GET /public/v1/trackers/order-1%2F2?searchBy=clientTrackerId",
            "PATCH /public/v1/trackers/order-1%2F2?searchBy=clientTrackerId",
            "GET /public/v1/trackers/order-1%2F2/results?searchBy=clientTrackerId",
            "POST /public/v1/trackers/order-1%2F2/webhook-events/resend?searchBy=clientTrackerId",
            "GET /public/v1/trackers/order-1%2F2/webhook-history/download?searchBy=clientTrackerId",
        ]
    );
}

#[tokio::test]
async fn unknown_tracker_is_not_found() {
    let fixture = "get-tracker-by-trackerId/404_tracker_not_found.json";
    let server = Server::replying(Reply::fixture(fixture)).await;

    let error = server
        .client()
        .get_tracker_by_tracker_id("nobody")
        .await
        .unwrap_err();

    assert!(error.is_not_found());
    assert_eq!(error.provider_code(), Some("tracker_not_found"));
}

#[tokio::test]
async fn success_without_tracker_is_error_that_names_key() {
    for body in [
        json!({}),
        json!({ "data": null }),
        json!({ "data": { "tracker": null } }),
    ] {
        let server = Server::replying(Reply::json(200, &body)).await;

        let error = server
            .client()
            .get_tracker_by_tracker_id("t-1")
            .await
            .unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Decode, "{body}");
        assert_eq!(error.path(), Some("data.tracker"), "{body}");
        assert_eq!(error.body_text().unwrap(), body.to_string());
    }
}

#[tokio::test]
async fn archiving_sends_one_field() {
    let fixture = "update-tracker-by-trackerId/200_archived.json";
    let server = Server::replying(Reply::fixture(fixture)).await;
    let update = UpdateTracker::new().is_subscribed(false);

    let tracker = server
        .client()
        .update_tracker_by_tracker_id("t-81", &update)
        .await
        .unwrap();

    assert_eq!(
        (tracker.is_subscribed, tracker.is_tracked),
        (Some(false), Some(false))
    );
    let body = fixture_json("update-tracker-by-trackerId/request_unsubscribe.json");
    server
        .request()
        .assert_json("PATCH", "/public/v1/trackers/t-81", &body);
}

#[tokio::test]
async fn update_may_hold_every_field() {
    let fixture = "update-tracker-by-trackerId/200_with_recipient.json";
    let server = Server::replying(Reply::fixture(fixture)).await;
    let update = UpdateTracker::new()
        .is_subscribed(true)
        .origin_country_code("PT")
        .destination_country_code("NOR")
        .destination_post_code("5003")
        .shipping_date("2026-08-01")
        .courier_code(["sample-post-no"])
        .courier_name("Sample Parcel Plus")
        .tracking_url("https://courier.example/t/7081")
        .recipient(UpdateTrackerRecipient::new().name("Another Sample"));

    let tracker = server
        .client()
        .update_tracker_by_tracker_id("t-82", &update)
        .await
        .unwrap();

    let recipient = tracker.recipient.as_ref().unwrap();
    assert_eq!(recipient.name.as_deref(), Some("Another Sample"));
    let body = fixture_json("update-tracker-by-trackerId/request_full.json");
    server
        .request()
        .assert_json("PATCH", "/public/v1/trackers/t-82", &body);
}

#[tokio::test]
async fn processed_shipment_cannot_be_changed() {
    let fixture = "update-tracker-by-trackerId/400_not_updatable.json";
    let server = Server::replying(Reply::fixture(fixture)).await;
    let update = UpdateTracker::new().courier_code(["sample-post-no"]);

    let error = server
        .client()
        .update_tracker_by_tracker_id("t-81", &update)
        .await
        .unwrap_err();

    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert_eq!(error.provider_code(), Some("tracker_not_updatable"));
}

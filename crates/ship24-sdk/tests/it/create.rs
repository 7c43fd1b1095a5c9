//! `POST /trackers`.

use ship24_sdk::{CreateTracker, CreateTrackerRecipient, ErrorKind, TrackerSettings};
use tracking_core::{Provider as _, Registration};

use crate::server::{Reply, Server, fixture_json};

const TARGET: &str = "/public/v1/trackers";

fn minimal() -> CreateTracker {
    CreateTracker::new("PTS-0009917")
}

#[tokio::test]
async fn absent_fields_are_left_out() {
    let server = Server::replying(Reply::fixture("create-tracker/201_created.json")).await;

    let tracker = server.client().create_tracker(&minimal()).await.unwrap();

    assert_eq!(tracker.http_status(), 201);
    assert_eq!(
        tracker.tracking_number.as_deref(),
        Some("SHIP24_SAMPLE_IN_TRANSIT_001")
    );
    let body = fixture_json("create-tracker/request_minimal.json");
    server.request().assert_json("POST", TARGET, &body);
}

#[tokio::test]
async fn every_field_goes_under_its_documented_name() {
    let server = Server::replying(Reply::fixture("create-tracker/201_created.json")).await;
    let request = CreateTracker::new("PTS-0009917/B")
        .shipment_reference("autumn-batch-1")
        .client_tracker_id("shop-order-7001")
        .origin_country_code("PRT")
        .destination_country_code("NO")
        .destination_post_code("5003")
        .shipping_date("2026-08-01T14:00:00+01:00")
        .courier_code(["sample-post-pt", "sample-post-no"])
        .courier_name("Sample Parcel Plus")
        .tracking_url("https://courier.example/t?n=PTS-0009917%2FB")
        .order_number("7001")
        .title("Lamp, blue")
        .recipient(
            CreateTrackerRecipient::new()
                .email("recipient@shop.example")
                .name("Sample Recipient"),
        )
        .settings(TrackerSettings::new().restrict_tracking_to_courier_code(true));

    server.client().create_tracker(&request).await.unwrap();

    let body = fixture_json("create-tracker/request_full.json");
    server.request().assert_json("POST", TARGET, &body);
}

#[tokio::test]
async fn success_without_tracker_is_decode_error() {
    for body in [
        r#"{"data":{"tracker":{}}}"#,
        r#"{"data":{"tracker":{"trackerId":null,"isSubscribed":true}}}"#,
        r#"{"data":[{}]}"#,
    ] {
        let server = Server::start([Reply::new(201, body), Reply::new(201, body)]).await;
        let client = server.client();
        let registration = Registration::new("PTS-0009917");

        let error = client.create_tracker(&minimal()).await.unwrap_err();
        let unified = client.register(registration).await.unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Decode, "{body}: {error}");
        assert_eq!(unified.kind(), ErrorKind::Decode, "{body}: {unified}");
        assert_eq!(server.requests().len(), 2);
    }
}

#[tokio::test]
async fn repeat_may_return_200() {
    let server = Server::replying(Reply::fixture("create-tracker/200_existing.json")).await;

    let tracker = server.client().create_tracker(&minimal()).await.unwrap();

    assert_eq!(tracker.http_status(), 200);
    assert_eq!(
        tracker.client_tracker_id.as_deref(),
        Some("shop-order-7002")
    );
}

#[tokio::test]
async fn courier_codes_arrive_as_array_string_or_not_at_all() {
    let cases: [(&str, &[&str]); 4] = [
        (
            "create-tracker/201_courier_code_array.json",
            &["sample-post-pt", "sample-post-no"],
        ),
        (
            "create-tracker/201_courier_code_string.json",
            &["sample-post-pt"],
        ),
        ("create-tracker/201_courier_code_null.json", &[]),
        ("create-tracker/201_created.json", &[]),
    ];

    for (fixture, codes) in cases {
        let server = Server::replying(Reply::fixture(fixture)).await;

        let tracker = server.client().create_tracker(&minimal()).await.unwrap();

        assert_eq!(tracker.courier_code, codes, "{fixture}");
    }
}

#[tokio::test]
async fn responses_of_2024_lack_keys_and_are_read() {
    let server = Server::replying(Reply::fixture("create-tracker/201_older_2024.json")).await;

    let tracker = server.client().create_tracker(&minimal()).await.unwrap();

    assert_eq!(tracker.is_subscribed, Some(true));
    assert_eq!(
        (tracker.is_tracked, tracker.client_tracker_id.as_deref()),
        (None, None)
    );
}

#[tokio::test]
async fn status_headers_body_and_request_id_stay_with_the_result() {
    let reply = Reply::fixture("create-tracker/201_created.json")
        .header("x-request-id", "req-1")
        .header("ratelimit-limit", "10")
        .header("ratelimit-remaining", "9")
        .header("ratelimit-reset", "1");
    let server = Server::replying(reply.clone()).await;

    let tracker = server.client().create_tracker(&minimal()).await.unwrap();

    assert_eq!(tracker.request_id(), Some("req-1"));
    assert_eq!(tracker.body(), &reply.body);
    assert_eq!(tracker.attempts(), 1);
    let limit = tracker.rate_limit().unwrap();
    assert_eq!((limit.limit, limit.remaining), (Some(10), Some(9)));
}

#[tokio::test]
async fn refusals_keep_code_and_message() {
    let cases = [
        (
            "create-tracker/400_validation_error.json",
            ErrorKind::InvalidRequest,
        ),
        (
            "create-tracker/400_shipping_date_outdated.json",
            ErrorKind::InvalidRequest,
        ),
        (
            "create-tracker/400_tracker_conflict.json",
            ErrorKind::Conflict,
        ),
        (
            "create-tracker/409_request_conflict.json",
            ErrorKind::Conflict,
        ),
    ];

    for (fixture, kind) in cases {
        let server = Server::replying(Reply::fixture(fixture)).await;
        let item = fixture_json(fixture)["errors"][0].clone();

        let error = server
            .client()
            .create_tracker(&minimal())
            .await
            .unwrap_err();

        assert_eq!(error.kind(), kind, "{fixture}");
        assert_eq!(error.provider_code(), item["code"].as_str(), "{fixture}");
        assert_eq!(
            error.provider_message(),
            item["message"].as_str(),
            "{fixture}"
        );
        assert_eq!(error.operation(), Some("create-tracker"), "{fixture}");
    }
}

//! `POST /tracking/search`: the per-call product.

use std::time::Duration;

use ship24_sdk::{ConfigureClient as _, ErrorKind, RetryPolicy, SearchTracking};
use tokio::time::Instant;

use crate::script::{Script, Step};
use crate::server::{Reply, Server, fixture_json};

const TARGET: &str = "/public/v1/tracking/search";

fn search() -> SearchTracking {
    SearchTracking::new("NOX.0009931")
}

#[tokio::test]
async fn every_field_goes_under_its_documented_name() {
    let server = Server::replying(Reply::fixture("get-tracking/201_without_tracker.json")).await;
    let search = search()
        .origin_country_code("PT")
        .destination_country_code("NO")
        .destination_post_code("5003")
        .shipping_date("2026-09-01T08:00:00")
        .courier_code(["sample-post-no"]);

    server.client().get_tracking(&search).await.unwrap();

    server
        .request()
        .assert_json("POST", TARGET, &fixture_json("get-tracking/request.json"));
}

#[tokio::test]
async fn per_call_result_has_no_tracker() {
    let server = Server::replying(Reply::fixture("get-tracking/201_without_tracker.json")).await;

    let trackings = server.client().get_tracking(&search()).await.unwrap();

    assert_eq!(trackings.http_status(), 201);
    assert_eq!(trackings[0].tracker, None);
    assert_eq!(trackings[0].events.len(), 2);
    assert_eq!(trackings[0].events[1].courier_code, None);
    let body = serde_json::json!({ "trackingNumber": "NOX.0009931" });
    server.request().assert_json("POST", TARGET, &body);
}

#[tokio::test]
async fn several_trackings_may_come() {
    let server = Server::replying(Reply::fixture("get-tracking/201_several.json")).await;

    let trackings = server.client().get_tracking(&search()).await.unwrap();

    assert_eq!(trackings.len(), 2);
}

#[tokio::test]
async fn refusals_have_their_kinds() {
    let cases = [
        (
            "get-tracking/400_validation_error.json",
            ErrorKind::InvalidRequest,
        ),
        (
            "get-tracking/404_parcel_not_found.json",
            ErrorKind::NotFound,
        ),
        (
            "get-tracking/422_no_active_subscription.json",
            ErrorKind::Permission,
        ),
    ];

    for (fixture, kind) in cases {
        let server = Server::replying(Reply::fixture(fixture)).await;

        let error = server.client().get_tracking(&search()).await.unwrap_err();

        assert_eq!(error.kind(), kind, "{fixture}");
        assert_eq!(
            error.provider_code(),
            fixture_json(fixture)["errors"][0]["code"].as_str()
        );
    }
}

#[tokio::test(start_paused = true)]
async fn couriers_get_sixty_seconds_and_no_second_search_is_billed() {
    let script = Script::new([Step::Hang]);
    let client = script
        .builder()
        .with_retry(RetryPolicy::default())
        .build()
        .unwrap();
    let started = Instant::now();

    let error = client.get_tracking(&search()).await.unwrap_err();

    assert!(error.is_timeout());
    assert_eq!(started.elapsed(), Duration::from_secs(60));
    assert_eq!((error.attempts(), script.requests()), (1, 1));
}

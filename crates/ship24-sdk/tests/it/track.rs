//! `POST /trackers/track`: creates a tracker and waits for results.

use std::time::Duration;

use ship24_sdk::{
    ConfigureClient as _, CreateTracker, ErrorKind, RetryPolicy, StatusMilestone, operations,
};
use tokio::time::Instant;

use crate::script::{Script, Step};
use crate::server::{Reply, Server};

fn request() -> CreateTracker {
    CreateTracker::new("SHIP24_SAMPLE_PENDING_061").courier_code(["sample-post-no"])
}

#[tokio::test]
async fn both_success_codes_carry_trackings() {
    let cases = [
        (
            "create-tracker-and-get-tracking-results/201_first_call.json",
            201,
            "pending",
            0,
        ),
        (
            "create-tracker-and-get-tracking-results/200_later_call.json",
            200,
            "delivered",
            1,
        ),
    ];

    for (fixture, status, milestone, events) in cases {
        let server = Server::replying(Reply::fixture(fixture)).await;
        let client = server.client();

        let trackings = client
            .create_tracker_and_get_tracking_results(&request())
            .await
            .unwrap();

        assert_eq!(trackings.http_status(), status);
        let [tracking] = trackings.as_slice() else {
            panic!("{trackings:?}")
        };
        let shipment = tracking.shipment.as_ref().unwrap();
        assert_eq!(
            shipment.status_milestone,
            Some(StatusMilestone::from(milestone))
        );
        assert_eq!(tracking.events.len(), events);
        assert!(tracking.tracker.as_ref().unwrap().tracker_id.is_some());
        let body = serde_json::json!({
            "trackingNumber": "SHIP24_SAMPLE_PENDING_061",
            "courierCode": ["sample-post-no"],
        });
        server
            .request()
            .assert_json("POST", "/public/v1/trackers/track", &body);
    }
}

#[tokio::test]
async fn overlapping_couriers_are_a_conflict_that_is_not_repeated() {
    let fixture = "create-tracker-and-get-tracking-results/400_tracker_conflict.json";
    let server = Server::replying(Reply::fixture(fixture)).await;
    let client = server
        .builder()
        .with_retry(RetryPolicy::default())
        .build()
        .unwrap();

    let error = client
        .create_tracker_and_get_tracking_results(&request())
        .await
        .unwrap_err();

    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Conflict, 1));
    assert!(!error.is_retryable());
}

#[tokio::test(start_paused = true)]
async fn couriers_get_sixty_seconds() {
    let script = Script::new([Step::Hang]);
    let client = script
        .builder()
        .with_retry(RetryPolicy::none())
        .build()
        .unwrap();
    let started = Instant::now();

    let error = client
        .create_tracker_and_get_tracking_results(&request())
        .await
        .unwrap_err();

    assert!(error.is_timeout());
    assert_eq!(started.elapsed().as_secs(), 60);
    assert_eq!(
        error.operation(),
        Some("create-tracker-and-get-tracking-results")
    );
}

#[tokio::test(start_paused = true)]
async fn own_time_limit_replaces_sixty_seconds() {
    let script = Script::new([Step::Hang]);
    let client = script
        .builder()
        .with_retry(RetryPolicy::none())
        .with_timeout(Duration::from_secs(5))
        .build()
        .unwrap();
    let started = Instant::now();

    let error = client
        .create_tracker_and_get_tracking_results(&request())
        .await
        .unwrap_err();

    assert!(error.is_timeout());
    assert_eq!(started.elapsed().as_secs(), 5);
}

#[test]
fn calls_that_query_couriers_have_own_timeout() {
    let slow: Vec<&str> = operations::ALL
        .iter()
        .filter(|operation| operation.timeout == Some(Duration::from_secs(60)))
        .map(|operation| operation.id)
        .collect();

    assert_eq!(
        slow,
        ["create-tracker-and-get-tracking-results", "get-tracking"]
    );
    assert_eq!(
        operations::ALL
            .iter()
            .filter(|it| it.timeout.is_some())
            .count(),
        2
    );
}

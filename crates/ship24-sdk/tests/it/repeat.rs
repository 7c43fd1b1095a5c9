//! What is repeated by itself, and what never is. The clock is paused.

use std::pin::Pin;

use ship24_sdk::tracking_http::TransportErrorKind;
use ship24_sdk::{
    Client, ConfigureClient as _, CreateTracker, Error, ErrorKind, ListTrackersQuery, RetryPolicy,
    SearchTracking, UpdateTracker,
};

use crate::script::{Script, Step};
use crate::server::{Answer, fixture_json};

type Outcome<'a> = Pin<Box<dyn Future<Output = Result<(), Error>> + 'a>>;

/// Every operation by its name, and whether a repeat does no harm.
const OPERATIONS: [(&str, bool); 12] = [
    ("create-tracker", true),
    ("list-trackers", true),
    ("bulk-create-trackers", false),
    ("create-tracker-and-get-tracking-results", true),
    ("get-tracker-by-trackerId", true),
    ("update-tracker-by-trackerId", false),
    ("get-tracking-results-of-trackers-by-tracking-number", true),
    ("get-tracking-results-of-tracker-by-trackerId", true),
    ("get-couriers", true),
    ("get-tracking", false),
    ("resend-webhooks", false),
    ("download-webhook-history", true),
];

/// Calls an operation, whatever it returns.
fn call<'a>(client: &'a Client, operation: &'a str) -> Outcome<'a> {
    const NUMBER: &str = "PTS-0009917";
    Box::pin(async move {
        let create = CreateTracker::new(NUMBER);
        match operation {
            "create-tracker" => client.create_tracker(&create).await.map(drop),
            "list-trackers" => client
                .list_trackers(&ListTrackersQuery::new())
                .await
                .map(drop),
            "bulk-create-trackers" => client.bulk_create_trackers(&[create]).await.map(drop),
            "create-tracker-and-get-tracking-results" => client
                .create_tracker_and_get_tracking_results(&create)
                .await
                .map(drop),
            "get-tracker-by-trackerId" => client.get_tracker_by_tracker_id("t").await.map(drop),
            "update-tracker-by-trackerId" => {
                let update = UpdateTracker::new().is_subscribed(false);
                client
                    .update_tracker_by_tracker_id("t", &update)
                    .await
                    .map(drop)
            }
            "get-tracking-results-of-trackers-by-tracking-number" => client
                .get_tracking_results_of_trackers_by_tracking_number(NUMBER)
                .await
                .map(drop),
            "get-tracking-results-of-tracker-by-trackerId" => client
                .get_tracking_results_of_tracker_by_tracker_id("t")
                .await
                .map(drop),
            "get-couriers" => client.get_couriers().await.map(drop),
            "get-tracking" => client
                .get_tracking(&SearchTracking::new(NUMBER))
                .await
                .map(drop),
            "resend-webhooks" => client.resend_webhooks("t").await.map(drop),
            "download-webhook-history" => client.download_webhook_history("t").await.map(drop),
            other => panic!("no such operation: {other}"),
        }
    })
}

fn too_many_requests() -> Step {
    let mut answer = Answer::fixture("errors/429_too_many_requests.txt");
    for (name, value) in fixture_json("errors/429_headers.json").as_object().unwrap() {
        answer = answer.header(name, value.as_str().unwrap());
    }
    Step::Answer(answer)
}

fn client(script: &std::sync::Arc<Script>) -> Client {
    // Two attempts keep the tables readable; the pauses between them are not the subject.
    let policy = RetryPolicy::default().with_max_attempts(2).without_jitter();
    script.builder().with_retry(policy).build().unwrap()
}

#[tokio::test(start_paused = true)]
async fn server_failures_are_repeated_where_that_does_no_harm() {
    for status in [500, 502, 503, 504] {
        for (operation, repeated) in OPERATIONS {
            let broken = || Step::Answer(Answer::new(status, "<html></html>"));
            let script = Script::new([broken(), broken()]);

            let error = call(&client(&script), operation).await.unwrap_err();

            assert_eq!(error.kind(), ErrorKind::Server, "{operation}");
            assert_eq!(
                script.requests(),
                if repeated { 2 } else { 1 },
                "{operation} {status}"
            );
            assert_eq!(error.is_retryable(), repeated, "{operation}");
            assert_eq!(error.operation(), Some(operation));
        }
    }
}

#[tokio::test(start_paused = true)]
async fn time_outs_and_broken_answers_are_repeated_where_that_does_no_harm() {
    for (operation, repeated) in OPERATIONS {
        for step in [|| Step::Hang, || Step::Fail(TransportErrorKind::Body)] {
            let script = Script::new([step(), step()]);

            let error = call(&client(&script), operation).await.unwrap_err();

            assert_eq!(
                script.requests(),
                if repeated { 2 } else { 1 },
                "{operation} {error}"
            );
        }
    }
}

#[tokio::test(start_paused = true)]
async fn refused_connections_are_repeated_for_every_operation() {
    for (operation, _) in OPERATIONS {
        let refused = || Step::Fail(TransportErrorKind::Connect);
        let script = Script::new([refused(), refused()]);

        let error = call(&client(&script), operation).await.unwrap_err();

        assert!(error.is_connect(), "{operation}");
        assert_eq!(script.requests(), 2, "{operation}");
    }
}

#[tokio::test(start_paused = true)]
async fn too_many_requests_are_repeated_for_every_operation_after_the_wait() {
    for (operation, _) in OPERATIONS {
        let script = Script::new([too_many_requests(), too_many_requests()]);

        let error = call(&client(&script), operation).await.unwrap_err();

        assert!(error.is_rate_limited(), "{operation}");
        let [pause] = script.pauses()[..] else {
            panic!("{operation}: {:?}", script.pauses())
        };
        assert!((3000..3100).contains(&pause), "{operation}: {pause} ms");
    }
}

#[tokio::test(start_paused = true)]
async fn a_parallel_request_is_repeated_where_that_does_no_harm() {
    for (operation, repeated) in OPERATIONS {
        let conflict = || Step::Answer(Answer::fixture("errors/409_request_conflict.json"));
        let script = Script::new([conflict(), conflict()]);

        let error = call(&client(&script), operation).await.unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Conflict, "{operation}");
        assert_eq!(
            script.requests(),
            if repeated { 2 } else { 1 },
            "{operation}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn refusals_are_final() {
    for name in [
        "400_two_items.json",
        "401_auth_invalid_api_key.json",
        "402_payment_required.json",
        "403_quota_limit_reached.json",
        "403_unexplained.json",
        "404_tracker_not_found.json",
        "405_quota_limit_reached.json",
        "422_no_active_subscription.json",
    ] {
        let script = Script::new([Step::Answer(Answer::fixture(&format!("errors/{name}")))]);

        let error = call(&client(&script), "get-tracker-by-trackerId")
            .await
            .unwrap_err();

        assert_eq!(error.attempts(), 1, "{name}");
        assert!(!error.is_retryable(), "{name}");
    }
}

#[tokio::test(start_paused = true)]
async fn by_default_the_third_attempt_is_the_last() {
    let broken = || Step::Answer(Answer::new(503, ""));
    let script = Script::new([broken(), broken(), broken()]);

    let error = script
        .client()
        .get_tracker_by_tracker_id("t")
        .await
        .unwrap_err();

    assert_eq!((error.attempts(), script.requests()), (3, 3));
}

#[tokio::test(start_paused = true)]
async fn a_repeat_that_succeeds_is_a_success() {
    let script = Script::new([
        Step::Answer(Answer::new(502, "")),
        Step::Answer(Answer::fixture("get-tracker-by-trackerId/200_tracker.json")),
    ]);

    let tracker = script
        .client()
        .get_tracker_by_tracker_id("t")
        .await
        .unwrap();

    assert_eq!(tracker.attempts(), 2);
}

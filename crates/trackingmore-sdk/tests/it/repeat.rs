//! What is repeated by itself, and what never is. The clock is paused.

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use tracking_core::{Provider as _, Registration};
use trackingmore_sdk::tracking_http::TransportErrorKind;
use trackingmore_sdk::{Client, ConfigureClient as _, ErrorKind, RetryPolicy};

use crate::operations::{CARRIER, NUMBER, OPERATIONS, call};
use crate::script::{Script, Step};
use crate::server::Answer;

fn client(script: &Arc<Script>) -> Client {
    // Two attempts keep the tables readable; the pauses between them are not the subject.
    let policy = RetryPolicy::default().with_max_attempts(2).without_jitter();
    script.builder().with_retry(policy).build().unwrap()
}

fn requests(repeated: bool) -> usize {
    if repeated { 2 } else { 1 }
}

#[tokio::test(start_paused = true)]
async fn server_failures_are_repeated_where_that_does_no_harm() {
    for status in [500, 502, 503, 504] {
        for operation in OPERATIONS {
            let broken = || Step::Answer(Answer::new(status, "<html></html>"));
            let script = Script::new([broken(), broken()]);

            let error = call(&client(&script), operation.id).await.unwrap_err();

            assert_eq!(error.kind(), ErrorKind::Server, "{operation:?}");
            assert_eq!(
                script.requests(),
                requests(operation.repeated),
                "{operation:?} {status}"
            );
            assert_eq!(error.is_retryable(), operation.repeated, "{operation:?}");
            assert_eq!(error.operation(), Some(operation.id));
        }
    }
}

#[tokio::test(start_paused = true)]
async fn server_failures_inside_of_http_200_are_repeated_the_same() {
    for code in [500, 503] {
        for operation in OPERATIONS {
            let broken = || Step::Answer(Answer::fixture(&format!("errors/{code}.json")));
            let script = Script::new([broken(), broken()]);

            let error = call(&client(&script), operation.id).await.unwrap_err();

            assert_eq!(error.kind(), ErrorKind::Server, "{operation:?}");
            assert_eq!(
                script.requests(),
                requests(operation.repeated),
                "{operation:?} {code}"
            );
        }
    }
}

#[tokio::test(start_paused = true)]
async fn time_outs_and_broken_answers_are_repeated_where_that_does_no_harm() {
    for operation in OPERATIONS {
        for step in [|| Step::Hang, || Step::Fail(TransportErrorKind::Body)] {
            let script = Script::new([step(), step()]);

            let error = call(&client(&script), operation.id).await.unwrap_err();

            assert_eq!(
                script.requests(),
                requests(operation.repeated),
                "{operation:?} {error}"
            );
        }
    }
}

#[tokio::test(start_paused = true)]
async fn refused_connections_are_repeated_for_every_operation() {
    for operation in OPERATIONS {
        let refused = || Step::Fail(TransportErrorKind::Connect);
        let script = Script::new([refused(), refused()]);

        let error = call(&client(&script), operation.id).await.unwrap_err();

        assert!(error.is_connect(), "{operation:?}");
        assert_eq!(script.requests(), 2, "{operation:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn too_many_requests_are_repeated_for_every_operation_after_the_wait() {
    for operation in OPERATIONS {
        let paused = || Step::Answer(Answer::fixture("errors/429.json"));
        let script = Script::new([paused(), paused()]);
        let policy = RetryPolicy::default()
            .with_max_attempts(2)
            .with_max_elapsed(Duration::from_secs(300));
        let client = script.builder().with_retry(policy).build().unwrap();

        let error = call(&client, operation.id).await.unwrap_err();

        assert!(error.is_rate_limited(), "{operation:?}");
        let [pause] = script.pauses()[..] else {
            panic!("{operation:?}: {:?}", script.pauses())
        };
        assert!(
            (120_000..121_200).contains(&pause),
            "{operation:?}: {pause} ms"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn refusals_are_final() {
    for code in [
        202, 401, 402, 403, 404, 405, 409, 4001, 4002, 4012, 4013, 4014, 4015, 4016, 4017, 4018,
        4019, 4020, 4021, 4031, 4032, 4033,
    ] {
        let answer = Answer::fixture(&format!("errors/{code}.json"));
        let script = Script::new([Step::Answer(answer)]);

        let error = call(&client(&script), "get-tracking").await.unwrap_err();

        assert_eq!(error.attempts(), 1, "{code}");
        assert!(!error.is_retryable(), "{code}");
    }
}

#[tokio::test(start_paused = true)]
async fn by_default_the_third_attempt_is_the_last() {
    let broken = || Step::Answer(Answer::new(503, ""));
    let script = Script::new([broken(), broken(), broken()]);

    let error = script
        .client()
        .get_tracking(CARRIER, NUMBER)
        .await
        .unwrap_err();

    assert_eq!((error.attempts(), script.requests()), (3, 3));
}

#[tokio::test(start_paused = true)]
async fn a_repeat_that_succeeds_is_a_success() {
    let script = Script::new([
        Step::Answer(Answer::new(502, "")),
        Step::Answer(Answer::fixture("get-tracking/200_two_legs.json")),
    ]);

    let tracking = script.client().get_tracking(CARRIER, NUMBER).await.unwrap();

    assert_eq!(tracking.attempts(), 2);
}

#[tokio::test(start_paused = true)]
async fn nobody_knows_which_attempt_registered_what_exists_after_a_repeat() {
    let read = || Step::Answer(Answer::fixture("get-tracking/200_two_legs.json"));
    let exists = || Step::Answer(Answer::fixture("create-tracking/4016_exists.json"));
    let repeated = Script::new([Step::Answer(Answer::new(502, "")), exists(), read()]);
    let first = Script::new([exists(), read()]);
    let registration = || Registration::new(NUMBER).with_courier(CARRIER);

    let repeated = repeated.client().register(registration()).await.unwrap();
    let first = first.client().register(registration()).await.unwrap();

    assert_eq!(repeated.created, None);
    assert_eq!(first.created, Some(false));
    assert_eq!(json!(first.id), json!("0f5be2a86c1d4d77b1a9034e9c20f7aa"));
}

//! What is repeated by itself, and what never is. The clock is paused.

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use gcl_sdk::tracking_http::TransportErrorKind;
use gcl_sdk::{Client, ConfigureClient as _, Error, ErrorKind, RetryPolicy};
use tokio::time::Instant;

use crate::requests::{order, quote};
use crate::script::{Script, Step};
use crate::server::Answer;

type Outcome<'a> = Pin<Box<dyn Future<Output = Result<(), Error>> + 'a>>;

/// Every operation by its name, and whether a repeat does no harm.
const OPERATIONS: [(&str, bool); 3] = [
    ("get-tracking", true),
    ("quote-shipping-methods", true),
    ("create-shipping-order", false),
];

/// Calls an operation, whatever it returns.
fn call<'a>(client: &'a Client, operation: &'a str) -> Outcome<'a> {
    Box::pin(async move {
        match operation {
            "get-tracking" => client.get_tracking("QX1").await.map(drop),
            "quote-shipping-methods" => client.quote_shipping_methods(&quote()).await.map(drop),
            "create-shipping-order" => client.create_shipping_order(&order()).await.map(drop),
            other => panic!("no such operation: {other}"),
        }
    })
}

fn client(script: &Arc<Script>) -> Client {
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
async fn timeouts_and_broken_responses_repeat_only_reads() {
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
async fn an_order_has_a_minute() {
    let script = Script::new([Step::Hang]);
    let start = Instant::now();

    let error = call(&client(&script), "create-shipping-order")
        .await
        .unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert_eq!(start.elapsed().as_secs(), Duration::from_secs(60).as_secs());
}

#[tokio::test(start_paused = true)]
async fn what_did_not_arrive_is_repeated_for_every_operation() {
    for (operation, _) in OPERATIONS {
        let refused = || Step::Fail(TransportErrorKind::Connect);
        let script = Script::new([refused(), refused()]);

        let error = call(&client(&script), operation).await.unwrap_err();

        assert!(error.is_connect(), "{operation}");
        assert_eq!(script.requests(), 2, "{operation}");
    }
}

#[tokio::test(start_paused = true)]
async fn too_many_requests_are_repeated_after_the_wait() {
    for (operation, _) in OPERATIONS {
        let busy = || {
            let response = Answer::fixture("errors/429_plain.txt").header("retry-after", "3");
            Step::Answer(response)
        };
        let script = Script::new([busy(), busy()]);

        let error = call(&client(&script), operation).await.unwrap_err();

        assert!(error.is_rate_limited(), "{operation}");
        let [pause] = script.pauses()[..] else {
            panic!("{operation}: {:?}", script.pauses())
        };
        assert!((3000..3100).contains(&pause), "{operation}: {pause} ms");
    }
}

#[tokio::test(start_paused = true)]
async fn refusals_are_final() {
    for name in [
        "errors/400_code.json",
        "errors/401_lone_error.json",
        "errors/402_empty.json",
        "errors/403_lone_error.json",
        "errors/404_proxy.html",
        "get-tracking/404_not_found.json",
        "get-tracking/200_not_found.json",
        "create-shipping-order/409_reference_taken.json",
    ] {
        let script = Script::new([Step::Answer(Answer::fixture(name))]);

        let error = call(&client(&script), "get-tracking").await.unwrap_err();

        assert_eq!(error.attempts(), 1, "{name}");
        assert!(!error.is_retryable(), "{name}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_unknown_number_is_not_asked_again_even_if_it_is_told_with_503() {
    let mut response = Answer::fixture("get-tracking/404_not_found.json");
    response.status = 503;
    let script = Script::new([Step::Answer(response)]);

    let error = call(&client(&script), "get-tracking").await.unwrap_err();

    assert_eq!((error.kind(), error.attempts()), (ErrorKind::NotFound, 1));
}

#[tokio::test(start_paused = true)]
async fn a_repeat_that_succeeds_is_a_success() {
    let script = Script::new([
        Step::Answer(Answer::new(502, "")),
        Step::Answer(Answer::fixture("get-tracking/200_delivered.json")),
    ]);

    let tracking = script.client().get_tracking("QX1").await.unwrap();

    assert_eq!(tracking.attempts(), 2);
}

//! What TrackingMore's own codes repeat. The clock is paused.

use serde_json::json;
use tracking_core::{Provider as _, Registration};
use tracking_testkit::spec::operations;
use trackingmore_sdk::{ConfigureClient as _, ErrorKind, RetryPolicy};

use crate::operations::{CARRIER, NUMBER, call};
use crate::script::{Script, Step};
use crate::server::{Reply, TrackingMore};

#[tokio::test(start_paused = true)]
async fn server_errors_in_200_are_retried_if_idempotent() {
    for code in [500, 503] {
        for operation in operations::<TrackingMore>() {
            let broken = || Step::Reply(Reply::fixture(&format!("errors/{code}.json")));
            let script = Script::new([broken(), broken()]);
            let policy = RetryPolicy::default().with_max_attempts(2).without_jitter();
            let client = script.builder().with_retry(policy).build().unwrap();

            let error = call(&client, &operation.id).await.unwrap_err();

            assert_eq!(error.kind(), ErrorKind::Server, "{operation:?}");
            let requests = if operation.idempotent { 2 } else { 1 };
            assert_eq!(script.requests(), requests, "{code} {operation:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn repeated_registration_leaves_open_who_created_it() {
    let read = || Step::Reply(Reply::fixture("get-tracking/200_two_legs.json"));
    let exists = || Step::Reply(Reply::fixture("create-tracking/4016_exists.json"));
    let repeated = Script::new([Step::Reply(Reply::new(502, "")), exists(), read()]);
    let first = Script::new([exists(), read()]);
    let registration = || Registration::new(NUMBER).with_courier(CARRIER);

    let repeated = repeated.client().register(registration()).await.unwrap();
    let first = first.client().register(registration()).await.unwrap();

    assert_eq!(repeated.created, None);
    assert_eq!(first.created, Some(false));
    assert_eq!(json!(first.id), json!("0f5be2a86c1d4d77b1a9034e9c20f7aa"));
}

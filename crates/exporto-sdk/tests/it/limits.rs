//! Limits: none are published, so there are only those of the caller and the pauses of a 429.

use std::time::Duration;

use exporto_sdk::{ConfigureClient as _, ErrorKind, operations};
use futures_util::future::join_all;

use crate::script::{Script, Step};
use crate::server::Reply;

fn shipment() -> Step {
    Step::Reply(Reply::fixture("get-shipment/200_id_only.json"))
}

#[test]
fn client_sets_no_undocumented_limit() {
    for operation in operations::ALL {
        assert_eq!(operation.rate.requests, 0, "{}", operation.id);
        assert_eq!(operation.rate.name, operation.id);
    }
}

#[tokio::test(start_paused = true)]
async fn calls_leave_at_once_without_limit() {
    let script = Script::new((0..30).map(|_| shipment()));
    let client = script.client();

    join_all((0..30).map(|_| client.get_shipment("parcel-13"))).await;

    assert!(
        script.pauses().iter().all(|pause| *pause == 0),
        "{:?}",
        script.pauses()
    );
}

#[tokio::test(start_paused = true)]
async fn limit_of_caller_is_kept() {
    let script = Script::new((0..3).map(|_| shipment()));
    let client = script
        .builder()
        .with_rate_limit("get-shipment", 1, Duration::from_secs(1))
        .build()
        .unwrap();

    for _ in 0..3 {
        client.get_shipment("parcel-13").await.unwrap();
    }

    assert!(
        script.pauses().iter().all(|pause| *pause >= 1000),
        "{:?}",
        script.pauses()
    );
}

#[tokio::test(start_paused = true)]
async fn status_429_pauses_all_calls_of_its_endpoint() {
    let slow_down = Reply::fixture("errors/429_too_many_requests.json").header("retry-after", "5");
    let script = Script::new([Step::Reply(slow_down), shipment(), shipment()]);
    let client = script.client();

    client.get_shipment("parcel-13").await.unwrap();
    client.get_shipment("parcel-13").await.unwrap();

    assert!(script.pauses()[0] >= 5000, "{:?}", script.pauses());
}

#[test]
fn limit_for_unknown_endpoint_is_refused() {
    let builder =
        Script::new([])
            .builder()
            .with_rate_limit("get-parcel", 1, Duration::from_secs(1));

    let error = builder.build().unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(error.to_string().contains("`get-shipment`"), "{error}");
}

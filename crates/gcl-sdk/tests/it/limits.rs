//! The documented limit is kept: one hundred requests a second over all operations. The clock is paused.

use std::time::Duration;

use gcl_sdk::{ConfigureClient as _, ErrorKind};

use crate::requests::quote;
use crate::script::{Script, Step};
use crate::server::Reply;

fn steps(count: usize) -> Vec<Step> {
    let response = |turn: usize| match turn % 2 {
        0 => Reply::fixture("get-tracking/200_no_checkpoints.json"),
        _ => Reply::fixture("quote-shipping-methods/200_no_method.json"),
    };
    (0..count).map(|turn| Step::Reply(response(turn))).collect()
}

#[tokio::test(start_paused = true)]
async fn all_operations_share_one_hundred_requests_a_second() {
    let script = Script::new(steps(250));
    let client = script.client();

    for _ in 0..125 {
        client.get_tracking("QX1").await.unwrap();
        client
            .clone()
            .quote_shipping_methods(&quote())
            .await
            .unwrap();
    }

    let pauses = script.pauses();
    for window in pauses.windows(100) {
        assert!(window.iter().sum::<u128>() >= 1000, "{pauses:?}");
    }
    assert!(pauses.iter().sum::<u128>() < 3000, "{pauses:?}");
}

#[tokio::test(start_paused = true)]
async fn calls_of_other_paths_count_too() {
    let script = Script::new(steps(2));
    let client = script
        .builder()
        .with_rate_limit("account", 1, Duration::from_secs(5))
        .build()
        .unwrap();

    client.get_tracking("QX1").await.unwrap();
    let other = client.request(http::Method::GET, "/usage");
    other.send_bytes().await.unwrap();

    assert!(script.pauses()[0] >= 5000, "{:?}", script.pauses());
}

#[tokio::test(start_paused = true)]
async fn another_limit_replaces_the_documented_one() {
    let script = Script::new(steps(2));
    let client = script
        .builder()
        .with_rate_limit("account", 1, Duration::from_secs(5))
        .build()
        .unwrap();

    client.get_tracking("QX1").await.unwrap();
    client.quote_shipping_methods(&quote()).await.unwrap();

    assert!(script.pauses()[0] >= 5000, "{:?}", script.pauses());
}

#[test]
fn limit_for_unknown_class_is_refused() {
    let error = Script::new([])
        .builder()
        .with_rate_limit("get-tracking", 1, Duration::from_secs(5))
        .build()
        .unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(error.to_string().contains("`account`"), "{error}");
}

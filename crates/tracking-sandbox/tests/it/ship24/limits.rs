//! Rate limits.

use std::time::Duration;

use serde_json::json;

use crate::account::Account;

#[tokio::test]
async fn every_response_carries_both_families_of_headers() {
    let account = Account::limited().await;
    account
        .ship24()
        .configure(|settings| settings.per_second.set("list-trackers", 1000))
        .unwrap();

    let response = account.get("/trackers").await;

    for name in [
        "ratelimit-limit",
        "ratelimit-remaining",
        "ratelimit-reset",
        "x-ratelimit-limit",
        "x-ratelimit-remaining",
        "x-ratelimit-reset",
    ] {
        assert!(response.header(name).parse::<u64>().is_ok(), "{name}");
    }
    assert_eq!(response.header("ratelimit-limit"), "1000");
    let reset: u64 = response.header("x-ratelimit-reset").parse().unwrap();
    assert!(reset > 1_700_000_000, "a Unix time");
    assert_eq!(response.header("ratelimit-reset"), "1");
}

#[tokio::test]
async fn response_above_limit_is_plain_text() {
    let account = Account::limited().await;
    account
        .ship24()
        .configure(|settings| settings.per_second.set("get-couriers", 0))
        .unwrap();

    let response = account.get("/couriers").await;

    assert_eq!(response.status, 429);
    assert_eq!(response.text, "Too many requests, please try again later.");
    assert!(response.header("content-type").starts_with("text/plain"));
    assert_eq!(response.header("retry-after"), "1");
    assert_eq!(response.header("ratelimit-remaining"), "0");
    assert!(!response.header("x-request-id").is_empty());
}

#[tokio::test]
async fn limits_are_counted_per_endpoint_and_end_with_the_window() {
    let account = Account::limited().await;
    account
        .ship24()
        .configure(|settings| settings.per_second.set("list-trackers", 1))
        .unwrap();
    let refused = loop {
        // On a slow machine the window may end between two calls; the next pair is in one again.
        account.get("/trackers").await;
        let second = account.get("/trackers").await;
        if second.status == 429 {
            break second;
        }
    };

    let other = account
        .post("/trackers", &json!({ "trackingNumber": "AB12345" }))
        .await;
    account.sandbox.clock().advance(Duration::from_secs(1));
    let later = account.get("/trackers").await;

    assert_eq!(refused.header("ratelimit-remaining"), "0");
    assert_eq!(other.status, 201);
    assert_eq!(later.status, 200);
}

#[tokio::test]
async fn limits_can_be_turned_off() {
    let account = Account::open().await;

    for _ in 0..30 {
        assert_eq!(account.get("/couriers").await.status, 200);
    }
}

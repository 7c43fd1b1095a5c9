//! Rate limits.

use reqwest::StatusCode;
use std::time::Duration;

use serde_json::json;

use super::shop::{Shop, code, refused};

#[tokio::test]
async fn call_above_limit_blocks_account_for_two_minutes() {
    let shop = Shop::limited().await;
    shop.account().configure(|settings| {
        settings.per_second = 1;
        settings.realtime_per_second = 3;
    });

    // On a slow machine the window may end between two calls; the next pair is in one again.
    let refusal = loop {
        let response = shop.get("/carriers").await;
        if code(&response) != (200, 200) {
            break response;
        }
    };
    let other = shop.get("/trackings/getuserinfo").await;
    shop.sandbox.clock().advance(Duration::from_secs(119));
    let early = shop.get("/carriers").await;
    shop.sandbox.clock().advance(Duration::from_secs(2));
    let later = shop.get("/carriers").await;

    assert_eq!(refused(&refusal), 429);
    assert_eq!(refusal.at("/meta/type"), "Too Many Requests");
    assert_eq!(refusal.header("retry-after"), "");
    assert_eq!(refused(&other), 429);
    assert_eq!(refused(&early), 429);
    assert_eq!(code(&later), (200, 200));
}

#[tokio::test]
async fn realtime_calls_have_a_limit_of_their_own() {
    let shop = Shop::limited().await;
    shop.account().configure(|settings| {
        settings.per_second = 0;
        settings.realtime_per_second = 1000;
    });
    let body = json!({ "tracking_number": "AB12345", "carrier_code": "ups" });

    let realtime = shop.post("/trackings/realtime", &body).await;
    let list = shop.get("/trackings/get").await;
    let paused = shop.post("/trackings/realtime", &body).await;

    assert_eq!(code(&realtime), (200, 200));
    assert_eq!(refused(&list), 429);
    assert_eq!(
        refused(&paused),
        429,
        "the pause holds for the whole account"
    );
}

#[tokio::test]
async fn status_and_the_pause_are_assumptions() {
    let shop = Shop::limited().await;
    shop.account().configure(|settings| {
        settings.per_second = 0;
        settings.realtime_per_second = 0;
    });
    shop.account().configure(|settings| {
        let assumptions = &mut settings.assumptions;
        assumptions.rate_limit_status = StatusCode::TOO_MANY_REQUESTS;
        assumptions.pause_seconds = 0;
    });

    let refusal = shop.get("/carriers").await;
    shop.account().configure(|settings| {
        settings.per_second = 1;
        settings.realtime_per_second = 3;
    });
    shop.sandbox.clock().advance(Duration::from_secs(1));
    let next_window = shop.get("/carriers").await;

    assert_eq!(code(&refusal), (429, 429));
    assert_eq!(code(&next_window), (200, 200));
}

#[tokio::test]
async fn wrong_key_does_not_count() {
    let shop = Shop::limited().await;

    for _ in 0..5 {
        shop.http().get(shop.url("/carriers")).send().await.unwrap();
    }

    assert_eq!(code(&shop.get("/carriers").await), (200, 200));
}

//! The limit that an account can be given.

use std::time::Duration;

use super::merchant::{Merchant, refused};

#[tokio::test]
async fn call_above_limit_waits_whole_seconds() {
    let merchant = Merchant::open().await;
    merchant
        .account()
        .configure(|settings| settings.per_second = Some(2));

    // On a slow machine the window may end between two calls; the next ones are in one again.
    let refusal = loop {
        let response = merchant.get("/label/methods").await;
        if response.status != 200 {
            break response;
        }
    };
    merchant.sandbox.clock().advance(Duration::from_secs(1));
    let later = merchant.get("/label/methods").await;

    assert_eq!(refused(&refusal), (429, "Too Many Requests".to_owned()));
    assert_eq!(refusal.header("retry-after"), "1");
    assert_eq!(later.status, 200);
}

#[tokio::test]
async fn tokens_count_as_well() {
    let merchant = Merchant::open().await;
    merchant
        .account()
        .configure(|settings| settings.per_second = Some(0));
    let body = serde_json::json!({ "grant_type": "client_credentials" });

    let refusal = merchant.ask_token(&body).await;

    assert_eq!(refusal.status, 429);
    assert_eq!(merchant.account().tokens_issued(), 1);
}

#[tokio::test]
async fn rate_limit_is_off_by_default() {
    let merchant = Merchant::open().await;

    for _ in 0..50 {
        assert_eq!(merchant.get("/label/methods").await.status, 200);
    }
}

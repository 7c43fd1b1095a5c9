//! Keys, access and the limit.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use super::desk::Desk;
use crate::account::Reply;

async fn with(desk: &Desk, headers: &[(&str, &str)]) -> Reply {
    let url = desk.url("/tracking/RB473128508SG");
    let request = headers
        .iter()
        .fold(desk.http().get(url), |request, (name, value)| {
            request.header(*name, *value)
        });
    Reply::read(request.send().await.unwrap()).await
}

#[tokio::test]
async fn key_opens_api_and_has_colon() {
    let desk = Desk::open().await;
    let key = desk.account().api_key();

    let response = with(&desk, &[("X-API-KEY", key)]).await;

    assert!(key.contains(':'));
    assert_eq!(response.status, 200);
}

#[tokio::test]
async fn missing_or_wrong_key_gets_401_with_error_only() {
    let desk = Desk::open().await;
    let bearer = format!("Bearer {}", desk.account().api_key());
    let half = desk.account().api_key().split(':').next().unwrap();
    let cases: [&[(&str, &str)]; 4] = [
        &[],
        &[("X-API-KEY", half)],
        &[("Authorization", "Bearer somebody-else")],
        // The deprecated header does not mend a wrong key.
        &[("X-API-KEY", "wrong"), ("Authorization", &bearer)],
    ];

    for headers in cases {
        let response = with(&desk, headers).await;

        assert_eq!(response.status, 401, "{headers:?}");
        assert_eq!(response.json(), json!({ "error": "Unauthorized" }));
    }
}

#[tokio::test]
async fn bearer_header_is_accepted_unless_assumed_gone() {
    let desk = Desk::open().await;
    let bearer = format!("Bearer {}", desk.account().api_key());

    let works = with(&desk, &[("Authorization", &bearer)]).await;
    desk.assume(|assumptions| assumptions.accept_bearer = false);
    let gone = with(&desk, &[("Authorization", &bearer)]).await;

    assert_eq!([works.status, gone.status], [200, 401]);
}

#[tokio::test]
async fn account_that_is_not_enabled_gets_403() {
    let desk = Desk::open().await;
    desk.account()
        .configure(|settings| settings.enabled = false);

    let response = desk.demo().await;

    assert_eq!(response.status, 403);
    assert_eq!(response.json(), json!({ "error": "Forbidden" }));
}

#[tokio::test]
async fn limit_counts_all_operations_without_header() {
    let desk = Desk::open().await;
    desk.account().configure(|settings| settings.per_second = 2);

    let first = desk.demo().await;
    let second = desk.post("/shipping-orders", &json!({})).await;
    let refused = desk.demo().await;
    desk.sandbox.clock().advance(Duration::from_secs(1));
    let later = desk.demo().await;

    assert_eq!([first.status, second.status], [200, 400]);
    assert_eq!(refused.status, 429);
    assert_eq!(refused.json(), json!({ "error": "Too Many Requests" }));
    let names: Vec<_> = refused.headers.keys().map(ToString::to_string).collect();
    assert!(
        names
            .iter()
            .all(|name| !name.contains("limit") && name != "retry-after"),
        "{names:?}"
    );
    assert_eq!(later.status, 200);
}

#[tokio::test]
async fn documented_limit_is_hundred_and_may_be_turned_off() {
    let desk = Desk::open().await;

    let shown = desk
        .control(Method::GET, "/gcl/settings", &Value::Null)
        .await;
    desk.account().configure(|settings| settings.per_second = 0);
    let refused = desk.demo().await.status;
    desk.account()
        .configure(|settings| settings.rate_limits = false);
    let unlimited = desk.demo().await.status;

    assert_eq!(shown.at("/per_second"), 100);
    assert_eq!(shown.at("/rate_limits"), true);
    assert_eq!([refused, unlimited], [429, 200]);
}

#[tokio::test]
async fn unknown_path_is_refused_without_key() {
    let desk = Desk::open().await;

    let missing = desk
        .http()
        .get(desk.url("/v4/orders"))
        .send()
        .await
        .unwrap();
    let method = desk.http().delete(desk.url("/shipping-orders")).send();
    let missing = Reply::read(missing).await;
    let method = Reply::read(method.await.unwrap()).await;

    assert_eq!(missing.status, 404);
    assert_eq!(missing.json(), json!({ "error": "Not Found" }));
    assert_eq!(method.status, 405);
}

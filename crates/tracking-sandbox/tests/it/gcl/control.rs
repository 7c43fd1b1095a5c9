//! Control paths of the account.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::desk::{Desk, order};

#[tokio::test]
async fn base_url_is_listed() {
    let desk = Desk::open().await;

    let overview = desk.control(Method::GET, "", &Value::Null).await;

    let expected = format!("http://{}/gcl/v1", desk.sandbox.address());
    assert_eq!(desk.sandbox.base_url("gcl"), expected);
    let listed = overview.at("/providers");
    let listed = listed.as_array().unwrap().iter();
    let urls: Vec<_> = listed.map(|provider| &provider["base_url"]).collect();
    assert!(urls.contains(&&json!(expected)), "{urls:?}");
}

#[tokio::test]
async fn settings_may_be_changed_and_shown() {
    let desk = Desk::open().await;
    let path = "/gcl/settings";
    let change = json!({
        "rate_limits": false, "per_second": 7,
        "assumptions": { "not_found_status": 200, "missing": "null" },
    });

    let changed = desk.control(Method::PATCH, path, &change).await;
    let again = json!({ "assumptions": { "oldest_first": true } });
    let again = desk.control(Method::PATCH, path, &again).await;
    let not_found = desk.track("NOBODY-1").await;
    let wrong = json!({ "enabled": false, "assumptions": { "nothing": 1 } });
    let wrong = desk.control(Method::PATCH, path, &wrong).await;

    assert_eq!(changed.at("/rate_limits"), false);
    assert_eq!(changed.at("/per_second"), 7);
    assert_eq!(again.at("/assumptions/not_found_status"), 200);
    assert_eq!(again.at("/assumptions/missing"), "null");
    assert_eq!(again.at("/assumptions/oldest_first"), true);
    assert_eq!(not_found.status, 200);
    assert_eq!(wrong.status, 400);
    assert_eq!(desk.demo().await.status, 200, "nothing of it was done");
}

#[tokio::test]
async fn account_shows_key_and_orders() {
    let desk = Desk::open().await;
    let number = desk.ship(&order("standard")).await;

    let shown = desk.control(Method::GET, "/gcl", &Value::Null).await;

    assert_eq!(shown.at("/api_key"), desk.account().api_key());
    assert_eq!(shown.at("/orders/0/order_reference_id"), "SHOP-7001");
    assert_eq!(shown.at("/orders/0/tracking_numbers/0"), number);
}

#[tokio::test]
async fn notifications_may_be_changed_and_shown() {
    let desk = Desk::open().await;
    let path = "/gcl/settings";
    let change = json!({ "webhooks": {
        "url": "http://127.0.0.1:1/hook", "method": "put", "format": "xml",
        "triggers": ["shipping_order_created"], "timeout_ms": 250,
        "headers": { "x-shop-token": "open sesame" },
    } });
    let wrong = [
        (json!({ "url": "http://10.0.0.1/" }), "`webhooks.url`: "),
        (json!({ "url": "" }), "`webhooks.url`: "),
        (
            json!({ "headers": { "no header": "x" } }),
            "`webhooks.headers.no header`: ",
        ),
        (
            json!({ "headers": { "X-Token": "x" } }),
            "`webhooks.headers.X-Token`: ",
        ),
    ];

    let changed = desk.control(Method::PATCH, path, &change).await;
    for (webhooks, expected) in wrong {
        let refused = desk
            .control(Method::PATCH, path, &json!({ "webhooks": webhooks }))
            .await;
        assert_eq!(refused.status, 400);
        let error = refused.at("/error");
        assert!(error.as_str().unwrap().starts_with(expected), "{error}");
    }
    let shown = desk.control(Method::GET, path, &Value::Null).await;

    assert_eq!(changed.json()["webhooks"], change["webhooks"]);
    assert_eq!(shown.json(), changed.json());
}

#[tokio::test]
async fn recorded_requests_name_operation_and_hide_key() {
    let desk = Desk::open().await;
    desk.demo().await;

    let shown = desk.control(Method::GET, "/requests", &Value::Null).await;

    assert_eq!(shown.at("/0/operation"), "get-tracking");
    assert!(!shown.text.contains(desk.account().api_key()));
    assert_eq!(
        desk.account().operations(),
        [
            "get-tracking",
            "quote-shipping-methods",
            "create-shipping-order"
        ]
    );
}

#[tokio::test]
async fn reset_forgets_settings() {
    let desk = Desk::open().await;
    desk.account()
        .configure(|settings| settings.enabled = false);
    desk.assume(|assumptions| assumptions.not_found_status = StatusCode::INTERNAL_SERVER_ERROR);

    desk.sandbox.reset();

    assert_eq!(desk.track("NOBODY-1").await.status, 404);
}

//! Control paths of the account.

use reqwest::Method;
use serde_json::{Value, json};
use tracking_sandbox::Sandbox;

use super::partner::Partner;

#[tokio::test]
async fn base_url_ends_with_version() {
    let partner = Partner::open().await;

    let expected = format!("http://{}/oneconcepts/v2", partner.sandbox.address());

    assert_eq!(partner.sandbox.base_url("oneconcepts"), expected);
    let listed = partner.sandbox.providers();
    let own = listed
        .iter()
        .find(|provider| provider.name == "oneconcepts");
    assert_eq!(own.map(|it| it.base_url.as_str()), Some(expected.as_str()));
}

#[tokio::test]
async fn settings_may_be_changed_and_shown() {
    let mut partner = Partner::open().await;
    let path = "/oneconcepts/settings";
    let change = json!({
        "email": "me@shop.example",
        "password": "s3cret",
        "token_lifetime_seconds": 60,
        "token_form": "opaque",
        "next_link_origin": "https://elsewhere.example",
    });

    let changed = partner.control(Method::PATCH, path, &change).await;
    let relative = json!({ "next_link_origin": null });
    let relative = partner.control(Method::PATCH, path, &relative).await;
    let wrong = partner
        .control(Method::PATCH, path, &json!({ "quota": 7 }))
        .await;
    partner.renew().await;

    for (key, value) in change.as_object().unwrap() {
        assert_eq!(&changed.json()[key], value, "{key}");
    }
    assert_eq!(relative.at("/next_link_origin"), Value::Null);
    assert_eq!(wrong.status, 400);
    let error = wrong.at("/error");
    assert!(error.as_str().unwrap().starts_with("`quota`: "), "{error}");
    assert!(partner.token().starts_with("sandbox."));
}

#[tokio::test]
async fn tokens_expire_on_request_over_http() {
    let partner = Partner::open().await;

    let path = "/oneconcepts/expire_tokens";
    let expired = partner.control(Method::POST, path, &Value::Null).await;
    let refused = partner.get("/trackings").await;

    assert_eq!(expired.status, 200);
    assert_eq!(refused.at("/message"), "Expired JWT Token");
}

#[tokio::test]
async fn account_shows_partner_and_counters() {
    let partner = Partner::open().await;

    let shown = partner
        .control(Method::GET, "/oneconcepts", &Value::Null)
        .await;

    assert_eq!(shown.at("/partner"), partner.account().partner_id());
    assert_eq!(shown.at("/orders"), 7);
}

#[tokio::test]
async fn orders_may_be_packed_and_shown() {
    let partner = Partner::open().await;
    let path = "/oneconcepts/orders";
    let change = json!({
        "external_order_number": "SHOP::2000",
        "parcels": [Sandbox::DEMO_NUMBER, "LX905174620NL"],
    });
    let unknown = json!({ "external_order_number": "SHOP::2000", "parcels": ["NOBODY1"] });

    let packed = partner.control(Method::PATCH, path, &change).await;
    let wrong = partner.control(Method::PATCH, path, &unknown).await;
    let shown = partner.control(Method::GET, path, &Value::Null).await;

    let expected = json!({
        "external_order_number": "SHOP::2000",
        "status": "shipped",
        "parcels": 2,
        "trackings": 2,
    });
    let orders = shown.json();
    assert_eq!(orders.as_array().unwrap().last(), Some(&expected));
    assert_eq!(packed.json(), orders);
    assert_eq!(wrong.status, 400);
    assert!(wrong.text.contains("NOBODY1"), "{}", wrong.text);
}

#[tokio::test]
async fn recorded_requests_show_neither_token_nor_password() {
    let partner = Partner::open().await;
    partner.get("/trackings").await;

    let shown = partner
        .control(Method::GET, "/requests", &Value::Null)
        .await;

    assert_eq!(shown.at("/0/operation"), "create-token");
    assert!(shown.text.contains(&partner.account().email()));
    assert!(!shown.text.contains(&partner.account().password()));
    assert!(!shown.text.contains(partner.token()));
}

#[tokio::test]
async fn reset_forgets_tokens_orders_and_settings() {
    let mut partner = Partner::open().await;
    partner.account().configure(|settings| {
        settings.email = "me@shop.example".to_owned();
        settings.password = "s3cret".to_owned();
    });
    partner.account().add_orders(3);

    partner.sandbox.reset();
    let forgotten = partner.get("/trackings").await;
    partner.renew().await;
    let orders = partner.get("/orders").await;

    assert_eq!(forgotten.at("/message"), "Invalid JWT Token");
    assert_ne!(partner.account().email(), "me@shop.example");
    assert_eq!(orders.at("/hydra:totalItems"), 7);
}

#[tokio::test]
async fn same_calls_give_same_responses() {
    let mut responses = Vec::new();

    for _ in 0..2 {
        let partner = Partner::open().await;
        let trackings = partner.get("/trackings").await;
        let orders = partner.get("/orders").await;
        // The vocabulary of a context is an address of this sandbox.
        let address = partner.sandbox.address().to_string();
        responses.push([trackings, orders].map(|it| it.text.replace(&address, "SANDBOX")));
    }

    assert_eq!(responses[0], responses[1]);
}

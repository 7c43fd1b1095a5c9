//! `POST /auth/token`, and what a token opens.

use std::time::Duration;

use serde_json::{Value, json};
use tracking_sandbox::exporto::Assumptions;

use super::merchant::{Merchant, keys, refused};
use crate::account::Reply;

const PLAIN: &str = r#"{"grant_type":"client_credentials"}"#;

#[tokio::test]
async fn token_is_lower_case_bearer_for_1800_seconds() {
    let merchant = Merchant::open().await;

    let response = merchant
        .ask_token(&json!({ "grant_type": "client_credentials" }))
        .await;

    assert_eq!(response.status, 200);
    assert_eq!(response.at("/token_type"), "bearer");
    assert_eq!(response.at("/expires_in"), 1800);
    let no_scope = ["access_token", "expires_in", "token_type"];
    assert_eq!(keys(&response.json()), no_scope);
}

#[tokio::test]
async fn granted_scopes_come_in_another_order() {
    let merchant = Merchant::open().await;
    let scope = "label:create order:write";

    let response = merchant
        .ask_token(&json!({ "grant_type": "client_credentials", "scope": scope }))
        .await;

    assert_eq!(response.at("/scope"), "order:write label:create");
}

#[tokio::test]
async fn wrong_credentials_are_refused_before_body_is_read() {
    let merchant = Merchant::open().await;
    let account = merchant.account();
    let cases = [
        None,
        Some(("nobody", account.password())),
        Some((account.username(), "sandbox")),
        Some((account.username(), "")),
    ];

    for credentials in cases {
        let mut request = merchant.http().post(merchant.url("/auth/token")).body("{");
        if let Some((username, password)) = credentials {
            request = request.basic_auth(username, Some(password));
        }
        let response = Reply::read(request.send().await.unwrap()).await;

        assert_eq!(refused(&response), (401, "Unauthorized".to_owned()));
        assert!(response.at("/requestId").is_string(), "{credentials:?}");
    }
}

#[tokio::test]
async fn token_body_must_be_json_with_grant_type() {
    let merchant = Merchant::open().await;
    let account = merchant.account();
    let json = "application/json";
    let form = "application/x-www-form-urlencoded";
    let cases = [
        (form, "grant_type=client_credentials", 415),
        (form, PLAIN, 415),
        (json, "grant_type=client_credentials", 400),
        (json, "{}", 400),
        (json, r#"{"grant_type":"password"}"#, 400),
        (
            json,
            r#"{"grant_type":"client_credentials","scope":null}"#,
            400,
        ),
        (
            json,
            r#"{"grant_type":"client_credentials","scope":""}"#,
            400,
        ),
        (
            json,
            r#"{"grant_type":"client_credentials","scope":"order:write everything"}"#,
            400,
        ),
        ("application/json; charset=utf-8", PLAIN, 200),
    ];

    for (content_type, body, status) in cases {
        let request = merchant
            .http()
            .post(merchant.url("/auth/token"))
            .basic_auth(account.username(), Some(account.password()))
            .header("content-type", content_type)
            .body(body);
        let response = Reply::read(request.send().await.unwrap()).await;

        assert_eq!(response.status, status, "{content_type}: {body}");
    }
}

#[tokio::test]
async fn other_calls_need_token_that_was_handed_out() {
    let merchant = Merchant::open().await;
    let account = merchant.account();
    let url = merchant.url("/label/methods");
    let bare = merchant.http().get(&url);
    let wrong = merchant.http().get(&url).bearer_auth("made-up");
    let basic = merchant
        .http()
        .get(&url)
        .basic_auth(account.username(), Some(account.password()));

    for request in [bare, wrong, basic] {
        let response = Reply::read(request.send().await.unwrap()).await;

        assert_eq!(refused(&response), (401, "Unauthorized".to_owned()));
        assert!(response.at("/requestId").is_string());
    }
}

#[tokio::test]
async fn token_expires_on_sandbox_clock() {
    let mut merchant = Merchant::open().await;
    let clock = merchant.sandbox.clock().clone();

    clock.advance(Duration::from_secs(1799));
    let before = merchant.get("/label/methods").await;
    clock.advance(Duration::from_secs(1));
    let after = merchant.get("/label/methods").await;
    merchant.renew().await;
    let renewed = merchant.get("/label/methods").await;

    assert_eq!(
        [before.status, after.status, renewed.status],
        [200, 401, 200]
    );
}

#[tokio::test]
async fn tokens_may_be_ended_and_shortened() {
    let merchant = Merchant::open().await;
    let account = merchant.account();

    account.expire_tokens();
    let ended = merchant.get("/label/methods").await;
    account.configure(|settings| settings.token_lifetime_seconds = 5);
    let short = merchant
        .ask_token(&json!({ "grant_type": "client_credentials" }))
        .await;

    assert_eq!(ended.status, 401);
    assert_eq!(short.at("/expires_in"), 5);
    assert_eq!(account.tokens_issued(), 2);
}

#[tokio::test]
async fn older_token_stays_valid() {
    let merchant = Merchant::open().await;

    let second = merchant
        .ask_token(&json!({ "grant_type": "client_credentials" }))
        .await;

    assert_eq!(second.status, 200);
    assert_eq!(merchant.get("/label/methods").await.status, 200);
}

#[tokio::test]
async fn scope_covers_its_operations_and_those_without_one() {
    let mut merchant = Merchant::open().await;
    let demo = format!("/shipment/{}", merchant.demo().shipment_id);
    let search = "/shipment/search?foreignInboundTrackingId=X";
    // An open door shows in a body that is refused for what it lacks.
    let cases = [
        ("label:create", 403, 400, 403),
        ("order:write", 403, 403, 400),
        ("shipment:read", 200, 403, 403),
        ("shipment:read order:write label:create", 200, 400, 400),
    ];

    for (scope, shipment, label, order) in cases {
        merchant
            .renew_with(&json!({ "grant_type": "client_credentials", "scope": scope }))
            .await;

        assert_eq!(merchant.get(&demo).await.status, shipment, "{scope}");
        assert_eq!(merchant.get(search).await.status, shipment, "{scope}");
        let response = merchant.post("/label", &json!({})).await;
        assert_eq!(response.status, label, "{scope}");
        let response = merchant.post("/order/return-shipment", &json!({})).await;
        assert_eq!(response.status, order, "{scope}");
        assert_eq!(merchant.get("/label/methods").await.status, 200, "{scope}");
        assert_eq!(merchant.get("/tour").await.status, 200, "{scope}");
    }
}

#[tokio::test]
async fn reset_ends_tokens_and_forgets_assumptions() {
    let mut merchant = Merchant::open().await;
    let mut assumptions = Assumptions::default();
    assumptions.timestamps = false;
    merchant
        .account()
        .configure(|settings| settings.assumptions = assumptions);

    merchant.sandbox.reset();
    let ended = merchant.get("/label/methods").await;
    merchant.renew().await;
    let demo = merchant.shipment(&merchant.demo().shipment_id).await;

    assert_eq!(ended.status, 401);
    assert_ne!(demo.at("/processedAt"), Value::Null);
}

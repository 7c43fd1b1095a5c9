//! Tokens.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::Method;
use serde_json::{Value, json};
use tracking_sandbox::oneconcepts::TokenForm;

use super::partner::{Partner, members, send};
use crate::account::Reply;

/// Message of a refusal of the layer that checks tokens; its shape is checked on the way.
fn refused(response: &Reply) -> String {
    assert_eq!(response.status, 401, "{}", response.text);
    assert_eq!(response.header("content-type"), "application/json");
    assert_eq!(response.header("www-authenticate"), "Bearer");
    assert_eq!(response.at("/code"), 401);
    assert_eq!(response.json().as_object().unwrap().len(), 2);
    response.at("/message").as_str().unwrap().to_owned()
}

fn claims(token: &str) -> Value {
    let payload = token.split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap()
}

#[tokio::test]
async fn token_comes_with_account_and_expiry() {
    let partner = Partner::open().await;

    let response = partner.ask_for_token(&partner.credentials()).await;

    assert_eq!(response.status, 200);
    assert_eq!(response.at("/id"), partner.account().partner_id());
    assert_eq!(response.at("/email"), partner.account().email());
    assert!(response.at("/name").is_string());
    let token = response.at("/token").as_str().unwrap().to_owned();
    assert_eq!(token.split('.').count(), 3);
    assert!(token.starts_with("eyJ0eXAiOiJKV1QiL"), "{token}");
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let left = claims(&token)["exp"].as_u64().unwrap() - now.as_secs();
    assert!((44 * 60..=45 * 60).contains(&left), "{left} seconds");
}

#[tokio::test]
async fn each_mistake_with_token_has_its_message() {
    let mut partner = Partner::open().await;
    let list = || partner.http().get(partner.url("/trackings"));

    let missing = send(list()).await;
    let no_bearer = send(list().header("authorization", partner.token())).await;
    let invalid = send(list().bearer_auth("a.b.c")).await;
    partner.account().expire_tokens();
    let expired = partner.get("/trackings").await;
    partner.renew().await;

    assert_eq!(refused(&missing), "JWT Token not found");
    assert_eq!(refused(&no_bearer), "JWT Token not found");
    assert_eq!(refused(&invalid), "Invalid JWT Token");
    assert_eq!(refused(&expired), "Expired JWT Token");
    assert!(!members(&partner.get("/trackings").await).is_empty());
}

#[tokio::test]
async fn token_expires_after_forty_five_minutes() {
    let partner = Partner::open().await;
    let clock = partner.sandbox.clock();

    clock.advance(Duration::from_secs(44 * 60));
    let before = partner.get("/trackings").await;
    clock.advance(Duration::from_secs(60));
    let after = partner.get("/trackings").await;

    assert_eq!(before.status, 200);
    assert_eq!(refused(&after), "Expired JWT Token");
}

#[tokio::test]
async fn shorter_lifetime_applies_to_next_token() {
    let mut partner = Partner::open().await;
    partner
        .account()
        .configure(|settings| settings.token_lifetime_seconds = 60);
    partner.sandbox.clock().advance(Duration::from_secs(61));

    let first = partner.get("/trackings").await;
    partner.renew().await;
    partner.sandbox.clock().advance(Duration::from_secs(61));
    let second = partner.get("/trackings").await;

    assert_eq!(first.status, 200);
    assert_eq!(refused(&second), "Expired JWT Token");
}

#[tokio::test]
async fn wrong_credentials_get_no_token() {
    let partner = Partner::open().await;
    let right = partner.credentials();
    let wrong = |key: &str| {
        let mut credentials = right.clone();
        credentials[key] = json!("somebody else's");
        credentials
    };

    for key in ["email", "password"] {
        let response = partner.ask_for_token(&wrong(key)).await;

        assert_eq!(refused(&response), "Invalid credentials.");
    }
    for incomplete in [
        json!({}),
        json!({ "email": right["email"] }),
        json!({ "email": right["email"], "password": 7 }),
        json!([]),
    ] {
        let response = partner.ask_for_token(&incomplete).await;

        assert_eq!(response.status, 400, "{incomplete}");
        assert_eq!(response.at("/@type"), "hydra:Error");
    }
}

#[tokio::test]
async fn credentials_and_key_of_password_may_be_changed() {
    let partner = Partner::open().await;
    partner.account().configure(|settings| {
        settings.email = "me@shop.example".to_owned();
        settings.password = "s3cret".to_owned();
    });
    partner.assume(|it| it.password_key = "secret".to_owned());

    let old_key = partner.ask_for_token(&partner.credentials()).await;
    let body = json!({ "email": "me@shop.example", "secret": "s3cret" });
    let new_key = partner.ask_for_token(&body).await;

    assert_eq!(old_key.status, 400);
    assert_eq!(new_key.status, 200);
}

#[tokio::test]
async fn token_form_hides_expiry() {
    let mut partner = Partner::open().await;

    partner
        .account()
        .configure(|settings| settings.token_form = TokenForm::WithoutExpiry);
    partner.renew().await;
    assert_eq!(claims(partner.token()).get("exp"), None);
    assert_eq!(partner.get("/trackings").await.status, 200);

    partner
        .account()
        .configure(|settings| settings.token_form = TokenForm::PastExpiry);
    partner.renew().await;
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    assert!(claims(partner.token())["exp"].as_u64().unwrap() < now.as_secs());
    assert_eq!(partner.get("/trackings").await.status, 200);

    partner
        .account()
        .configure(|settings| settings.token_form = TokenForm::Opaque);
    partner.renew().await;
    let payload = partner.token().split('.').nth(1).unwrap();
    let decoded = URL_SAFE_NO_PAD.decode(payload).unwrap_or_default();
    assert!(serde_json::from_slice::<Value>(&decoded).is_err());
    assert_eq!(partner.get("/trackings").await.status, 200);
}

#[tokio::test]
async fn unknown_path_is_refused_without_token() {
    let partner = Partner::open().await;

    let missing = send(partner.http().get(partner.url("/shippings"))).await;
    let wrong_method = partner.request(Method::DELETE, "/trackings");
    let wrong_method = send(wrong_method).await;

    assert_eq!((missing.status, wrong_method.status), (404, 405));
    assert_eq!(missing.at("/@type"), "hydra:Error");
    assert_eq!(wrong_method.at("/hydra:description"), "Method Not Allowed");
}

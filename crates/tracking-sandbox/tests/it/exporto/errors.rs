//! Errors, ids of requests, media types, and paths that do not exist.

use reqwest::Method;
use serde_json::json;
use tracking_sandbox::exporto::{ContentType, RequestIdHeader};

use super::merchant::{Merchant, keys, refused};
use crate::account::Reply;

#[tokio::test]
async fn paths_and_methods_that_do_not_exist_are_refused() {
    let merchant = Merchant::open().await;

    let missing = merchant.get("/article").await;
    let method = merchant.request(Method::DELETE, "/shipment/x");
    let method = Reply::read(method.send().await.unwrap()).await;
    let url = merchant.url("/label/methods").replace("/v1/", "/");
    let without_version = merchant.http().get(url).send().await.unwrap();

    assert_eq!(refused(&missing), (404, "Not Found".to_owned()));
    assert_eq!(method.status, 405);
    assert_eq!(without_version.status().as_u16(), 404);
}

#[tokio::test]
async fn older_path_of_return_is_gone() {
    let merchant = Merchant::open().await;
    let path = format!("/order/{}/return-shipment", merchant.demo().order_id);
    let body = json!({ "shipmentId": "RMA-1", "foreignInboundTrackingId": "BACK-1" });

    assert_eq!(merchant.post(&path, &body).await.status, 404);
}

#[tokio::test]
async fn request_id_header_comes_every_second_time() {
    let merchant = Merchant::open().await;
    let mut shown = Vec::new();

    for _ in 0..4 {
        let response = merchant.get("/label/methods").await;
        shown.push(!response.header("x-request-id").is_empty());
    }

    assert_eq!(shown, [true, false, true, false]);
}

#[tokio::test]
async fn request_id_header_follows_setting_and_differs_from_body() {
    let merchant = Merchant::open().await;
    let account = merchant.account();
    account.expire_tokens();

    account.configure(|settings| settings.request_id_header = RequestIdHeader::Always);
    let first = merchant.get("/label/methods").await;
    let second = merchant.get("/label/methods").await;
    account.configure(|settings| settings.request_id_header = RequestIdHeader::Never);
    let never = [
        merchant.get("/label/methods").await,
        merchant.get("/label/methods").await,
    ];

    for response in [&first, &second] {
        assert!(!response.header("x-request-id").is_empty());
        assert_ne!(response.at("/requestId"), response.header("x-request-id"));
    }
    assert_ne!(first.header("x-request-id"), second.header("x-request-id"));
    for response in never {
        assert_eq!(response.header("x-request-id"), "");
    }
}

#[tokio::test]
async fn some_errors_lack_id_of_their_request() {
    let merchant = Merchant::open().await;

    let not_found = merchant.shipment("nobody").await;

    assert_eq!(keys(&not_found.json()), ["message"]);
}

#[tokio::test]
async fn json_may_have_another_content_type_or_none() {
    let merchant = Merchant::open().await;
    let cases = [
        (ContentType::Json, "application/json"),
        (ContentType::Text, "text/plain"),
        (ContentType::Missing, ""),
    ];

    for (content_type, expected) in cases {
        merchant
            .account()
            .configure(|settings| settings.content_type = content_type);

        let success = merchant.get("/label/methods").await;
        let error = merchant.shipment("nobody").await;

        for response in [success, error] {
            let shown = response.header("content-type");
            assert_eq!(shown.split(';').next(), Some(expected));
            assert!(response.json().is_array() || response.json().is_object());
        }
    }
}

#[tokio::test]
async fn body_without_json_type_is_refused() {
    let merchant = Merchant::open().await;

    for path in ["/label", "/tour", "/order/return-shipment"] {
        let request = merchant.request(Method::POST, path).body("{}");
        let response = Reply::read(request.send().await.unwrap()).await;

        assert_eq!(response.status, 415, "{path}");
    }
}

#[tokio::test]
async fn recorded_request_hides_password_and_token() {
    let merchant = Merchant::open().await;
    merchant.get("/label/methods").await;

    let requests = merchant.sandbox.requests();

    let operations: Vec<_> = requests.iter().map(|request| request.operation).collect();
    let expected = [Some("create-token"), Some("list-label-methods")];
    assert_eq!(operations, expected);
    for request in requests {
        let secret = request.header("authorization").unwrap();
        let (_, secret) = secret.split_once(' ').unwrap();
        assert!(!format!("{request:?}").contains(secret));
    }
}

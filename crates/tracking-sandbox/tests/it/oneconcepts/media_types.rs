//! What `Accept` and `Content-Type` do.

use reqwest::Method;
use serde_json::{Value, json};

use super::partner::{LD_JSON, Partner, send, with_body};
use crate::account::Reply;

async fn list_as(partner: &Partner, accept: &str) -> Reply {
    let request = partner.http().get(partner.url("/trackings"));
    send(
        request
            .bearer_auth(partner.token())
            .header("accept", accept),
    )
    .await
}

#[tokio::test]
async fn plain_json_has_no_envelope() {
    let partner = Partner::open().await;

    let list = list_as(&partner, "application/json").await;

    assert_eq!(
        list.header("content-type"),
        "application/json; charset=utf-8"
    );
    let members = list.json();
    assert_eq!(members.as_array().unwrap().len(), 7);
    assert!(!list.text.contains('@'), "{}", list.text);
    assert_eq!(members[0]["status"], "shipped");
}

#[tokio::test]
async fn browser_gets_page() {
    let partner = Partner::open().await;

    let page = list_as(&partner, "text/html,application/xhtml+xml").await;

    assert_eq!(page.status, 200);
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    assert!(page.text.contains("swagger-ui"));
}

#[tokio::test]
async fn unknown_accept_type_is_refused() {
    let partner = Partner::open().await;

    let refused = list_as(&partner, "application/xml").await;

    assert_eq!(refused.status, 406);
    assert_eq!(refused.at("/@type"), "hydra:Error");
}

#[tokio::test]
async fn errors_follow_requested_form() {
    let partner = Partner::open().await;
    let request = partner.http().get(partner.url("/trackings?page=0"));

    let problem = send(
        request
            .bearer_auth(partner.token())
            .header("accept", "application/json"),
    )
    .await;

    assert_eq!(problem.status, 400);
    assert_eq!(
        problem.header("content-type"),
        "application/problem+json; charset=utf-8"
    );
    assert_eq!(problem.at("/detail"), "Page should not be less than 1");
}

#[tokio::test]
async fn body_of_another_type_is_refused() {
    let partner = Partner::open().await;
    let calls = [
        (Method::POST, "/create-token"),
        (Method::POST, "/orders"),
        (Method::PATCH, "/orders?externalOrderNumber=SHOP::1001"),
        (Method::POST, "/products/check-availability"),
    ];

    for (method, path) in calls {
        for content_type in [Some("application/json"), Some("text/plain"), None] {
            let mut request = partner.request(method.clone(), path).body("{}");
            if let Some(content_type) = content_type {
                request = request.header("content-type", content_type);
            }
            let response = send(request).await;

            assert_eq!(response.status, 415, "{path} {content_type:?}");
            assert_eq!(response.at("/@type"), "hydra:Error");
        }
    }
}

#[tokio::test]
async fn non_object_body_is_refused() {
    let partner = Partner::open().await;

    for body in ["", "{", "[]", "7"] {
        let request = partner
            .request(Method::POST, "/products/check-availability")
            .header("content-type", format!("{LD_JSON}; charset=utf-8"))
            .body(body);
        let response = send(request).await;

        assert_eq!(response.status, 400, "{body}");
        assert_eq!(response.at("/hydra:description"), "Syntax error");
    }
    let nothing = partner.request(Method::POST, "/create-token");
    let response = send(with_body(nothing, &Value::Null)).await;
    assert_eq!(response.status, 400);
    assert_ne!(response.json(), json!({}));
}

//! Endpoints that this version does not know.

use gcl_sdk::{ConfigureClient as _, ErrorKind, RetryPolicy};
use http::Method;
use serde_json::{Value, json};

use crate::script::{Script, Step};
use crate::server::{Answer, Server};

#[tokio::test]
async fn any_path_gets_key_and_decoding() {
    let server = Server::answering(Answer::json(200, &json!({ "data": { "plan": "free" } }))).await;

    let response = server
        .client()
        .request(Method::GET, "/usage?month=2026-09")
        .send::<Value>()
        .await
        .unwrap();

    assert_eq!(response["data"]["plan"], "free");
    server
        .request()
        .assert_without_body("GET", "/v1/usage?month=2026-09");
}

#[tokio::test]
async fn a_body_is_sent_as_json() {
    let server = Server::answering(Answer::json(202, &json!({}))).await;
    let body = json!({ "labels": ["fragile"] });

    server
        .client()
        .request(Method::PUT, "/shipping-orders/o-1/labels")
        .query_pair("dry run", "a&b")
        .json(&body)
        .send::<Value>()
        .await
        .unwrap();

    let target = "/v1/shipping-orders/o-1/labels?dry%20run=a%26b";
    server.request().assert_json("PUT", target, &body);
}

#[tokio::test]
async fn errors_are_mapped_as_for_known_operations() {
    let server = Server::answering(Answer::fixture("errors/403_lone_error.json")).await;
    let client = server.client();

    let error = client
        .request(Method::GET, "/usage")
        .send::<Value>()
        .await
        .unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Permission);
    assert_eq!(
        error.provider_message(),
        Some("Not enabled for this partner")
    );
}

#[tokio::test(start_paused = true)]
async fn only_methods_that_are_safe_to_repeat_are_repeated() {
    let policy = RetryPolicy::default().with_max_attempts(2).without_jitter();
    for (method, requests) in [
        (Method::GET, 2),
        (Method::PUT, 2),
        (Method::DELETE, 2),
        (Method::POST, 1),
        (Method::PATCH, 1),
    ] {
        let broken = || Step::Answer(Answer::new(503, ""));
        let script = Script::new([broken(), broken()]);
        let client = script.builder().with_retry(policy).build().unwrap();

        let error = client
            .request(method.clone(), "/usage")
            .send_bytes()
            .await
            .unwrap_err();

        assert_eq!(
            (error.kind(), script.requests()),
            (ErrorKind::Server, requests),
            "{method}"
        );
    }
}

#[tokio::test]
async fn paths_that_could_leave_the_prefix_are_not_sent() {
    let server = Server::silent().await;
    let client = server.client();

    for path in [
        "",
        "v1/usage",
        "/../v2/usage",
        "/a/%2e%2e/b",
        "/a#b",
        "/a\\b",
        "//evil /x",
    ] {
        let error = client
            .request(Method::GET, path)
            .send_bytes()
            .await
            .unwrap_err();

        assert_eq!(
            (error.kind(), error.attempts()),
            (ErrorKind::InvalidRequest, 0),
            "{path}"
        );
    }
    assert!(server.requests().is_empty());
}

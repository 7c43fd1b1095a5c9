//! Endpoints that this version of an SDK does not know.

use http::Method;
use serde_json::{Value, json};
use tracking_http::ErrorKind;

use crate::{Reply, Sdk, Server, Spec};

/// Any path gets what operations get: the prefix, the proof of who calls, and decoding.
pub async fn any_path_gets_prefix_proof_and_decoding<S: Sdk>() {
    let spec = Spec::of(S::FIXTURES.package(), S::PROVIDER);
    let response = Reply::<S>::json(200, &json!({ "data": { "plan": "free" } }));
    let server = Server::replying(response).await;
    let client = server.client();

    let request = S::request(&client, Method::GET, "/usage?month=2026-09");
    let response = request.send::<Value>().await.unwrap();

    assert_eq!(response["data"]["plan"], "free", "{}", S::PROVIDER);
    let target = format!("{}/usage?month=2026-09", spec.prefix());
    server.request().assert_without_body("GET", &target);
}

/// A body is sent as the provider takes it, and a query is encoded.
pub async fn any_path_sends_json_and_a_query<S: Sdk>() {
    let spec = Spec::of(S::FIXTURES.package(), S::PROVIDER);
    let server = Server::<S>::replying(Reply::json(202, &json!({}))).await;
    let client = server.client();
    let body = json!({ "labels": ["fragile"] });

    S::request(&client, Method::PUT, "/parcels/p-1/labels")
        .query_pair("dry run", "a&b")
        .json(&body)
        .send::<Value>()
        .await
        .unwrap();

    let target = format!("{}/parcels/p-1/labels?dry%20run=a%26b", spec.prefix());
    server.request().assert_json("PUT", &target, &body);
}

/// A refusal is read as it is for operations.
pub async fn any_path_maps_errors<S: Sdk>() {
    let refusal = S::refusal(403, "Not enabled for this account");
    let server = Server::<S>::replying(refusal).await;
    let client = server.client();

    let request = S::request(&client, Method::GET, "/usage");
    let error = request.send::<Value>().await.unwrap_err();

    // Providers differ in what a 403 without a code of theirs means.
    let kinds = [ErrorKind::Permission, ErrorKind::Authentication];
    assert!(kinds.contains(&error.kind()), "{error}");
    let message = error.provider_message();
    assert_eq!(message, Some("Not enabled for this account"), "{error}");
    assert_eq!(error.provider(), Some(S::PROVIDER));
}

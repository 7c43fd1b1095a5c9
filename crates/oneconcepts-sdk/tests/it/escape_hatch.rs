//! Any path, with the token, the media types and the error mapping of the client.

use http::Method;
use oneconcepts_sdk::ErrorKind;
use serde_json::{Value, json};

use crate::server::{Answer, Server};

#[tokio::test]
async fn any_path_below_the_base_url_can_be_called() {
    let server = Server::start([
        Answer::json(200, &json!({ "hydra:totalItems": 3 })),
        Answer::json(200, &json!({})),
    ])
    .await;
    let client = server.client();

    let list: Value = client
        .request(Method::GET, "/api/categories?page=2")
        .send::<Value>()
        .await
        .unwrap()
        .into_inner();
    let order = json!({ "netCost": null });
    client
        .request(Method::POST, "/api/shippings")
        .json(&order)
        .send::<Value>()
        .await
        .unwrap();

    assert_eq!(list["hydra:totalItems"], 3);
    let requests = server.requests();
    requests[0].assert_without_body("GET", "/v2/api/categories?page=2");
    requests[1].assert_json("POST", "/v2/api/shippings", &order);
}

#[tokio::test]
async fn errors_are_mapped_there_too() {
    let server = Server::answering(Answer::fixture("errors/403_hydra.json")).await;

    let call = server
        .client()
        .request(Method::GET, "/api/partners/4")
        .send::<Value>()
        .await;

    let error = call.unwrap_err();
    assert_eq!(
        (error.kind(), error.provider_message()),
        (ErrorKind::Permission, Some("Access Denied."))
    );
}

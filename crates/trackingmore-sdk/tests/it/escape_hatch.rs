//! Endpoints that this version does not know.

use http::Method;
use serde_json::Value;

use crate::server::{Reply, Server};

#[tokio::test]
async fn carriers_are_read_with_trailing_slash_of_older_clients() {
    let server = Server::replying(Reply::fixture("list-carriers/200_code_only.json")).await;

    server
        .client()
        .request(Method::GET, "/carriers/")
        .send::<Value>()
        .await
        .unwrap();

    server.request().assert_without_body("GET", "/v2/carriers/");
}

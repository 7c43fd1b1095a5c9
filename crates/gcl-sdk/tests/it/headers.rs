//! The exact set of headers that leaves.

use gcl_sdk::ConfigureClient as _;
use http::Method;

use crate::requests::quote;
use crate::server::{Answer, KEY, Seen, Server};

/// What the HTTP library adds by itself.
fn names(request: &Seen) -> Vec<&str> {
    let mut names: Vec<&str> = request
        .headers
        .keys()
        .map(http::HeaderName::as_str)
        .collect();
    names.sort_unstable();
    // Compression is a feature of this crate, so the header is there with all features only.
    names.retain(|name| !(cfg!(feature = "gzip") && *name == "accept-encoding"));
    names
}

#[tokio::test]
async fn a_call_without_a_body_has_four_headers() {
    let server = Server::answering(Answer::fixture("get-tracking/200_delivered.json")).await;

    server.client().get_tracking("QX1").await.unwrap();

    let request = server.request();
    assert_eq!(
        names(&request),
        ["accept", "host", "user-agent", "x-api-key"]
    );
    assert_eq!(request.header("x-api-key"), Some(KEY));
    assert_eq!(request.header("accept"), Some("application/json"));
    let product = concat!("gcl-sdk/", env!("CARGO_PKG_VERSION"));
    assert_eq!(request.header("user-agent"), Some(product));
}

#[tokio::test]
async fn a_body_adds_its_type_and_length() {
    let server =
        Server::answering(Answer::fixture("quote-shipping-methods/200_methods.json")).await;

    server
        .client()
        .quote_shipping_methods(&quote())
        .await
        .unwrap();

    let request = server.request();
    assert_eq!(
        names(&request),
        [
            "accept",
            "content-length",
            "content-type",
            "host",
            "user-agent",
            "x-api-key"
        ]
    );
    assert_eq!(request.header("content-type"), Some("application/json"));
}

#[tokio::test]
async fn the_application_names_itself_after_the_sdk() {
    let server = Server::answering(Answer::fixture("get-tracking/200_delivered.json")).await;
    let client = server
        .builder()
        .with_user_agent("parcel-board/2.1")
        .build()
        .unwrap();

    client.get_tracking("QX1").await.unwrap();

    let product = concat!("gcl-sdk/", env!("CARGO_PKG_VERSION"), " parcel-board/2.1");
    assert_eq!(server.request().header("user-agent"), Some(product));
}

#[tokio::test]
async fn the_key_wins_over_a_header_of_the_caller() {
    let server = Server::answering(Answer::new(200, "{}")).await;
    let client = server.client();

    client
        .request(Method::GET, "/tracking/QX1")
        .header("x-api-key", "mine")
        .send_bytes()
        .await
        .unwrap();

    assert_eq!(server.request().header("x-api-key"), Some(KEY));
}

//! The exact set of headers that leaves.

use http::Method;
use ship24_sdk::{ConfigureClient as _, CreateTracker};

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
    let server = Server::answering(Answer::fixture("get-couriers/200_newest_2026.json")).await;

    server.client().get_couriers().await.unwrap();

    let request = server.request();
    assert_eq!(
        names(&request),
        ["accept", "authorization", "host", "user-agent"]
    );
    assert_eq!(
        request.header("authorization"),
        Some(format!("Bearer {KEY}").as_str())
    );
    assert_eq!(request.header("accept"), Some("application/json"));
    let product = concat!("ship24-sdk/", env!("CARGO_PKG_VERSION"));
    assert_eq!(request.header("user-agent"), Some(product));
}

#[tokio::test]
async fn a_body_adds_its_type_and_length() {
    let server = Server::answering(Answer::fixture("create-tracker/201_created.json")).await;

    server
        .client()
        .create_tracker(&CreateTracker::new("PTS-0009917"))
        .await
        .unwrap();

    let request = server.request();
    assert_eq!(
        names(&request),
        [
            "accept",
            "authorization",
            "content-length",
            "content-type",
            "host",
            "user-agent"
        ]
    );
    assert_eq!(request.header("content-type"), Some("application/json"));
}

#[tokio::test]
async fn a_post_without_a_body_has_length_zero_and_no_type() {
    let server = Server::answering(Answer::fixture("resend-webhooks/201_integer.json")).await;

    server.client().resend_webhooks("t-1").await.unwrap();

    let request = server.request();
    request.assert_without_body("POST", "/public/v1/trackers/t-1/webhook-events/resend");
    assert_eq!(
        names(&request),
        [
            "accept",
            "authorization",
            "content-length",
            "host",
            "user-agent"
        ]
    );
    assert_eq!(request.header("content-length"), Some("0"));
}

#[tokio::test]
async fn the_application_names_itself_after_the_sdk() {
    let server = Server::answering(Answer::fixture("get-couriers/200_newest_2026.json")).await;
    let client = server
        .builder()
        .with_user_agent("parcel-board/2.1")
        .build()
        .unwrap();

    client.get_couriers().await.unwrap();

    let product = concat!(
        "ship24-sdk/",
        env!("CARGO_PKG_VERSION"),
        " parcel-board/2.1"
    );
    assert_eq!(server.request().header("user-agent"), Some(product));
}

#[tokio::test]
async fn the_key_wins_over_a_header_of_the_caller() {
    let server = Server::answering(Answer::new(200, "{}")).await;
    let client = server.client();

    client
        .request(Method::GET, "/couriers")
        .header("AUTHORIZATION", "Bearer mine")
        .send_bytes()
        .await
        .unwrap();

    assert_eq!(
        server.request().header("authorization"),
        Some(format!("Bearer {KEY}").as_str())
    );
}

//! The exact set of headers that leaves.

use http::Method;
use trackingmore_sdk::{ConfigureClient as _, CreateTracking};

use crate::operations::{CARRIER, NUMBER, OPERATIONS, call};
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
async fn every_operation_has_the_key_and_nothing_that_is_not_needed() {
    let answers = OPERATIONS.map(|operation| Answer::fixture(&operation.fixture()));
    let server = Server::start(answers).await;
    let client = server.client();

    for operation in OPERATIONS {
        call(&client, operation.id).await.unwrap();
    }

    for (request, operation) in server.requests().iter().zip(OPERATIONS) {
        let mut expected = vec!["accept", "host", "trackingmore-api-key", "user-agent"];
        if !request.body.is_empty() {
            expected.extend(["content-length", "content-type"]);
            // A form makes TrackingMore answer that the carrier is not valid.
            assert_eq!(request.header("content-type"), Some("application/json"));
        }
        expected.sort_unstable();
        assert_eq!(names(request), expected, "{}", operation.id);
        assert_eq!(request.header("trackingmore-api-key"), Some(KEY));
        assert_eq!(request.header("accept"), Some("application/json"));
        let product = concat!("trackingmore-sdk/", env!("CARGO_PKG_VERSION"));
        assert_eq!(request.header("user-agent"), Some(product));
    }
}

#[tokio::test]
async fn a_sister_host_gets_the_key_in_a_header_of_another_name() {
    for name in ["Tracking-Api-Key", "Tracktry-Api-Key", "Authorization"] {
        let server = Server::answering(Answer::fixture("list-carriers/200_code_only.json")).await;
        let client = server.builder().with_key_header(name).build().unwrap();

        client.list_carriers().await.unwrap();

        let request = server.request();
        let mut expected = ["accept", "host", &name.to_lowercase(), "user-agent"];
        expected.sort_unstable();
        assert_eq!(names(&request), expected);
        assert_eq!(request.header(name), Some(KEY));
    }
}

#[tokio::test]
async fn a_market_gateway_gets_a_word_before_the_key() {
    let server = Server::answering(Answer::fixture("list-carriers/200_code_only.json")).await;
    let client = trackingmore_sdk::Client::builder("APPCODE 0c9b")
        .with_base_url(server.base_url())
        .with_key_header("Authorization")
        .build()
        .unwrap();

    client.list_carriers().await.unwrap();

    assert_eq!(
        server.request().header("authorization"),
        Some("APPCODE 0c9b")
    );
}

#[tokio::test]
async fn the_application_names_itself_after_the_sdk() {
    let server = Server::answering(Answer::fixture("list-carriers/200_code_only.json")).await;
    let client = server
        .builder()
        .with_user_agent("parcel-board/2.1")
        .build()
        .unwrap();

    client.list_carriers().await.unwrap();

    let product = concat!(
        "trackingmore-sdk/",
        env!("CARGO_PKG_VERSION"),
        " parcel-board/2.1"
    );
    assert_eq!(server.request().header("user-agent"), Some(product));
}

#[tokio::test]
async fn the_key_wins_over_a_header_of_the_caller() {
    let server = Server::answering(Answer::fixture("list-carriers/200_code_only.json")).await;

    server
        .client()
        .request(Method::GET, "/carriers")
        .header("TRACKINGMORE-API-KEY", "mine")
        .send_bytes()
        .await
        .unwrap();

    assert_eq!(server.request().header("trackingmore-api-key"), Some(KEY));
}

#[tokio::test]
async fn the_key_goes_to_no_other_host() {
    let elsewhere = Server::silent().await;
    let target = format!("{}/trackings/post", elsewhere.base_url());
    let answer = Answer::new(307, "").header("location", &target);
    let server = Server::answering(answer).await;

    let error = server
        .client()
        .create_tracking(&CreateTracking::new(NUMBER, CARRIER))
        .await
        .unwrap_err();

    assert_eq!(error.status().unwrap(), 307);
    assert!(error.to_string().contains("base URL"), "{error}");
    assert!(elsewhere.requests().is_empty());
}

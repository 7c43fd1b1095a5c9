//! The exact set of headers that leaves.

use exporto_sdk::{ConfigureClient as _, CreateTour};
use http::Method;

use crate::server::{Answer, BASIC, Seen, Server, TOKEN};

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

const WITH_BODY: [&str; 6] = [
    "accept",
    "authorization",
    "content-length",
    "content-type",
    "host",
    "user-agent",
];

#[tokio::test]
async fn a_call_without_a_body_has_four_headers() {
    let server = Server::answering(Answer::fixture("list-label-methods/200_empty.json")).await;

    server.client().list_label_methods().await.unwrap();

    let request = server.request();
    assert_eq!(
        names(&request),
        ["accept", "authorization", "host", "user-agent"]
    );
    assert_eq!(
        request.header("authorization"),
        Some(format!("Bearer {TOKEN}").as_str())
    );
    assert_eq!(request.header("accept"), Some("application/json"));
    let product = concat!("exporto-sdk/", env!("CARGO_PKG_VERSION"));
    assert_eq!(request.header("user-agent"), Some(product));
}

#[tokio::test]
async fn a_body_adds_its_type_and_length() {
    let server = Server::answering(Answer::new(201, "")).await;
    let tour = CreateTour::new().shipment_ids(["parcel-11"]);

    server.client().create_tour(&tour).await.unwrap();

    let request = server.request();
    assert_eq!(names(&request), WITH_BODY);
    assert_eq!(request.header("content-type"), Some("application/json"));
}

#[tokio::test]
async fn the_request_for_a_token_has_the_same_headers_with_other_proof() {
    let server = Server::silent().await;

    server.client().create_token().await.unwrap();

    let login = server.logins().remove(0);
    assert_eq!(names(&login), WITH_BODY);
    assert_eq!(login.header("authorization"), Some(BASIC));
}

#[tokio::test]
async fn the_application_names_itself_after_the_sdk() {
    let server = Server::answering(Answer::fixture("list-label-methods/200_empty.json")).await;
    let client = server
        .builder()
        .with_user_agent("parcel-board/2.1")
        .build()
        .unwrap();

    client.list_label_methods().await.unwrap();

    let product = concat!(
        "exporto-sdk/",
        env!("CARGO_PKG_VERSION"),
        " parcel-board/2.1"
    );
    assert_eq!(server.request().header("user-agent"), Some(product));
    assert_eq!(server.logins()[0].header("user-agent"), Some(product));
}

#[tokio::test]
async fn the_token_wins_over_a_header_of_the_caller() {
    let server = Server::answering(Answer::new(200, "{}")).await;
    let client = server.client();

    client
        .request(Method::GET, "/label/methods")
        .header("AUTHORIZATION", "Bearer mine")
        .send_bytes()
        .await
        .unwrap();

    let proof = server.request().header("authorization").map(str::to_owned);
    assert_eq!(proof, Some(format!("Bearer {TOKEN}")));
}

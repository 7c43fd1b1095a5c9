//! The variables that a client is built from, read from a table.

use tracking_testkit::environment;
use trackingmore_sdk::{Client, ClientBuilder, Error, ErrorKind};

use crate::server::{Answer, KEY, Server};

fn build(variables: &[(&str, &str)]) -> Result<Client, Error> {
    ClientBuilder::from_environment(&environment(variables))?.build()
}

#[test]
fn the_key_alone_is_enough() {
    let client = build(&[("TRACKINGMORE_API_KEY", KEY)]).unwrap();

    assert!(
        format!("{client:?}").contains("https://api.trackingmore.com/v2"),
        "{client:?}"
    );
}

#[test]
fn a_missing_and_a_blank_key_name_the_variable() {
    for variables in [
        &[][..],
        &[("TRACKINGMORE_API_KEY", "")],
        &[("TRACKINGMORE_API_KEY", " \t")],
    ] {
        let error = build(variables).unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert_eq!(error.provider(), Some("trackingmore"));
        assert!(
            error.to_string().contains("TRACKINGMORE_API_KEY"),
            "{error}"
        );
    }
}

#[tokio::test]
async fn the_base_url_is_the_whole_address_with_the_version() {
    let server = Server::answering(Answer::fixture("list-carriers/200_code_only.json")).await;
    let base_url = server.base_url();
    assert!(base_url.ends_with("/v2"));
    let client = build(&[
        ("TRACKINGMORE_API_KEY", KEY),
        ("TRACKINGMORE_BASE_URL", &base_url),
    ])
    .unwrap();

    client.list_carriers().await.unwrap();

    server.request().assert_without_body("GET", "/v2/carriers");
}

#[test]
fn a_blank_base_url_counts_as_not_set() {
    let variables = [
        ("TRACKINGMORE_API_KEY", KEY),
        ("TRACKINGMORE_BASE_URL", " "),
    ];

    let client = build(&variables).unwrap();

    assert!(
        format!("{client:?}").contains("https://api.trackingmore.com/v2"),
        "{client:?}"
    );
}

#[test]
fn a_base_url_without_a_scheme_is_named() {
    let variables = [
        ("TRACKINGMORE_API_KEY", KEY),
        ("TRACKINGMORE_BASE_URL", "api.trackingmore.com/v2"),
    ];

    let error = build(&variables).unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(
        error.to_string().contains("`api.trackingmore.com/v2`"),
        "{error}"
    );
}

#[test]
fn the_address_of_the_account_makes_a_webhook_receiver() {
    let variables = [
        ("TRACKINGMORE_API_KEY", KEY),
        ("TRACKINGMORE_ACCOUNT_EMAIL", "owner@shop.example"),
    ];

    let client = build(&variables).unwrap();

    let receiver = client.webhooks().unwrap();
    let body = receiver
        .sign(&serde_json::json!({ "tracking_number": "A1" }))
        .unwrap();
    assert!(receiver.verify(body.as_bytes()).is_ok());
}

#[test]
fn without_the_address_of_the_account_the_error_names_the_variable() {
    for variables in [
        &[("TRACKINGMORE_API_KEY", KEY)][..],
        &[
            ("TRACKINGMORE_API_KEY", KEY),
            ("TRACKINGMORE_ACCOUNT_EMAIL", " "),
        ],
    ] {
        let client = build(variables).unwrap();

        let error = client.webhooks().unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(
            error.to_string().contains("TRACKINGMORE_ACCOUNT_EMAIL"),
            "{error}"
        );
    }
}

//! The variables that a client is built from, read from a table.

use ship24_sdk::{Client, ClientBuilder, Error, ErrorKind};
use tracking_testkit::environment;

use crate::server::{Answer, KEY, Server};

fn build(variables: &[(&str, &str)]) -> Result<Client, Error> {
    ClientBuilder::from_environment(&environment(variables))?.build()
}

#[test]
fn the_key_alone_is_enough() {
    let client = build(&[("SHIP24_API_KEY", KEY)]).unwrap();

    assert!(
        format!("{client:?}").contains("https://api.ship24.com/public/v1"),
        "{client:?}"
    );
}

#[test]
fn a_missing_and_a_blank_key_name_the_variable() {
    for variables in [
        &[][..],
        &[("SHIP24_API_KEY", "")],
        &[("SHIP24_API_KEY", " \t")],
    ] {
        let error = build(variables).unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert_eq!(error.provider(), Some("ship24"));
        assert!(error.to_string().contains("SHIP24_API_KEY"), "{error}");
    }
}

#[tokio::test]
async fn the_base_url_is_another_origin() {
    let server = Server::answering(Answer::fixture("get-couriers/200_older_2024.json")).await;
    let base_url = server.base_url();
    let client = build(&[("SHIP24_API_KEY", KEY), ("SHIP24_BASE_URL", &base_url)]).unwrap();

    client.get_couriers().await.unwrap();

    server
        .request()
        .assert_without_body("GET", "/public/v1/couriers");
}

#[test]
fn a_blank_base_url_counts_as_not_set() {
    let client = build(&[("SHIP24_API_KEY", KEY), ("SHIP24_BASE_URL", " ")]).unwrap();

    assert!(
        format!("{client:?}").contains("https://api.ship24.com"),
        "{client:?}"
    );
}

#[test]
fn a_base_url_without_a_scheme_is_named() {
    let variables = [
        ("SHIP24_API_KEY", KEY),
        ("SHIP24_BASE_URL", "api.ship24.com"),
    ];

    let error = build(&variables).unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(error.to_string().contains("`api.ship24.com`"), "{error}");
}

#[test]
fn the_webhook_secret_makes_a_receiver() {
    let variables = [
        ("SHIP24_API_KEY", KEY),
        ("SHIP24_WEBHOOK_SECRET", "whs_example"),
    ];

    let client = build(&variables).unwrap();

    let receiver = client.webhooks().unwrap();
    assert!(receiver.verify(&receiver.sign()).is_ok());
}

#[test]
fn without_a_webhook_secret_the_error_names_the_variable() {
    for variables in [
        &[("SHIP24_API_KEY", KEY)][..],
        &[("SHIP24_API_KEY", KEY), ("SHIP24_WEBHOOK_SECRET", " ")],
    ] {
        let client = build(variables).unwrap();

        let error = client.webhooks().unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(
            error.to_string().contains("SHIP24_WEBHOOK_SECRET"),
            "{error}"
        );
    }
}

//! The variables that a client is built from, read from a table.

use tracking_testkit::variable;
use trackingmore_sdk::{Client, ClientBuilder, Error, ErrorKind};

use crate::server::KEY;

fn build(variables: &[(&str, &str)]) -> Result<Client, Error> {
    ClientBuilder::from_settings(|it| variable(variables, it.variable))?.build()
}

#[test]
fn address_of_account_makes_webhook_receiver() {
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
fn error_names_variable_without_account_address() {
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

//! The variables that a client is built from, read from a table.

use ship24_sdk::{Client, ClientBuilder, Error, ErrorKind};
use tracking_testkit::variable;

use crate::server::KEY;

fn build(variables: &[(&str, &str)]) -> Result<Client, Error> {
    ClientBuilder::from_settings(|it| variable(variables, it.variable))?.build()
}

#[test]
fn webhook_secret_makes_receiver() {
    let variables = [
        ("SHIP24_API_KEY", KEY),
        ("SHIP24_WEBHOOK_SECRET", "whs_example"),
    ];

    let client = build(&variables).unwrap();

    let receiver = client.webhooks().unwrap();
    assert!(receiver.verify(&receiver.sign()).is_ok());
}

#[test]
fn error_names_variable_without_webhook_secret() {
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

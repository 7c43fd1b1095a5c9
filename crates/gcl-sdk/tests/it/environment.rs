//! The variables that a client is built from, read from a table.

use std::ffi::OsString;

use gcl_sdk::{Client, ClientBuilder, Error, ErrorKind, PRODUCTION, Setting, TEST};

use crate::server::KEY;

fn build(variables: &[(&str, &str)]) -> Result<Client, Error> {
    let lookup = |setting: &Setting| {
        let mut variables = variables.iter();
        let (_, value) = variables.find(|(name, _)| *name == setting.variable)?;
        Some(OsString::from(value))
    };
    ClientBuilder::from_settings(lookup)?.build()
}

#[test]
fn both_environments_are_named() {
    let client = build(&[("GCL_API_KEY", KEY), ("GCL_BASE_URL", TEST)]).unwrap();

    assert!(format!("{client:?}").contains(TEST), "{client:?}");
    assert_ne!(PRODUCTION, TEST);
}

#[test]
fn header_and_secret_of_notifications_make_a_receiver() {
    let variables = [
        ("GCL_API_KEY", KEY),
        ("GCL_WEBHOOK_HEADER", "X-Shop-Token"),
        ("GCL_WEBHOOK_SECRET", "hush"),
    ];

    let client = build(&variables).unwrap();

    let receiver = client.webhooks().unwrap();
    assert_eq!(receiver.header_name(), "x-shop-token");
    assert!(receiver.verify(&receiver.sign()).is_ok());
}

#[test]
fn error_names_both_variables_if_either_is_missing() {
    for variables in [
        [("GCL_API_KEY", KEY), ("GCL_WEBHOOK_HEADER", "X-Shop-Token")],
        [("GCL_API_KEY", KEY), ("GCL_WEBHOOK_SECRET", "hush")],
    ] {
        let error = build(&variables).unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert_eq!(error.provider(), Some("gcl"));
        for name in ["GCL_WEBHOOK_HEADER", "GCL_WEBHOOK_SECRET"] {
            assert!(error.to_string().contains(name), "{error}");
        }
    }
}

#[test]
fn error_names_variables_without_header() {
    let client = build(&[("GCL_API_KEY", KEY), ("GCL_WEBHOOK_SECRET", " ")]).unwrap();

    let error = client.webhooks().unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(error.to_string().contains("GCL_WEBHOOK_HEADER"), "{error}");
}

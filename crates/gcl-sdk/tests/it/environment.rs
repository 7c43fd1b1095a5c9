//! The variables that a client is built from, read from a table.

use std::ffi::OsString;

use gcl_sdk::{Client, ClientBuilder, Error, ErrorKind, PRODUCTION, Setting, TEST};

use crate::server::{Answer, KEY, Server};

fn build(variables: &[(&str, &str)]) -> Result<Client, Error> {
    let lookup = |setting: &Setting| {
        let mut variables = variables.iter();
        let (_, value) = variables.find(|(name, _)| *name == setting.variable)?;
        Some(OsString::from(value))
    };
    ClientBuilder::from_settings(lookup)?.build()
}

#[test]
fn the_key_alone_is_enough() {
    let client = build(&[("GCL_API_KEY", KEY)]).unwrap();

    assert!(
        format!("{client:?}").contains("https://connect.live.gelato.tech"),
        "{client:?}"
    );
}

#[test]
fn a_missing_and_a_blank_key_name_the_variable() {
    for variables in [&[][..], &[("GCL_API_KEY", "")], &[("GCL_API_KEY", " \t")]] {
        let error = build(variables).unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert_eq!(error.provider(), Some("gcl"));
        assert!(error.to_string().contains("GCL_API_KEY"), "{error}");
    }
}

#[tokio::test]
async fn the_base_url_is_another_origin() {
    let server = Server::answering(Answer::fixture("get-tracking/200_delivered.json")).await;
    let base_url = server.base_url();
    let client = build(&[("GCL_API_KEY", KEY), ("GCL_BASE_URL", &base_url)]).unwrap();

    client.get_tracking("QX1").await.unwrap();

    server
        .request()
        .assert_without_body("GET", "/v1/tracking/QX1");
}

#[test]
fn a_blank_base_url_counts_as_not_set() {
    let client = build(&[("GCL_API_KEY", KEY), ("GCL_BASE_URL", " ")]).unwrap();

    assert!(
        format!("{client:?}").contains("https://connect.live.gelato.tech"),
        "{client:?}"
    );
}

#[test]
fn a_base_url_without_a_scheme_is_named() {
    let variables = [
        ("GCL_API_KEY", KEY),
        ("GCL_BASE_URL", "connect.test.gelato.tech"),
    ];

    let error = build(&variables).unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(
        error.to_string().contains("`connect.test.gelato.tech`"),
        "{error}"
    );
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
fn one_of_the_two_without_the_other_names_both() {
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
fn without_a_header_the_error_names_the_variables() {
    let client = build(&[("GCL_API_KEY", KEY), ("GCL_WEBHOOK_SECRET", " ")]).unwrap();

    let error = client.webhooks().unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(error.to_string().contains("GCL_WEBHOOK_HEADER"), "{error}");
}

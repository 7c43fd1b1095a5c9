//! The variables that a client is built from, read from a table.

use std::ffi::OsString;

use exporto_sdk::{Client, ClientBuilder, Error, ErrorKind, PRODUCTION, Setting};

use crate::server::{Answer, BASIC, PASSWORD, Server, USERNAME};

const USER: (&str, &str) = ("EXPORTO_USERNAME", USERNAME);
const WORD: (&str, &str) = ("EXPORTO_PASSWORD", PASSWORD);

fn build(variables: &[(&str, &str)]) -> Result<Client, Error> {
    let lookup = |setting: &Setting| {
        let mut variables = variables.iter();
        let (_, value) = variables.find(|(name, _)| *name == setting.variable)?;
        Some(OsString::from(value))
    };
    ClientBuilder::from_settings(lookup)?.build()
}

#[test]
fn user_name_and_password_are_enough_for_production() {
    let client = build(&[USER, WORD]).unwrap();

    assert!(format!("{client:?}").contains(PRODUCTION), "{client:?}");
}

#[test]
fn what_is_missing_or_blank_is_named() {
    for (variables, name) in [
        (&[][..], "EXPORTO_USERNAME"),
        (&[WORD], "EXPORTO_USERNAME"),
        (&[("EXPORTO_USERNAME", " "), WORD], "EXPORTO_USERNAME"),
        (&[USER], "EXPORTO_PASSWORD"),
        (&[USER, ("EXPORTO_PASSWORD", "")], "EXPORTO_PASSWORD"),
    ] {
        let error = build(variables).unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert_eq!(error.provider(), Some("exporto"));
        assert!(error.to_string().contains(name), "{error}");
    }
}

#[tokio::test]
async fn the_base_url_includes_the_version() {
    let server = Server::answering(Answer::fixture("list-label-methods/200_empty.json")).await;
    let base_url = server.base_url();
    let client = build(&[USER, WORD, ("EXPORTO_BASE_URL", &base_url)]).unwrap();

    client.list_label_methods().await.unwrap();

    server
        .request()
        .assert_without_body("GET", "/v1/label/methods");
    assert_eq!(server.logins()[0].header("authorization"), Some(BASIC));
}

#[test]
fn a_blank_base_url_counts_as_not_set() {
    let client = build(&[USER, WORD, ("EXPORTO_BASE_URL", " ")]).unwrap();

    assert!(format!("{client:?}").contains(PRODUCTION), "{client:?}");
}

#[test]
fn a_base_url_without_a_scheme_is_named() {
    let error = build(&[USER, WORD, ("EXPORTO_BASE_URL", "api.exporto.de/v1")]).unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(error.to_string().contains("`api.exporto.de/v1`"), "{error}");
}

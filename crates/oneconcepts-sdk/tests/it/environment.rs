//! The variables that a client is built from, read from a table, and where the base URL may lead.

use std::ffi::OsString;

use oneconcepts_sdk::{Client, ClientBuilder, ConfigureClient as _, Error, ErrorKind, Setting};

use crate::server::{EMAIL, PASSWORD};

const BOTH: [(&str, &str); 2] = [
    ("ONECONCEPTS_EMAIL", EMAIL),
    ("ONECONCEPTS_PASSWORD", PASSWORD),
];

fn build(variables: &[(&str, &str)]) -> Result<Client, Error> {
    let lookup = |setting: &Setting| {
        let mut variables = variables.iter();
        let (_, value) = variables.find(|(name, _)| *name == setting.variable)?;
        Some(OsString::from(value))
    };
    ClientBuilder::from_settings(lookup)?.build()
}

#[test]
fn builder_refuses_empty_credentials_too() {
    for (email, password, part) in [
        ("", PASSWORD, "e-mail address is empty"),
        (" \t", PASSWORD, "e-mail address is empty"),
        (EMAIL, "", "password is empty"),
        (EMAIL, "\n", "password is empty"),
    ] {
        let error = Client::new(email, password).unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(error.to_string().contains(part), "{error}");
    }
}

#[test]
fn base_urls_that_are_easily_mistaken_say_what_to_write() {
    for (base_url, part) in [
        ("api.1concepts.de/v2", "`https://api.1concepts.de/v2`"),
        ("http://api.1concepts.de/v2", "unencrypted"),
        (
            "https://user:hushHush@api.1concepts.de/v2",
            "user information",
        ),
    ] {
        let error = build(&[BOTH[0], BOTH[1], ("ONECONCEPTS_BASE_URL", base_url)]).unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Configuration, "{base_url}");
        assert!(error.to_string().contains(part), "{base_url}: {error}");
        assert!(!error.to_string().contains("hushHush"), "{error}");
    }
}

#[test]
fn unusable_replacements_of_assumed_forms_are_refused() {
    let builder = || Client::builder(EMAIL, PASSWORD);
    for (builder, part) in [
        (builder().with_password_key(" "), "key of the password"),
        (builder().with_password_key("email"), "key of the password"),
        (
            builder().with_order_update_content_type("json"),
            "media type",
        ),
        (
            builder().with_order_update_content_type("a/b\nX: 1"),
            "media type",
        ),
        (
            builder().with_tracking_page("Own", "https://own.example/"),
            "{number}",
        ),
    ] {
        let error = builder.build().unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(error.to_string().contains(part), "{error}");
    }
}

#[test]
fn unknown_rate_class_is_refused() {
    let builder = Client::builder(EMAIL, PASSWORD);

    let error = builder
        .with_rate_limit("trackings", 1, std::time::Duration::from_secs(1))
        .build()
        .unwrap_err();

    assert!(error.to_string().contains("`api`"), "{error}");
}

#[test]
fn tracking_page_of_courier_without_name_is_refused() {
    for courier in ["", " ", "--"] {
        let builder = Client::builder("a", "b");

        let outcome = builder
            .with_tracking_page(courier, "https://own.example/{number}")
            .build();

        assert_eq!(outcome.unwrap_err().kind(), ErrorKind::Configuration);
    }
}

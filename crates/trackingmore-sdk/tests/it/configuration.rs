//! Settings that cannot be right build no client, and the error names them.

use trackingmore_sdk::{Client, ClientBuilder, ErrorKind};

use crate::server::KEY;

#[track_caller]
fn assert_not_built(builder: ClientBuilder, names: &[&str]) {
    let error = builder.build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration, "{error}");
    assert_eq!(error.provider(), Some("trackingmore"));
    let text = error.to_string();
    for name in names {
        assert!(text.contains(name), "{text:?} does not name {name}");
    }
}

#[test]
fn builder_refuses_empty_key() {
    for key in ["", " ", "\t\n"] {
        assert_not_built(Client::builder(key), &["key", "TRACKINGMORE_API_KEY"]);
        assert_eq!(
            Client::new(key).unwrap_err().kind(),
            ErrorKind::Configuration
        );
    }
}

#[test]
fn builder_refuses_unsendable_key_without_showing_it() {
    for key in ["0c9b-hush\nhush", "0c9b-hush\r\nx-evil: 1", "0c9b-hush\0"] {
        let error = Client::builder(key).build().unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(!format!("{error} {error:?}").contains("hush"), "{error:?}");
    }
}

#[test]
fn builder_refuses_invalid_header_name() {
    for name in ["", " ", "Api Key", "Api-Key:", "Ключ", "a\nb"] {
        let builder = Client::builder(KEY).with_key_header(name);

        let error = builder.build().unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Configuration, "{name:?}");
        assert!(error.to_string().contains("header"), "{error}");
    }
}

#[test]
fn builder_refuses_empty_account_address() {
    for email in ["", " ", "\t"] {
        let builder = Client::builder(KEY).with_account_email(email);
        assert_not_built(builder, &["e-mail", "empty"]);
    }
}

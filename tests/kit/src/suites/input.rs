//! Input that cannot be right is refused before any request, with an error that names it.

use tracking_http::{ConfigureClient as _, Error, ErrorKind};

use crate::{Sdk, Server};

/// Strings that no path and no header may hold.
const UNUSABLE: [&str; 8] = ["", " \t", ".", "..", "A\r\nx-evil: 1", "A\n12", "A\0", "\0"];

#[track_caller]
fn assert_refused<S: Sdk>(error: &Error, input: &str) {
    assert_eq!(
        error.kind(),
        ErrorKind::InvalidRequest,
        "{input:?}: {error}"
    );
    assert_eq!((error.attempts(), error.status()), (0, None), "{error}");
    assert_eq!(error.provider(), Some(S::PROVIDER), "{error}");
    assert!(!error.is_retryable(), "{error}");
    assert_eq!(error.to_string().lines().count(), 1, "{error}");
}

#[track_caller]
fn assert_not_built<S: Sdk>(builder: S::Builder, part: &str) {
    let error = S::try_build(builder).expect_err(part);
    assert_eq!(error.kind(), ErrorKind::Configuration, "{error}");
    assert_eq!(error.provider(), Some(S::PROVIDER), "{error}");
    let text = error.to_string();
    assert!(text.contains(part), "{text:?} does not name {part:?}");
    assert!(!format!("{error:?} {text}").contains("hush"), "{error:?}");
}

/// A number that would change the request is refused, by the check of the SDK and by a lookup, which
/// requests no token for it.
pub async fn unusable_numbers_are_refused_before_any_request<S: Sdk>() {
    let server = Server::<S>::silent().await;
    let client = server.client();

    for number in UNUSABLE {
        let looked_up = S::look_up(&client, number).await;

        assert_refused::<S>(&looked_up.expect_err(number), number);
        assert_refused::<S>(&S::check_number(number).expect_err(number), number);
    }
    assert!(server.requests().is_empty() && server.logins().is_empty());
}

/// Every credential is required.
pub async fn empty_credentials_build_no_client<S: Sdk>() {
    for (index, name) in S::CREDENTIAL_NAMES.iter().enumerate() {
        for value in ["", " ", "\t\n"] {
            let mut values: Vec<&str> = S::CREDENTIALS.iter().map(|(_, it)| *it).collect();
            values[index] = value;

            assert_not_built::<S>(S::with_credentials(&values), name);
        }
    }
}

/// A key goes into a header, so it is refused where no header can carry it, and not shown.
pub async fn keys_that_no_header_can_carry_build_no_client<S: Sdk>() {
    if S::login().is_some() {
        return;
    }
    for key in ["hush\nhush", "hush\r\nx-evil: 1", "hush\0", "hüsh"] {
        assert_not_built::<S>(S::with_credentials(&[key]), "");
    }
}

/// A base URL that cannot be one is refused by what is wrong with it.
pub async fn unusable_base_urls_are_named<S: Sdk>() {
    let host = S::PRODUCTION.strip_prefix("https://").unwrap();
    let cases = [
        (String::new(), "empty"),
        ("  ".to_owned(), "empty"),
        (host.to_owned(), host),
        ("127.0.0.1:8080".to_owned(), "no scheme"),
        (format!("ftp://{host}"), "ftp"),
        ("https://".to_owned(), "https://"),
        (format!("https://{host}?x=1"), "query"),
        (format!("https://{host}/#x"), "fragment"),
        (format!("https://{host}/a/../b"), "segment"),
        (format!("https://ann:hush@{host}"), "user information"),
        (format!("http://{host}"), "unencrypted"),
    ];

    for (url, part) in cases {
        assert_not_built::<S>(S::builder().with_base_url(url), part);
    }
}

/// A base URL may lead to a gateway, with or without slashes at its end.
pub async fn base_url_may_have_a_path_of_its_own<S: Sdk>() {
    for end in ["", "/", "//"] {
        let server = Server::<S>::replying(S::success(S::LOOKUP)).await;
        let origin = server.base_url();
        let origin = origin.strip_suffix(S::BASE_PATH).unwrap();
        let base_url = format!("{origin}/gateway{}{end}", S::BASE_PATH);
        let client = S::build(server.builder().with_base_url(base_url));

        S::call(&client, S::LOOKUP).await.unwrap();

        let request = server.request();
        let prefix = format!("/gateway{}/", S::BASE_PATH);
        assert!(request.target.starts_with(&prefix), "{}", request.target);
        assert!(!request.target.contains("//"), "{}", request.target);
    }
}

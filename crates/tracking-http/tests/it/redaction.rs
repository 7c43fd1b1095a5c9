//! Nothing that is printed holds the key, a URL query, a number or a body.

use std::error::Error as _;
use std::fmt::Debug;

use tracking_core::BoxFuture;
use tracking_http::{
    BaseUrl, Client, ClientOptions, ConfigureClient as _, Credentials, Environment, Error,
    ErrorKind, Failure, RetryPolicy, Secret, Token, TokenBuckets, TokenSource, TransportErrorKind,
};

use crate::support::{
    Example, GET_PARCEL, KEY, LIST_PARCELS, NUMBER, Script, Step, answer, answer_with, builder,
};

const BASE: &str = "https://api.example.com";
const QUERY: &str = "hush-query";
const BODY: &str = "hush-body";

fn assert_clean(text: &str) {
    for secret in [KEY, NUMBER, QUERY, BODY, "jane@example.com", "hunter2"] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
}

fn assert_clean_debug(value: &impl Debug) {
    assert_clean(&format!("{value:?} {value:#?}"));
}

/// Display, Debug, and the same of every cause.
fn assert_clean_error(error: &Error) {
    assert_clean(&format!("{error} {error:?} {error:#?}"));
    let mut cause = error.source();
    while let Some(error) = cause {
        assert_clean(&format!("{error} {error:?}"));
        cause = error.source();
    }
    assert_eq!(error.to_string().lines().count(), 1);
}

#[tokio::test(start_paused = true)]
async fn errors_of_every_origin_are_clean() {
    let message =
        r#"{"code":"bad","message":"RR123456785CN of jane@example.com with hush-key-4711"}"#;
    for step in [
        answer(400, message),
        answer(500, "hush-body"),
        answer(200, r#"["hush-body", "RR123456785CN"]"#),
        answer(200, "hush-body"),
        answer_with(302, &[("location", "https://x.test/?k=hush-query")], ""),
        Step::Fail(TransportErrorKind::Connect),
        Step::Hang,
    ] {
        let client = builder(BASE)
            .with_transport(Script::new([step]))
            .with_retry(RetryPolicy::none())
            .build()
            .unwrap();

        let call = client
            .call(&GET_PARCEL)
            .path("number", NUMBER)
            .query_pair("q", QUERY);
        let error = call.send::<Vec<u8>>().await.unwrap_err();

        assert_clean_error(&error);
    }
}

#[cfg(feature = "reqwest")]
#[tokio::test]
async fn errors_of_the_real_transport_are_clean() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let client = builder(&format!("http://{address}"))
        .with_retry(RetryPolicy::none())
        .build()
        .unwrap();

    let call = client
        .call(&GET_PARCEL)
        .path("number", NUMBER)
        .query_pair("q", QUERY);
    let error = call.send_bytes().await.unwrap_err();

    assert!(error.is_connect());
    assert_clean_error(&error);
}

#[tokio::test]
async fn refused_input_is_not_repeated() {
    let client = builder(BASE)
        .with_transport(Script::new([]))
        .build()
        .unwrap();
    let number = format!("{NUMBER}\n");

    let calls = [
        client.call(&GET_PARCEL).path("number", &number),
        client.call(&LIST_PARCELS).header("x-key", "hunter2\n"),
        client.request(http::Method::GET, "/a#hush-query"),
        client.follow(http::Method::GET, "https://evil.test/?k=hush-query"),
    ];

    for call in calls {
        assert_clean_debug(&call);
        assert_clean_error(&call.send_bytes().await.unwrap_err());
    }
}

#[tokio::test]
async fn public_types_print_no_secret() {
    let script = Script::new([answer(200, "\"hush-body\"")]);
    let options = ClientOptions::new()
        .with_base_url("https://jane:hunter2@api.example.com/?k=hush-query")
        .with_limiter(TokenBuckets::new());
    let builder = builder(BASE).with_transport(script.clone());
    assert_clean_debug(&builder);
    let client = builder.build().unwrap();
    let call = client
        .call(&GET_PARCEL)
        .path("number", NUMBER)
        .query_pair("q", QUERY)
        .header("authorization", "hunter2")
        .json(BODY);
    assert_clean_debug(&call);

    let response = call.send_bytes().await.unwrap();

    assert_clean_debug(&response.map(drop));
    assert_clean_debug(&options);
    assert_clean_debug(&client);
    assert_clean_debug(&Secret::from(KEY));
    assert_clean_debug(&Token::new(KEY));
    assert_clean_debug(&Credentials::bearer(&Secret::from(KEY)).unwrap());
    assert_clean_debug(&Credentials::header("x-key", &Secret::from(KEY)).unwrap());
    assert_clean_debug(&Credentials::basic("jane", &Secret::from("hunter2")).unwrap());
    assert_clean_debug(&Environment::from_lookup(|_| Some(KEY.into())));
    script.request(0, |request| assert_clean_debug(request.headers()));
}

#[tokio::test]
async fn the_own_key_is_masked_whatever_it_looks_like() {
    for (credentials, secret, body) in [
        (
            Credentials::bearer(&Secret::from("swordfish")),
            "swordfish",
            r#"{"code":"swordfish","message":"bad key swordfish!"}"#,
        ),
        (
            Credentials::header("x-key", &Secret::from("open sesame")),
            "sesame",
            r#"{"code":"bad","message":"bad key open sesame!"}"#,
        ),
        (
            Credentials::basic("jane", &Secret::from("swordfish")),
            "swordfish",
            r#"{"code":"bad","message":"bad key swordfish!"}"#,
        ),
        (
            Credentials::basic("jane", &Secret::from("a")),
            "amFuZTph",
            r#"{"code":"bad","message":"Wrong: amFuZTph!"}"#,
        ),
        (
            Ok(Credentials::renewable(Swordfish)),
            "swordfish",
            r#"{"code":"bad","message":"bad key swordfish!"}"#,
        ),
    ] {
        let base_url = BaseUrl::parse(BASE).unwrap();
        let client = Client::builder(Example, base_url, credentials.unwrap())
            .with_transport(Script::new([answer(400, body), answer(200, "{}")]))
            .build()
            .unwrap();

        let error = client.call(&LIST_PARCELS).send_bytes().await.unwrap_err();
        let response = client.call(&LIST_PARCELS).send_bytes().await.unwrap();
        let late = response.into_error(
            Failure::new(ErrorKind::Authentication).with_message(format!("bad {secret}")),
        );

        let unified = tracking_core::Error::from(error.clone());
        let shown = format!("{error} {error:?} {error:#?} {unified}");
        assert!(!shown.contains(secret), "{shown}");
        assert!(shown.contains("[…]"), "{shown}");
        assert!(error.provider_message().unwrap().contains(secret));
        if secret != "sesame" {
            assert!(!format!("{late} {late:?}").contains(secret), "{late}");
        }
    }
}

/// A source whose token looks like a word.
#[derive(Debug)]
struct Swordfish;

impl TokenSource for Swordfish {
    fn fetch<'a>(&'a self, _: &'a Client) -> BoxFuture<'a, Result<Token, Error>> {
        Box::pin(async { Ok(Token::new("swordfish")) })
    }
}

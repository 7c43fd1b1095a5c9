//! Nothing that is printed holds the key, a URL query, a number or a body.

use std::error::Error as _;
use std::fmt::Debug;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use bytes::Bytes;
use http::header::AUTHORIZATION;
use http::{Request, Response};
use tracking_core::kit::BoxFuture;
use tracking_http::{
    BaseUrl, Client, ClientOptions, ConfigureClient as _, Credentials, Error, ErrorKind,
    RetryPolicy, Secret, SendLimits, Token, TokenBuckets, TokenSource, Transport, TransportError,
    TransportErrorKind,
};

use crate::support::{
    Example, GET_PARCEL, KEY, LIST_PARCELS, NUMBER, Script, Step, builder, reply, reply_with,
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
        reply(400, message),
        reply(500, "hush-body"),
        reply(200, r#"["hush-body", "RR123456785CN"]"#),
        reply(200, "hush-body"),
        reply_with(302, &[("location", "https://x.test/?k=hush-query")], ""),
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

#[tokio::test]
async fn echoed_secret_is_masked_in_keys_header_names_and_request_id() {
    let headers = [
        ("x-hush-key-4711", "1"),
        ("x-request-id", "for hush-key-4711"),
    ];
    for (step, kind) in [
        (reply_with(500, &headers, "{}"), ErrorKind::Server),
        (
            reply_with(200, &headers, r#"{"a":{"hush-key-4711":[true]}}"#),
            ErrorKind::Decode,
        ),
        (
            reply_with(200, &headers, r#"{"a":{"HUSH-KEY-4711":[true]}}"#),
            ErrorKind::Decode,
        ),
    ] {
        let client = builder(BASE)
            .with_transport(Script::new([step]))
            .with_retry(RetryPolicy::none())
            .build()
            .unwrap();

        let call = client.call(&LIST_PARCELS);
        let error = call.send::<ByName>().await.unwrap_err();

        assert_eq!(error.kind(), kind);
        assert_clean_error(&error);
        assert!(
            !format!("{error:?}").to_lowercase().contains(KEY),
            "{error:?}"
        );
        assert_eq!(error.request_id(), Some("for […]"));
    }
}

/// A body in which the provider chooses the keys.
type ByName = std::collections::BTreeMap<String, std::collections::BTreeMap<String, Vec<u8>>>;

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
    let script = Script::new([reply(200, "\"hush-body\"")]);
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
    // A hash of the key would confirm a guess.
    assert!(!format!("{client:?}").contains("fingerprint"), "{client:?}");
    assert_clean_debug(&Secret::from(KEY));
    assert_clean_debug(&Token::new(KEY));
    assert_clean_debug(&Credentials::bearer(&Secret::from(KEY)).unwrap());
    assert_clean_debug(&Credentials::header("x-key", &Secret::from(KEY)).unwrap());
    assert_clean_debug(&Credentials::basic("jane", &Secret::from("hunter2")).unwrap());
    script.request(0, |request| assert_clean_debug(request.headers()));
}

#[tokio::test]
async fn own_key_is_masked_whatever_it_looks_like() {
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
            .with_transport(Script::new([reply(400, body), reply(200, "{}")]))
            .build()
            .unwrap();

        let error = client.call(&LIST_PARCELS).send_bytes().await.unwrap_err();
        let response = client.call(&LIST_PARCELS).send_bytes().await.unwrap();
        let late = response
            .try_map(|_| Err::<(), _>(Error::decode("", format!("bad {secret}"))))
            .unwrap_err();

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

/// A source whose second token is another one.
#[derive(Debug, Default)]
struct Renewed(AtomicBool);

impl TokenSource for Renewed {
    fn fetch<'a>(&'a self, _: &'a Client) -> BoxFuture<'a, Result<Token, Error>> {
        let is_second = self.0.swap(true, Ordering::Relaxed);
        let token = if is_second { "sesame" } else { "swordfish" };
        Box::pin(async move { Ok(Token::new(token)) })
    }
}

/// Takes a second to refuse a list with an echo of the token; elsewhere refuses the first token.
#[derive(Debug)]
struct SlowEcho;

impl Transport for SlowEcho {
    fn send<'a>(
        &'a self,
        request: Request<Bytes>,
        _: SendLimits,
    ) -> BoxFuture<'a, Result<Response<Bytes>, TransportError>> {
        Box::pin(async move {
            let proof = request.headers()[AUTHORIZATION].to_str().unwrap();
            let token = proof.strip_prefix("Bearer ").unwrap();
            let status = if request.uri().path() == "/parcels" {
                tokio::time::sleep(Duration::from_secs(1)).await;
                400
            } else if token == "swordfish" {
                401
            } else {
                200
            };
            let body = format!(r#"{{"message":"bad key {token}!"}}"#);
            let reply = Response::builder().status(status);
            Ok(reply.body(Bytes::from(body)).unwrap())
        })
    }
}

#[tokio::test(start_paused = true)]
async fn token_that_was_renewed_meanwhile_is_masked_too() {
    let base_url = BaseUrl::parse(BASE).unwrap();
    let client = Client::builder(
        Example,
        base_url,
        Credentials::renewable(Renewed::default()),
    )
    .with_transport(SlowEcho)
    .build()
    .unwrap();

    let (late, renewed) = tokio::join!(
        client.call(&LIST_PARCELS).send_bytes(),
        client.call(&GET_PARCEL).path("number", "1").send_bytes(),
    );

    let (late, renewed) = (late.unwrap_err(), renewed.unwrap());
    assert!(late.provider_message().unwrap().contains("swordfish"));
    assert!(late.to_string().contains("bad key […]!"), "{late}");
    let error = renewed
        .try_map(|_| Err::<(), _>(Error::decode("", "bad key sesame!")))
        .unwrap_err()
        .to_string();
    assert!(error.contains("bad key […]!"), "{error}");
}

/// A source that asks for its token with a password in the body.
#[derive(Debug)]
struct PasswordLogin(&'static str);

impl TokenSource for PasswordLogin {
    fn fetch<'a>(&'a self, client: &'a Client) -> BoxFuture<'a, Result<Token, Error>> {
        Box::pin(async move {
            let call = client.call(&LIST_PARCELS).json(self.0);
            call.send_bytes().await.map(|_| Token::new("token"))
        })
    }

    fn secrets(&self) -> Vec<Secret> {
        vec![Secret::from(self.0), Secret::from(" ")]
    }
}

#[tokio::test]
async fn login_secrets_are_masked_in_login_and_in_every_call() {
    let echo = r#"{"code":"swordfish","message":"wrong password swordfish!"}"#;
    for steps in [
        vec![reply(400, echo)],
        vec![reply(200, "{}"), reply(400, echo)],
    ] {
        let base_url = BaseUrl::parse(BASE).unwrap();
        let credentials = Credentials::renewable(PasswordLogin("swordfish"));
        let client = Client::builder(Example, base_url, credentials)
            .with_transport(Script::new(steps))
            .build()
            .unwrap();

        let error = client
            .call(&GET_PARCEL)
            .path("number", "1")
            .send_bytes()
            .await;

        let error = error.unwrap_err();
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains("swordfish"), "{shown}");
        assert!(shown.contains("wrong password […]!"), "{shown}");
        assert!(error.provider_message().unwrap().contains("swordfish"));
    }
}

#[tokio::test]
async fn other_credentials_for_token_request_mask_first_ones_too() {
    let echo = r#"{"message":"neither swordfish nor sesame"}"#;
    let base_url = BaseUrl::parse(BASE).unwrap();
    let credentials = Credentials::bearer(&Secret::from("swordfish")).unwrap();
    let client = Client::builder(Example, base_url, credentials)
        .with_transport(Script::new([reply(400, echo)]))
        .build()
        .unwrap();
    let login = Credentials::basic("jane", &Secret::from("sesame")).unwrap();

    let login = client.with_credentials(login).unwrap();
    let error = login.call(&LIST_PARCELS).send_bytes().await.unwrap_err();

    let shown = error.to_string();
    assert!(shown.contains("neither […] nor […]"), "{shown}");
}

#[tokio::test]
async fn code_without_end_is_cut_off() {
    let code = "ä".repeat(100_000);
    let body: &'static str = format!(r#"{{"code":"{code}"}}"#).leak();
    let client = builder(BASE)
        .with_transport(Script::new([reply(400, body)]))
        .build()
        .unwrap();

    let error = client.call(&LIST_PARCELS).send_bytes().await.unwrap_err();

    assert!(error.to_string().len() < 1000);
    assert!(format!("{error:?}").len() < 2000);
    assert_eq!(error.provider_code(), Some(code.as_str()));
}

#[tokio::test]
async fn every_spelling_of_a_secret_is_masked_everywhere() {
    for spelling in [
        "hush-key-4711",
        "HUSH-KEY-4711",
        "hush\\u002dkey\\u002d4711",
        "hush%2Dkey%2d4711",
        "%68ush-key-4711",
        // In base64: alone, and behind a user's name.
        "aHVzaC1rZXktNDcxMQ==",
        "dXNlcjpodXNoLWtleS00NzEx",
    ] {
        let body = serde_json::json!({ "code": spelling, "message": spelling }).to_string();
        let step = reply_with(
            400,
            &[("x-request-id", spelling)],
            Box::leak(body.into_boxed_str()),
        );
        let client = builder(BASE)
            .with_transport(Script::new([step]))
            .build()
            .unwrap();

        let error = client.call(&LIST_PARCELS).send_bytes().await.unwrap_err();

        assert_eq!(error.request_id(), Some("[…]"), "{spelling}");
        let shown = format!("{error} {error:?}");
        assert!(shown.contains("code […]: […]"), "{shown}");
        assert!(!shown.contains(spelling), "{shown}");
    }
}

#[tokio::test]
async fn cause_that_repeats_a_secret_is_masked() {
    /// Says in its error what it was to send.
    #[derive(Debug)]
    struct Talkative;

    impl Transport for Talkative {
        fn send<'a>(
            &'a self,
            request: Request<Bytes>,
            _: SendLimits,
        ) -> BoxFuture<'a, Result<Response<Bytes>, TransportError>> {
            let proof = request.headers()["authorization"]
                .to_str()
                .unwrap()
                .to_owned();
            let cause = io::Error::other(io::Error::other(format!("cannot send {proof}")));
            let error = TransportError::new(TransportErrorKind::Other).with_source(cause);
            Box::pin(async { Err(error) })
        }
    }
    let client = builder(BASE)
        .with_transport(Talkative)
        .with_retry(RetryPolicy::none())
        .build()
        .unwrap();

    let error = client.call(&LIST_PARCELS).send_bytes().await.unwrap_err();

    let cause = error.source().unwrap();
    assert_eq!(cause.to_string(), "cannot send Bearer […]");
    assert!(!format!("{error:?} {cause:?}").contains(KEY), "{error:?}");
}

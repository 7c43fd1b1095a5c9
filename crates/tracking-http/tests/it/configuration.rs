//! What a client may be built from, and what is refused before anything is sent.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use tokio::time::Instant;
use tracking_core::ErrorKind;
use tracking_http::{
    ClientBuilder, ClientOptions, ConfigureClient as _, Credentials, FixedClock, Limiter,
    Operation, RateClass, RetryPolicy, Secret, TokenBuckets, Transport,
};

use crate::support::{LIST_PARCELS, Script, Step, builder, reply};

const BASE: &str = "https://api.example.com";
const SECOND: Duration = Duration::from_secs(1);

const LISTING: Operation = LIST_PARCELS.rate(RateClass::new("listing", 1, SECOND));
const OPERATIONS: &[&Operation] = &[&LISTING];

fn refusal(builder: ClientBuilder) -> String {
    let error = builder.with_transport(Script::new([])).build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration, "{error}");
    error.to_string()
}

#[test]
fn key_is_not_sent_unencrypted_to_another_machine() {
    for url in [
        "http://api.example.com",
        "http://10.0.0.1:8080/v1",
        "http://localhost.example.com",
    ] {
        let text = refusal(builder(url));

        assert!(
            text.contains(url) && text.contains("`insecure_http()`"),
            "{text}"
        );
    }
}

#[test]
fn plain_http_is_allowed_on_loopback_and_on_request() {
    for builder in [
        builder("http://127.0.0.1:8080"),
        builder("http://[::1]"),
        builder("http://localhost/v1"),
        builder("http://api.example.com").insecure_http(),
        builder("http://api.example.com").with_options(ClientOptions::new().insecure_http()),
    ] {
        builder.with_transport(Script::new([])).build().unwrap();
    }
}

#[test]
fn limit_for_class_that_no_operation_has_is_refused() {
    let with = |class: &str| {
        builder(BASE)
            .with_operations(OPERATIONS)
            .with_rate_limit(class, 1, SECOND)
    };

    let text = refusal(with("lsiting"));

    assert!(text.contains("no rate class `lsiting`"), "{text}");
    assert!(text.contains("`listing`"), "{text}");
    for known in ["listing", "request"] {
        with(known).with_transport(Script::new([])).build().unwrap();
    }
}

#[tokio::test(start_paused = true)]
async fn shared_options_keep_what_the_builder_set_before() {
    let shared = ClientOptions::new()
        .with_user_agent("board/2")
        .without_rate_limits();
    let script = Script::new([Step::Hang]);
    let client = builder(BASE)
        .with_timeout(7 * SECOND)
        .with_retry(RetryPolicy::none())
        .with_transport(script.clone())
        .with_options(shared)
        .build()
        .unwrap();
    let started = Instant::now();

    let error = client.call(&LIST_PARCELS).send_bytes().await.unwrap_err();

    assert_eq!((started.elapsed(), error.attempts()), (7 * SECOND, 1));
    let agent = script.request(0, |request| request.headers()["user-agent"].clone());
    assert_eq!(agent, "example-sdk/1.2.3 board/2");
}

#[test]
fn shared_options_carry_no_address_from_one_provider_to_another() {
    let shared = ClientOptions::new().with_base_url("https://api.first.example");

    let second = ClientOptions::new()
        .with_base_url("https://api.second.example")
        .with_options(shared.clone());
    let third = ClientOptions::new().with_options(shared);

    assert_eq!(second.base_url(), Some("https://api.second.example"));
    assert_eq!(third.base_url(), None);
}

#[tokio::test(start_paused = true)]
async fn transports_limiters_and_clocks_work_with_or_without_arc() {
    let transport: Arc<dyn Transport> = Script::new([reply(200, "[]")]);
    let limiter: Arc<dyn Limiter> = Arc::new(TokenBuckets::new());
    let clock = FixedClock::new(SystemTime::UNIX_EPOCH);

    let shared = builder(BASE)
        .with_transport(transport)
        .with_limiter(limiter)
        .with_clock(Arc::new(clock))
        .build()
        .unwrap();
    builder(BASE)
        .with_transport(Script::default())
        .with_limiter(TokenBuckets::new())
        .with_clock(clock)
        .build()
        .unwrap();

    shared.call(&LIST_PARCELS).send_bytes().await.unwrap();
}

#[test]
fn keys_that_no_header_should_carry_are_refused_by_reason() {
    for key in [
        "k\u{e9}y",
        "\u{43a}lyuch",
        "key\n",
        "key\r\nx: y",
        "k\tey",
        "k\0ey",
        "k\u{7f}",
    ] {
        let secret = Secret::from(key);
        for outcome in [
            Credentials::bearer(&secret),
            Credentials::header("x-key", &secret),
        ] {
            let error = outcome.unwrap_err();

            assert_eq!(error.kind(), ErrorKind::Configuration, "{key:?}");
            assert!(error.to_string().contains("copy it again"), "{error}");
        }
    }
    assert!(Credentials::basic("user", &Secret::from("hush\n")).is_err());
    assert!(Credentials::basic("us\ner", &Secret::from("hush")).is_err());
    assert!(Credentials::basic("user", &Secret::from("p\u{e4}ss")).is_ok());
}

//! Input that cannot be sent: refused by name, before any request.

use http::Method;
use percent_encoding::percent_decode_str;
use proptest::prelude::*;
use tracking_core::ErrorKind;
use tracking_http::{
    Call, Client, ClientOptions, ConfigureClient as _, Credentials, Operation, PathTemplate,
    Secret, checks,
};

use crate::support::{Example, GET_PARCEL, LIST_PARCELS, Script, builder, reply};

const BASE: &str = "https://api.example.com/v1";

/// A client whose transport panics when anything is sent.
fn silent_client() -> Client {
    builder(BASE)
        .with_transport(Script::new([]))
        .build()
        .unwrap()
}

async fn refusal(call: Call<'_>) -> String {
    let error = call.send_bytes().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{error}");
    assert_eq!(error.attempts(), 0);
    error.to_string()
}

#[tokio::test]
async fn impossible_path_parameters_are_refused() {
    let client = silent_client();
    for value in ["", " ", ".", "..", "a\nb", "\0", &"x".repeat(1025)] {
        let text = refusal(client.call(&GET_PARCEL).path("number", value)).await;

        assert!(text.contains("parameter `number`"), "{text}");
    }
}

#[test]
fn error_of_check_before_call_names_provider() {
    let client = silent_client();

    let error = client.checked(checks::non_blank("number", Some(" ")));

    let error = error.unwrap_err();
    assert_eq!(error.provider(), Some("example"));
    assert_eq!(error.parameter(), Some("number"));
    assert_eq!(client.checked(Ok(7)).unwrap(), 7);
}

#[tokio::test]
async fn forgotten_and_unknown_path_parameters_are_named() {
    let client = silent_client();

    let forgotten = refusal(client.call(&GET_PARCEL)).await;
    let unknown = refusal(client.call(&GET_PARCEL).path("id", "1")).await;

    assert!(forgotten.contains("`number`: is missing"), "{forgotten}");
    assert!(unknown.contains("`id`: is not the next"), "{unknown}");
}

#[tokio::test]
async fn another_path_takes_the_parameters_of_the_operation() {
    let transport = Script::new([reply(200, ""), reply(200, "")]);
    let client = builder(BASE)
        .with_transport(transport.clone())
        .build()
        .unwrap();
    let path = PathTemplate::parse("parcels/{number}/all", &["number"]).unwrap();
    let query = PathTemplate::parse("search?number={number}", &["number"]).unwrap();

    for template in [&path, &query] {
        let call = client
            .call_at(&GET_PARCEL, template)
            .path("number", "a/b&c");
        call.query_pair("page", "0").send_bytes().await.unwrap();
    }
    let forgotten = refusal(client.call_at(&GET_PARCEL, &path)).await;

    let sent = |index| transport.request(index, |request| request.uri().to_string());
    assert_eq!(sent(0), format!("{BASE}/parcels/a%2Fb%26c/all?page=0"));
    assert_eq!(sent(1), format!("{BASE}/search?number=a%2Fb%26c&page=0"));
    assert!(forgotten.contains("get-parcel"), "{forgotten}");
}

#[tokio::test]
async fn headers_that_cannot_be_sent_are_refused() {
    let client = silent_client();

    let name = refusal(client.call(&LIST_PARCELS).header("a b", "x")).await;
    let value = refusal(client.call(&LIST_PARCELS).header("x-note", "a\r\nb: c")).await;

    assert!(name.contains("`a b`"), "{name}");
    assert!(value.contains("`x-note`"), "{value}");
}

#[tokio::test]
async fn bodies_that_cannot_be_written_are_refused() {
    let client = silent_client();
    let body = std::collections::HashMap::from([(vec![1], 2)]);

    let text = refusal(client.call(&LIST_PARCELS).json(&body)).await;

    assert!(text.contains("`body`"), "{text}");
}

#[tokio::test]
async fn escape_hatch_refuses_paths_that_leave_the_base_url() {
    let client = silent_client();
    for path in [
        "",
        "parcels",
        "@evil.test/",
        "/../x",
        "/a/%2e%2E/b",
        "/a\\b",
        "/a#b",
        "/a b",
        "/ä",
    ] {
        let text = refusal(client.request(Method::GET, path)).await;

        assert!(text.contains("`path`"), "{path}: {text}");
    }
}

#[tokio::test]
async fn links_to_other_hosts_are_refused() {
    let client = silent_client();
    for address in [
        "https://evil.test/v1",
        "http://api.example.com/v1",
        "https://api.example.com.evil.test/",
        "https://api.example.com@evil.test/",
        "https://api.example.com:8443/v1",
    ] {
        let text = refusal(client.follow(Method::GET, address)).await;

        assert!(text.contains("`path`"), "{address}: {text}");
    }
}

#[tokio::test]
async fn links_are_followed_from_the_origin() {
    for address in [
        "/v2/parcels?page=2",
        "https://api.example.com/v2/parcels?page=2",
    ] {
        let script = Script::new([reply(200, "[]")]);
        let client = builder(BASE)
            .with_transport(script.clone())
            .build()
            .unwrap();

        client
            .follow(Method::GET, address)
            .send_bytes()
            .await
            .unwrap();

        let uri = script.request(0, |request| request.uri().to_string());
        assert_eq!(uri, "https://api.example.com/v2/parcels?page=2");
    }
}

#[tokio::test]
async fn values_never_leave_their_place_in_the_url() {
    let script = Script::new([reply(200, "{}")]);
    let client = builder(BASE)
        .with_transport(script.clone())
        .build()
        .unwrap();

    client
        .call(&GET_PARCEL)
        .path("number", "../a/b?c#d")
        .query(&[("lang", "de & fr"), ("page", "2")])
        .query_pair("sort", "-1&x=ü")
        .send_bytes()
        .await
        .unwrap();

    let uri = script.request(0, |request| request.uri().to_string());
    assert_eq!(
        uri,
        "https://api.example.com/v1/parcels/..%2Fa%2Fb%3Fc%23d\
         ?lang=de%20%26%20fr&page=2&sort=-1%26x%3D%C3%BC"
    );
}

proptest! {
    #[test]
    fn any_value_stays_one_segment_or_is_refused(value in "(?s).{0,12}|[./%\\\\?#a2eE]{0,8}") {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let script = Script::new([reply(200, "{}")]);
        let client = builder(BASE).with_transport(script.clone()).build().unwrap();

        let call = client.call(&GET_PARCEL).path("number", &value);
        let result = runtime.block_on(call.send_bytes());

        if result.is_ok() {
            let path = script.request(0, |request| request.uri().path().to_owned());
            let segment = path.strip_prefix("/v1/parcels/").unwrap();
            prop_assert!(!segment.contains(['/', '\\']) && segment != "." && segment != "..");
            prop_assert_eq!(percent_decode_str(segment).decode_utf8().unwrap(), value);
        } else {
            prop_assert_eq!(script.requests(), 0);
        }
    }
}

#[tokio::test]
async fn failed_check_names_provider_and_operation_and_sends_nothing() {
    let script = Script::new([]);
    let client = builder(BASE)
        .with_transport(script.clone())
        .build()
        .unwrap();
    let refused = || checks::length("title", Some(""), 1, 50);

    let error = client
        .call(&GET_PARCEL)
        .path("number", "")
        .check(refused())
        .send_bytes()
        .await
        .unwrap_err();
    let later = client
        .call(&GET_PARCEL)
        .check(refused())
        .path("number", "")
        .send_bytes()
        .await
        .unwrap_err();

    // The first thing that is wrong is reported.
    assert_eq!(error.parameter(), Some("number"));
    assert_eq!(later.parameter(), Some("title"));
    assert_eq!(later.provider(), Some("example"));
    assert_eq!(later.operation(), Some(GET_PARCEL.id));
    assert_eq!((script.requests(), later.attempts()), (0, 0));
}

#[test]
fn client_of_a_provider_names_it_in_every_error_of_building() {
    const PRODUCTION: &str = "https://api.example.com/v1";
    let build = |options, key: &str| {
        let credentials = Credentials::bearer(&Secret::from(key));
        Client::for_provider(Example, PRODUCTION, credentials, options)
            .with_transport(Script::new([]))
            .build()
    };
    let at = |url: &str| ClientOptions::new().with_base_url(url);

    let usual = build(ClientOptions::new(), "k").unwrap();
    let elsewhere = build(at("http://127.0.0.1:8080"), "k").unwrap();

    assert_eq!(usual.base_url().as_str(), PRODUCTION);
    assert_eq!(elsewhere.base_url().as_str(), "http://127.0.0.1:8080/v1");
    for refused in [
        build(at("api.example.com"), "k"),
        build(ClientOptions::new(), " "),
    ] {
        let error = refused.unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert_eq!(error.provider(), Some("example"));
    }
}

#[cfg(not(any(
    feature = "rustls",
    feature = "rustls-no-provider",
    feature = "native-tls"
)))]
#[test]
fn https_without_tls_names_the_features() {
    let error = builder(BASE).build().unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(
        error.to_string().contains("one of the features `rustls`"),
        "{error}"
    );
}

#[test]
fn headers_of_the_client_are_checked_when_it_is_built() {
    let error = builder(BASE)
        .with_transport(Script::new([]))
        .with_user_agent("shop\n1")
        .build()
        .unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(error.to_string().contains("user agent"), "{error}");
}

#[cfg(all(feature = "rustls-no-provider", not(feature = "rustls")))]
#[test]
fn missing_crypto_provider_is_a_clear_error() {
    let error = builder(BASE).build().unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(
        error.to_string().contains("no rustls crypto provider"),
        "{error}"
    );
}

#[tokio::test]
async fn link_can_count_as_operation_that_it_came_from() {
    let script = Script::new([reply(503, "")]);
    let client = builder(BASE)
        .with_transport(script.clone())
        .build()
        .unwrap();
    let single = Operation::new("book-parcel", Method::GET, "");

    let error = client
        .follow(Method::GET, "/v2/parcels?page=2")
        .operation(&single)
        .send_bytes()
        .await
        .unwrap_err();

    assert_eq!(error.operation(), Some("book-parcel"));
    // Not repeated, because the operation is not safe to repeat, although GET is.
    assert_eq!(error.attempts(), 1);
    let uri = script.request(0, |request| request.uri().to_string());
    assert_eq!(uri, "https://api.example.com/v2/parcels?page=2");
}

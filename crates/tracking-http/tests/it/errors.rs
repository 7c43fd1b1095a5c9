//! The error type: its size, its text, its causes, and what becomes of it in the unified model.

use std::error::Error as _;
use std::time::Duration;

use bytes::Bytes;
use tracking_core::ErrorKind;
use tracking_http::{ConfigureClient as _, Error, RetryPolicy, TransportErrorKind};

use crate::support::{GET_PARCEL, NUMBER, Script, Step, builder, reply_with};

const BASE: &str = "https://api.example.com";

async fn failing(step: Step) -> Error {
    let client = builder(BASE)
        .with_transport(Script::new([step]))
        .with_retry(RetryPolicy::none())
        .build()
        .unwrap();
    client
        .call(&GET_PARCEL)
        .path("number", NUMBER)
        .send_bytes()
        .await
        .unwrap_err()
}

#[test]
fn error_is_small() {
    assert!(size_of::<Error>() <= 128);
    assert!(size_of::<Result<(), Error>>() <= 128);
}

#[tokio::test]
async fn display_is_one_line_with_operation_status_and_code() {
    let body = r#"{"code":"not_here","message":"Nothing\nhere"}"#;

    let error = failing(reply_with(404, &[], body)).await;

    assert_eq!(
        error.to_string(),
        format!(
            "example get-parcel failed: {} (HTTP 404), code not_here: Nothing here",
            ErrorKind::NotFound
        )
    );
}

#[tokio::test]
async fn byte_order_mark_hides_no_code_of_an_error() {
    let body = "\u{feff}{\"code\":\"not_here\"}";

    let error = failing(reply_with(404, &[], body)).await;

    assert_eq!(error.provider_code(), Some("not_here"));
    assert_eq!(error.body_text().unwrap(), body);
}

#[tokio::test]
async fn sdk_can_say_what_to_change_beside_what_provider_says() {
    let body = r#"{"code":"not_here","message":"No"}"#;
    let error = failing(reply_with(404, &[], body)).await;

    let error = error
        .with_message("try another form")
        .with_message("see `with_form`");

    assert_eq!(error.message(), Some("see `with_form`"));
    assert_eq!(error.provider_message(), Some("No"));
    assert!(
        error
            .to_string()
            .ends_with("code not_here: see `with_form`: No"),
        "{error}"
    );
}

#[tokio::test]
async fn cause_is_kept_and_not_repeated() {
    let error = failing(Step::Fail(TransportErrorKind::Other)).await;

    assert_eq!(error.kind(), ErrorKind::Transport);
    assert_eq!(error.source().unwrap().to_string(), "broken by script");
    assert!(!error.to_string().contains("broken by script"));
}

#[tokio::test]
async fn try_map_error_keeps_the_response() {
    let client = builder(BASE)
        .with_transport(Script::new([reply_with(
            200,
            &[("x-request-id", "r")],
            "{}",
        )]))
        .build()
        .unwrap();
    let response = client
        .request(http::Method::GET, "/x")
        .send_bytes()
        .await
        .unwrap();

    let error = response
        .try_map(|_| Err::<(), _>(Error::decode("a", "expected text")))
        .unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(error.provider(), Some("example"));
    assert_eq!(error.status().unwrap(), 200);
    assert_eq!(error.request_id(), Some("r"));
    assert_eq!(error.body(), Some(&Bytes::from_static(b"{}")));
    assert_eq!(error.attempts(), 1);
}

#[test]
fn own_errors_name_the_thing() {
    for (error, kind, text) in [
        (
            Error::invalid_request("number", "is empty"),
            ErrorKind::InvalidRequest,
            "`number`",
        ),
        (
            Error::configuration("set the key"),
            ErrorKind::Configuration,
            "set the key",
        ),
        (
            Error::webhook("wrong secret"),
            ErrorKind::Webhook,
            "wrong secret",
        ),
        (
            Error::unsupported("no list"),
            ErrorKind::Unsupported,
            "no list",
        ),
        (
            Error::decode("a[0].b", "expected text"),
            ErrorKind::Decode,
            "at a[0].b: expected",
        ),
    ] {
        assert_eq!(error.kind(), kind);
        assert!(error.to_string().contains(text), "{error}");
        assert!(error.provider().is_none() && error.status().is_none());
    }
}

#[tokio::test]
async fn page_of_a_wall_does_not_blame_the_key() {
    let page = "<!DOCTYPE html><html><title>Just a moment...</title></html>";
    let script = Script::new([reply_with(403, &[("content-type", "text/html")], page)]);
    let client = builder(BASE)
        .with_transport(script.clone())
        .build()
        .unwrap();
    let call = client.call(&GET_PARCEL).path("number", NUMBER);

    let error = call.send_bytes().await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(!error.is_retryable());
    assert_eq!(error.attempts(), 1);
    assert_eq!(error.body_text().unwrap(), page);
    let text = error.to_string();
    assert!(text.contains("(HTTP 403): the response is HTML: it comes from something in front"));
    for status in [401, 404, 429, 503] {
        let error = failing(reply_with(status, &[], page)).await;
        let other = failing(reply_with(status, &[], "{}")).await;

        assert_eq!(error.kind(), other.kind(), "{status}");
        assert!(error.to_string().contains("proxy or a firewall"), "{error}");
        assert!(!other.to_string().contains("proxy"), "{other}");
    }
}

#[tokio::test]
async fn refusal_in_json_announced_as_html_is_that_of_the_api() {
    let body = r#"{"code":"no_plan","message":"No."}"#;

    let error = failing(reply_with(403, &[("content-type", "text/html")], body)).await;

    assert_eq!(error.kind(), ErrorKind::Permission);
    assert_eq!(error.provider_code(), Some("no_plan"));
    assert_eq!(error.message(), None);
}

#[tokio::test]
async fn huge_wait_is_very_long_and_is_not_begun() {
    for value in ["99999999999999999999", "18446744073709551615", "31536001"] {
        let script = Script::new([reply_with(429, &[("retry-after", value)], "")]);
        let client = builder(BASE)
            .with_transport(script.clone())
            .build()
            .unwrap();

        let call = client.call(&GET_PARCEL).path("number", NUMBER);
        let error = call.send_bytes().await.unwrap_err();

        assert_eq!(error.attempts(), 1, "{value}");
        assert!(error.retry_after().unwrap() > Duration::from_secs(31_536_000));
        let text = error.to_string();
        assert!(
            text.ends_with("(retry after a very long time: more than a year)"),
            "{text}"
        );
    }
}

#[tokio::test]
async fn unified_error_keeps_kind_provider_wait_and_cause() {
    let error = failing(reply_with(429, &[("retry-after", "9")], "")).await;

    let unified = tracking_core::Error::from(error);

    assert_eq!(unified.kind(), ErrorKind::RateLimited);
    assert_eq!(unified.provider().as_str(), "example");
    assert_eq!(unified.retry_after(), Some(Duration::from_secs(9)));
    assert!(unified.is_retryable());
    assert_eq!(
        unified.to_string(),
        "example: rate_limited: get-parcel (HTTP 429) (retry after 9 s)"
    );
    let cause = unified.source().unwrap().downcast_ref::<Error>().unwrap();
    assert_eq!(cause.status().unwrap(), 429);
}

#[tokio::test]
async fn request_id_of_the_body_is_kept_unless_a_header_has_one() {
    for (headers, id) in [
        (&[][..], "from-body"),
        (&[("x-request-id", "from-header")][..], "from-header"),
        (&[("x-request-id", "")][..], "from-body"),
    ] {
        let error = failing(reply_with(400, headers, r#"{"requestId":"from-body"}"#)).await;

        assert_eq!(error.request_id(), Some(id));
    }
}

#[tokio::test]
async fn advice_is_shown_beside_providers_message() {
    let body = r#"{"message":"Nothing here"}"#;

    let error = failing(reply_with(404, &[], body))
        .await
        .with_message("look elsewhere");

    assert!(
        error
            .to_string()
            .ends_with("(HTTP 404): look elsewhere: Nothing here"),
        "{error}"
    );
    assert_eq!(error.status().unwrap(), 404);
}

#[tokio::test]
async fn debug_masks_the_request_id() {
    for id in ["for RR123456785CN", "req-1"] {
        let error = failing(reply_with(500, &[("x-request-id", id)], "{}")).await;

        assert_eq!(error.request_id(), Some(id));
        let printed = format!("{error:?} {error:#?}");
        assert!(!printed.contains(id), "{printed}");
        assert!(printed.contains(r#"request_id: Some("[…]")"#), "{printed}");
    }
}

#[tokio::test]
async fn part_of_a_response_is_no_success() {
    let error = failing(reply_with(206, &[], r#"{"id":"1"}"#)).await;

    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(error.is_retryable());
    assert!(error.to_string().contains("a part of one"), "{error}");
    assert_eq!(error.body_text().unwrap(), r#"{"id":"1"}"#);
}

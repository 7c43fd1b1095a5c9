//! Which kind each error response has, and what is kept of it.

use std::time::Duration;

use gcl_sdk::{Error, ErrorKind, ErrorResponse};

use crate::requests::{order, quote};
use crate::server::{Reply, Server, fixture, fixture_json};

async fn error_of(response: Reply) -> Error {
    let server = Server::replying(response).await;
    server.client().get_tracking("QX1").await.unwrap_err()
}

#[tokio::test]
async fn unknown_number_is_not_found_under_any_status() {
    let body = fixture_json("get-tracking/404_not_found.json");
    for status in [200, 201, 400, 404, 410, 422, 500, 503] {
        let error = error_of(Reply::json(status, &body)).await;

        assert_eq!(error.kind(), ErrorKind::NotFound, "{status}");
        assert_eq!(error.provider_code(), Some("TRACKING_DETAILS_NOT_FOUND"));
        assert_eq!(
            error.provider_message(),
            Some("Nothing is known of this number.")
        );
        assert_eq!(error.status().unwrap(), status);
        assert_eq!(error.body_text().unwrap(), body.to_string());
        assert!(!error.is_retryable(), "{status}");
        assert_eq!(error.operation(), Some("get-tracking"));
    }
}

#[tokio::test]
async fn details_may_be_null_or_one_object() {
    let null = error_of(Reply::fixture("get-tracking/404_not_found.json")).await;
    let object = error_of(Reply::fixture(
        "get-tracking/422_not_found_with_details.json",
    ))
    .await;

    let null: ErrorResponse = serde_json::from_slice(null.body().unwrap()).unwrap();
    let object: ErrorResponse = serde_json::from_slice(object.body().unwrap()).unwrap();
    assert_eq!(null.details, None);
    let details = object.details.unwrap();
    assert_eq!(details.code.as_deref(), Some("CARRIER_SILENT"));
    assert_eq!(
        details.message.as_deref(),
        Some("The carrier said nothing.")
    );
    assert_eq!(details.reference.as_deref(), Some("err-7f2a"));
}

#[tokio::test]
async fn every_other_response_has_the_kind_of_its_status() {
    let cases = [
        (
            "400_code.json",
            ErrorKind::InvalidRequest,
            Some("A field is wrong."),
        ),
        (
            "401_lone_error.json",
            ErrorKind::Authentication,
            Some("Unauthorized"),
        ),
        ("402_empty.json", ErrorKind::QuotaExhausted, None),
        (
            "403_lone_error.json",
            ErrorKind::Permission,
            Some("Not enabled for this partner"),
        ),
        ("404_proxy.html", ErrorKind::NotFound, None),
        (
            "429_plain.txt",
            ErrorKind::RateLimited,
            Some("Slow down.\n"),
        ),
        ("502_bad_gateway.html", ErrorKind::Server, None),
    ];

    for (name, kind, message) in cases {
        let path = format!("errors/{name}");
        let response = Reply::fixture(&path).header("x-request-id", "req-7");

        let error = error_of(response.clone()).await;

        assert_eq!(error.kind(), kind, "{name}");
        assert_eq!(error.provider_message(), message, "{name}");
        assert_eq!(error.status().unwrap(), response.status, "{name}");
        assert_eq!(error.body_text().unwrap(), fixture(&path), "{name}");
        assert_eq!(error.request_id(), Some("req-7"), "{name}");
        assert_eq!(error.provider(), Some("gcl"), "{name}");
        assert_eq!(error.to_string().lines().count(), 1, "{name}");
    }
}

#[tokio::test]
async fn lone_error_inside_success_is_error_of_every_operation() {
    let response = || Reply::new(200, r#"{"error":"No such partner"}"#);
    let server = Server::start([response(), response(), response()]).await;
    let client = server.client();

    let errors = [
        client.get_tracking("QX1").await.unwrap_err(),
        client.quote_shipping_methods(&quote()).await.unwrap_err(),
        client.create_shipping_order(&order()).await.unwrap_err(),
    ];

    for error in errors {
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        assert_eq!(error.provider_message(), Some("No such partner"));
        assert_eq!(error.status().unwrap(), 200);
    }
}

#[tokio::test]
async fn response_with_key_of_error_beside_its_own_is_response() {
    let body = r#"{"code":"WARNING","shortUid":"PTS-1","trackingNumber":"QX1","checkpoints":[]}"#;
    let server = Server::replying(Reply::new(200, body)).await;

    let tracking = server.client().get_tracking("QX1").await.unwrap();

    assert_eq!(tracking.short_uid.as_deref(), Some("PTS-1"));
    assert_eq!(tracking.unmodelled(), ["code"]);
}

#[tokio::test]
async fn requested_wait_is_returned() {
    let response = Reply::fixture("errors/429_plain.txt").header("retry-after", "7");

    let error = error_of(response).await;

    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    assert!(error.is_retryable());
}

#[tokio::test]
async fn redirect_is_not_followed_and_points_at_base_url() {
    let response = Reply::new(302, "").header("location", "https://elsewhere.example/");

    let error = error_of(response).await;

    assert_eq!(error.kind(), ErrorKind::Configuration);
}

#[tokio::test]
async fn byte_order_mark_before_error_keeps_its_code() {
    let body = "\u{feff}{\"code\":\"TRACKING_DETAILS_NOT_FOUND\",\"message\":\"?\"}";
    for status in [404, 200] {
        let error = error_of(Reply::new(status, body)).await;

        assert_eq!(error.kind(), ErrorKind::NotFound, "{status}");
        assert_eq!(error.provider_code(), Some("TRACKING_DETAILS_NOT_FOUND"));
    }
}

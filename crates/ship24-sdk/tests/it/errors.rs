//! Which kind each error response has, and what is kept of it.

use std::time::Duration;

use ship24_sdk::{Error, ErrorCode, ErrorKind};

use crate::server::{Reply, Server, fixture, fixture_json};

async fn error_of(reply: Reply) -> Error {
    let server = Server::replying(reply).await;
    server
        .client()
        .get_tracker_by_tracker_id("t-1")
        .await
        .unwrap_err()
}

#[tokio::test]
async fn every_documented_response_has_its_kind_and_keeps_its_code() {
    let cases = [
        (
            "400_two_items.json",
            ErrorKind::InvalidRequest,
            Some("validation_error"),
        ),
        (
            "400_without_message.json",
            ErrorKind::InvalidRequest,
            Some("parsing_error"),
        ),
        (
            "400_data_object.json",
            ErrorKind::InvalidRequest,
            Some("missing_mandatory_field"),
        ),
        (
            "400_auth_missing_header.json",
            ErrorKind::Authentication,
            Some("auth_missing_header"),
        ),
        (
            "400_auth_invalid_header.json",
            ErrorKind::Authentication,
            Some("auth_invalid_header"),
        ),
        (
            "401_auth_invalid_api_key.json",
            ErrorKind::Authentication,
            Some("auth_invalid_api_key"),
        ),
        ("402_payment_required.json", ErrorKind::QuotaExhausted, None),
        (
            "403_quota_limit_reached.json",
            ErrorKind::QuotaExhausted,
            Some("quota_limit_reached"),
        ),
        ("403_unexplained.json", ErrorKind::Authentication, None),
        (
            "404_tracker_not_found.json",
            ErrorKind::NotFound,
            Some("tracker_not_found"),
        ),
        (
            "405_quota_limit_reached.json",
            ErrorKind::QuotaExhausted,
            Some("quota_limit_reached"),
        ),
        (
            "409_request_conflict.json",
            ErrorKind::Conflict,
            Some("request_conflict"),
        ),
        (
            "422_no_active_subscription.json",
            ErrorKind::Permission,
            Some("no_active_subscription"),
        ),
        // Without a known code the status decides.
        (
            "400_unknown_code.json",
            ErrorKind::InvalidRequest,
            Some("parcel_too_shy"),
        ),
        ("400_empty_errors.json", ErrorKind::InvalidRequest, None),
        ("400_all_null.json", ErrorKind::InvalidRequest, None),
    ];

    for (name, kind, code) in cases {
        let path = format!("errors/{name}");
        let reply = Reply::fixture(&path).header("x-request-id", "req-7");

        let error = error_of(reply.clone()).await;

        assert_eq!(error.kind(), kind, "{name}");
        assert_eq!(error.provider_code(), code, "{name}");
        assert_eq!(error.status().unwrap(), reply.status, "{name}");
        assert_eq!(error.body_text().unwrap(), fixture(&path), "{name}");
        assert_eq!(error.request_id(), Some("req-7"), "{name}");
        assert_eq!(error.provider(), Some("ship24"), "{name}");
        assert_eq!(
            error.operation(),
            Some("get-tracker-by-trackerId"),
            "{name}"
        );
        assert_eq!(error.attempts(), 1, "{name}");
    }
}

#[tokio::test]
async fn code_decides_whatever_status() {
    let mut cases = Vec::new();
    for status in [400, 403, 404, 405, 409, 422, 500] {
        for code in ErrorCode::KNOWN {
            let body = serde_json::json!({ "errors": [{ "code": code.as_str() }], "data": null });
            cases.push((code, Reply::json(status, &body)));
        }
    }
    let server = Server::start(cases.iter().map(|(_, response)| response.clone())).await;
    let client = server.client();

    for (code, response) in cases {
        let error = client.get_tracker_by_tracker_id("t-1").await.unwrap_err();

        assert_eq!(error.status().unwrap(), response.status);
        assert_eq!(
            Some(error.kind()),
            code.kind(),
            "{} {code}",
            response.status
        );
    }
}

#[tokio::test]
async fn several_messages_make_one_line() {
    let error = error_of(Reply::fixture("errors/400_two_items.json")).await;

    assert_eq!(
        error.provider_message(),
        Some("originCountryCode is too long. originCountryCode is not a country.")
    );
    assert_eq!(error.to_string().lines().count(), 1);
}

#[tokio::test]
async fn plain_text_429_keeps_content_headers_and_wait() {
    let mut reply = Reply::fixture("errors/429_too_many_requests.txt");
    for (name, value) in fixture_json("errors/429_headers.json").as_object().unwrap() {
        reply = reply.header(name, value.as_str().unwrap());
    }

    let error = error_of(reply).await;

    assert!(error.is_rate_limited() && error.is_retryable());
    // `Retry-After` wins over the end of the window.
    assert_eq!(error.retry_after(), Some(Duration::from_secs(3)));
    assert_eq!(error.headers()["ratelimit-remaining"], "0");
    assert_eq!(error.headers()["x-ratelimit-reset"], "1789000001");
    assert_eq!(
        error.body_text().unwrap(),
        fixture("errors/429_too_many_requests.txt")
    );
}

#[tokio::test]
async fn status_429_means_slow_down_whatever_its_body_says() {
    let body = r#"{"errors":[{"code":"quota_limit_reached"}],"data":null}"#;

    let error = error_of(Reply::new(429, body)).await;

    assert_eq!(error.kind(), ErrorKind::RateLimited);
    assert!(error.retry_after().is_some());
}

#[tokio::test]
async fn html_of_gateway_keeps_status_headers_and_content() {
    for status in [500, 502, 503, 504] {
        let mut reply = Reply::fixture("errors/502_bad_gateway.html").header("via", "1.1 gateway");
        reply.status = status;

        let error = error_of(reply).await;

        assert_eq!(error.kind(), ErrorKind::Server);
        assert_eq!(error.status().unwrap(), status);
        assert_eq!(error.headers()["via"], "1.1 gateway");
        assert_eq!(error.headers()["content-type"], "text/html");
        assert!(error.body_text().unwrap().contains("Bad gateway"));
        assert!(!error.to_string().contains('<'), "{error}");
        assert!(error.is_retryable());
    }
}

#[tokio::test]
async fn bodies_that_are_no_errors_leave_the_status_to_decide() {
    let bodies = [
        "",
        "null",
        "[]",
        "7",
        "{",
        r#"{"errors":7}"#,
        r#"{"errors":{"code":1}}"#,
    ];
    let statuses = [
        (400, ErrorKind::InvalidRequest),
        (401, ErrorKind::Authentication),
        (404, ErrorKind::NotFound),
        (409, ErrorKind::Conflict),
        (503, ErrorKind::Server),
    ];

    let cases = statuses.map(|(status, kind)| bodies.map(|body| (status, kind, body)));
    let responses = cases
        .iter()
        .flatten()
        .map(|(status, _, body)| Reply::new(*status, *body));
    let server = Server::start(responses).await;
    let client = server.client();

    for (status, kind, body) in cases.into_iter().flatten() {
        let error = client.get_tracker_by_tracker_id("t-1").await.unwrap_err();

        assert_eq!(error.kind(), kind, "{status} {body}");
        assert_eq!(error.provider_code(), None, "{status} {body}");
    }
}

#[tokio::test]
async fn redirect_is_not_followed() {
    let elsewhere = Server::silent().await;
    let target = format!("{}/public/v1/trackers/t-1", elsewhere.base_url());

    let error = error_of(Reply::new(307, "").header("location", &target)).await;

    assert_eq!(error.status().unwrap(), 307);
    assert!(error.to_string().contains("base URL"), "{error}");
    assert!(elsewhere.requests().is_empty());
}

#[tokio::test]
async fn error_becomes_one_of_unified_model() {
    let error = error_of(Reply::fixture("errors/404_tracker_not_found.json")).await;

    let unified = tracking_core::Error::from(error);

    assert_eq!(unified.kind(), ErrorKind::NotFound);
    assert_eq!(unified.provider().as_str(), "ship24");
}

//! Which kind each error response has, and what is kept of it.

use std::time::Duration;

use serde_json::json;
use trackingmore_sdk::{Code, Error, ErrorKind};

use crate::operations::{CARRIER, NUMBER};
use crate::server::{Reply, Server, fixture, fixture_json};

/// The documented codes, and what each of them asks the caller to do.
const CODES: [(i64, ErrorKind); 25] = [
    (202, ErrorKind::QuotaExhausted),
    (401, ErrorKind::Authentication),
    (402, ErrorKind::QuotaExhausted),
    (403, ErrorKind::Permission),
    (404, ErrorKind::NotFound),
    (405, ErrorKind::InvalidRequest),
    (409, ErrorKind::Conflict),
    (429, ErrorKind::RateLimited),
    (500, ErrorKind::Server),
    (503, ErrorKind::Server),
    (4001, ErrorKind::Authentication),
    (4002, ErrorKind::Authentication),
    (4012, ErrorKind::InvalidRequest),
    (4013, ErrorKind::InvalidRequest),
    (4014, ErrorKind::InvalidRequest),
    (4015, ErrorKind::InvalidRequest),
    (4016, ErrorKind::Conflict),
    (4017, ErrorKind::NotFound),
    (4018, ErrorKind::Permission),
    (4019, ErrorKind::QuotaExhausted),
    (4020, ErrorKind::InvalidRequest),
    (4021, ErrorKind::QuotaExhausted),
    (4031, ErrorKind::NotFound),
    (4032, ErrorKind::NotFound),
    (4033, ErrorKind::InvalidRequest),
];

async fn error_of(reply: Reply) -> Error {
    let server = Server::replying(reply).await;
    server
        .client()
        .get_tracking(CARRIER, NUMBER)
        .await
        .unwrap_err()
}

#[tokio::test]
async fn every_documented_code_has_its_kind_and_is_kept() {
    for (code, kind) in CODES {
        let path = format!("errors/{code}.json");
        let reply = Reply::fixture(&path).header("x-request-id", "req-7");

        let error = error_of(reply).await;

        assert_eq!(error.kind(), kind, "{code}");
        assert_eq!(error.provider_code(), Some(code.to_string().as_str()));
        assert_eq!(Code::of(&error), Some(Code::new(code)));
        let message = &fixture_json(&path)["meta"]["message"];
        assert_eq!(error.provider_message(), message.as_str(), "{code}");
        // The truth about an error is in the body: the status says that all went well.
        assert_eq!(error.status().unwrap(), 200, "{code}");
        assert_eq!(error.body_text().unwrap(), fixture(&path), "{code}");
        assert_eq!(error.request_id(), Some("req-7"), "{code}");
        assert_eq!(error.provider(), Some("trackingmore"), "{code}");
        assert_eq!(error.operation(), Some("get-tracking"), "{code}");
        assert_eq!(error.attempts(), 1, "{code}");
        assert_eq!(error.to_string().lines().count(), 1, "{error}");
    }
}

#[test]
fn table_of_codes_is_complete() {
    let here = CODES
        .iter()
        .map(|(code, kind)| (Code::new(*code), Some(*kind)));
    let there = Code::KNOWN
        .iter()
        .filter(|code| ![Code::SUCCESS, Code::CREATED].contains(code));

    assert!(here.eq(there.map(|code| (*code, code.kind()))));
}

#[tokio::test]
async fn types_that_contradict_their_code_do_not_count() {
    // 4033 says "No Content" and 202 says "Bad Request".
    let status = error_of(Reply::fixture("list-trackings/4033_status_invalid.json")).await;
    let over_limit = error_of(Reply::fixture("errors/202.json")).await;

    assert_eq!(status.kind(), ErrorKind::InvalidRequest);
    assert_eq!(over_limit.kind(), ErrorKind::QuotaExhausted);
    assert!(!over_limit.is_retryable());
}

#[tokio::test]
async fn code_decides_whatever_status() {
    let statuses = [400, 401, 403, 404, 429, 500, 503];
    let cases = statuses.map(|status| CODES.map(|(code, kind)| (status, code, kind)));
    let replies = cases.iter().flatten().map(|(status, code, _)| {
        let mut reply = Reply::fixture(&format!("errors/{code}.json"));
        reply.status = *status;
        reply
    });
    let server = Server::start(replies).await;
    let client = server.client();

    for (status, code, kind) in cases.into_iter().flatten() {
        let error = client.get_tracking(CARRIER, NUMBER).await.unwrap_err();

        assert_eq!(error.status().unwrap(), status);
        assert_eq!(error.kind(), kind, "{status} {code}");
        assert_eq!(Code::of(&error), Some(Code::new(code)));
    }
}

#[tokio::test]
async fn error_needs_no_type_message_data_or_numeric_code() {
    let cases = [
        (
            "4001_without_message.json",
            ErrorKind::Authentication,
            "4001",
            None,
        ),
        (
            "4001_code_as_text.json",
            ErrorKind::Authentication,
            "4001",
            Some("invalid key"),
        ),
        (
            "data_missing.json",
            ErrorKind::InvalidRequest,
            "4012",
            Some("parameters missing"),
        ),
        (
            "data_text.json",
            ErrorKind::InvalidRequest,
            "4012",
            Some("parameters missing"),
        ),
        (
            "4999_unknown.json",
            ErrorKind::InvalidRequest,
            "4999",
            Some("something new"),
        ),
    ];

    for (name, kind, code, message) in cases {
        let error = error_of(Reply::fixture(&format!("errors/{name}"))).await;

        assert_eq!(error.kind(), kind, "{name}");
        assert_eq!(error.provider_code(), Some(code), "{name}");
        assert_eq!(error.provider_message(), message, "{name}");
    }
}

#[tokio::test]
async fn errors_of_each_operation_have_the_kind_of_their_code() {
    let cases = [
        (
            "create-tracking/4015_carrier_invalid.json",
            ErrorKind::InvalidRequest,
        ),
        ("create-tracking/4016_exists.json", ErrorKind::Conflict),
        ("create-tracking/4021_quota.json", ErrorKind::QuotaExhausted),
        ("get-tracking/4017_not_registered.json", ErrorKind::NotFound),
        ("get-tracking/4031_nothing.json", ErrorKind::NotFound),
        ("get-tracking/4031_data_null.json", ErrorKind::NotFound),
        (
            "update-tracking/4017_not_registered.json",
            ErrorKind::NotFound,
        ),
        ("delete-tracking/4017_gone.json", ErrorKind::NotFound),
        (
            "batch-create-trackings/4020_too_many.json",
            ErrorKind::InvalidRequest,
        ),
        ("list-trackings/429_paused.json", ErrorKind::RateLimited),
        ("realtime-tracking/4031_nothing.json", ErrorKind::NotFound),
        (
            "realtime-tracking/4019_balance.json",
            ErrorKind::QuotaExhausted,
        ),
        (
            "update-carrier/4017_not_registered.json",
            ErrorKind::NotFound,
        ),
        (
            "get-user-info/4001_key_invalid.json",
            ErrorKind::Authentication,
        ),
        ("remote-areas/4021_quota.json", ErrorKind::QuotaExhausted),
        ("cost-time/4031_nothing.json", ErrorKind::NotFound),
        ("air-cargo/4018_not_activated.json", ErrorKind::Permission),
    ];

    for (path, kind) in cases {
        let operation = path.split('/').next().unwrap();
        let server = Server::replying(Reply::fixture(path)).await;

        let error = crate::operations::call(&server.client(), operation).await;

        let error = error.unwrap_err();
        assert_eq!(error.kind(), kind, "{path}");
        assert_eq!(error.operation(), Some(operation));
    }
}

#[tokio::test]
async fn status_429_in_body_or_status_waits_two_minutes() {
    for path in [
        "errors/429.json",
        "list-trackings/429_paused.json",
        "errors/429_http.txt",
    ] {
        let error = error_of(Reply::fixture(path)).await;

        assert!(error.is_rate_limited() && error.is_retryable(), "{path}");
        assert_eq!(
            error.retry_after(),
            Some(Duration::from_secs(120)),
            "{path}"
        );
        assert_eq!(error.body_text().unwrap(), fixture(path));
    }
}

#[tokio::test]
async fn wait_that_server_names_wins_over_two_minutes() {
    for path in ["errors/429.json", "errors/429_http.txt"] {
        let error = error_of(Reply::fixture(path).header("retry-after", "7")).await;

        assert_eq!(error.retry_after(), Some(Duration::from_secs(7)), "{path}");
    }
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
async fn bodies_without_a_code_leave_the_status_to_decide() {
    let bodies = [
        "",
        "null",
        "[]",
        "7",
        "{",
        r#"{"meta":7}"#,
        r#"{"meta":[]}"#,
        r#"{"meta":{"code":null}}"#,
        r#"{"meta":{"code":200},"data":[]}"#,
    ];
    let statuses = [
        (400, ErrorKind::InvalidRequest),
        (401, ErrorKind::Authentication),
        (402, ErrorKind::QuotaExhausted),
        (403, ErrorKind::Permission),
        (404, ErrorKind::NotFound),
        (409, ErrorKind::Conflict),
        (429, ErrorKind::RateLimited),
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
        let error = client.get_tracking(CARRIER, NUMBER).await.unwrap_err();

        assert_eq!(error.kind(), kind, "{status} {body}");
        assert_eq!(error.provider_code(), None, "{status} {body}");
    }
}

#[tokio::test]
async fn multi_line_and_empty_messages_make_one_line() {
    for message in ["first\nsecond\r\nthird", "   ", ""] {
        let body = json!({ "meta": { "code": 4012, "message": message }, "data": [] });

        let error = error_of(Reply::json(200, &body)).await;

        assert_eq!(error.to_string().lines().count(), 1, "{error}");
    }
}

#[tokio::test]
async fn error_becomes_one_of_unified_model() {
    let error = error_of(Reply::fixture("errors/4017.json")).await;

    let unified = tracking_core::Error::from(error);

    assert_eq!(unified.kind(), ErrorKind::NotFound);
    assert_eq!(unified.provider().as_str(), "trackingmore");
}

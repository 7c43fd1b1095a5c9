//! Error responses: two unrelated shapes, violations with two statuses, and bodies of somebody else.

use std::time::Duration;

use oneconcepts_sdk::{Error, ErrorKind, ListTrackingsQuery, violations};

use crate::server::{Reply, Server, token_response};

async fn refused(response: Reply) -> Error {
    let tokens = (response.status == 401).then(|| [token_response("a"), token_response("b")]);
    let repeats = if tokens.is_some() { 2 } else { 1 };
    let responses = vec![response; repeats];
    let server = match tokens {
        Some(tokens) => Server::with_logins(tokens, responses).await,
        None => Server::start(responses).await,
    };
    server
        .client()
        .list_trackings(&ListTrackingsQuery::new())
        .await
        .unwrap_err()
}

#[tokio::test]
async fn every_shape_gives_kind_code_and_message() {
    let cases = [
        (
            "400_hydra.json",
            ErrorKind::InvalidRequest,
            Some("hydra:Error"),
            Some("Page should not be less than 1"),
        ),
        (
            "400_violations.json",
            ErrorKind::InvalidRequest,
            Some("ConstraintViolationList"),
            Some("recipientZip: This value should not be blank."),
        ),
        (
            "422_violations.json",
            ErrorKind::InvalidRequest,
            Some("ConstraintViolationList"),
            Some("recipientZip: This value should not be blank."),
        ),
        (
            "401_missing.json",
            ErrorKind::Authentication,
            Some("401"),
            Some("JWT Token not found"),
        ),
        (
            "401_expired.json",
            ErrorKind::Authentication,
            Some("401"),
            Some("Expired JWT Token"),
        ),
        (
            "403_hydra.json",
            ErrorKind::Permission,
            Some("hydra:Error"),
            Some("Access Denied."),
        ),
        (
            "404_hydra.json",
            ErrorKind::NotFound,
            Some("hydra:Error"),
            Some("Not Found"),
        ),
        (
            "404_problem.json",
            ErrorKind::NotFound,
            Some("https://tools.ietf.org/html/rfc2616#section-10"),
            Some("Not Found"),
        ),
        (
            "405_hydra.json",
            ErrorKind::InvalidRequest,
            Some("hydra:Error"),
            Some("Method Not Allowed"),
        ),
        (
            "500_hydra.json",
            ErrorKind::Server,
            Some("hydra:Error"),
            Some("Internal Server Error"),
        ),
        ("502_gateway.html", ErrorKind::Server, None, None),
    ];
    for (name, kind, code, message) in cases {
        let error = refused(Reply::fixture(&format!("errors/{name}"))).await;

        assert_eq!(
            (error.kind(), error.provider_code()),
            (kind, code),
            "{name}"
        );
        assert_eq!(error.provider_message(), message, "{name}");
        assert_eq!(error.operation(), Some("list-trackings"), "{name}");
        assert_eq!(error.to_string().lines().count(), 1, "{error}");
    }
}

#[tokio::test]
async fn violations_are_typed_with_both_statuses() {
    let old = violations(&refused(Reply::fixture("errors/400_violations.json")).await);
    let new = violations(&refused(Reply::fixture("errors/422_violations.json")).await);

    assert_eq!(old.len(), 1);
    assert_eq!(
        (old[0].property_path.as_deref(), old[0].code.as_deref()),
        (Some("recipientZip"), None)
    );
    assert_eq!(new.len(), 2);
    assert!(new[0].code.is_some() && new[1].code.is_none());
    assert_eq!(new[1].message.as_deref(), Some("Unknown."));
}

#[tokio::test]
async fn errors_without_violations_have_none() {
    for name in [
        "400_hydra.json",
        "401_missing.json",
        "404_problem.json",
        "502_gateway.html",
    ] {
        let error = refused(Reply::fixture(&format!("errors/{name}"))).await;

        assert!(violations(&error).is_empty(), "{name}");
    }
    for body in ["", "[]", r#"{"violations":7}"#, r#"{"violations":[7]}"#] {
        assert!(
            violations(&refused(Reply::new(422, body)).await).is_empty(),
            "{body}"
        );
    }
}

#[tokio::test]
async fn odd_violation_does_not_lose_others() {
    let body = r#"{"violations":[{"propertyPath":{}},{"propertyPath":"zip","message":"Blank."}]}"#;

    let violations = violations(&refused(Reply::new(422, body)).await);

    assert_eq!(violations.len(), 1);
    assert_eq!(violations[0].property_path.as_deref(), Some("zip"));
}

#[tokio::test]
async fn status_429_says_how_long_to_wait() {
    let error = refused(Reply::new(429, "Slow down").header("retry-after", "7")).await;

    assert!(error.is_rate_limited());
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    assert_eq!(error.body_text().unwrap(), "Slow down");
}

#[tokio::test]
async fn redirect_is_not_followed() {
    let elsewhere = Server::silent().await;
    let target = format!("{}/api/trackings", elsewhere.base_url());

    let error = refused(Reply::new(302, "").header("location", &target)).await;

    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(elsewhere.requests().is_empty() && elsewhere.logins().is_empty());
}

#[tokio::test]
async fn status_headers_and_body_are_kept() {
    let response = Reply::fixture("errors/502_gateway.html").header("x-request-id", "req-1");

    let error = refused(response).await;

    assert_eq!(error.status().unwrap().as_u16(), 502);
    assert_eq!(error.request_id(), Some("req-1"));
    assert!(error.body_text().unwrap().contains("Bad gateway"));
}

#[tokio::test]
async fn byte_order_mark_before_error_keeps_its_message() {
    let body = "\u{feff}{\"@type\":\"hydra:Error\",\"hydra:description\":\"No.\"}";

    let error = refused(Reply::new(400, body)).await;

    assert_eq!(error.provider_message(), Some("No."));
}

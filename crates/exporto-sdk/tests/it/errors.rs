//! What an error response becomes, whatever its body.

use std::time::Duration;

use exporto_sdk::{Error, ErrorKind};

use crate::server::{Reply, Server};

async fn error(response: Reply) -> Error {
    let server = Server::replying(response).await;
    server.client().get_shipment("parcel-11").await.unwrap_err()
}

#[tokio::test]
async fn request_id_of_header_wins_over_that_of_body() {
    let body = || Reply::fixture("errors/400_request_id.json");

    let in_body = error(body()).await;
    let in_both = error(body().header("X-Request-ID", "req-header-1")).await;

    assert_eq!(in_body.kind(), ErrorKind::InvalidRequest);
    assert_eq!(in_body.request_id(), Some("req-body-1"));
    assert_eq!(in_both.request_id(), Some("req-header-1"));
}

#[tokio::test]
async fn missing_permission_is_not_wrong_token() {
    let server = Server::replying(Reply::fixture("errors/403_forbidden.json")).await;

    let error = server.client().get_shipment("parcel-11").await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Permission);
    assert_eq!(error.request_id(), None);
    assert_eq!(server.logins().len(), 1);
}

#[tokio::test]
async fn older_key_of_message_is_read() {
    let error = error(Reply::fixture("errors/422_older_key.json")).await;

    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert_eq!(error.provider_message(), Some("Unprocessable"));
}

#[tokio::test]
async fn retry_after_is_read_in_seconds() {
    let response = Reply::fixture("errors/429_too_many_requests.json").header("retry-after", "7");

    let error = error(response).await;

    assert_eq!(error.kind(), ErrorKind::RateLimited);
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    assert!(error.is_retryable());
}

#[tokio::test]
async fn bodies_other_than_json_keep_status_and_content() {
    for (fixture, status, part) in [
        ("503_plain.txt", 503, "upstream is away"),
        ("502_bad_gateway.html", 502, "Bad gateway"),
    ] {
        let error = error(Reply::fixture(&format!("errors/{fixture}"))).await;

        assert_eq!(error.kind(), ErrorKind::Server);
        assert_eq!(error.status().unwrap(), status);
        assert!(error.body_text().unwrap().contains(part));
        assert_eq!(error.provider_message(), None);
        assert!(!error.to_string().contains(part), "{error}");
    }
}

#[tokio::test]
async fn message_is_read_whatever_media_type() {
    for media_type in ["text/plain", "text/html", "application/problem+json"] {
        let response = Reply::new(400, r#"{"message":"Invalid shipment"}"#);

        let error = error(response.header("content-type", media_type)).await;

        assert_eq!(
            error.provider_message(),
            Some("Invalid shipment"),
            "{media_type}"
        );
    }
    let bare = error(Reply::new(400, r#"{"message":"Invalid shipment"}"#)).await;
    assert_eq!(bare.provider_message(), Some("Invalid shipment"));
}

#[tokio::test]
async fn json_that_is_announced_and_not_sent_loses_nothing() {
    let response = Reply::new(404, "no json").header("content-type", "application/json");

    let error = error(response).await;

    assert_eq!(error.kind(), ErrorKind::NotFound);
    assert_eq!(error.body_text().unwrap(), "no json");
}

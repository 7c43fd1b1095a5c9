//! Sending webhook messages again, and their history.

use ship24_sdk::webhook::{WebhookItem, WebhookMessage};
use ship24_sdk::{ErrorKind, WebhookHistoryFile, WebhookPushStatus};

use crate::server::{Reply, Server};

async fn history(name: &str) -> WebhookHistoryFile {
    let reply = Reply::fixture(&format!("download-webhook-history/{name}"));
    let server = Server::replying(reply).await;

    let file = server
        .client()
        .download_webhook_history("t-1")
        .await
        .unwrap();

    server
        .request()
        .assert_without_body("GET", "/public/v1/trackers/t-1/webhook-history/download");
    file.into_inner()
}

#[tokio::test]
async fn message_count_arrives_as_integer_string_or_null() {
    for (name, count) in [
        ("201_integer.json", Some(5)),
        ("201_string.json", Some(12)),
        ("201_null.json", None),
    ] {
        let server = Server::replying(Reply::fixture(&format!("resend-webhooks/{name}"))).await;

        let summary = server.client().resend_webhooks("t-1").await.unwrap();

        assert_eq!(summary.total_resent, count, "{name}");
    }
}

#[tokio::test]
async fn messages_are_not_resent_without_webhook_address() {
    let fixture = "resend-webhooks/400_webhook_url_missing.json";
    let server = Server::replying(Reply::fixture(fixture)).await;

    let error = server.client().resend_webhooks("t-1").await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert_eq!(error.provider_code(), Some("webhook_url_missing"));
}

#[tokio::test]
async fn pushes_keep_message_response_and_status() {
    let file = history("200_history.json").await;

    let metadata = file.metadata.as_ref().unwrap();
    assert_eq!(metadata.tracker_id, Some("hist-101".into()));
    assert!(
        metadata
            .last_failed_push_at
            .as_ref()
            .unwrap()
            .timestamp()
            .instant()
            .is_some()
    );
    let [success, failed] = file.webhooks.as_slice() else {
        panic!("{file:?}")
    };
    assert_eq!(success.status, Some(WebhookPushStatus::Success));
    assert_eq!(success.response_status_code.as_deref(), Some("204"));
    // A 200 whose body says `success: false` counts as failed.
    assert_eq!(failed.status, Some(WebhookPushStatus::Failed));
    assert_eq!(failed.response_status_code.as_deref(), Some("200"));
    assert_eq!(failed.response_body.as_ref().unwrap()["success"], false);
}

#[tokio::test]
async fn push_without_response_is_all_nulls() {
    let file = history("200_no_response.json").await;

    let push = &file.webhooks[0];
    assert_eq!(
        (&push.response_status_code, &push.response_body),
        (&None, &None)
    );
    assert_eq!(push.push_timestamp, None);
}

#[tokio::test]
async fn wrong_scalars_and_unknown_statuses_are_read() {
    let file = history("200_status_code_number.json").await;

    let push = &file.webhooks[0];
    assert_eq!(push.status.as_ref().unwrap().as_str(), "retrying");
    assert_eq!(push.response_status_code.as_deref(), Some("503"));
    assert_eq!(push.request_body.as_ref().unwrap(), "plain");
}

#[tokio::test]
async fn empty_history_has_no_pushes() {
    assert!(history("200_empty.json").await.webhooks.is_empty());
}

#[tokio::test]
async fn proposed_file_name_is_kept() {
    let name = "webhook-history-SHIP24_SAMPLE_DELIVERED_104-20260914.json";
    let cases = [
        (format!("attachment; filename=\"{name}\""), Some(name)),
        (format!("attachment; filename*=UTF-8''{name}"), Some(name)),
        (
            "attachment; filename=\"../../etc/passwd\"".to_owned(),
            Some("passwd"),
        ),
        ("attachment".to_owned(), None),
    ];

    for (value, expected) in cases {
        let reply = Reply::fixture("download-webhook-history/200_empty.json")
            .header("content-disposition", &value);
        let server = Server::replying(reply).await;

        let file = server
            .client()
            .download_webhook_history("t-1")
            .await
            .unwrap();

        assert_eq!(file.file_name.as_deref(), expected, "{value}");
    }
}

#[tokio::test]
async fn message_of_history_can_be_replayed() {
    let file = history("200_history.json").await;
    let body = file.webhooks[0].request_body.as_ref().unwrap().to_string();

    let message = WebhookMessage::parse_unverified(body.as_bytes()).unwrap();

    assert_eq!(message.items[0].message_id(), Some("msg-101-b"));
}

#[tokio::test]
async fn message_of_another_shape_is_kept_and_can_still_be_replayed() {
    let file = history("200_odd_request_body.json").await;
    let body = file.webhooks[0].request_body.as_ref().unwrap();

    let message = WebhookMessage::parse_unverified(body.to_string().as_bytes()).unwrap();

    assert_eq!(
        body["trackings"][0]["events"][0]["description"],
        "Handed over"
    );
    let WebhookItem::Events(tracking) = &message.items[0] else {
        panic!("{message:?}")
    };
    let code = tracking
        .shipment
        .as_ref()
        .unwrap()
        .status_code
        .as_ref()
        .unwrap();
    assert!(code.is_unknown() && code.as_str() == "delivered");
}

//! Webhooks: what is sent, how often, and what the history keeps.

use std::time::Duration;

use serde_json::{Value, json};
use tracking_sandbox::{Parcel, Sandbox, Scan, Step};

use crate::account::Account;
use crate::receiver::Receiver;

const HOUR: Duration = Duration::from_secs(3600);

/// An account whose webhooks arrive at a receiver.
async fn connected() -> (Account, Receiver) {
    let account = Account::open().await;
    let receiver = Receiver::start().await;
    account
        .ship24()
        .configure(|settings| settings.webhooks.url = Some(receiver.url.parse().unwrap()));
    (account, receiver)
}

/// A parcel with one scan, and its tracker.
async fn one_scan(account: &Account) -> String {
    let parcel = Parcel::new("ups", "ONE-SCAN-1").scan(Scan::ago(HOUR, Step::Accepted));
    account.sandbox.add_parcel(parcel).unwrap();
    account
        .tracker(&json!({ "trackingNumber": "ONE-SCAN-1", "clientTrackerId": "mine" }))
        .await
}

#[tokio::test]
async fn each_event_is_sent_once_with_secret() {
    let (account, receiver) = connected().await;

    account
        .tracker(&json!({ "trackingNumber": Sandbox::DEMO_NUMBER }))
        .await;
    account.ship24().webhooks_settled().await;

    let received = receiver.received();
    assert_eq!(received.len(), 10);
    for webhook in &received {
        let secret = account.ship24().webhook_secret();
        assert_eq!(webhook.authorization, format!("Bearer {secret}"));
        assert_eq!(webhook.content_type, "application/json");
        let trackings = webhook.body["trackings"].as_array().unwrap();
        assert_eq!(trackings.len(), 1);
        assert_eq!(trackings[0]["events"].as_array().unwrap().len(), 1);
    }
    let ids = receiver.all_at("/metadata/messageId");
    let distinct: std::collections::HashSet<_> = ids.iter().map(Value::to_string).collect();
    assert_eq!(distinct.len(), 10);
}

#[tokio::test]
async fn webhook_has_its_own_shape() {
    let (account, receiver) = connected().await;

    one_scan(&account).await;
    account.ship24().webhooks_settled().await;

    let tracking = &receiver.received()[0].body["trackings"][0];
    assert_eq!(tracking["metadata"]["topic"], "tracking/events");
    assert_eq!(
        tracking["metadata"]["generatedAt"],
        "2026-03-02T09:00:00.000Z"
    );
    let tracker = tracking["tracker"].as_object().unwrap();
    assert!(!tracker.contains_key("isTracked"));
    assert!(!tracker.contains_key("courierCode"));
    let event = &tracking["events"][0];
    assert_eq!(event["hasNoTime"], false);
    assert_eq!(event["utcOffset"], Value::Null);
    assert_eq!(event["occurrenceDatetime"], "2026-03-02T08:00:00");
    assert_eq!(event["datetime"], "2026-03-02T08:00:00.000Z");
    assert!(tracking["statistics"]["timestamps"]["inTransitDatetime"].is_string());
}

#[tokio::test]
async fn clock_brings_events_except_for_archived_trackers() {
    let (account, receiver) = connected().await;
    let parcel = Parcel::new("ups", "TWO-SCANS-1")
        .scan(Scan::ahead(HOUR, Step::Accepted))
        .scan(Scan::ahead(HOUR * 3, Step::Delivered));
    account.sandbox.add_parcel(parcel).unwrap();
    let id = account
        .tracker(&json!({ "trackingNumber": "TWO-SCANS-1" }))
        .await;

    account.sandbox.clock().advance(HOUR * 2);
    account.ship24().webhooks_settled().await;
    account
        .patch(
            &format!("/trackers/{id}"),
            &json!({ "isSubscribed": false }),
        )
        .await;
    account.sandbox.clock().advance(HOUR * 2);
    account.ship24().webhooks_settled().await;

    assert_eq!(receiver.all_at("/events/0/statusMilestone"), ["in_transit"]);
}

#[tokio::test]
async fn refused_webhook_is_tried_again_on_the_clock() {
    let (account, receiver) = connected().await;
    receiver.respond_next(500, "broken");
    receiver.respond_next(200, r#"{"success":"false"}"#);

    one_scan(&account).await;
    account.ship24().webhooks_settled().await;
    assert_eq!(receiver.received().len(), 1);
    account
        .sandbox
        .clock()
        .advance(Duration::from_secs(11 * 60));
    account.ship24().webhooks_settled().await;
    assert_eq!(
        receiver.received().len(),
        1,
        "the first pause is twelve minutes"
    );
    account.sandbox.clock().advance(Duration::from_secs(60));
    account.ship24().webhooks_settled().await;
    assert_eq!(receiver.received().len(), 2);
    account.sandbox.clock().advance(HOUR);
    account.ship24().webhooks_settled().await;

    assert_eq!(receiver.received().len(), 3);
    assert_eq!(account.ship24().webhooks_waiting(), 0);
    let ids = receiver.all_at("/metadata/messageId");
    assert!(
        ids.windows(2).all(|pair| pair[0] == pair[1]),
        "a retry is the same message"
    );
}

#[tokio::test]
async fn webhook_is_dropped_after_twenty_attempts() {
    let (account, receiver) = connected().await;
    for _ in 0..25 {
        receiver.respond_next(503, "");
    }
    one_scan(&account).await;

    for _ in 0..25 {
        account.ship24().webhooks_settled().await;
        account.sandbox.clock().advance(HOUR * 12);
    }

    assert_eq!(receiver.received().len(), 20);
    assert_eq!(account.ship24().webhooks_waiting(), 0);
}

#[tokio::test]
async fn receiver_that_is_not_there_counts_as_a_failure() {
    let account = Account::open().await;
    account.ship24().configure(|settings| {
        settings.webhooks.url = Some("http://127.0.0.1:1/hook".parse().unwrap());
    });

    let id = one_scan(&account).await;
    account.ship24().webhooks_settled().await;

    let history = account
        .get(&format!("/trackers/{id}/webhook-history/download"))
        .await;
    assert_eq!(history.at("/webhooks/0/status"), "failed");
    assert!(history.at("/webhooks/0/responseStatusCode").is_null());
    assert_eq!(account.ship24().webhooks_waiting(), 1);
}

#[tokio::test]
async fn duplicates_groups_and_order_can_be_chosen() {
    let (account, receiver) = connected().await;
    account
        .ship24()
        .configure(|settings| settings.webhooks.duplicates = true);
    account
        .ship24()
        .configure(|settings| settings.webhooks.newest_first = true);
    account
        .ship24()
        .configure(|settings| settings.webhooks.group_size = 3);
    let parcel = Parcel::new("ups", "FOUR-SCANS-1")
        .scan(Scan::ago(HOUR * 4, Step::OrderCreated))
        .scan(Scan::ago(HOUR * 3, Step::Accepted))
        .scan(Scan::ago(HOUR * 2, Step::OutForDelivery))
        .scan(Scan::ago(HOUR, Step::Delivered));
    account.sandbox.add_parcel(parcel).unwrap();

    account
        .tracker(&json!({ "trackingNumber": "FOUR-SCANS-1" }))
        .await;
    account.ship24().webhooks_settled().await;

    let sizes: Vec<_> = receiver
        .received()
        .iter()
        .map(|webhook| webhook.body["trackings"].as_array().unwrap().len())
        .collect();
    assert_eq!(sizes, [3, 3, 1, 1]);
    assert_eq!(
        receiver.all_at("/events/0/order")[..3],
        [json!(4), json!(3), json!(2)],
        "newest first"
    );
}

#[tokio::test]
async fn resend_repeats_every_message_and_needs_an_address() {
    let account = Account::open().await;
    let id = account
        .tracker(&json!({ "trackingNumber": Sandbox::DEMO_NUMBER }))
        .await;
    let path = format!("/trackers/{id}/webhook-events/resend");

    let without = account.post(&path, &Value::Null).await;
    let receiver = Receiver::start().await;
    account
        .ship24()
        .configure(|settings| settings.webhooks.url = Some(receiver.url.parse().unwrap()));
    let with = account.post(&path, &Value::Null).await;
    account.ship24().webhooks_settled().await;
    let unknown = account
        .post("/trackers/nobody/webhook-events/resend", &Value::Null)
        .await;

    assert_eq!(without.error(), (400, "webhook_url_missing".to_owned()));
    assert_eq!(with.status, 201);
    assert_eq!(with.at("/data/summary/totalResent"), 10);
    assert_eq!(receiver.received().len(), 10);
    assert_eq!(unknown.error(), (404, "tracker_not_found".to_owned()));
}

#[tokio::test]
async fn history_is_a_file_with_the_newest_push_first() {
    let (account, receiver) = connected().await;
    receiver.respond_next(500, "broken");
    receiver.respond_next(200, r#"{"success":true}"#);
    one_scan(&account).await;
    account.ship24().webhooks_settled().await;
    account
        .sandbox
        .clock()
        .advance(Duration::from_secs(12 * 60));
    account.ship24().webhooks_settled().await;

    let history = account
        .get("/trackers/mine/webhook-history/download?searchBy=clientTrackerId")
        .await;

    assert_eq!(history.status, 200);
    assert_eq!(
        history.header("content-disposition"),
        "attachment; filename=\"webhook-history-ONE-SCAN-1-20260302.json\""
    );
    assert_eq!(
        history.header("access-control-expose-headers"),
        "Content-Disposition"
    );
    let metadata = history.at("/metadata");
    assert_eq!(metadata["trackingNumber"], "ONE-SCAN-1");
    assert_eq!(metadata["clientTrackerId"], "mine");
    assert_eq!(metadata["webhookUrl"], receiver.url);
    assert_eq!(metadata["lastSuccessfulPushAt"], "2026-03-02T09:12:00.000Z");
    assert_eq!(metadata["lastFailedPushAt"], "2026-03-02T09:00:00.000Z");
    let newest = history.at("/webhooks/0");
    assert_eq!(newest["status"], "success");
    assert_eq!(newest["responseStatusCode"], "200");
    assert_eq!(newest["responseBody"], json!({ "success": true }));
    assert!(newest["requestBody"]["trackings"][0]["metadata"]["messageId"].is_string());
    let oldest = history.at("/webhooks/1");
    assert_eq!(oldest["status"], "failed");
    assert_eq!(oldest["responseBody"], "broken");
}

#[tokio::test]
async fn untouched_history_is_empty() {
    let account = Account::open().await;
    let id = account
        .tracker(&json!({ "trackingNumber": "AB12345" }))
        .await;

    let history = account
        .get(&format!("/trackers/{id}/webhook-history/download"))
        .await;

    assert_eq!(history.at("/webhooks"), json!([]));
    assert!(history.at("/metadata/webhookUrl").is_null());
    assert!(history.at("/metadata/lastSuccessfulPushAt").is_null());
}

#[tokio::test]
async fn proof_of_delivery_goes_to_its_own_address() {
    let account = Account::open().await;
    let receiver = Receiver::start().await;
    account
        .ship24()
        .configure(|settings| settings.webhooks.proof_url = Some(receiver.url.parse().unwrap()));
    account
        .tracker(&json!({ "trackingNumber": Sandbox::DEMO_NUMBER }))
        .await;
    account
        .tracker(&json!({ "trackingNumber": "SHIP24_SAMPLE_DELIVERED_001" }))
        .await;
    account.ship24().webhooks_settled().await;

    account.sandbox.clock().advance(HOUR * 5);
    account.ship24().webhooks_settled().await;

    assert_eq!(
        receiver.all_at("/metadata/topic"),
        ["tracking/pod", "tracking/pod"]
    );
    let proofs = receiver.all_at("/data");
    assert_eq!(
        proofs[0],
        json!({ "status": "unavailable", "courier": "us-post-tracking", "content": null })
    );
    assert_eq!(proofs[1]["status"], "found");
    assert_eq!(proofs[1]["content"]["type"], "application/pdf");
    assert!(proofs[1]["content"]["downloadUrl"].is_string());
    assert!(receiver.all_at("/shipment").iter().all(Value::is_null));
}

//! Webhooks of the past: read from the history, or sent again on request.

use http::HeaderValue;
use ship24_sdk::tracking_core::merge::merge;
use ship24_sdk::tracking_core::webhook::{
    DedupeKey, MemoryDedupe, Seen, WebhookProof, WebhookRequest,
};
use ship24_sdk::tracking_core::{Provider, Registration, Shipment, Status, TrackRequest};
use ship24_sdk::webhook::{WebhookItem, WebhookMessage, WebhookReceiver};
use ship24_sdk::{Client, ErrorKind};
use tracking_sandbox::{Parcel, Sandbox, Scan, Step};

use super::receiver::Receiver;
use super::sandboxed::{client, minutes, sandbox, track};

/// A delivered parcel with three scans, registered; all webhooks about it have been sent.
async fn delivered(sandbox: &Sandbox, client: &Client) -> String {
    let parcel = Parcel::new("nl-post", "REPLAY/1")
        .scan(Scan::ago(minutes(300), Step::Accepted))
        .scan(Scan::ago(minutes(200), Step::OutForDelivery))
        .scan(Scan::ago(minutes(100), Step::Delivered));
    sandbox.add_parcel(parcel).unwrap();
    let registered = client
        .register(Registration::new("REPLAY/1"))
        .await
        .unwrap();
    sandbox.ship24().webhooks_settled().await;
    registered.id.unwrap()
}

#[tokio::test]
async fn history_replays_into_same_shipment() {
    let sandbox = sandbox().await;
    let client = client(&sandbox);
    let _receiver = Receiver::of(&sandbox).await;
    let id = delivered(&sandbox, &client).await;
    let polled = track(&client, TrackRequest::id(&id)).await;
    let headers = WebhookReceiver::new(sandbox.ship24().webhook_secret())
        .unwrap()
        .sign();

    let history = client.download_webhook_history(&id).await.unwrap();
    let mut known: Option<Shipment> = None;
    for push in history.webhooks.iter().rev() {
        let body = serde_json::to_vec(push.request_body.as_ref().unwrap()).unwrap();
        // What comes from the history was not sent by anybody, so nothing proves it.
        let message = WebhookMessage::parse_unverified(&body).unwrap();
        assert_eq!(message.proof, WebhookProof::None);
        assert!(matches!(message.items.as_slice(), [WebhookItem::Events(_)]));
        let header = |name: &str| headers.get(name).map(HeaderValue::as_bytes);
        let delivery = client.webhook(WebhookRequest::new(&body, header)).unwrap();
        for item in delivery.items {
            let merged = merge(known.clone(), item.update);
            known = Some(merged.shipment);
        }
    }

    let replayed = known.unwrap();
    assert_eq!(history.webhooks.len(), 3);
    // A slash in the number stays out of the name of the file.
    let name = history.file_name.as_deref().unwrap();
    assert!(
        name.starts_with("webhook-history-") && !name.contains('/'),
        "{name}"
    );
    assert_eq!(replayed.status.status, Status::Delivered);
    let keys = |shipment: &Shipment| -> Vec<String> {
        shipment
            .events()
            .iter()
            .map(|event| event.key.to_string())
            .collect()
    };
    assert_eq!(keys(&replayed), keys(&polled));
    assert!(replayed.merge(polled).changes.is_empty());
}

#[tokio::test]
async fn resend_repeats_every_message_under_its_old_id() {
    let sandbox = sandbox().await;
    let client = client(&sandbox);
    let receiver = Receiver::of(&sandbox).await;
    let id = delivered(&sandbox, &client).await;
    let seen = MemoryDedupe::default();
    let key = |id: &str| DedupeKey::message(client.id().as_str(), id);
    let mut known: Option<Shipment> = None;
    for received in receiver.take() {
        let message_id = received.message_id(&client);
        assert_eq!(seen.remember_now(&key(&message_id)), Seen::First);
        let update = received.update(&client);
        known = Some(merge(known.clone(), update).shipment);
    }
    let known = known.unwrap();

    let summary = client.resend_webhooks(&id).await.unwrap();
    sandbox.ship24().webhooks_settled().await;
    let again = receiver.take();

    assert_eq!(summary.total_resent, Some(3));
    assert_eq!(again.len(), 3);
    for received in again {
        let message_id = received.message_id(&client);
        assert_eq!(seen.remember_now(&key(&message_id)), Seen::Again);
        // Who handles it all the same learns nothing new.
        let update = received.update(&client);
        let merged = merge(Some(known.clone()), update);
        assert!(merged.changes.is_empty(), "{:?}", merged.changes);
    }
}

#[tokio::test]
async fn resend_without_address_says_what_is_missing() {
    let sandbox = sandbox().await;
    let client = client(&sandbox);
    let registered = client
        .register(Registration::new("REPLAY-2"))
        .await
        .unwrap();

    let error = client
        .resend_webhooks(&registered.id.unwrap())
        .await
        .unwrap_err();

    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert_eq!(error.provider_code(), Some("webhook_url_missing"));
}

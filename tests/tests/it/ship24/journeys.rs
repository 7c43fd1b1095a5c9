//! A parcel's way from its registration to its delivery: polls and webhooks feed one reducer.

use ship24_sdk::tracking_core::merge::{Change, ChangeKind, Merged, Update, merge};
use ship24_sdk::tracking_core::webhook::WebhookProof;
use ship24_sdk::tracking_core::{Provider, Registration, Shipment, Status, Target, TrackRequest};
use ship24_sdk::webhook::WebhookReceiver;
use tracking_sandbox::{Parcel, Sandbox, Scan, Step, TimeShape};

use super::receiver::Receiver;
use super::sandboxed::{client, minutes, sandbox, track};

const NUMBER: &str = "JOURNEY-0001";

/// Announced a while ago; accepted, loaded and handed over one hour after the other.
fn parcel() -> Parcel {
    let scan = |ahead, step| {
        Scan::ahead(minutes(ahead), step)
            .shape(TimeShape::Offset)
            .offset_minutes(60)
    };
    Parcel::new("dhl-germany", NUMBER)
        .countries("DE", "DE")
        .scan(
            Scan::ago(minutes(30), Step::OrderCreated)
                .shape(TimeShape::Offset)
                .offset_minutes(60),
        )
        .scan(scan(60, Step::Accepted))
        .scan(scan(120, Step::OutForDelivery))
        .scan(scan(180, Step::Delivered))
}

fn kinds(merged: &Merged) -> Vec<ChangeKind> {
    merged.changes.iter().map(Change::kind).collect()
}

fn descriptions(shipment: &Shipment) -> Vec<&str> {
    shipment
        .events()
        .iter()
        .filter_map(|event| event.description.as_deref())
        .collect()
}

#[tokio::test]
async fn registered_parcel_is_followed_by_polls_to_its_delivery() {
    let sandbox = sandbox().await;
    let client = client(&sandbox);
    sandbox.add_parcel(parcel()).unwrap();

    let registered = client.register(Registration::new(NUMBER)).await.unwrap();
    let by_id = TrackRequest::id(registered.id.unwrap());
    let mut known = track(&client, by_id.clone()).await;
    let mut seen = vec![known.status.status.clone()];
    while known.should_poll() {
        sandbox.clock().advance(minutes(60));
        let merged = known.merge(track(&client, by_id.clone()).await);
        assert_eq!(
            kinds(&merged),
            [ChangeKind::Added, ChangeKind::StatusChanged]
        );
        known = merged.shipment;
        seen.push(known.status.status.clone());
    }

    assert_eq!(
        seen,
        [
            Status::InfoReceived,
            Status::PickedUp,
            Status::OutForDelivery,
            Status::Delivered
        ]
    );
    assert!(known.is_delivered());
    assert_eq!(
        descriptions(&known),
        [
            "Electronic announcement received",
            "Accepted at counter",
            "On the delivery vehicle",
            "Delivered",
        ]
    );
}

#[tokio::test]
async fn polls_and_webhooks_feed_one_merge() {
    let sandbox = sandbox().await;
    let client = client(&sandbox);
    let receiver = Receiver::of(&sandbox).await;
    sandbox.add_parcel(parcel()).unwrap();
    let registered = client.register(Registration::new(NUMBER)).await.unwrap();
    let by_id = TrackRequest::id(registered.id.unwrap());
    sandbox.ship24().webhooks_settled().await;

    // The webhook about the announcement comes first, then a poll that reports the same.
    let [first] = <[_; 1]>::try_from(receiver.take()).unwrap();
    let known = merge(None, first.update(&client));
    assert!(known.is_first && known.changes.is_empty());
    let polled = track(&client, by_id.clone()).await;
    let known = merge(Some(known.shipment.clone()), Update::Snapshot(polled));
    assert_eq!(kinds(&known), []);

    // The next scan is reported by a webhook, and the poll has nothing to add.
    sandbox.clock().advance(minutes(60));
    sandbox.ship24().webhooks_settled().await;
    let [second] = <[_; 1]>::try_from(receiver.take()).unwrap();
    let known = merge(Some(known.shipment.clone()), second.update(&client));
    assert_eq!(
        kinds(&known),
        [ChangeKind::Added, ChangeKind::StatusChanged]
    );
    let polled = track(&client, by_id.clone()).await;
    let known = merge(Some(known.shipment.clone()), Update::Snapshot(polled));
    assert_eq!(kinds(&known), []);

    // Then a poll is faster than the webhook.
    sandbox.clock().advance(minutes(120));
    let polled = track(&client, by_id).await;
    let known = merge(Some(known.shipment.clone()), Update::Snapshot(polled));
    assert_eq!(
        kinds(&known),
        [
            ChangeKind::Added,
            ChangeKind::Added,
            ChangeKind::StatusChanged
        ]
    );
    sandbox.ship24().webhooks_settled().await;
    let mut known = known.shipment;
    let late = receiver.take();
    assert_eq!(late.len(), 2);
    for received in late {
        let merged = merge(Some(known.clone()), received.update(&client));
        assert_eq!(kinds(&merged), []);
        known = merged.shipment;
    }

    assert_eq!(known.status.status, Status::Delivered);
    assert_eq!(known.events().len(), 4);
}

#[tokio::test]
async fn first_observation_is_state_and_no_change() {
    let sandbox = sandbox().await;
    let client = client(&sandbox);
    let number = TrackRequest::number("SHIP24_SAMPLE_DELIVERED_001").with_register(true);

    let first = merge(None, Update::Snapshot(track(&client, number.clone()).await));
    // A restart later: what was stored is read again, and the parcel looked up again.
    let stored = serde_json::to_string(&first.shipment).unwrap();
    let restored: Shipment = serde_json::from_str(&stored).unwrap();
    let again = restored.merge(track(&client, number).await);

    assert!(first.is_first);
    assert_eq!(first.shipment.status.status, Status::Delivered);
    assert_eq!(kinds(&first), []);
    assert_eq!(kinds(&again), []);
}

#[tokio::test]
async fn webhook_is_proven_read_and_taken_as_hint() {
    let sandbox = sandbox().await;
    let client = client(&sandbox);
    let receiver = Receiver::of(&sandbox).await;
    sandbox.add_parcel(parcel()).unwrap();
    let registered = client.register(Registration::new(NUMBER)).await.unwrap();
    sandbox.ship24().webhooks_settled().await;

    let [received] = <[_; 1]>::try_from(receiver.take()).unwrap();
    let delivery = received.delivery(&client);

    assert_eq!(received.message.proof, WebhookProof::SharedSecret);
    assert_eq!(
        delivery.items[0].message_id.as_deref(),
        received.message.items[0].message_id()
    );
    assert!(delivery.is_hint());
    // The hint names the tracker whose results are then read.
    let reported = delivery.items[0].update.shipment();
    assert_eq!(reported.id, registered.id);
    let read = track(&client, TrackRequest::id(reported.id.clone().unwrap())).await;
    assert_eq!(read.status.status, reported.status.status);
    assert_eq!(read.events()[0].key, reported.events()[0].key);
}

#[tokio::test]
async fn receiver_accepts_head_and_refuses_strangers() {
    let sandbox = sandbox().await;
    let receiver = Receiver::with_secret(sandbox.ship24().webhook_secret()).await;
    let http = reqwest::Client::new();
    let body = r#"{"trackings":[]}"#;
    let stranger = WebhookReceiver::new("whs_of_somebody_else").unwrap().sign();
    let known = WebhookReceiver::new(sandbox.ship24().webhook_secret())
        .unwrap()
        .sign();

    let head = http.head(receiver.url()).send().await.unwrap();
    let bare = http.post(receiver.url()).body(body).send().await.unwrap();
    let wrong = http
        .post(receiver.url())
        .headers(stranger)
        .body(body)
        .send()
        .await
        .unwrap();
    let right = http
        .post(receiver.url())
        .headers(known)
        .body(body)
        .send()
        .await
        .unwrap();

    assert_eq!(head.status(), 200);
    assert_eq!(bare.status(), 401);
    assert_eq!(wrong.status(), 401);
    assert_eq!(right.status(), 200);
    assert_eq!(receiver.take().len(), 1);
}

#[tokio::test]
async fn unregistered_parcel_sends_no_webhooks_but_stays_readable() {
    let sandbox = sandbox().await;
    let client = client(&sandbox);
    let receiver = Receiver::of(&sandbox).await;
    sandbox.add_parcel(parcel()).unwrap();
    let registered = client.register(Registration::new(NUMBER)).await.unwrap();
    sandbox.ship24().webhooks_settled().await;
    receiver.take();

    let id = registered.id.unwrap();
    client.unregister(Target::Id(id.clone())).await.unwrap();
    sandbox.clock().advance(minutes(60));
    sandbox.ship24().webhooks_settled().await;

    assert!(receiver.take().is_empty());
    let shipment = track(&client, TrackRequest::id(id)).await;
    assert_eq!(shipment.provider_gave_up, Some(true));
    assert!(!shipment.should_poll());
}

#[tokio::test]
async fn demo_parcel_changes_couriers_and_is_delivered() {
    let sandbox = sandbox().await;
    let client = client(&sandbox);
    let number = TrackRequest::number(Sandbox::DEMO_NUMBER).with_register(true);

    let before = track(&client, number.clone()).await;
    sandbox.clock().advance(minutes(240));
    let after = before.merge(track(&client, number).await);

    assert_eq!(before.status.status, Status::OutForDelivery);
    let couriers: Vec<&str> = before
        .legs
        .iter()
        .filter_map(|leg| leg.courier.as_ref().map(|courier| courier.code.as_str()))
        .collect();
    assert_eq!(couriers, ["sg-post", "dhl-germany"]);
    assert_eq!(
        kinds(&after),
        [
            ChangeKind::Added,
            ChangeKind::StatusChanged,
            ChangeKind::Signed
        ]
    );
    assert_eq!(after.shipment.status.status, Status::Delivered);
    assert_eq!(after.shipment.signed_by.as_deref(), Some("P. Beispiel"));
}

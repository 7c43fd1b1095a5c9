//! Webhooks that come late, twice, or in the wrong order: delivered stays delivered.

use std::collections::BTreeSet;

use ship24_sdk::tracking_core::merge::{Change, ChangeKind, changes, merge};
use ship24_sdk::tracking_core::webhook::{DedupeKey, DedupeStore as _, MemoryDedupe};
use ship24_sdk::tracking_core::{Provider, Registration, Shipment, Status};
use ship24_sdk::{Client, WebhookPushStatus};
use tracking_sandbox::{Parcel, Sandbox, Scan, Step, TimeShape};

use super::receiver::{Received, Receiver};
use super::sandboxed::{client, minutes, sandbox};

const NUMBER: &str = "LATE-0001";

/// Accepted in an hour, handed over ten minutes later.
fn parcel() -> Parcel {
    let scan = |ahead, step| Scan::ahead(minutes(ahead), step).shape(TimeShape::Utc);
    Parcel::new("us-post", NUMBER)
        .scan(Scan::ago(minutes(5), Step::OrderCreated).shape(TimeShape::Utc))
        .scan(scan(60, Step::Accepted))
        .scan(scan(70, Step::Delivered))
}

async fn register(sandbox: &Sandbox, client: &Client) {
    sandbox.add_parcel(parcel()).unwrap();
    client.register(Registration::new(NUMBER)).await.unwrap();
    sandbox.ship24().webhooks_settled().await;
}

async fn advance(sandbox: &Sandbox, count: u64) {
    sandbox.clock().advance(minutes(count));
    sandbox.ship24().webhooks_settled().await;
}

/// Feeds webhooks in their order to what is known.
fn fed(
    known: Option<Shipment>,
    webhooks: &[Received],
    client: &Client,
) -> (Shipment, Vec<ChangeKind>) {
    let mut known = known;
    let mut kinds = Vec::new();
    for received in webhooks {
        let update = received.update(client);
        let merged = merge(known.clone(), update);
        kinds.extend(merged.changes.iter().map(Change::kind));
        known = Some(merged.shipment);
    }
    (known.unwrap(), kinds)
}

#[tokio::test]
async fn webhook_that_was_held_up_does_not_take_delivery_back() {
    let sandbox = sandbox().await;
    let client = client(&sandbox);
    let receiver = Receiver::of(&sandbox).await;
    register(&sandbox, &client).await;
    let (known, _) = fed(None, &receiver.take(), &client);

    // The webhook about the acceptance fails and is due again after twelve minutes.
    receiver.fail_next(1);
    advance(&sandbox, 60).await;
    assert!(receiver.take().is_empty());
    assert_eq!(sandbox.ship24().webhooks_waiting(), 1);
    advance(&sandbox, 10).await;
    let (delivered, _) = fed(Some(known), &receiver.take(), &client);
    advance(&sandbox, 12).await;
    let late = receiver.take();
    let reported = late[0].update(&client).into_shipment();
    let (after, kinds) = fed(Some(delivered.clone()), &late, &client);

    assert_eq!(delivered.status.status, Status::Delivered);
    assert_eq!(late.len(), 1);
    assert_eq!(reported.status.status, Status::PickedUp);
    assert_eq!(after.status, delivered.status);
    assert_eq!(kinds, [ChangeKind::Late, ChangeKind::Late]);
    let steps: Vec<&Status> = after
        .events()
        .iter()
        .map(|event| &event.status.status)
        .collect();
    assert_eq!(
        steps,
        [&Status::InfoReceived, &Status::PickedUp, &Status::Delivered]
    );
}

#[tokio::test]
async fn repeated_and_shuffled_webhooks_give_the_same_timeline() {
    let ordered = sandbox().await;
    let client_of_ordered = client(&ordered);
    let receiver = Receiver::of(&ordered).await;
    register(&ordered, &client_of_ordered).await;
    advance(&ordered, 60).await;
    advance(&ordered, 10).await;
    let webhooks = receiver.take();
    let (expected, _) = fed(None, &webhooks, &client_of_ordered);
    assert_eq!(webhooks.len(), 3);

    for order in [[2, 1, 0], [2, 0, 1], [1, 2, 0], [0, 2, 1], [1, 0, 2]] {
        let shuffled: Vec<Received> = order
            .iter()
            .chain(&order)
            .map(|index| webhooks[*index].clone())
            .collect();

        let (shipment, _) = fed(None, &shuffled, &client_of_ordered);

        let keys = |shipment: &Shipment| -> Vec<String> {
            shipment
                .events()
                .iter()
                .map(|event| event.key.to_string())
                .collect()
        };
        assert_eq!(shipment.status.status, Status::Delivered, "{order:?}");
        assert_eq!(keys(&shipment), keys(&expected), "{order:?}");
        assert!(
            shipment.events().iter().all(|event| event.copies == 1),
            "{order:?}"
        );
    }
}

#[tokio::test]
async fn duplicates_are_recognised_by_their_message_id() {
    let sandbox = sandbox().await;
    let client = client(&sandbox);
    let receiver = Receiver::of(&sandbox).await;
    sandbox
        .ship24()
        .configure(|settings| settings.webhooks.duplicates = true);
    sandbox
        .ship24()
        .configure(|settings| settings.webhooks.newest_first = true);
    register(&sandbox, &client).await;
    advance(&sandbox, 70).await;

    let received = receiver.take();
    let seen = MemoryDedupe::default();
    let mut handled = Vec::new();
    for webhook in &received {
        let id = webhook.message_id(&client);
        if seen
            .remember(&DedupeKey::message(client.id().as_str(), &id))
            .await
            .unwrap()
            .is_first()
        {
            handled.push(webhook.clone());
        }
    }
    let (once, _) = fed(None, &handled, &client);
    let (each_time, _) = fed(None, &received, &client);

    assert_eq!(received.len(), 6);
    assert_eq!(handled.len(), 3);
    assert_eq!(changes(&once, &each_time), []);
}

#[tokio::test]
async fn webhook_with_several_trackings_updates_all() {
    let sandbox = sandbox().await;
    let client = client(&sandbox);
    let receiver = Receiver::of(&sandbox).await;
    sandbox
        .ship24()
        .configure(|settings| settings.webhooks.group_size = 3);
    sandbox.add_parcel(parcel()).unwrap();
    sandbox.clock().advance(minutes(70));
    client.register(Registration::new(NUMBER)).await.unwrap();
    sandbox.ship24().webhooks_settled().await;

    let received = receiver.take();

    assert_eq!(received.len(), 1);
    let delivery = received[0].delivery(&client);
    assert_eq!(delivery.items.len(), 3);
    let ids: BTreeSet<&Option<String>> =
        delivery.items.iter().map(|item| &item.message_id).collect();
    assert_eq!(ids.len(), 3);
    let keys: BTreeSet<String> = delivery
        .shipments()
        .flat_map(Shipment::events)
        .map(|event| event.key.to_string())
        .collect();
    assert_eq!(keys.len(), 3);
}

#[tokio::test]
async fn failed_webhook_is_in_history_and_is_resent() {
    let sandbox = sandbox().await;
    let client = client(&sandbox);
    let receiver = Receiver::of(&sandbox).await;
    receiver.fail_next(1);
    sandbox.add_parcel(parcel()).unwrap();
    let registered = client.register(Registration::new(NUMBER)).await.unwrap();
    sandbox.ship24().webhooks_settled().await;
    assert!(receiver.take().is_empty());

    advance(&sandbox, 12).await;
    let received = receiver.take();
    let id = registered.id.unwrap();
    let history = client.download_webhook_history(&id).await.unwrap();

    assert_eq!(received.len(), 1);
    let pushes: Vec<_> = history
        .webhooks
        .iter()
        .map(|push| (push.status.clone(), push.response_status_code.as_deref()))
        .collect();
    assert_eq!(
        pushes,
        [
            (Some(WebhookPushStatus::Success), Some("200")),
            (Some(WebhookPushStatus::Failed), Some("503")),
        ]
    );
}

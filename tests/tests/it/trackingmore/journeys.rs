//! A parcel's way from its registration to its delivery: polls and webhooks feed one reducer.

use tracking_core::merge::{Change, ChangeKind, Merged, Update, merge};
use tracking_core::webhook::{WebhookProof, WebhookRequest};
use tracking_core::{
    ListRequest, Provider as _, ProviderExt as _, Registration, Shipment, Status, Target,
    TrackRequest,
};
use tracking_sandbox::trackingmore::WebhookForm;
use tracking_sandbox::{Parcel, Sandbox, Scan, Step};
use trackingmore_sdk::{Client, ErrorKind};

use super::sandboxed::{DEMO_CARRIER, client, sandbox};
use crate::receiver::Receiver;
use crate::ship24::sandboxed::{minutes, track};

const NUMBER: &str = "JOURNEY-0001";
const CARRIER: &str = "dhl-germany";

/// Announced a while ago; accepted, loaded and handed over one hour after the other.
fn parcel() -> Parcel {
    Parcel::new(CARRIER, NUMBER)
        .countries("DE", "DE")
        .scan(Scan::ago(minutes(30), Step::OrderCreated))
        .scan(Scan::ahead(minutes(60), Step::Accepted))
        .scan(Scan::ahead(minutes(120), Step::OutForDelivery))
        .scan(Scan::ahead(minutes(180), Step::Delivered))
}

fn kinds(merged: &Merged) -> Vec<ChangeKind> {
    merged.changes.iter().map(Change::kind).collect()
}

async fn registered(sandbox: &Sandbox) -> Client {
    let client = client(sandbox);
    sandbox.add_parcel(parcel()).unwrap();
    let registration = Registration::new(NUMBER).with_courier(CARRIER);
    let registered = client.register(registration).await.unwrap();
    assert_eq!(registered.created, Some(true));
    client
}

#[tokio::test]
async fn registered_parcel_is_followed_by_polls_to_its_delivery() {
    let sandbox = sandbox().await;
    let client = registered(&sandbox).await;

    let request = TrackRequest::number(NUMBER).with_courier(CARRIER);
    let mut known = track(&client, request.clone()).await;
    let mut seen = vec![known.status.status.clone()];
    while known.should_poll() {
        sandbox.clock().advance(minutes(60));
        let merged = known.merge(track(&client, request.clone()).await);
        assert!(
            kinds(&merged).contains(&ChangeKind::Added),
            "{:?}",
            kinds(&merged)
        );
        known = merged.shipment;
        seen.push(known.status.status.clone());
    }

    assert_eq!(seen.last(), Some(&Status::Delivered));
    assert!(known.is_delivered());
    assert_eq!(known.events().len(), 4);
}

#[tokio::test]
async fn polls_and_webhooks_feed_one_merge() {
    let sandbox = sandbox().await;
    let receiver = Receiver::start().await;
    let account = sandbox.trackingmore();
    account.configure(|settings| settings.webhooks.url = Some(receiver.url().parse().unwrap()));
    let client = registered(&sandbox).await;
    account.webhooks_settled().await;
    let request = TrackRequest::number(NUMBER).with_courier(CARRIER);

    let polled = track(&client, request.clone()).await;
    let mut known = merge(None, Update::Snapshot(polled)).shipment;
    for received in receiver.take() {
        let merged = merge(Some(known.clone()), update(&client, &received.body));
        assert_eq!(kinds(&merged), []);
        known = merged.shipment;
    }
    sandbox.clock().advance(minutes(180));
    account.webhooks_settled().await;
    for received in receiver.take() {
        let merged = merge(Some(known.clone()), update(&client, &received.body));
        known = merged.shipment;
    }
    let polled = track(&client, request).await;
    let merged = merge(Some(known.clone()), Update::Snapshot(polled));

    assert_eq!(kinds(&merged), [], "the webhook had reported everything");
    assert_eq!(merged.shipment.status.status, Status::Delivered);
    assert_eq!(merged.shipment.events().len(), 4);
}

fn update(client: &Client, body: &[u8]) -> Update {
    let delivery = client.webhook(WebhookRequest::new(body, |_| None)).unwrap();
    assert_eq!(delivery.proof, WebhookProof::TimestampMac);
    assert!(delivery.is_hint());
    assert_eq!(delivery.problems, []);
    assert_eq!(delivery.items.len(), 1);
    delivery.items.into_iter().next().unwrap().update
}

#[tokio::test]
async fn webhooks_that_prove_nothing_are_refused() {
    let sandbox = sandbox().await;
    let receiver = Receiver::start().await;
    let account = sandbox.trackingmore();
    account.configure(|settings| settings.webhooks.url = Some(receiver.url().parse().unwrap()));
    account.configure(|settings| settings.webhooks.age_seconds = 86_400);
    let client = registered(&sandbox).await;
    account.webhooks_settled().await;
    let [old] = <[_; 1]>::try_from(receiver.take()).unwrap();
    account.configure(|settings| {
        settings.webhooks.age_seconds = 0;
        settings.webhooks.form = WebhookForm::V4;
    });
    sandbox.clock().advance(minutes(60));
    account.webhooks_settled().await;
    let [later_version] = <[_; 1]>::try_from(receiver.take()).unwrap();

    for (body, says) in [(&old.body, "old"), (&later_version.body, "version 3 or 4")] {
        let error = client
            .webhook(WebhookRequest::new(body, |_| None))
            .unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Webhook, "{error}");
        assert!(error.to_string().contains(says), "{error}");
    }
}

#[tokio::test]
async fn demo_parcel_has_two_legs_and_is_delivered_four_hours_later() {
    let sandbox = sandbox().await;
    let client = client(&sandbox);
    let number = TrackRequest::number(Sandbox::DEMO_NUMBER).with_register(true);

    let before = track(&client, number.clone()).await;
    sandbox.clock().advance(minutes(240));
    let after = before.merge(track(&client, number).await);

    let couriers: Vec<&str> = before
        .legs
        .iter()
        .filter_map(|leg| leg.courier.as_ref().map(|courier| courier.code.as_str()))
        .collect();
    assert_eq!(couriers, [DEMO_CARRIER, CARRIER]);
    assert!(before.legs.iter().all(|leg| !leg.events.is_empty()));
    assert_eq!(before.status.status, Status::OutForDelivery);
    assert_eq!(after.shipment.status.status, Status::Delivered);
    assert_eq!(after.shipment.signed_by.as_deref(), Some("P. Beispiel"));
}

#[tokio::test]
async fn courier_is_queried_on_demand_only() {
    let sandbox = sandbox().await;
    let client = client(&sandbox);
    let number = TrackRequest::number(Sandbox::DEMO_NUMBER)
        .with_register(true)
        .with_courier(DEMO_CARRIER);
    let asked = |sandbox: &Sandbox| {
        let requests = sandbox.requests();
        let paths = requests.iter().map(|request| request.path.as_str());
        paths
            .filter(|path| path.ends_with("/trackings/realtime"))
            .count()
    };

    let stored = track(&client, number.clone()).await;
    assert_eq!(asked(&sandbox), 0);
    let fresh = track(&client, number.with_realtime(true)).await;

    assert_eq!(asked(&sandbox), 1);
    assert!(fresh.is_same_shipment(&stored));
    assert_eq!(fresh.events().len(), stored.events().len());
}

#[tokio::test]
async fn changed_trackings_are_listed_and_stopped_not_polled() {
    let sandbox = sandbox().await;
    let client = registered(&sandbox).await;
    let account = sandbox.trackingmore();
    account.add_trackings(250);
    let updated_since = sandbox.clock().now() + minutes(30);
    sandbox.clock().advance(minutes(60));
    let since = tracking_core::UtcTime::try_from(updated_since).unwrap();

    let all = client.list_all(ListRequest::new());
    let all: Vec<_> = futures_util::TryStreamExt::try_collect(all).await.unwrap();
    let request = ListRequest::new().with_updated_since(since);
    let changed: Vec<Shipment> = futures_util::TryStreamExt::try_collect(client.list_all(request))
        .await
        .unwrap();
    client.stop_updating(CARRIER, NUMBER).await.unwrap();
    let stopped = track(
        &client,
        TrackRequest::number(NUMBER)
            .with_courier(CARRIER)
            .with_register(false),
    )
    .await;

    assert_eq!(all.len(), 251);
    let numbers: Vec<&str> = changed.iter().map(|it| it.number.as_str()).collect();
    assert_eq!(numbers, [NUMBER]);
    assert_eq!(stopped.provider_gave_up, Some(true));
    assert!(!stopped.should_poll());
}

#[tokio::test]
async fn unregistered_parcel_is_gone() {
    let sandbox = sandbox().await;
    let client = registered(&sandbox).await;

    client
        .unregister(Target::Number(NUMBER.to_owned()))
        .await
        .unwrap();
    let request = TrackRequest::number(NUMBER).with_register(false);
    let outcome = client.track(request).await.unwrap();

    assert_eq!(outcome, tracking_core::Outcome::NotRegistered);
}

//! Webhooks: when they are sent and how often.

use std::time::Duration;

use reqwest::Method;
use serde_json::json;
use tracking_sandbox::{Parcel, Sandbox, Scan, Step, WebhookUrl};

use super::shop::Shop;
use crate::receiver::Receiver;

const HOUR: Duration = Duration::from_secs(3600);

/// An account whose webhooks arrive at a receiver.
pub(super) async fn connected() -> (Shop, Receiver) {
    let shop = Shop::open().await;
    let receiver = Receiver::start().await;
    shop.account()
        .configure(|settings| settings.webhooks.url = Some(receiver.url.parse().unwrap()));
    (shop, receiver)
}

async fn follow_one_scan(shop: &Shop) {
    let parcel = Parcel::new("ups", "ONE-SCAN-1").scan(Scan::ago(HOUR, Step::Accepted));
    shop.sandbox.add_parcel(parcel).unwrap();
    shop.follow("ups", "ONE-SCAN-1").await;
}

#[tokio::test]
async fn webhook_carries_the_whole_tracking() {
    let (shop, receiver) = connected().await;

    shop.follow_demo().await;
    shop.account().webhooks_settled().await;

    let received = receiver.received();
    assert_eq!(received.len(), 1, "however many scans are new");
    let webhook = &received[0];
    assert_eq!(webhook.content_type, "application/json");
    assert_eq!(webhook.body["meta"]["code"], 200);
    let data = &webhook.body["data"];
    assert_eq!(data["tracking_number"], Sandbox::DEMO_NUMBER);
    assert_eq!(data["status"], "pickup");
    assert_eq!(
        data["origin_info"]["trackinfo"].as_array().unwrap().len(),
        5
    );
    assert!(data["lastEvent"].is_string());
    assert!(webhook.body["verifyInfo"]["timeStr"].is_number());
}

#[tokio::test]
async fn clock_and_scans_bring_webhooks_of_kept_trackings() {
    let (shop, receiver) = connected().await;
    shop.follow_demo().await;
    follow_one_scan(&shop).await;
    shop.account().webhooks_settled().await;
    assert_eq!(receiver.received().len(), 2);

    shop.sandbox.clock().advance(HOUR * 5);
    shop.account().webhooks_settled().await;
    let delivered = receiver.received().pop().unwrap();
    shop.delete("/trackings/ups/ONE-SCAN-1").await;
    let scan = Scan::ago(Duration::ZERO, Step::Delivered);
    shop.sandbox.add_scan("ONE-SCAN-1", scan).unwrap();
    shop.account().webhooks_settled().await;

    assert_eq!(delivered.body["data"]["status"], "delivered");
    assert_eq!(receiver.received().len(), 3);
}

#[tokio::test]
async fn failed_webhooks_are_tried_again_after_growing_pauses() {
    let (shop, receiver) = connected().await;
    for _ in 0..20 {
        receiver.respond_next(500, "broken");
    }
    follow_one_scan(&shop).await;
    shop.account().webhooks_settled().await;
    assert_eq!(receiver.received().len(), 1);

    shop.sandbox.clock().advance(Duration::from_secs(59));
    shop.account().webhooks_settled().await;
    assert_eq!(receiver.received().len(), 1);
    shop.sandbox.clock().advance(Duration::from_secs(1));
    shop.account().webhooks_settled().await;
    assert_eq!(receiver.received().len(), 2);
    for _ in 0..20 {
        shop.sandbox.clock().advance(HOUR * 24 * 14);
        shop.account().webhooks_settled().await;
    }

    assert_eq!(
        receiver.received().len(),
        15,
        "one attempt and fourteen more"
    );
    assert_eq!(shop.account().webhooks_waiting(), 0);
}

#[tokio::test]
async fn receipt_can_be_requested() {
    let (shop, receiver) = connected().await;
    shop.account().configure(|settings| {
        let assumptions = &mut settings.assumptions;
        assumptions.webhook_receipt = true;
    });
    receiver.respond_next(200, "OK");
    receiver.respond_next(200, "200");
    follow_one_scan(&shop).await;

    shop.account().webhooks_settled().await;
    let waiting = shop.account().webhooks_waiting();
    shop.sandbox.clock().advance(HOUR);
    shop.account().webhooks_settled().await;

    assert_eq!(waiting, 1);
    assert_eq!(receiver.received().len(), 2);
    assert_eq!(shop.account().webhooks_waiting(), 0);
}

#[tokio::test]
async fn webhooks_can_come_twice_and_stop_without_an_address() {
    let (shop, receiver) = connected().await;
    shop.account()
        .configure(|settings| settings.webhooks.duplicates = true);
    follow_one_scan(&shop).await;
    shop.account().webhooks_settled().await;

    shop.account()
        .configure(|settings| settings.webhooks.url = None);
    shop.follow_demo().await;
    shop.account().webhooks_settled().await;

    let numbers: Vec<_> = receiver
        .received()
        .iter()
        .map(|webhook| webhook.body["data"]["tracking_number"].clone())
        .collect();
    assert_eq!(numbers, [json!("ONE-SCAN-1"), json!("ONE-SCAN-1")]);
}

#[tokio::test]
async fn address_away_from_this_machine_is_refused() {
    let shop = Shop::open().await;
    let change = json!({ "webhooks": { "url": "http://example.com/hook" } });

    let refused = shop
        .control(Method::PATCH, "/trackingmore/settings", &change)
        .await;
    let error = "http://example.com/hook".parse::<WebhookUrl>().unwrap_err();

    assert_eq!(refused.status, 400);
    assert!(
        refused.text.contains(&error.to_string()),
        "{}",
        refused.text
    );
}

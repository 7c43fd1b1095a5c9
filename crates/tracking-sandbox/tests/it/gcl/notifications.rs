//! Notifications: when they are sent, what they hold, how often they are tried.

use std::time::Duration;

use serde_json::json;
use tracking_sandbox::gcl::{Trigger, WebhookFormat, WebhookMethod};
use tracking_sandbox::{Parcel, Sandbox, Scan, Step, WebhookUrl};

use super::desk::{Desk, order};
use crate::receiver::Receiver;

const HOUR: Duration = Duration::from_secs(3600);

/// An account whose notifications arrive at a receiver.
async fn connected() -> (Desk, Receiver) {
    let desk = Desk::open().await;
    let receiver = Receiver::start().await;
    desk.account()
        .configure(|settings| settings.webhooks.url = Some(receiver.url.parse().unwrap()));
    (desk, receiver)
}

fn add_one_scan(desk: &Desk) {
    let parcel = Parcel::new("ups", "ONE-SCAN-1").scan(Scan::ago(HOUR, Step::Accepted));
    desk.sandbox.add_parcel(parcel).unwrap();
}

#[tokio::test]
async fn step_is_announced_with_tracking_body_and_own_header() {
    let (desk, receiver) = connected().await;
    let account = desk.account();
    account
        .configure(|settings| {
            settings
                .webhooks
                .headers
                .insert("X-Shop-Token", "open sesame")
        })
        .unwrap();

    desk.sandbox.clock().advance(HOUR * 5);
    account.webhooks_settled().await;

    let received = receiver.received();
    assert_eq!(received.len(), 1, "only the delivery is new");
    assert_eq!(received[0].method, "POST");
    assert_eq!(received[0].content_type, "application/json");
    assert_eq!(received[0].headers["x-shop-token"], "open sesame");
    assert_eq!(received[0].body, desk.demo().await.json());
    assert_eq!(received[0].body["checkpoints"][0]["statusUid"], "delivered");
}

#[tokio::test]
async fn each_step_is_announced_once_as_it_was() {
    let (desk, receiver) = connected().await;
    let number = desk.ship(&order("express")).await;

    desk.sandbox.clock().advance(HOUR * 7);
    desk.account().webhooks_settled().await;
    desk.account().webhooks_settled().await;

    let reported: Vec<_> = receiver
        .received()
        .into_iter()
        .map(|received| received.body)
        .filter(|body| body["trackingNumber"] == number)
        .collect();
    assert_eq!(reported.len(), 2);
    assert_eq!(reported[0]["checkpoints"].as_array().unwrap().len(), 1);
    assert_eq!(reported[0]["checkpoints"][0]["statusUid"], "registered");
    assert_eq!(reported[1]["checkpoints"].as_array().unwrap().len(), 2);
    assert_eq!(reported[1]["shortUid"], "SHOP-7001");
}

#[tokio::test]
async fn late_step_takes_nothing_back() {
    let (desk, receiver) = connected().await;
    add_one_scan(&desk);
    desk.account().webhooks_settled().await;

    let late = Scan::ago(HOUR * 2, Step::OrderCreated);
    desk.sandbox.add_scan("ONE-SCAN-1", late).unwrap();
    desk.account().webhooks_settled().await;

    let last = receiver.received().pop().unwrap();
    assert_eq!(receiver.received().len(), 2);
    assert_eq!(last.body["checkpoints"].as_array().unwrap().len(), 2);
    assert_eq!(
        last.body["checkpoints"][0]["description"],
        "Acceptance scan"
    );
}

#[tokio::test]
async fn steps_without_address_are_not_announced() {
    let (desk, receiver) = connected().await;
    desk.account()
        .configure(|settings| settings.webhooks.url = None);

    desk.sandbox.clock().advance(HOUR * 5);
    desk.account()
        .configure(|settings| settings.webhooks.url = Some(receiver.url.parse().unwrap()));
    desk.account().webhooks_settled().await;

    assert_eq!(receiver.received().len(), 0);
    assert_eq!(desk.account().webhooks_waiting(), 0);
}

#[tokio::test]
async fn orders_are_announced_when_triggered() {
    let (desk, receiver) = connected().await;
    desk.account().configure(|settings| {
        settings.webhooks.triggers =
            [Trigger::ShippingOrderCreated, Trigger::ShippingOrderFailed].into();
    });
    let mut wrong = order("standard");
    wrong["currency"] = json!("?");

    let number = desk.ship(&order("standard")).await;
    desk.post("/shipping-orders", &wrong).await;
    desk.sandbox.clock().advance(HOUR * 5);
    desk.account().webhooks_settled().await;

    let received = receiver.received();
    assert_eq!(received.len(), 2, "no step");
    assert_eq!(received[0].body["trackingNumber"], number);
    assert_eq!(received[0].body["checkpoints"], json!([]));
    assert!(received[0].body["trackingUrl"].is_string());
    assert_eq!(
        received[1].body,
        json!({
            "orderReferenceId": "SHOP-7001",
            "code": "INVALID_REQUEST",
            "message": "currency must be three capital letters.",
            "details": null,
        })
    );
}

#[tokio::test]
async fn notifications_may_be_put_and_be_xml() {
    let (desk, receiver) = connected().await;
    desk.account()
        .configure(|settings| settings.webhooks.method = WebhookMethod::Put);
    desk.account()
        .configure(|settings| settings.webhooks.format = WebhookFormat::Xml);

    add_one_scan(&desk);
    desk.account().webhooks_settled().await;

    let received = receiver.received().remove(0);
    assert_eq!(received.method, "PUT");
    assert_eq!(received.content_type, "application/xml");
    let text = String::from_utf8(received.raw.to_vec()).unwrap();
    assert!(
        text.contains("<trackingNumber>ONE-SCAN-1</trackingNumber>"),
        "{text}"
    );
    assert!(text.contains("<statusUid>in_transit</statusUid>"), "{text}");
}

#[tokio::test]
async fn failed_notifications_are_tried_again_after_growing_pauses() {
    let (desk, receiver) = connected().await;
    for _ in 0..9 {
        receiver.respond_next(500, "broken");
    }
    add_one_scan(&desk);
    desk.account().webhooks_settled().await;
    assert_eq!(receiver.received().len(), 1);

    let mut tried = Vec::new();
    for pause in [59, 1, 120, 240, 9_000] {
        desk.sandbox.clock().advance(Duration::from_secs(pause));
        desk.account().webhooks_settled().await;
        tried.push(receiver.received().len());
    }

    assert_eq!(tried, [1, 2, 3, 4, 4], "one attempt and three more");
    assert_eq!(desk.account().webhooks_waiting(), 0);
}

#[tokio::test]
async fn any_success_of_receiver_is_enough() {
    let (desk, receiver) = connected().await;
    receiver.respond_next(204, "");

    add_one_scan(&desk);
    desk.account().webhooks_settled().await;

    assert_eq!(desk.account().webhooks_waiting(), 0);
    assert_eq!(receiver.received().len(), 1);
}

#[tokio::test]
async fn reset_forgets_waiting_notifications() {
    let (desk, receiver) = connected().await;
    receiver.respond_next(500, "broken");
    add_one_scan(&desk);
    desk.account().webhooks_settled().await;

    desk.sandbox.reset();
    desk.account()
        .configure(|settings| settings.webhooks.url = Some(receiver.url.parse().unwrap()));
    desk.sandbox.clock().advance(HOUR);
    desk.account().webhooks_settled().await;

    assert_eq!(receiver.received().len(), 1);
    assert_eq!(desk.track(Sandbox::DEMO_NUMBER).await.status, 200);
}

#[tokio::test]
async fn addresses_and_headers_that_cannot_be_used_are_refused() {
    let desk = Desk::open().await;

    let url = "http://example.com/hook".parse::<WebhookUrl>();
    let header = desk
        .account()
        .configure(|settings| settings.webhooks.headers.insert("no header", "x"));

    assert_eq!(url.unwrap_err().url(), "http://example.com/hook");
    assert_eq!(header.unwrap_err().name(), "no header");
}

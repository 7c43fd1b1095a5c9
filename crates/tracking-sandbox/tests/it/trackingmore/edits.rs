//! Scans that a carrier edits, withdraws and reports again.

use std::time::Duration;

use serde_json::{Value, json};
use tracking_sandbox::{Fault, Parcel, Scan, ScanEdit, Step};

use super::shop::Shop;
use crate::receiver::Receiver;

const HOUR: Duration = Duration::from_secs(3600);
const NUMBER: &str = "EDITED-1";

/// A tracking of a parcel that was accepted and then delivered, whose webhooks arrive at a receiver.
async fn delivered() -> (Shop, Receiver) {
    let shop = Shop::open().await;
    let receiver = Receiver::start().await;
    shop.account()
        .configure(|settings| settings.webhooks.url = Some(receiver.url.parse().unwrap()));
    let parcel = Parcel::new("ups", NUMBER)
        .scan(Scan::ago(HOUR * 9, Step::Accepted).place("Reno"))
        .scan(Scan::ago(HOUR, Step::Delivered).place("Elko"));
    shop.sandbox.add_parcel(parcel).unwrap();
    shop.follow("ups", NUMBER).await;
    shop.account().webhooks_settled().await;
    (shop, receiver)
}

/// Status and events of the tracking, newest first.
async fn read(shop: &Shop) -> (Value, Vec<Value>) {
    let reply = shop.get(&format!("/trackings/ups/{NUMBER}")).await;
    let events = reply.at("/data/origin_info/trackinfo");
    (
        reply.at("/data/status"),
        events.as_array().cloned().unwrap_or_default(),
    )
}

#[tokio::test]
async fn edit_is_shown_and_the_whole_tracking_sent_again() {
    let (shop, receiver) = delivered().await;
    let (_, before) = read(&shop).await;

    let edit = ScanEdit::new().step(Step::HubScan).place("Sparks");
    shop.sandbox.edit_scan(NUMBER, 0, edit).unwrap();
    shop.account().webhooks_settled().await;

    let (_, after) = read(&shop).await;
    assert_eq!(after[0], before[0]);
    assert_eq!(after[1]["StatusDescription"], "Processed at sorting centre");
    assert_eq!(after[1]["Details"], "Sparks");
    let sent = receiver.received();
    assert_eq!(sent.len(), 2);
    assert_eq!(
        sent[1].body["data"]["origin_info"]["trackinfo"],
        json!(after)
    );
}

#[tokio::test]
async fn withdrawn_event_is_gone_until_it_is_resent() {
    let (shop, receiver) = delivered().await;
    let (_, before) = read(&shop).await;

    shop.sandbox.withdraw_scan(NUMBER, 1).unwrap();
    shop.account().webhooks_settled().await;
    let (status, gone) = read(&shop).await;
    shop.sandbox.resend_scan(NUMBER, 1).unwrap();
    shop.account().webhooks_settled().await;
    let (restored, back) = read(&shop).await;
    shop.sandbox
        .add_scan(NUMBER, Scan::ago(Duration::ZERO, Step::Returning))
        .unwrap();
    shop.account().webhooks_settled().await;

    assert_eq!((status, gone), (json!("transit"), before[1..].to_vec()));
    assert_eq!((restored, back), (json!("delivered"), before));
    assert_eq!(receiver.received().len(), 4);
}

#[tokio::test]
async fn update_time_does_not_go_back() {
    let (shop, _receiver) = delivered().await;
    let updated = async || {
        let reply = shop.get(&format!("/trackings/ups/{NUMBER}")).await;
        reply.at("/data/updated_at").as_str().unwrap().to_owned()
    };
    let before = updated().await;

    shop.sandbox.clock().advance(HOUR);
    shop.sandbox.withdraw_scan(NUMBER, 1).unwrap();

    assert!(updated().await > before);
}

#[tokio::test]
async fn response_is_stale_empty_or_broken_once() {
    let (shop, _receiver) = delivered().await;
    shop.sandbox.clock().advance(HOUR);
    let (_, now) = read(&shop).await;
    let faults = shop.sandbox.faults().of("trackingmore");
    faults
        .next(Fault::Stale(HOUR * 3 / 2))
        .next(Fault::NoEvents)
        .next(Fault::BrokenEvent);

    let (_, stale) = read(&shop).await;
    let (status, empty) = read(&shop).await;
    let (_, broken) = read(&shop).await;

    assert_eq!(stale, [] as [Value; 0]);
    assert_eq!((status, empty), (json!("delivered"), vec![]));
    assert_eq!(broken, [json!(7), now[1].clone()]);
    assert_eq!(read(&shop).await.1, now);
}

//! Scans that a courier edits, withdraws and reports again: the dates follow them.

use std::time::Duration;

use serde_json::{Value, json};
use tracking_sandbox::{Fault, Parcel, Scan, ScanEdit, ScanTime, Step};

use super::merchant::Merchant;

const HOUR: Duration = Duration::from_secs(3600);
const NUMBER: &str = "EDITED-1";

/// A shipment that was processed and then delivered.
async fn delivered() -> (Merchant, String) {
    let merchant = Merchant::open().await;
    let parcel = Parcel::new("ups", NUMBER)
        .scan(Scan::ago(HOUR * 9, Step::Accepted))
        .scan(Scan::ago(HOUR, Step::Delivered));
    merchant.sandbox.add_parcel(parcel).unwrap();
    let id = merchant.account().ids(NUMBER).unwrap().shipment_id;
    (merchant, id)
}

async fn delivered_at(merchant: &Merchant, id: &str) -> Value {
    let reply = merchant.get(&format!("/shipment/{id}")).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    reply.at("/carrierDeliveredAt")
}

#[tokio::test]
async fn dates_follow_edits() {
    let (merchant, id) = delivered().await;
    let before = delivered_at(&merchant, &id).await;

    let edit = ScanEdit::new().time(ScanTime::Ago(HOUR * 2));
    merchant.sandbox.edit_scan(NUMBER, 1, edit).unwrap();
    let moved = delivered_at(&merchant, &id).await;
    merchant.sandbox.withdraw_scan(NUMBER, 1).unwrap();
    let gone = delivered_at(&merchant, &id).await;
    merchant.sandbox.resend_scan(NUMBER, 1).unwrap();
    let back = delivered_at(&merchant, &id).await;

    assert!(before.is_string() && moved.is_string());
    assert_ne!(before, moved);
    assert_eq!(gone, Value::Null);
    assert_eq!(back, moved);
}

#[tokio::test]
async fn response_is_stale_empty_or_broken_once() {
    let (merchant, id) = delivered().await;
    let now = delivered_at(&merchant, &id).await;
    let faults = merchant.sandbox.faults().of("exporto");
    faults
        .next(Fault::Stale(HOUR * 2))
        .next(Fault::NoEvents)
        .next(Fault::BrokenKey("carrierDeliveredAt".to_owned()))
        .next(Fault::BrokenEvent);

    assert_eq!(delivered_at(&merchant, &id).await, Value::Null);
    assert_eq!(delivered_at(&merchant, &id).await, Value::Null);
    assert_eq!(delivered_at(&merchant, &id).await, json!({}));
    let broken = merchant.get(&format!("/shipment/{id}")).await.json();
    let dates = broken.as_object().unwrap().values();
    assert_eq!(dates.filter(|value| **value == json!({})).count(), 1);
    assert_eq!(delivered_at(&merchant, &id).await, now);
}

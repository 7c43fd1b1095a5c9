//! Scans that a courier edits, withdraws and reports again.

use std::time::Duration;

use serde_json::{Value, json};
use tracking_sandbox::{Fault, Leg, Parcel, Scan, ScanEdit, ScanTime, Step};

use crate::account::Account;
use crate::receiver::Receiver;

const HOUR: Duration = Duration::from_secs(3600);
const NUMBER: &str = "EDITED-1";

/// A tracker of a parcel that was accepted and then delivered, whose webhooks arrive at a receiver.
async fn delivered() -> (Account, Receiver, String) {
    let account = Account::open().await;
    let receiver = Receiver::start().await;
    account
        .ship24()
        .configure(|settings| settings.webhooks.url = Some(receiver.url.parse().unwrap()));
    let parcel = Parcel::new("ups", NUMBER)
        .scan(Scan::ago(HOUR * 9, Step::Accepted).place("Reno"))
        .scan(Scan::ago(HOUR, Step::Delivered).place("Elko"));
    account.sandbox.add_parcel(parcel).unwrap();
    let id = account.tracker(&json!({ "trackingNumber": NUMBER })).await;
    account.ship24().webhooks_settled().await;
    (account, receiver, id)
}

/// Status and events of the tracking, newest first.
async fn read(account: &Account, id: &str) -> (Value, Vec<Value>) {
    let reply = account.get(&format!("/trackers/{id}/results")).await;
    let events = reply.at("/data/trackings/0/events");
    (
        reply.at("/data/trackings/0/shipment/statusMilestone"),
        events.as_array().unwrap().clone(),
    )
}

#[tokio::test]
async fn edited_event_keeps_its_id_and_is_sent_again() {
    let (account, receiver, id) = delivered().await;
    let (_, before) = read(&account, &id).await;

    let edit = ScanEdit::new()
        .text("Taken over")
        .place("Sparks")
        .time(ScanTime::Ago(HOUR * 8));
    account.sandbox.edit_scan(NUMBER, 0, edit).unwrap();
    account.ship24().webhooks_settled().await;

    let (_, after) = read(&account, &id).await;
    assert_eq!(after.len(), 2);
    assert_eq!(after[0], before[0]);
    assert_eq!(after[1]["eventId"], before[1]["eventId"]);
    assert_eq!(after[1]["status"], "Taken over");
    assert_eq!(after[1]["location"], "Sparks");
    assert_eq!(after[1]["occurrenceDatetime"], "2026-03-02T01:00:00");
    let sent = receiver.all_at("/events/0/eventId");
    assert_eq!(sent.len(), 3);
    assert_eq!(sent[2], before[1]["eventId"]);
    assert_eq!(receiver.all_at("/events/0/status")[2], "Taken over");
}

#[tokio::test]
async fn withdrawn_event_is_gone_until_it_is_resent() {
    let (account, receiver, id) = delivered().await;
    let (_, before) = read(&account, &id).await;

    account.sandbox.withdraw_scan(NUMBER, 1).unwrap();
    account.ship24().webhooks_settled().await;
    let (status, gone) = read(&account, &id).await;
    let sent = receiver.received().len();
    account.sandbox.resend_scan(NUMBER, 1).unwrap();
    account.ship24().webhooks_settled().await;
    let (restored, back) = read(&account, &id).await;

    assert_eq!((status, gone), (json!("in_transit"), before[1..].to_vec()));
    assert_eq!((restored, back), (json!("delivered"), before));
    assert_eq!(sent, 2);
    assert_eq!(receiver.received().len(), 3);
}

#[tokio::test]
async fn corrected_leg_is_shown() {
    let (account, _receiver, id) = delivered().await;

    let leg = Leg::new("fedex", "EDITED-2");
    account.sandbox.correct_leg(NUMBER, 0, leg).unwrap();

    let (_, events) = read(&account, &id).await;
    assert_eq!(events[0]["courierCode"], "fedex");
    assert_eq!(events[0]["eventTrackingNumber"], "EDITED-2");
}

#[tokio::test]
async fn response_is_stale_empty_or_broken_once() {
    let (account, _receiver, id) = delivered().await;
    account.sandbox.clock().advance(HOUR);
    let edit = ScanEdit::new().text("Left at the door");
    account.sandbox.edit_scan(NUMBER, 1, edit).unwrap();
    let (_, now) = read(&account, &id).await;
    let faults = account.sandbox.faults().of("ship24");
    faults
        .next(Fault::Stale(HOUR))
        .next(Fault::Stale(HOUR * 3))
        .next(Fault::NoEvents)
        .next(Fault::BrokenEvent)
        .next(Fault::BrokenKey("location".to_owned()));

    let (_, unedited) = read(&account, &id).await;
    let (status, earlier) = read(&account, &id).await;
    let (delivered, empty) = read(&account, &id).await;
    let (_, broken) = read(&account, &id).await;
    let (_, field) = read(&account, &id).await;

    assert_eq!(unedited[0]["status"], "Delivered");
    assert_eq!((status, earlier), (json!("in_transit"), now[1..].to_vec()));
    assert_eq!((delivered, empty), (json!("delivered"), vec![]));
    assert_eq!(broken, [json!(7), now[1].clone()]);
    assert_eq!(field[0]["location"], json!({}));
    assert_eq!(read(&account, &id).await.1, now);
}

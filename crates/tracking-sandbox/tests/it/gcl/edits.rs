//! Scans that a carrier edits, withdraws and reports again.

use std::time::Duration;

use serde_json::{Value, json};
use tracking_sandbox::{Fault, Parcel, Scan, ScanEdit, Step};

use super::desk::Desk;
use crate::receiver::Receiver;

const HOUR: Duration = Duration::from_secs(3600);
const NUMBER: &str = "EDITED-1";

/// A parcel that was accepted and then delivered, about which notifications arrive at a receiver.
async fn delivered() -> (Desk, Receiver) {
    let desk = Desk::open().await;
    let receiver = Receiver::start().await;
    desk.account()
        .configure(|settings| settings.webhooks.url = Some(receiver.url.parse().unwrap()));
    let parcel = Parcel::new("ups", NUMBER)
        .scan(Scan::ago(HOUR * 9, Step::Accepted).place("Reno"))
        .scan(Scan::ago(HOUR, Step::Delivered).place("Elko"));
    desk.sandbox.add_parcel(parcel).unwrap();
    desk.account().webhooks_settled().await;
    (desk, receiver)
}

/// The checkpoints, newest first.
async fn read(desk: &Desk) -> Vec<Value> {
    let checkpoints = desk.track(NUMBER).await.at("/checkpoints");
    checkpoints.as_array().unwrap().clone()
}

#[tokio::test]
async fn edited_checkpoint_is_shown_and_sent_again() {
    let (desk, receiver) = delivered().await;
    let before = read(&desk).await;

    let edit = ScanEdit::new().text("Taken over").place("Sparks");
    desk.sandbox.edit_scan(NUMBER, 0, edit).unwrap();
    desk.account().webhooks_settled().await;

    let after = read(&desk).await;
    assert_eq!(after[0], before[0]);
    assert_eq!(after[1]["message"], "Taken over");
    assert_eq!(after[1]["location"], "Sparks");
    let sent = receiver.received();
    assert_eq!(sent.len(), 3);
    assert_eq!(sent[2].body["checkpoints"], json!(after));
}

#[tokio::test]
async fn withdrawn_checkpoint_is_gone_until_it_is_resent() {
    let (desk, receiver) = delivered().await;
    let before = read(&desk).await;

    desk.sandbox.withdraw_scan(NUMBER, 1).unwrap();
    desk.account().webhooks_settled().await;
    let gone = read(&desk).await;
    let sent = receiver.received().len();
    desk.sandbox.resend_scan(NUMBER, 1).unwrap();
    desk.account().webhooks_settled().await;

    assert_eq!(gone, before[1..]);
    assert_eq!(read(&desk).await, before);
    assert_eq!((sent, receiver.received().len()), (2, 3));
}

#[tokio::test]
async fn response_is_stale_empty_or_broken_once() {
    let (desk, _receiver) = delivered().await;
    let now = read(&desk).await;
    let faults = desk.sandbox.faults().of("gcl");
    faults
        .next(Fault::Stale(HOUR * 2))
        .next(Fault::NoEvents)
        .next(Fault::BrokenEvent);

    assert_eq!(read(&desk).await, now[1..]);
    assert_eq!(read(&desk).await, [] as [Value; 0]);
    assert_eq!(read(&desk).await, [json!(7), now[1].clone()]);
    assert_eq!(read(&desk).await, now);
}

//! Scans that a courier edits, withdraws and reports again: the records follow them.

use std::time::Duration;

use serde_json::{Value, json};
use tracking_sandbox::{Fault, Leg, Parcel, Scan, ScanEdit, ScanTime, Step};

use super::partner::Partner;

const DAY: Duration = Duration::from_secs(24 * 3600);
const NUMBER: &str = "EDITED-1";

/// A parcel that the courier got three days ago.
async fn uploaded() -> Partner {
    let partner = Partner::open().await;
    let parcel = Parcel::new("ups", NUMBER).scan(Scan::ago(DAY * 3, Step::Accepted));
    partner.sandbox.add_parcel(parcel).unwrap();
    partner
}

/// The records of the parcel's order.
async fn read(partner: &Partner) -> Vec<Value> {
    let path = format!("/trackings?order.externalOrderNumber={NUMBER}");
    let members = partner.get(&path).await.at("/hydra:member");
    members.as_array().unwrap().clone()
}

#[tokio::test]
async fn records_follow_edits() {
    let partner = uploaded().await;
    let before = read(&partner).await;

    let edit = ScanEdit::new().time(ScanTime::Ago(DAY * 2));
    partner.sandbox.edit_scan(NUMBER, 0, edit).unwrap();
    let moved = read(&partner).await;
    partner.sandbox.withdraw_scan(NUMBER, 0).unwrap();
    let gone = read(&partner).await;
    partner.sandbox.resend_scan(NUMBER, 0).unwrap();
    let back = read(&partner).await;
    let leg = Leg::new("fedex", NUMBER);
    partner.sandbox.correct_leg(NUMBER, 0, leg).unwrap();
    let corrected = read(&partner).await;

    assert_eq!(before.len(), 1);
    assert_eq!(moved[0]["@id"], before[0]["@id"]);
    assert_ne!(moved[0]["createdAt"], before[0]["createdAt"]);
    assert_eq!(gone, [] as [Value; 0]);
    assert_eq!(back, moved);
    assert_ne!(corrected[0]["courier"], moved[0]["courier"]);
}

#[tokio::test]
async fn response_is_stale_empty_or_broken_once() {
    let partner = uploaded().await;
    let order = async || {
        let path = format!("/orders?externalOrderNumber={NUMBER}");
        partner.get(&path).await.at("/hydra:member/0")
    };
    let now = order().await;
    let faults = partner.sandbox.faults().of("oneconcepts");
    faults
        .next(Fault::Stale(DAY * 4))
        .next(Fault::NoEvents)
        .next(Fault::BrokenEvent);

    let (stale, empty, broken) = (order().await, order().await, order().await);

    assert_eq!(
        (&stale["status"], &stale["trackings"]),
        (&json!("new"), &json!([]))
    );
    assert_eq!(
        (&empty["status"], &empty["trackings"]),
        (&now["status"], &json!([]))
    );
    assert_eq!(broken["trackings"], json!([7]));
    assert_eq!(order().await, now);
}

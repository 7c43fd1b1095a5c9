//! When trackings appear.

use std::time::Duration;

use tracking_sandbox::{Parcel, Scan, Step};

use super::partner::{Partner, each, members};

const HOUR: Duration = Duration::from_secs(3600);

fn handed_over_now(number: &str) -> Parcel {
    Parcel::new("dhl", number).scan(Scan::ago(Duration::ZERO, Step::Accepted))
}

#[tokio::test]
async fn tracking_appears_at_six_in_evening_in_germany() {
    let mut partner = Partner::open().await;
    let path = "/trackings?order.externalOrderNumber=MADE-UP-1";
    partner
        .sandbox
        .add_parcel(handed_over_now("MADE-UP-1"))
        .unwrap();

    partner
        .sandbox
        .clock()
        .advance(HOUR * 8 - Duration::from_secs(1));
    partner.renew().await;
    let before = partner.get(path).await;
    let status_before = partner.order("MADE-UP-1").await["status"].clone();
    partner.sandbox.clock().advance(Duration::from_secs(1));
    let after = partner.get(path).await;
    let status_after = partner.order("MADE-UP-1").await["status"].clone();

    assert!(members(&before).is_empty());
    assert_eq!(each(&after, "createdAt"), ["2026-03-02T18:00:00+01:00"]);
    assert_eq!([status_before, status_after], ["new", "shipped"]);
}

#[tokio::test]
async fn offset_in_summer_is_two_hours() {
    let mut partner = Partner::open().await;
    let july = "2026-07-01T15:59:00Z";
    let body = serde_json::json!({ "set": july });
    partner.control(reqwest::Method::PUT, "/clock", &body).await;
    partner
        .sandbox
        .add_parcel(handed_over_now("MADE-UP-1"))
        .unwrap();

    partner.sandbox.clock().advance(Duration::from_secs(60));
    partner.renew().await;
    let list = partner
        .get("/trackings?order.externalOrderNumber=MADE-UP-1")
        .await;

    assert_eq!(each(&list, "createdAt"), ["2026-07-01T18:00:00+02:00"]);
}

#[tokio::test]
async fn announcement_is_no_handover() {
    let mut partner = Partner::open().await;

    partner.sandbox.clock().advance(HOUR * 72);
    partner.renew().await;
    let order = partner.order("SHOP::1006").await;

    assert_eq!(order["status"], "new");
    assert_eq!(order["trackings"], serde_json::json!([]));
}

#[tokio::test]
async fn later_scans_change_nothing() {
    let mut partner = Partner::open().await;
    let path = "/trackings?order.externalOrderNumber=SHOP::1001";
    let before = members(&partner.get(path).await);

    partner.sandbox.clock().advance(HOUR * 24);
    partner.renew().await;
    let delivered = members(&partner.get(path).await);

    assert_eq!(delivered, before);
}

#[tokio::test]
async fn trackings_of_one_upload_share_date_in_order() {
    let mut partner = Partner::open().await;
    for number in ["MADE-UP-2", "MADE-UP-1", "MADE-UP-3"] {
        partner.sandbox.add_parcel(handed_over_now(number)).unwrap();
    }

    partner.sandbox.clock().advance(HOUR * 8);
    partner.renew().await;
    let list = partner
        .get("/trackings?createdAt[after]=2026-03-02T17:00:00Z")
        .await;

    assert_eq!(
        each(&list, "trackingId"),
        ["MADE-UP-2", "MADE-UP-1", "MADE-UP-3"]
    );
    assert_eq!(each(&list, "createdAt"), ["2026-03-02T18:00:00+01:00"; 3]);
}

#[tokio::test]
async fn replaced_parcel_is_uploaded_again() {
    let partner = Partner::open().await;
    let path = "/trackings?order.externalOrderNumber=MADE-UP-1";
    let parcel =
        |courier| Parcel::new(courier, "MADE-UP-1").scan(Scan::ago(HOUR * 30, Step::Accepted));
    partner.sandbox.add_parcel(parcel("dhl")).unwrap();
    let first = members(&partner.get(path).await);

    partner.sandbox.add_parcel(parcel("ups")).unwrap();
    let second = members(&partner.get(path).await);

    assert_eq!((first.len(), second.len()), (1, 1));
    assert_eq!(second[0]["courier"], "UPS");
    assert_eq!(second[0]["order"], first[0]["order"]);
    assert_ne!(second[0]["id"], first[0]["id"]);
    assert_eq!(partner.follow(&first[0]["@id"]).await.status, 404);
}

#[tokio::test]
async fn earlier_clock_hides_later_facts() {
    let partner = Partner::open().await;
    let body = serde_json::json!({ "set": "2026-02-25T09:00:00Z" });
    let latest = members(&partner.get("/trackings").await).pop().unwrap();

    partner.control(reqwest::Method::PUT, "/clock", &body).await;
    let earlier = partner.get("/trackings").await;

    let dates = each(&earlier, "createdAt");
    assert!(!dates.is_empty());
    assert!(
        dates.iter().all(|date| date.as_str() < "2026-02-25"),
        "{dates:?}"
    );
    assert_eq!(partner.follow(&latest["@id"]).await.status, 404);
}

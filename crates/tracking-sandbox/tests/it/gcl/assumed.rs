//! Undocumented behaviour, in its other form.

use std::time::Duration;

use serde_json::{Value, json};
use tracking_sandbox::gcl::Missing;
use tracking_sandbox::{Parcel, Scan, Step};

use super::desk::Desk;

const HOUR: Duration = Duration::from_secs(3600);

/// A parcel without method, whose only scan has neither description nor place nor a day.
fn bare() -> Parcel {
    Parcel::new("ups", "BARE-1").scan(Scan::ago(HOUR, Step::Moved))
}

#[tokio::test]
async fn optional_strings_may_be_empty_null_or_absent() {
    let desk = Desk::open().await;
    let cases = [
        (Missing::Empty, Some(json!(""))),
        (Missing::Null, Some(Value::Null)),
        (Missing::Absent, None),
    ];

    for (missing, expected) in cases {
        desk.assume(|assumptions| assumptions.missing = missing);
        let body = desk.show("BARE-1", bare()).await;

        for key in ["shipmentMethodUid", "shipmentMethodName"] {
            assert_eq!(body.get(key), expected.as_ref(), "{key}");
        }
        for key in ["description", "location", "expectedDeliveryDate"] {
            assert_eq!(body["checkpoints"][0].get(key), expected.as_ref(), "{key}");
        }
        assert_eq!(body["checkpoints"][0]["statusUid"], "in_transit");
    }
}

#[tokio::test]
async fn parcel_without_events_may_have_no_list() {
    let desk = Desk::open().await;
    desk.assume(|assumptions| assumptions.omit_empty_checkpoints = true);

    let quiet = desk.show("QUIET-1", Parcel::new("ups", "QUIET-1")).await;
    let other = desk.show("BARE-1", bare()).await;

    assert_eq!(quiet.get("checkpoints"), None);
    assert_eq!(quiet["trackingNumber"], "QUIET-1");
    assert_eq!(other["checkpoints"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn checkpoints_may_come_oldest_first() {
    let desk = Desk::open().await;
    let newest_first = desk.demo().await.at("/checkpoints");
    desk.assume(|assumptions| assumptions.oldest_first = true);

    let oldest_first = desk.demo().await.at("/checkpoints");

    let mut turned = newest_first.as_array().unwrap().clone();
    turned.reverse();
    assert_eq!(oldest_first, json!(turned));
    assert_ne!(oldest_first, newest_first);
}

#[tokio::test]
async fn numeric_status_may_have_fraction() {
    let desk = Desk::open().await;
    desk.assume(|assumptions| assumptions.fractional_status = true);

    let response = desk.demo().await;

    assert!(
        response.text.contains("\"status\":2.0,"),
        "{}",
        response.text
    );
}

#[tokio::test]
async fn times_may_have_offset_of_place() {
    let desk = Desk::open().await;
    desk.assume(|assumptions| assumptions.offset_times = true);

    let newest = desk.demo().await.at("/checkpoints/0/createdAt");

    assert_eq!(newest, "2026-03-02T08:25:00+01:00");
}

#[tokio::test]
async fn first_scan_of_carrier_may_be_shipped() {
    let desk = Desk::open().await;
    desk.assume(|assumptions| assumptions.accepted_is_shipped = true);
    let parcel = Parcel::new("ups", "SENT-1").scan(Scan::ago(HOUR, Step::Accepted));

    let body = desk.show("SENT-1", parcel).await;

    assert_eq!(body["checkpoints"][0]["statusUid"], "shipped");
    assert_eq!(body["checkpoints"][0]["status"], 7);
}

#[tokio::test]
async fn status_may_be_spelled_in_another_way_and_keeps_its_number() {
    let desk = Desk::open().await;
    desk.assume(|assumptions| {
        let spelling = ("shipping_exception", "shipment_exception");
        let spelling = (spelling.0.to_owned(), spelling.1.to_owned());
        assumptions.spellings.extend([spelling]);
    });
    let parcel = Parcel::new("ups", "LOST-1").scan(Scan::ago(HOUR, Step::Lost));

    let body = desk.show("LOST-1", parcel).await;

    assert_eq!(body["checkpoints"][0]["statusUid"], "shipment_exception");
    assert_eq!(body["checkpoints"][0]["status"], 4);
}

#[tokio::test]
async fn data_may_come_from_another_source() {
    let desk = Desk::open().await;
    desk.assume(|assumptions| assumptions.data_source = "northwind-data".to_owned());

    let response = desk.demo().await;

    assert_eq!(response.at("/checkpoints/0/signedBy"), "northwind-data");
}

#[tokio::test]
async fn details_of_error_may_be_object() {
    let desk = Desk::open().await;
    desk.assume(|assumptions| assumptions.error_details = true);

    let details = desk.track("NOBODY-1").await.at("/details");

    assert_eq!(details["code"], "TRACKING_DETAILS_NOT_FOUND");
    assert_eq!(details["message"], "Tracking details not found.");
    assert!(details["reference"].is_string());
}

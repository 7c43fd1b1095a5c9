//! What holds without the feature `merge`, as the SDKs use the model:
//! `cargo test -p tracking-core --no-default-features --test without_merge`.
#![allow(clippy::unwrap_used, reason = "a test ends with a panic")]

use serde_json::Value;
use tracking_core::{ProviderId, Shipment, Status, StatusReport, UtcTime};

#[test]
fn merged_shipment_is_read_and_written_whole() {
    let stored = include_bytes!("fixtures/stored/format-1.json");

    let shipment = Shipment::from_json(stored).unwrap();

    let written = serde_json::to_value(&shipment).unwrap();
    let expected: Value = serde_json::from_slice(stored).unwrap();
    assert!(expected["memory"].is_object(), "it was merged");
    assert_eq!(written, expected);
}

#[test]
fn new_shipment_is_read_as_it_was_written() {
    let report = StatusReport::new(Status::InTransit);
    let shipment = Shipment::new(
        ProviderId::new("ship24"),
        "S24DEMO1",
        report,
        UtcTime::now(),
    );

    let written = serde_json::to_vec(&shipment).unwrap();

    assert_eq!(Shipment::from_json(&written).unwrap(), shipment);
}

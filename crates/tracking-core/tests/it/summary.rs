//! Shipments in plain text.

use tracking_core::model::EtaSource;
use tracking_core::{Detail, Eta, LegRole, RawJson, Shipment, Status, Timestamp};

use crate::parcels::{event, leg, parcel};

fn on_its_way() -> Shipment {
    let mut sorted = event("e1", "2025-12-01 10:00", Status::InTransit, "Sorted");
    sorted.location = Some("Sydney".to_owned());
    sorted.status.detail = Some(Detail::ArrivedAtHub);
    let mut shipment = parcel(Status::InTransit, 0, vec![sorted]);
    let eta = Eta::new(
        EtaSource::Courier,
        Timestamp::parse("2025-12-04"),
        "estimate",
    );
    shipment.etas.push(eta);
    shipment
}

#[test]
fn line_has_status_last_event_and_estimate() {
    assert_eq!(
        on_its_way().summary_line().to_string(),
        "testpost TP0001: In transit; 2025-12-01 10:00, Sydney; expected 2025-12-04"
    );
}

#[test]
fn final_shipment_has_no_estimate() {
    let mut shipment = on_its_way();
    shipment.status.status = Status::Delivered;

    assert!(!shipment.summary_line().to_string().contains("expected"));
}

#[test]
fn summary_lists_timeline() {
    let mut shipment = on_its_way();
    let mut gone = event("e2", "2025-12-02", Status::InTransit, "Sorted twice");
    gone.retracted = true;
    shipment.legs[0].events.push(gone);

    assert_eq!(
        shipment.summary().to_string(),
        "testpost TP0001: In transit; 2025-12-01 10:00, Sydney; expected 2025-12-04\n  \
         2025-12-01 10:00  In transit (arrived_at_hub): Sorted (Sydney)\n  \
         2025-12-02  In transit: Sorted twice (retracted)"
    );
}

#[test]
fn several_legs_are_named() {
    let mut shipment = on_its_way();
    let arrived = event("f1", "2025-12-03", Status::InTransit, "Arrived");
    shipment
        .legs
        .push(leg("otherpost", LegRole::Destination, vec![arrived]));

    let text = shipment.summary().to_string();

    assert!(text.contains("Sorted (Sydney) [testpost]"), "{text}");
    assert!(text.contains("Arrived [otherpost]"), "{text}");
}

#[test]
fn provider_text_cannot_forge_lines_or_control_terminal() {
    let mut shipment = on_its_way();
    let text = "Sorted\r\n2099-01-01  Delivered\u{1b}[2J \u{202e}drawkcab";
    shipment.legs[0].events[0].description = Some(text.to_owned());

    let summary = shipment.summary().to_string();

    assert_eq!(summary.lines().count(), 2);
    assert!(
        summary.ends_with("Sorted 2099-01-01 Delivered [2J drawkcab (Sydney)"),
        "{summary}"
    );
}

#[test]
fn people_and_raw_json_are_left_out() {
    let mut shipment = on_its_way();
    shipment.signed_by = Some("A. Example".to_owned());
    shipment.legs[0].events[0].signed_by = Some("A. Example".to_owned());
    shipment.raw = RawJson::from_string(r#"{"name":"A. Example"}"#);

    assert!(!shipment.summary().to_string().contains("Example"));
}

#[test]
fn shipment_without_events_is_one_line() {
    let shipment = parcel(Status::Pending, 0, Vec::new());

    assert_eq!(shipment.summary().to_string(), "testpost TP0001: Pending");
}

//! Every message that a description may hold, beside the state that it belongs to.

use bytes::Bytes;
use gcl_sdk::tracking_core::kit::{StatusRow, UnmappedCounter};
use gcl_sdk::tracking_core::{Detail, Precision, Reason, Status, StatusReport, UtcTime};
use gcl_sdk::{Descriptions, STATUS_TABLE, shipment_from_body};
use serde_json::json;

/// State and description; then status, detail and reason.
#[rustfmt::skip]
const MESSAGES: &[(&str, &str, &str, &str, &str)] = &[
    ("registered", "Info Received", "info_received", "", ""),
    ("in_transit", "In Transit", "in_transit", "", ""),
    ("in_transit", "Acceptance scan", "picked_up", "acceptance_scan", ""),
    ("in_transit", "Arrival scan", "in_transit", "arrived_at_hub", ""),
    ("in_transit", "Arrived at the destination country", "in_transit", "arrived_in_destination_country", ""),
    ("in_transit", "Arrived at destination country", "in_transit", "arrived_in_destination_country", ""),
    ("in_transit", "Customs clearance completed", "in_transit", "customs_cleared", ""),
    ("in_transit", "Customs clearance started", "in_transit", "customs_started", ""),
    ("in_transit", "Departure Scan", "in_transit", "departed_hub", ""),
    ("in_transit", "Problem resolved", "in_transit", "problem_resolved", ""),
    ("in_transit", "Forwarded to a different delivery address", "in_transit", "redirected", ""),
    ("out_for_delivery", "Out for Delivery", "out_for_delivery", "", ""),
    ("out_for_delivery", "Customer contacted", "out_for_delivery", "recipient_contacted", ""),
    ("out_for_delivery", "Delivery appointment scheduled", "out_for_delivery", "appointment_scheduled", ""),
    ("available_for_pickup", "Available for pickup", "available_for_pickup", "", ""),
    ("failed_attempt", "Failed Attempt", "attempt_failed", "", "other.unspecified"),
    ("failed_attempt", "Addressee not available", "attempt_failed", "not_home", "recipient.not_home"),
    ("failed_attempt", "Business Closed", "attempt_failed", "business_closed", "recipient.closed"),
    ("delivered", "Delivered", "delivered", "", ""),
    ("delivered", "Picked up by the customer", "delivered", "collected_by_recipient", ""),
    ("delivered", "Picked up by customer", "delivered", "collected_by_recipient", ""),
    ("delivered", "Sign by customer", "delivered", "signed", ""),
    ("delivered", "Delivered and received cash on delivery", "delivered", "cash_collected", ""),
    ("delivered", "Delivered to neighbor", "delivered", "neighbour_or_safe_place", ""),
    ("shipping_exception", "Exception", "exception", "", "other.unspecified"),
    ("shipping_exception", "Customer moved", "exception", "recipient_moved", "recipient.moved"),
    ("shipping_exception", "Customer refused delivery", "exception", "refused", "recipient.refused"),
    ("shipping_exception", "Delayed (Customs clearance)", "exception", "delayed", "customs.delay"),
    ("shipping_exception", "Delayed (External factors)", "exception", "delayed", "other.unspecified"),
    ("shipping_exception", "Held for payment", "exception", "held_for_payment", "recipient.payment_due"),
    ("shipping_exception", "Incorrect Address", "exception", "bad_address", "recipient.incorrect_address"),
    ("shipping_exception", "Pick up missed", "exception", "not_collected", "recipient.not_collected"),
    ("shipping_exception", "Rejected by carrier", "exception", "rejected_by_carrier", ""),
    ("shipping_exception", "Returning to sender", "returning", "", ""),
    ("shipping_exception", "Returned to sender", "returned", "", ""),
    ("shipping_exception", "Shipment damage", "exception", "damaged", "carrier.damaged"),
    ("shipping_exception", "Shipment damaged", "exception", "damaged", "carrier.damaged"),
    ("shipping_exception", "Shipment lost", "exception", "lost", "carrier.lost"),
    ("shipping_exception", "Delayed (Processing issue)", "exception", "delayed", "carrier.late"),
    ("shipping_exception", "Delayed (Extreme weather)", "exception", "delayed", "weather"),
    ("shipping_exception", "Incorrect / missing documents", "exception", "customs_needs_information", "customs.documents"),
    ("shipping_exception", "Delayed (Late flight)", "exception", "delayed", "carrier.late"),
    ("shipping_exception", "Shipment cancelled", "cancelled", "", ""),
    ("shipping_exception", "Shipment disposed", "exception", "destroyed", ""),
];

/// Messages that belong to no state of GCL: they change none.
const WITHOUT_STATE: [&str; 2] = ["Pending", "Expired"];

fn report(uid: &str, description: &str) -> StatusReport {
    let body = json!({ "shortUid": "PTS-1", "checkpoints": [
        { "statusUid": uid, "description": description },
    ] });
    let body = Bytes::from(body.to_string());
    let (now, counter) = (UtcTime::now(), UnmappedCounter::new());
    let shipment = shipment_from_body(&body, Descriptions::Refine, now, &counter).unwrap();
    assert!(counter.snapshot().is_empty(), "{uid} {description}");
    shipment.status
}

#[test]
fn message_beside_a_doubtful_state_stays_doubtful() {
    let report = report("returned", "Returning to sender");

    assert_eq!(report.status, Status::Returning);
    assert_eq!(report.precision, Precision::Ambiguous);
}

#[test]
fn every_message_has_its_meaning_beside_its_state() {
    for (uid, description, status, detail, reason) in MESSAGES {
        let capitals = description.to_uppercase();
        for description in [*description, &format!(" {capitals}. ")] {
            let report = report(uid, description);

            let found = (
                report.status.as_str(),
                report.detail.as_ref().map_or("", Detail::as_str),
                report.reason.as_ref().map_or("", Reason::as_str),
            );
            assert_eq!(found, (*status, *detail, *reason), "{uid} {description}");
            assert_eq!(report.precision, Precision::Coarse, "{uid} {description}");
            assert_eq!(report.raw.fine.as_deref(), Some(description));
        }
    }
}

#[test]
fn messages_without_a_state_of_gcl_change_none() {
    for description in WITHOUT_STATE {
        assert_eq!(report("in_transit", description).status, Status::InTransit);
    }
}

#[test]
fn tests_know_every_message_of_table() {
    let rows = STATUS_TABLE.rows().iter();
    let missing: Vec<&str> = rows
        .filter(|row| row.field_name() == "description")
        .filter_map(StatusRow::wire_value)
        .filter(|text| !WITHOUT_STATE.contains(text))
        .filter(|text| MESSAGES.iter().all(|(_, message, ..)| message != text))
        .collect();

    assert_eq!(missing, [""; 0]);
}

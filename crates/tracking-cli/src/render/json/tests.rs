//! The document, as a program reads it.

use serde_json::{Value, json};
use tracking_core::{Detail, Precision, RawJson};

use super::*;
use crate::render::samples;

fn parsed(shipments: &[Shipment], problems: &[Problem]) -> Value {
    serde_json::from_str(&document(shipments, problems)).unwrap()
}

#[test]
fn empty_result_is_a_document() {
    assert_eq!(parsed(&[], &[]), json!({"shipments": [], "errors": []}));
}

#[test]
fn shipment_reads_back_as_the_library_stores_it() {
    let mut shipment = samples::two_legs();
    shipment.status.detail = Some(Detail::AtDeliveryDepot);
    shipment.status.precision = Precision::Coarse;

    let document = parsed(std::slice::from_ref(&shipment), &[]);

    let read: Shipment = serde_json::from_value(document["shipments"][0].clone()).unwrap();
    assert_eq!(read, shipment);
}

#[test]
fn provider_json_is_left_out() {
    let mut shipment = samples::two_legs();
    shipment.raw = RawJson::from_string(r#"{"consignee":"Jane"}"#);
    shipment.legs[0].events[0].raw = RawJson::from_string(r#"{"consignee":"Jane"}"#);

    let document = parsed(&[shipment], &[]);

    assert!(!document.to_string().contains("consignee"), "{document}");
    assert_eq!(
        document["shipments"][0]["status"]["raw"]["main"],
        "out_for_delivery"
    );
}

#[test]
fn problem_becomes_error_object() {
    let problem = Problem::outcome("not_found", "Acme knows no such parcel")
        .of_provider("acme")
        .of_number("RA1");

    let document = parsed(&[], &[problem]);

    assert_eq!(
        document["errors"],
        json!([{
            "provider": "acme",
            "number": "RA1",
            "kind": "not_found",
            "message": "Acme knows no such parcel",
            "hint": null,
        }])
    );
}

//! The document, as a program reads it.

use serde_json::{Value, json};
use tracking_core::{Detail, Precision, Status};

use super::*;
use crate::render::samples;

fn parsed(shipments: &[Shipment], problems: &[Problem]) -> Value {
    serde_json::from_str(&document(shipments, problems)).unwrap()
}

#[test]
fn nothing_is_a_document_too() {
    assert_eq!(parsed(&[], &[]), json!({"shipments": [], "errors": []}));
}

#[test]
fn a_shipment_shows_its_status_on_four_axes() {
    let mut shipment = samples::two_legs();
    shipment.status.detail = Some(Detail::AtDeliveryDepot);
    shipment.status.precision = Precision::Coarse;

    let document = parsed(&[shipment], &[]);

    let shipment = &document["shipments"][0];
    assert_eq!(shipment["provider"], "acme");
    assert_eq!(shipment["number"], "RA123456789CN");
    assert_eq!(shipment["status"], "out_for_delivery");
    assert_eq!(shipment["detail"], "at_delivery_depot");
    assert_eq!(shipment["reason"], Value::Null);
    assert_eq!(shipment["precision"], "coarse");
    assert_eq!(shipment["raw"]["main"], "out_for_delivery");
    assert_eq!(shipment["destination_country"], "DE");
    assert_eq!(shipment["eta"]["from"], "2026-03-02T12:00:00+01:00");
    assert_eq!(shipment["fetched_at"], "2026-03-02T08:26:40Z");
}

#[test]
fn an_event_keeps_the_text_of_its_time() {
    let document = parsed(&[samples::two_legs()], &[]);

    let leg = &document["shipments"][0]["legs"][1];
    assert_eq!(leg["courier"], "dhl");
    assert_eq!(leg["courier_name"], Value::Null);
    assert_eq!(leg["number"], "00340434161094042557");
    assert_eq!(leg["role"], "destination");
    let event = &leg["events"][1];
    assert_eq!(event["time"], "2026-03-02T08:15:00+01:00");
    assert_eq!(event["time_kind"], "exact");
    assert_eq!(event["status"], "out_for_delivery");
    assert_eq!(event["description"], "With the courier");
    assert_eq!(event["location"], "Leipzig, DE");
}

#[test]
fn every_status_has_its_canonical_name() {
    for status in Status::ALL {
        let document = parsed(&[samples::with_status(status.clone())], &[]);

        assert_eq!(document["shipments"][0]["status"], status.as_str());
    }
}

#[test]
fn a_problem_is_an_error() {
    let problem = Problem::answer("not_found", "Acme knows no such parcel")
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

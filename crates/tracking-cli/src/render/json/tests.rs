//! The document, as a program reads it.

use serde_json::{Value, json};
use tracking_core::{Detail, Precision, RawJson, Target};

use super::*;
use crate::providers;
use crate::render::samples;
use crate::select::Account;

fn report(shipments: &[Shipment], problem: Option<Problem>) -> Report {
    Report {
        account: Some(Account::of(&providers::ALL[0])),
        target: Target::Number("RA1".to_owned()),
        place: 0,
        line: Some(3),
        registered: false,
        is_refused: false,
        shipments: shipments.to_vec(),
        problem,
    }
}

fn parsed(shipments: &[Shipment], problems: &[Problem]) -> Value {
    let reports = [report(shipments, None)];
    let reports = if shipments.is_empty() {
        &[]
    } else {
        &reports[..]
    };
    serde_json::from_str(&document(reports, problems, 0)).unwrap()
}

#[test]
fn empty_result_is_a_document() {
    assert_eq!(
        parsed(&[], &[]),
        json!({"shipments": [], "outcomes": [], "errors": [], "registered": 0})
    );
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
            "line": null,
            "provider": "acme",
            "number": "RA1",
            "kind": "not_found",
            "message": "Acme knows no such parcel",
            "hint": null,
        }])
    );
}

#[test]
fn lookup_without_parcel_is_outcome_and_no_error() {
    let problem = Problem::outcome("not_found", "Acme knows no such parcel").with_hint("wait");
    let reports = [report(&[], Some(problem))];

    let document: Value = serde_json::from_str(&document(&reports, [], 2)).unwrap();

    let expected = json!({
        "line": 3,
        "number": "RA1",
        "provider": "ship24",
        "account": "ship24",
        "outcome": "not_found",
        "registered": false,
        "kind": null,
        "message": "Acme knows no such parcel",
        "hint": "wait",
    });
    assert_eq!(document["outcomes"], json!([expected]));
    assert_eq!(document["errors"], json!([]));
    assert_eq!(document["registered"], 2);
    let record: Value = serde_json::from_str(&record(&reports[0])).unwrap();
    assert_eq!(record["shipments"], json!([]));
    assert_eq!(record["outcome"], "not_found");
}

#[test]
fn failed_lookup_is_outcome_and_error() {
    let problem = Problem::new("timeout", "Acme is slow").of_number("RA1");
    let reports = [report(&[], Some(problem))];

    let document: Value = serde_json::from_str(&document(&reports, [], 0)).unwrap();

    assert_eq!(document["outcomes"][0]["outcome"], "failed");
    assert_eq!(document["outcomes"][0]["kind"], "timeout");
    assert_eq!(document["errors"][0]["kind"], "timeout");
    let record = record(&reports[0]);
    assert_eq!(record.lines().count(), 1);
}

//! Whether the facts of a shipment are all of them, which decides if one that is missing is gone.

use exporto_sdk::shipment_from_body;
use tracking_core::kit::UnmappedCounter;
use tracking_core::{Completeness, Shipment, Status};

fn shipment(fields: &str, minute: u8) -> Shipment {
    let body = format!(r#"{{"shipmentId":"s-1",{fields}}}"#);
    let fetched_at = format!("2026-09-12T10:{minute:02}:00Z").parse().unwrap();
    shipment_from_body(&body.into(), fetched_at, &UnmappedCounter::new()).unwrap()
}

#[test]
fn facts_are_partial_when_a_field_cannot_be_read() {
    let (complete, partial) = (Completeness::Complete, Completeness::Partial);
    for (fields, completeness) in [
        (r#""processedAt":"2026-09-08T10:00:00Z""#, complete),
        (r#""processedAt":null"#, complete),
        (r#""orderId":"A-1""#, complete),
        (r#""processedAt":{"at":1}"#, partial),
        (r#""processedAt":"0000-00-00 00:00:00""#, partial),
    ] {
        let shipment = shipment(fields, 0);

        assert_eq!(shipment.legs[0].completeness, completeness, "{fields}");
    }
}

const PROCESSED: &str = r#""processedAt":"2026-09-08T10:00:00Z""#;
const DECLARED: &str = r#""declaredAt":"2026-09-09T10:00:00Z""#;
const RECEIVED: &str = r#""carrierReceivedAt":"2026-09-10T10:00:00Z""#;
const DELIVERED: &str = r#""carrierDeliveredAt":"2026-09-11T10:00:00Z""#;

#[test]
fn facts_are_partial_when_a_later_one_implies_another() {
    let (complete, partial) = (Completeness::Complete, Completeness::Partial);
    for (facts, completeness) in [
        (vec![PROCESSED, DECLARED, RECEIVED, DELIVERED], complete),
        (vec![PROCESSED, RECEIVED, DELIVERED], complete),
        (vec![r#""status":"processed""#, RECEIVED], complete),
        (vec![PROCESSED, DECLARED], complete),
        (vec![DECLARED], partial),
        (vec![RECEIVED, DELIVERED], partial),
        (vec![PROCESSED, DECLARED, DELIVERED], partial),
    ] {
        let shipment = shipment(&facts.join(","), 0);

        assert_eq!(shipment.legs[0].completeness, completeness, "{facts:?}");
    }
}

#[test]
fn fact_that_is_left_out_is_not_retracted() {
    let mut known = shipment(&[PROCESSED, RECEIVED].join(","), 0);

    for minute in 1..4 {
        let merged = known.merge(shipment(RECEIVED, minute));

        assert_eq!(merged.changes, []);
        known = merged.shipment;
    }
}

#[test]
fn delivery_that_is_withdrawn_is_retracted() {
    let mut known = shipment(&[PROCESSED, RECEIVED, DELIVERED].join(","), 0);
    assert_eq!(known.status.status, Status::Delivered);

    for minute in 1..3 {
        let latest = shipment(&[PROCESSED, RECEIVED].join(","), minute);
        known = known.merge(latest).shipment;
    }

    assert_eq!(known.status.status, Status::InTransit);
    assert!(known.legs[0].events[2].retracted);
}

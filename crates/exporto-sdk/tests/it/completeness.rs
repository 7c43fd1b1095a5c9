//! Whether the facts of a shipment are all of them, which decides if one that is missing is gone.

use exporto_sdk::shipment_from_body;
use tracking_core::kit::UnmappedCounter;
use tracking_core::{Completeness, UtcTime};

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
        let body = format!(r#"{{"shipmentId":"s-1",{fields}}}"#);

        let shipment =
            shipment_from_body(&body.into(), UtcTime::now(), &UnmappedCounter::new()).unwrap();

        assert_eq!(shipment.legs[0].completeness, completeness, "{fields}");
    }
}

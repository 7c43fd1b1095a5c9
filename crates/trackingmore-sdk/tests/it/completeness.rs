//! Whether the lists of events are all of them, which decides if one that is missing is gone.

use tracking_core::kit::UnmappedCounter;
use tracking_core::{Completeness, Shipment, UtcTime};
use trackingmore_sdk::shipments_from_body;

fn of(parts: &str) -> Shipment {
    let body = format!(
        r#"{{"meta":{{"code":200}},"data":{{"tracking_number":"ZA1","carrier_code":"ups","status":"transit"{parts}}}}}"#
    );
    let shipments = shipments_from_body(&body.into(), UtcTime::now(), &UnmappedCounter::new());
    shipments.unwrap().remove(0)
}

const COMPLETE: Completeness = Completeness::Complete;
const PARTIAL: Completeness = Completeness::Partial;
const GOOD: &str = r#"{"Date":"2026-09-08 10:00","StatusDescription":"Accepted"}"#;

#[test]
fn origin_list_is_partial_when_element_or_all_of_it_is_missing() {
    for (origin, completeness) in [
        (format!(r#"{{"trackinfo":[{GOOD},null]}}"#), COMPLETE),
        (r#"{"trackinfo":[]}"#.to_owned(), COMPLETE),
        (format!(r#"{{"trackinfo":[{GOOD},7,{GOOD}]}}"#), PARTIAL),
        (format!(r#"{{"trackinfo":[{GOOD},{{}}]}}"#), PARTIAL),
        (r#"{"trackinfo":null}"#.to_owned(), PARTIAL),
        ("{}".to_owned(), PARTIAL),
        ("null".to_owned(), PARTIAL),
        ("7".to_owned(), PARTIAL),
    ] {
        let shipment = of(&format!(
            r#","origin_info":{origin},"destination_info":null"#
        ));

        assert_eq!(shipment.legs.len(), 1, "{origin}");
        assert_eq!(shipment.legs[0].completeness, completeness, "{origin}");
        assert_eq!(shipment.completeness, COMPLETE, "{origin}");
    }
    assert_eq!(of("").legs[0].completeness, PARTIAL);
}

#[test]
fn legs_are_partial_when_destination_cannot_be_read() {
    let origin = format!(r#","origin_info":{{"trackinfo":[{GOOD}]}}"#);
    for (destination, legs, of_shipment, of_destination) in [
        (String::new(), 1, COMPLETE, None),
        (r#","destination_info":null"#.to_owned(), 1, COMPLETE, None),
        (r#","destination_info":[]"#.to_owned(), 1, COMPLETE, None),
        (
            r#","destination_info":{"trackinfo":[]}"#.to_owned(),
            1,
            COMPLETE,
            None,
        ),
        (r#","destination_info":7"#.to_owned(), 1, PARTIAL, None),
        (
            r#","destination_info":{"trackinfo":{"a":1}}"#.to_owned(),
            1,
            PARTIAL,
            None,
        ),
        (
            r#","destination_info":{"trackinfo":null}"#.to_owned(),
            1,
            PARTIAL,
            None,
        ),
        (
            format!(r#","destination_info":{{"trackinfo":[{GOOD}]}}"#),
            2,
            COMPLETE,
            Some(COMPLETE),
        ),
        (
            format!(r#","destination_info":{{"trackinfo":[7,{GOOD}]}}"#),
            2,
            COMPLETE,
            Some(PARTIAL),
        ),
    ] {
        let shipment = of(&format!("{origin}{destination}"));

        assert_eq!(shipment.legs.len(), legs, "{destination}");
        assert_eq!(shipment.completeness, of_shipment, "{destination}");
        assert_eq!(shipment.legs[0].completeness, COMPLETE, "{destination}");
        let last = shipment.legs.get(1).map(|leg| leg.completeness);
        assert_eq!(last, of_destination, "{destination}");
    }
}

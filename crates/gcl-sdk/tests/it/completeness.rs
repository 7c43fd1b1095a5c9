//! Whether a list of checkpoints is all of them, which decides if one that is missing is gone.

use gcl_sdk::{Descriptions, shipment_from_body};
use tracking_core::kit::UnmappedCounter;
use tracking_core::{Completeness, Shipment, UtcTime};

fn of(checkpoints: &str) -> Shipment {
    let body = format!(r#"{{"shortUid":"PTS-1","trackingNumber":"ZA1"{checkpoints}}}"#);
    let counter = UnmappedCounter::new();
    let now = UtcTime::now();
    shipment_from_body(&body.into(), Descriptions::Refine, now, &counter).unwrap()
}

#[test]
fn list_is_partial_when_an_element_or_all_of_it_is_missing() {
    let good = r#"{"statusUid":"delivered","createdAt":"2026-09-14T09:12:40Z"}"#;
    let odd_field = r#"{"statusUid":"in_transit","location":{"city":"WIEN"}}"#;
    let (complete, partial) = (Completeness::Complete, Completeness::Partial);
    for (checkpoints, completeness, events) in [
        (format!(r#","checkpoints":[{good},null]"#), complete, 1),
        (
            format!(r#","checkpoints":[{good},{odd_field}]"#),
            complete,
            2,
        ),
        (r#","checkpoints":[]"#.to_owned(), complete, 0),
        (
            format!(r#","checkpoints":[{good},7,{odd_field}]"#),
            partial,
            2,
        ),
        (format!(r#","checkpoints":[{good},{{}}]"#), partial, 1),
        (format!(r#","checkpoints":[{good},[]]"#), partial, 1),
        (r#","checkpoints":null"#.to_owned(), partial, 0),
        (
            r#","checkpoints":{"a":1},"carrierName":"DHL""#.to_owned(),
            partial,
            0,
        ),
        (r#","carrierName":"DHL""#.to_owned(), partial, 0),
    ] {
        let shipment = of(&checkpoints);

        assert_eq!(shipment.legs[0].completeness, completeness, "{checkpoints}");
        assert_eq!(shipment.events().len(), events, "{checkpoints}");
        // There is one leg, whatever its list lacks.
        assert_eq!(shipment.completeness, complete, "{checkpoints}");
    }
}

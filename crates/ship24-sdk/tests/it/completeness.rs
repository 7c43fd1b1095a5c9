//! Whether a list of events is all of them, which decides if one that is missing is gone.

use ship24_sdk::shipments_from_body;
use tracking_core::kit::UnmappedCounter;
use tracking_core::{Completeness, UtcTime};

#[test]
fn list_is_partial_when_an_element_or_all_of_it_is_missing() {
    let first = r#"{"eventId":"e-1","eventTrackingNumber":"ZA1","courierCode":"us-post"}"#;
    let second = r#"{"eventId":"e-2","eventTrackingNumber":"ZB2","courierCode":"de-post"}"#;
    let odd_field = r#"{"eventId":"e-3","eventTrackingNumber":"ZA1","status":{}}"#;
    let (complete, partial) = (Completeness::Complete, Completeness::Partial);
    for (events, completeness, count) in [
        (format!(r#","events":[{first},{second}]"#), complete, 2),
        (
            format!(r#","events":[{first},{odd_field},null]"#),
            complete,
            2,
        ),
        (r#","events":[]"#.to_owned(), complete, 0),
        (format!(r#","events":[{first},7,{second}]"#), partial, 2),
        (format!(r#","events":[{first},{{}},{second}]"#), partial, 2),
        (r#","events":null"#.to_owned(), partial, 0),
        (r#","events":"none""#.to_owned(), partial, 0),
        (String::new(), partial, 0),
    ] {
        let tracking = format!(r#"{{"tracker":{{"trackingNumber":"ZA1"}}{events}}}"#);
        let body = format!(r#"{{"data":{{"trackings":[{tracking}]}}}}"#);

        let shipments =
            shipments_from_body(&body.into(), UtcTime::now(), &UnmappedCounter::new()).unwrap();

        let shipment = &shipments[0];
        assert_eq!(shipment.events().len(), count, "{events}");
        // One list makes all the legs.
        assert_eq!(shipment.completeness, completeness, "{events}");
        for leg in &shipment.legs {
            assert_eq!(leg.completeness, completeness, "{events}");
        }
    }
}

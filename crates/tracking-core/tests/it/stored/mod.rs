//! Shipments that were stored by this version, by an earlier one, and by a later one.

mod edits;
mod errors;
mod formats;
mod full;
mod released;

use tracking_core::{LegRole, Problem, RawJson, Status};

use crate::parcels::{event, leg, parcel};

#[test]
fn detached_json_no_longer_shares_the_memory_of_the_response() {
    let response = bytes::Bytes::from_static(br#"[{"number":"TP0001","events":[{"id":1}]},{}]"#);
    let part = |part: &str| {
        let text = std::str::from_utf8(&response).unwrap();
        let start = text.find(part).unwrap();
        RawJson::from_slice(&response, &text[start..start + part.len()])
    };
    let accepted = event("e1", "2025-12-01", Status::PickedUp, "Accepted");
    let mut shipment = parcel(Status::InTransit, 0, Vec::new());
    shipment.legs = vec![leg("testpost", LegRole::Origin, vec![accepted])];
    shipment.raw = part(r#"{"number":"TP0001","events":[{"id":1}]}"#);
    shipment.legs[0].events[0].raw = part(r#"{"id":1}"#);
    shipment.problems = vec![Problem::new("[1]", "is odd").with_raw(part("{}"))];
    let before = shipment.clone();

    shipment.detach_raw();

    assert_eq!(shipment, before);
    let own = shipment.raw.get().as_bytes().as_ptr_range();
    assert!(!response.as_ptr_range().contains(&own.start));
    // The part of an event lies inside the copy of the whole: there is one copy, not two.
    assert_eq!(shipment.legs[0].events[0].raw.get(), r#"{"id":1}"#);
    assert!(own.contains(&shipment.legs[0].events[0].raw.get().as_ptr()));
    let problem = shipment.problems[0].raw.as_ref().unwrap().get().as_ptr();
    assert!(!response.as_ptr_range().contains(&problem));
}

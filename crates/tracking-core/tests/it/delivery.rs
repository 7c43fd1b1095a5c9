//! When a shipment was delivered, how long it took, and what proves it.

use std::time::Duration;

use tracking_core::model::DeliveryDocument;
use tracking_core::{Shipment, Status, Timestamp, UtcTime};

use crate::parcels::{event, parcel};

const HOUR: u64 = 3600;

fn now() -> UtcTime {
    "2025-12-10T12:00:00Z".parse().unwrap()
}

fn shipment(status: Status, events: &[(Status, &str)]) -> Shipment {
    let events = events
        .iter()
        .map(|(status, time)| event(time, time, status.clone(), "Scanned"));
    parcel(status, 0, events.collect())
}

#[test]
fn delivery_is_the_last_event_that_is_one() {
    let mut shipment = shipment(
        Status::Delivered,
        &[
            (Status::Delivered, "2025-12-05T10:00:00Z"),
            (Status::OutForDelivery, "2025-12-06T08:00:00Z"),
            (Status::Delivered, "2025-12-06T10:00:00Z"),
        ],
    );
    let at = |shipment: &Shipment| shipment.delivered_at().map(|time| time.text().to_owned());

    assert_eq!(at(&shipment).unwrap(), "2025-12-06T10:00:00Z");
    shipment.legs[0].events[2].retracted = true;
    assert_eq!(at(&shipment).unwrap(), "2025-12-05T10:00:00Z");
    shipment.legs.clear();
    assert_eq!(at(&shipment), None);
    let claimed = Timestamp::parse("2025-12-05");
    shipment
        .milestones
        .claimed
        .insert(Status::Delivered, claimed);
    assert_eq!(at(&shipment).unwrap(), "2025-12-05");
    shipment.status.status = Status::InTransit;
    assert_eq!(at(&shipment), None);
}

#[test]
fn transit_is_measured_from_the_courier_to_the_end() {
    let announced = (Status::InfoReceived, "2025-12-01T08:00:00Z");
    let picked_up = (Status::PickedUp, "2025-12-02T08:00:00Z");
    let delivered = (Status::Delivered, "2025-12-04T09:00:00Z");
    let returned = (Status::Returned, "2025-12-05T08:00:00Z");
    for (status, events, hours) in [
        (Status::InfoReceived, vec![announced.clone()], None),
        (
            Status::InTransit,
            vec![announced.clone(), picked_up.clone()],
            Some(8 * 24 + 4),
        ),
        (
            Status::Delivered,
            vec![announced, picked_up.clone(), delivered],
            Some(49),
        ),
        (
            Status::Returned,
            vec![picked_up.clone(), returned],
            Some(72),
        ),
        // The time of the delivery is unknown.
        (Status::Delivered, vec![picked_up], None),
    ] {
        let took = shipment(status.clone(), &events).in_transit_for(now());

        assert_eq!(
            took,
            hours.map(|hours| Duration::from_secs(hours * HOUR)),
            "{status} {events:?}"
        );
    }
}

#[test]
fn clocks_without_a_zone_count_as_they_read() {
    let naive = [
        (Status::InTransit, "2025-12-02 08:00"),
        (Status::Delivered, "2025-12-03 10:00"),
    ];
    let days = [
        (Status::InTransit, "2025-12-02"),
        (Status::Delivered, "2025-12-04"),
    ];
    let took = |events| {
        shipment(Status::Delivered, events)
            .in_transit_for(now())
            .unwrap()
    };

    assert_eq!(took(&naive).as_secs(), 26 * HOUR);
    assert_eq!(took(&days).as_secs(), 48 * HOUR);
}

#[test]
fn parcel_from_the_future_took_no_time() {
    let shipment = shipment(
        Status::InTransit,
        &[(Status::InTransit, "2026-01-01T00:00:00Z")],
    );

    assert_eq!(shipment.in_transit_for(now()), Some(Duration::ZERO));
}

#[test]
fn proof_is_a_name_or_a_document() {
    let mut shipment = shipment(
        Status::Delivered,
        &[(Status::Delivered, "2025-12-06T10:00:00Z")],
    );
    assert_eq!(shipment.proof_of_delivery(), None);

    shipment.legs[0].events[0].signed_by = Some("A. Person".to_owned());
    let proof = shipment.proof_of_delivery().unwrap();
    assert_eq!(proof.signed_by, Some("A. Person"));
    assert_eq!(proof.time, shipment.delivered_at());

    shipment.signed_by = Some("B. Person".to_owned());
    let mut document = DeliveryDocument::default();
    document.media_type = Some("image/png".to_owned());
    shipment.delivery_document = Some(document.clone());
    let proof = shipment.proof_of_delivery().unwrap();
    assert_eq!(proof.signed_by, Some("B. Person"));
    assert_eq!(proof.document, Some(&document));
}

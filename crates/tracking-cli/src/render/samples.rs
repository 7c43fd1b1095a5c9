//! Shipments for the tests of the output.

use tracking_core::model::EtaSource;
use tracking_core::{
    Courier, Eta, Event, Leg, LegRole, ProviderId, RawStatus, Shipment, Status, StatusReport,
    Timestamp, UtcTime,
};

/// Text without its colours.
pub(crate) fn plain(text: &str) -> String {
    anstream::adapter::strip_str(text).to_string()
}

/// A parcel in a status, without a history.
pub(crate) fn with_status(status: Status) -> Shipment {
    let fetched_at = UtcTime::from_unix_seconds(1_772_440_000).unwrap();

    Shipment::new(
        ProviderId::new("acme"),
        "RA123456789CN",
        StatusReport::new(status),
        fetched_at,
    )
}

/// A parcel from China to Germany with one leg in each country.
pub(crate) fn two_legs() -> Shipment {
    let mut origin = Leg::new(LegRole::Origin);
    origin.courier = Some(Courier::new("cn-post").with_name("China Post"));
    origin.events = vec![
        event(
            "2026-02-20T09:14:00",
            Status::InfoReceived,
            "Info received",
            "",
        ),
        event("2026-02-21T18:40:00", Status::PickedUp, "已收寄", "深圳"),
    ];
    let mut destination = Leg::new(LegRole::Destination);
    destination.courier = Some(Courier::new("dhl"));
    destination.number = Some("00340434161094042557".to_owned());
    destination.events = vec![
        event(
            "2026-03-01T04:11:00+01:00",
            Status::InTransit,
            "Arrived in the country of destination and handed over to customs",
            "Frankfurt am Main, DE",
        ),
        event(
            "2026-03-02T08:15:00+01:00",
            Status::OutForDelivery,
            "With the courier",
            "Leipzig, DE",
        ),
    ];

    let mut shipment = with_status(Status::OutForDelivery);
    shipment.status.raw = RawStatus::new("out_for_delivery".to_owned());
    shipment.id = Some("tracker-1".to_owned());
    shipment.origin_country = Some("CN".to_owned());
    shipment.destination_country = Some("DE".to_owned());
    shipment.legs = vec![origin, destination];
    shipment.etas = vec![
        Eta::new(
            EtaSource::Courier,
            Timestamp::parse("2026-03-02T12:00:00+01:00"),
            "window",
        )
        .with_end(Timestamp::parse("2026-03-02T16:00:00+01:00")),
    ];
    shipment
}

/// One event.
pub(crate) fn event(time: &str, status: Status, description: &str, place: &str) -> Event {
    let mut event = Event::without_id(StatusReport::new(status));
    event.time = Some(Timestamp::parse(time));
    event.description = Some(description.to_owned());
    event.location = (!place.is_empty()).then(|| place.to_owned());
    event
}

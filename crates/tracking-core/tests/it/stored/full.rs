//! A merged shipment in which every field is set that is stored.

use serde_json::json;
use tracking_core::kit::EventOrder;
use tracking_core::merge::{Update, merge};
use tracking_core::model::{DeliveryDocument, EtaSource};
use tracking_core::{
    Completeness, Courier, Detail, Direction, Eta, Event, Leg, LegRole, Precision, Problem,
    RawJson, RawStatus, Reason, Shipment, Status, StatusReport, Timestamp,
};

use crate::parcels::{at, content_event, event, leg, parcel, report};

const HOUR: i64 = 3600;

fn scan(id: &str, day: u8, text: &str) -> Event {
    let time = format!("2025-12-0{day}T10:00:00+01:00");
    let mut scan = event(id, &time, Status::InTransit, text);
    scan.status.raw = RawStatus::new("transit".to_owned())
        .with_fine("T1".to_owned())
        .with_category("moving".to_owned())
        .with_text("Unterwegs".to_owned());
    scan.status.detail = Some(Detail::ArrivedAtHub);
    scan.location = Some("Köln".to_owned());
    scan.courier = Some(Courier::new("testpost").with_name("Test Post"));
    scan.source = Some("testpost-tracking".to_owned());
    scan.order = Some(i64::from(day));
    scan.raw = RawJson::from_string(r#"{"at": 1.50}"#);
    scan
}

fn legs(origin: Vec<Event>, destination: Vec<Event>) -> Vec<Leg> {
    let mut first = leg("testpost", LegRole::Origin, origin);
    first.courier = Some(Courier::new("testpost").with_name("Test Post"));
    first.tracking_url = Some("https://testpost.example/TP0001".to_owned());
    let shipped = Timestamp::parse("2025-12-01");
    first.milestones.claimed.insert(Status::PickedUp, shipped);
    let mut second = leg("otherpost", LegRole::Destination, destination);
    second.number = Some("OP0001".to_owned());
    second.completeness = Completeness::Partial;
    vec![first, second]
}

/// A complete response of that hour.
fn poll(status: StatusReport, hour: i64, legs: Vec<Leg>) -> Update {
    Update::Snapshot(observed(status, hour, legs))
}

fn observed(status: StatusReport, hour: i64, legs: Vec<Leg>) -> Shipment {
    let mut shipment = parcel(Status::Unknown, hour * HOUR, Vec::new());
    shipment.status = status;
    shipment.legs = legs;
    shipment.id = Some("t-1".to_owned());
    shipment.account = Some("testpost-de".to_owned());
    shipment.direction = Direction::Inbound;
    shipment.origin_country = Some("DE".to_owned());
    shipment.destination_country = Some("FR".to_owned());
    shipment.signed_by = Some("A. Person".to_owned());
    let mut document = DeliveryDocument::default();
    document.url = Some("https://example.com/proof.png".to_owned());
    document.media_type = Some("image/png".to_owned());
    document.text = Some("Left at the door".to_owned());
    shipment.delivery_document = Some(document);
    shipment.tracking_url = Some("https://example.com/TP0001".to_owned());
    shipment.provider_gave_up = Some(false);
    shipment.registered_at = Some(at(-HOUR));
    shipment.freshness.provider_updated_at = Some(at(hour * HOUR));
    shipment.linked_numbers = vec!["TP0002".to_owned()];
    let delivered = Timestamp::parse("2025-12-05");
    let claimed = &mut shipment.milestones.claimed;
    claimed.insert(Status::Delivered, delivered);
    let window = Timestamp::parse("2025-12-04T09:00:00");
    let end = Timestamp::parse("2025-12-04T12:00:00");
    let day = Timestamp::parse("2025-12-06");
    shipment.etas = vec![
        Eta::new(EtaSource::Courier, window, "window").with_end(end),
        Eta::new(EtaSource::Predicted, day, "prediction"),
    ];
    let unread = Problem::new("events[1]", "is odd");
    let failed = Problem::of_failed_request("proof", &"no connection");
    shipment.problems = vec![unread.with_raw(RawJson::from_string("[]")), failed];
    shipment.raw = RawJson::from_string(r#"{"number":"TP0001"}"#);
    shipment.finish(EventOrder::OldestFirst);
    shipment
}

/// A response that holds no news for [`full`].
pub(super) fn last_poll() -> Update {
    let [.., poll, _, _] = observations();
    poll
}

/// What five observations leave behind: an event that is revised under another id, one that is
/// retracted, one that is missing, one that only a message has, and a status that was refused.
pub(super) fn full() -> Shipment {
    let merged = observations()
        .into_iter()
        .fold(None, |known, update| Some(merge(known, update).shipment));
    merged.expect("five observations")
}

fn observations() -> [Update; 5] {
    let sorted = scan("e1", 1, "Sorted");
    let mut edited = scan("e1", 1, "Sortiert");
    edited.time = Some(Timestamp::parse("2025-12-01T11:00:00+01:00"));
    edited.location = Some("Bonn".to_owned());
    edited.status.raw.fine = Some("T2".into());
    let mut renamed = edited.clone();
    renamed.key = tracking_core::EventKey::from_provider_id("e1-again");
    let withdrawn = scan("e2", 2, "Loaded");
    let missing = scan("e3", 3, "Unloaded");
    let twice = scan("e4", 4, "Arrived");
    let mut local = content_event("2025-12-04 10:00", "c1", "Angekommen");
    // Only a status table makes an unmapped status, and reading an unknown name.
    local.status.status = serde_json::from_value(json!("teleported")).unwrap();

    let mut lost = report(Status::Exception);
    lost.detail = Some(Detail::Damaged);
    lost.reason = Some(Reason::CarrierDamaged);
    lost.precision = Precision::Coarse;
    lost.raw = scan("", 1, "").status.raw;
    let lost = lost.derived_from("state");
    let mut older = report(Status::InTransit);
    older.detail = Some(Detail::Delayed);

    let mut signed = scan("e5", 5, "Signed for");
    signed.signed_by = Some("A. Person".to_owned());
    signed.origin = tracking_core::Origin::Derived("signature".into());
    let late = observed(older, 1, legs(Vec::new(), vec![signed]));
    let mut facts = observed(lost.clone(), 5, Vec::new());
    facts.reference = Some("order 7".to_owned());
    facts.service = Some("Express".to_owned());

    let origin = vec![
        sorted,
        withdrawn,
        missing.clone(),
        twice.clone(),
        twice.clone(),
    ];
    [
        poll(
            report(Status::InTransit),
            0,
            legs(origin, vec![local.clone()]),
        ),
        poll(
            report(Status::Returning),
            2,
            legs(vec![edited, missing, twice.clone()], vec![local.clone()]),
        ),
        poll(lost, 4, legs(vec![renamed, twice], vec![local])),
        Update::Partial(facts),
        Update::Partial(late),
    ]
}

//! Estimates, signatures and other facts.

use tracking_core::merge::{Change, ChangeKind, Fact, Merged};
use tracking_core::model::{ConflictKind, DeliveryDocument, EtaSource};
use tracking_core::{Eta, Problem, Shipment, Status, StatusReport, Timestamp};

use super::scenes::{HOUR, kinds, on_monday, poll, polls, sorted};
use crate::parcels::at;

fn expected(hour: i64, day: &str) -> Shipment {
    let mut shipment = poll(Status::InTransit, hour, vec![sorted()]);
    shipment.etas.push(Eta::new(
        EtaSource::Courier,
        Timestamp::parse(day),
        "estimate",
    ));
    shipment
}

#[test]
fn estimate_that_moves_is_reported_and_the_first_one_stays() {
    let moved = polls([expected(0, "2025-12-04"), expected(1, "2025-12-05")]);
    let again = moved.shipment.merge(expected(2, "2025-12-06"));

    assert_eq!(kinds(&moved), [ChangeKind::EtaChanged]);
    let days: Vec<&str> = again
        .shipment
        .etas
        .iter()
        .map(|eta| eta.from.text())
        .collect();
    assert_eq!(days, ["2025-12-04", "2025-12-06"]);
    assert_eq!(again.shipment.eta().unwrap().from.text(), "2025-12-06");
}

#[test]
fn estimate_in_another_spelling_is_no_change() {
    let merged = polls([
        expected(0, "2025-12-16T00:00:00.000Z"),
        expected(1, "2025-12-16T00:00:00Z"),
        expected(2, "2025-12-16"),
    ]);

    assert_eq!(merged.changes, []);
    assert_eq!(merged.shipment.etas.len(), 1);
}

#[test]
fn older_response_moves_no_estimate() {
    let merged = expected(10, "2025-12-05").merge(expected(1, "2025-12-09"));

    assert_eq!(merged.changes, []);
    assert_eq!(merged.shipment.etas.len(), 1);
}

#[test]
fn reversed_window_is_a_conflict_until_it_is_corrected() {
    let window = |hour: i64, to: &str| {
        let begin = Timestamp::parse("2025-12-04T18:00:00");
        let window = Eta::new(EtaSource::Courier, begin, "estimate");
        let mut shipment = poll(Status::InTransit, hour, vec![sorted()]);
        shipment.etas = vec![window.with_end(Timestamp::parse(to))];
        shipment
    };
    let conflicts = |merged: &Merged| -> Vec<ConflictKind> {
        merged.shipment.conflicts.iter().map(|it| it.kind).collect()
    };

    let known = window(0, "2025-12-04T20:00:00");
    let reversed = known.merge(window(1, "2025-12-04T14:00:00"));
    let corrected = reversed.shipment.merge(window(2, "2025-12-04T19:00:00"));

    assert_eq!(conflicts(&reversed), [ConflictKind::EtaWindow]);
    assert_eq!(reversed.shipment.eta(), None);
    assert_eq!(conflicts(&corrected), []);
    let end = corrected.shipment.eta().and_then(|eta| eta.to.clone());
    assert_eq!(end, Some(Timestamp::parse("2025-12-04T19:00:00")));
}

#[test]
fn facts_that_a_response_leaves_out_are_kept() {
    let mut known = on_monday();
    known.service = Some("Parcel".to_owned());
    known.registered_at = Some(at(0));
    known.freshness.provider_updated_at = Some(at(5));
    let mut latest = on_monday();
    latest.freshness.fetched_at = at(20);

    let merged = known.merge(latest);

    assert_eq!(merged.changes, []);
    assert_eq!(merged.shipment.service.as_deref(), Some("Parcel"));
    assert_eq!(merged.shipment.registered_at, Some(at(0)));
    assert_eq!(merged.shipment.freshness.fetched_at, at(20));
    assert_eq!(merged.shipment.freshness.provider_updated_at, Some(at(5)));
}

#[test]
fn fact_that_changes_is_named() {
    let mut latest = poll(Status::InTransit, 1, vec![sorted()]);
    latest.service = Some("Express".to_owned());
    latest.tracking_url = Some("https://post.example/TP0001".to_owned());

    let merged = on_monday().merge(latest);

    let facts: Vec<Fact> = merged
        .changes
        .iter()
        .filter_map(|change| match change {
            Change::FactChanged { fact, .. } => Some(*fact),
            _ => None,
        })
        .collect();
    assert_eq!(facts, [Fact::Service, Fact::TrackingUrl]);
}

#[test]
fn signature_is_a_change_and_its_text_has_no_name() {
    let mut latest = poll(Status::InTransit, 1, vec![sorted()]);
    latest.signed_by = Some("Erika Muster".to_owned());

    let merged = on_monday().merge(latest);

    assert_eq!(kinds(&merged), [ChangeKind::Signed]);
    assert_eq!(merged.changes[0].to_string(), "signed for");
}

#[test]
fn document_of_the_delivery_is_kept_and_reported_once() {
    let mut message = poll(Status::Unknown, 1, Vec::new());
    message.status = StatusReport::new(Status::Unknown);
    let mut document = DeliveryDocument::default();
    document.url = Some("https://example.com/proof.pdf".to_owned());
    message.delivery_document = Some(document.clone());

    let first = on_monday().merge_partial(message.clone());
    let again = first.shipment.merge_partial(message);
    let polled = again
        .shipment
        .merge(poll(Status::InTransit, 2, vec![sorted()]));

    let facts = |merged: &Merged| {
        merged
            .changes
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
    };
    assert_eq!(facts(&first), ["changed: delivery document"]);
    assert_eq!(facts(&again), Vec::<String>::new());
    assert_eq!(facts(&polled), Vec::<String>::new());
    assert_eq!(polled.shipment.delivery_document, Some(document));
}

#[test]
fn problems_end_with_the_next_good_response() {
    let mut faulty = poll(Status::InTransit, 1, vec![sorted()]);
    faulty.problems.push(Problem::new("events[1]", "odd"));

    let merged = polls([
        on_monday(),
        faulty,
        poll(Status::InTransit, 2, vec![sorted()]),
    ]);

    assert_eq!(merged.shipment.problems, []);
    assert_eq!(merged.changes, []);
}

#[test]
fn milestones_follow_the_merged_events() {
    let earlier = crate::parcels::event(
        "e0",
        "2025-11-30T10:00:00+01:00",
        Status::InTransit,
        "Collected",
    );

    let merged = on_monday().merge_partial(poll(Status::InTransit, 1, vec![earlier]));

    let first = &merged.shipment.milestones.computed[&Status::InTransit];
    assert_eq!(first.text(), "2025-11-30T10:00:00+01:00");
}

#[test]
fn giving_up_is_kept_until_the_provider_says_otherwise() {
    let said = |gave_up: Option<bool>| {
        let mut shipment = on_monday();
        shipment.provider_gave_up = gave_up;
        shipment
    };
    let merged = |known, latest| {
        said(known)
            .merge_partial(said(latest))
            .shipment
            .provider_gave_up
    };

    assert_eq!(merged(Some(true), None), Some(true));
    assert_eq!(merged(None, Some(false)), Some(false));
    assert_eq!(merged(None, None), None);
}

#[test]
fn fact_in_another_spelling_is_no_change() {
    let known = |linked: &str, service: &str, signer: &str, country: &str, reference: &str| {
        let mut shipment = on_monday();
        shipment.linked_numbers = vec![linked.to_owned()];
        shipment.service = Some(service.to_owned());
        shipment.signed_by = Some(signer.to_owned());
        shipment.legs[0].events[0].signed_by = Some(signer.to_owned());
        shipment.origin_country = Some(country.to_owned());
        shipment.reference = Some(reference.to_owned());
        shipment
    };
    let mut latest = known("ab123456", "EXPRESS", "J. MAYER", "de", "R-1 ");
    latest.freshness.fetched_at = at(HOUR);

    let merged = known("AB 123 456", "Express", "J. Mayer", "DE", "R-1").merge(latest);

    assert_eq!(merged.changes, []);
    assert_eq!(merged.shipment.linked_numbers, ["AB 123 456"]);
    assert_eq!(merged.shipment.service.as_deref(), Some("Express"));
}

#[test]
fn fact_that_a_message_repeats_is_newer_than_a_message_between() {
    let message = |second: i64, service: &str| {
        let mut shipment = poll(Status::InTransit, 0, vec![sorted()]);
        shipment.service = Some(service.to_owned());
        shipment.freshness.provider_updated_at = Some(at(second));
        shipment
    };

    let known = message(10, "Express").merge_partial(message(30, "EXPRESS"));
    let late = known.shipment.merge_partial(message(20, "Economy"));

    assert_eq!(late.changes, []);
    assert_eq!(late.shipment.service.as_deref(), Some("Express"));
}

//! What a look at a parcel changes in what is known of it.

use std::time::Duration;

use tracking_core::cadence::Cadence;
use tracking_core::look::{self, Known, Look};
use tracking_core::merge::ChangeKind;
use tracking_core::{
    Error, ErrorKind, Outcome, ProviderId, RawJson, Shipment, Status, StatusReport, Target,
    TrackRequest, UtcTime,
};

/// 2026-03-02T09:00:00Z.
const BEGIN: i64 = 1_772_442_000;

fn at(seconds: i64) -> UtcTime {
    UtcTime::from_unix_seconds(BEGIN + seconds).unwrap()
}

fn shipment(number: &str, status: Status, seconds: i64) -> Shipment {
    let status = StatusReport::new(status);
    let mut shipment = Shipment::new(ProviderId::new("acme"), number, status, at(seconds));
    shipment.raw = RawJson::from_string(r#"{"of":"the provider"}"#);
    shipment
}

fn look(known: &mut Known, result: Result<Outcome, &Error>, seconds: i64) -> Look {
    known.look("acme A1", result, at(seconds), &Cadence::default())
}

fn found(shipments: impl Into<Vec<Shipment>>) -> Result<Outcome, &'static Error> {
    Ok(Outcome::Found(shipments.into()))
}

#[test]
fn first_sight_is_a_state_and_later_ones_are_changes() {
    let mut known = Known::new(at(0));

    let first = look(&mut known, found([shipment("A1", Status::InTransit, 0)]), 0);
    assert_eq!(first.seen.len(), 1);
    assert!(first.seen[0].is_first && first.seen[0].changes.is_empty());
    assert_eq!(known.news_at, None);
    assert!(known.shipments[0].raw.is_null());

    let same = look(
        &mut known,
        found([shipment("A1", Status::InTransit, 60)]),
        60,
    );
    assert_eq!(same.seen, []);

    let last = look(
        &mut known,
        found([shipment("A1", Status::Delivered, 120)]),
        120,
    );
    let [seen] = last.seen.as_slice() else {
        panic!("{last:?}")
    };
    assert!(!seen.is_first);
    assert_eq!(seen.changes[0].kind(), ChangeKind::StatusChanged);
    assert!(seen.headline.is_some());
    assert_eq!(known.news_at, Some(at(120)));
}

#[test]
fn parcel_that_was_unknown_appears_with_changes() {
    let mut known = Known::new(at(0));
    assert_eq!(look(&mut known, Ok(Outcome::NotFound), 0).seen, []);
    assert!(known.was_unknown);

    let appeared = look(
        &mut known,
        found([shipment("A1", Status::InTransit, 60)]),
        60,
    );

    assert!(!appeared.seen[0].is_first);
    assert_eq!(
        appeared.seen[0].changes[0].kind(),
        ChangeKind::StatusChanged
    );
}

#[test]
fn parcel_that_appears_without_news_is_seen_for_the_first_time() {
    let mut known = Known::new(at(0));
    look(&mut known, Ok(Outcome::NotRegistered), 0);
    assert!(known.was_unknown);

    let appeared = look(
        &mut known,
        found([shipment("A1", Status::NotFound, 60)]),
        60,
    );

    let [seen] = appeared.seen.as_slice() else {
        panic!("{appeared:?}")
    };
    assert!(seen.is_first && seen.changes.is_empty());
    assert_eq!(known.news_at, None);
}

#[test]
fn second_parcel_of_a_number_has_its_own_index() {
    let of = |id: &str, status, seconds| {
        let mut shipment = shipment("A1", status, seconds);
        shipment.id = Some(id.to_owned());
        shipment
    };
    let mut known = Known::new(at(0));
    let both = [of("a", Status::Delivered, 0), of("b", Status::InTransit, 0)];
    look(&mut known, found(both), 0);

    let later = [
        of("a", Status::Delivered, 60),
        of("b", Status::OutForDelivery, 60),
    ];
    let look = look(&mut known, found(later), 60);

    let seen: Vec<usize> = look.seen.iter().map(|it| it.index).collect();
    assert_eq!(seen, [1]);
    assert_eq!(known.shipments[1].id.as_deref(), Some("b"));
}

#[test]
fn failure_changes_nothing_but_the_next_look() {
    let mut known = Known::new(at(0));
    look(&mut known, found([shipment("A1", Status::InTransit, 0)]), 0);
    let before = known.shipments.clone();
    let error = Error::new(ErrorKind::RateLimited, "acme", "too many requests")
        .with_retry_after(Duration::from_secs(7200));

    let failed = look(&mut known, Err(&error), 60);

    assert_eq!(known.failures, 1);
    assert_eq!(known.shipments, before);
    assert_eq!(failed.next, Some(at(60 + 7200)));
    look(&mut known, Ok(Outcome::NotFound), 120);
    assert_eq!(known.failures, 0);
}

#[test]
fn parcel_that_is_gone_rests() {
    let mut known = Known::new(at(0));

    assert_eq!(look(&mut known, Ok(Outcome::Gone), 0).next, None);
}

#[test]
fn known_parcel_is_requested_by_id_and_never_registered() {
    let request = || TrackRequest::number("A1").with_register(true);
    assert_eq!(look::request(request(), &[]), request());

    let mut known = shipment("A1", Status::InTransit, 0);
    let by_number = look::request(request(), std::slice::from_ref(&known));
    assert_eq!(by_number, TrackRequest::number("A1"));

    known.id = Some("t-1".to_owned());
    known.can_ask_by_id = true;
    let by_id = look::request(request(), std::slice::from_ref(&known));
    assert_eq!(by_id.target, Target::Id("t-1".to_owned()));
    assert!(!by_id.register);
    let two = [known.clone(), known];
    let by_number = look::request(request(), &two);
    assert_eq!(by_number, TrackRequest::number("A1"));
}

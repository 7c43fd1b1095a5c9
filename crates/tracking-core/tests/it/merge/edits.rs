//! What is the same event, and what is edited.

use tracking_core::kit::EventOrder;
use tracking_core::merge::{ChangeKind, EventField};
use tracking_core::{Event, RawStatus, Shipment, Status, Timestamp};

use super::scenes::{MONDAY, TUESDAY, kinds, on_monday, poll, polls, sorted, with_provider_clock};
use crate::parcels::{content_event, event, keys};

/// An event without an id, with a place.
fn scan(time: &str, text: &str, place: &str) -> Event {
    let mut event = content_event(time, "t1", text);
    event.location = Some(place.to_owned()).filter(|place| !place.is_empty());
    event
}

/// A complete response of that hour with scans, newest first.
fn scans(hour: i64, scans: &[(&str, &str, &str)]) -> Shipment {
    let events = scans
        .iter()
        .map(|(time, text, place)| scan(time, text, place));
    let mut shipment = poll(Status::InTransit, hour, events.collect());
    shipment.finish(EventOrder::NewestFirst);
    shipment
}

fn fields(merged: &tracking_core::merge::Merged) -> Vec<EventField> {
    let fields = merged.changes.iter().filter_map(|change| match change {
        tracking_core::merge::Change::Revised { fields, .. } => Some(fields.clone()),
        _ => None,
    });
    fields.flatten().collect()
}

#[test]
fn edited_text_is_a_revision_and_the_earlier_text_stays() {
    let mut latest = poll(Status::InTransit, 1, vec![sorted()]);
    latest.legs[0].events[0].description = Some("Sortiert".to_owned());

    let merged = on_monday().merge(latest);

    assert_eq!(kinds(&merged), [ChangeKind::Revised]);
    assert_eq!(fields(&merged), [EventField::Text]);
    let event = &merged.shipment.legs[0].events[0];
    assert_eq!(event.description.as_deref(), Some("Sortiert"));
    assert_eq!(event.revisions[0].description.as_deref(), Some("Sorted"));
}

#[test]
fn every_edited_field_under_an_id_is_reported() {
    let mut latest = poll(Status::Exception, 1, vec![sorted()]);
    let event = &mut latest.legs[0].events[0];
    event.time = Some(Timestamp::parse(TUESDAY));
    event.location = Some("Bonn".to_owned());
    event.status.status = Status::Exception;
    event.status.raw = RawStatus::new("exception".to_owned());

    let merged = on_monday().merge(latest);

    assert_eq!(
        fields(&merged),
        [
            EventField::Time,
            EventField::Status,
            EventField::Place,
            EventField::Code
        ]
    );
    assert_eq!(keys(&merged.shipment), ["e1"]);
}

#[test]
fn spelling_of_time_text_and_place_is_no_change() {
    let known = scans(0, &[("2026-03-02 09:00", "Arrivé à Köln", "Köln  West")]);

    for (time, text, place) in [
        ("2026-03-02T09:00:00", "ARRIVÉ À KÖLN", "Köln West"),
        (
            "2026-03-02 09:00:00.000",
            "Arrive\u{301} a\u{300} Ko\u{308}ln",
            "KÖLN WEST ",
        ),
    ] {
        let merged = known.merge(scans(1, &[(time, text, place)]));

        assert_eq!(merged.changes, []);
        let event = &merged.shipment.legs[0].events[0];
        assert_eq!(event.time.as_ref().unwrap().text(), "2026-03-02 09:00");
        assert_eq!(event.description.as_deref(), Some("Arrivé à Köln"));
        assert_eq!(merged.shipment.legs[0].events.len(), 1);
    }
}

#[test]
fn instants_of_any_zone_are_one_time() {
    let known = scans(0, &[("2026-03-02T09:00:00Z", "Sorted", "Bonn")]);

    for time in ["2026-03-02T09:00:00.000Z", "2026-03-02T10:00:00+01:00"] {
        assert_eq!(
            known.merge(scans(1, &[(time, "Sorted", "Bonn")])).changes,
            []
        );
    }
}

#[test]
fn scans_of_one_minute_at_other_places_are_events_of_their_own() {
    let minute = "2026-03-02 09:00";
    let known = scans(
        0,
        &[
            (minute, "Processed", "HUB B"),
            (minute, "Processed", "HUB A"),
        ],
    );
    assert_eq!(known.legs[0].events.len(), 2);

    let merged = known.merge(scans(
        1,
        &[
            (minute, "Processed", "HUB C"),
            (minute, "Processed", "HUB B"),
            (minute, "Processed", "HUB A"),
        ],
    ));

    assert_eq!(kinds(&merged), [ChangeKind::Added]);
    let added = merged.changes[0].event().unwrap();
    assert_eq!(added.location.as_deref(), Some("HUB C"));
}

#[test]
fn copies_in_every_field_are_one_event() {
    let minute = ("2026-03-02 09:00", "Processed", "HUB A");

    let shipment = scans(0, &[minute, minute, minute]);

    assert_eq!(shipment.legs[0].events.len(), 1);
    assert_eq!(shipment.legs[0].events[0].copies, 3);
    assert_eq!(shipment.duplicates_dropped, 2);
    assert_eq!(
        shipment.merge(scans(1, &[minute, minute, minute])).changes,
        []
    );
}

#[test]
fn edited_place_of_one_scan_is_a_revision() {
    let known = scans(0, &[(MONDAY, "Sorted", "DE, Köln")]);

    let merged = known.merge(scans(1, &[(MONDAY, "Sorted", "Köln")]));

    assert_eq!(fields(&merged), [EventField::Place]);
    assert_eq!(merged.shipment.legs[0].events.len(), 1);
}

#[test]
fn translated_text_without_an_id_is_a_revision() {
    let known = scans(0, &[(MONDAY, "Sorted", "Köln")]);

    let merged = known.merge(scans(1, &[(MONDAY, "Sortiert", "Köln")]));

    assert_eq!(fields(&merged), [EventField::Text]);
}

#[test]
fn one_event_gone_and_two_new_ones_are_no_edit() {
    let known = scans(0, &[(MONDAY, "Sorted", "")]);
    let two = [(MONDAY, "Two", ""), (MONDAY, "One", "")];

    let merged = known.merge(scans(1, &two));

    assert_eq!(kinds(&merged), [ChangeKind::Added, ChangeKind::Added]);
    assert_eq!(merged.shipment.legs[0].events.len(), 3);
}

#[test]
fn shifted_times_are_corrected_and_not_new() {
    let known = scans(
        0,
        &[
            ("2026-03-02 09:00", "Departed", "Y"),
            ("2026-03-01 08:00", "Accepted", "X"),
        ],
    );

    let merged = known.merge(scans(
        1,
        &[
            ("2026-03-02 08:00", "Departed", "Y"),
            ("2026-03-01 07:00", "Accepted", "X"),
        ],
    ));

    assert_eq!(kinds(&merged), [ChangeKind::Revised, ChangeKind::Revised]);
    assert_eq!(fields(&merged), [EventField::Time, EventField::Time]);
    assert_eq!(merged.shipment.legs[0].events.len(), 2);
}

#[test]
fn key_stays_through_every_edit() {
    let first = scans(0, &[(MONDAY, "Sorted", "Köln")]);
    let key = first.legs[0].events[0].key.clone();

    let merged = polls([
        first,
        scans(1, &[(MONDAY, "Sortiert", "Köln")]),
        scans(2, &[(MONDAY, "Sortiert", "Köln West")]),
        scans(3, &[(TUESDAY, "Sortiert", "Köln West")]),
    ]);

    let event = &merged.shipment.legs[0].events[0];
    assert_eq!(merged.shipment.legs[0].events.len(), 1);
    assert_eq!(event.key, key);
    assert_eq!(event.revisions.len(), 3);
}

#[test]
fn old_message_with_an_earlier_text_takes_nothing_back() {
    let edited = polls([
        scans(0, &[(MONDAY, "Sorted", "Köln")]),
        scans(1, &[(MONDAY, "Sortiert", "Köln")]),
    ]);

    let merged = edited
        .shipment
        .merge_partial(scans(2, &[(MONDAY, "Sorted", "Köln")]));

    assert_eq!(merged.changes, []);
    let event = &merged.shipment.legs[0].events[0];
    assert_eq!(event.description.as_deref(), Some("Sortiert"));
}

#[test]
fn text_that_is_edited_back_at_a_newer_time_is_a_revision() {
    let merged = polls([
        scans(0, &[(MONDAY, "Sorted", "Köln")]),
        scans(1, &[(MONDAY, "Sortiert", "Köln")]),
        scans(2, &[(MONDAY, "Sorted", "Köln")]),
    ]);

    assert_eq!(fields(&merged), [EventField::Text]);
    let event = &merged.shipment.legs[0].events[0];
    assert_eq!(event.description.as_deref(), Some("Sorted"));
}

#[test]
fn unreadable_field_costs_neither_the_event_nor_its_value() {
    let whole = || {
        scans(
            0,
            &[
                (MONDAY, "Sorted", "Köln"),
                ("2025-11-30", "Accepted", "Bonn"),
            ],
        )
    };
    let breaks: [fn(&mut Event); 4] = [
        |event| event.time = None,
        |event| event.description = None,
        |event| event.location = None,
        |event| event.status.raw = RawStatus::new(None),
    ];

    for (index, broken) in breaks.into_iter().enumerate() {
        let mut faulty = whole();
        faulty.freshness.fetched_at = crate::parcels::at(3600);
        faulty.legs[0].events.iter_mut().for_each(broken);

        let merged = whole().merge(faulty.clone());
        assert_eq!(merged.changes, [], "field {index}");

        // The other way round the good response completes the faulty one.
        let mut good = whole();
        good.freshness.fetched_at = crate::parcels::at(7200);
        let merged = faulty.merge(good);
        let added = kinds(&merged).contains(&ChangeKind::Added);
        assert!(!added, "field {index}: {:?}", kinds(&merged));
        assert_eq!(merged.shipment.legs[0].events.len(), 2, "field {index}");
    }
}

#[test]
fn new_ids_for_all_events_of_a_complete_list_change_nothing() {
    let mut latest = poll(Status::InTransit, 1, vec![sorted()]);
    latest.legs[0].events[0].key = tracking_core::EventKey::from_provider_id("renamed");

    let merged = on_monday().merge(latest);
    let message = {
        let mut message = poll(Status::InTransit, 2, vec![sorted()]);
        message.legs[0].events[0].key = tracking_core::EventKey::from_provider_id("renamed");
        message
    };
    let again = merged.shipment.merge_partial(message);

    assert_eq!(merged.changes, []);
    assert_eq!(keys(&merged.shipment), ["e1"]);
    assert_eq!(again.changes, []);
}

#[test]
fn other_id_in_a_message_is_another_event() {
    let mut message = poll(Status::InTransit, 1, vec![sorted()]);
    message.legs[0].events[0].key = tracking_core::EventKey::from_provider_id("e9");

    let merged = on_monday().merge_partial(message);

    assert_eq!(kinds(&merged), [ChangeKind::Added]);
}

#[test]
fn one_id_for_different_events_loses_none() {
    let mut other = sorted();
    other.time = Some(Timestamp::parse(TUESDAY));
    let response = || poll(Status::InTransit, 0, vec![sorted(), other.clone()]);

    let merged = polls([response(), response()]);

    assert_eq!(keys(&merged.shipment), ["e1", "e1#2"]);
    assert_eq!(merged.changes, []);
}

#[test]
fn older_message_does_not_take_an_edit_back() {
    let mut edited = sorted();
    edited.description = Some("Sortiert".to_owned());
    let known = with_provider_clock(poll(Status::InTransit, 0, vec![edited]), 100);

    let merged = known.merge_partial(with_provider_clock(on_monday(), 50));

    assert_eq!(merged.changes, []);
    let event = &merged.shipment.legs[0].events[0];
    assert_eq!(event.description.as_deref(), Some("Sortiert"));
    assert_eq!(event.revisions[0].description.as_deref(), Some("Sorted"));
}

#[test]
fn code_that_is_edited_alone_is_a_change() {
    let coded = |code: &str, hour| {
        let mut scan = event("e1", MONDAY, Status::InTransit, "Sorted");
        scan.status.raw.fine = Some(code.to_owned().into());
        poll(Status::InTransit, hour, vec![scan])
    };

    let merged = coded("T1", 0).merge(coded("T2", 1));
    let spelled = coded("T1", 0).merge(coded(" t1", 1));

    assert_eq!(fields(&merged), [EventField::Code]);
    assert_eq!(
        merged.changes[0].to_string(),
        "corrected (code): 2025-12-01T10:00:00+01:00 In transit: Sorted (before: T1)"
    );
    assert_eq!(spelled.changes, []);
}

/// The times of the events that are not withdrawn.
fn times(shipment: &Shipment) -> Vec<&str> {
    let kept = shipment.legs[0].events.iter();
    let kept = kept.filter(|event| !event.retracted);
    kept.map(|event| event.time.as_ref().map_or("", Timestamp::text))
        .collect()
}

#[test]
fn time_that_is_stated_more_exactly_is_one_correction() {
    for (rough, exact) in [
        ("2026-03-02 09:00", "2026-03-02T09:00:00+01:00"),
        ("2026-03-02", "2026-03-02 09:00"),
        ("2026-03-02", "2026-03-02T09:00:00+01:00"),
        // Another zone: the first one was a guess.
        ("2026-03-02T09:00:00Z", "2026-03-02T09:00:00+01:00"),
    ] {
        let known = scans(0, &[(rough, "Sorted", "")]);

        let corrected = known.merge(scans(1, &[(exact, "Sorted", "")]));
        let later = corrected.shipment.merge(scans(2, &[(exact, "Sorted", "")]));
        let later = later.shipment.merge(scans(3, &[(exact, "Sorted", "")]));

        assert_eq!(kinds(&corrected), [ChangeKind::Revised], "{rough}");
        assert_eq!(fields(&corrected), [EventField::Time]);
        assert_eq!(times(&corrected.shipment), [exact]);
        assert_eq!(later.changes, []);
    }
}

#[test]
fn time_that_is_stated_less_exactly_is_no_change() {
    let exact = "2026-03-02T09:00:00+01:00";
    let known = scans(0, &[(exact, "Sorted", "")]);

    for rough in ["2026-03-02 09:00", "2026-03-02"] {
        let first = known.merge(scans(1, &[(rough, "Sorted", "")]));
        let second = first.shipment.merge(scans(2, &[(rough, "Sorted", "")]));
        let back = second.shipment.merge(scans(3, &[(exact, "Sorted", "")]));

        for merged in [first, second, back] {
            assert_eq!(merged.changes, [], "{rough}");
            assert_eq!(times(&merged.shipment), [exact]);
        }
    }
}

#[test]
fn message_without_zone_finds_its_event() {
    let known = scans(0, &[("2026-03-02T09:00:00+01:00", "Sorted", "Bonn")]);

    let rough = known.merge_partial(scans(1, &[("2026-03-02 09:00", "Sorted", "Bonn")]));
    let day = known.merge_partial(scans(1, &[("2026-03-02", "Sorted", "Bonn")]));

    assert_eq!(rough.changes, []);
    // A message that names the day may be about another scan of that day.
    assert_eq!(times(&day.shipment).len(), 2);
}

#[test]
fn two_scans_of_one_day_are_not_the_known_one() {
    let known = scans(0, &[("2026-03-02", "Sorted", "")]);
    let both = [
        ("2026-03-02 11:00", "Sorted", ""),
        ("2026-03-02 09:00", "Sorted", ""),
    ];

    let merged = known.merge(scans(1, &both));

    assert_eq!(kinds(&merged), [ChangeKind::Added, ChangeKind::Added]);
}

#[test]
fn two_times_are_two_scans_beside_an_event_without_a_time() {
    let known = scans(0, &[("2026-03-02 09:00", "Sorted", "")]);
    let message = [
        ("soon", "Sorted", "Bonn"),
        ("2026-03-03 09:00", "Sorted", "Bonn"),
    ];

    let merged = known.merge_partial(scans(1, &message));

    assert!(times(&merged.shipment).contains(&"2026-03-02 09:00"));
    assert!(times(&merged.shipment).contains(&"2026-03-03 09:00"));
    let again = merged.shipment.merge_partial(scans(1, &message));
    assert_eq!(again.changes, []);
}

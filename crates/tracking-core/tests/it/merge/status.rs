//! Which status is taken over, and what is said about the others.

use tracking_core::merge::{Change, ChangeKind};
use tracking_core::model::{AttentionLimits, ConflictKind};
use tracking_core::{
    Completeness, Detail, Precision, RawStatus, Reason, Shipment, Status, StatusReport, UtcTime,
};

use super::scenes::{
    HOUR, MONDAY, TUESDAY, WEDNESDAY, handed_over, kinds, loaded, on_monday, poll, polls, sorted,
    with_provider_clock,
};
use crate::parcels::{at, event};

fn delivered(hour: i64) -> Shipment {
    poll(Status::Delivered, hour, vec![sorted(), handed_over()])
}

#[test]
fn new_event_and_new_status_are_reported() {
    let merged = on_monday().merge(delivered(1));

    assert_eq!(
        kinds(&merged),
        [ChangeKind::Added, ChangeKind::StatusChanged]
    );
    assert_eq!(merged.shipment.status.status, Status::Delivered);
    assert_eq!(merged.refused().count(), 0);
}

#[test]
fn late_event_takes_its_place_and_moves_no_status() {
    let known = with_provider_clock(on_monday(), 100);
    let late = event(
        "e0",
        "2025-11-30T10:00:00+01:00",
        Status::PickedUp,
        "Collected",
    );
    let message = with_provider_clock(poll(Status::PickedUp, 1, vec![late]), 90);

    let merged = known.merge_partial(message);

    assert_eq!(kinds(&merged), [ChangeKind::Late, ChangeKind::Late]);
    assert_eq!(merged.shipment.status.status, Status::InTransit);
    assert!(merged.changes[0].is_applied());
    assert!(!merged.changes[1].is_applied());
}

#[test]
fn late_message_does_not_move_delivered_back() {
    let merged = delivered(0).merge_partial(poll(Status::OutForDelivery, 1, vec![loaded()]));

    assert_eq!(kinds(&merged), [ChangeKind::Late, ChangeKind::Late]);
    assert_eq!(merged.shipment.status.status, Status::Delivered);
}

#[test]
fn fall_without_proof_is_refused_and_reported_once() {
    let known = poll(Status::OutForDelivery, 0, vec![sorted()]);
    let mut fall = on_monday();
    fall.freshness.fetched_at = at(30);

    let first = known.merge(fall.clone());
    fall.freshness.fetched_at = at(50);
    let second = first.shipment.merge(fall);

    assert_eq!(kinds(&first), [ChangeKind::Regressed]);
    assert_eq!(first.shipment.status.status, Status::OutForDelivery);
    assert_eq!(second.changes, []);
}

#[test]
fn fall_that_an_hour_proves_is_taken_over() {
    let known = poll(Status::OutForDelivery, 0, vec![sorted()]);

    let merged = known.merge(poll(Status::InTransit, 1, vec![sorted()]));

    assert_eq!(kinds(&merged), [ChangeKind::StatusChanged]);
}

#[test]
fn another_refused_status_is_reported_again() {
    let known = poll(Status::Delivered, 0, vec![sorted(), handed_over()]);

    let first = known.merge(poll(Status::InTransit, 1, vec![sorted(), handed_over()]));
    let second = first
        .shipment
        .merge(poll(Status::PickedUp, 2, vec![sorted(), handed_over()]));
    let third = second
        .shipment
        .merge(poll(Status::InTransit, 3, vec![sorted(), handed_over()]));

    assert_eq!(kinds(&first), [ChangeKind::LeftTerminal]);
    assert_eq!(kinds(&second), [ChangeKind::LeftTerminal]);
    assert_eq!(third.changes, []);
}

#[test]
fn status_without_a_rank_does_not_launder_a_fall() {
    let known = poll(Status::OutForDelivery, 0, vec![sorted()]);
    let mut problem = poll(Status::Exception, 0, vec![sorted()]);
    problem.freshness.fetched_at = at(20);
    let mut fall = on_monday();
    fall.freshness.fetched_at = at(40);

    let exception = known.merge(problem);
    let merged = exception.shipment.merge(fall);

    assert_eq!(exception.shipment.status.status, Status::Exception);
    assert_eq!(kinds(&merged), [ChangeKind::Regressed,]);
    assert_eq!(merged.shipment.status.status, Status::Exception);
}

#[test]
fn message_that_ends_before_what_is_known_moves_nothing_back() {
    let known = with_provider_clock(poll(Status::OutForDelivery, 0, vec![loaded()]), 50);
    let message = with_provider_clock(poll(Status::InTransit, 1, vec![sorted()]), 60);

    let merged = known.merge_partial(message);

    assert_eq!(kinds(&merged), [ChangeKind::Late, ChangeKind::Regressed]);
    assert_eq!(merged.shipment.status.status, Status::OutForDelivery);
}

#[test]
fn back_to_transit_with_a_newer_event_is_normal() {
    let tried = event("e1", MONDAY, Status::AttemptFailed, "Nobody home");
    let back = event("e2", TUESDAY, Status::InTransit, "Back in the depot");
    let known = poll(Status::AttemptFailed, 0, vec![tried.clone()]);

    let merged = known.merge(poll(Status::InTransit, 0, vec![tried, back]));

    assert_eq!(
        kinds(&merged),
        [
            ChangeKind::Added,
            ChangeKind::StatusChanged,
            ChangeKind::AttentionChanged
        ]
    );
}

#[test]
fn complete_response_with_more_events_is_newer() {
    let known = with_provider_clock(poll(Status::OutForDelivery, 10, vec![loaded()]), 500);
    let more = vec![
        loaded(),
        event("e9", WEDNESDAY, Status::InTransit, "Back in the depot"),
    ];

    let merged = known.merge(with_provider_clock(poll(Status::InTransit, 0, more), 100));

    assert_eq!(
        kinds(&merged),
        [ChangeKind::Added, ChangeKind::StatusChanged]
    );
}

#[test]
fn scan_after_delivery_does_not_reopen() {
    let mut events = vec![sorted(), handed_over()];
    events.push(event(
        "e4",
        "2025-12-04T10:00:00+01:00",
        Status::InTransit,
        "Scan",
    ));

    let merged = delivered(0).merge(poll(Status::InTransit, 1, events));

    assert_eq!(
        kinds(&merged),
        [ChangeKind::Added, ChangeKind::LeftTerminal]
    );
    assert_eq!(merged.shipment.status.status, Status::Delivered);
}

#[test]
fn attempt_between_two_deliveries_does_not_reopen() {
    let again = |id, hour, status| {
        let time = format!("2025-12-04T{hour}:00:00+01:00");
        event(id, &time, status, "Again")
    };
    let mut events = vec![
        sorted(),
        handed_over(),
        again("e4", 10, Status::AttemptFailed),
        again("e5", 15, Status::Delivered),
    ];
    let known = poll(Status::Delivered, 0, events.clone());

    let same = known
        .clone()
        .merge(poll(Status::InTransit, 1, events.clone()));
    events.push(again("e6", 16, Status::InTransit));
    let scanned = known.merge(poll(Status::InTransit, 1, events));

    assert_eq!(kinds(&same), [ChangeKind::LeftTerminal]);
    assert_eq!(
        kinds(&scanned),
        [ChangeKind::Added, ChangeKind::LeftTerminal]
    );
    assert_eq!(scanned.shipment.status.status, Status::Delivered);
}

#[test]
fn act_after_delivery_reopens() {
    let mut events = vec![sorted(), handed_over()];
    events.push(event(
        "e4",
        "2025-12-04T10:00:00+01:00",
        Status::AttemptFailed,
        "Nobody home",
    ));
    let latest = poll(Status::AttemptFailed, 1, events);

    let merged = delivered(0).merge(latest.clone());
    let by_message = delivered(0).merge_partial(latest);

    assert_eq!(
        kinds(&merged),
        [
            ChangeKind::Added,
            ChangeKind::Reopened,
            ChangeKind::AttentionChanged
        ]
    );
    assert_eq!(merged.shipment.status.status, Status::AttemptFailed);
    assert_eq!(
        kinds(&by_message),
        [ChangeKind::Added, ChangeKind::LeftTerminal]
    );
}

#[test]
fn withdrawn_delivery_reopens_when_it_is_retracted() {
    let withdrawn = |hour| poll(Status::OutForDelivery, hour, vec![sorted(), loaded()]);
    let known = poll(
        Status::Delivered,
        0,
        vec![sorted(), loaded(), handed_over()],
    );

    let once = known.merge(withdrawn(1));
    let twice = once.shipment.merge(withdrawn(2));

    assert_eq!(kinds(&once), [ChangeKind::LeftTerminal]);
    assert_eq!(once.shipment.status.status, Status::Delivered);
    assert_eq!(kinds(&twice), [ChangeKind::Retracted, ChangeKind::Reopened]);
    assert_eq!(twice.shipment.status.status, Status::OutForDelivery);
}

#[test]
fn delivery_after_a_return_is_never_a_plain_fact() {
    let returning = event("e2", TUESDAY, Status::Returning, "Refused, goes back");
    let known = poll(Status::Returning, 0, vec![sorted(), returning.clone()]);
    let latest = poll(
        Status::Delivered,
        1,
        vec![sorted(), returning, handed_over()],
    );

    let merged = known.merge(latest.clone());
    let mut alone = latest;
    alone.finish(tracking_core::kit::EventOrder::OldestFirst);

    for shipment in [&merged.shipment, &alone] {
        assert_eq!(shipment.status.status, Status::Delivered);
        assert_eq!(shipment.status.precision, Precision::Ambiguous);
        let kinds: Vec<ConflictKind> = shipment.conflicts.iter().map(|it| it.kind).collect();
        assert!(kinds.contains(&ConflictKind::DeliveredAfterReturn));
        assert!(shipment.needs_attention(&AttentionLimits::new(UtcTime::now())));
    }
    let headline = merged.headline().unwrap();
    assert!(headline.contains("on its way back"), "{headline}");
}

#[test]
fn return_is_remembered_without_its_event() {
    let known = poll(Status::Returning, 0, vec![sorted()]);

    let merged = known.merge(poll(Status::Delivered, 1, vec![sorted(), handed_over()]));

    assert_eq!(merged.shipment.status.precision, Precision::Ambiguous);
}

#[test]
fn final_status_after_another_one_is_a_change() {
    let returned = event("e4", "2025-12-05T10:00:00+01:00", Status::Returned, "Back");

    let merged = delivered(0).merge_partial(poll(Status::Returned, 1, vec![returned]));

    assert_eq!(
        kinds(&merged),
        [
            ChangeKind::Added,
            ChangeKind::StatusChanged,
            ChangeKind::AttentionChanged
        ]
    );
}

#[test]
fn exception_that_turns_out_to_be_a_loss_is_a_change() {
    let known = poll(Status::Exception, 0, vec![sorted()]);
    let mut latest = poll(Status::Exception, 1, vec![sorted()]);
    latest.status.detail = Some(Detail::Lost);

    let merged = known.merge(latest);

    assert_eq!(kinds(&merged), [ChangeKind::StatusChanged]);
    assert!(merged.shipment.is_terminal());
}

#[test]
fn other_detail_and_reason_are_changes() {
    let mut known = poll(Status::Exception, 0, vec![sorted()]);
    known.status.reason = Some(Reason::CustomsDelay);
    let mut latest = poll(Status::Exception, 1, vec![sorted()]);
    latest.status.reason = Some(Reason::RecipientRefused);
    latest.status.detail = Some(Detail::Damaged);

    let merged = known.merge(latest);

    assert_eq!(
        kinds(&merged),
        [ChangeKind::DetailChanged, ChangeKind::ReasonChanged]
    );
}

#[test]
fn westward_flight_is_not_late() {
    let tokyo = event(
        "f1",
        "2025-12-01T23:00:00+09:00",
        Status::InTransit,
        "Departed",
    );
    let seattle = event(
        "f2",
        "2025-12-01T16:00:00-08:00",
        Status::InTransit,
        "Arrived",
    );
    let known = poll(Status::InTransit, 0, vec![tokyo.clone()]);

    let merged = known.merge(poll(Status::InTransit, 1, vec![tokyo, seattle]));

    assert_eq!(kinds(&merged), [ChangeKind::Added]);
}

#[test]
fn giving_up_is_a_change() {
    let said = |hour, gave_up| {
        let mut shipment = poll(Status::InTransit, hour, vec![sorted()]);
        shipment.provider_gave_up = Some(gave_up);
        shipment
    };

    let merged = polls([said(0, false), said(1, true)]);
    let again = merged.shipment.merge(said(2, false));

    assert_eq!(kinds(&merged), [ChangeKind::GaveUp]);
    assert!(matches!(
        again.changes[..],
        [Change::GaveUp {
            given_up: false,
            ..
        }]
    ));
}

#[test]
fn unreadable_status_replaces_none_and_is_not_reported() {
    let mut empty = poll(Status::Unknown, 1, vec![sorted()]);
    empty.status = StatusReport::new(Status::Unknown).derived_from("shipment");

    let merged = on_monday().merge(empty);

    assert_eq!(merged.changes, []);
    assert_eq!(merged.shipment.status.status, Status::InTransit);
}

#[test]
fn status_derived_from_part_of_a_list_proves_nothing() {
    let held = event("e2", TUESDAY, Status::Exception, "Held");
    let known = poll(Status::Exception, 0, vec![sorted(), held]);
    let mut partial = poll(Status::InTransit, 1, vec![sorted()]);
    partial.status = partial.status.derived_from("checkpoints");
    partial.legs[0].completeness = Completeness::Partial;

    let merged = known.merge(partial);

    assert_eq!(merged.changes, []);
    assert_eq!(merged.shipment.status.status, Status::Exception);
}

#[test]
fn stale_response_does_not_end_an_exception() {
    let held = event("e2", TUESDAY, Status::Exception, "Held");
    let known = polls([
        on_monday(),
        poll(Status::Exception, 1, vec![sorted(), held.clone()]),
    ]);

    let stale = known
        .shipment
        .merge(poll(Status::InTransit, 2, vec![sorted()]));
    let again = stale
        .shipment
        .merge(poll(Status::Exception, 3, vec![sorted(), held]));

    assert_eq!(kinds(&stale), [ChangeKind::Regressed]);
    assert_eq!(again.changes, []);
}

#[test]
fn unknown_word_without_news_is_refused_once() {
    let unread = |hour| {
        let mut response = poll(Status::InTransit, hour, vec![sorted()]);
        let unmapped = serde_json::json!({ "unmapped": "teleported" });
        response.status.status = serde_json::from_value(unmapped).unwrap();
        response.status.raw = RawStatus::new("teleported".to_owned());
        response
    };

    let first = polls([on_monday(), unread(1)]);
    let again = first.shipment.merge(unread(2));
    let mut with_news = unread(3);
    with_news.legs[0].events.push(loaded());
    let with_news = again.shipment.merge(with_news);

    assert_eq!(kinds(&first), [ChangeKind::Late]);
    assert!(!first.changes[0].is_applied());
    assert_eq!(first.shipment.status.status, Status::InTransit);
    assert_eq!(again.changes, []);
    assert_eq!(
        kinds(&with_news),
        [ChangeKind::Added, ChangeKind::StatusChanged]
    );
    assert!(with_news.shipment.status.status.is_unmapped());
}

#[test]
fn unknown_word_beside_an_empty_list_is_refused() {
    let word = serde_json::json!({ "unmapped": "teleported" });
    for status in [Status::Unknown, serde_json::from_value(word).unwrap()] {
        let outage = poll(status.clone(), 1, Vec::new());
        let first = polls([on_monday(), outage]);
        let back = first
            .shipment
            .merge(poll(Status::InTransit, 2, vec![sorted()]));
        // A provider that has deleted what it knew reports this for ever.
        let purged = first.shipment.merge(poll(status, 2, Vec::new()));

        assert_eq!(kinds(&first), [ChangeKind::Late]);
        assert_eq!(first.shipment.status.status, Status::InTransit);
        assert_eq!(back.changes, []);
        assert_eq!(purged.changes, []);
        assert_eq!(purged.shipment.status.status, Status::InTransit);
    }
}

#[test]
fn unknown_word_does_not_replace_what_an_event_means() {
    let unread = |hour| {
        let mut response = on_monday();
        response.freshness.fetched_at = at(hour * HOUR);
        let event = &mut response.legs[0].events[0];
        let unmapped = serde_json::json!({ "unmapped": "teleported" });
        event.status.status = serde_json::from_value(unmapped).unwrap();
        event.status.raw = RawStatus::new("teleported".to_owned());
        response
    };

    let mapped_first = polls([on_monday(), unread(1)]);
    let unread_first = polls([unread(0), poll(Status::InTransit, 1, vec![sorted()])]);

    assert_eq!(mapped_first.changes, []);
    assert_eq!(kinds(&unread_first), [ChangeKind::Revised]);
    for merged in [mapped_first, unread_first] {
        assert_eq!(
            merged.shipment.legs[0].events[0].status.status,
            Status::InTransit
        );
    }
}

#[test]
fn unknown_word_is_not_reported_again_after_news() {
    let unread = |hour, events| {
        let mut response = poll(Status::InTransit, hour, events);
        let unmapped = serde_json::json!({ "unmapped": "teleported" });
        response.status.status = serde_json::from_value(unmapped).unwrap();
        response
    };
    let refused = polls([on_monday(), unread(1, vec![sorted()])]);

    let moved = refused
        .shipment
        .merge(poll(Status::OutForDelivery, 2, vec![sorted(), loaded()]));
    let again = moved.shipment.merge(unread(3, vec![sorted(), loaded()]));

    assert_eq!(kinds(&refused), [ChangeKind::Late]);
    assert_eq!(moved.shipment.status.status, Status::OutForDelivery);
    assert_eq!(again.changes, []);
}

#[test]
fn any_number_of_unknown_words_is_reported_once_each() {
    let unread = |hour: i64, word: i64| {
        let mut response = poll(Status::InTransit, hour, vec![sorted()]);
        let unmapped = serde_json::json!({ "unmapped": format!("word {word}") });
        response.status.status = serde_json::from_value(unmapped).unwrap();
        response
    };
    let mut known = on_monday();
    for word in 0..40 {
        known = known.merge(unread(1 + word, word)).shipment;
    }

    let last_again = known.merge(unread(50, 39));

    assert_eq!(last_again.changes, []);
}

#[test]
fn contradiction_of_another_final_status_is_reported_again() {
    let returned = event("e4", "2025-12-05T10:00:00+01:00", Status::Returned, "Back");
    let all = || vec![sorted(), handed_over(), returned.clone()];
    let known = delivered(0).merge(poll(Status::InTransit, 1, vec![sorted(), handed_over()]));
    let back = known.shipment.merge(poll(Status::Returned, 2, all()));

    let transit = back.shipment.merge(poll(Status::InTransit, 3, all()));
    let again = transit.shipment.merge(poll(Status::InTransit, 4, all()));

    assert_eq!(kinds(&known), [ChangeKind::LeftTerminal]);
    assert_eq!(back.shipment.status.status, Status::Returned);
    assert_eq!(kinds(&transit), [ChangeKind::LeftTerminal]);
    assert_eq!(again.changes, []);
}

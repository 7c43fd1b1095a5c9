//! What is gone, what only seems to be gone, and what comes back.

use tracking_core::merge::{ChangeKind, changes};
use tracking_core::model::ConflictKind;
use tracking_core::{Completeness, Event, Shipment, Status};

use super::scenes::{
    MONDAY, TUESDAY, WEDNESDAY, kinds, loaded, on_monday, poll, polls, sorted, with_provider_clock,
};
use crate::parcels::{at, content_event, event, keys};

fn three() -> Vec<Event> {
    vec![
        sorted(),
        event("e2", TUESDAY, Status::InTransit, "Lost in thought"),
        event("e3", WEDNESDAY, Status::InTransit, "Sorted again"),
    ]
}

/// A complete response that lacks the middle one of the three.
fn two(hour: i64) -> Shipment {
    let mut events = three();
    events.remove(1);
    poll(Status::InTransit, hour, events)
}

fn has_vanished(shipment: &Shipment) -> bool {
    let mut conflicts = shipment.conflicts.iter();
    conflicts.any(|it| it.kind == ConflictKind::EventsVanished)
}

#[test]
fn event_missing_twice_in_a_row_is_retracted_and_stays() {
    let once = polls([poll(Status::InTransit, 0, three()), two(1)]);
    assert_eq!(once.changes, []);
    assert!(!once.shipment.legs[0].events[1].retracted);

    let twice = once.shipment.merge(two(2));

    assert_eq!(kinds(&twice), [ChangeKind::Retracted]);
    assert_eq!(keys(&twice.shipment), ["e1", "e2", "e3"]);
    assert!(twice.shipment.legs[0].events[1].retracted);
    assert_eq!(twice.shipment.merge(two(3)).changes, []);
}

#[test]
fn same_response_merged_twice_retracts_nothing() {
    let merged = polls([poll(Status::InTransit, 0, three()), two(1), two(1), two(1)]);

    assert_eq!(merged.changes, []);
    assert!(!merged.shipment.legs[0].events[1].retracted);
}

#[test]
fn event_that_comes_back_in_time_was_never_gone() {
    let merged = polls([
        poll(Status::InTransit, 0, three()),
        two(1),
        poll(Status::InTransit, 2, three()),
        two(3),
    ]);

    assert_eq!(merged.changes, []);
}

#[test]
fn retracted_event_that_comes_back_is_restored() {
    let retracted = polls([poll(Status::InTransit, 0, three()), two(1), two(2)]);

    let merged = retracted
        .shipment
        .merge(poll(Status::InTransit, 3, three()));

    assert_eq!(kinds(&merged), [ChangeKind::Restored]);
    assert!(!merged.shipment.legs[0].events[1].retracted);
}

#[test]
fn late_message_does_not_restore_an_event() {
    let retracted = polls([poll(Status::InTransit, 0, three()), two(1), two(2)]);
    let message = poll(Status::InTransit, 3, vec![three().remove(1)]);

    let merged = retracted.shipment.merge_partial(message);

    assert_eq!(merged.changes, []);
    assert!(merged.shipment.legs[0].events[1].retracted);
}

#[test]
fn message_retracts_nothing() {
    let message = |hour| poll(Status::InTransit, hour, vec![three().remove(2)]);
    let known = poll(Status::InTransit, 0, three());

    let once = known.merge_partial(message(1));
    let twice = once.shipment.merge_partial(message(2));

    assert_eq!(twice.changes, []);
}

#[test]
fn partial_list_retracts_nothing() {
    let partial = |hour| {
        let mut shipment = two(hour);
        shipment.legs[0].completeness = Completeness::Partial;
        shipment
    };

    let merged = polls([
        poll(Status::InTransit, 0, three()),
        partial(1),
        partial(2),
        partial(3),
    ]);

    assert_eq!(merged.changes, []);
    assert!(!has_vanished(&merged.shipment));
}

#[test]
fn empty_list_is_a_conflict_and_retracts_nothing() {
    let empty = |hour| poll(Status::InTransit, hour, Vec::new());

    let emptied = polls([
        poll(Status::InTransit, 0, three()),
        empty(1),
        empty(2),
        empty(3),
    ]);
    let again = emptied.shipment.merge(poll(Status::InTransit, 4, three()));

    assert_eq!(emptied.changes, []);
    assert!(has_vanished(&emptied.shipment));
    assert_eq!(again.changes, []);
    assert!(!has_vanished(&again.shipment));
}

#[test]
fn response_without_legs_is_as_one_with_empty_lists() {
    let bare = |hour| {
        let mut shipment = poll(Status::InTransit, hour, Vec::new());
        shipment.legs.clear();
        shipment
    };

    let merged = polls([poll(Status::InTransit, 0, three()), bare(1), bare(2)]);

    assert_eq!(merged.changes, []);
    assert!(has_vanished(&merged.shipment));
    assert_eq!(keys(&merged.shipment), ["e1", "e2", "e3"]);
}

#[test]
fn outage_with_a_lower_status_is_reported_once() {
    let outage = |hour| poll(Status::NotFound, hour, Vec::new());

    let first = polls([poll(Status::InTransit, 0, three()), outage(1)]);
    let second = first.shipment.merge(outage(2));
    let good = second.shipment.merge(poll(Status::InTransit, 3, three()));

    assert_eq!(kinds(&first), [ChangeKind::Regressed]);
    assert_eq!(second.changes, []);
    assert_eq!(good.changes, []);
    assert_eq!(good.shipment.status.status, Status::InTransit);
}

#[test]
fn older_response_retracts_and_restores_nothing() {
    let mut known = with_provider_clock(poll(Status::InTransit, 10, three()), 100);
    for hour in [1, 2, 3] {
        let merged = known.merge(with_provider_clock(two(hour), 50));
        assert_eq!(merged.changes, []);
        known = merged.shipment;
    }
    assert!(known.legs[0].events.iter().all(|event| !event.retracted));
    assert_eq!(known.freshness.fetched_at, at(36_000));
}

#[test]
fn event_that_an_older_response_has_more_is_withdrawn_since() {
    let known = with_provider_clock(two(10), 100);

    let mut older = with_provider_clock(poll(Status::InTransit, 1, three()), 50);
    older.legs[0].events.remove(2);
    let merged = known.merge(older);

    assert_eq!(merged.changes, []);
    assert_eq!(keys(&merged.shipment), ["e1", "e3"]);
}

#[test]
fn leg_missing_in_complete_responses_loses_its_events() {
    let with_leg = |hour: i64| {
        let mut shipment = on_monday();
        shipment.freshness.fetched_at = at(hour * 3600);
        let arrived = event("f1", TUESDAY, Status::InTransit, "Arrived");
        let role = tracking_core::LegRole::Destination;
        shipment
            .legs
            .push(crate::parcels::leg("otherpost", role, vec![arrived]));
        shipment
    };
    let without = |hour: i64| poll(Status::InTransit, hour, vec![sorted()]);

    let merged = polls([with_leg(0), without(1), without(2)]);

    assert_eq!(kinds(&merged), [ChangeKind::Retracted]);
}

#[test]
fn changes_of_a_merged_state_show_what_it_retracted() {
    let known = poll(Status::InTransit, 0, three());
    let merged = polls([known.clone(), two(1), two(2)]);

    let listed = changes(&known, &merged.shipment);

    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0].kind(), ChangeKind::Retracted);
}

#[test]
fn delivery_after_a_withdrawn_one_is_a_new_event() {
    let delivery = |id: &str, time: &str| {
        let mut event = event(id, time, Status::Delivered, "Delivered");
        event.location = Some("Köln".to_owned());
        event
    };
    let with = |hour, delivered: Vec<Event>| {
        let mut events = vec![sorted()];
        events.extend(delivered);
        poll(Status::InTransit, hour, events)
    };
    for second in ["e9", ""] {
        let mut again = delivery(second, WEDNESDAY);
        if second.is_empty() {
            again.key = content_event(WEDNESDAY, "", "").key;
        }
        let mut first = delivery("e2", TUESDAY);
        if second.is_empty() {
            first.key = content_event(TUESDAY, "", "").key;
        }
        let withdrawn = polls([
            with(0, vec![first]),
            with(1, Vec::new()),
            with(2, Vec::new()),
        ]);

        let merged = withdrawn.shipment.merge(with(3, vec![again]));

        assert_eq!(kinds(&withdrawn), [ChangeKind::Retracted]);
        assert_eq!(kinds(&merged), [ChangeKind::Added], "{second}");
    }
}

#[test]
fn state_with_a_corrected_and_withdrawn_scan_adds_no_event() {
    let scan = |time: &str| {
        let mut scan = content_event(time, "t1", "Sorted");
        scan.location = Some("Köln".to_owned());
        scan
    };
    let listed = |hour, time: Option<&str>| {
        let mut events = vec![loaded()];
        events.extend(time.map(scan));
        poll(Status::OutForDelivery, hour, events)
    };
    let known = listed(0, Some(MONDAY));
    let corrected = "2025-12-01T11:30:00+01:00";
    let state = polls([listed(1, Some(corrected)), listed(2, None), listed(3, None)]);

    let merged = known.merge(state.shipment);

    let scans = &merged.shipment.legs[0].events;
    assert_eq!(scans.len(), 2);
    assert_eq!(scans.iter().filter(|scan| scan.retracted).count(), 1);
}

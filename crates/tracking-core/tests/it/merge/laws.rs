//! What merging promises for any input.

use std::collections::{BTreeSet, HashSet};

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};
use tracking_core::merge::{Change, ChangeKind, Update, changes, merge};
use tracking_core::{Event, LegRole, RawStatus, Shipment, Status, StatusReport, Timestamp};

use super::histories::{History, history};
use super::scenes::HOUR;
use crate::observations::{any_shipment, any_update, cases, known};
use crate::parcels::{at, event, keys, leg, parcel};

/// What a user sees of a shipment, without the spelling of it.
fn visible(shipment: &Shipment) -> Value {
    let report = |report: &StatusReport| json!([report.status, report.detail, report.reason]);
    let events = shipment
        .legs
        .iter()
        .flat_map(|leg| &leg.events)
        .map(|event| {
            let seen = json!([
                event.time.as_ref().map(Timestamp::text),
                report(&event.status),
                event.description,
                event.location,
                event.retracted,
            ]);
            seen.to_string()
        });
    let mut events: Vec<String> = events.collect();
    // The order of equal times may change with a response, and that is no change.
    events.sort();
    let couriers: BTreeSet<&str> = shipment
        .legs
        .iter()
        .filter_map(|leg| leg.courier.as_ref().map(|courier| courier.code.as_str()))
        .collect();
    json!({
        "number": shipment.number,
        "status": report(&shipment.status),
        "final": shipment.is_terminal(),
        "couriers": couriers,
        "events": events,
    })
}

fn merged_all(updates: impl IntoIterator<Item = Update>) -> Shipment {
    let mut known = None;
    for update in updates {
        known = Some(merge(known, update).shipment);
    }
    known.expect("one update at least")
}

fn kinds(changes: &[Change]) -> Vec<ChangeKind> {
    changes.iter().map(Change::kind).collect()
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn same_observation_again_changes_nothing(known in known(), update in any_update()) {
        let once = merge(Some(known.clone()), update.clone());
        let twice = merge(Some(once.shipment.clone()), update.clone());

        let lines: Vec<String> = twice.changes.iter().map(ToString::to_string).collect();
        prop_assert!(lines.is_empty(), "{lines:#?}\n{:#}\n{:#}\n{:#}", visible(&known), visible(update.shipment()), visible(&once.shipment));
        prop_assert_eq!(visible(&twice.shipment), visible(&once.shipment));
    }

    #[test]
    fn account_is_kept_and_changes_nothing_else(known in known(), update in any_update()) {
        let of_account = |mut shipment: Shipment| {
            shipment.account = Some("shop-de".to_owned());
            shipment
        };
        let without = merge(Some(known.clone()), update.clone());

        let mut with = merge(Some(of_account(known)), update);

        let account = with.shipment.account.take();
        prop_assert_eq!(account.as_deref(), Some("shop-de"));
        prop_assert_eq!(with, without);
    }

    #[test]
    fn changes_are_empty_exactly_if_nothing_visible_differs(
        known in known(),
        update in any_update(),
    ) {
        let merged = merge(Some(known.clone()), update).shipment;

        let listed = changes(&known, &merged);

        prop_assert_eq!(listed.is_empty(), visible(&known) == visible(&merged), "{:?}", kinds(&listed));
    }

    #[test]
    fn messages_give_the_same_shipment_in_any_order(
        history in history(false),
        swaps in vec((any::<Index>(), any::<Index>()), 0..12),
    ) {
        let messages = history.messages();
        let mut mixed = messages.clone();
        for (left, right) in swaps {
            mixed.swap(left.index(messages.len()), right.index(messages.len()));
        }
        // Each one comes twice, as providers do.
        let again = mixed.clone();
        mixed.extend(again.into_iter().rev());

        let straight = merged_all(messages.into_iter().map(Update::Partial));
        let shuffled = merged_all(mixed.into_iter().map(Update::Partial));

        prop_assert_eq!(visible(&shuffled), visible(&straight));
        if history.has_ids() {
            prop_assert_eq!(keys(&shuffled), keys(&straight));
        }
        let texts = |shipment: &Shipment| -> Vec<Option<String>> {
            shipment.events().iter().map(|event| event.description.clone()).collect()
        };
        prop_assert_eq!(texts(&shuffled), texts(&straight));
        prop_assert_eq!(&shuffled.milestones, &straight.milestones);
    }

    #[test]
    fn older_response_changes_nothing_visible(history in history(true), late in any::<Index>()) {
        let polls = history.polls(true);
        let older = polls[late.index(polls.len())].clone();
        let known = merged_all(polls.into_iter().map(Update::Snapshot));

        let merged = merge(Some(known.clone()), Update::Snapshot(older));

        prop_assert_eq!(visible(&merged.shipment), visible(&known));
        prop_assert!(merged.changes.iter().all(|it| it.kind() == ChangeKind::Late));
    }

    #[test]
    fn merges_may_be_grouped(history in history(true), split in any::<Index>()) {
        let polls = history.polls(true);
        let middle = 1 + split.index(polls.len());
        prop_assume!(middle < polls.len());
        let (earlier, later) = polls.split_at(middle);
        let snapshots = |polls: &[Shipment]| -> Vec<Update> {
            polls.iter().cloned().map(Update::Snapshot).collect()
        };

        let one_by_one = merged_all(snapshots(&polls));
        let state = merged_all(snapshots(later));
        let grouped = merge(Some(merged_all(snapshots(earlier))), Update::Snapshot(state)).shipment;

        // A retraction may come one observation later.
        let without_retractions = |shipment: &Shipment| {
            let mut shipment = shipment.clone();
            let events = shipment.legs.iter_mut().flat_map(|leg| &mut leg.events);
            events.for_each(|event| event.retracted = false);
            visible(&shipment)["events"].clone()
        };
        prop_assert_eq!(without_retractions(&grouped), without_retractions(&one_by_one));
    }

    #[test]
    fn events_are_never_lost(known in known(), update in any_update()) {
        let merged = merge(Some(known.clone()), update.clone()).shipment;

        let now: HashSet<&str> = keys(&merged).into_iter().collect();
        for key in keys(&known) {
            prop_assert!(now.contains(key), "{key} is gone");
        }
        prop_assert_eq!(now.len(), keys(&merged).len(), "a key is given twice");
    }

    #[test]
    fn history_reports_each_event_once(history in history(false)) {
        let mut known: Option<Shipment> = None;
        let mut reported: Vec<String> = Vec::new();
        for poll in history.polls(true) {
            let merged = merge(known.take(), Update::Snapshot(poll));
            if merged.is_first {
                reported.extend(keys(&merged.shipment).into_iter().map(str::to_owned));
            }
            for change in &merged.changes {
                if let Change::Added { event, .. } | Change::Late { event: Some(event), .. } = change {
                    reported.push(event.key.to_string());
                }
            }
            known = Some(merged.shipment);
        }

        let known = known.expect("one poll at least");
        reported.sort();
        let mut expected = keys(&known);
        expected.sort_unstable();
        prop_assert_eq!(reported, expected);
        prop_assert_eq!(known.events().len(), history.scans());
    }

    #[test]
    fn faulty_response_repeats_no_report(
        history in history(false),
        faults in vec((any::<Index>(), 0..5_u8), 1..4),
    ) {
        let polls = history.polls(true);
        let good = polls.last().expect("one poll at least").clone();
        let mut faulty = good.clone();
        for (place, fault) in faults {
            let events = &mut faulty.legs[0].events;
            if events.is_empty() {
                continue;
            }
            let index = place.index(events.len());
            match fault {
                0 => events[index].time = None,
                1 => events[index].description = None,
                2 => events[index].location = None,
                3 => events[index].status.raw = RawStatus::new(None),
                _ => {
                    events.remove(index);
                    faulty.legs[0].completeness = tracking_core::Completeness::Partial;
                }
            }
        }
        let later = |mut shipment: Shipment, hours: i64| {
            shipment.freshness.fetched_at = at((100 + hours) * HOUR);
            shipment.freshness.provider_updated_at = Some(at((100 + hours) * HOUR));
            shipment
        };

        // One fault can hide only one field of an event, else it is another event.
        prop_assume!(faulty.legs[0].events.iter().all(|event| {
            let stated = [event.time.is_some(), event.description.is_some()];
            stated == [true, true]
                || (stated.contains(&true) && event.location.is_some() && event.status.raw.fine.is_some())
        }));
        let known = merged_all([Update::Snapshot(good.clone())]);
        let between = merge(Some(known), Update::Snapshot(later(faulty, 1)));
        let after = merge(Some(between.shipment.clone()), Update::Snapshot(later(good, 2)));

        prop_assert_eq!(kinds(&between.changes), []);
        prop_assert_eq!(kinds(&after.changes), []);
    }

    #[test]
    fn shifted_clocks_of_leg_change_no_report(
        hours in vec(0..20_u8, 1..5),
        shift in 0..4_u8,
    ) {
        let reported = |shift: u8| {
            let scans = hours.iter().enumerate().map(|(index, hour)| {
                let time = format!("2025-12-0{} {hour:02}:00", 1 + shift);
                event(&format!("f{index}"), &time, Status::InTransit, &format!("Scan {index}"))
            });
            let scans: Vec<Event> = scans.collect();
            let response = |count: usize| {
                let sorted = event("e1", "2025-12-02 10:00", Status::InTransit, "Sorted");
                let mut shipment = parcel(Status::InTransit, 0, vec![sorted]);
                let events = scans[..count].to_vec();
                shipment.legs.push(leg("otherpost", LegRole::Destination, events));
                shipment
            };
            let merged = merge(Some(response(1)), Update::Snapshot(response(scans.len())));
            kinds(&merged.changes)
        };

        prop_assert_eq!(reported(0), reported(shift));
    }

    #[test]
    fn status_change_is_reported_exactly_if_status_differs(
        known in known(),
        update in any_update(),
    ) {
        let merged = merge(Some(known.clone()), update);

        let reported = merged.changes.iter().any(|change| {
            matches!(change, Change::StatusChanged { .. } | Change::Reopened { .. })
        });
        let is_other = merged.shipment.status.status != known.status.status
            || merged.shipment.is_terminal() != known.is_terminal();
        prop_assert_eq!(reported, is_other);
    }

    #[test]
    fn final_status_ends_only_by_reopening(known in known(), update in any_update()) {
        let merged = merge(Some(known.clone()), update);

        let reopened = merged.changes.iter().any(|it| it.kind() == ChangeKind::Reopened);
        prop_assert!(!known.is_terminal() || merged.shipment.is_terminal() || reopened);
    }

    #[test]
    fn timeline_has_every_event_in_the_order_of_its_leg(shipment in any_shipment()) {
        let timeline = shipment.timeline();

        for (index, leg) in shipment.legs.iter().enumerate() {
            let reported: Vec<&Event> = timeline
                .iter()
                .filter(|reported| reported.leg_index == index)
                .map(|reported| reported.event)
                .collect();
            prop_assert_eq!(reported, leg.events.iter().collect::<Vec<_>>());
        }
        let reported: usize = shipment.scans().iter().map(|scan| scan.events.len()).sum();
        prop_assert_eq!(reported, timeline.len());
    }
}

#[test]
fn history_is_no_empty_one() {
    let history = History::of_scans(3);

    assert_eq!(history.polls(true).len(), 4);
    assert_eq!(history.scans(), 3);
}

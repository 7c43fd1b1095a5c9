//! What merging promises for any input.

use std::collections::HashSet;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use tracking_core::merge::{Change, Reducer, Update};
use tracking_core::{Event, EventKey, LegRole, Shipment, Status, StatusReport};

use crate::parcels::{at, content_event, event, keys, leg, parcel};

/// Times of every kind, many of them equal.
fn time() -> impl Strategy<Value = String> {
    let clock = (1..6_u8, 8..11_u8, select(vec!["", "Z", "+01:00", "-05:30"]));
    prop_oneof![
        6 => clock.prop_map(|(day, hour, zone)| format!("2025-12-0{day}T0{hour}:00:00{zone}")
            .replace("T010", "T10")),
        1 => (1..6_u8).prop_map(|day| format!("2025-12-0{day}")),
        1 => Just("soon".to_owned()),
    ]
}

fn status() -> impl Strategy<Value = Status> {
    select(Status::ALL.to_vec())
}

fn any_event() -> impl Strategy<Value = Event> {
    let text = select(vec!["Sorted", "Loaded", "sorted ", "Handed over"]);
    (
        0..8_u8,
        time(),
        status(),
        text,
        any::<bool>(),
        proptest::option::of(0..3_i64),
    )
        .prop_map(|(id, time, status, text, has_id, order)| {
            let mut event = if has_id {
                event(&format!("e{id}"), &time, status, text)
            } else {
                content_event(&time, &format!("c{}", id % 3), text)
            };
            event.order = order;
            event
        })
}

fn any_shipment() -> impl Strategy<Value = Shipment> {
    let clock = proptest::option::of(0..50_i64);
    (
        status(),
        0..50_i64,
        vec(any_event(), 0..8),
        vec(any_event(), 0..4),
        clock,
    )
        .prop_map(|(status, fetched, events, others, provider_clock)| {
            let mut shipment = parcel(status, fetched, events);
            if !others.is_empty() {
                shipment
                    .legs
                    .push(leg("otherpost", LegRole::Destination, others));
            }
            shipment.freshness.provider_updated_at = provider_clock.map(at);
            shipment
        })
}

fn any_update() -> impl Strategy<Value = Update> {
    (any_shipment(), any::<bool>()).prop_map(|(shipment, complete)| {
        if complete {
            Update::Snapshot(shipment)
        } else {
            Update::Partial(shipment)
        }
    })
}

fn known() -> impl Strategy<Value = Shipment> {
    any_update().prop_map(|update| Reducer::new().reduce(None, update).shipment)
}

/// Events with different ids, split over two legs.
fn distinct_events() -> impl Strategy<Value = Vec<(Event, bool)>> {
    let parts = (
        time(),
        status(),
        proptest::option::of(0..3_i64),
        any::<bool>(),
    );
    vec(parts, 1..12).prop_map(|parts| {
        let parts = parts.into_iter().enumerate();
        parts
            .map(|(index, (time, status, order, other_leg))| {
                let mut event = event(&format!("e{index}"), &time, status, "text");
                event.order = order;
                (event, other_leg)
            })
            .collect()
    })
}

/// Sends the events as partial updates, cut and ordered as reported.
fn deliver(events: &[(Event, bool)], order: &[usize], size: usize) -> Shipment {
    let mut known = None;
    for chunk in order.chunks(size) {
        let reported = |other: bool| -> Vec<Event> {
            let events = chunk.iter().map(|&index| &events[index]);
            events
                .filter(|event| event.1 == other)
                .map(|event| event.0.clone())
                .collect()
        };
        let mut update = parcel(Status::InTransit, 0, Vec::new());
        update.legs = vec![
            leg("testpost", LegRole::Origin, reported(false)),
            leg("otherpost", LegRole::Destination, reported(true)),
        ];
        update.legs.retain(|leg| !leg.events.is_empty());
        let merged = Reducer::new().reduce(known.as_ref(), Update::Partial(update));
        known = Some(merged.shipment);
    }
    known.unwrap()
}

proptest! {
    #[test]
    fn merging_the_same_again_changes_nothing(known in known(), update in any_update()) {
        let reducer = Reducer::new();

        let once = reducer.reduce(Some(&known), update.clone());
        let twice = reducer.reduce(Some(&once.shipment), update);

        prop_assert_eq!(twice.applied().collect::<Vec<_>>(), Vec::<&Change>::new());
        prop_assert_eq!(twice.shipment, once.shipment);
    }

    #[test]
    fn partial_updates_converge_in_any_split_and_order(
        events in distinct_events(),
        swaps in vec((any::<Index>(), any::<Index>()), 0..12),
        sizes in (1..5_usize, 1..5_usize),
    ) {
        let straight: Vec<usize> = (0..events.len()).collect();
        let mut mixed = straight.clone();
        for (left, right) in swaps {
            mixed.swap(left.index(events.len()), right.index(events.len()));
        }
        // Everything is reported twice, as providers do.
        let again = mixed.clone();
        mixed.extend(again.into_iter().rev());

        let expected = deliver(&events, &straight, sizes.0);
        let merged = deliver(&events, &mixed, sizes.1);

        // Copies inside one message are counted, and only one way of report has them.
        let mut merged_legs = merged.legs;
        merged_legs.iter_mut().flat_map(|leg| &mut leg.events).for_each(|event| event.copies = 1);
        prop_assert_eq!(merged_legs, expected.legs);
        prop_assert_eq!(merged.milestones, expected.milestones);
    }

    #[test]
    fn the_status_converges_where_the_provider_gives_its_clock(
        order in Just((0..6_usize).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let path = [
            Status::InfoReceived,
            Status::PickedUp,
            Status::InTransit,
            Status::OutForDelivery,
            Status::AttemptFailed,
            Status::Delivered,
        ];
        let mut known: Option<Shipment> = None;

        for index in order {
            let time = format!("2025-12-0{}T10:00:00Z", index + 1);
            let step = event(&format!("e{index}"), &time, path[index].clone(), "text");
            let mut update = parcel(path[index].clone(), 0, vec![step]);
            update.freshness.provider_updated_at = i64::try_from(index).ok().map(at);
            let merged = Reducer::new().reduce(known.as_ref(), Update::Partial(update));
            known = Some(merged.shipment);
        }

        let known = known.unwrap();
        prop_assert_eq!(known.status.status, Status::Delivered);
        let of_leg = known.legs[0].status.as_ref();
        prop_assert_eq!(of_leg.map(StatusReport::is_delivered), Some(true));
    }

    #[test]
    fn content_keys_do_not_depend_on_case_and_white_space(
        words in vec("[a-zäöé]{1,6}", 0..6),
        spaces in select(vec![" ", "  ", "\t", " \n"]),
    ) {
        let key = |text: &str| EventKey::from_content("leg", "2025-12-01", "c1", text);
        let shouted = format!(" {} ", words.join(spaces).to_uppercase());

        prop_assert_eq!(key(&words.join(" ")), key(&shouted));
    }

    #[test]
    fn no_key_is_lost_and_none_is_made_up(known in known(), update in any_update()) {
        let merged = Reducer::new().reduce(Some(&known), update.clone());

        let renamed: HashSet<&str> = merged
            .changes
            .iter()
            .filter_map(|change| match change {
                Change::Revised { previous_key, .. } => Some(previous_key.as_str()),
                _ => None,
            })
            .collect();
        let now: HashSet<&str> = keys(&merged.shipment).into_iter().collect();
        for key in keys(&known) {
            prop_assert!(now.contains(key) || renamed.contains(key));
        }
        let reported: HashSet<&str> =
            keys(&known).into_iter().chain(keys(update.shipment())).collect();
        for key in now {
            prop_assert!(reported.contains(key));
        }
    }

    #[test]
    fn a_status_change_is_reported_if_and_only_if_the_status_is_another(
        known in known(),
        update in any_update(),
        apply in any::<bool>(),
    ) {
        let merged = Reducer::new().with_doubtful_applied(apply).reduce(Some(&known), update);

        let reported = merged
            .changes
            .iter()
            .any(|change| matches!(change, Change::StatusChanged { .. }));
        prop_assert_eq!(reported, merged.shipment.status.status != known.status.status);
    }

    #[test]
    fn a_final_status_stays_unless_the_caller_wants_otherwise(
        known in known(),
        update in any_update(),
    ) {
        let merged = Reducer::new().reduce(Some(&known), update);

        prop_assert!(!known.is_terminal() || merged.shipment.is_terminal());
    }

    #[test]
    fn the_timeline_has_every_event_and_keeps_the_order_of_each_leg(shipment in any_shipment()) {
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

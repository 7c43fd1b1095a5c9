//! Order, duplicates and computed facts of a leg.

use proptest::prelude::*;
use tracking_core::kit::EventOrder;
use tracking_core::model::{Conflict, ConflictKind};
use tracking_core::{Event, EventKey, Leg, LegRole, Origin, Status, StatusReport, Timestamp};

use crate::parcels::parcel;

fn event(key: &str, time: &str, order: Option<i64>) -> Event {
    let mut event = Event::new(
        EventKey::from_provider_id(key),
        StatusReport::new(Status::InTransit),
    );
    event.time = Some(time)
        .filter(|time| !time.is_empty())
        .map(Timestamp::parse);
    event.order = order;
    event
}

fn leg(events: Vec<Event>) -> Leg {
    let mut leg = Leg::new(LegRole::Only);
    leg.events = events;
    leg
}

fn keys(leg: &Leg) -> Vec<&str> {
    leg.events.iter().map(|event| event.key.as_str()).collect()
}

/// Puts a leg in order as a response does, and returns what contradicts the order.
fn finish(leg: &mut Leg, order: EventOrder) -> Option<Conflict> {
    let mut shipment = parcel(Status::Unknown, 0, Vec::new());
    shipment.legs = vec![leg.clone()];
    shipment.finish(order);
    *leg = shipment.legs.remove(0);
    let mut conflicts = shipment.conflicts.into_iter();
    conflicts.find(|conflict| conflict.kind == ConflictKind::TimeOrder)
}

#[test]
fn response_with_newest_first_is_turned_round() {
    let mut leg = leg(vec![
        event("new", "2025-12-05", None),
        event("old", "2025-12-04", None),
    ]);

    let conflict = finish(&mut leg, EventOrder::NewestFirst);

    assert_eq!(keys(&leg), ["old", "new"]);
    assert_eq!(conflict, None);
}

#[test]
fn response_with_oldest_first_stays() {
    let mut leg = leg(vec![event("a", "", None), event("b", "", None)]);

    finish(&mut leg, EventOrder::OldestFirst);

    assert_eq!(keys(&leg), ["a", "b"]);
}

#[test]
fn order_numbers_decide_if_every_event_has_one() {
    let mut leg = leg(vec![
        event("second", "2025-12-04", Some(2)),
        event("third", "2025-12-04", Some(3)),
        event("first", "2025-12-04", Some(1)),
    ]);

    finish(&mut leg, EventOrder::NewestFirst);

    assert_eq!(keys(&leg), ["first", "second", "third"]);
}

#[test]
fn order_numbers_do_not_count_if_one_is_missing() {
    let mut leg = leg(vec![
        event("new", "", Some(1)),
        event("middle", "", None),
        event("old", "", Some(2)),
    ]);

    finish(&mut leg, EventOrder::NewestFirst);

    assert_eq!(keys(&leg), ["old", "middle", "new"]);
}

#[test]
fn equal_order_numbers_keep_the_order_of_the_response() {
    let mut leg = leg(vec![event("new", "", Some(1)), event("old", "", Some(1))]);

    finish(&mut leg, EventOrder::NewestFirst);

    assert_eq!(keys(&leg), ["old", "new"]);
}

#[test]
fn times_against_the_order_numbers_are_a_conflict() {
    let mut leg = leg(vec![
        event("b", "2025-12-04T07:00:00", Some(2)),
        event("a", "2025-12-04T08:00:00", Some(1)),
    ]);

    let conflict = finish(&mut leg, EventOrder::NewestFirst).unwrap();

    assert_eq!(keys(&leg), ["a", "b"]);
    assert_eq!(conflict.kind, ConflictKind::TimeOrder);
    assert_eq!(
        conflict.message,
        "the event of 2025-12-04T07:00:00 is listed after that of 2025-12-04T08:00:00"
    );
}

#[test]
fn contradiction_is_seen_across_an_event_without_a_time() {
    let mut leg = leg(vec![
        event("c", "2025-12-03", Some(3)),
        event("b", "", Some(2)),
        event("a", "2025-12-04", Some(1)),
    ]);

    assert!(finish(&mut leg, EventOrder::NewestFirst).is_some());
}

#[test]
fn without_a_promised_order_the_times_decide() {
    let mut leg = leg(vec![
        event("middle", "2025-12-04T08:00:00Z", None),
        event("new", "2025-12-04T10:00:00+01:00", None),
        event("old", "2025-12-04T08:30:00+02:00", None),
    ]);

    let conflict = finish(&mut leg, EventOrder::ByTime);

    assert_eq!(keys(&leg), ["old", "middle", "new"]);
    assert_eq!(conflict, None);
}

#[test]
fn equal_times_count_as_newest_first() {
    let mut leg = leg(vec![
        event("new", "2025-12-04T08:00:00Z", None),
        event("old", "2025-12-04T08:00:00Z", None),
    ]);

    finish(&mut leg, EventOrder::ByTime);

    assert_eq!(keys(&leg), ["old", "new"]);
}

#[test]
fn status_of_leg_is_derived_from_its_last_event() {
    let mut delivered = event("b", "2025-12-05", None);
    delivered.status = StatusReport::new(Status::Delivered);
    let mut leg = leg(vec![event("a", "2025-12-04", None), delivered]);

    leg.compute();

    let status = leg.status.unwrap();
    assert_eq!(status.status, Status::Delivered);
    assert_eq!(status.origin, Origin::Derived("events".into()));
    assert_eq!(
        leg.milestones.computed[&Status::Delivered].text(),
        "2025-12-05"
    );
}

#[test]
fn leg_without_events_has_no_status() {
    let mut leg = leg(Vec::new());

    leg.compute();

    assert_eq!(leg.status, None);
}

/// Times of all kinds, close together so that they meet.
fn time() -> impl Strategy<Value = String> {
    "2025-12-0[1-9](T0[0-9]:[0-5][0-9](:[0-5][0-9])?(Z|[+-]0[0-9]:00)?)?|soon|"
}

proptest! {
    #[test]
    fn sorting_loses_no_event_and_is_stable_when_repeated(
        times in proptest::collection::vec((time(), proptest::option::of(0..5_i64)), 0..40),
        order in prop_oneof![
            Just(EventOrder::NewestFirst),
            Just(EventOrder::OldestFirst),
            Just(EventOrder::ByTime),
        ],
    ) {
        let events = times.iter().enumerate().map(|(i, (time, order))| event(&i.to_string(), time, *order));
        let mut leg = leg(events.collect());

        finish(&mut leg, order);

        let mut sorted: Vec<usize> = keys(&leg).iter().map(|key| key.parse().unwrap()).collect();
        let once = leg.clone();
        finish(&mut leg, EventOrder::OldestFirst);
        prop_assert_eq!(&leg, &once);
        sorted.sort_unstable();
        prop_assert_eq!(sorted, (0..times.len()).collect::<Vec<_>>());
    }

    #[test]
    fn sorting_by_time_puts_instants_in_order(
        times in proptest::collection::vec("2025-12-0[1-9]T0[0-9]:[0-5][0-9](Z|[+-]0[0-9]:00)", 0..40),
    ) {
        let events = times.iter().enumerate().map(|(i, time)| event(&i.to_string(), time, None));
        let mut leg = leg(events.collect());

        let conflict = finish(&mut leg, EventOrder::ByTime);

        prop_assert_eq!(conflict, None);
    }
}

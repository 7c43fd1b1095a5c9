//! The order of events that arrive bit by bit, and in lists that promise no order.

use tracking_core::kit::EventOrder;
use tracking_core::merge::ChangeKind;
use tracking_core::{Event, Shipment, Status, Timestamp};

use super::scenes::{kinds, poll, polls};
use crate::parcels::{at, event, keys};

/// A response with these ids and times, in the order of the response.
fn response(order: EventOrder, events: &[(&str, &str)]) -> Shipment {
    let events = events.iter().map(|(id, time)| scan(id, time, ""));
    let mut shipment = poll(Status::InTransit, 0, events.collect());
    shipment.finish(order);
    shipment
}

fn scan(id: &str, time: &str, place: &str) -> Event {
    let mut scan = event(id, time, Status::InTransit, &format!("Scan {id}"));
    scan.location = Some(place.to_owned()).filter(|place| !place.is_empty());
    scan
}

#[test]
fn list_that_is_oldest_first_is_not_turned_round() {
    let shipment = response(
        EventOrder::NewestFirst,
        &[
            ("a", "2026-03-01 08:00"),
            ("b", "2026-03-02 09:00"),
            ("c", "2026-03-02 09:00"),
        ],
    );

    assert_eq!(keys(&shipment), ["a", "b", "c"]);
}

#[test]
fn instants_decide_in_a_list_without_order() {
    let shipment = response(
        EventOrder::NewestFirst,
        &[
            ("old", "2026-02-28T15:00:00+02:00"),
            ("new", "2026-03-02T09:00:00Z"),
            ("middle", "2026-03-01T09:00:00+01:00"),
        ],
    );

    assert_eq!(keys(&shipment), ["old", "middle", "new"]);
}

#[test]
fn clocks_decide_in_a_list_that_is_out_of_order_by_days() {
    let shipment = response(
        EventOrder::NewestFirst,
        &[
            ("middle", "2026-03-03 09:00"),
            ("new", "2026-03-05 09:00"),
            ("old", "2026-03-01 09:00"),
        ],
    );

    assert_eq!(keys(&shipment), ["old", "middle", "new"]);
}

#[test]
fn flight_to_the_west_keeps_its_place_among_clocks() {
    let events = vec![
        scan("arrived", "2026-03-02 11:00", "Los Angeles"),
        scan("departed", "2026-03-02 17:00", "Tokyo"),
        scan("sorted", "2026-03-01 20:00", "Tokyo"),
        scan("accepted", "2026-03-01 09:00", "Osaka"),
    ];
    let mut shipment = poll(Status::InTransit, 0, events);

    shipment.finish(EventOrder::NewestFirst);

    assert_eq!(
        keys(&shipment),
        ["accepted", "sorted", "departed", "arrived"]
    );
}

#[test]
fn hour_that_is_put_back_keeps_its_place() {
    let night = [
        ("left", "2026-10-25 02:10"),
        ("sorted", "2026-10-25 02:50"),
        ("arrived", "2026-10-24 23:00"),
        ("accepted", "2026-10-24 09:00"),
    ];

    let shipment = response(EventOrder::NewestFirst, &night);

    assert_eq!(keys(&shipment), ["accepted", "arrived", "sorted", "left"]);
}

#[test]
fn day_without_a_clock_is_a_tie() {
    let shipment = response(
        EventOrder::OldestFirst,
        &[
            ("a", "2026-03-02 09:00"),
            ("b", "2026-03-02"),
            ("c", "2026-03-02 08:00"),
            ("d", "2026-03-03"),
        ],
    );

    assert_eq!(keys(&shipment), ["a", "b", "c", "d"]);
}

#[test]
fn order_numbers_decide_over_times() {
    let mut shipment = poll(
        Status::InTransit,
        0,
        vec![
            scan("b", "2026-03-01T09:00:00Z", ""),
            scan("a", "2026-03-02T09:00:00Z", ""),
        ],
    );
    for (event, order) in shipment.legs[0].events.iter_mut().zip([2, 1]) {
        event.order = Some(order);
    }

    shipment.finish(EventOrder::NewestFirst);

    assert_eq!(keys(&shipment), ["a", "b"]);
}

#[test]
fn new_scan_behind_a_later_one_is_late() {
    let known = response(
        EventOrder::OldestFirst,
        &[("a", "2026-03-01T09:00:00Z"), ("c", "2026-03-03T09:00:00Z")],
    );
    let mut latest = response(
        EventOrder::OldestFirst,
        &[
            ("a", "2026-03-01T09:00:00Z"),
            ("b", "2026-03-02T09:00:00Z"),
            ("c", "2026-03-03T09:00:00Z"),
        ],
    );
    latest.freshness.fetched_at = at(3600);

    let merged = known.merge(latest);

    assert_eq!(kinds(&merged), [ChangeKind::Late]);
    assert_eq!(keys(&merged.shipment), ["a", "b", "c"]);
}

#[test]
fn message_is_put_where_its_time_belongs() {
    let known = response(
        EventOrder::OldestFirst,
        &[("a", "2026-03-01T09:00:00Z"), ("c", "2026-03-03T09:00:00Z")],
    );

    let merged = known.merge_partial(response(
        EventOrder::OldestFirst,
        &[("b", "2026-03-02T09:00:00Z")],
    ));

    assert_eq!(keys(&merged.shipment), ["a", "b", "c"]);
}

#[test]
fn missing_event_stays_behind_the_one_that_it_followed() {
    let known = response(EventOrder::OldestFirst, &[("a", ""), ("b", ""), ("c", "")]);
    let mut latest = response(EventOrder::OldestFirst, &[("a", ""), ("c", ""), ("d", "")]);
    latest.freshness.fetched_at = at(3600);

    let merged = known.merge(latest);

    assert_eq!(keys(&merged.shipment), ["a", "b", "c", "d"]);
}

#[test]
fn corrected_time_moves_the_event() {
    let events = |hour: i64, time: &str| {
        let mut shipment = response(
            EventOrder::OldestFirst,
            &[("a", time), ("b", "2026-03-02T09:00:00Z")],
        );
        shipment.freshness.fetched_at = at(hour * 3600);
        shipment
    };

    let merged = polls([
        events(0, "2026-03-01T09:00:00Z"),
        events(1, "2026-03-03T09:00:00Z"),
    ]);

    assert_eq!(keys(&merged.shipment), ["b", "a"]);
    let moved = &merged.shipment.legs[0].events[1];
    assert_eq!(
        moved.time.as_ref().map(Timestamp::text),
        Some("2026-03-03T09:00:00Z")
    );
}

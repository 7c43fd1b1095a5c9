//! The order of events across legs, and shared scans.

use tracking_core::{LegRole, Shipment, Status};

use crate::parcels::{event, leg, parcel};

fn two_legs(origin: &[(&str, &str)], destination: &[(&str, &str)]) -> Shipment {
    let events = |reported: &[(&str, &str)]| {
        let event = |&(id, time): &(&str, &str)| event(id, time, Status::InTransit, "Scan");
        reported.iter().map(event).collect()
    };
    let mut shipment = parcel(Status::InTransit, 0, Vec::new());
    // The destination leg comes first, to show that the place in the list does not decide.
    shipment.legs = vec![
        leg("otherpost", LegRole::Destination, events(destination)),
        leg("testpost", LegRole::Origin, events(origin)),
    ];
    shipment
}

fn timeline(shipment: &Shipment) -> Vec<&str> {
    shipment
        .timeline()
        .iter()
        .map(|reported| reported.event.key.as_str())
        .collect()
}

#[test]
fn legs_are_interleaved_by_instant_if_every_event_has_one() {
    let shipment = two_legs(
        &[
            ("o1", "2025-12-01T10:00:00+08:00"),
            ("o2", "2025-12-03T10:00:00+08:00"),
        ],
        &[
            ("d1", "2025-12-01T02:00:00+01:00"),
            ("d2", "2025-12-04T10:00:00Z"),
        ],
    );

    assert_eq!(timeline(&shipment), ["d1", "o1", "o2", "d2"]);
}

#[test]
fn one_wall_clock_is_enough_to_put_origin_before_destination() {
    let shipment = two_legs(
        &[
            ("o1", "2025-12-01T10:00:00+08:00"),
            ("o2", "2025-12-03 10:00"),
        ],
        &[("d1", "2025-12-01T03:00:00+01:00")],
    );

    assert_eq!(timeline(&shipment), ["o1", "o2", "d1"]);
}

#[test]
fn of_equal_instants_the_origin_comes_first() {
    let shipment = two_legs(
        &[("o1", "2025-12-01T10:00:00+01:00")],
        &[("d1", "2025-12-01T09:00:00Z")],
    );

    assert_eq!(timeline(&shipment), ["o1", "d1"]);
}

#[test]
fn order_inside_leg_is_kept_even_against_its_times() {
    let shipment = two_legs(
        &[
            ("o2", "2025-12-02T10:00:00Z"),
            ("o1", "2025-12-01T10:00:00Z"),
        ],
        &[("d1", "2025-12-03T10:00:00Z")],
    );

    assert_eq!(timeline(&shipment), ["o2", "o1", "d1"]);
}

#[test]
fn scan_of_two_legs_is_grouped_and_both_reports_stay() {
    let shipment = two_legs(
        &[
            ("o1", "2025-12-01T10:00:00+01:00"),
            ("o2", "2025-12-02T10:00:00+01:00"),
        ],
        &[("d1", "2025-12-01T09:00:00Z")],
    );

    let scans = shipment.scans();

    assert_eq!(scans.len(), 2);
    assert!(scans[0].is_shared());
    let reported: Vec<&str> = scans[0]
        .events
        .iter()
        .map(|reported| reported.event.key.as_str())
        .collect();
    assert_eq!(reported, ["o1", "d1"]);
    assert!(!scans[1].is_shared());
}

#[test]
fn equal_wall_clocks_of_two_legs_are_not_one_scan() {
    let shipment = two_legs(&[("o1", "2025-12-01 10:00")], &[("d1", "2025-12-01 10:00")]);

    assert_eq!(shipment.scans().len(), 2);
}

#[test]
fn another_status_at_the_same_instant_is_another_scan() {
    let mut shipment = two_legs(
        &[("o1", "2025-12-01T10:00:00Z")],
        &[("d1", "2025-12-01T10:00:00Z")],
    );
    shipment.legs[0].events[0].status.status = Status::Delivered;

    assert_eq!(shipment.scans().len(), 2);
}

#[test]
fn two_events_of_one_leg_are_never_one_scan() {
    let shipment = two_legs(
        &[
            ("o1", "2025-12-01T10:00:00Z"),
            ("o2", "2025-12-01T10:00:00Z"),
        ],
        &[],
    );

    assert_eq!(shipment.scans().len(), 2);
}

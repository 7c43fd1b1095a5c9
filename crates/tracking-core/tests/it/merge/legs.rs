//! Which leg is which, and what is corrected of one.

use tracking_core::merge::{Change, ChangeKind, Update, merge};
use tracking_core::{Courier, LegRole, Shipment, Status};

use super::scenes::{TUESDAY, kinds, on_monday, poll, sorted};
use crate::parcels::{at, event, keys, leg};

fn without_events(courier: &str, number: &str, hour: i64) -> Shipment {
    let mut shipment = poll(Status::Pending, hour, Vec::new());
    shipment.legs[0].courier = Some(Courier::new(courier));
    shipment.legs[0].number = Some(number.to_owned());
    shipment
}

#[test]
fn leg_whose_courier_becomes_known_stays_the_same() {
    let mut known = on_monday();
    known.legs[0].courier = None;
    known.legs[0].number = None;

    let merged = known.merge(on_monday());

    assert_eq!(
        kinds(&merged),
        [ChangeKind::CourierChanged, ChangeKind::NumberChanged]
    );
    assert_eq!(merged.shipment.legs.len(), 1);
    assert_eq!(
        merged.shipment.legs[0].courier,
        Some(Courier::new("testpost"))
    );
}

#[test]
fn corrected_courier_takes_over_a_leg_without_events() {
    let merged =
        without_events("testpost", "TP0001", 0).merge(without_events("otherpost", "TP0001", 1));

    assert_eq!(kinds(&merged), [ChangeKind::CourierChanged]);
    assert_eq!(merged.shipment.legs.len(), 1);
    assert_eq!(
        merged.shipment.legs[0].courier,
        Some(Courier::new("otherpost"))
    );
}

#[test]
fn corrected_courier_and_number_take_over_a_leg_without_events() {
    let mut latest = without_events("otherpost", "TP0009", 1);
    latest.number = "TP0009".to_owned();
    latest.id = Some("t-1".to_owned());
    let mut known = without_events("testpost", "TP0001", 0);
    known.id = Some("t-1".to_owned());

    let merged = known.merge(latest);

    assert_eq!(
        kinds(&merged),
        [ChangeKind::NumberChanged, ChangeKind::CourierChanged]
    );
    assert_eq!(merged.shipment.number, "TP0009");
    assert_eq!(merged.shipment.legs.len(), 1);
}

#[test]
fn corrected_courier_with_the_same_events_is_the_same_leg() {
    let mut latest = on_monday();
    latest.legs[0].courier = Some(Courier::new("otherpost"));

    let merged = on_monday().merge(latest);

    assert_eq!(kinds(&merged), [ChangeKind::CourierChanged]);
    assert_eq!(merged.shipment.legs.len(), 1);
}

#[test]
fn message_of_another_courier_is_another_leg() {
    let arrived = event("f1", TUESDAY, Status::InTransit, "Arrived");
    let mut message = poll(Status::InTransit, 1, vec![arrived]);
    message.legs[0].courier = Some(Courier::new("otherpost"));

    let merged = on_monday().merge_partial(message);

    assert_eq!(
        kinds(&merged),
        [ChangeKind::Added, ChangeKind::CourierChanged]
    );
    assert_eq!(merged.shipment.legs.len(), 2);
}

#[test]
fn second_leg_joins_and_the_first_keeps_its_events() {
    let mut latest = on_monday();
    latest.freshness.fetched_at = at(20);
    latest.legs[0].role = LegRole::Origin;
    let arrived = event("f1", TUESDAY, Status::InTransit, "Arrived");
    latest
        .legs
        .push(leg("otherpost", LegRole::Destination, vec![arrived]));

    let merged = on_monday().merge(latest);

    assert_eq!(
        kinds(&merged),
        [ChangeKind::Added, ChangeKind::CourierChanged]
    );
    assert_eq!(keys(&merged.shipment), ["e1", "f1"]);
    assert_eq!(merged.shipment.legs[0].role, LegRole::Origin);
}

#[test]
fn event_that_moves_to_another_leg_is_neither_new_nor_gone() {
    let mut latest = on_monday();
    latest.freshness.fetched_at = at(20);
    let moved = std::mem::take(&mut latest.legs[0].events);
    latest
        .legs
        .push(leg("otherpost", LegRole::Destination, moved));

    let merged = on_monday().merge(latest);

    assert!(
        merged
            .changes
            .iter()
            .all(|it| matches!(it, Change::CourierChanged { .. }))
    );
    assert_eq!(keys(&merged.shipment), ["e1"]);
}

#[test]
fn naive_clocks_of_two_legs_are_not_compared() {
    let shift = |shipment: &mut Shipment, time: &str| {
        let arrived = event("f1", time, Status::InTransit, "Arrived");
        shipment
            .legs
            .push(leg("otherpost", LegRole::Destination, vec![arrived]));
    };
    let merged = ["2025-12-01 08:00", "2025-12-09 08:00"].map(|time| {
        let mut latest = poll(Status::InTransit, 1, vec![sorted()]);
        shift(&mut latest, time);
        on_monday().merge(latest)
    });

    assert_eq!(kinds(&merged[0]), kinds(&merged[1]));
}

#[test]
fn legs_known_from_messages_are_in_the_order_of_their_events() {
    let message = |courier: &str, id: &str, time: &str| {
        let mut message = poll(
            Status::InTransit,
            1,
            vec![event(id, time, Status::InTransit, id)],
        );
        message.legs[0].courier = Some(Courier::new(courier));
        message
    };
    let first = message("zulu-post", "e1", "2025-12-01T10:00:00Z");
    let second = message("alpha-post", "e2", "2025-12-02T10:00:00Z");
    let couriers = |messages: [Shipment; 2]| -> Vec<String> {
        let known = messages.into_iter().fold(None, |known, message| {
            Some(merge(known, Update::Partial(message)).shipment)
        });
        let legs = known.expect("two messages").legs.into_iter();
        legs.filter_map(|leg| Some(leg.courier?.code)).collect()
    };

    assert_eq!(
        couriers([first.clone(), second.clone()]),
        ["zulu-post", "alpha-post"]
    );
    assert_eq!(couriers([second, first]), ["zulu-post", "alpha-post"]);
}

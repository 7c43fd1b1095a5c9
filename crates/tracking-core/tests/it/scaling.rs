//! Responses of a size that only a faulty or hostile provider sends: work must grow with the size,
//! not with its square. With these counts anything else would not end within the patience of a
//! test runner.

use tracking_core::merge::{Reducer, Update};
use tracking_core::{Event, EventKey, Leg, LegRole, Problem, Shipment, Status};

use crate::parcels::{content_event, event, leg, parcel};

const MANY: usize = 30_000;

fn of_legs(legs: Vec<Leg>) -> Shipment {
    let mut shipment = parcel(Status::InTransit, 0, Vec::new());
    shipment.legs = legs;
    shipment
}

/// Legs of one event each, all with times in one second, all with couriers of their own.
fn many_legs(first: usize) -> Vec<Leg> {
    let one = |index: usize| {
        let time = "2025-12-01T10:00:00Z";
        let reported = event(&format!("e{index}"), time, Status::InTransit, "Sorted");
        leg(&format!("courier{index}"), LegRole::Unknown, vec![reported])
    };
    (first..first + MANY).map(one).collect()
}

fn without_courier(mut legs: Vec<Leg>) -> Vec<Leg> {
    for leg in &mut legs {
        leg.courier = None;
        leg.number = None;
    }
    legs
}

#[test]
fn many_legs_are_matched_with_their_known_ones() {
    let known = of_legs(many_legs(0));

    let again = Reducer::new().reduce(Some(&known), Update::Snapshot(known.clone()));
    let others = Reducer::new().reduce(Some(&known), Update::Partial(of_legs(many_legs(MANY))));

    assert!(again.changes.is_empty());
    assert_eq!(again.shipment.legs.len(), MANY);
    assert_eq!(others.changes.len(), MANY);
    assert_eq!(others.shipment.legs.len(), 2 * MANY);
}

#[test]
fn many_legs_are_matched_by_their_events() {
    let mut known = many_legs(0);
    for leg in &mut known {
        // One key that all legs share, and no courier that distinguishes them in the response.
        let mut shared = leg.events[0].clone();
        shared.key = EventKey::from_provider_id("shared");
        leg.events.insert(0, shared);
    }
    let latest = without_courier(known.clone());

    let merged = Reducer::new().reduce(Some(&of_legs(known)), Update::Partial(of_legs(latest)));

    assert!(merged.changes.is_empty());
    assert_eq!(merged.shipment.legs.len(), MANY);
}

#[test]
fn many_new_events_are_placed() {
    let reported = |parity: usize| -> Vec<Event> {
        let numbers = (0..MANY).filter(|number| number % 2 == parity);
        let events = numbers.map(|number| {
            let (minute, second) = (number / 60 % 60, number % 60);
            let (day, hour) = (number / 86_400 + 1, number / 3600 % 24);
            let time = format!("2025-12-{day:02}T{hour:02}:{minute:02}:{second:02}Z");
            content_event(&time, "c", "Sorted")
        });
        events.collect()
    };
    let known = parcel(Status::InTransit, 0, reported(0));

    let update = Update::Partial(parcel(Status::InTransit, 0, reported(1)));
    let merged = Reducer::new().reduce(Some(&known), update).shipment;

    let times = merged.legs[0].events.iter();
    let times: Vec<&str> = times
        .filter_map(|it| Some(it.time.as_ref()?.text()))
        .collect();
    assert_eq!(times.len(), MANY);
    assert!(times.is_sorted());
}

#[test]
fn many_scans_at_one_time_are_grouped() {
    let events = |leg: usize, count: usize| -> Vec<Event> {
        let one = |index: usize| {
            let id = format!("{leg}-{index}");
            event(&id, "2025-12-01T10:00:00Z", Status::InTransit, "Sorted")
        };
        (0..count).map(one).collect()
    };
    let mut legs = vec![leg("first", LegRole::Origin, events(0, MANY))];
    legs.extend((1..MANY).map(|index| leg("other", LegRole::Unknown, events(index, 1))));

    let shipment = of_legs(legs);
    let scans = shipment.scans();

    // Each of the other legs reports the last scan of the first one.
    assert_eq!(scans.len(), MANY);
    assert_eq!(scans[MANY - 1].events.len(), MANY);
    assert!(scans[..MANY - 1].iter().all(|scan| !scan.is_shared()));
}

#[test]
fn copies_and_problems_are_kept_up_to_a_limit() {
    let copies = (0..MANY).map(|copy| {
        let text = format!("Text {copy}");
        event("same", "2025-12-01", Status::InTransit, &text)
    });
    let known = parcel(Status::InTransit, 0, copies.collect());
    let mut known = Reducer::new()
        .reduce(None, Update::Snapshot(known))
        .shipment;
    assert_eq!(known.legs[0].events[0].copies as usize, MANY);
    assert_eq!(
        known.legs[0].events[0].revisions.len(),
        Event::MAX_REVISIONS
    );

    for round in 0..5 {
        let mut update = parcel(Status::InTransit, 0, Vec::new());
        let problems = (0..MANY).map(|index| Problem::new(format!("{round}[{index}]"), "odd"));
        update.problems = problems.take(if round == 0 { MANY } else { 50 }).collect();
        known = Reducer::new()
            .reduce_owned(Some(known), Update::Partial(update))
            .shipment;
    }

    // The newest observation keeps its own; of what came before there is a limited number.
    assert_eq!(known.problems.len(), 100);
    assert_eq!(known.problems[0].path, "4[0]");
}

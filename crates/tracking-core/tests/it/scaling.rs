//! Responses of a size that only a faulty or hostile provider sends: a cap at the door, and work that
//! grows with the size. With these counts anything else would not end within the patience of a test
//! runner.

use tracking_core::kit::EventOrder;
use tracking_core::merge::{Update, merge};
use tracking_core::{Completeness, Event, Leg, LegRole, Problem, Shipment, Status};

use crate::parcels::{content_event, event, leg, parcel};

const MANY: usize = 30_000;

fn of_legs(legs: Vec<Leg>) -> Shipment {
    let mut shipment = parcel(Status::InTransit, 0, Vec::new());
    shipment.legs = legs;
    shipment
}

/// Events a second apart, without ids.
fn seconds(numbers: impl Iterator<Item = usize>) -> Vec<Event> {
    let events = numbers.map(|number| {
        let (minute, second) = (number / 60 % 60, number % 60);
        let (day, hour) = (number / 86_400 + 1, number / 3600 % 24);
        let time = format!("2025-12-{day:02}T{hour:02}:{minute:02}:{second:02}Z");
        content_event(&time, "c", "Sorted")
    });
    events.collect()
}

#[test]
fn surplus_events_are_left_out_and_the_newest_stay() {
    let mut shipment = parcel(Status::InTransit, 0, seconds(0..100_000));

    shipment.finish(EventOrder::OldestFirst);

    let events = &shipment.legs[0].events;
    assert_eq!(events.len(), Shipment::MAX_EVENTS);
    assert_eq!(
        events[1999].time.as_ref().unwrap().text(),
        "2025-12-02T03:46:39Z"
    );
    assert_eq!(shipment.legs[0].completeness, Completeness::Partial);
    assert_eq!(shipment.problems.len(), 1);
    assert_eq!(shipment.merge(shipment.clone()).changes, []);
}

#[test]
fn surplus_legs_are_left_out() {
    let one = |index: usize| {
        let reported = event(
            &format!("e{index}"),
            "2025-12-01T10:00:00Z",
            Status::InTransit,
            "Scan",
        );
        leg(&format!("courier{index}"), LegRole::Unknown, vec![reported])
    };
    let mut shipment = of_legs((0..MANY).map(one).collect());

    shipment.finish(EventOrder::OldestFirst);

    assert_eq!(shipment.legs.len(), Shipment::MAX_LEGS);
    assert_eq!(shipment.completeness, Completeness::Partial);
    assert_eq!(shipment.problems[0].path, "legs");
    assert_eq!(shipment.merge(shipment.clone()).changes, []);
}

#[test]
fn merges_add_no_more_than_the_cap() {
    let cap = Shipment::MAX_EVENTS;
    let known = parcel(Status::InTransit, 0, seconds(0..cap));
    let message = parcel(Status::InTransit, 1, seconds(cap..cap + 500));

    let merged = merge(Some(known), Update::Partial(message)).shipment;

    let events = &merged.legs[0].events;
    assert_eq!(events.len(), cap);
    assert_eq!(
        events[cap - 1].time.as_ref().unwrap().text(),
        "2025-12-01T00:41:39Z"
    );
    assert_eq!(merged.problems[0].path, "events");
}

#[test]
fn new_events_are_placed_among_known_ones() {
    let even = seconds((0..2_000).filter(|number| number % 2 == 0));
    let odd = seconds((0..2_000).filter(|number| number % 2 == 1));
    let known = parcel(Status::InTransit, 0, even);

    let merged = known
        .merge_partial(parcel(Status::InTransit, 0, odd))
        .shipment;

    let times = merged.legs[0].events.iter();
    let times: Vec<&str> = times
        .filter_map(|it| Some(it.time.as_ref()?.text()))
        .collect();
    assert_eq!(times.len(), 2_000);
    assert!(times.is_sorted());
}

#[test]
fn keys_that_collide_on_purpose_stay_apart() {
    let colliding = (0..1_000).map(|number| {
        let mut event = event("same", "2025-12-01T10:00:00Z", Status::InTransit, "Scan");
        event.location = Some(format!("Place {number}"));
        event
    });
    let response = parcel(Status::InTransit, 0, colliding.collect());

    let first = merge(None, Update::Snapshot(response.clone())).shipment;
    let again = first.merge(response);

    assert_eq!(first.legs[0].events.len(), 1_000);
    assert_eq!(again.changes, []);
}

#[test]
fn events_without_times_or_of_any_year_are_merged() {
    let odd = |time: &str| {
        let mut event = content_event(time, "c", "Sorted");
        if time.is_empty() {
            event.time = None;
        }
        event
    };
    let times = ["", "", "0000-01-01", "9999-12-31T23:59:59Z", "soon"];
    let response = parcel(Status::InTransit, 0, times.map(odd).to_vec());

    let first = merge(None, Update::Snapshot(response.clone())).shipment;
    let again = first.merge(response);

    assert_eq!(again.changes, []);
    let events = &again.shipment.legs[0].events;
    // What is equal in every field is one event.
    assert_eq!(events.len(), times.len() - 1);
    assert_eq!(events.iter().map(|event| event.copies).max(), Some(2));
}

#[test]
fn text_of_megabyte_is_merged_whole() {
    let huge = "ß ".repeat(350_000);
    assert!(huge.len() > 1024 * 1024);
    let response = parcel(
        Status::InTransit,
        0,
        vec![content_event("2025-12-01", "c", &huge)],
    );

    let first = merge(None, Update::Snapshot(response.clone())).shipment;
    let again = first.merge(response);

    assert_eq!(again.changes, []);
    let text = again.shipment.legs[0].events[0].description.as_ref();
    assert_eq!(text, Some(&huge));
}

#[test]
fn scans_at_one_time_are_grouped() {
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
    let copies = (0..1_000).map(|copy| {
        let text = format!("Text {copy}");
        event("same", "2025-12-01", Status::InTransit, &text)
    });
    let response = parcel(Status::InTransit, 0, copies.collect());
    let mut known = merge(None, Update::Snapshot(response)).shipment;
    assert_eq!(known.legs[0].events[0].copies, 1_000);
    assert_eq!(
        known.legs[0].events[0].revisions.len(),
        Event::MAX_REVISIONS
    );

    for round in 0..5 {
        let mut message = parcel(Status::InTransit, 0, Vec::new());
        let problems = (0..50).map(|index| Problem::new(format!("{round}[{index}]"), "odd"));
        message.problems = problems.collect();
        known = merge(Some(known), Update::Partial(message)).shipment;
    }

    assert_eq!(known.problems.len(), 100);
}

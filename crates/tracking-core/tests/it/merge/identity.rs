//! Which observations are of one shipment.

use tracking_core::merge::{Merged, Update, merge};
use tracking_core::{Courier, Event, Shipment, Status, Target};

use super::scenes::{HOUR, loaded, on_monday, poll, sorted};
use crate::parcels::{at, content_event};

fn with_id(id: &str) -> Shipment {
    let mut shipment = on_monday();
    shipment.id = Some(id.to_owned());
    shipment
}

fn with_number(number: &str) -> Shipment {
    let mut shipment = on_monday();
    shipment.number = number.to_owned();
    shipment
}

fn with_reference(reference: &str) -> Shipment {
    let mut shipment = on_monday();
    shipment.reference = Some(reference.to_owned());
    shipment
}

#[test]
fn other_number_is_not_mixed_in() {
    let merged = on_monday().merge(with_number("TP0002"));

    assert!(merged.is_first);
    assert_eq!(merged.shipment.number, "TP0002");
    assert!(merged.replaced.is_none());
}

#[test]
fn spelling_of_a_number_does_not_count() {
    for spelling in ["tp0001", " TP 0001", "TP-00-01"] {
        assert!(
            on_monday().is_same_shipment(&with_number(spelling)),
            "{spelling}"
        );
    }
    assert!(!with_number(" - ").is_same_shipment(&with_number(" - ")));
}

#[test]
fn spelling_of_a_number_is_no_change() {
    for spelling in ["tp0001", " TP 0001", "TP-00-01"] {
        let merged = on_monday().merge(with_number(spelling));

        assert!(merged.changes.is_empty(), "{:?}", merged.changes);
        assert_eq!(merged.shipment.number, "TP0001");
    }
}

#[test]
fn spelling_of_the_number_of_a_leg_makes_no_second_leg() {
    let numbered = |number: &str, events| {
        let mut shipment = poll(Status::InTransit, 0, events);
        shipment.legs[0].number = Some(number.to_owned());
        shipment
    };
    let known = numbered("TP0001", vec![sorted()]);

    let merged = known.merge_partial(numbered("TP 0001", vec![loaded()]));

    assert_eq!(merged.shipment.legs.len(), 1, "{:?}", merged.shipment.legs);
}

#[test]
fn ids_decide_where_both_have_one() {
    assert!(!with_id("t-1").is_same_shipment(&with_id("t-2")));
    assert!(with_id("t-1").is_same_shipment(&on_monday()));
    let mut renumbered = with_id("t-1");
    renumbered.number = "TP0009".to_owned();
    assert!(with_id("t-1").is_same_shipment(&renumbered));
}

#[test]
fn references_decide_under_one_number() {
    assert!(!with_reference("order-1").is_same_shipment(&with_reference("order-2")));
    assert!(with_reference("order-1").is_same_shipment(&on_monday()));
}

fn with_account(name: &str) -> Shipment {
    let mut shipment = on_monday();
    shipment.account = Some(name.to_owned());
    shipment
}

#[test]
fn shipments_of_two_accounts_are_two() {
    let known = with_account("shop-de");
    let mut nameless = with_account("shop-fr");
    nameless.number.clear();

    assert!(!known.is_same_shipment(&with_account("shop-fr")));
    assert!(known.is_same_shipment(&with_account("Shop-DE")));
    for other in [with_account("shop-fr"), nameless] {
        let merged = known.merge(other);

        assert!(merged.is_first);
        assert_eq!(merged.shipment.account.as_deref(), Some("shop-fr"));
    }
}

#[test]
fn merge_keeps_the_account() {
    for (known, latest) in [
        (with_account("shop-de"), on_monday()),
        (on_monday(), with_account("shop-de")),
    ] {
        let merged = known.merge(latest);

        assert!(!merged.is_first);
        assert_eq!(merged.changes, []);
        assert_eq!(merged.shipment.account.as_deref(), Some("shop-de"));
    }
}

fn journey(status: Status, hour: i64, first: &str, last: &str) -> Shipment {
    let scan = |time: &str, code: &str| -> Event { content_event(time, code, "Scan") };
    poll(status, hour, vec![scan(first, "a"), scan(last, "b")])
}

#[test]
fn number_is_used_again_after_thirty_days() {
    let old = journey(Status::Delivered, 0, "2026-01-01 09:00", "2026-01-05 09:00");
    let new = journey(
        Status::InTransit,
        HOUR,
        "2026-02-08 09:00",
        "2026-02-09 09:00",
    );

    let merged = merge(Some(old), Update::Snapshot(new.clone()));

    assert!(merged.is_first);
    assert_eq!(merged.changes, []);
    assert_eq!(merged.shipment.legs[0].events.len(), 2);
    let replaced = merged.replaced.expect("the old parcel");
    assert_eq!(replaced.status.status, Status::Delivered);

    let again = merge(Some(merged.shipment), Update::Snapshot(new));
    assert!(!again.is_first);
    assert_eq!(again.changes, []);
}

#[test]
fn number_is_not_used_again_where_anything_speaks_against_it() {
    let finished = || journey(Status::Delivered, 0, "2026-01-01 09:00", "2026-01-05 09:00");
    let later = || journey(Status::InTransit, 1, "2026-02-08 09:00", "2026-02-09 09:00");
    let soon = journey(Status::InTransit, 1, "2026-02-01 09:00", "2026-02-02 09:00");
    let shared = journey(Status::InTransit, 1, "2026-01-01 09:00", "2026-02-09 09:00");
    let mut under_way = finished();
    under_way.status.status = Status::InTransit;
    let with_id = |mut shipment: Shipment| {
        shipment.id = Some("t-1".to_owned());
        shipment
    };

    for (known, latest) in [
        (finished(), soon),
        (finished(), shared),
        (under_way, later()),
        (with_id(finished()), with_id(later())),
    ] {
        assert!(!merge(Some(known), Update::Snapshot(latest)).is_first);
    }
}

#[test]
fn late_report_of_former_parcel_does_not_end_the_new_one() {
    let old = |hour| {
        journey(
            Status::Delivered,
            hour,
            "2026-01-01 09:00",
            "2026-01-05 09:00",
        )
    };
    let new = |hour| {
        journey(
            Status::InTransit,
            hour,
            "2026-02-08 09:00",
            "2026-02-09 09:00",
        )
    };
    let known = || merge(Some(old(0)), Update::Snapshot(new(1))).shipment;

    let cached = merge(Some(known()), Update::Snapshot(old(2)));
    let again = merge(Some(cached.shipment.clone()), Update::Snapshot(old(2)));
    let next = merge(Some(again.shipment.clone()), Update::Snapshot(new(3)));
    let message = merge(Some(known()), Update::Partial(old(2)));
    let second = merge(Some(message.shipment.clone()), Update::Partial(old(3)));

    let lines = |merged: &Merged| -> Vec<String> {
        merged.changes.iter().map(ToString::to_string).collect()
    };
    assert_eq!(lines(&cached), ["an old report came late: Delivered"]);
    assert_eq!(lines(&message), ["an old report came late: Delivered"]);
    for merged in [&again, &next, &second] {
        assert_eq!(merged.changes, []);
    }
    for merged in [cached, again, next, message, second] {
        assert!(!merged.is_first);
        assert_eq!(merged.shipment.status.status, Status::InTransit);
        assert_eq!(merged.shipment.legs[0].events.len(), 2);
    }
}

#[test]
fn second_response_with_former_events_is_believed() {
    let old = |hour| {
        journey(
            Status::Delivered,
            hour,
            "2026-01-01 09:00",
            "2026-01-05 09:00",
        )
    };
    let new = journey(Status::InTransit, 1, "2026-02-08 09:00", "2026-02-09 09:00");

    let first = merge(Some(new), Update::Snapshot(old(2)));
    let json = serde_json::to_vec(&first.shipment).unwrap();
    let stored = Shipment::from_json(&json).unwrap();
    let second = merge(Some(stored), Update::Snapshot(old(3)));

    assert_eq!(first.shipment.status.status, Status::InTransit);
    assert_eq!(second.shipment.status.status, Status::Delivered);
    assert_eq!(second.shipment.legs[0].events.len(), 4);
}

#[test]
fn request_is_what_the_provider_can_be_asked() {
    let by_id = with_id("t-1").request();
    let mut by_number = with_id("t-1");
    by_number.can_ask_by_id = false;
    by_number.legs[0].courier = Some(Courier::new("testpost"));
    let by_number = by_number.request();
    let mut by_reference = with_reference("order-1");
    by_reference.number.clear();

    assert_eq!(by_id.target, Target::Id("t-1".to_owned()));
    assert_eq!(by_number.target, Target::Number("TP0001".to_owned()));
    assert_eq!(by_number.hints.courier.as_deref(), Some("testpost"));
    assert_eq!(
        by_reference.request().target,
        Target::Reference("order-1".to_owned())
    );
}

#[test]
fn observation_is_merged_into_nothing() {
    let merged = merge(None, Update::Snapshot(on_monday()));

    assert!(merged.is_first);
    assert_eq!(merged.changes, []);
    assert_eq!(merged.headline(), None);
    assert_eq!(merged.shipment.freshness.fetched_at, at(0));
}

#[test]
fn observation_that_names_no_shipment_is_one_of_the_known_one() {
    let mut nameless = with_number("");
    nameless.status = tracking_core::StatusReport::new(Status::Unknown);

    let merged = on_monday().merge(nameless);

    assert!(!merged.is_first);
    assert_eq!(merged.changes, []);
    assert_eq!(merged.shipment.number, "TP0001");
}

//! What ends a final status beside a retraction: a corrected event, an act of another courier.

use tracking_core::merge::{ChangeKind, Update, merge};
use tracking_core::{Detail, Event, LegRole, Shipment, Status};

use super::scenes::{
    MONDAY, TUESDAY, WEDNESDAY, handed_over, kinds, poll, polls, sorted, with_provider_clock,
};
use crate::parcels::{at, event, leg, report};

const THURSDAY: &str = "2025-12-04T10:00:00+01:00";

fn delivered(hour: i64) -> Shipment {
    poll(Status::Delivered, hour, vec![sorted(), handed_over()])
}

/// The delivery under the same id, which is an attempt by now.
fn corrected(status: Status, hour: i64) -> Shipment {
    let attempt = event("e3", WEDNESDAY, Status::AttemptFailed, "Handed over");
    poll(status, hour, vec![sorted(), attempt])
}

#[test]
fn delivery_that_is_corrected_in_place_reopens() {
    let response = corrected(Status::AttemptFailed, 1);

    let polled = delivered(0).merge(response.clone());
    let known = with_provider_clock(delivered(0), 10);
    let messaged = known.merge_partial(with_provider_clock(response, 20));

    for merged in [polled, messaged] {
        assert_eq!(
            kinds(&merged),
            [
                ChangeKind::Revised,
                ChangeKind::Reopened,
                ChangeKind::AttentionChanged
            ]
        );
        assert_eq!(merged.shipment.status.status, Status::AttemptFailed);
        assert_eq!(merged.shipment.legs[0].events.len(), 2);
    }
}

#[test]
fn status_that_follows_a_correction_later_reopens() {
    // The provider corrects its event first, and its status with the next response.
    let edited = delivered(0).merge(corrected(Status::Delivered, 1));
    let json = serde_json::to_string(&edited.shipment).unwrap();
    let stored = Shipment::from_json(json.as_bytes()).unwrap();

    let followed = stored.merge(corrected(Status::AttemptFailed, 2));

    assert_eq!(kinds(&edited), [ChangeKind::Revised]);
    assert_eq!(
        kinds(&followed),
        [ChangeKind::Reopened, ChangeKind::AttentionChanged]
    );
}

#[test]
fn one_corrected_delivery_of_two_does_not_reopen() {
    let second = event("e4", THURSDAY, Status::Delivered, "Handed over again");
    let known = poll(
        Status::Delivered,
        0,
        vec![sorted(), handed_over(), second.clone()],
    );
    let mut latest = corrected(Status::InTransit, 1);
    latest.legs[0].events.push(second);

    let merged = known.merge(latest);

    assert_eq!(
        kinds(&merged),
        [ChangeKind::Revised, ChangeKind::LeftTerminal]
    );
    assert_eq!(merged.shipment.status.status, Status::Delivered);
}

fn exception(detail: Detail, hour: i64) -> Shipment {
    let mut shipment = poll(Status::Exception, hour, vec![sorted()]);
    shipment.status.detail = Some(detail);
    shipment
}

#[test]
fn exception_that_leaves_loss_is_refused_once() {
    let lost = exception(Detail::Lost, 0);

    let refused = lost.merge(exception(Detail::DeliveryProblem, 1));
    let again = refused
        .shipment
        .merge(exception(Detail::DeliveryProblem, 2));

    assert_eq!(kinds(&refused), [ChangeKind::LeftTerminal]);
    assert_eq!(
        refused.changes[0].to_string(),
        "reported as Exception (delivery_problem) although it is Exception (lost)"
    );
    assert!(refused.shipment.is_terminal());
    assert_eq!(again.changes, []);
}

#[test]
fn loss_that_is_corrected_to_a_delay_reopens() {
    let with_event = |detail: Detail, hour| {
        let mut shipment = exception(detail.clone(), hour);
        let mut report = report(Status::Exception);
        report.raw.fine = Some(detail.as_str().to_owned().into());
        report.detail = Some(detail);
        let mut problem = event("e2", TUESDAY, Status::Exception, "Problem");
        problem.status = report;
        // An exception before the loss made nothing final.
        let first = event("e1", MONDAY, Status::Exception, "Damp");
        shipment.legs[0].events = vec![first, problem];
        shipment
    };

    let merged = with_event(Detail::Lost, 0).merge(with_event(Detail::Delayed, 1));

    assert_eq!(kinds(&merged), [ChangeKind::Revised, ChangeKind::Reopened]);
    assert_eq!(
        merged.changes[1].to_string(),
        "no longer Exception (lost): Exception (delayed)"
    );
    assert!(!merged.shipment.is_terminal());
}

/// A delivery of one courier, and what another one reports.
fn with_other_leg(status: Status, hour: i64, other: Vec<Event>) -> Shipment {
    let mut shipment = delivered(hour);
    shipment.status = report(status);
    shipment
        .legs
        .push(leg("otherpost", LegRole::Destination, other));
    shipment
}

#[test]
fn act_in_other_leg_reopens_when_instants_prove_it_later() {
    let tried = |time| event("f1", time, Status::AttemptFailed, "Nobody home");
    let merged = |time| {
        let known = with_other_leg(Status::Delivered, 0, Vec::new());
        known.merge(with_other_leg(Status::AttemptFailed, 1, vec![tried(time)]))
    };

    let later = merged(THURSDAY);
    let earlier = merged(TUESDAY);
    let unproven = merged("2025-12-04T10:00:00");

    assert!(kinds(&later).contains(&ChangeKind::Reopened));
    for merged in [earlier, unproven] {
        assert!(kinds(&merged).contains(&ChangeKind::LeftTerminal));
        assert_eq!(merged.shipment.status.status, Status::Delivered);
    }
}

#[test]
fn shipment_that_was_stored_without_its_final_event_reopens() {
    let known = polls([delivered(0)]).shipment;
    let mut stored = serde_json::to_value(&known).unwrap();
    stored["memory"]
        .as_object_mut()
        .unwrap()
        .remove("final_event");
    let stored: Shipment = serde_json::from_value(stored).unwrap();

    let merged = merge(
        Some(stored),
        Update::Snapshot(corrected(Status::AttemptFailed, 1)),
    );

    assert!(kinds(&merged).contains(&ChangeKind::Reopened));
    assert_eq!(merged.shipment.freshness.fetched_at, at(3600));
}

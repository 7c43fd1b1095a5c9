//! Merging observations of one shipment.

use tracking_core::merge::{Change, ChangeKind, Merged, Reducer, Update, changes};
use tracking_core::{
    ConflictKind, Courier, Detail, Eta, EtaSource, LegRole, Shipment, Status, Timestamp,
};

use crate::parcels::{at, content_event, event, keys, leg, parcel};

const MONDAY: &str = "2025-12-01T10:00:00+01:00";
const TUESDAY: &str = "2025-12-02T10:00:00+01:00";
const WEDNESDAY: &str = "2025-12-03T10:00:00+01:00";

fn kinds(merged: &Merged) -> Vec<ChangeKind> {
    merged.changes.iter().map(Change::kind).collect()
}

fn on_monday() -> Shipment {
    let event = event("e1", MONDAY, Status::InTransit, "Sorted");
    parcel(Status::InTransit, 10, vec![event])
}

fn with_provider_clock(mut shipment: Shipment, seconds: i64) -> Shipment {
    shipment.freshness.provider_updated_at = Some(at(seconds));
    shipment
}

#[test]
fn the_first_observation_is_a_state_and_not_a_change() {
    let merged = Reducer::new().reduce(None, Update::Snapshot(on_monday()));

    assert!(merged.is_first);
    assert_eq!(merged.changes, []);
    assert_eq!(merged.shipment, on_monday());
}

#[test]
fn another_shipment_is_not_mixed_in() {
    let mut other = on_monday();
    other.number = "TP0002".to_owned();

    let merged = Shipment::merge(&on_monday(), other.clone());

    assert!(merged.is_first);
    assert_eq!(merged.shipment, other);
}

#[test]
fn numbers_are_the_same_in_upper_and_lower_case() {
    let mut lower = on_monday();
    lower.number = "tp0001".to_owned();

    assert!(on_monday().is_same_shipment(&lower));
}

#[test]
fn a_new_event_and_a_new_status_are_reported() {
    let mut latest = on_monday();
    latest.freshness.fetched_at = at(20);
    latest.status.status = Status::Delivered;
    let delivered = event("e2", TUESDAY, Status::Delivered, "Handed over");
    latest.legs[0].events.push(delivered);

    let merged = Shipment::merge(&on_monday(), latest);

    assert_eq!(
        kinds(&merged),
        [ChangeKind::Added, ChangeKind::StatusChanged]
    );
    assert_eq!(keys(&merged.shipment), ["e1", "e2"]);
    assert_eq!(merged.shipment.status.status, Status::Delivered);
    assert_eq!(merged.refused().count(), 0);
}

#[test]
fn an_edited_text_is_a_revision_and_the_old_text_stays() {
    let mut latest = on_monday();
    latest.legs[0].events[0].description = Some("Sortiert".to_owned());

    let merged = Shipment::merge(&on_monday(), latest);

    assert_eq!(kinds(&merged), [ChangeKind::Revised]);
    let event = &merged.shipment.legs[0].events[0];
    assert_eq!(event.description.as_deref(), Some("Sortiert"));
    assert_eq!(event.revisions[0].description, "Sorted");
}

#[test]
fn an_edit_of_an_event_without_id_is_recognised_by_its_time_and_code() {
    let known = parcel(
        Status::InTransit,
        10,
        vec![content_event(MONDAY, "t1", "Sorted")],
    );
    let latest = parcel(
        Status::InTransit,
        20,
        vec![content_event(MONDAY, "t1", "Sortiert")],
    );

    let merged = Shipment::merge(&known, latest);

    assert_eq!(kinds(&merged), [ChangeKind::Revised]);
    assert_eq!(merged.shipment.legs[0].events.len(), 1);
    assert_eq!(
        merged.shipment.legs[0].events[0].revisions[0].description,
        "Sorted"
    );
}

#[test]
fn one_key_gone_and_two_come_is_no_revision() {
    let known = parcel(
        Status::InTransit,
        10,
        vec![content_event(MONDAY, "t1", "Sorted")],
    );
    let come = vec![
        content_event(MONDAY, "t1", "One"),
        content_event(MONDAY, "t1", "Two"),
    ];

    let merged = Shipment::merge(&known, parcel(Status::InTransit, 20, come));

    assert_eq!(
        kinds(&merged),
        [ChangeKind::Added, ChangeKind::Added, ChangeKind::Retracted]
    );
}

#[test]
fn another_way_to_write_a_place_changes_nothing() {
    let mut known = on_monday();
    known.legs[0].events[0].location = Some("DE, Köln".to_owned());
    let mut latest = known.clone();
    latest.legs[0].events[0].location = Some("Köln (DE)".to_owned());

    let merged = Shipment::merge(&known, latest);

    assert_eq!(merged.changes, []);
}

#[test]
fn an_event_that_a_complete_response_lacks_is_retracted_and_stays_in_its_place() {
    let events = vec![
        event("e1", MONDAY, Status::InTransit, "Sorted"),
        event("e2", TUESDAY, Status::InTransit, "Lost in thought"),
        event("e3", WEDNESDAY, Status::InTransit, "Sorted again"),
    ];
    let known = parcel(Status::InTransit, 10, events.clone());
    let latest = parcel(
        Status::InTransit,
        20,
        vec![events[0].clone(), events[2].clone()],
    );

    let merged = Shipment::merge(&known, latest.clone());
    let again = Shipment::merge(&merged.shipment, latest);

    assert_eq!(kinds(&merged), [ChangeKind::Retracted]);
    assert_eq!(keys(&merged.shipment), ["e1", "e2", "e3"]);
    assert!(merged.shipment.legs[0].events[1].retracted);
    assert_eq!(again.changes, []);
    assert_eq!(again.shipment, merged.shipment);
}

#[test]
fn a_retracted_event_that_returns_is_added() {
    let empty = parcel(Status::InTransit, 20, Vec::new());
    let retracted = Shipment::merge(&on_monday(), empty).shipment;

    let merged = Shipment::merge(&retracted, {
        let mut latest = on_monday();
        latest.freshness.fetched_at = at(30);
        latest
    });

    assert_eq!(kinds(&merged), [ChangeKind::Added]);
    assert!(!merged.shipment.legs[0].events[0].retracted);
}

#[test]
fn a_partial_update_retracts_nothing() {
    let webhook = parcel(
        Status::InTransit,
        20,
        vec![event("e2", TUESDAY, Status::InTransit, "Loaded")],
    );

    let merged = Shipment::merge_partial(&on_monday(), webhook);

    assert_eq!(kinds(&merged), [ChangeKind::Added]);
    assert_eq!(keys(&merged.shipment), ["e1", "e2"]);
}

#[test]
fn an_outdated_response_adds_but_corrects_nothing() {
    let known = with_provider_clock(on_monday(), 100);
    let mut outdated = with_provider_clock(on_monday(), 50);
    outdated.legs[0].events = vec![event("e0", MONDAY, Status::PickedUp, "Collected")];
    outdated.status.status = Status::PickedUp;

    let merged = Shipment::merge(&known, outdated);

    assert_eq!(kinds(&merged), [ChangeKind::Added, ChangeKind::Late]);
    assert_eq!(keys(&merged.shipment), ["e0", "e1"]);
    assert!(
        merged.shipment.legs[0]
            .events
            .iter()
            .all(|event| !event.retracted)
    );
    assert_eq!(merged.shipment.status.status, Status::InTransit);
}

#[test]
fn a_late_event_takes_its_place_and_does_not_move_the_status() {
    let known = with_provider_clock(on_monday(), 100);
    let late = event(
        "e0",
        "2025-11-30T10:00:00+01:00",
        Status::PickedUp,
        "Collected",
    );
    let webhook = with_provider_clock(parcel(Status::PickedUp, 200, vec![late]), 90);

    let merged = Shipment::merge_partial(&known, webhook);

    assert_eq!(kinds(&merged), [ChangeKind::Late, ChangeKind::Late]);
    assert_eq!(keys(&merged.shipment), ["e0", "e1"]);
    assert_eq!(merged.shipment.status.status, Status::InTransit);
    assert!(merged.changes[0].is_applied());
    assert!(!merged.changes[1].is_applied());
}

#[test]
fn a_late_webhook_does_not_move_delivered_back() {
    let delivered = event("e2", TUESDAY, Status::Delivered, "Handed over");
    let known = parcel(Status::Delivered, 10, vec![delivered]);
    let webhook = parcel(
        Status::InTransit,
        20,
        vec![event("e1", MONDAY, Status::InTransit, "Sorted")],
    );

    let merged = Shipment::merge_partial(&known, webhook);

    assert_eq!(kinds(&merged), [ChangeKind::Late, ChangeKind::Late]);
    assert_eq!(merged.shipment.status.status, Status::Delivered);
}

#[test]
fn a_lower_phase_without_a_newer_time_is_regressed() {
    let mut known = on_monday();
    known.status.status = Status::OutForDelivery;
    let mut latest = on_monday();
    latest.freshness.fetched_at = at(20);

    let merged = Shipment::merge(&known, latest);

    assert_eq!(kinds(&merged), [ChangeKind::Regressed]);
    assert_eq!(merged.shipment.status.status, Status::OutForDelivery);
    assert_eq!(merged.refused().count(), 1);
}

#[test]
fn a_message_that_ends_before_what_a_poll_knows_does_not_move_the_status_back() {
    let loaded = event("e2", TUESDAY, Status::OutForDelivery, "Loaded");
    let known = with_provider_clock(parcel(Status::OutForDelivery, 10, vec![loaded]), 50);
    let sorted = event("e1", MONDAY, Status::InTransit, "Sorted");
    let webhook = with_provider_clock(parcel(Status::InTransit, 20, vec![sorted]), 60);

    let merged = Shipment::merge_partial(&known, webhook);

    assert_eq!(kinds(&merged), [ChangeKind::Late, ChangeKind::Regressed]);
    assert_eq!(merged.shipment.status.status, Status::OutForDelivery);
}

#[test]
fn a_response_that_was_fetched_earlier_retracts_nothing() {
    let mut known = on_monday();
    known.freshness.fetched_at = at(30);

    let merged = Shipment::merge(&known, parcel(Status::InTransit, 20, Vec::new()));

    assert_eq!(merged.changes, []);
    assert_eq!(merged.shipment.freshness.fetched_at, at(30));
}

#[test]
fn back_to_transit_at_a_newer_time_is_normal() {
    let tried = event("e1", MONDAY, Status::AttemptFailed, "Nobody home");
    let known = parcel(Status::AttemptFailed, 10, vec![tried.clone()]);
    let back = event("e2", TUESDAY, Status::InTransit, "Back in the depot");
    let latest = parcel(Status::InTransit, 20, vec![tried, back]);

    let merged = Shipment::merge(&known, latest);

    assert_eq!(
        kinds(&merged),
        [ChangeKind::Added, ChangeKind::StatusChanged]
    );
    assert_eq!(merged.shipment.status.status, Status::InTransit);
}

#[test]
fn leaving_a_final_status_is_reported_and_not_applied_even_at_a_newer_time() {
    let delivered = event("e1", MONDAY, Status::Delivered, "Handed over");
    let known = parcel(Status::Delivered, 10, vec![delivered]);
    let webhook = parcel(
        Status::Exception,
        20,
        vec![event("e2", TUESDAY, Status::Exception, "Complaint")],
    );

    let merged = Shipment::merge_partial(&known, webhook.clone());
    let applied = Reducer::new()
        .with_doubtful_applied(true)
        .reduce(Some(&known), Update::Partial(webhook));

    assert_eq!(
        kinds(&merged),
        [ChangeKind::Added, ChangeKind::LeftTerminal]
    );
    assert_eq!(merged.shipment.status.status, Status::Delivered);
    assert_eq!(
        kinds(&applied),
        [
            ChangeKind::Added,
            ChangeKind::LeftTerminal,
            ChangeKind::StatusChanged
        ]
    );
    assert_eq!(applied.shipment.status.status, Status::Exception);
}

#[test]
fn from_one_final_status_to_another_at_a_newer_time_is_a_change() {
    let known = parcel(
        Status::Delivered,
        10,
        vec![event("e1", MONDAY, Status::Delivered, "Handed over")],
    );
    let webhook = parcel(
        Status::Returned,
        20,
        vec![event("e2", TUESDAY, Status::Returned, "Back at the shop")],
    );

    let merged = Shipment::merge_partial(&known, webhook);

    assert_eq!(
        kinds(&merged),
        [ChangeKind::Added, ChangeKind::StatusChanged]
    );
}

#[test]
fn an_exception_that_turns_out_to_be_a_loss_is_a_change() {
    let mut known = on_monday();
    known.status.status = Status::Exception;
    let mut latest = known.clone();
    latest.status.detail = Some(Detail::Lost);

    let merged = Shipment::merge(&known, latest);

    assert_eq!(kinds(&merged), [ChangeKind::StatusChanged]);
    assert!(merged.shipment.is_terminal());
}

#[test]
fn repeated_reports_in_one_response_are_dropped_and_counted() {
    let mut latest = on_monday();
    let copy = latest.legs[0].events[0].clone();
    latest.legs[0].events.push(copy);

    let merged = Shipment::merge(&on_monday(), latest.clone());
    let again = Shipment::merge(&merged.shipment, latest);

    assert_eq!(merged.duplicates_dropped, 1);
    assert_eq!(merged.shipment.duplicates_dropped, 1);
    assert_eq!(merged.shipment.legs[0].events[0].copies, 2);
    assert_eq!(merged.changes, []);
    assert_eq!(again.shipment, merged.shipment);
}

#[test]
fn an_estimate_that_moves_is_reported_and_the_first_one_stays() {
    let expected = |day: &str| {
        let mut shipment = on_monday();
        shipment.etas.push(Eta::new(
            EtaSource::Courier,
            Timestamp::parse(day),
            "estimate",
        ));
        shipment
    };

    let moved = Shipment::merge(&expected("2025-12-04"), expected("2025-12-05"));
    let again = Shipment::merge(&moved.shipment, expected("2025-12-06"));

    assert_eq!(kinds(&moved), [ChangeKind::EtaChanged]);
    let days: Vec<&str> = again
        .shipment
        .etas
        .iter()
        .map(|eta| eta.from.text())
        .collect();
    assert_eq!(days, ["2025-12-04", "2025-12-06"]);
    assert_eq!(again.shipment.eta().unwrap().from.text(), "2025-12-06");
}

#[test]
fn conflict_of_a_window_ends_when_it_is_corrected() {
    let expected = |to: &str| {
        let begin = Timestamp::parse("2025-12-04T18:00:00");
        let window = Eta::new(EtaSource::Courier, begin, "estimate");
        let mut shipment = on_monday();
        shipment.etas = vec![window.with_end(Timestamp::parse(to))];
        shipment
    };
    let conflicts = |merged: &Merged| -> Vec<ConflictKind> {
        merged.shipment.conflicts.iter().map(|it| it.kind).collect()
    };

    let known = expected("2025-12-04T20:00:00");
    let reversed = Shipment::merge_partial(&known, expected("2025-12-04T14:00:00"));
    let corrected = Shipment::merge_partial(&reversed.shipment, expected("2025-12-04T19:00:00"));

    assert_eq!(conflicts(&reversed), [ConflictKind::EtaWindow]);
    assert_eq!(reversed.shipment.eta(), None);
    assert_eq!(conflicts(&corrected), []);
    assert_eq!(
        corrected.shipment.eta(),
        expected("2025-12-04T19:00:00").eta()
    );
}

#[test]
fn a_leg_whose_courier_becomes_known_is_still_the_same_leg() {
    let mut known = on_monday();
    known.legs[0].courier = None;
    known.legs[0].number = None;

    let merged = Shipment::merge(&known, on_monday());

    assert_eq!(merged.changes, []);
    assert_eq!(merged.shipment.legs.len(), 1);
    assert_eq!(
        merged.shipment.legs[0].courier,
        Some(Courier::new("testpost"))
    );
}

#[test]
fn a_second_leg_joins_and_the_first_keeps_its_events() {
    let mut latest = on_monday();
    latest.freshness.fetched_at = at(20);
    latest.legs[0].role = LegRole::Origin;
    let arrived = event("f1", TUESDAY, Status::InTransit, "Arrived");
    latest
        .legs
        .push(leg("otherpost", LegRole::Destination, vec![arrived]));

    let merged = Shipment::merge(&on_monday(), latest);

    assert_eq!(kinds(&merged), [ChangeKind::Added]);
    assert_eq!(keys(&merged.shipment), ["e1", "f1"]);
    assert_eq!(merged.shipment.legs[0].role, LegRole::Origin);
}

#[test]
fn an_event_that_moves_to_another_leg_is_neither_new_nor_gone() {
    let mut latest = on_monday();
    latest.freshness.fetched_at = at(20);
    let moved = std::mem::take(&mut latest.legs[0].events);
    latest
        .legs
        .push(leg("otherpost", LegRole::Destination, moved));

    let merged = Shipment::merge(&on_monday(), latest);

    assert_eq!(merged.changes, []);
    assert_eq!(keys(&merged.shipment), ["e1"]);
    assert_eq!(merged.shipment.legs[1].events.len(), 1);
}

#[test]
fn what_the_newer_response_leaves_out_is_kept() {
    let mut known = on_monday();
    known.service = Some("Parcel".to_owned());
    known.registered_at = Some(at(0));
    known.freshness.provider_updated_at = Some(at(5));
    let mut latest = on_monday();
    latest.freshness.fetched_at = at(20);

    let merged = Shipment::merge(&known, latest).shipment;

    assert_eq!(merged.service.as_deref(), Some("Parcel"));
    assert_eq!(merged.registered_at, Some(at(0)));
    assert_eq!(merged.freshness.fetched_at, at(20));
    assert_eq!(merged.freshness.provider_updated_at, Some(at(5)));
}

#[test]
fn milestones_follow_the_merged_events() {
    let earlier = event(
        "e0",
        "2025-11-30T10:00:00+01:00",
        Status::InTransit,
        "Collected",
    );
    let webhook = parcel(Status::InTransit, 20, vec![earlier]);

    let merged = Shipment::merge_partial(&on_monday(), webhook).shipment;

    let first = &merged.milestones.computed[&Status::InTransit];
    assert_eq!(first.text(), "2025-11-30T10:00:00+01:00");
}

#[test]
fn changes_lists_what_merge_reports() {
    let mut latest = on_monday();
    latest.freshness.fetched_at = at(20);
    let loaded = event("e2", TUESDAY, Status::InTransit, "Loaded");
    latest.legs[0].events.push(loaded);

    let listed = changes(&on_monday(), &latest);

    assert_eq!(listed, Shipment::merge(&on_monday(), latest).changes);
}

#[test]
fn changes_to_a_merged_state_show_what_it_retracted() {
    let merged = Shipment::merge(&on_monday(), parcel(Status::InTransit, 20, Vec::new()));

    let listed = changes(&on_monday(), &merged.shipment);

    assert_eq!(
        listed.iter().map(Change::kind).collect::<Vec<_>>(),
        [ChangeKind::Retracted]
    );
}

#[test]
fn a_change_is_stored_under_its_kind() {
    let merged = Shipment::merge(&on_monday(), parcel(Status::Delivered, 20, Vec::new()));

    let json = serde_json::to_value(&merged.changes).unwrap();

    assert_eq!(
        json[0],
        serde_json::json!({"kind": "retracted", "event": "e1"})
    );
    assert_eq!(
        json[1],
        serde_json::json!({"kind": "status_changed", "from": "in_transit", "to": "delivered"})
    );
    assert_eq!(
        serde_json::from_value::<Vec<Change>>(json).unwrap(),
        merged.changes
    );
}

#[test]
fn two_trackers_of_one_number_are_two_shipments() {
    let with_id = |id: &str| {
        let mut shipment = on_monday();
        shipment.id = Some(id.to_owned());
        shipment
    };

    let merged = Shipment::merge(&with_id("t-1"), with_id("t-2"));

    assert!(merged.is_first);
    assert_eq!(merged.shipment, with_id("t-2"));
    assert!(with_id("t-1").is_same_shipment(&on_monday()));
    let mut renumbered = with_id("t-1");
    renumbered.number = "TP0009".to_owned();
    assert!(with_id("t-1").is_same_shipment(&renumbered));
}

#[test]
fn reducing_an_owned_shipment_gives_the_same() {
    let mut latest = on_monday();
    latest.freshness.fetched_at = at(20);
    latest.status.status = Status::Delivered;
    let mut other = latest.clone();
    other.number = "TP0002".to_owned();

    for update in [Update::Snapshot(latest), Update::Partial(other)] {
        let borrowed = Reducer::new().reduce(Some(&on_monday()), update.clone());

        let owned = Reducer::new().reduce_owned(Some(on_monday()), update);

        assert_eq!(owned, borrowed);
    }
}

#[test]
fn what_the_provider_says_about_giving_up_is_kept_until_it_says_otherwise() {
    let said = |gave_up: Option<bool>| {
        let mut shipment = on_monday();
        shipment.provider_gave_up = gave_up;
        shipment
    };
    let merged = |known, latest| {
        let merged = Shipment::merge_partial(&said(known), said(latest));
        merged.shipment.provider_gave_up
    };

    assert_eq!(merged(Some(true), None), Some(true));
    assert_eq!(merged(Some(true), Some(false)), Some(false));
    assert_eq!(merged(None, None), None);
}

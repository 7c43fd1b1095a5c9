//! How changes are listed, written and stored.

use tracking_core::merge::{Change, ChangeKind, Update, changes, merge};
use tracking_core::model::EtaSource;
use tracking_core::{Eta, Status, Timestamp};

use super::scenes::{handed_over, kinds, loaded, on_monday, poll, polls, sorted};
use crate::parcels::{at, content_event};

#[test]
fn changes_lists_what_merge_reports() {
    let latest = poll(Status::OutForDelivery, 1, vec![sorted(), loaded()]);

    let listed = changes(&on_monday(), &latest);

    assert_eq!(listed, on_monday().merge(latest).changes);
}

#[test]
fn changes_between_two_states_name_each_step_once() {
    let first = polls([on_monday()]).shipment;
    let last = polls([
        first.clone(),
        poll(Status::OutForDelivery, 1, vec![sorted(), loaded()]),
        poll(
            Status::Delivered,
            2,
            vec![sorted(), loaded(), handed_over()],
        ),
    ])
    .shipment;

    let kinds: Vec<ChangeKind> = changes(&first, &last).iter().map(Change::kind).collect();

    assert_eq!(
        kinds,
        [
            ChangeKind::Added,
            ChangeKind::Added,
            ChangeKind::StatusChanged
        ]
    );
    assert_eq!(changes(&last, &last), []);
}

#[test]
fn change_is_a_line_for_people() {
    let mut latest = poll(Status::OutForDelivery, 1, vec![sorted(), loaded()]);
    latest.legs[0].events[0].location = Some("Bonn\n".to_owned());
    let day = Timestamp::parse("2025-12-02");
    latest.etas.push(Eta::new(EtaSource::Courier, day, "eta"));

    let merged = on_monday().merge(latest);

    let lines: Vec<String> = merged.changes.iter().map(ToString::to_string).collect();
    assert_eq!(
        lines,
        [
            "corrected (place): 2025-12-01T10:00:00+01:00 In transit: Sorted (Bonn)",
            "new: 2025-12-02T10:00:00+01:00 Out for delivery: Loaded",
            "status: Out for delivery, before: In transit",
            "expected 2025-12-02",
        ]
    );
    assert_eq!(
        merged.headline().as_deref(),
        Some("2025-12-02T10:00:00+01:00 Out for delivery: Loaded")
    );
}

#[test]
fn headline_leaves_out_what_no_customer_is_told() {
    let mut edited = poll(Status::InTransit, 1, vec![sorted()]);
    edited.legs[0].events[0].description = Some("Sortiert".to_owned());
    edited.service = Some("Parcel".to_owned());

    let merged = on_monday().merge(edited);

    assert_eq!(merged.changes.len(), 2);
    assert_eq!(merged.headline(), None);
}

#[test]
fn headline_is_the_new_estimate_when_nothing_else_happened() {
    let mut latest = poll(Status::InTransit, 1, vec![sorted()]);
    let day = Timestamp::parse("2025-12-04");
    latest.etas.push(Eta::new(EtaSource::Courier, day, "eta"));

    assert_eq!(
        on_monday().merge(latest).headline().as_deref(),
        Some("Expected 2025-12-04")
    );
}

#[test]
fn change_gives_its_event() {
    let merged = on_monday().merge(poll(Status::OutForDelivery, 1, vec![sorted(), loaded()]));

    let added = &merged.changes[0];

    assert_eq!(
        added.event().unwrap().description.as_deref(),
        Some("Loaded")
    );
    assert_eq!(added.event_key().unwrap().as_str(), "e2");
    assert_eq!(merged.changes[1].event(), None);
}

#[test]
fn change_is_stored_under_its_kind() {
    let mut latest = poll(Status::Delivered, 1, vec![sorted(), handed_over()]);
    latest.freshness.fetched_at = at(4000);
    let merged = on_monday().merge(latest);

    let json = serde_json::to_value(&merged.changes).unwrap();

    assert_eq!(json[0]["kind"], "added");
    assert_eq!(json[0]["event"]["key"], "e3");
    assert_eq!(
        json[1],
        serde_json::json!({
            "kind": "status_changed",
            "from": "in_transit",
            "to": "delivered",
            "from_detail": null,
            "to_detail": null,
        })
    );
    assert_eq!(
        serde_json::from_value::<Vec<Change>>(json).unwrap(),
        merged.changes
    );
}

#[test]
fn change_of_a_later_version_is_unknown() {
    let stored = r#"[{"kind":"teleported","to":"Mars"},{"kind":"fact_changed","fact":"colour"}]"#;

    let changes: Vec<Change> = serde_json::from_str(stored).unwrap();

    assert_eq!(changes[0].kind(), ChangeKind::Unknown);
    assert_eq!(changes[1].kind(), ChangeKind::FactChanged);
}

#[test]
fn kind_is_written_as_in_json() {
    for kind in ChangeKind::ALL {
        let json = serde_json::to_value(kind).unwrap();
        assert_eq!(json, kind.as_str());
        assert_eq!(serde_json::from_value::<ChangeKind>(json).unwrap(), *kind);
    }
}

/// The time line of the documentation, poll by poll and message by message.
#[test]
fn drawn_time_line_is_what_merge_reports() {
    use ChangeKind::{Added, LeftTerminal, Reopened, Restored, Retracted, Revised, StatusChanged};
    let scan = |day: u8, status: Status, text: &str| {
        let mut scan = content_event(&format!("2025-12-0{day} 10:00"), "c", text);
        scan.status.status = status;
        scan.location = Some("Köln".to_owned());
        scan
    };
    let a = || scan(1, Status::InTransit, "Accepted");
    let b = |text| scan(2, Status::InTransit, text);
    let c = || scan(4, Status::Delivered, "Delivered");
    let d = || scan(3, Status::OutForDelivery, "Out for delivery");
    let moving = || Status::InTransit;
    let both = || vec![a(), b("Abgefahren")];
    let polled = |hour, status, events| Update::Snapshot(poll(status, hour, events));
    let sent = |hour| Update::Partial(poll(Status::InTransit, hour, vec![b("Departed")]));

    let mut known = None;
    for (update, expected) in [
        (polled(8, moving(), vec![a()]), vec![]),
        (polled(12, moving(), vec![a(), b("Departed")]), vec![Added]),
        (sent(13), vec![]),
        (polled(16, moving(), both()), vec![Revised]),
        (sent(17), vec![]),
        (polled(20, moving(), Vec::new()), vec![]),
        (
            polled(24, Status::Delivered, vec![a(), b("Abgefahren"), c()]),
            vec![Added, StatusChanged],
        ),
        (polled(28, moving(), both()), vec![LeftTerminal]),
        (polled(32, moving(), both()), vec![Retracted, Reopened]),
        (
            polled(36, Status::Delivered, vec![a(), b("Abgefahren"), d(), c()]),
            vec![Added, Restored, StatusChanged],
        ),
    ] {
        let merged = merge(known, update);
        assert_eq!(kinds(&merged), expected);
        known = Some(merged.shipment);
    }
}

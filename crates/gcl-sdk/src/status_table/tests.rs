use tracking_core::Precision;

use super::*;

fn checkpoint(uid: &str, id: Option<i64>, description: &str) -> CheckPoint {
    CheckPoint {
        status: id,
        status_uid: Some(uid).filter(|uid| !uid.is_empty()).map(StatusUid::from),
        description: Some(description.to_owned()),
        ..CheckPoint::default()
    }
}

fn map(uid: &str, id: Option<i64>, description: &str) -> Mapped {
    let mut checkpoint = checkpoint(uid, id, description);
    map_status(
        &mut checkpoint,
        Descriptions::Refine,
        &UnmappedCounter::new(),
    )
}

#[test]
fn every_state_and_its_other_spellings_are_mapped() {
    use Precision::{Ambiguous, Coarse, Exact};
    let cases: [(&[&str], Status, Option<Detail>, Precision); 10] = [
        (
            &["registered", "Registered "],
            Status::InfoReceived,
            None,
            Coarse,
        ),
        (
            &["in_transit", "In Transit", "in-transit"],
            Status::InTransit,
            None,
            Coarse,
        ),
        (&["out_for_delivery"], Status::OutForDelivery, None, Exact),
        (
            &[
                "failed_attempt",
                "attempt_failed",
                "failed_delivery_attempt",
            ],
            Status::AttemptFailed,
            None,
            Coarse,
        ),
        (
            &["shipping_exception", "shipment_exception", "exception"],
            Status::Exception,
            None,
            Coarse,
        ),
        (
            &["available_for_pickup", "available_for_pick_up"],
            Status::AvailableForPickup,
            None,
            Exact,
        ),
        (&["delivered", "DELIVERED"], Status::Delivered, None, Exact),
        (
            &["shipped", "sent", "dispatched"],
            Status::PickedUp,
            None,
            Ambiguous,
        ),
        (&["returned"], Status::Returned, None, Ambiguous),
        (
            &["not_picked_up", "not_collected", "uncollected", "unclaimed"],
            Status::Exception,
            Some(Detail::NotCollected),
            Ambiguous,
        ),
    ];

    for (spellings, status, detail, precision) in cases {
        for spelling in spellings {
            let report = map(spelling, None, "").report;

            assert_eq!(
                (&report.status, &report.detail, report.precision),
                (&status, &detail, precision),
                "{spelling}"
            );
            assert_eq!(report.raw.main.as_deref(), Some(*spelling));
        }
    }
}

#[test]
fn number_counts_only_where_name_says_nothing() {
    let cases = [
        ("", Some(1), Some(Status::InTransit)),
        ("", Some(2), Some(Status::OutForDelivery)),
        ("", Some(6), Some(Status::Delivered)),
        ("brand_new", Some(6), Some(Status::Delivered)),
        ("delivered", Some(1), Some(Status::Delivered)),
        ("", None, Some(Status::Unknown)),
        // Not proven, so it decides nothing.
        ("", Some(3), None),
        ("brand_new", Some(3), None),
        ("brand_new", None, None),
    ];

    for (uid, id, status) in cases {
        let report = map(uid, id, "").report;

        match status {
            Some(status) => assert_eq!(report.status, status, "{uid} {id:?}"),
            None => assert!(matches!(report.status, Status::Unmapped(_)), "{uid} {id:?}"),
        }
        assert_eq!(report.raw.main.as_deref().unwrap_or_default(), uid);
        assert_eq!(
            report.raw.category.as_deref(),
            id.map(|id| id.to_string()).as_deref()
        );
    }
}

#[test]
fn number_has_family_of_its_state() {
    let report = map("", Some(1), "Acceptance scan").report;

    assert_eq!(report.status, Status::PickedUp);
    assert_eq!(report.raw.main, None);
    assert_eq!(report.raw.category.as_deref(), Some("1"));
}

#[test]
fn description_never_changes_state_of_another_family() {
    for (uid, description, status) in [
        ("delivered", "Returned to sender", Status::Delivered),
        ("in_transit", "Delivered", Status::InTransit),
        ("in_transit", "Shipment cancelled", Status::InTransit),
        ("registered", "Pending", Status::InfoReceived),
        ("shipping_exception", "Expired", Status::Exception),
    ] {
        let mapped = map(uid, None, description);

        assert_eq!(mapped.report.status, status, "{uid} {description}");
        assert!(mapped.conflict.is_some(), "{uid} {description}");
    }
}

#[test]
fn loss_counts_only_beside_exception() {
    for description in ["Shipment lost", "Shipment disposed"] {
        let moving = map("in_transit", None, description).report;
        let problem = map("shipping_exception", None, description).report;

        assert_eq!(moving.detail, None, "{description}");
        assert!(
            !moving.is_terminal() && problem.is_terminal(),
            "{description}"
        );
    }
}

#[test]
fn description_that_is_not_in_table_is_kept_and_counted() {
    let counter = UnmappedCounter::new();
    let mut checkpoint = checkpoint("delivered", Some(6), "Left with the goat");

    let report = map_status(&mut checkpoint, Descriptions::Refine, &counter).report;

    assert_eq!(report.status, Status::Delivered);
    assert_eq!(report.raw.fine.as_deref(), Some("Left with the goat"));
    let counts = counter.snapshot();
    assert_eq!(counts.len(), 1);
    assert_eq!(
        (counts[0].field.as_str(), counts[0].value.as_str()),
        ("description", "Left with the goat")
    );
}

#[test]
fn descriptions_can_be_ignored() {
    let counter = UnmappedCounter::new();
    let mut checkpoint = checkpoint("in_transit", None, "Acceptance scan");

    let report = map_status(&mut checkpoint, Descriptions::Ignore, &counter).report;

    assert_eq!((report.status, report.detail), (Status::InTransit, None));
    assert_eq!(report.raw.fine.as_deref(), Some("Acceptance scan"));
    assert!(counter.snapshot().is_empty());
}

#[test]
fn unknown_states_are_counted_under_their_field() {
    let counter = UnmappedCounter::new();
    for (uid, id) in [
        ("brand_new", Some(6)),
        ("brand_new", None),
        ("", Some(3)),
        ("onderweg", None),
    ] {
        map_status(&mut checkpoint(uid, id, ""), Descriptions::Refine, &counter);
    }

    let counts: Vec<(String, String, u64)> = counter
        .snapshot()
        .into_iter()
        .map(|count| (count.field, count.value, count.count))
        .collect();

    assert_eq!(
        counts,
        [
            (NUMBER.to_owned(), "3".to_owned(), 1),
            (UID.to_owned(), "brand_new".to_owned(), 2),
            (UID.to_owned(), "onderweg".to_owned(), 1),
        ]
    );
}

#[test]
fn every_published_value_has_exactly_one_row() {
    STATUS_TABLE.check().unwrap();
    let uids = STATUS_TABLE
        .rows()
        .iter()
        .filter(|row| row.field_name() == UID);
    assert_eq!(uids.count(), StatusUid::KNOWN.len());
    let known = StatusUid::KNOWN.iter().map(StatusUid::as_str);
    STATUS_TABLE.check_covers(UID, known).unwrap();
}

#[test]
fn values_of_the_example_alone_are_documented() {
    let documented: Vec<_> = STATUS_TABLE
        .rows()
        .iter()
        .filter(|row| row.known_from() == Source::Documented)
        .filter_map(StatusRow::wire_value)
        .collect();

    assert_eq!(
        documented,
        ["in_transit", "out_for_delivery", "delivered", "1", "2", "6"]
    );
}

#[test]
fn numbers_are_kept_as_they_are() {
    for number in [0, 9, 10, -1, i64::MAX, i64::MIN] {
        assert_eq!(digits(number), number.to_string());
    }
}

//! The rules that turn raw values into a status.

use proptest::prelude::*;
use tracking_core::kit::{
    Family, Fields, Mapped, StatusRow, StatusTable, TableError, UnmappedCounter,
};
use tracking_core::model::ConflictKind;
use tracking_core::{Detail, Origin, Precision, ProviderId, RawStatus, Reason, Status};

use crate::status_tables::{
    CODE_FIELDS, CODES, DESCRIPTION_FIELDS, DESCRIPTIONS, FACTS, NAME_FIELDS, NAMES, map,
    map_category,
};

fn names(main: &str, fine: &str) -> Mapped {
    map(&NAMES, &NAME_FIELDS, main, fine)
}

fn codes(main: &str, fine: &str) -> Mapped {
    map(&CODES, &CODE_FIELDS, main, fine)
}

fn strings(main: &str, fine: &str) -> Mapped {
    map(&DESCRIPTIONS, &DESCRIPTION_FIELDS, main, fine)
}

/// The canonical axes of a mapping that has neither a conflict nor unmapped values.
fn clean(mapped: &Mapped) -> (&Status, Option<&Detail>, Option<&Reason>, Precision) {
    assert_eq!(mapped.conflict, None);
    assert_eq!(mapped.unmapped, []);
    axes(mapped)
}

/// The canonical axes of a mapping with the conflict of a fine and a main value.
fn conflicting(mapped: &Mapped) -> (&Status, Option<&Detail>, Option<&Reason>, Precision) {
    let kind = mapped.conflict.as_ref().map(|conflict| conflict.kind);
    assert_eq!(kind, Some(ConflictKind::FineVsMain));
    axes(mapped)
}

fn axes(mapped: &Mapped) -> (&Status, Option<&Detail>, Option<&Reason>, Precision) {
    let report = &mapped.report;
    (
        &report.status,
        report.detail.as_ref(),
        report.reason.as_ref(),
        report.precision,
    )
}

#[test]
fn sample_tables_are_sound() {
    for table in [&NAMES, &CODES, &DESCRIPTIONS, &FACTS] {
        assert_eq!(table.check(), Ok(()), "{}", table.provider());
    }
}

#[test]
fn main_value_alone_gives_its_row() {
    let mapped = names("expired", "");

    assert_eq!(
        clean(&mapped),
        (
            &Status::Expired,
            Some(&Detail::NoUpdates),
            None,
            Precision::Exact
        )
    );
    assert_eq!(mapped.report.mapping_version, 3);
    assert_eq!(mapped.report.origin, Origin::Reported);
}

#[test]
fn fine_value_of_family_decides_all_axes() {
    let mapped = names("exception", "exception004");

    let expected = (
        &Status::Exception,
        Some(&Detail::NotCollected),
        Some(&Reason::RecipientNotCollected),
        Precision::Exact,
    );
    assert_eq!(clean(&mapped), expected);
}

#[test]
fn family_may_have_several_main_values() {
    for main in ["notfound", "transit", "inforeceived"] {
        let mapped = names(main, "notfound001");

        let expected = (
            &Status::InfoReceived,
            Some(&Detail::AwaitingPickup),
            None,
            Precision::Exact,
        );
        assert_eq!(clean(&mapped), expected, "{main}");
    }
}

#[test]
fn fine_row_does_not_inherit_reason_of_main_row() {
    let mapped = names("exception", "exception011");

    assert_eq!(
        clean(&mapped),
        (&Status::Returning, None, None, Precision::Exact)
    );
}

#[test]
fn values_are_found_whatever_their_spelling() {
    let table = [
        ("InfoReceived", "", Status::InfoReceived),
        ("TRANSIT", "Transit 003", Status::InTransit),
        ("transit", "not found001", Status::InfoReceived),
        ("exception", "exception0010", Status::Returned),
        ("exception", "exception10", Status::Returned),
        ("exception", "Exception_011", Status::Returning),
    ];

    for (main, fine, status) in table {
        assert_eq!(clean(&names(main, fine)).0, &status, "{main} {fine}");
    }
    assert_eq!(
        clean(&codes("in-transit", "data_order_canceled")).0,
        &Status::Cancelled
    );
}

#[test]
fn raw_values_stay_as_they_arrived() {
    let raw = RawStatus::new("Transit".to_owned())
        .with_fine("not found001".to_owned())
        .with_text("Label printed".to_owned());

    let mapped = NAMES.report(raw.clone(), &NAME_FIELDS);

    assert_eq!(mapped.report.raw, raw);
}

#[test]
fn foreign_fine_value_decides_before_journey_ends() {
    let mapped = names("undelivered", "pickup002");

    assert_eq!(
        conflicting(&mapped),
        (&Status::AvailableForPickup, None, None, Precision::Coarse)
    );
}

#[test]
fn terminal_main_value_beats_foreign_fine_value() {
    let mapped = names("delivered", "exception010");

    assert_eq!(
        conflicting(&mapped),
        (&Status::Delivered, None, None, Precision::Coarse)
    );
    let message = mapped.conflict.unwrap().message;
    assert_eq!(
        message,
        "substatus `exception010` does not belong to status `delivered`"
    );
}

#[test]
fn foreign_terminal_fine_value_does_not_end_journey() {
    assert_eq!(
        conflicting(&names("transit", "delivered003")),
        (&Status::InTransit, None, None, Precision::Coarse)
    );
    assert_eq!(
        conflicting(&codes("in_transit", "exception_lost")),
        (&Status::InTransit, None, None, Precision::Coarse)
    );
}

#[test]
fn conflict_never_improves_ambiguous_value() {
    let mapped = names("pickup", "delivered003");

    assert_eq!(
        conflicting(&mapped),
        (&Status::OutForDelivery, None, None, Precision::Ambiguous)
    );
}

#[test]
fn family_any_means_every_main_value_that_ends_nothing() {
    for main in ["pending", "in_transit", "out_for_delivery", "exception"] {
        assert_eq!(
            clean(&codes(main, "data_order_cancelled")).0,
            &Status::Cancelled,
            "{main}"
        );
    }
    assert_eq!(
        conflicting(&codes("delivered", "data_order_cancelled")).0,
        &Status::Delivered
    );
}

#[test]
fn row_may_take_its_status_from_main_value() {
    let mapped = codes("out_for_delivery", "data_delivery_decided");

    let expected = (
        &Status::OutForDelivery,
        Some(&Detail::DeliveryOptionsChosen),
        None,
        Precision::Exact,
    );
    assert_eq!(clean(&mapped), expected);
}

#[test]
fn category_takes_status_and_reason_from_main_value() {
    let mapped = map_category("exception", "transit");

    let expected = (
        &Status::Exception,
        None,
        Some(&Reason::OtherUnspecified),
        Precision::Coarse,
    );
    assert_eq!(clean(&mapped), expected);
}

#[test]
fn category_adds_its_detail() {
    let mapped = map_category("out_for_delivery", "destination");

    let expected = (
        &Status::OutForDelivery,
        Some(&Detail::ArrivedInDestinationCountry),
        None,
        Precision::Coarse,
    );
    assert_eq!(clean(&mapped), expected);
}

#[test]
fn category_beside_terminal_main_value_is_no_conflict() {
    let mapped = map_category("delivered", "delivery");

    assert_eq!(
        clean(&mapped),
        (&Status::Delivered, None, None, Precision::Exact)
    );
}

#[test]
fn category_does_not_count_beside_fine_value() {
    let raw = RawStatus::new("in_transit".to_owned())
        .with_fine("transit_handover".to_owned())
        .with_category("destination".to_owned());

    let mapped = CODES.report(raw, &CODE_FIELDS);

    assert_eq!(mapped.report.detail, Some(Detail::HandedToCarrier));
}

#[test]
fn unknown_main_value_is_unmapped_and_kept() {
    for fine in ["", "delivery_delivered"] {
        let mapped = codes("Tele-ported", fine);

        let Status::Unmapped(value) = &mapped.report.status else {
            panic!("{:?}", mapped.report.status);
        };
        assert_eq!(value.as_str(), "Tele-ported");
        assert_eq!(mapped.report.detail, None);
        assert_eq!(mapped.report.precision, Precision::Ambiguous);
        let unmapped: Vec<_> = mapped
            .unmapped
            .iter()
            .map(|value| (value.field, value.value.as_str()))
            .collect();
        assert_eq!(unmapped, [("statusMilestone", "Tele-ported")]);
    }
}

#[test]
fn unknown_fine_value_leaves_status_to_main_value() {
    let mapped = codes("delivered", "delivered");

    assert_eq!(
        axes(&mapped),
        (&Status::Delivered, None, None, Precision::Coarse)
    );
    assert_eq!(mapped.unmapped.len(), 1);
    assert_eq!(mapped.unmapped[0].field, "statusCode");
    assert_eq!(mapped.conflict, None);
}

#[test]
fn unknown_category_is_counted_too() {
    let mapped = map_category("delivered", "astral");

    assert_eq!(mapped.report.status, Status::Delivered);
    assert_eq!(mapped.unmapped[0].field, "statusCategory");
}

#[test]
fn fine_value_without_main_value_is_believed() {
    let mapped = names("", "delivered003");

    assert_eq!(
        clean(&mapped),
        (
            &Status::Delivered,
            Some(&Detail::Signed),
            None,
            Precision::Exact
        )
    );
}

#[test]
fn unknown_fine_value_alone_is_unmapped() {
    let mapped = names("", "transit999");

    assert!(mapped.report.status.is_unmapped());
}

#[test]
fn missing_value_is_unknown() {
    for (main, fine) in [("", ""), (" ", "\t")] {
        let mapped = names(main, fine);

        assert_eq!(
            clean(&mapped),
            (&Status::Unknown, None, None, Precision::Ambiguous)
        );
    }
}

#[test]
fn description_refines_status_inside_its_family() {
    let mapped = strings("in_transit", "acceptance  SCAN.");

    assert_eq!(
        clean(&mapped),
        (
            &Status::PickedUp,
            Some(&Detail::AcceptanceScan),
            None,
            Precision::Coarse
        )
    );
}

#[test]
fn description_outside_its_family_sets_detail_and_reason() {
    let mapped = strings("in_transit", "Customer refused delivery");

    let expected = (
        &Status::InTransit,
        Some(&Detail::Refused),
        Some(&Reason::RecipientRefused),
        Precision::Coarse,
    );
    assert_eq!(conflicting(&mapped), expected);
}

#[test]
fn description_alone_never_ends_journey() {
    assert_eq!(
        conflicting(&strings("in_transit", "Shipment lost")),
        (&Status::InTransit, None, None, Precision::Coarse)
    );
    assert_eq!(
        conflicting(&strings("in_transit", "Returned to sender")).0,
        &Status::InTransit
    );
    assert_eq!(
        clean(&strings("shipment_exception", "Shipment lost")).1,
        Some(&Detail::Lost)
    );
    assert_eq!(
        clean(&strings("exception", "Returned to sender")).0,
        &Status::Returned
    );
}

#[test]
fn description_with_brackets_is_found() {
    let mapped = strings("shipping_exception", "Delayed (customs clearance)");

    assert_eq!(mapped.report.reason, Some(Reason::CustomsDelay));
}

#[test]
fn fact_is_mapped_by_its_presence() {
    let raw = RawStatus::new("2025-12-04T07:16:00Z".to_owned());

    let report = FACTS
        .report(raw, &Fields::new("processedAt"))
        .report
        .derived_from("processedAt");

    assert_eq!(report.status, Status::PickedUp);
    assert_eq!(report.detail, Some(Detail::Processed));
    assert_eq!(report.origin, Origin::Derived("processedAt".into()));
}

#[test]
fn neutral_value_is_neither_status_nor_unmapped() {
    let mapped = FACTS.report(RawStatus::new("inbound".to_owned()), &Fields::new("type"));

    assert_eq!(clean(&mapped).0, &Status::Unknown);
}

#[test]
fn values_without_a_row_reach_the_counter() {
    let counter = UnmappedCounter::new();
    let mapped = codes("in_transit", "transit_teleported");

    counter.record_all(CODES.provider(), &mapped.unmapped);

    let counts = counter.snapshot();
    assert_eq!(counts.len(), 1);
    assert_eq!(counts[0].field, "statusCode");
    assert_eq!(counts[0].value, "transit_teleported");
}

#[test]
fn row_has_source_and_date() {
    let dates = ["exception010", "exception011"].map(|value| {
        let row = NAMES.find("substatus", value).unwrap();
        NAMES.date_of(row)
    });

    assert_eq!(dates, ["2025-11-01", "2025-11-09"]);
}

#[test]
fn required_list_of_values_is_checked() {
    assert_eq!(
        CODES.check_covers("statusMilestone", ["pending", "in_transit"]),
        Ok(())
    );
    assert!(matches!(
        CODES.check_covers("statusMilestone", ["pending", "expired"]),
        Err(TableError::Missing { value, .. }) if value == "expired"
    ));
}

fn check(rows: &'static [StatusRow]) -> TableError {
    StatusTable::new(ProviderId::new("sample"), 1, rows)
        .check()
        .unwrap_err()
}

#[test]
fn table_with_duplicate_is_refused() {
    const ROWS: &[StatusRow] = &[
        StatusRow::new("status", "in_transit")
            .status(Status::InTransit)
            .exact(),
        StatusRow::new("status", "moving")
            .also(&["In Transit"])
            .status(Status::InTransit)
            .exact(),
    ];

    let message = check(ROWS).to_string();

    assert!(
        message.starts_with("`In Transit` of `status` has two rows"),
        "{message}"
    );
}

#[test]
fn table_with_invented_family_is_refused() {
    const ROWS: &[StatusRow] = &[StatusRow::new("code", "a")
        .family(Family::Of(&["moving"]))
        .status(Status::InTransit)
        .exact()];

    assert!(matches!(
        check(ROWS),
        TableError::UnknownFamily { main: "moving", .. }
    ));
}

#[test]
fn row_without_status_or_precision_is_refused() {
    const STATUS: &[StatusRow] = &[StatusRow::new("status", "a").exact()];
    const PRECISION: &[StatusRow] = &[StatusRow::new("status", "a").status(Status::InTransit)];

    assert!(matches!(
        check(STATUS),
        TableError::NoStatus { value: "a", .. }
    ));
    assert!(matches!(
        check(PRECISION),
        TableError::NoPrecision { value: "a", .. }
    ));
}

proptest! {
    #[test]
    fn any_values_are_mapped_without_a_panic_and_without_a_guess(
        main in proptest::option::of(".{0,12}"),
        fine in proptest::option::of(".{0,12}"),
        category in proptest::option::of(".{0,12}"),
    ) {
        let raw = RawStatus::new(main.clone()).with_fine(fine).with_category(category);

        let mapped = CODES.report(raw.clone(), &CODE_FIELDS);

        prop_assert_eq!(&mapped.report.raw, &raw);
        if let Some(main) = main.filter(|main| !main.trim().is_empty()) {
            let known = CODES.find("statusMilestone", &main).is_some();
            prop_assert_eq!(mapped.report.status.is_unmapped(), !known);
        }
    }

    #[test]
    fn every_row_is_found_by_its_own_value_in_any_case(index in 0..17_usize, upper in any::<u32>()) {
        let row = &NAMES.rows()[index];
        let value = row.wire_value().unwrap();
        let spelled: String = value
            .chars()
            .enumerate()
            .map(|(i, c)| if upper & (1 << (i % 32)) == 0 { c } else { c.to_ascii_uppercase() })
            .collect();

        let found = NAMES.find(row.field_name(), &spelled).unwrap();

        prop_assert!(std::ptr::eq(found, row));
    }
}

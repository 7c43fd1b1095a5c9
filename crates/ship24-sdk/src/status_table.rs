//! What Ship24's milestones, categories and codes mean in the unified model, as rows of data.
//!
//! Ship24 publishes what each value means, so every row is documented. It does not publish which
//! code belongs to which milestone: the families are inferred.

use tracking_core::kit::{Family, Fields, Mapped, Source, StatusRow, StatusTable, UnmappedCounter};
use tracking_core::{Detail, ProviderId, RawStatus, Reason, Status};

use crate::error::NAME;
use crate::{StatusCategory, StatusCode, StatusMilestone};

/// Rises with every changed row; each report repeats it.
pub const STATUS_TABLE_VERSION: u32 = 1;

/// The status table of Ship24.
pub static STATUS_TABLE: StatusTable =
    StatusTable::new(PROVIDER, STATUS_TABLE_VERSION, ROWS).checked_on("2026-09-09");

/// The provider's id in the unified model.
pub(crate) const PROVIDER: ProviderId = ProviderId::new(NAME);

const FIELDS: Fields = Fields::new("statusMilestone")
    .fine("statusCode")
    .category("statusCategory");

const fn milestone(value: &'static str) -> StatusRow {
    StatusRow::new("statusMilestone", value).source(Source::Documented)
}

const fn category(value: &'static str) -> StatusRow {
    StatusRow::new("statusCategory", value)
        .family(Family::Any)
        .source(Source::Documented)
}

const fn code(value: &'static str, family: Family) -> StatusRow {
    StatusRow::new("statusCode", value)
        .family(family)
        .source(Source::Documented)
}

const ANY: Family = Family::Any;
const INFO_RECEIVED: Family = Family::Of(&["info_received"]);
const IN_TRANSIT: Family = Family::Of(&["in_transit"]);
const OUT_FOR_DELIVERY: Family = Family::Of(&["out_for_delivery"]);
const FAILED_ATTEMPT: Family = Family::Of(&["failed_attempt"]);
const AVAILABLE_FOR_PICKUP: Family = Family::Of(&["available_for_pickup"]);
const DELIVERED: Family = Family::Of(&["delivered"]);
const EXCEPTION: Family = Family::Of(&["exception"]);

#[rustfmt::skip]
const ROWS: &[StatusRow] = &[
    milestone("pending").status(Status::Pending).ambiguous()
        .note("\"No events yet\" and \"not found\" are one value."),
    milestone("info_received").status(Status::InfoReceived).exact(),
    milestone("in_transit").status(Status::InTransit).coarse().note("Starts with acceptance."),
    milestone("out_for_delivery").status(Status::OutForDelivery).exact(),
    milestone("failed_attempt").status(Status::AttemptFailed).exact(),
    milestone("available_for_pickup").status(Status::AvailableForPickup).exact(),
    milestone("delivered").status(Status::Delivered).exact().note("Also collected at a counter."),
    milestone("exception").status(Status::Exception).reason(Reason::OtherUnspecified).coarse()
        .note("Seemingly final problems only: return, loss, destruction."),

    category("data"),
    category("transit"),
    category("delivery"),
    category("exception"),
    category("destination").detail(Detail::ArrivedInDestinationCountry).coarse(),
    category("customs").detail(Detail::CustomsStarted).coarse()
        .note("May also be a hold or the release."),

    code("data_order_created", INFO_RECEIVED).status(Status::InfoReceived).detail(Detail::OrderDeclared).exact(),
    code("data_order_cancelled", ANY).status(Status::Cancelled).exact(),
    code("data_delivery_proposed", ANY).as_main().detail(Detail::DeliveryOptionsOffered).exact(),
    code("data_delivery_decided", ANY).as_main().detail(Detail::DeliveryOptionsChosen).exact(),
    code("transit_handover", IN_TRANSIT).status(Status::PickedUp).detail(Detail::HandedToCarrier).exact(),
    code("transit_origin_country_departure", IN_TRANSIT).status(Status::InTransit).detail(Detail::DepartedOriginCountry).exact(),
    code("destination_arrival", IN_TRANSIT).status(Status::InTransit).detail(Detail::ArrivedInDestinationCountry).exact(),
    code("customs_received", IN_TRANSIT).status(Status::InTransit).detail(Detail::CustomsStarted).exact(),
    code("customs_exception", ANY).status(Status::Exception).detail(Detail::CustomsHold).reason(Reason::CustomsUnspecified).coarse(),
    code("customs_rejected", ANY).status(Status::Exception).detail(Detail::CustomsRejected).reason(Reason::CustomsRejected).exact(),
    code("customs_cleared", IN_TRANSIT).status(Status::InTransit).detail(Detail::CustomsCleared).exact(),
    code("delivery_available_for_pickup", AVAILABLE_FOR_PICKUP).status(Status::AvailableForPickup).exact(),
    code("delivery_out_for_delivery", OUT_FOR_DELIVERY).status(Status::OutForDelivery).exact(),
    code("delivery_attempted", FAILED_ATTEMPT).status(Status::AttemptFailed).exact(),
    code("delivery_exception", ANY).status(Status::Exception).detail(Detail::DeliveryProblem).reason(Reason::OtherUnspecified).coarse(),
    code("delivery_refused", ANY).status(Status::Exception).detail(Detail::Refused).reason(Reason::RecipientRefused).exact(),
    code("delivery_delivered", DELIVERED).status(Status::Delivered).exact(),
    code("exception_return", EXCEPTION).status(Status::Returning).coarse()
        .note("Returning or returned."),
    code("exception_lost", EXCEPTION).status(Status::Exception).detail(Detail::Lost).reason(Reason::CarrierLost).exact(),
    code("exception_discarded", EXCEPTION).status(Status::Exception).detail(Detail::Destroyed).exact(),
];

/// Maps the three values that Ship24 gives, beside the courier's description, and counts what has
/// no row.
pub(crate) fn map_status(
    milestone: Option<&StatusMilestone>,
    category: Option<&StatusCategory>,
    code: Option<&StatusCode>,
    description: Option<&str>,
    unmapped: &UnmappedCounter,
) -> Mapped {
    let mut raw = RawStatus::default();
    raw.main = milestone.map(StatusMilestone::to_cow);
    raw.fine = code.map(StatusCode::to_cow);
    raw.category = category.map(StatusCategory::to_cow);
    raw.text = description.map(str::to_owned);
    let mapped = STATUS_TABLE.report(raw, &FIELDS);
    for field in &mapped.unmapped {
        unmapped.record(&PROVIDER, field.field, &field.value);
    }
    mapped
}

#[cfg(test)]
mod tests {
    use tracking_core::{Precision, Status};

    use super::*;

    fn map(milestone: &str, code: &str) -> Mapped {
        let milestone = Some(StatusMilestone::from(milestone));
        let code = Some(code)
            .filter(|code| !code.is_empty())
            .map(StatusCode::from);
        map_status(
            milestone.as_ref(),
            None,
            code.as_ref(),
            None,
            &UnmappedCounter::new(),
        )
    }

    #[test]
    fn every_published_value_has_exactly_one_row() {
        let milestones = StatusMilestone::KNOWN.iter().map(StatusMilestone::as_str);
        let categories = StatusCategory::KNOWN.iter().map(StatusCategory::as_str);
        let codes = StatusCode::KNOWN.iter().map(StatusCode::as_str);
        let published: Vec<(&str, Vec<&str>)> = vec![
            ("statusMilestone", milestones.collect()),
            ("statusCategory", categories.collect()),
            ("statusCode", codes.collect()),
        ];

        STATUS_TABLE.check().unwrap();
        let count: usize = published.iter().map(|(_, values)| values.len()).sum();
        assert_eq!(STATUS_TABLE.rows().len(), count);
        for (field, values) in published {
            for value in values {
                assert!(STATUS_TABLE.find(field, value).is_some(), "{field} {value}");
            }
        }
    }

    #[test]
    fn codes_decide_inside_their_milestone() {
        let cases = [
            (
                "in_transit",
                "transit_handover",
                Status::PickedUp,
                Precision::Exact,
            ),
            ("in_transit", "", Status::InTransit, Precision::Coarse),
            (
                "in_transit",
                "data_delivery_proposed",
                Status::InTransit,
                Precision::Exact,
            ),
            (
                "info_received",
                "data_order_cancelled",
                Status::Cancelled,
                Precision::Exact,
            ),
            (
                "exception",
                "exception_return",
                Status::Returning,
                Precision::Coarse,
            ),
            ("pending", "", Status::Pending, Precision::Ambiguous),
        ];

        for (milestone, code, status, precision) in cases {
            let report = map(milestone, code).report;

            assert_eq!(
                (report.status, report.precision),
                (status, precision),
                "{milestone} {code}"
            );
        }
    }

    #[test]
    fn code_never_undoes_delivery() {
        let mapped = map("delivered", "delivery_exception");

        assert_eq!(mapped.report.status, Status::Delivered);
        assert!(mapped.conflict.is_some());
    }

    #[test]
    fn plain_exception_is_not_return() {
        assert_eq!(map("exception", "").report.status, Status::Exception);
        assert!(!map("exception", "").report.is_terminal());
        assert!(map("exception", "exception_lost").report.is_terminal());
    }

    #[test]
    fn spellings_that_are_not_ship24s_are_counted_and_kept() {
        let counter = UnmappedCounter::new();
        for value in [
            "information_received",
            "shipment_picked_up",
            "delivery_exception",
            "expired",
        ] {
            let milestone = StatusMilestone::from(value);
            let mapped = map_status(Some(&milestone), None, None, None, &counter);

            assert!(
                matches!(mapped.report.status, Status::Unmapped(_)),
                "{value}"
            );
            assert_eq!(mapped.report.raw.main.as_deref(), Some(value));
        }
        assert_eq!(counter.snapshot().len(), 4);
        for code in ["delivered", "in_transit"] {
            assert_eq!(map("delivered", code).unmapped.len(), 1, "{code}");
        }
    }
}

//! What exporto's facts and states mean in the unified model, as rows of data.
//!
//! exporto documents four facts and enumerates no state, so every value without a row is counted and keeps
//! its text.

use tracking_core::kit::{Fields, Mapped, Source, StatusRow, StatusTable, UnmappedCounter};
use tracking_core::{Detail, ProviderId, RawStatus, Status};

use crate::error::NAME;

/// Rises with every changed row; each report repeats it.
pub const STATUS_TABLE_VERSION: u32 = 1;

/// The status table of exporto. The rows of facts are in the order in which a parcel goes through them.
pub static STATUS_TABLE: StatusTable =
    StatusTable::new(PROVIDER, STATUS_TABLE_VERSION, ROWS).checked_on("2026-09-09");

/// The provider's id in the unified model.
pub(crate) const PROVIDER: ProviderId = ProviderId::new(NAME);

const PROCESSED: &str =
    "exporto itself, which collects by tour, has the parcel; no last-mile carrier yet.";

#[rustfmt::skip]
const ROWS: &[StatusRow] = &[
    StatusRow::present("processedAt").status(Status::PickedUp).detail(Detail::Processed).coarse()
        .source(Source::Inferred).note(PROCESSED),
    StatusRow::present("declaredAt").status(Status::InTransit).detail(Detail::CustomsCleared).ambiguous()
        .source(Source::Inferred)
        .note("The documentation says \"cleared through customs\", the name of the field says declared."),
    StatusRow::present("carrierReceivedAt").status(Status::InTransit).detail(Detail::HandedToPartner).exact()
        .source(Source::Documented).note("Handed over to the last-mile carrier."),
    StatusRow::present("carrierDeliveredAt").status(Status::Delivered).exact()
        .source(Source::Documented),

    StatusRow::new("status", "processed").status(Status::PickedUp).detail(Detail::Processed).coarse()
        .source(Source::Inferred).note(PROCESSED),
    StatusRow::new("carrierState", "delivered").status(Status::Delivered).exact()
        .source(Source::Published),

    StatusRow::new("type", "outbound").no_status()
        .source(Source::Published).note("Sets the direction only."),
    StatusRow::new("type", "inbound").no_status()
        .source(Source::Published).note("Sets the direction only: a planned return is not under way back."),
];

/// Maps one field alone, and counts a value that has no row.
pub(crate) fn map_status(field: &'static str, value: &str, unmapped: &UnmappedCounter) -> Mapped {
    let raw = RawStatus::new(value.to_owned());
    let mapped = STATUS_TABLE.report(raw, &Fields::new(field));
    unmapped.record_all(&PROVIDER, &mapped.unmapped);
    mapped
}

#[cfg(test)]
mod tests {
    use tracking_core::{Precision, Status};

    use super::*;
    use crate::{CarrierState, ShipmentStatus, ShipmentType};

    #[test]
    fn every_published_value_and_every_fact_has_a_row() {
        STATUS_TABLE.check().unwrap();
        let statuses = ShipmentStatus::KNOWN.iter().map(ShipmentStatus::as_str);
        let states = CarrierState::KNOWN.iter().map(CarrierState::as_str);
        let types = ShipmentType::KNOWN.iter().map(ShipmentType::as_str);
        STATUS_TABLE.check_covers("status", statuses).unwrap();
        STATUS_TABLE.check_covers("carrierState", states).unwrap();
        STATUS_TABLE.check_covers("type", types).unwrap();
        for fact in [
            "processedAt",
            "declaredAt",
            "carrierReceivedAt",
            "carrierDeliveredAt",
        ] {
            assert!(
                STATUS_TABLE.find(fact, "2026-10-05T08:30:00Z").is_some(),
                "{fact}"
            );
        }
        assert_eq!(STATUS_TABLE.rows().len(), 8);
    }

    #[test]
    fn facts_and_states_have_documented_meaning() {
        let cases = [
            (
                "processedAt",
                "2026-10-05T08:30:00Z",
                Status::PickedUp,
                Precision::Coarse,
            ),
            ("status", "processed", Status::PickedUp, Precision::Coarse),
            ("status", "PROCESSED", Status::PickedUp, Precision::Coarse),
            (
                "declaredAt",
                "2026-10-05T08:30:00Z",
                Status::InTransit,
                Precision::Ambiguous,
            ),
            (
                "carrierReceivedAt",
                "2026-10-05T08:30:00Z",
                Status::InTransit,
                Precision::Exact,
            ),
            (
                "carrierDeliveredAt",
                "2026-10-05T08:30:00Z",
                Status::Delivered,
                Precision::Exact,
            ),
            (
                "carrierState",
                "delivered",
                Status::Delivered,
                Precision::Exact,
            ),
        ];

        for (field, value, status, precision) in cases {
            let report = map_status(field, value, &UnmappedCounter::new()).report;

            assert_eq!(
                (report.status, report.precision),
                (status, precision),
                "{field}"
            );
        }
    }

    #[test]
    fn facts_rise_in_phase() {
        let facts = STATUS_TABLE
            .rows()
            .iter()
            .filter(|row| row.wire_value().is_none());
        let phases: Vec<Option<u8>> = facts
            .map(|row| row.canonical_status().and_then(Status::phase))
            .collect();

        assert_eq!(phases, [Some(2), Some(3), Some(3), Some(5)]);
    }

    #[test]
    fn unknown_states_are_counted_and_kept() {
        let counter = UnmappedCounter::new();

        let mapped = map_status("carrierState", "in_transit", &counter);

        assert!(mapped.report.status.is_unmapped());
        assert_eq!(mapped.report.raw.main.as_deref(), Some("in_transit"));
        assert_eq!(counter.snapshot()[0].field, "carrierState");
    }
}

//! What the statuses of trackings and orders mean in the unified model, as rows of data.
//!
//! 1concepts reports how far an order is and nothing that a courier scanned, so no row is exact.

use tracking_core::kit::{Fields, Mapped, Source, StatusRow, StatusTable, UnmappedCounter};
use tracking_core::{ProviderId, RawStatus, Status};

use crate::TrackingStatus;

/// Rises with every changed row; each report repeats it.
pub const STATUS_TABLE_VERSION: u32 = 1;

/// The status table of 1concepts.
pub static STATUS_TABLE: StatusTable =
    StatusTable::new(PROVIDER, STATUS_TABLE_VERSION, ROWS).checked_on("2026-09-09");

/// The provider's id in the unified model.
pub(crate) const PROVIDER: ProviderId = ProviderId::new(crate::error::NAME);

/// The field of a tracking. The order's status is another field: it never becomes that of a parcel.
const FIELDS: Fields = Fields::new("tracking.status");

#[rustfmt::skip]
const ROWS: &[StatusRow] = &[
    StatusRow::new("tracking.status", "shipped").status(Status::PickedUp).ambiguous()
        .source(Source::Documented)
        .note("The status of an order; no scan of a courier is behind it."),
    StatusRow::new("order.status", "shipped").no_status().source(Source::Documented)
        .note("The trackings wait to be fetched; each has a status of its own."),
    StatusRow::new("order.status", "complete").no_status().source(Source::Documented)
        .note("Set by the client after fetching the numbers; never a delivery."),
    StatusRow::new("trackingId", "_").no_status().source(Source::Documented)
        .note("A placeholder of freight: no number at all."),
    StatusRow::new("courier", "Bulk carrier").no_status().source(Source::Documented)
        .note("Freight without tracking."),
];

/// Maps the status of a tracking, and counts one that has no row.
pub(crate) fn map_status(status: Option<&TrackingStatus>, unmapped: &UnmappedCounter) -> Mapped {
    let mut raw = RawStatus::default();
    raw.main = status.map(TrackingStatus::to_cow);
    let mapped = STATUS_TABLE.report(raw, &FIELDS);
    for field in &mapped.unmapped {
        unmapped.record(&PROVIDER, field.field, &field.value);
    }
    mapped
}

#[cfg(test)]
mod tests {
    use tracking_core::Precision;

    use super::*;
    use crate::{CourierName, OrderStatus};

    fn map(status: &str, counter: &UnmappedCounter) -> Mapped {
        map_status(Some(&TrackingStatus::from(status)), counter)
    }

    #[test]
    fn every_published_status_has_a_row() {
        STATUS_TABLE.check().unwrap();
        let trackings = TrackingStatus::KNOWN.iter().map(TrackingStatus::as_str);
        let orders = OrderStatus::KNOWN.iter().map(OrderStatus::as_str);

        STATUS_TABLE
            .check_covers("tracking.status", trackings)
            .unwrap();
        STATUS_TABLE.check_covers("order.status", orders).unwrap();
        STATUS_TABLE
            .check_covers("courier", [CourierName::BulkCarrier.as_str()])
            .unwrap();
    }

    #[test]
    fn shipped_is_picked_up_without_a_scan_behind_it() {
        let report = map("shipped", &UnmappedCounter::new()).report;

        assert_eq!(
            (report.status, report.precision),
            (Status::PickedUp, Precision::Ambiguous)
        );
    }

    #[test]
    fn complete_order_is_no_delivered_parcel() {
        let row = STATUS_TABLE.find("order.status", "complete").unwrap();

        assert_eq!(row.canonical_status(), None);
        let counter = UnmappedCounter::new();
        let report = map("complete", &counter).report;
        assert!(report.status.is_unmapped());
        assert_eq!(counter.snapshot().len(), 1);
    }

    #[test]
    fn unknown_status_keeps_raw_value_and_missing_is_unknown() {
        let counter = UnmappedCounter::new();

        let invented = map("in_orbit", &counter).report;
        let missing = map_status(None, &counter).report;

        assert!(invented.status.is_unmapped());
        assert_eq!(invented.raw.main.as_deref(), Some("in_orbit"));
        assert_eq!(missing.status, Status::Unknown);
    }
}

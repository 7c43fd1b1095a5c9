//! What TrackingMore's statuses and substatuses mean in the unified model, as rows of data.
//!
//! Version 2 documents eight statuses. One more, and the codes of the list that was written for
//! versions 3 and 4, arrive in its responses as well, so they have rows too.

use tracking_core::kit::{Family, Fields, Mapped, Source, StatusRow, StatusTable, UnmappedCounter};
use tracking_core::{Detail, ProviderId, RawStatus, Reason, Status};

use crate::error::NAME;
use crate::{TrackingStatus, TrackingSubstatus};

/// Rises with every changed row; each report repeats it.
pub const STATUS_TABLE_VERSION: u32 = 1;

/// The status table of TrackingMore.
///
/// An event has its status in `checkpoint_status`, with the same values and meanings as `status`.
pub static STATUS_TABLE: StatusTable =
    StatusTable::new(PROVIDER, STATUS_TABLE_VERSION, ROWS).checked_on("2026-09-09");

/// The provider's id in the unified model.
pub(crate) const PROVIDER: ProviderId = ProviderId::new(NAME);

const FIELDS: Fields = Fields::new("status").fine("substatus");

const fn status(value: &'static str) -> StatusRow {
    StatusRow::new("status", value).source(Source::Documented)
}

const fn code(value: &'static str, family: Family) -> StatusRow {
    StatusRow::new("substatus", value)
        .family(family)
        .source(Source::Documented)
}

const PENDING: Family = Family::Of(&["pending"]);
const NOT_FOUND: Family = Family::Of(&["notfound"]);
const INFO_RECEIVED: Family = Family::Of(&["inforeceived"]);
const ANNOUNCED: Family = Family::Of(&["notfound", "transit", "inforeceived"]);
const TRANSIT: Family = Family::Of(&["transit"]);
const PICKUP: Family = Family::Of(&["pickup"]);
const DELIVERED: Family = Family::Of(&["delivered"]);
const UNDELIVERED: Family = Family::Of(&["undelivered"]);
const EXCEPTION: Family = Family::Of(&["exception"]);
const EXPIRED: Family = Family::Of(&["expired"]);

#[rustfmt::skip]
const ROWS: &[StatusRow] = &[
    status("pending").status(Status::Pending).exact(),
    status("notfound").status(Status::NotFound).ambiguous()
        .note("Nothing yet, or an unknown number."),
    status("inforeceived").status(Status::InfoReceived).exact().source(Source::Published)
        .note("Not documented for version 2; `InfoReceived` is seen on sister services that send the same payloads."),
    status("transit").status(Status::InTransit).coarse(),
    status("pickup").status(Status::OutForDelivery).ambiguous()
        .note("Out for delivery, ready for collection, or recipient contacted."),
    status("delivered").status(Status::Delivered).exact(),
    status("undelivered").status(Status::AttemptFailed).reason(Reason::OtherUnspecified).coarse(),
    status("exception").status(Status::Exception).reason(Reason::OtherUnspecified).coarse()
        .note("Returns, loss, damage, customs."),
    status("expired").status(Status::Expired).detail(Detail::NoUpdates).exact()
        .note("30 days for express, 60 for post."),

    code("inforeceived001", INFO_RECEIVED).status(Status::InfoReceived).detail(Detail::AwaitingPickup).exact()
        .note("Of version 4."),
    code("notfound001", ANNOUNCED).status(Status::InfoReceived).detail(Detail::AwaitingPickup).exact()
        .note("Real events carry the status `transit` with it."),
    code("notfound002", NOT_FOUND).status(Status::NotFound).ambiguous()
        .note("\"No information\"."),
    code("pending001", PENDING).status(Status::Pending).coarse()
        .note("Of version 4, which says that it equals notfound002."),
    code("pending002", PENDING).status(Status::NotFound).detail(Detail::FormatDoubtful).reason(Reason::SenderIncorrectData).coarse()
        .note("Of version 4: the format does not fit the carrier."),
    code("pending003", PENDING).status(Status::NotFound).detail(Detail::CarrierDisowns).reason(Reason::SenderIncorrectData).exact()
        .note("Of version 4: the carrier says that it is not its number."),
    code("transit001", TRANSIT).status(Status::InTransit).coarse()
        .note("The usual code."),
    code("transit002", TRANSIT).status(Status::InTransit).detail(Detail::ArrivedAtHub).ambiguous()
        .note("An older edition reads \"left the transit country\"."),
    code("transit003", TRANSIT).status(Status::InTransit).detail(Detail::AtDeliveryDepot).exact(),
    code("transit004", TRANSIT).status(Status::InTransit).detail(Detail::ArrivedInDestinationCountry).coarse()
        .note("Unreliable in real data."),
    code("transit005", TRANSIT).status(Status::InTransit).detail(Detail::CustomsCleared).exact(),
    code("transit006", TRANSIT).status(Status::InTransit).detail(Detail::Dispatched).coarse()
        .note("Of version 4."),
    code("transit007", TRANSIT).status(Status::InTransit).detail(Detail::DepartedOriginCountry).coarse()
        .note("Of version 4: left the airport, or handed to the airline."),
    code("pickup001", PICKUP).status(Status::OutForDelivery).exact()
        .note("Of version 4."),
    code("pickup002", PICKUP).status(Status::AvailableForPickup).exact()
        .note("Of version 4."),
    code("pickup003", PICKUP).status(Status::OutForDelivery).detail(Detail::RecipientContacted).exact()
        .note("Of version 4."),
    code("delivered001", DELIVERED).status(Status::Delivered).exact(),
    code("delivered002", DELIVERED).status(Status::Delivered).detail(Detail::CollectedByRecipient).exact(),
    code("delivered003", DELIVERED).status(Status::Delivered).detail(Detail::Signed).exact(),
    code("delivered004", DELIVERED).status(Status::Delivered).detail(Detail::NeighbourOrSafePlace).coarse()
        .note("Door, neighbour, locker or doorman."),
    code("undelivered001", UNDELIVERED).status(Status::AttemptFailed).detail(Detail::BadAddress).reason(Reason::RecipientIncorrectAddress).exact()
        .note("Of version 4."),
    code("undelivered002", UNDELIVERED).status(Status::AttemptFailed).detail(Detail::NotHome).reason(Reason::RecipientNotHome).exact()
        .note("Of version 4."),
    code("undelivered003", UNDELIVERED).status(Status::AttemptFailed).detail(Detail::RecipientNotReached).reason(Reason::RecipientNotReached).exact()
        .note("Of version 4."),
    code("undelivered004", UNDELIVERED).status(Status::AttemptFailed).reason(Reason::OtherUnspecified).coarse()
        .note("Of version 4."),
    code("exception001", EXCEPTION).status(Status::Exception).detail(Detail::Overdue).reason(Reason::OtherUnspecified).coarse()
        .note("Of the oldest edition: registered long ago, without any information."),
    code("exception002", EXCEPTION).status(Status::Exception).detail(Detail::Overdue).reason(Reason::OtherUnspecified).coarse()
        .note("Of the oldest edition: in transit for long."),
    code("exception003", EXCEPTION).status(Status::Exception).detail(Detail::Overdue).reason(Reason::OtherUnspecified).coarse()
        .note("Of the oldest edition: registered long ago, not delivered."),
    code("exception004", EXCEPTION).status(Status::Exception).detail(Detail::NotCollected).reason(Reason::RecipientNotCollected).exact(),
    code("exception005", EXCEPTION).status(Status::Exception).reason(Reason::OtherUnspecified).ambiguous()
        .note("An older edition reads \"sent back to the sender\", the newer one \"other exception\"."),
    code("exception006", EXCEPTION).status(Status::Exception).detail(Detail::CustomsHold).reason(Reason::CustomsUnspecified).coarse()
        .note("An older edition reads \"prohibited goods\"."),
    code("exception007", EXCEPTION).status(Status::Exception).detail(Detail::LostOrDamaged).coarse()
        .note("Lost, damaged or discarded, so not the end of the journey."),
    code("exception008", EXCEPTION).status(Status::Cancelled).detail(Detail::CancelledBeforePickup).exact(),
    code("exception009", EXCEPTION).status(Status::Exception).detail(Detail::Refused).reason(Reason::RecipientRefused).ambiguous()
        .note("An older edition reads \"has been returned\"."),
    code("exception010", EXCEPTION).status(Status::Returned).exact()
        .note("The provider keeps the status `exception` for good unless somebody sets delivered by hand."),
    code("exception011", EXCEPTION).status(Status::Returning).exact()
        .note("The provider keeps the status `exception` for good unless somebody sets delivered by hand."),
    code("expired001", EXPIRED).status(Status::Expired).detail(Detail::NoUpdates).exact()
        .note("Of version 4."),
];

/// Maps the two values that TrackingMore gives, beside the carrier's description, and counts what has no
/// row.
pub(crate) fn map_status(
    status: Option<&TrackingStatus>,
    substatus: Option<&TrackingSubstatus>,
    description: Option<&str>,
    unmapped: &UnmappedCounter,
) -> Mapped {
    let mut raw = RawStatus::default();
    raw.main = status.map(TrackingStatus::to_cow);
    raw.fine = substatus.map(TrackingSubstatus::to_cow);
    raw.text = description.map(str::to_owned);
    let mapped = STATUS_TABLE.report(raw, &FIELDS);
    unmapped.record_all(&PROVIDER, &mapped.unmapped);
    mapped
}

#[cfg(test)]
mod tests {
    use tracking_core::{Precision, Status};

    use super::*;

    fn map(status: &str, substatus: &str) -> Mapped {
        let status = Some(status).filter(|it| !it.is_empty());
        let substatus = Some(substatus).filter(|it| !it.is_empty());
        map_status(
            status.map(TrackingStatus::from).as_ref(),
            substatus.map(TrackingSubstatus::from).as_ref(),
            None,
            &UnmappedCounter::new(),
        )
    }

    #[test]
    fn every_published_value_has_exactly_one_row() {
        let statuses = TrackingStatus::KNOWN.iter().map(TrackingStatus::as_str);
        let codes = TrackingSubstatus::KNOWN
            .iter()
            .map(TrackingSubstatus::as_str);
        let published: Vec<(&str, Vec<&str>)> = vec![
            ("status", statuses.collect()),
            ("substatus", codes.collect()),
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
    fn codes_decide_inside_their_status() {
        let cases = [
            ("pickup", "", Status::OutForDelivery, Precision::Ambiguous),
            (
                "pickup",
                "pickup002",
                Status::AvailableForPickup,
                Precision::Exact,
            ),
            (
                "transit",
                "notfound001",
                Status::InfoReceived,
                Precision::Exact,
            ),
            (
                "exception",
                "exception008",
                Status::Cancelled,
                Precision::Exact,
            ),
            (
                "exception",
                "exception010",
                Status::Returned,
                Precision::Exact,
            ),
            (
                "exception",
                "exception0010",
                Status::Returned,
                Precision::Exact,
            ),
            (
                "exception",
                "exception0011",
                Status::Returning,
                Precision::Exact,
            ),
            (
                "exception",
                "exception007",
                Status::Exception,
                Precision::Coarse,
            ),
            ("pending", "pending003", Status::NotFound, Precision::Exact),
            (
                "notfound",
                "not found001",
                Status::InfoReceived,
                Precision::Exact,
            ),
            ("InfoReceived", "", Status::InfoReceived, Precision::Exact),
            ("", "delivered003", Status::Delivered, Precision::Exact),
        ];

        for (status, substatus, expected, precision) in cases {
            let mapped = map(status, substatus);

            assert_eq!(
                (mapped.report.status, mapped.report.precision),
                (expected, precision),
                "{status} {substatus}"
            );
            assert!(mapped.conflict.is_none(), "{status} {substatus}");
        }
    }

    #[test]
    fn status_set_by_hand_stays_and_contradiction_is_reported() {
        let mapped = map("delivered", "exception010");

        assert_eq!(mapped.report.status, Status::Delivered);
        assert!(mapped.conflict.is_some());
    }

    #[test]
    fn code_of_another_family_refines_journey_that_goes_on() {
        let mapped = map("transit", "pickup002");

        assert_eq!(mapped.report.status, Status::AvailableForPickup);
        assert_eq!(mapped.report.precision, Precision::Coarse);
        assert!(mapped.conflict.is_some());
    }

    #[test]
    fn plain_exception_is_neither_return_nor_end() {
        for code in ["", "exception005", "exception007"] {
            let report = map("exception", code).report;

            assert_eq!(report.status, Status::Exception, "{code}");
            assert!(!report.is_terminal(), "{code}");
        }
    }

    #[test]
    fn values_without_a_row_are_counted_and_kept() {
        let counter = UnmappedCounter::new();
        let status = TrackingStatus::from("pendding");
        let code = TrackingSubstatus::from("transit099");

        let mapped = map_status(Some(&status), Some(&code), None, &counter);

        assert!(matches!(mapped.report.status, Status::Unmapped(_)));
        assert_eq!(mapped.report.raw.main.as_deref(), Some("pendding"));
        assert_eq!(counter.snapshot().len(), 2);
    }
}

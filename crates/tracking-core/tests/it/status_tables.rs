//! Sample tables in the shapes of five providers, which the rules are tested with.

use tracking_core::kit::{Family, Fields, Mapped, Source, StatusRow, StatusTable};
use tracking_core::{Detail, ProviderId, RawStatus, Reason, Status};

/// One status name and a fine code in families; case, spaces and zeros vary.
pub(crate) static NAMES: StatusTable =
    StatusTable::new(ProviderId::new("names"), 3, NAME_ROWS).checked_on("2025-11-01");

pub(crate) const NAME_FIELDS: Fields = Fields::new("status").fine("substatus");

const fn name(value: &'static str) -> StatusRow {
    StatusRow::new("status", value).source(Source::Documented)
}

const fn sub(value: &'static str, family: &'static [&'static str]) -> StatusRow {
    StatusRow::new("substatus", value)
        .family(Family::Of(family))
        .source(Source::Documented)
}

const NAME_ROWS: &[StatusRow] = &[
    name("pending").status(Status::Pending).exact(),
    name("notfound").status(Status::NotFound).ambiguous(),
    name("inforeceived")
        .status(Status::InfoReceived)
        .exact()
        .source(Source::Published),
    name("transit").status(Status::InTransit).coarse(),
    name("pickup").status(Status::OutForDelivery).ambiguous(),
    name("delivered").status(Status::Delivered).exact(),
    name("undelivered")
        .status(Status::AttemptFailed)
        .reason(Reason::OtherUnspecified)
        .coarse(),
    name("exception")
        .status(Status::Exception)
        .reason(Reason::OtherUnspecified)
        .coarse(),
    name("expired")
        .status(Status::Expired)
        .detail(Detail::NoUpdates)
        .exact(),
    sub("notfound001", &["notfound", "transit", "inforeceived"])
        .status(Status::InfoReceived)
        .detail(Detail::AwaitingPickup)
        .exact(),
    sub("transit003", &["transit"])
        .status(Status::InTransit)
        .detail(Detail::AtDeliveryDepot)
        .exact(),
    sub("pickup002", &["pickup"])
        .status(Status::AvailableForPickup)
        .exact(),
    sub("delivered003", &["delivered"])
        .status(Status::Delivered)
        .detail(Detail::Signed)
        .exact(),
    sub("exception004", &["exception"])
        .status(Status::Exception)
        .detail(Detail::NotCollected)
        .reason(Reason::RecipientNotCollected)
        .exact(),
    sub("exception008", &["exception"])
        .status(Status::Cancelled)
        .detail(Detail::CancelledBeforePickup)
        .exact(),
    sub("exception010", &["exception"])
        .also(&["exception0010"])
        .status(Status::Returned)
        .exact(),
    sub("exception011", &["exception"])
        .also(&["exception0011"])
        .status(Status::Returning)
        .exact()
        .checked_on("2025-11-09"),
];

/// A milestone, a code and a category.
pub(crate) static CODES: StatusTable = StatusTable::new(ProviderId::new("codes"), 1, CODE_ROWS);

pub(crate) const CODE_FIELDS: Fields = Fields::new("statusMilestone")
    .fine("statusCode")
    .category("statusCategory");

const fn milestone(value: &'static str, status: Status) -> StatusRow {
    StatusRow::new("statusMilestone", value)
        .status(status)
        .source(Source::Documented)
}

const fn code(value: &'static str, family: Family) -> StatusRow {
    StatusRow::new("statusCode", value)
        .family(family)
        .source(Source::Documented)
}

const fn category(value: &'static str) -> StatusRow {
    StatusRow::new("statusCategory", value)
        .family(Family::Any)
        .source(Source::Documented)
}

const CODE_ROWS: &[StatusRow] = &[
    milestone("pending", Status::Pending).ambiguous(),
    milestone("in_transit", Status::InTransit).coarse(),
    milestone("out_for_delivery", Status::OutForDelivery).exact(),
    milestone("delivered", Status::Delivered).exact(),
    milestone("exception", Status::Exception)
        .reason(Reason::OtherUnspecified)
        .coarse(),
    category("transit").as_main(),
    category("delivery").as_main(),
    category("destination")
        .detail(Detail::ArrivedInDestinationCountry)
        .coarse(),
    code("data_order_cancelled", Family::Any)
        .status(Status::Cancelled)
        .exact(),
    code("data_delivery_decided", Family::Any)
        .detail(Detail::DeliveryOptionsChosen)
        .exact(),
    code("transit_handover", Family::Of(&["in_transit"]))
        .status(Status::PickedUp)
        .detail(Detail::HandedToCarrier)
        .exact(),
    code(
        "delivery_out_for_delivery",
        Family::Of(&["out_for_delivery"]),
    )
    .status(Status::OutForDelivery)
    .exact(),
    code("delivery_delivered", Family::Of(&["delivered"]))
        .status(Status::Delivered)
        .exact(),
    code("exception_return", Family::Of(&["exception"]))
        .status(Status::Returning)
        .coarse(),
    code("exception_lost", Family::Of(&["exception"]))
        .status(Status::Exception)
        .detail(Detail::Lost)
        .reason(Reason::CarrierLost)
        .exact(),
];

/// A status name with other spellings, an id, and a string that refines.
pub(crate) static DESCRIPTIONS: StatusTable =
    StatusTable::new(ProviderId::new("strings"), 1, DESCRIPTION_ROWS);

pub(crate) const DESCRIPTION_FIELDS: Fields = Fields::new("statusUid").refined_by("description");

const fn message(text: &'static str, family: &'static [&'static str]) -> StatusRow {
    StatusRow::new("description", text)
        .family(Family::Of(family))
        .exact()
}

const DESCRIPTION_ROWS: &[StatusRow] = &[
    StatusRow::new("statusUid", "in_transit")
        .status(Status::InTransit)
        .coarse(),
    StatusRow::new("statusUid", "delivered")
        .status(Status::Delivered)
        .exact(),
    StatusRow::new("statusUid", "shipping_exception")
        .also(&["shipment_exception", "exception"])
        .status(Status::Exception)
        .coarse(),
    StatusRow::new("status", "1")
        .status(Status::InTransit)
        .coarse(),
    message("Acceptance scan", &["in_transit"])
        .status(Status::PickedUp)
        .detail(Detail::AcceptanceScan),
    message("Out for Delivery", &[]).status(Status::OutForDelivery),
    message("Customer refused delivery", &["shipping_exception"])
        .status(Status::Exception)
        .detail(Detail::Refused)
        .reason(Reason::RecipientRefused),
    message("Shipment lost", &["shipping_exception"])
        .status(Status::Exception)
        .detail(Detail::Lost)
        .reason(Reason::CarrierLost),
    message("Returned to sender", &["shipping_exception"]).status(Status::Returned),
    message("Delayed (Customs clearance)", &["shipping_exception"])
        .status(Status::Exception)
        .detail(Detail::Delayed)
        .reason(Reason::CustomsDelay),
];

/// Facts whose presence is the statement, and values that say nothing about the parcel.
pub(crate) static FACTS: StatusTable = StatusTable::new(ProviderId::new("facts"), 1, FACT_ROWS);

const FACT_ROWS: &[StatusRow] = &[
    StatusRow::present("processedAt")
        .status(Status::PickedUp)
        .detail(Detail::Processed)
        .coarse(),
    StatusRow::new("carrierState", "delivered")
        .status(Status::Delivered)
        .exact(),
    StatusRow::new("type", "inbound").no_status(),
];

pub(crate) fn map(table: &StatusTable, fields: &Fields, main: &str, fine: &str) -> Mapped {
    let raw = RawStatus::new(some(main)).with_fine(some(fine));
    table.report(raw, fields)
}

pub(crate) fn map_category(main: &str, category: &str) -> Mapped {
    let raw = RawStatus::new(some(main)).with_category(some(category));
    CODES.report(raw, &CODE_FIELDS)
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.is_empty())
}

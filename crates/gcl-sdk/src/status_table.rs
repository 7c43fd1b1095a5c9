//! What GCL's states and descriptions mean in the unified model, as rows of data.
//!
//! Three spellings of `statusUid` and three numbers of `status` are shown in GCL's example; the
//! rest is inferred. `description` holds a message of AfterShip, as far as the one example shows:
//! six messages, of which five are AfterShip's to the letter. So they refine a status and never
//! overrule it, and [`Descriptions::Ignore`] turns them off.

use std::borrow::Cow;

use tracking_core::kit::{
    Family, Fields, Mapped, Source, StatusRow, StatusTable, UnmappedCounter, non_blank,
};
use tracking_core::{Detail, ProviderId, RawStatus, Reason, Status};

use crate::error::NAME;
use crate::{CheckPoint, StatusUid};

/// Rises with every changed row; each report repeats it.
pub const STATUS_TABLE_VERSION: u32 = 1;

/// The status table of GCL.
pub static STATUS_TABLE: StatusTable =
    StatusTable::new(PROVIDER, STATUS_TABLE_VERSION, ROWS).checked_on("2026-09-09");

/// The provider's id in the unified model.
pub(crate) const PROVIDER: ProviderId = ProviderId::new(NAME);

/// What the description of a checkpoint may do to its status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Descriptions {
    /// It adds detail and reason, and makes the status finer inside its own family: "Acceptance
    /// scan" makes `in_transit` a pick-up. The report is then at best coarse.
    #[default]
    Refine,
    /// It is a string like any other; `statusUid` alone decides.
    Ignore,
}

pub(crate) const UID: &str = "statusUid";
pub(crate) const NUMBER: &str = "status";
const DESCRIPTION: &str = "description";

impl Descriptions {
    /// The fields that the table looks up, beside the field that decides.
    pub(crate) fn fields(self, main: &'static str) -> Fields {
        let fields = Fields::new(main);
        match self {
            Self::Refine => fields.refined_by(DESCRIPTION),
            Self::Ignore => fields,
        }
    }
}

const fn uid(value: &'static str) -> StatusRow {
    StatusRow::new(UID, value).source(Source::Inferred)
}

/// Counts only where `statusUid` is missing or unknown. Only three numbers are proven.
const fn number(value: &'static str) -> StatusRow {
    StatusRow::new(NUMBER, value).source(Source::Documented)
}

/// The note is AfterShip's code of the message.
const fn message(text: &'static str, family: Family, code: &'static str) -> StatusRow {
    StatusRow::new(DESCRIPTION, text)
        .family(family)
        .coarse()
        .source(Source::Inferred)
        .note(code)
}

/// Says something that no state says; it never changes one.
const NONE: Family = Family::Of(&[]);
const REGISTERED: Family = Family::Of(&["registered"]);
const IN_TRANSIT: Family = Family::Of(&["in_transit", "1"]);
const OUT_FOR_DELIVERY: Family = Family::Of(&["out_for_delivery", "2"]);
const FAILED_ATTEMPT: Family = Family::Of(&["failed_attempt"]);
const EXCEPTION: Family = Family::Of(&["shipping_exception"]);
/// GCL's `returned` may mean on the way back.
const RETURN: Family = Family::Of(&["shipping_exception", "returned"]);
const AVAILABLE_FOR_PICKUP: Family = Family::Of(&["available_for_pickup"]);
const DELIVERED: Family = Family::Of(&["delivered", "6"]);

#[rustfmt::skip]
const ROWS: &[StatusRow] = &[
    uid("registered").status(Status::InfoReceived).coarse(),
    uid("in_transit").status(Status::InTransit).coarse().source(Source::Documented)
        .note("Includes acceptance and customs."),
    uid("out_for_delivery").status(Status::OutForDelivery).exact().source(Source::Documented),
    uid("failed_attempt").also(&["attempt_failed", "failed_delivery_attempt"])
        .status(Status::AttemptFailed).coarse(),
    uid("shipping_exception").also(&["shipment_exception", "exception"])
        .status(Status::Exception).coarse().note("The spelling is undecided."),
    uid("available_for_pickup").also(&["available_for_pick_up"])
        .status(Status::AvailableForPickup).exact(),
    uid("delivered").status(Status::Delivered).exact().source(Source::Documented),
    uid("shipped").also(&["sent", "dispatched"]).status(Status::PickedUp).ambiguous()
        .note("May also mean that it left the sender only."),
    uid("returned").status(Status::Returned).ambiguous().note("May mean on the way back."),
    uid("not_picked_up").also(&["not_collected", "uncollected", "unclaimed"])
        .status(Status::Exception).detail(Detail::NotCollected).ambiguous()
        .note("May also mean that the carrier did not collect it."),

    number("1").status(Status::InTransit).coarse(),
    number("2").status(Status::OutForDelivery).coarse(),
    number("6").status(Status::Delivered).coarse(),

    message("Pending", NONE, "Pending_001").status(Status::Pending),
    message("Info Received", REGISTERED, "InfoReceived_001").status(Status::InfoReceived),
    message("In Transit", IN_TRANSIT, "InTransit_001").status(Status::InTransit),
    message("Acceptance scan", IN_TRANSIT, "InTransit_002").status(Status::PickedUp).detail(Detail::AcceptanceScan),
    message("Arrival scan", IN_TRANSIT, "InTransit_003").status(Status::InTransit).detail(Detail::ArrivedAtHub),
    message("Arrived at the destination country", IN_TRANSIT, "InTransit_004")
        .also(&["Arrived at destination country"])
        .status(Status::InTransit).detail(Detail::ArrivedInDestinationCountry),
    message("Customs clearance completed", IN_TRANSIT, "InTransit_005").status(Status::InTransit).detail(Detail::CustomsCleared),
    message("Customs clearance started", IN_TRANSIT, "InTransit_006").status(Status::InTransit).detail(Detail::CustomsStarted),
    message("Departure Scan", IN_TRANSIT, "InTransit_007").status(Status::InTransit).detail(Detail::DepartedHub),
    message("Problem resolved", IN_TRANSIT, "InTransit_008").status(Status::InTransit).detail(Detail::ProblemResolved),
    message("Forwarded to a different delivery address", IN_TRANSIT, "InTransit_009")
        .status(Status::InTransit).detail(Detail::Redirected),
    message("Out for Delivery", OUT_FOR_DELIVERY, "OutForDelivery_001").status(Status::OutForDelivery),
    message("Customer contacted", OUT_FOR_DELIVERY, "OutForDelivery_003")
        .status(Status::OutForDelivery).detail(Detail::RecipientContacted),
    message("Delivery appointment scheduled", OUT_FOR_DELIVERY, "OutForDelivery_004")
        .status(Status::OutForDelivery).detail(Detail::AppointmentScheduled),
    message("Available for pickup", AVAILABLE_FOR_PICKUP, "AvailableForPickup_001, once OutForDelivery_002")
        .status(Status::AvailableForPickup),
    message("Failed Attempt", FAILED_ATTEMPT, "AttemptFail_001").status(Status::AttemptFailed).reason(Reason::OtherUnspecified),
    message("Addressee not available", FAILED_ATTEMPT, "AttemptFail_002")
        .status(Status::AttemptFailed).detail(Detail::NotHome).reason(Reason::RecipientNotHome),
    message("Business Closed", FAILED_ATTEMPT, "AttemptFail_003")
        .status(Status::AttemptFailed).detail(Detail::BusinessClosed).reason(Reason::RecipientClosed),
    message("Delivered", DELIVERED, "Delivered_001").status(Status::Delivered),
    message("Picked up by the customer", DELIVERED, "Delivered_002").also(&["Picked up by customer"])
        .status(Status::Delivered).detail(Detail::CollectedByRecipient),
    message("Sign by customer", DELIVERED, "Delivered_003").status(Status::Delivered).detail(Detail::Signed),
    message("Delivered and received cash on delivery", DELIVERED, "Delivered_004")
        .status(Status::Delivered).detail(Detail::CashCollected),
    message("Delivered to neighbor", DELIVERED, "Delivered_005, since version 2026-07")
        .status(Status::Delivered).detail(Detail::NeighbourOrSafePlace),
    message("Exception", EXCEPTION, "Exception_001").status(Status::Exception).reason(Reason::OtherUnspecified),
    message("Customer moved", EXCEPTION, "Exception_002")
        .status(Status::Exception).detail(Detail::RecipientMoved).reason(Reason::RecipientMoved),
    message("Customer refused delivery", EXCEPTION, "Exception_003")
        .status(Status::Exception).detail(Detail::Refused).reason(Reason::RecipientRefused),
    message("Delayed (Customs clearance)", EXCEPTION, "Exception_004")
        .status(Status::Exception).detail(Detail::Delayed).reason(Reason::CustomsDelay),
    message("Delayed (External factors)", EXCEPTION, "Exception_005")
        .status(Status::Exception).detail(Detail::Delayed).reason(Reason::OtherUnspecified),
    message("Held for payment", EXCEPTION, "Exception_006")
        .status(Status::Exception).detail(Detail::HeldForPayment).reason(Reason::RecipientPaymentDue),
    message("Incorrect Address", EXCEPTION, "Exception_007")
        .status(Status::Exception).detail(Detail::BadAddress).reason(Reason::RecipientIncorrectAddress),
    message("Pick up missed", EXCEPTION, "Exception_008")
        .status(Status::Exception).detail(Detail::NotCollected).reason(Reason::RecipientNotCollected),
    message("Rejected by carrier", EXCEPTION, "Exception_009").status(Status::Exception).detail(Detail::RejectedByCarrier),
    message("Returning to sender", RETURN, "Exception_010").status(Status::Returning),
    message("Returned to sender", RETURN, "Exception_011").status(Status::Returned),
    message("Shipment damage", EXCEPTION, "Exception_012").also(&["Shipment damaged"])
        .status(Status::Exception).detail(Detail::Damaged).reason(Reason::CarrierDamaged),
    message("Shipment lost", EXCEPTION, "Exception_013")
        .status(Status::Exception).detail(Detail::Lost).reason(Reason::CarrierLost),
    message("Delayed (Processing issue)", EXCEPTION, "Exception_016, since 2026-03-27")
        .status(Status::Exception).detail(Detail::Delayed).reason(Reason::CarrierLate),
    message("Delayed (Extreme weather)", EXCEPTION, "Exception_017, since 2026-03-27")
        .status(Status::Exception).detail(Detail::Delayed).reason(Reason::Weather),
    message("Incorrect / missing documents", EXCEPTION, "Exception_018, since 2026-03-27")
        .status(Status::Exception).detail(Detail::CustomsNeedsInformation).reason(Reason::CustomsDocuments),
    message("Delayed (Late flight)", EXCEPTION, "Exception_019, since 2026-03-27")
        .status(Status::Exception).detail(Detail::Delayed).reason(Reason::CarrierLate),
    message("Shipment cancelled", EXCEPTION, "Exception_020, since 2026-03-27").status(Status::Cancelled),
    message("Shipment disposed", EXCEPTION, "Exception_021, since 2026-03-27")
        .status(Status::Exception).detail(Detail::Destroyed),
    message("Expired", NONE, "Expired_001").status(Status::Expired).detail(Detail::NoUpdates),
];

/// Maps what a checkpoint says of its state, and counts what has no row.
///
/// `statusUid` decides. Only where it is missing or unknown does the number help, and then only the
/// three numbers that GCL's example shows. The strings are moved out of the checkpoint.
pub(crate) fn map_status(
    checkpoint: &mut CheckPoint,
    descriptions: Descriptions,
    unmapped: &UnmappedCounter,
) -> Mapped {
    let mut raw = RawStatus::default();
    raw.main = checkpoint.status_uid.as_ref().map(StatusUid::to_cow);
    raw.fine = checkpoint.description.take().map(Cow::Owned);
    raw.category = checkpoint.status.map(digits);
    raw.text = checkpoint.message.take();

    let is_silent = non_blank(raw.main.as_deref()).is_none();
    if is_silent && raw.category.is_some() {
        return by_number(raw, descriptions, unmapped);
    }
    let mapped = STATUS_TABLE.report(raw, &descriptions.fields(UID));
    let raw = &mapped.report.raw;
    if let (Status::Unmapped(uid), Some(number)) = (&mapped.report.status, raw.category.as_deref())
        && STATUS_TABLE.find(NUMBER, number).is_some()
    {
        unmapped.record(&PROVIDER, UID, uid.as_str());
        return by_number(mapped.report.raw, descriptions, unmapped);
    }
    unmapped.record_all(&PROVIDER, &mapped.unmapped);
    mapped
}

/// Writes a number. Those of GCL have one digit, which needs no memory.
fn digits(number: i64) -> Cow<'static, str> {
    const DIGITS: &str = "0123456789";
    let place = usize::try_from(number).ok();
    let digit = place.and_then(|place| DIGITS.get(place..place.checked_add(1)?));
    digit.map_or_else(|| Cow::Owned(number.to_string()), Cow::Borrowed)
}

fn by_number(raw: RawStatus, descriptions: Descriptions, unmapped: &UnmappedCounter) -> Mapped {
    let mut asked = raw.clone();
    asked.main.clone_from(&raw.category);
    let mut mapped = STATUS_TABLE.report(asked, &descriptions.fields(NUMBER));
    unmapped.record_all(&PROVIDER, &mapped.unmapped);
    // What the provider said stays under the names that it used.
    mapped.report.raw = raw;
    mapped
}

#[cfg(test)]
mod tests;

//! `StatusReport`: a status on four axes, with its precision and its origin.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Error, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::model::null_as_default;
use crate::{Detail, Reason, Status};

/// What a provider said about the state of a shipment, a leg or an event.
///
/// Four separate axes: `status`, `detail`, `reason` and `raw`, the provider's own values. Two more
/// fields say how far to trust the first three.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct StatusReport {
    /// What is true.
    #[serde(default, deserialize_with = "null_as_default")]
    pub status: Status,
    /// The finer meaning, where it is known.
    pub detail: Option<Detail>,
    /// Why something went wrong, where it is known.
    pub reason: Option<Reason>,
    /// The provider's own values, verbatim.
    #[serde(default, deserialize_with = "null_as_default")]
    pub raw: RawStatus,
    /// How well the provider's value fits `status`.
    #[serde(default, deserialize_with = "null_as_default")]
    pub precision: Precision,
    /// The version of the status table that produced this report; 0 without a table.
    #[serde(default, deserialize_with = "null_as_default")]
    pub mapping_version: u32,
    /// Whether the provider reported the status or it was derived.
    #[serde(default, deserialize_with = "null_as_default")]
    pub origin: Origin,
}

impl StatusReport {
    /// Creates an exact, reported status without detail, reason and raw values.
    #[must_use]
    pub const fn new(status: Status) -> Self {
        Self {
            status,
            detail: None,
            reason: None,
            raw: RawStatus {
                main: None,
                fine: None,
                category: None,
                text: None,
            },
            precision: Precision::Exact,
            mapping_version: 0,
            origin: Origin::Reported,
        }
    }

    /// Marks the status as derived from a field instead of reported.
    #[must_use]
    pub fn derived_from(mut self, field: impl Into<Cow<'static, str>>) -> Self {
        self.origin = Origin::Derived(field.into());
        self
    }

    /// Returns true if it is the status at the last event of a leg.
    pub(crate) fn follows_from_events(&self) -> bool {
        matches!(&self.origin, Origin::Derived(field) if field == EVENTS)
    }

    /// Returns true if the journey is over: delivered, returned, cancelled, lost or destroyed.
    ///
    /// [`Status::Expired`] is not terminal: it says that the provider stopped looking, and
    /// nothing about the parcel.
    #[must_use]
    pub fn is_terminal(&self) -> bool {
        is_terminal(&self.status, self.detail.as_ref())
    }

    /// Returns true if the parcel was handed over, collected, or left as agreed.
    #[must_use]
    pub fn is_delivered(&self) -> bool {
        self.status == Status::Delivered
    }

    /// Returns true if a person should look at it, judged by the status and its detail alone.
    ///
    /// [`Status::NotFound`] needs attention only after a grace period, and a stalled parcel only
    /// after a limit: [`Shipment::needs_attention`](crate::Shipment::needs_attention) knows both.
    #[must_use]
    pub fn needs_attention(&self) -> bool {
        let by_status = match self.status {
            Status::AvailableForPickup
            | Status::AttemptFailed
            | Status::Exception
            | Status::Returning
            | Status::Returned
            | Status::Expired => true,
            Status::Pending
            | Status::NotFound
            | Status::InfoReceived
            | Status::PickedUp
            | Status::InTransit
            | Status::OutForDelivery
            | Status::Delivered
            | Status::Cancelled
            | Status::Unknown
            | Status::Unmapped(_) => false,
        };
        by_status || self.waits_for_somebody()
    }

    /// Returns the rank of the status; see [`Status::phase`].
    #[must_use]
    pub const fn phase(&self) -> Option<u8> {
        self.status.phase()
    }

    fn waits_for_somebody(&self) -> bool {
        !self.is_terminal()
            && matches!(
                self.detail,
                Some(Detail::CustomsNeedsInformation | Detail::HeldForPayment)
            )
    }
}

/// No status was reported: it is unknown, with the worst precision.
impl Default for StatusReport {
    fn default() -> Self {
        let mut report = Self::new(Status::Unknown);
        report.precision = Precision::default();
        report
    }
}

/// The field that the status of a leg is derived from.
pub(crate) const EVENTS: &str = "events";

/// Returns true if a status with this detail ends the journey.
pub(crate) const fn is_terminal(status: &Status, detail: Option<&Detail>) -> bool {
    match status {
        Status::Delivered | Status::Returned | Status::Cancelled => true,
        Status::Exception => matches!(detail, Some(Detail::Lost | Detail::Destroyed)),
        Status::Pending
        | Status::NotFound
        | Status::InfoReceived
        | Status::PickedUp
        | Status::InTransit
        | Status::OutForDelivery
        | Status::AvailableForPickup
        | Status::AttemptFailed
        | Status::Returning
        | Status::Expired
        | Status::Unknown
        | Status::Unmapped(_) => false,
    }
}

/// The provider's own values, verbatim.
///
/// Documented values come from the code and need no memory of their own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RawStatus {
    /// The main value, such as Ship24's milestone `in_transit`.
    pub main: Option<Cow<'static, str>>,
    /// The fine value, such as Ship24's code `transit_handover`.
    pub fine: Option<Cow<'static, str>>,
    /// The category, where the provider has one.
    pub category: Option<Cow<'static, str>>,
    /// The courier's own text, in any language.
    pub text: Option<String>,
}

impl RawStatus {
    /// Creates raw values with a main value only.
    #[must_use]
    pub fn new(main: impl Into<Option<String>>) -> Self {
        Self {
            main: main.into().map(Cow::Owned),
            ..Self::default()
        }
    }

    /// Sets the fine value.
    #[must_use]
    pub fn with_fine(mut self, fine: impl Into<Option<String>>) -> Self {
        self.fine = fine.into().map(Cow::Owned);
        self
    }

    /// Sets the category.
    #[must_use]
    pub fn with_category(mut self, category: impl Into<Option<String>>) -> Self {
        self.category = category.into().map(Cow::Owned);
        self
    }

    /// Sets the courier's own text.
    #[must_use]
    pub fn with_text(mut self, text: impl Into<Option<String>>) -> Self {
        self.text = text.into();
        self
    }
}

/// How well a provider's value fits the canonical status; from best to worst.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Precision {
    /// The value means this status and nothing else.
    Exact,
    /// The status is right, but the value covers several finer cases.
    Coarse,
    /// The value covers different statuses, or its meaning differs between the provider's own
    /// documents; the least harmful status was chosen. Also a name that this version does not know.
    #[default]
    #[serde(other)]
    Ambiguous,
}

impl Precision {
    /// Returns the name in snake case.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Coarse => "coarse",
            Self::Ambiguous => "ambiguous",
        }
    }

    /// Returns the worse of two precisions.
    #[must_use]
    pub fn at_best(self, limit: Self) -> Self {
        self.max(limit)
    }
}

/// Whether a fact was reported by the provider or concluded from another field.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Origin {
    /// The provider said so.
    #[default]
    Reported,
    /// Concluded from the named field.
    Derived(Cow<'static, str>),
}

impl<'de> Deserialize<'de> for Origin {
    /// Reads what was written. What a later version may have written besides is derived from a field
    /// of that name.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(OriginVisitor)
    }
}

/// The key under which the field of [`Origin::Derived`] is stored.
const DERIVED: &str = "derived";

struct OriginVisitor;

impl<'de> Visitor<'de> for OriginVisitor {
    type Value = Origin;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(r#""reported" or {"derived": "field"}"#)
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Origin, E> {
        Ok(match name {
            "reported" => Origin::Reported,
            name => Origin::Derived(Cow::Owned(name.to_owned())),
        })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Origin, A::Error> {
        let mut field = None;
        while let Some(name) = map.next_key::<String>()? {
            if name == DERIVED {
                field = map.next_value::<Option<String>>()?;
            } else {
                map.next_value::<IgnoredAny>()?;
                field.get_or_insert(name);
            }
        }
        Ok(Origin::Derived(
            field.map_or(Cow::Borrowed("unknown"), Cow::Owned),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::{Origin, Precision, StatusReport};
    use crate::{Detail, Status};

    fn report(status: Status, detail: Option<Detail>) -> StatusReport {
        let mut report = StatusReport::new(status);
        report.detail = detail;
        report
    }

    #[test]
    fn three_statuses_are_terminal_alone() {
        let terminal: Vec<Status> = Status::ALL
            .iter()
            .filter(|status| StatusReport::new((*status).clone()).is_terminal())
            .cloned()
            .collect();

        assert_eq!(
            terminal,
            [Status::Delivered, Status::Returned, Status::Cancelled]
        );
    }

    #[test]
    fn exception_is_terminal_only_when_lost_or_destroyed() {
        assert!(report(Status::Exception, Some(Detail::Lost)).is_terminal());
        assert!(report(Status::Exception, Some(Detail::Destroyed)).is_terminal());
        assert!(!report(Status::Exception, Some(Detail::LostOrDamaged)).is_terminal());
        assert!(!report(Status::InTransit, Some(Detail::Lost)).is_terminal());
    }

    #[test]
    fn six_statuses_need_attention_on_their_own() {
        let attention: Vec<Status> = Status::ALL
            .iter()
            .filter(|status| StatusReport::new((*status).clone()).needs_attention())
            .cloned()
            .collect();

        assert_eq!(
            attention,
            [
                Status::AvailableForPickup,
                Status::AttemptFailed,
                Status::Exception,
                Status::Returning,
                Status::Returned,
                Status::Expired,
            ]
        );
    }

    #[test]
    fn details_need_attention_whatever_the_status() {
        for detail in [Detail::CustomsNeedsInformation, Detail::HeldForPayment] {
            assert!(report(Status::InTransit, Some(detail)).needs_attention());
        }
    }

    #[test]
    fn delivered_parcel_needs_no_action() {
        assert!(!report(Status::Delivered, Some(Detail::HeldForPayment)).needs_attention());
    }

    #[test]
    fn worse_precision_wins() {
        assert_eq!(
            Precision::Exact.at_best(Precision::Coarse),
            Precision::Coarse
        );
        assert_eq!(
            Precision::Ambiguous.at_best(Precision::Coarse),
            Precision::Ambiguous
        );
    }

    #[test]
    fn derived_status_names_its_field() {
        let report = StatusReport::new(Status::PickedUp).derived_from("processedAt");

        assert_eq!(report.origin, Origin::Derived("processedAt".into()));
        let json = serde_json::to_value(&report).unwrap();
        assert_eq!(
            json["origin"],
            serde_json::json!({"derived": "processedAt"})
        );
    }
}

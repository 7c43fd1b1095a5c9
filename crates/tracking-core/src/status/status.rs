//! `Status`: what is true of a parcel, in one vocabulary for all providers.

use std::fmt;
use std::str::FromStr;

use serde::de::{Error, IgnoredAny, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What is true of a shipment or was true at an event.
///
/// One vocabulary for shipment, leg and event. Neither the finer meaning ([`Detail`](crate::Detail))
/// nor the cause ([`Reason`](crate::Reason)) is part of it. The order of the values is that of
/// their declaration.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Status {
    /// Registered with the provider; nothing was fetched yet.
    Pending,
    /// The carrier was asked and knows no such number.
    NotFound,
    /// A label or a pre-advice exists; the carrier does not have the parcel.
    InfoReceived,
    /// The carrier has accepted the parcel.
    PickedUp,
    /// Moving or resting inside a network, customs included.
    InTransit,
    /// On the last vehicle, or delivery is imminent.
    OutForDelivery,
    /// Waits for the recipient at a counter, a shop or a locker.
    AvailableForPickup,
    /// A delivery was tried and failed; another try is expected.
    AttemptFailed,
    /// Handed over, collected, or left as agreed. Terminal.
    Delivered,
    /// Something went wrong; detail and reason say what.
    Exception,
    /// On the way back to the sender, or decided to go back.
    Returning,
    /// Back with the sender. Terminal.
    Returned,
    /// Voided before or instead of transport. Terminal.
    Cancelled,
    /// The provider stopped looking; this says nothing about the parcel.
    Expired,
    /// The provider itself says that it does not know.
    #[default]
    Unknown,
    /// The provider sent a value for which no status is agreed; the wire value is kept.
    Unmapped(UnmappedValue),
}

/// The wire value of a status value that has no row in the provider's status table.
///
/// It can be read but not built: only a table makes an unmapped status.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnmappedValue(Box<str>);

impl UnmappedValue {
    pub(crate) fn new(text: &str) -> Self {
        Self(text.into())
    }

    /// Returns the text exactly as it arrived.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for UnmappedValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl Status {
    /// All statuses that a mapping can name: every value except [`Status::Unmapped`].
    pub const ALL: &'static [Self] = &[
        Self::Pending,
        Self::NotFound,
        Self::InfoReceived,
        Self::PickedUp,
        Self::InTransit,
        Self::OutForDelivery,
        Self::AvailableForPickup,
        Self::AttemptFailed,
        Self::Delivered,
        Self::Exception,
        Self::Returning,
        Self::Returned,
        Self::Cancelled,
        Self::Expired,
        Self::Unknown,
    ];

    /// Returns the canonical name, such as `out_for_delivery`; `unmapped` for an unmapped value.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::NotFound => "not_found",
            Self::InfoReceived => "info_received",
            Self::PickedUp => "picked_up",
            Self::InTransit => "in_transit",
            Self::OutForDelivery => "out_for_delivery",
            Self::AvailableForPickup => "available_for_pickup",
            Self::AttemptFailed => "attempt_failed",
            Self::Delivered => "delivered",
            Self::Exception => "exception",
            Self::Returning => "returning",
            Self::Returned => "returned",
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
            Self::Unknown => "unknown",
            Self::Unmapped(_) => "unmapped",
        }
    }

    /// Returns the name for people, such as `Out for delivery`.
    #[must_use]
    pub const fn label(&self) -> &'static str {
        match self {
            Self::Pending => "Pending",
            Self::NotFound => "Not found",
            Self::InfoReceived => "Info received",
            Self::PickedUp => "Picked up",
            Self::InTransit => "In transit",
            Self::OutForDelivery => "Out for delivery",
            Self::AvailableForPickup => "Available for pickup",
            Self::AttemptFailed => "Attempt failed",
            Self::Delivered => "Delivered",
            Self::Exception => "Exception",
            Self::Returning => "Returning",
            Self::Returned => "Returned",
            Self::Cancelled => "Cancelled",
            Self::Expired => "Expired",
            Self::Unknown => "Unknown",
            Self::Unmapped(_) => "Unmapped",
        }
    }

    /// Returns the rank from 0 to 6 that a shipment usually climbs, for regression checks.
    ///
    /// `None` for a status without a rank: it never counts as a step back.
    #[must_use]
    pub const fn phase(&self) -> Option<u8> {
        match self {
            Self::Pending | Self::NotFound => Some(0),
            Self::InfoReceived => Some(1),
            Self::PickedUp => Some(2),
            Self::InTransit => Some(3),
            Self::OutForDelivery | Self::AvailableForPickup | Self::AttemptFailed => Some(4),
            Self::Delivered | Self::Returning => Some(5),
            Self::Returned => Some(6),
            Self::Exception
            | Self::Cancelled
            | Self::Expired
            | Self::Unknown
            | Self::Unmapped(_) => None,
        }
    }

    /// Returns true if it says nothing of the parcel: unknown or unmapped.
    pub(crate) const fn is_vague(&self) -> bool {
        matches!(self, Self::Unknown | Self::Unmapped(_))
    }

    /// Returns true if the provider sent a value for which no status is agreed.
    #[must_use]
    pub const fn is_unmapped(&self) -> bool {
        matches!(self, Self::Unmapped(_))
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The text is not the canonical name of a status.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a status; use one of {}", names())]
pub struct ParseStatusError {
    text: String,
}

fn names() -> String {
    let names: Vec<&str> = Status::ALL.iter().map(Status::as_str).collect();
    names.join(", ")
}

impl FromStr for Status {
    type Err = ParseStatusError;

    /// Reads a canonical name such as `out_for_delivery`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .iter()
            .find(|status| status.as_str() == text)
            .cloned()
            .ok_or_else(|| ParseStatusError {
                text: text.to_owned(),
            })
    }
}

/// The key under which the wire value of an unmapped status is stored.
const UNMAPPED: &str = "unmapped";

impl Serialize for Status {
    /// Writes the canonical name, or `{"unmapped": "wire value"}`.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self::Unmapped(value) = self else {
            return serializer.serialize_str(self.as_str());
        };
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry(UNMAPPED, value.as_str())?;
        map.end()
    }
}

impl<'de> Deserialize<'de> for Status {
    /// Reads what was written. A name that is unknown here becomes [`Status::Unmapped`], and so does
    /// the first key of another object.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(StatusVisitor)
    }
}

struct StatusVisitor;

impl<'de> Visitor<'de> for StatusVisitor {
    type Value = Status;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(r#"the name of a status or {"unmapped": "text"}"#)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Status, E> {
        // A later version of this crate may have stored a status that this one does not know.
        Ok(text
            .parse()
            .unwrap_or_else(|_| Status::Unmapped(UnmappedValue::new(text))))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Status, A::Error> {
        let (mut value, mut name) = (None, None);
        while let Some(key) = map.next_key::<String>()? {
            if key == UNMAPPED {
                value = map.next_value::<Option<String>>()?;
            } else {
                map.next_value::<IgnoredAny>()?;
                name.get_or_insert(key);
            }
        }
        let text = value.or(name);
        Ok(text.map_or(Status::Unknown, |text| {
            Status::Unmapped(UnmappedValue::new(&text))
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::{Status, UnmappedValue};

    #[test]
    fn every_name_parses_back() {
        for status in Status::ALL {
            assert_eq!(status.as_str().parse().as_ref(), Ok(status));
        }
    }

    #[test]
    fn wrong_name_is_named_together_with_right_ones() {
        let error = "Delivered".parse::<Status>().unwrap_err().to_string();

        assert!(error.starts_with("`Delivered` is not a status"), "{error}");
        assert!(error.contains("out_for_delivery"), "{error}");
    }

    #[test]
    fn unmapped_is_not_a_name() {
        assert!("unmapped".parse::<Status>().is_err());
    }

    #[test]
    fn serde_restores_every_status() {
        let unmapped = Status::Unmapped(UnmappedValue::new("teleported"));

        for status in Status::ALL.iter().cloned().chain([unmapped]) {
            let json = serde_json::to_string(&status).unwrap();
            assert_eq!(
                serde_json::from_str::<Status>(&json).unwrap(),
                status,
                "{json}"
            );
        }
    }

    #[test]
    fn unmapped_status_is_written_as_object() {
        let status = Status::Unmapped(UnmappedValue::new("teleported"));

        assert_eq!(
            serde_json::to_string(&status).unwrap(),
            r#"{"unmapped":"teleported"}"#
        );
    }

    #[test]
    fn other_kinds_of_values_are_refused() {
        for json in ["3", "[]", "true", r#"{"unmapped":{}}"#] {
            assert!(serde_json::from_str::<Status>(json).is_err(), "{json}");
        }
    }

    #[test]
    fn object_of_another_version_keeps_its_name() {
        let status: Status = serde_json::from_str(r#"{"handed_on":"x"}"#).unwrap();

        assert_eq!(status, Status::Unmapped(UnmappedValue::new("handed_on")));
        assert_eq!(
            serde_json::from_str::<Status>("{}").unwrap(),
            Status::Unknown
        );
    }

    #[test]
    fn unknown_key_beside_the_unmapped_value_is_ignored() {
        for json in [
            r#"{"unmapped":"x","more":[1]}"#,
            r#"{"more":[1],"unmapped":"x"}"#,
        ] {
            let status: Status = serde_json::from_str(json).unwrap();

            assert_eq!(status, Status::Unmapped(UnmappedValue::new("x")));
        }
    }

    #[test]
    fn phases_follow_the_usual_course() {
        let phases: Vec<Option<u8>> = Status::ALL.iter().map(Status::phase).collect();

        assert_eq!(
            phases,
            [
                Some(0),
                Some(0),
                Some(1),
                Some(2),
                Some(3),
                Some(4),
                Some(4),
                Some(4),
                Some(5),
                None,
                Some(5),
                Some(6),
                None,
                None,
                None,
            ]
        );
    }
}

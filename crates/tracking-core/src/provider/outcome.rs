//! `Outcome`: what came of asking for a shipment.

use serde::{Deserialize, Serialize};

use crate::{Shipment, UtcTime};

/// What came of asking for a shipment. None of these is an error, and none is a status.
///
/// No part of a stored shipment: an outcome that a later version stored and this one does not know is an
/// error when it is read, since nothing of it could be used.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Outcome {
    /// One or more shipments; never an empty list.
    Found(Vec<Shipment>),
    /// The provider knows the number only after it was registered.
    NotRegistered,
    /// Registered, and it is too early to say more.
    #[non_exhaustive]
    NotYet {
        /// When asking again makes sense, where that is known.
        retry_at: Option<UtcTime>,
    },
    /// The provider knows no such shipment.
    NotFound,
    /// Several carriers may have the number, and those that were tried do not know it.
    #[non_exhaustive]
    UnknownToCouriers {
        /// The provider's codes of the carriers that were tried.
        tried: Vec<String>,
        /// The provider's codes of those that were not: name one to try it.
        untried: Vec<String>,
    },
    /// The carrier responds only with more information.
    #[non_exhaustive]
    NeedsFields {
        /// The missing fields, as the provider names them.
        names: Vec<String>,
    },
    /// No carrier is known for the number: name one.
    NoCourier,
    /// The provider had the shipment and has deleted it.
    Gone,
}

impl Outcome {
    /// Makes an outcome of a list: an empty one is [`Outcome::NotFound`].
    #[must_use]
    pub fn from_shipments(shipments: Vec<Shipment>) -> Self {
        if shipments.is_empty() {
            Self::NotFound
        } else {
            Self::Found(shipments)
        }
    }

    /// Makes the outcome for a number that it is too early to ask for.
    #[must_use]
    pub const fn not_yet(retry_at: Option<UtcTime>) -> Self {
        Self::NotYet { retry_at }
    }

    /// Makes the outcome for a carrier that requires these fields too.
    #[must_use]
    pub fn needs_fields<N: Into<String>>(names: impl IntoIterator<Item = N>) -> Self {
        let names = names.into_iter().map(Into::into).collect();
        Self::NeedsFields { names }
    }

    /// Makes the outcome for a number that the carriers tried do not know.
    #[must_use]
    pub const fn unknown_to_couriers(tried: Vec<String>, untried: Vec<String>) -> Self {
        Self::UnknownToCouriers { tried, untried }
    }

    /// Returns the shipments that were found, or none.
    #[must_use]
    pub fn shipments(&self) -> &[Shipment] {
        match self {
            Self::Found(shipments) => shipments,
            Self::NotRegistered
            | Self::NotYet { .. }
            | Self::NotFound
            | Self::UnknownToCouriers { .. }
            | Self::NeedsFields { .. }
            | Self::NoCourier
            | Self::Gone => &[],
        }
    }

    /// Returns the shipments that were found, or none.
    #[must_use]
    pub fn into_shipments(self) -> Vec<Shipment> {
        match self {
            Self::Found(shipments) => shipments,
            Self::NotRegistered
            | Self::NotYet { .. }
            | Self::NotFound
            | Self::UnknownToCouriers { .. }
            | Self::NeedsFields { .. }
            | Self::NoCourier
            | Self::Gone => Vec::new(),
        }
    }

    /// Returns true if shipments were found.
    #[must_use]
    pub const fn is_found(&self) -> bool {
        matches!(self, Self::Found(_))
    }

    /// Returns the name in snake case.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Found(_) => "found",
            Self::NotRegistered => "not_registered",
            Self::NotYet { .. } => "not_yet",
            Self::NotFound => "not_found",
            Self::UnknownToCouriers { .. } => "unknown_to_couriers",
            Self::NeedsFields { .. } => "needs_fields",
            Self::NoCourier => "no_courier",
            Self::Gone => "gone",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Outcome;

    #[test]
    fn couriers_are_named_and_restored() {
        let outcome = Outcome::unknown_to_couriers(vec!["a".to_owned()], vec!["b".to_owned()]);

        let json = serde_json::to_string(&outcome).unwrap();

        let expected = r#"{"unknown_to_couriers":{"tried":["a"],"untried":["b"]}}"#;
        assert_eq!(json, expected);
        assert_eq!(serde_json::from_str::<Outcome>(&json).unwrap(), outcome);
        assert!(!outcome.is_found() && outcome.shipments().is_empty());
    }

    #[test]
    fn all_missing_fields_are_named_and_restored() {
        let outcome = Outcome::needs_fields(["postCode", "shipDate"]);

        let json = serde_json::to_string(&outcome).unwrap();

        assert_eq!(
            json,
            r#"{"needs_fields":{"names":["postCode","shipDate"]}}"#
        );
        assert_eq!(serde_json::from_str::<Outcome>(&json).unwrap(), outcome);
        assert!(!outcome.is_found());
    }
}

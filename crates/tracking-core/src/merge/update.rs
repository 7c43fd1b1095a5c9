//! An observation, and how much of a shipment it covers.

use serde::{Deserialize, Serialize};

use crate::Shipment;

/// One observation of a shipment, and how much of it was observed.
///
/// No part of a stored shipment: a kind that a later version stored and this one does not know is an error
/// when it is read, since it is unknown what it may change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Update {
    /// A response that lists every event, as far as its [`Completeness`](crate::Completeness) says
    /// so: an event that it lacks may be gone.
    Snapshot(Shipment),
    /// A message about some events, usually only the new ones: what it lacks is still true.
    Partial(Shipment),
}

impl Update {
    /// Returns the shipment as observed.
    #[must_use]
    pub fn shipment(&self) -> &Shipment {
        match self {
            Self::Snapshot(shipment) | Self::Partial(shipment) => shipment,
        }
    }

    pub(crate) fn shipment_mut(&mut self) -> &mut Shipment {
        match self {
            Self::Snapshot(shipment) | Self::Partial(shipment) => shipment,
        }
    }

    /// Returns the shipment as observed.
    #[must_use]
    pub fn into_shipment(self) -> Shipment {
        match self {
            Self::Snapshot(shipment) | Self::Partial(shipment) => shipment,
        }
    }
}

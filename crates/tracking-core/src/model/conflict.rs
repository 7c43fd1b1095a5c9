//! `Conflict`: two statements of one provider that cannot both be right.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::null_as_default;

/// Two statements of one provider that cannot both be right. It is information, not an error.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Conflict {
    /// Which statements disagree.
    #[serde(default, deserialize_with = "null_as_default")]
    pub kind: ConflictKind,
    /// The two statements, for people.
    #[serde(default, deserialize_with = "null_as_default")]
    pub message: String,
}

impl Conflict {
    /// Creates a conflict.
    #[must_use]
    pub fn new(kind: ConflictKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
        }
    }
}

impl fmt::Display for Conflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.kind.as_str(), self.message)
    }
}

/// Which statements disagree.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ConflictKind {
    /// The shipment's status and that of its last event.
    StatusVsLastEvent,
    /// The main and the fine value of one status.
    FineVsMain,
    /// The last leg and the shipment: only one of them is delivered.
    LegsDisagree,
    /// A fact such as a delivery date and the state beside it.
    FactVsState,
    /// The provider's order of events and their times.
    TimeOrder,
    /// The begin and the end of the window of an estimate.
    EtaWindow,
    /// A list of events is empty and events are known: an outage and a purge look the same.
    EventsVanished,
    /// Delivered after it was on its way back, so perhaps to the sender.
    DeliveredAfterReturn,
    /// A kind that this version does not know, from stored data.
    #[default]
    #[serde(other)]
    Unknown,
}

impl ConflictKind {
    /// Returns the name in snake case.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::StatusVsLastEvent => "status_vs_last_event",
            Self::FineVsMain => "fine_vs_main",
            Self::LegsDisagree => "legs_disagree",
            Self::FactVsState => "fact_vs_state",
            Self::TimeOrder => "time_order",
            Self::EtaWindow => "eta_window",
            Self::EventsVanished => "events_vanished",
            Self::DeliveredAfterReturn => "delivered_after_return",
            Self::Unknown => "unknown",
        }
    }
}

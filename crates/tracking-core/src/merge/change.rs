//! What is different between two observations of one shipment.

use std::fmt;

use super::{Reducer, Update};
use crate::{Eta, EventKey, Shipment, Status};
use serde::{Deserialize, Serialize};

/// One difference between what was known of a shipment and what was observed next.
///
/// [`changes`] and [`Reducer::reduce`] list them in a fixed order: first events that the
/// observation has, leg by leg and oldest first, then events that it lacks, then the status, then
/// delivery estimates.
///
/// In JSON the variant is the field `kind`, in snake case: `{"kind":"added","event":"…"}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Change {
    /// An event that was not known, not older than the newest known one.
    #[non_exhaustive]
    Added {
        /// The new event.
        event: EventKey,
    },
    /// The text of a known event was edited or translated. The old text stays in the event's
    /// revisions.
    #[non_exhaustive]
    Revised {
        /// The event under the key that it has now.
        event: EventKey,
        /// The key that it had before; equal to `event` where the provider gives ids.
        previous_key: EventKey,
        /// The text that it had before, if it had one.
        previous_text: Option<String>,
    },
    /// A known event is missing from a complete and newer response. It stays in the timeline,
    /// marked as retracted.
    #[non_exhaustive]
    Retracted {
        /// The event that is gone.
        event: EventKey,
    },
    /// The shipment has another status, or its status has become final (an exception that
    /// turned out to be a loss).
    #[non_exhaustive]
    StatusChanged {
        /// The status before.
        from: Status,
        /// The status now.
        to: Status,
    },
    /// A delivery estimate appeared or moved.
    #[non_exhaustive]
    EtaChanged {
        /// The latest estimate of the same source and field, if there was one.
        from: Option<Box<Eta>>,
        /// The estimate now.
        to: Box<Eta>,
    },
    /// Something arrived that is older than the newest thing known: an event, which is put in
    /// its place in the timeline, or (without `event`) a status, which is not taken over.
    #[non_exhaustive]
    Late {
        /// The late event; absent when the whole report is older than what is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        event: Option<EventKey>,
        /// The status of the late event or report.
        reported: Status,
        /// Whether a late status was taken over all the same, because the caller asked for it.
        applied: bool,
    },
    /// The status would fall to a lower phase, and nothing proves that this is the newer state.
    #[non_exhaustive]
    Regressed {
        /// The status that is known.
        from: Status,
        /// The status that was reported.
        to: Status,
        /// Whether it was taken over all the same, because the caller asked for it.
        applied: bool,
    },
    /// The status would leave a final one.
    #[non_exhaustive]
    LeftTerminal {
        /// The final status that is known.
        from: Status,
        /// The status that was reported.
        to: Status,
        /// Whether it was taken over all the same, because the caller asked for it.
        applied: bool,
    },
}

/// The kind of a [`Change`], without its data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ChangeKind {
    /// See [`Change::Added`].
    Added,
    /// See [`Change::Revised`].
    Revised,
    /// See [`Change::Retracted`].
    Retracted,
    /// See [`Change::StatusChanged`].
    StatusChanged,
    /// See [`Change::EtaChanged`].
    EtaChanged,
    /// See [`Change::Late`].
    Late,
    /// See [`Change::Regressed`].
    Regressed,
    /// See [`Change::LeftTerminal`].
    LeftTerminal,
}

impl ChangeKind {
    /// Returns the kind in snake case, as JSON writes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Revised => "revised",
            Self::Retracted => "retracted",
            Self::StatusChanged => "status_changed",
            Self::EtaChanged => "eta_changed",
            Self::Late => "late",
            Self::Regressed => "regressed",
            Self::LeftTerminal => "left_terminal",
        }
    }
}

impl fmt::Display for ChangeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Change {
    /// Returns the kind of the change.
    #[must_use]
    pub fn kind(&self) -> ChangeKind {
        match self {
            Self::Added { .. } => ChangeKind::Added,
            Self::Revised { .. } => ChangeKind::Revised,
            Self::Retracted { .. } => ChangeKind::Retracted,
            Self::StatusChanged { .. } => ChangeKind::StatusChanged,
            Self::EtaChanged { .. } => ChangeKind::EtaChanged,
            Self::Late { .. } => ChangeKind::Late,
            Self::Regressed { .. } => ChangeKind::Regressed,
            Self::LeftTerminal { .. } => ChangeKind::LeftTerminal,
        }
    }

    /// Returns the key of the event that the change is about, if it is about one.
    #[must_use]
    pub fn event(&self) -> Option<&EventKey> {
        match self {
            Self::Added { event } | Self::Revised { event, .. } | Self::Retracted { event } => {
                Some(event)
            }
            Self::Late { event, .. } => event.as_ref(),
            Self::StatusChanged { .. }
            | Self::EtaChanged { .. }
            | Self::Regressed { .. }
            | Self::LeftTerminal { .. } => None,
        }
    }

    /// Returns true if the merged shipment differs because of this change.
    ///
    /// False only for a status that was reported and, by default, not taken over. A late event
    /// is in the timeline, so it counts as applied.
    #[must_use]
    pub fn is_applied(&self) -> bool {
        match self {
            Self::Late { event, applied, .. } => event.is_some() || *applied,
            Self::Regressed { applied, .. } | Self::LeftTerminal { applied, .. } => *applied,
            Self::Added { .. }
            | Self::Revised { .. }
            | Self::Retracted { .. }
            | Self::StatusChanged { .. }
            | Self::EtaChanged { .. } => true,
        }
    }
}

/// Lists what `latest`, a complete response, reports that `previous` did not.
///
/// The same list that [`Shipment::merge`] returns, with the same caution: a status that is late,
/// regressed or leaves a final one is reported as such and not as a [`Change::StatusChanged`].
/// `latest` may also be the result of a merge.
///
/// There is no list for the first observation of a shipment: it is a state, not a change.
#[must_use]
pub fn changes(previous: &Shipment, latest: &Shipment) -> Vec<Change> {
    Reducer::new()
        .reduce(Some(previous), Update::Snapshot(latest.clone()))
        .changes
}

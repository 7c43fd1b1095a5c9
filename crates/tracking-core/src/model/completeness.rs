//! `Completeness`: whether a report lists everything that its provider knows.

use serde::{Deserialize, Serialize};

/// Whether a list of one report holds everything that the provider knows.
///
/// Only a complete list can show that something is gone: an event that a partial list lacks may
/// be in the part that could not be read.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Completeness {
    /// The list was read to its end.
    #[default]
    Complete,
    /// The list is absent, null or not a list, an element could not be read, or it was put
    /// together from some of the responses that it takes. Also a name that this version does not
    /// know.
    #[serde(other)]
    Partial,
}

impl Completeness {
    /// Returns the name in snake case.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::Partial => "partial",
        }
    }

    /// Returns true if it is [`Completeness::Complete`].
    #[must_use]
    pub const fn is_complete(self) -> bool {
        matches!(self, Self::Complete)
    }
}

//! `StatusTable`: a provider's wire values as rows of data, and the rules that apply them.

use super::mapping::{Mapping, Meaning};
use super::wire_value::Initials;
use super::{Fields, StatusRow, UnmappedField};
use crate::model::Conflict;
use crate::{Origin, ProviderId, RawStatus, StatusReport};

/// The wire values of one provider and what they mean.
///
/// A table is constant data with a version; changing a row raises the version. The rules that
/// apply it are the same for every provider; [`StatusTable::report`] lists them.
#[derive(Debug)]
pub struct StatusTable {
    provider: ProviderId,
    version: u32,
    checked_on: &'static str,
    pub(super) rows: &'static [StatusRow],
}

/// What became of the raw values of one status.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Mapped {
    /// The status.
    pub report: StatusReport,
    /// The main and the fine value contradict each other.
    pub conflict: Option<Conflict>,
    /// Values that have no row; to be counted by an [`UnmappedCounter`](crate::kit::UnmappedCounter).
    pub unmapped: Vec<UnmappedField>,
}

impl StatusTable {
    /// Creates a table; it can be a `static`.
    #[must_use]
    pub const fn new(provider: ProviderId, version: u32, rows: &'static [StatusRow]) -> Self {
        Self {
            provider,
            version,
            checked_on: "",
            rows,
        }
    }

    /// Sets the day when the sources of the rows were read, as `2025-12-04`.
    #[must_use]
    pub const fn checked_on(mut self, date: &'static str) -> Self {
        self.checked_on = date;
        self
    }

    /// Returns the provider.
    #[must_use]
    pub const fn provider(&self) -> &ProviderId {
        &self.provider
    }

    /// Returns the version, which every report repeats.
    #[must_use]
    pub const fn version(&self) -> u32 {
        self.version
    }

    /// Returns the rows.
    #[must_use]
    pub const fn rows(&self) -> &'static [StatusRow] {
        self.rows
    }

    /// Returns the day when the source of a row was read; empty if it was not noted.
    #[must_use]
    pub fn date_of(&self, row: &StatusRow) -> &'static str {
        row.checked_on.unwrap_or(self.checked_on)
    }

    /// Finds the row of a value.
    ///
    /// Case, white space, `-` and `_` do not count; `canceled` is `cancelled`; zeros in front of a
    /// number at the end do not count.
    #[must_use]
    pub fn find(&self, field: &str, value: &str) -> Option<&'static StatusRow> {
        let initials = Initials::of(value);
        let mut rows = self.rows.iter().filter(|row| row.initials.meet(initials));
        let mut others = rows.clone();
        let exact = rows.find(|row| row.value == Some(value) && row.field == field);
        exact.or_else(|| others.find(|row| row.field == field && row.covers(value)))
    }

    /// Maps raw values to a status.
    ///
    /// 1. The fine value decides if it has a row and the main value belongs to the row's family.
    ///    If the main value belongs to another family, the fine value still decides when neither
    ///    of the two ends the journey; else the main value does. Both ways the report is at best
    ///    coarse, and a conflict says so.
    /// 2. Without a fine value the row of the category counts, in the same way.
    /// 3. A main value without a row gives [`Status::Unmapped`](crate::Status::Unmapped). A fine
    ///    value or a category without a row leaves the status to the main value, at best coarse.
    ///    Both are listed as unmapped.
    ///
    /// A value that is missing or empty says nothing. Without any value the status is
    /// [`Status::Unknown`](crate::Status::Unknown).
    #[must_use]
    pub fn report(&self, raw: RawStatus, fields: &Fields) -> Mapped {
        let mut mapping = Mapping::new(self, &raw, fields);
        let meaning = mapping.meaning();
        let (conflict, unmapped) = mapping.into_findings();
        let Meaning {
            status,
            detail,
            reason,
            precision,
        } = meaning;
        let report = StatusReport {
            status,
            detail,
            reason,
            precision,
            raw,
            mapping_version: self.version,
            origin: Origin::Reported,
        };
        Mapped {
            report,
            conflict,
            unmapped,
        }
    }
}

//! `StatusRow`: what one wire value means, as a row of constant data.

use std::mem;

use super::wire_value::Initials;
use crate::{Detail, Precision, Reason, Status};

/// What one wire value means.
///
/// Rows are constant data, written as a chain that reads like a line of a table:
///
/// ```
/// use tracking_core::{Detail, Status};
/// use tracking_core::kit::{Family, Source, StatusRow};
///
/// const ROWS: &[StatusRow] = &[
///     StatusRow::new("statusMilestone", "in_transit")
///         .status(Status::InTransit)
///         .coarse()
///         .source(Source::Documented)
///         .note("Starts with acceptance."),
///     StatusRow::new("statusCode", "transit_handover")
///         .family(Family::Of(&["in_transit"]))
///         .status(Status::PickedUp)
///         .detail(Detail::HandedToCarrier)
///         .exact()
///         .source(Source::Documented),
/// ];
/// assert_eq!(ROWS[0].canonical_status(), Some(&Status::InTransit));
/// assert_eq!(ROWS[1].canonical_detail(), Some(&Detail::HandedToCarrier));
/// assert_eq!(ROWS[1].known_from().as_str(), "documented");
/// ```
///
/// A row starts without a family, with the status and the precision of the main value, and
/// unchecked.
#[derive(Debug)]
pub struct StatusRow {
    pub(super) field: &'static str,
    pub(super) value: Option<&'static str>,
    pub(super) spellings: &'static [&'static str],
    /// How the value and its spellings begin.
    pub(super) initials: Initials,
    pub(super) family: Family,
    pub(super) status: RowStatus,
    pub(super) detail: Option<Detail>,
    pub(super) reason: Option<Reason>,
    pub(super) precision: Option<Precision>,
    pub(super) source: Source,
    pub(super) checked_on: Option<&'static str>,
    pub(super) note: &'static str,
}

impl StatusRow {
    /// Starts the row of a value of a field.
    #[must_use]
    pub const fn new(field: &'static str, value: &'static str) -> Self {
        Self::start(field, Some(value))
    }

    /// Starts the row of a field whose presence is the statement, whatever its value: a fact such
    /// as `carrierDeliveredAt`.
    #[must_use]
    pub const fn present(field: &'static str) -> Self {
        Self::start(field, None)
    }

    const fn start(field: &'static str, value: Option<&'static str>) -> Self {
        Self {
            field,
            value,
            spellings: &[],
            initials: match value {
                Some(value) => Initials::of(value),
                None => Initials::ANY,
            },
            family: Family::Main,
            status: RowStatus::AsMain,
            detail: None,
            reason: None,
            precision: None,
            source: Source::Unchecked,
            checked_on: None,
            note: "",
        }
    }

    /// Adds other accepted spellings. Case, spaces, `-`, `_`, one or two `l` in `cancelled`, and
    /// zeros in front of a number at the end need none: they never count.
    #[must_use]
    pub const fn also(mut self, spellings: &'static [&'static str]) -> Self {
        self.spellings = spellings;
        let mut rest = spellings;
        while let [spelling, others @ ..] = rest {
            self.initials = self.initials.or(Initials::of(spelling));
            rest = others;
        }
        self
    }

    /// Sets the main values beside which the value is expected.
    #[must_use]
    pub const fn family(mut self, family: Family) -> Self {
        self.family = family;
        self
    }

    /// Sets the status.
    #[must_use]
    pub const fn status(mut self, status: Status) -> Self {
        // A constant may not drop the old value; it owns nothing, so it can be forgotten.
        mem::forget(mem::replace(&mut self.status, RowStatus::Is(status)));
        self
    }

    /// Takes status and precision from the main value. This is how a row starts.
    #[must_use]
    pub const fn as_main(mut self) -> Self {
        mem::forget(mem::replace(&mut self.status, RowStatus::AsMain));
        self.precision = None;
        self
    }

    /// Says that the value is known and says nothing about the parcel.
    #[must_use]
    pub const fn no_status(mut self) -> Self {
        mem::forget(mem::replace(&mut self.status, RowStatus::None));
        self.precision = Some(Precision::Exact);
        self
    }

    /// Sets the finer meaning.
    #[must_use]
    pub const fn detail(mut self, detail: Detail) -> Self {
        mem::forget(self.detail.replace(detail));
        self
    }

    /// Sets the reason.
    #[must_use]
    pub const fn reason(mut self, reason: Reason) -> Self {
        mem::forget(self.reason.replace(reason));
        self
    }

    /// The value means this and nothing else.
    #[must_use]
    pub const fn exact(self) -> Self {
        self.precision(Precision::Exact)
    }

    /// The value covers several finer cases.
    #[must_use]
    pub const fn coarse(self) -> Self {
        self.precision(Precision::Coarse)
    }

    /// The value covers different statuses.
    #[must_use]
    pub const fn ambiguous(self) -> Self {
        self.precision(Precision::Ambiguous)
    }

    const fn precision(mut self, precision: Precision) -> Self {
        self.precision = Some(precision);
        self
    }

    /// Says where the meaning is known from.
    #[must_use]
    pub const fn source(mut self, source: Source) -> Self {
        self.source = source;
        self
    }

    /// Sets the day when the source was read, as `2025-12-04`, where it is not the table's.
    #[must_use]
    pub const fn checked_on(mut self, date: &'static str) -> Self {
        self.checked_on = Some(date);
        self
    }

    /// Adds a remark.
    #[must_use]
    pub const fn note(mut self, note: &'static str) -> Self {
        self.note = note;
        self
    }

    /// Returns the name of the wire field.
    #[must_use]
    pub const fn field_name(&self) -> &'static str {
        self.field
    }

    /// Returns the wire value; `None` for a field whose presence is the statement.
    #[must_use]
    pub const fn wire_value(&self) -> Option<&'static str> {
        self.value
    }

    /// Returns the status, unless the row takes it from the main value or says nothing.
    #[must_use]
    pub const fn canonical_status(&self) -> Option<&Status> {
        match &self.status {
            RowStatus::Is(status) => Some(status),
            RowStatus::AsMain | RowStatus::None => None,
        }
    }

    /// Returns true if the row takes its status from the main value.
    #[must_use]
    pub const fn takes_main_status(&self) -> bool {
        matches!(self.status, RowStatus::AsMain)
    }

    /// Returns the finer meaning.
    #[must_use]
    pub const fn canonical_detail(&self) -> Option<&Detail> {
        self.detail.as_ref()
    }

    /// Returns the reason.
    #[must_use]
    pub const fn canonical_reason(&self) -> Option<&Reason> {
        self.reason.as_ref()
    }

    /// Returns how much the value says; `None` where that is as precise as the main value.
    #[must_use]
    pub const fn stated_precision(&self) -> Option<Precision> {
        self.precision
    }

    /// Returns where the meaning is known from.
    #[must_use]
    pub const fn known_from(&self) -> Source {
        self.source
    }

    /// Returns the remark, or an empty string.
    #[must_use]
    pub const fn remark(&self) -> &'static str {
        self.note
    }
}

/// The main values beside which a fine value or a category is expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Family {
    /// The row is itself one of a main value.
    Main,
    /// Every main value that does not end the journey.
    Any,
    /// These main values, spelled as in their own rows.
    Of(&'static [&'static str]),
}

/// The status that a row gives.
#[derive(Debug)]
pub(super) enum RowStatus {
    /// This one.
    Is(Status),
    /// The one of the main value.
    AsMain,
    /// None: the value says nothing about the parcel.
    None,
}

/// Where the meaning of a wire value is known from; from strong to weak.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Source {
    /// The provider's own documentation.
    Documented,
    /// Public code or a real response published by somebody else.
    Published,
    /// Our inference.
    Inferred,
    /// General knowledge, not checked.
    Unchecked,
}

impl Source {
    /// Returns the name in snake case, such as `documented`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Documented => "documented",
            Self::Published => "published",
            Self::Inferred => "inferred",
            Self::Unchecked => "unchecked",
        }
    }
}

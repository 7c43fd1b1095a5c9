//! The rules that turn raw values into a status, one application at a time.

use super::fields::Fine;
use super::row::RowStatus;
use super::wire_value::{is_empty, same_value, without_final_punctuation};
use super::{Family, Fields, StatusRow, StatusTable, UnmappedField};

use crate::model::{Conflict, ConflictKind};
use crate::status::{UnmappedValue, is_terminal};
use crate::{Detail, Precision, RawStatus, Reason, Status};

impl StatusRow {
    pub(super) fn covers(&self, value: &str) -> bool {
        let Some(own) = self.value else {
            return true;
        };
        same_value(own, value) || self.spellings.iter().any(|other| same_value(other, value))
    }

    fn is_terminal(&self) -> bool {
        match &self.status {
            RowStatus::Is(status) => is_terminal(status, self.detail.as_ref()),
            RowStatus::AsMain | RowStatus::None => false,
        }
    }

    /// Returns true if the value is expected beside a main value.
    fn is_expected_beside(&self, main: &Self) -> bool {
        match self.family {
            Family::Main => true,
            Family::Any => !main.is_terminal(),
            Family::Of(values) => values.iter().any(|value| main.value == Some(*value)),
        }
    }
}

/// The three axes that rows give, and how well they fit.
pub(super) struct Meaning {
    pub(super) status: Status,
    pub(super) detail: Option<Detail>,
    pub(super) reason: Option<Reason>,
    pub(super) precision: Precision,
}

impl Meaning {
    const UNKNOWN: Self = Self {
        status: Status::Unknown,
        detail: None,
        reason: None,
        precision: Precision::Ambiguous,
    };

    fn of(row: &StatusRow) -> Self {
        let status = match &row.status {
            RowStatus::Is(status) => status.clone(),
            RowStatus::AsMain | RowStatus::None => Status::Unknown,
        };
        Self {
            status,
            detail: row.detail.clone(),
            reason: row.reason.clone(),
            precision: row.precision.unwrap_or(Precision::Ambiguous),
        }
    }

    /// Replaces what a row beside the main value's says.
    fn overridden_by(self, row: &StatusRow) -> Self {
        match &row.status {
            RowStatus::Is(_) => Self::of(row),
            RowStatus::AsMain | RowStatus::None => self.refined_by(row),
        }
    }

    /// Keeps the status and takes the other axes from a row, where it has them.
    fn refined_by(self, row: &StatusRow) -> Self {
        Self {
            status: self.status,
            detail: row.detail.clone().or(self.detail),
            reason: row.reason.clone().or(self.reason),
            precision: row.precision.unwrap_or(self.precision),
        }
    }

    fn at_best_coarse(self) -> Self {
        self.at_best(Precision::Coarse)
    }

    fn at_best(mut self, limit: Precision) -> Self {
        self.precision = self.precision.at_best(limit);
        self
    }
}

/// One application of a table.
pub(super) struct Mapping<'a> {
    table: &'a StatusTable,
    raw: &'a RawStatus,
    fields: &'a Fields,
    conflict: Option<Conflict>,
    unmapped: Vec<UnmappedField>,
}

/// What a table says about one field.
enum Lookup {
    /// The provider said nothing.
    Missing,
    /// The value has no row.
    Unmapped,
    Row(&'static StatusRow),
}

impl<'a> Mapping<'a> {
    pub(super) const fn new(
        table: &'a StatusTable,
        raw: &'a RawStatus,
        fields: &'a Fields,
    ) -> Self {
        Self {
            table,
            raw,
            fields,
            conflict: None,
            unmapped: Vec::new(),
        }
    }

    pub(super) fn meaning(&mut self) -> Meaning {
        let main = self.lookup(Some(self.fields.main), self.raw.main.as_deref());
        let beside = self.beside_main();
        let main = match main {
            Lookup::Row(main) => main,
            Lookup::Unmapped => return self.unmapped_main(),
            Lookup::Missing => return self.without_main(&beside),
        };
        match beside {
            Beside::Missing => Meaning::of(main),
            Beside::Unmapped => Meaning::of(main).at_best_coarse(),
            Beside::Fine(row) => self.fine_beside_main(main, row),
            Beside::Category(row) if matches!(row.status, RowStatus::AsMain) => {
                Meaning::of(main).overridden_by(row)
            }
            Beside::Category(row) => self.fine_beside_main(main, row),
            Beside::Refinement(row) => self.refinement_beside_main(main, row),
        }
    }

    pub(super) fn into_findings(self) -> (Option<Conflict>, Vec<UnmappedField>) {
        (self.conflict, self.unmapped)
    }

    /// Finds what is said beside the main value: the fine value, or else the category.
    fn beside_main(&mut self) -> Beside {
        let (field, kind) = self.fields.fine.unzip();
        let refines = kind == Some(Fine::Refines);
        let text = self.raw.fine.as_deref();
        let text = if refines {
            text.map(without_final_punctuation)
        } else {
            text
        };
        match self.lookup(field, text) {
            Lookup::Row(row) if refines => return Beside::Refinement(row),
            Lookup::Row(row) => return Beside::Fine(row),
            Lookup::Unmapped => return Beside::Unmapped,
            Lookup::Missing => {}
        }
        match self.lookup(self.fields.category, self.raw.category.as_deref()) {
            Lookup::Row(row) => Beside::Category(row),
            Lookup::Unmapped => Beside::Unmapped,
            Lookup::Missing => Beside::Missing,
        }
    }

    fn lookup(&mut self, field: Option<&'static str>, value: Option<&str>) -> Lookup {
        let (Some(field), Some(value)) = (field, value) else {
            return Lookup::Missing;
        };
        if is_empty(value) {
            return Lookup::Missing;
        }
        if let Some(row) = self.table.find(field, value) {
            return Lookup::Row(row);
        }
        self.unmapped.push(UnmappedField::new(field, value));
        Lookup::Unmapped
    }

    fn unmapped_main(&self) -> Meaning {
        let text = self.raw.main.as_deref().unwrap_or_default();
        let status = Status::Unmapped(UnmappedValue::new(text));
        Meaning {
            status,
            ..Meaning::UNKNOWN
        }
    }

    fn without_main(&self, beside: &Beside) -> Meaning {
        match beside {
            Beside::Fine(row) | Beside::Category(row) => Meaning::UNKNOWN.overridden_by(row),
            Beside::Refinement(row) => Meaning::UNKNOWN.overridden_by(row).at_best_coarse(),
            Beside::Unmapped => self.unmapped_alone(),
            Beside::Missing => Meaning::UNKNOWN,
        }
    }

    /// The only value that was reported has no row.
    fn unmapped_alone(&self) -> Meaning {
        let Some(UnmappedField { value, .. }) = self.unmapped.last() else {
            return Meaning::UNKNOWN;
        };
        let status = Status::Unmapped(UnmappedValue::new(value));
        Meaning {
            status,
            ..Meaning::UNKNOWN
        }
    }

    fn fine_beside_main(&mut self, main: &StatusRow, fine: &StatusRow) -> Meaning {
        if fine.is_expected_beside(main) {
            return Meaning::of(main).overridden_by(fine);
        }
        self.conflict = Some(fine_vs_main(main, fine));
        if main.is_terminal() || fine.is_terminal() {
            return Meaning::of(main).at_best_coarse();
        }
        Meaning::of(main).overridden_by(fine).at_best_coarse()
    }

    fn refinement_beside_main(&mut self, main: &StatusRow, text: &StatusRow) -> Meaning {
        if text.is_expected_beside(main) {
            // What is put together is no more precise than its weakest part.
            let main = Meaning::of(main);
            let weakest = main.precision;
            return main.overridden_by(text).at_best_coarse().at_best(weakest);
        }
        let (Some(main_status), Some(text_status)) =
            (main.canonical_status(), text.canonical_status())
        else {
            return Meaning::of(main).refined_by(text).at_best_coarse();
        };
        if main_status != text_status {
            self.conflict = Some(fine_vs_main(main, text));
        }
        // A loss may end a journey, so it counts only where the main value speaks of a problem.
        let ends = matches!(text.detail, Some(Detail::Lost | Detail::Destroyed));
        if ends && *main_status != Status::Exception {
            return Meaning::of(main).at_best_coarse();
        }
        Meaning::of(main).refined_by(text).at_best_coarse()
    }
}

/// What is said beside the main value.
enum Beside {
    Missing,
    Unmapped,
    Fine(&'static StatusRow),
    Category(&'static StatusRow),
    Refinement(&'static StatusRow),
}

fn fine_vs_main(main: &StatusRow, fine: &StatusRow) -> Conflict {
    let name = |row: &StatusRow| format!("{} `{}`", row.field, row.value.unwrap_or("(present)"));
    let message = format!("{} does not belong to {}", name(fine), name(main));
    Conflict::new(ConflictKind::FineVsMain, message)
}

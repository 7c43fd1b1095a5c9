//! Checks a table: duplicates, families that do not exist, values that are missing.

use std::collections::HashMap;

use super::row::RowStatus;
use super::wire_value::normalised;
use super::{Family, StatusRow, StatusTable};

/// What is wrong with a status table.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TableError {
    /// Two rows of one field cover the same value.
    #[error("`{value}` of `{field}` has two rows; remove one or give it another spelling")]
    #[non_exhaustive]
    Duplicate {
        /// The name of the wire field.
        field: &'static str,
        /// The value as the second row spells it.
        value: &'static str,
    },
    /// A family names a main value that has no row.
    #[error("the family of `{value}` of `{field}` names `{main}`, which has no row of its own")]
    #[non_exhaustive]
    UnknownFamily {
        /// The name of the wire field.
        field: &'static str,
        /// The value of the row.
        value: &'static str,
        /// The main value that has no row.
        main: &'static str,
    },
    /// A row of a main value takes its status from a main value.
    #[error("`{value}` of `{field}` is a main value without a status; give it one, or a family")]
    #[non_exhaustive]
    NoStatus {
        /// The name of the wire field.
        field: &'static str,
        /// The value of the row.
        value: &'static str,
    },
    /// A row has a status of its own and no precision.
    #[error("`{value}` of `{field}` has no precision; add exact(), coarse() or ambiguous()")]
    #[non_exhaustive]
    NoPrecision {
        /// The name of the wire field.
        field: &'static str,
        /// The value of the row.
        value: &'static str,
    },
    /// A value of the provider's list has no row.
    #[error("`{value}` of `{field}` has no row")]
    #[non_exhaustive]
    Missing {
        /// The name of the wire field.
        field: String,
        /// The value without a row.
        value: String,
    },
}

impl StatusTable {
    /// Checks that the rows fit together; to be called in a test of the crate that owns the table.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong: two rows for one value, a family that names no main value, a
    /// row without status or precision.
    pub fn check(&self) -> Result<(), TableError> {
        self.rows.iter().try_for_each(|row| self.check_row(row))?;
        self.check_duplicates()
    }

    /// Checks that every value of a list has a row, such as the values of a field in the spec.
    ///
    /// # Errors
    ///
    /// [`TableError::Missing`] for the first value without a row.
    pub fn check_covers<'a>(
        &self,
        field: &str,
        values: impl IntoIterator<Item = &'a str>,
    ) -> Result<(), TableError> {
        match values
            .into_iter()
            .find(|value| self.find(field, value).is_none())
        {
            Some(value) => Err(TableError::Missing {
                field: field.to_owned(),
                value: value.to_owned(),
            }),
            None => Ok(()),
        }
    }

    fn check_row(&self, row: &StatusRow) -> Result<(), TableError> {
        let (field, value) = (row.field, row.value.unwrap_or("(present)"));
        if row.family == Family::Main && matches!(row.status, RowStatus::AsMain) {
            return Err(TableError::NoStatus { field, value });
        }
        if row.precision.is_none() && !matches!(row.status, RowStatus::AsMain) {
            return Err(TableError::NoPrecision { field, value });
        }
        let Family::Of(mains) = row.family else {
            return Ok(());
        };
        match mains.iter().find(|main| !self.is_main(main)) {
            Some(main) => Err(TableError::UnknownFamily { field, value, main }),
            None => Ok(()),
        }
    }

    fn is_main(&self, value: &str) -> bool {
        self.rows
            .iter()
            .any(|row| row.family == Family::Main && row.value == Some(value))
    }

    fn check_duplicates(&self) -> Result<(), TableError> {
        let mut owners: HashMap<(&str, String), usize> = HashMap::new();
        for (index, row) in self.rows.iter().enumerate() {
            let own = row.value.unwrap_or_default();
            for value in std::iter::once(own).chain(row.spellings.iter().copied()) {
                let key = (row.field, normalised(value).collect());
                // Two spellings of one row may well be the same value: both were documented.
                if *owners.entry(key).or_insert(index) != index {
                    return Err(TableError::Duplicate {
                        field: row.field,
                        value,
                    });
                }
            }
        }
        Ok(())
    }
}

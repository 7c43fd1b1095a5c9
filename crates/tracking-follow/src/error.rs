//! `StoreError`: what went wrong with the store, by the decision that the caller has to take.

use std::error::Error as StdError;
use std::fmt;

/// Which decision a [`StoreError`] asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StoreErrorKind {
    /// The address of the store cannot be used: correct it.
    Address,
    /// The database refuses the user or the password.
    Refused,
    /// The database cannot be reached now, is busy, or gave up a transaction: try again.
    Unavailable,
    /// The disk, or the space that the database may use, is full.
    Full,
    /// The database can be read and not written.
    ReadOnly,
    /// A newer version of this crate has changed the tables: use that version.
    NewerSchema,
    /// Something cannot be stored as it was given, such as a parcel without a number.
    Invalid,
    /// The file is no database, or something stored cannot be read.
    Damaged,
    /// Anything else; the [source](StdError::source) says more.
    Other,
}

/// What went wrong with the store.
///
/// `Display` is one line without addresses, passwords and stored values.
#[derive(Debug)]
pub struct StoreError {
    kind: StoreErrorKind,
    message: String,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl StoreError {
    pub(crate) fn new(kind: StoreErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            source: None,
        }
    }

    pub(crate) fn damaged(message: impl Into<String>) -> Self {
        Self::new(StoreErrorKind::Damaged, message)
    }

    /// A task that was ended by the runtime, or panicked.
    pub(crate) fn ended(error: tokio::task::JoinError) -> Self {
        let mut ended = Self::new(
            StoreErrorKind::Other,
            "the work was ended before it was done",
        );
        ended.source = Some(Box::new(error));
        ended
    }

    /// Returns which decision it asks for.
    #[must_use]
    pub const fn kind(&self) -> StoreErrorKind {
        self.kind
    }

    /// Returns true if the same may succeed later without a change by anybody.
    #[must_use]
    pub const fn is_transient(&self) -> bool {
        matches!(self.kind, StoreErrorKind::Unavailable)
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl StdError for StoreError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        let source: &(dyn StdError + 'static) = self.source.as_deref()?;
        Some(source)
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let (kind, message) = match &error {
            sqlx::Error::Configuration(_) | sqlx::Error::Tls(_) => (
                StoreErrorKind::Address,
                "the address of the store cannot be used",
            ),
            sqlx::Error::Io(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed
            | sqlx::Error::BeginFailed => (StoreErrorKind::Unavailable, UNAVAILABLE),
            sqlx::Error::Database(error) => of_code(error.code().as_deref().unwrap_or_default()),
            sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => (
                StoreErrorKind::Damaged,
                "a stored value is of another kind than expected",
            ),
            _ => (StoreErrorKind::Other, OTHER),
        };
        Self {
            kind,
            message: message.to_owned(),
            source: Some(Box::new(error)),
        }
    }
}

impl From<sqlx::migrate::MigrateError> for StoreError {
    fn from(error: sqlx::migrate::MigrateError) -> Self {
        use sqlx::migrate::MigrateError;
        match error {
            MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => error.into(),
            MigrateError::VersionMissing(version) => Self::new(
                StoreErrorKind::NewerSchema,
                format!(
                    "the store has version {version} of the tables; use a newer version of this program"
                ),
            ),
            error => Self {
                kind: StoreErrorKind::Damaged,
                message: "the tables of the store are not as this program made them".to_owned(),
                source: Some(Box::new(error)),
            },
        }
    }
}

const UNAVAILABLE: &str = "the database cannot be reached, or is busy";
const OTHER: &str = "the database failed";

/// What a result code of SQLite (a number, whose low byte is the main code) or a code of PostgreSQL (five
/// letters or digits) asks for.
fn of_code(code: &str) -> (StoreErrorKind, &'static str) {
    let main = code.parse::<u32>().ok().filter(|_| code.len() < 5);
    match (main.map(|code| code & 0xff), code) {
        (Some(13), _) | (None, "53100") => (StoreErrorKind::Full, "the database is full"),
        (Some(8), _) | (None, "25006") => {
            (StoreErrorKind::ReadOnly, "the database cannot be written")
        }
        (Some(11 | 26), _) => (
            StoreErrorKind::Damaged,
            "the file is no database, or damaged",
        ),
        (Some(14), _) => (
            StoreErrorKind::Address,
            "the file of the store cannot be opened",
        ),
        (None, "3D000") => (StoreErrorKind::Address, "there is no such database"),
        (Some(5 | 6), _) | (None, "53300" | "55P03" | "40001" | "40P01" | "25P03") => {
            (StoreErrorKind::Unavailable, UNAVAILABLE)
        }
        (None, code) if code.starts_with("28") => (
            StoreErrorKind::Refused,
            "the database refuses the user or the password",
        ),
        (None, code) if code.starts_with("08") || code.starts_with("57P0") => {
            (StoreErrorKind::Unavailable, UNAVAILABLE)
        }
        _ => (StoreErrorKind::Other, OTHER),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_both_engines_mean_the_same_decisions() {
        use StoreErrorKind::{Address, Damaged, Full, Other, ReadOnly, Refused, Unavailable};
        for (code, kind) in [
            ("13", Full),
            ("53100", Full),
            ("8", ReadOnly),
            ("1032", ReadOnly),
            ("25006", ReadOnly),
            ("5", Unavailable),
            ("517", Unavailable),
            ("40P01", Unavailable),
            ("57P03", Unavailable),
            ("08006", Unavailable),
            ("28P01", Refused),
            ("26", Damaged),
            ("14", Address),
            ("3D000", Address),
            ("42601", Other),
            ("1", Other),
            ("", Other),
        ] {
            assert_eq!(of_code(code).0, kind, "{code}");
        }
    }
}

//! `Engine`: what SQLite and PostgreSQL spell in different ways.

use std::fmt::Write as _;

/// Which database has the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    /// Writes a statement for this engine. Both read `$1` as a parameter; what they do not share is in
    /// braces:
    ///
    /// - `{now}`: the database's time in microseconds, the same in the whole transaction of PostgreSQL,
    ///   so that an index can be used for a comparison with it.
    /// - `{clock}`: the time at which this part of the statement runs.
    /// - `{max}`, `{min}`: of several values.
    /// - `{lock}`: locks the rows of a query; `{lock free}` only those that nobody has locked. SQLite has
    ///   one writer at a time.
    /// - `{bytes}`: compares strings by their bytes, as SQLite does anyway.
    pub(crate) fn render(self, statement: &str) -> String {
        let replacements = match self {
            Self::Sqlite => [
                ("{now}", "CAST(unixepoch('subsec') * 1000000 AS INTEGER)"),
                ("{clock}", "CAST(unixepoch('subsec') * 1000000 AS INTEGER)"),
                ("{max}", "max"),
                ("{min}", "min"),
                ("{lock}", ""),
                ("{lock free}", ""),
                ("{bytes}", ""),
            ],
            Self::Postgres => [
                (
                    "{now}",
                    "CAST(extract(epoch FROM now()) * 1000000 AS BIGINT)",
                ),
                (
                    "{clock}",
                    "CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT)",
                ),
                ("{max}", "greatest"),
                ("{min}", "least"),
                ("{lock}", "FOR UPDATE"),
                ("{lock free}", "FOR UPDATE SKIP LOCKED"),
                ("{bytes}", "COLLATE \"C\""),
            ],
        };
        let mut rendered = statement.to_owned();
        for (name, text) in replacements {
            if rendered.contains(name) {
                rendered = rendered.replace(name, text);
            }
        }
        rendered
    }
}

/// Writes rows of parameters: `($1, $2), ($3, $4)`, after as many as were `used` before.
pub(crate) fn rows(used: usize, rows: usize, columns: usize) -> String {
    let mut text = String::with_capacity(rows * columns * 6);
    for row in 0..rows {
        text.push_str(if row == 0 { "(" } else { ", (" });
        for column in 0..columns {
            let separator = if column == 0 { "" } else { ", " };
            // Writing to a string cannot fail.
            let _ = write!(text, "{separator}${}", used + row * columns + column + 1);
        }
        text.push(')');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_number_their_parameters() {
        assert_eq!(rows(0, 2, 2), "($1, $2), ($3, $4)");
        assert_eq!(rows(1, 1, 3), "($2, $3, $4)");
    }

    #[test]
    fn statement_has_no_braces_left() {
        let statement = "{now} {clock} {max}(1) {min}(1) {lock} {lock free} {bytes}";
        for engine in [Engine::Sqlite, Engine::Postgres] {
            assert!(!engine.render(statement).contains('{'));
        }
    }
}

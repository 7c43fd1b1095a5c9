//! The variables that a client is built from, read from a table.

use std::ffi::OsString;

/// The value of a variable in a table.
#[must_use]
pub fn variable(variables: &[(&str, &str)], name: &str) -> Option<OsString> {
    let found = variables.iter().find(|(variable, _)| *variable == name);
    found.map(|(_, value)| value.into())
}

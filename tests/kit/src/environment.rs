//! The variables that a client is built from, read from a table.

use std::collections::HashMap;
use std::ffi::OsString;

use tracking_http::Environment;

/// An environment in which only these variables are set.
#[must_use]
pub fn environment(variables: &[(&str, &str)]) -> Environment<'static> {
    let variables: HashMap<String, OsString> = variables
        .iter()
        .map(|(name, value)| ((*name).to_owned(), value.into()))
        .collect();
    Environment::from_lookup(move |name| variables.get(name).cloned())
}

/// The value of a variable in a table.
#[must_use]
pub fn variable(variables: &[(&str, &str)], name: &str) -> Option<OsString> {
    let found = variables.iter().find(|(variable, _)| *variable == name);
    found.map(|(_, value)| value.into())
}

//! Everything that a value says about itself, to look for secrets in.

use std::error::Error;
use std::fmt::Debug;

/// A value in both of its debug forms.
#[must_use]
pub fn printed(value: &impl Debug) -> String {
    format!("{value:?} {value:#?}")
}

/// Everything that an error says about itself and its causes.
#[must_use]
pub fn messages(error: &impl Error) -> String {
    let mut text = format!("{error} {}", printed(error));
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(&format!(" {cause} {cause:?} {cause:#?}"));
        source = cause.source();
    }
    text
}

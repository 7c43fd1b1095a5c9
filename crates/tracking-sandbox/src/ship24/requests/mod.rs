//! What callers send, read by the rules of the documentation.

pub(crate) mod fields;
pub(crate) mod input;
pub(crate) mod payload;

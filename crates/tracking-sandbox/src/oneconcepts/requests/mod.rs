//! What callers send.

pub(crate) mod input;
pub(crate) mod parameters;

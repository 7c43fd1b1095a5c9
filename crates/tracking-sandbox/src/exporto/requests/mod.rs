//! What callers send.

pub(crate) mod input;

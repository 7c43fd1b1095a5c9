//! What callers send.

pub(crate) mod filter;
pub(crate) mod input;
pub(crate) mod order_time;
pub(crate) mod parameters;

//! Notifications: when one is made, how it is sent, what counts as received.

pub(crate) mod announce;
pub(crate) mod headers;
pub(crate) mod message;
mod send;

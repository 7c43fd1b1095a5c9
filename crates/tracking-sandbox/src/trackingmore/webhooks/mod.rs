//! Webhooks: when there is one, what it says, how it is signed and sent.

mod announce;
pub(crate) mod form;
pub(crate) mod message;
mod send;
mod signature;

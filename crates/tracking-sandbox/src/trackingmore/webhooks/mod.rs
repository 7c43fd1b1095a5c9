//! Webhooks: when there is one, what it says, how it is signed and sent.

pub(crate) mod form;
pub(crate) mod send;
mod signature;

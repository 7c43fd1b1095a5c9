//! Webhooks: when there is one, what it says, how it is signed.

pub(crate) mod form;
pub(crate) mod messages;
pub(crate) mod signature;

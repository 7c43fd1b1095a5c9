//! Webhooks: which messages there are, what they say, how they are delivered.

pub(crate) mod contents;
pub(crate) mod deliver;
pub(crate) mod messages;

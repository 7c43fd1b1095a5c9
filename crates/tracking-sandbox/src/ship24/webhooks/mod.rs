//! Webhooks: which messages there are, what they say, how they are sent.

mod announce;
mod body;
pub(crate) mod message;
mod send;

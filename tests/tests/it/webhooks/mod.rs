//! Webhooks of all senders at one entry point.

mod arbitrary;
mod replies;
mod sender;
mod server;

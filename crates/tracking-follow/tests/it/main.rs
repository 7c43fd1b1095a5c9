//! Everything that a user of the crate can see, on SQLite and on PostgreSQL.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test ends with a panic when its preparation fails"
)]

mod bad_input;
mod board;
mod consumers;
mod databases;
mod deliveries;
mod inbox;
mod killed;
mod killed_senders;
mod limits;
mod parcels;
mod provider;
mod rules;
mod server;
mod wakeups;
mod workers;

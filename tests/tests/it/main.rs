//! Tests that cross crates: real clients against the sandbox, over real HTTP, in one binary.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod batches;
mod caller;
mod cassettes;
mod conformance;
mod every_provider;
mod exporto;
mod gcl;
mod guide;
mod journeys;
mod oneconcepts;
mod plain_specs;
mod polling;
mod receiver;
mod registrations;
mod scale;
mod ship24;
mod tls;
mod trackingmore;
mod webhooks;

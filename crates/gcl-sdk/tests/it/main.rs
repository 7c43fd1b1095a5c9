//! Tests of the crate from the outside, in one binary.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "what tests share fails the test, like the test itself"
)]

mod bad_input;
mod completeness;
mod corpus;
mod descriptions;
mod environment;
mod errors;
mod fixtures;
mod forward;
mod get_tracking;
mod inbox;
mod journeys;
mod limits;
mod mapping;
mod order;
mod properties;
mod provider;
mod quote;
mod readme;
mod recovery;
mod repeat;
mod requests;
mod script;
mod secrets;
mod server;
mod spec;
mod webhooks;

tracking_testkit::suites!(gcl, crate::server::Gcl);

//! Tests of the crate from the outside, in one binary.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "what tests share fails the test, like the test itself"
)]

mod bad_input;
mod corpus;
mod environment;
mod errors;
mod fixtures;
mod forward;
mod journeys;
mod list;
mod lookup;
mod mapping;
mod orders;
mod paging;
mod products;
mod properties;
mod provider;
mod script;
mod secrets;
mod server;
mod shipped_orders;
mod spec;
mod token;
mod track_batch;
mod trackings;
mod updates;

tracking_testkit::suites!(oneconcepts, crate::server::OneConcepts);

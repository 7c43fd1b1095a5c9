//! Tests of the crate from the outside, in one binary.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "what tests share fails the test, like the test itself"
)]

mod bad_input;
mod bulk;
mod completeness;
mod corpus;
mod couriers;
mod create;
mod environment;
mod errors;
mod fixtures;
mod forward;
mod history;
mod limits;
mod list;
mod partial;
mod per_call;
mod properties;
mod provider;
mod register_batch;
mod repeat;
mod results;
mod script;
mod secrets;
mod server;
mod spec;
mod track;
mod track_batch;
mod trackers;
mod webhooks;

tracking_testkit::suites!(ship24, crate::server::Ship24);

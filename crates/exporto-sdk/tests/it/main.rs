//! Tests of the crate from the outside, in one binary.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "what tests share fails the test, like the test itself"
)]

mod account;
mod bad_input;
mod completeness;
mod corpus;
mod errors;
mod facts;
mod fixtures;
mod forward;
mod headers;
mod journeys;
mod labels;
mod limits;
mod list;
mod processed;
mod properties;
mod provider;
mod readme;
mod returns;
mod script;
mod search;
mod secrets;
mod server;
mod shipment;
mod spec;
mod token;
mod tours;

tracking_testkit::suites!(exporto, crate::server::Exporto);

//! Tests of the crate from the outside, in one binary.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "what tests share fails the test, like the test itself"
)]

mod air_cargo;
mod bad_input;
mod batch;
mod candidates;
mod carriers;
mod completeness;
mod configuration;
mod corpus;
mod counts;
mod create;
mod dates;
mod envelope;
mod environment;
mod errors;
mod escape_hatch;
mod fixtures;
mod forward;
mod headers;
mod leniency;
mod limits;
mod list;
mod lookup;
mod mapping;
mod on_request;
mod operations;
mod partial;
mod places;
mod properties;
mod provider;
mod readme;
mod realtime;
mod register_batch;
mod repeat;
mod script;
mod secrets;
mod server;
mod several;
mod single;
mod spec;
mod stored;
mod track_batch;
mod versions;
mod webhooks;

tracking_testkit::suites!(trackingmore, crate::server::TrackingMore);

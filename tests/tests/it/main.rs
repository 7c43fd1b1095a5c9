//! Tests that cross crates: real clients against the sandbox, over real HTTP, in one binary.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod account;
mod altered_answers;
mod conformance;
mod faults;
mod independence;
mod journeys;
mod late_webhooks;
mod limits;
mod operations;
mod paging;
mod paused_clock;
mod provider_set;
mod receiver;
mod replay;
mod samples;
mod sandboxed;

//! The `tracking` program from the outside: what it prints, and how it ends.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "the helpers of a test fail the test, like the test itself"
)]

mod accounts;
mod bad_input;
mod base_url;
mod common;
mod config;
mod configuration;
mod detect;
mod follow;
mod limits;
mod program;
mod readme;
mod sandbox;
mod serve;
mod track;
mod watch;
mod webhook;

//! Tests of the crate from the outside, in one binary.

// Functions that tests share fail by panicking, like the tests themselves.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[cfg(feature = "reqwest")]
mod body;
mod configuration;
#[cfg(feature = "reqwest")]
mod connect;
mod errors;
mod incomplete;
mod input;
mod lenient;
mod limit;
mod observe;
mod pages;
mod partial;
mod partial_work;
mod pause_reporter;
mod redaction;
mod repeat;
mod support;
mod token;
#[cfg(feature = "reqwest")]
mod wire;

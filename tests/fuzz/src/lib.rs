//! What holds for any bytes that arrive, as one function for each reader of the workspace.
//!
//! A [`Target`] takes bytes and panics if a property does not hold. The same targets are run by `cargo test`, with
//! thousands of changed seeds, and by libFuzzer, which looks for new paths through the code: `bash .ci/fuzz`.
//!
//! Seeds are made from the fixtures of the SDKs, so that nothing is stored twice. A folder of `seeds` has what once
//! failed: its name is that of the target, and a file's name says what it showed.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a property that does not hold is a failed test"
)]

mod bound;
mod input;
mod mutation;
mod problem;
mod program;
mod sdks;
mod target;
mod targets;

pub use mutation::Mutations;
pub use target::Target;
pub use targets::all;

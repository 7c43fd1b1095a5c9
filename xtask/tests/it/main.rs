//! Tests of the repository tasks, and the repository checks that run with every test run.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod codegen;
mod command;
mod drift;
mod examples;
mod golden;
mod imports;
mod operations;
mod provenance;
mod release;
mod repository;
#[cfg(unix)]
mod tags;
mod traps;

use std::path::{Path, PathBuf};

/// A folder of test data.
fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(name)
}

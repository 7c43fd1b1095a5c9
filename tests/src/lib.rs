//! Tests that cross crates.

/// The Rust code of the front page compiles.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct FrontPage;

// Generated from specs/trackingmore.yaml by `cargo xtask codegen`; change the spec, not this file.

//! What the spec says: types of requests and responses, and one constant per operation.

#![allow(unreachable_pub, reason = "the crate root decides what is public")]

pub mod operations;
pub mod types;

//! What the tests of every SDK share. A provider's own part is an implementation of [`Sdk`].
//!
//! Everything here belongs to a test: where something is not as the test says, it panics.
#![allow(
    clippy::exhaustive_enums,
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on has failed"
)]

mod called;
pub mod corpus;
mod enums;
mod environment;
pub mod excerpt;
mod faults;
pub mod fixtures;
pub mod flood;
mod gzip;
pub mod json;
pub mod no_date;
pub mod printed;
mod reply;
mod script;
mod sdk;
mod seen;
mod server;
pub mod source;
pub mod spec;
mod spellings;
pub mod suites;
pub mod trace;

pub use called::Called;
pub use enums::{Enum, EnumValue, ReadEnum};
pub use environment::variable;
pub use fixtures::Fixtures;
pub use gzip::gzip_bomb;
pub use reply::Reply;
pub use script::{Script, Step};
pub use sdk::{Login, Sdk};
pub use seen::Seen;
pub use server::Server;
pub use spec::Spec;
pub use spellings::spellings;

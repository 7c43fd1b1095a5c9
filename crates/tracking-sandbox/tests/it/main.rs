//! The sandbox over real HTTP, as a client sees it.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod account;
mod control;
mod exporto;
mod faults;
mod gcl;
mod lifecycle;
mod oneconcepts;
#[cfg(feature = "binary")]
mod program;
mod receiver;
mod settings;
mod ship24;
mod trackingmore;

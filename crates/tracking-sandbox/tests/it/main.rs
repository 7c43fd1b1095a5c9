//! The sandbox over real HTTP, as a client sees it.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod account;
mod auth;
mod bulk;
mod control;
mod couriers;
mod create;
mod exporto;
mod faults;
mod gcl;
mod lifecycle;
mod limits;
mod list;
mod oneconcepts;
#[cfg(feature = "binary")]
mod program;
mod receiver;
mod results;
mod search;
mod track;
mod trackingmore;
mod update;
mod webhooks;

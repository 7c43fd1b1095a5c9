//! GCL over real HTTP.

mod access;
mod assumed;
mod control;
pub(crate) mod desk;
mod edits;
mod faults;
mod notifications;
mod orders;
mod quote;
mod refused_orders;
mod statuses;
mod tracking;

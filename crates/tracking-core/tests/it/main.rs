//! Tests of the public interface, in one binary.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test ends with a panic when its preparation fails"
)]

mod accounts;
mod batches;
mod cadence;
#[cfg(feature = "conformance")]
mod conformance;
#[cfg(feature = "conformance")]
mod conformance_troubles;
mod dedupe;
mod delivery;
mod leg;
mod look;
mod merge;
mod observations;
mod open_enum;
mod order;
mod parcels;
mod parts;
mod provider;
mod provider_set;
mod registrations;
mod scaling;
mod scripted;
mod shipment;
mod status_rules;
mod status_tables;
mod stored;
mod streams;
mod summary;
mod timestamp;
mod webhook_endpoint;

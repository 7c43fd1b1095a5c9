#![doc = include_str!("../README.md")]
// What only a merge uses is of no use without it, and the documentation of the rest names it.
#![cfg_attr(
    not(feature = "merge"),
    allow(dead_code, unused_imports, rustdoc::broken_intra_doc_links)
)]

pub mod cadence;
#[cfg(feature = "conformance")]
pub mod conformance;
#[cfg(feature = "detect")]
pub mod detect;
pub mod kit;
#[cfg(feature = "merge")]
pub mod look;
pub mod merge;
pub mod model;
mod provider;
pub mod status;
pub mod time;
pub mod webhook;

#[doc(inline)]
pub use model::{
    Completeness, Courier, Direction, Eta, Event, EventKey, Freshness, Leg, LegRole, Milestones,
    Problem, RawJson, Shipment, Summary,
};
pub use provider::{
    Account, Capabilities, CourierCandidate, Cursor, Error, ErrorKind, Evidence, ListRequest,
    Lookup, LookupResult, Outcome, Provider, ProviderExt, ProviderId, ProviderSet, Registered,
    Registration, ShipmentHints, ShipmentPage, Target, TrackRequest, TrackStream,
};
#[doc(inline)]
pub use status::{Detail, Origin, Precision, RawStatus, Reason, Status, StatusReport};
#[doc(inline)]
pub use time::{Date, Timestamp, UtcTime};

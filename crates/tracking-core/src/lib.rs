#![doc = include_str!("../README.md")]

pub mod cadence;
#[cfg(feature = "conformance")]
pub mod conformance;
#[cfg(feature = "detect")]
pub mod detect;
pub mod kit;
pub mod look;
pub mod merge;
mod model;
mod provider;
mod status;
pub mod time;
pub mod webhook;

pub use model::{
    AttentionLimits, Completeness, Conflict, ConflictKind, Courier, DeliveryDocument, Direction,
    Eta, EtaPrecision, EtaSource, Event, EventKey, Freshness, Leg, LegRole, Milestones, Problem,
    ProofOfDelivery, RawJson, Shipment, StoredError, Summary, SummaryLine,
};
pub use provider::{
    Account, BoxFuture, Capabilities, CourierCandidate, Cursor, Error, ErrorKind, Evidence,
    ListRequest, Lookup, LookupResult, Outcome, Provider, ProviderExt, ProviderId, ProviderSet,
    Registered, Registration, ShipmentHints, ShipmentPage, Target, TrackRequest, TrackStream,
};
pub use status::{
    Detail, Origin, ParseStatusError, Precision, RawStatus, Reason, Status, StatusReport,
    UnmappedCount, UnmappedValue,
};
#[doc(inline)]
pub use time::{Date, Timestamp, UtcTime};

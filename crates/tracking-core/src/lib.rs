#![doc = include_str!("../README.md")]

mod change;
mod conflict;
#[cfg(feature = "conformance")]
pub mod conformance;
mod dedupe;
mod detail;
mod error;
mod eta;
mod event;
mod filled;
mod leg;
mod merge;
mod milestones;
mod open_enum;
mod order;
mod outcome;
mod problem;
mod provider;
mod provider_id;
mod provider_set;
mod raw_json;
mod raw_list;
mod raw_part;
mod reason;
mod repeat_guard;
mod request;
mod shipment;
mod status;
mod status_report;
mod status_table;
mod summary;
mod text_type;
mod time;
mod webhook;
mod wire_text;

pub use change::{Change, ChangeKind, changes};
pub use conflict::{Conflict, ConflictKind};
pub use dedupe::{DedupeKey, DedupeStore, MemoryDedupe, Seen};
pub use detail::Detail;
pub use error::{Error, ErrorKind};
pub use eta::{Eta, EtaPrecision, EtaSource};
pub use event::{Event, EventKey, Revision};
pub use filled::filled;
pub use leg::{Courier, EventOrder, Leg, LegRole};
pub use merge::{Merged, Reducer, Update};
pub use milestones::Milestones;
pub use open_enum::UnknownValue;
pub use order::{LegEvent, Scan, grouped_scans, ordered_events};
pub use outcome::Outcome;
pub use problem::Problem;
pub use provider::{BoxFuture, Capabilities, Provider, ProviderExt};
pub use provider_id::ProviderId;
pub use provider_set::{Lookup, LookupResult, ProviderSet};
pub use raw_json::RawJson;
pub use raw_list::RawList;
pub use raw_part::{has_part, numbered_elements, raw_elements, raw_part};
pub use reason::Reason;
pub use request::{
    CourierCandidate, Cursor, Evidence, ListRequest, Registered, Registration, ShipmentPage,
    Target, TrackRequest,
};
pub use shipment::{AttentionLimits, Direction, Freshness, Shipment};
pub use status::{ParseStatusError, Status, UnmappedValue};
pub use status_report::{Origin, Precision, RawStatus, StatusReport};
pub use status_table::{
    Family, Fields, Mapped, Source, StatusRow, StatusTable, TableError, UnmappedCount,
    UnmappedCounter, UnmappedField,
};
pub use summary::{Summary, SummaryLine};
pub use time::{
    CalendarDate, ClaimedUtcTime, Date, ExactTime, LocalTime, ParseDateError, ParseUtcTimeError,
    TimeKind, Timestamp, UnparsedTime, UtcTime, UtcTimeRangeError,
};
pub use webhook::{WebhookDelivery, WebhookProof, WebhookRequest, WebhookUpdate};

/// For generated code and for the crates of this family; no part of the public interface.
#[doc(hidden)]
pub mod __private {
    pub use serde;

    pub use crate::open_enum::unknown_value;
    pub use crate::repeat_guard::{Repeat, RepeatGuard};
    pub use crate::wire_text::{deserialize_optional_text, deserialize_text, float_text};
}

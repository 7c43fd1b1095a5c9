//! What is known of a shipment, in one form for all providers.

mod completeness;
mod conflict;
mod eta;
mod event;
mod leg;
mod milestones;
mod problem;
mod raw_json;
mod raw_list;
mod shipment;
mod summary;

pub use completeness::Completeness;
pub use conflict::{Conflict, ConflictKind};
pub use eta::{Eta, EtaPrecision, EtaSource};
pub use event::{Event, EventKey, Revision};
pub use leg::{Courier, EventOrder, Leg, LegRole};
pub use milestones::Milestones;
pub use problem::Problem;
pub use raw_json::RawJson;
pub use raw_list::RawList;
pub use shipment::{AttentionLimits, Direction, Freshness, Shipment};
pub(crate) use summary::Clean;
pub use summary::{Summary, SummaryLine};

use serde::{Deserialize, Deserializer};

/// Reads `null` in the place of a list or a value that has a default as that default.
pub(crate) fn null_as_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

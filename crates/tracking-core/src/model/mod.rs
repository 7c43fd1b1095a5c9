//! What is known of a shipment, in one form for all providers.

mod completeness;
mod conflict;
mod delivery;
mod eta;
mod event;
mod finish;
pub(crate) mod leg;
mod milestones;
mod problem;
mod raw_json;
pub(crate) mod raw_list;
mod shipment;
mod stored;
mod stored_error;
mod summary;

pub use completeness::Completeness;
pub use conflict::{Conflict, ConflictKind};
pub use delivery::{DeliveryDocument, ProofOfDelivery};
pub use eta::{Eta, EtaPrecision, EtaSource};
pub(crate) use event::LegDigest;
pub use event::{Event, EventKey, Revision};
pub use leg::{Courier, Leg, LegRole};
pub use milestones::Milestones;
pub use problem::Problem;
pub use raw_json::RawJson;
pub use shipment::{AttentionLimits, Direction, Freshness, Shipment};
pub(crate) use stored::{Restore, list, map, null_as_default, optional};
pub use stored_error::StoredError;
pub(crate) use summary::Clean;
pub use summary::{Summary, SummaryLine};

#![doc = include_str!("../../docs/changes.md")]
//!
//! [`Ambiguous`]: crate::Precision::Ambiguous
//! [`DeliveredAfterReturn`]: crate::model::ConflictKind::DeliveredAfterReturn
//! [`Leg::completeness`]: crate::Leg::completeness
//! [`MAX_EVENTS`]: crate::Shipment::MAX_EVENTS
//! [`MAX_LEGS`]: crate::Shipment::MAX_LEGS
//! [`Problem`]: crate::Problem
//! [`Shipment::completeness`]: crate::Shipment::completeness
//! [`Shipment::is_same_shipment`]: crate::Shipment::is_same_shipment
//! [`copies`]: crate::Event::copies
//! [`headline`]: Merged::headline
//! [`key`]: crate::Event::key
//! [`revisions`]: crate::Event::revisions
//! [accounts]: crate::Shipment::account

#[cfg(feature = "merge")]
mod align;
#[cfg(feature = "merge")]
mod change;
#[cfg(feature = "merge")]
mod diff;
#[cfg(feature = "merge")]
mod estimates;
#[cfg(feature = "merge")]
mod event;
#[cfg(feature = "merge")]
mod events;
mod fact;
#[cfg(feature = "merge")]
mod facts;
#[cfg(feature = "merge")]
mod headline;
mod identity;
mod keys;
#[cfg(feature = "merge")]
mod legs;
mod meaning;
mod memory;
mod order;
#[cfg(feature = "merge")]
mod placement;
#[cfg(feature = "merge")]
mod reduce;
mod report_time;
#[cfg(feature = "merge")]
mod reuse;
#[cfg(feature = "merge")]
mod status;
mod timeline;
mod update;

pub use crate::model::Revision;
#[cfg(feature = "merge")]
pub use change::{Change, ChangeKind, EventField};
#[cfg(feature = "merge")]
pub use diff::changes;
pub use fact::Fact;
#[cfg(feature = "merge")]
pub use reduce::{Merged, merge};
pub use timeline::{LegEvent, Scan};
pub use update::Update;

pub(crate) use keys::Keys;
pub(crate) use meaning::{nfc_lower_case, plain};
pub(crate) use memory::Memory;
pub(crate) use order::arrange;
pub(crate) use report_time::ReportTime;

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

mod align;
mod change;
mod diff;
mod estimates;
mod event;
mod events;
mod facts;
mod headline;
mod identity;
mod keys;
mod legs;
mod meaning;
mod memory;
mod order;
mod placement;
mod reduce;
mod report_time;
mod status;
mod timeline;

pub use crate::model::Revision;
pub use change::{Change, ChangeKind, EventField};
pub use diff::changes;
pub use facts::Fact;
pub use reduce::{Merged, Update, merge};
pub use timeline::{LegEvent, Scan};

pub(crate) use keys::Keys;
pub(crate) use meaning::{nfc_lower_case, plain};
pub(crate) use memory::Memory;
pub(crate) use order::arrange;
pub(crate) use report_time::ReportTime;

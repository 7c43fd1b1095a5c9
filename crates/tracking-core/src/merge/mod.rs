#![doc = include_str!("../../docs/changes.md")]

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

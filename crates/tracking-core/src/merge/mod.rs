//! Merges what was known of a shipment with what was observed next.
//!
//! Polls and webhooks feed the same [`Reducer`]: a poll is an [`Update::Snapshot`], which lists
//! every event, and a webhook usually an [`Update::Partial`], which lists only new ones.

mod change;
mod estimates;
mod event_merge;
mod events;
mod legs;
mod order;
mod pairing;
mod placement;
mod reducer;
mod verdict;

pub use change::{Change, ChangeKind, changes};
pub use order::{LegEvent, Scan};
pub use reducer::{Merged, Reducer, Update};

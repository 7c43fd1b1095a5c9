//! Webhooks: what arrives, how far it can be trusted, and how a repeat is recognised.

mod dedupe;
mod delivery;

pub use dedupe::{DedupeKey, DedupeStore, MemoryDedupe, Seen};
pub use delivery::{WebhookDelivery, WebhookProof, WebhookRequest, WebhookUpdate};

//! Webhooks: what arrives, how far it can be trusted, and how a repeat is recognised.

mod dedupe;
mod delivery;
mod request;

pub use dedupe::{DedupeKey, DedupeStore, MemoryDedupe, Seen};
pub use delivery::{WebhookDelivery, WebhookProof, WebhookUpdate};
pub use request::WebhookRequest;

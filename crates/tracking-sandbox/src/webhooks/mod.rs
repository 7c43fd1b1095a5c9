//! Webhooks: what waits, when it is due, and how it is sent.

mod delivery;
mod queue;
mod url;
mod worker;

pub(crate) use delivery::{Outgoing, Response};
pub(crate) use queue::{Schedule, WebhookQueue};
pub use url::WebhookUrl;
pub(crate) use worker::{SendsWebhooks, run, settled};

//! Webhooks: what waits, when it is due, and how it is sent.

mod delivery;
mod queue;
mod url;
mod worker;

pub(crate) use delivery::{Answer, post, send};
pub(crate) use queue::{Delivery, RetryQueue, Schedule};
pub(crate) use url::LoopbackUrl;
pub(crate) use worker::{SendsWebhooks, Signals, run, settled};

//! Everything that calls change, and what they need to know beside it.

use std::collections::HashMap;
use std::sync::Arc;

use super::orders::Orders;
use super::settings::Settings;
use super::webhook_settings::WebhookSettings;
use super::webhooks::{Message, Told};
use crate::retry_queue::RetryQueue;
use crate::sandbox::Core;
use crate::world::Journey;

/// The account with its orders.
#[derive(Debug, Default)]
pub(crate) struct State {
    pub(crate) settings: Settings,
    pub(crate) orders: Orders,
    pub(crate) webhooks: WebhookSettings,
    pub(crate) queue: RetryQueue<Message>,
    /// What notifications have told, by the first number of the parcel.
    pub(crate) told: HashMap<String, Told>,
}

/// The world at one moment.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Account<'a> {
    pub(crate) core: &'a Core,
    pub(crate) now: i64,
}

impl Account<'_> {
    /// The parcel with this number. Every parcel of the world is one of the account.
    pub(crate) fn journey(&self, number: &str) -> Option<Arc<Journey>> {
        self.core.world.find(number)
    }
}

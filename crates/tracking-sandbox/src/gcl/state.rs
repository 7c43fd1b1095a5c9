//! Everything that calls change.

use std::collections::HashMap;

use crate::gcl::orders::Orders;
use crate::gcl::settings::Settings;
use crate::gcl::webhook_settings::WebhookSettings;
use crate::gcl::webhooks::{Announced, Message};
use crate::webhooks::RetryQueue;

/// The account with its orders.
#[derive(Debug, Default)]
pub(crate) struct State {
    pub(crate) settings: Settings,
    pub(crate) orders: Orders,
    pub(crate) webhooks: WebhookSettings,
    pub(crate) queue: RetryQueue<Message>,
    /// The scans that notifications were made about, by the first number of the parcel in upper case.
    pub(crate) announced: HashMap<String, Announced>,
}

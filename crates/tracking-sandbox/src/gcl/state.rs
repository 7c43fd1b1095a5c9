//! Everything that calls change.

use std::collections::HashMap;
use std::sync::Arc;

use crate::gcl::orders::Orders;
use crate::gcl::settings::Settings;
use crate::gcl::webhooks::announce::Announced;
use crate::gcl::webhooks::message::Webhook;
use crate::webhooks::WebhookQueue;

/// The account with its orders.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) settings: Settings,
    pub(crate) orders: Orders,
    /// The queue of the provider, to push into.
    pub(crate) queue: Arc<WebhookQueue<Webhook>>,
    /// The scans that notifications were made about, by the first number of the parcel in upper
    /// case.
    pub(crate) announced: HashMap<String, Announced>,
}

impl State {
    pub(crate) fn new(queue: &Arc<WebhookQueue<Webhook>>) -> Self {
        Self {
            settings: Settings::default(),
            orders: Orders::default(),
            queue: Arc::clone(queue),
            announced: HashMap::new(),
        }
    }
}

//! The account as a test sees it.

use std::sync::Arc;

use super::auth;
use super::endpoints::ENDPOINTS;
use super::provider::Ship24Provider;
use super::requests::payload::Payload;
use super::settings::Settings;
use crate::control::account_methods;
use crate::sandbox::Sandbox;
use crate::webhooks;

impl Sandbox {
    /// The account at Ship24. Operations are named as in the provider's API description, such as
    /// `create-tracker`.
    #[must_use]
    pub fn ship24(&self) -> Ship24 {
        Ship24 {
            provider: Arc::clone(&self.modules().ship24),
        }
    }
}

/// The account at Ship24, as a test sees it. Clones are the same account.
#[derive(Debug, Clone)]
pub struct Ship24 {
    provider: Arc<Ship24Provider>,
}

account_methods!(Ship24, "ship24", ENDPOINTS, Settings);

impl Ship24 {
    /// The key that opens the sandbox.
    #[must_use]
    pub fn api_key(&self) -> &'static str {
        auth::API_KEY
    }

    /// The secret that webhooks carry as `Authorization: Bearer <secret>`.
    #[must_use]
    pub fn webhook_secret(&self) -> &'static str {
        auth::WEBHOOK_SECRET
    }

    /// Waits until every webhook that is due on the clock of the sandbox has been tried once.
    /// Failed ones wait for [`Clock::advance`](crate::Clock::advance).
    pub async fn webhooks_settled(&self) {
        webhooks::settled(&*self.provider).await;
    }

    /// How many webhook deliveries wait for their time or for an address.
    #[must_use]
    pub fn webhooks_waiting(&self) -> usize {
        self.provider.queue.waiting()
    }

    /// Adds this many trackers without a request each, for tests with long lists. Their numbers
    /// are `BULK` and nine digits.
    pub fn add_trackers(&self, count: u32) {
        let snapshot = self.provider.snapshot();
        let mut state = self.provider.state();
        for _ in 0..count {
            let serial = state.trackers.len();
            let id = snapshot.core.identities.uuid("tracker", "", serial as u64);
            let payload = Payload {
                tracking_number: format!("BULK{serial:09}"),
                ..Payload::default()
            };
            state.trackers.add(id, payload, snapshot.now);
        }
    }
}

//! The account as a test sees it.

use std::sync::Arc;

use super::auth;
use super::endpoints::ENDPOINTS;
use super::provider::TrackingMoreProvider;
use super::settings::Settings;
use super::tracking::Tracking;
use super::webhooks::form::LATER_SECRET;
use crate::control::account_methods;
use crate::sandbox::Sandbox;
use crate::webhooks;

impl Sandbox {
    /// The account at TrackingMore. [`TrackingMore::operations`] lists how operations are named.
    #[must_use]
    pub fn trackingmore(&self) -> TrackingMore {
        TrackingMore {
            provider: Arc::clone(&self.modules().trackingmore),
        }
    }
}

/// The account at TrackingMore, as a test sees it. Clones are the same account.
#[derive(Debug, Clone)]
pub struct TrackingMore {
    provider: Arc<TrackingMoreProvider>,
}

account_methods!(TrackingMore, "trackingmore", ENDPOINTS, Settings);

impl TrackingMore {
    /// The key that opens the sandbox, for the header `Trackingmore-Api-Key`.
    #[must_use]
    pub fn api_key(&self) -> &'static str {
        auth::API_KEY
    }

    /// The secret that webhooks in the forms of versions 3 and 4 are signed with.
    #[must_use]
    pub fn later_webhook_secret(&self) -> &'static str {
        LATER_SECRET
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

    /// Adds this many trackings without a request each, for tests with long lists. Their numbers
    /// are `BULK` and nine digits, their carrier is `china-post`.
    pub fn add_trackings(&self, count: u32) {
        let snapshot = self.provider.snapshot();
        let mut state = self.provider.state();
        for _ in 0..count {
            let serial = state.trackings.created();
            let id = snapshot.core.identities.hex("trackingmore", serial);
            let number = format!("BULK{serial:09}");
            let carrier = "china-post".to_owned();
            let tracking = Tracking::new(id, carrier, number, snapshot.now);
            state.trackings.add(tracking);
        }
    }
}

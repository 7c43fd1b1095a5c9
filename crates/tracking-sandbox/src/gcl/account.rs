//! The account at GCL, as a test sees it.

use std::sync::Arc;

use crate::control::account_methods;
use crate::gcl::auth;
use crate::gcl::endpoints::ENDPOINTS;
use crate::gcl::orders::Order;
use crate::gcl::provider::GclProvider;
use crate::gcl::settings::Settings;
use crate::sandbox::Sandbox;
use crate::webhooks;

impl Sandbox {
    /// The account at GCL. [`Gcl::operations`] lists how operations are named.
    #[must_use]
    pub fn gcl(&self) -> Gcl {
        Gcl {
            provider: Arc::clone(&self.modules().gcl),
        }
    }
}

/// The account at GCL, as a test sees it. Clones are the same account.
#[derive(Debug, Clone)]
pub struct Gcl {
    provider: Arc<GclProvider>,
}

account_methods!(Gcl, "gcl", ENDPOINTS, Settings);

impl Gcl {
    /// The key of the account, for the header `X-API-KEY`. It has a colon, as keys of a sibling
    /// product do.
    #[must_use]
    pub fn api_key(&self) -> &'static str {
        auth::API_KEY
    }

    /// The shipping orders that callers created, oldest first.
    #[must_use]
    pub fn orders(&self) -> Vec<Order> {
        self.provider.state().orders.all().to_vec()
    }

    /// Waits until every notification that is due on the clock of the sandbox has been tried
    /// once. Failed ones wait for [`Clock::advance`](crate::Clock::advance).
    pub async fn webhooks_settled(&self) {
        webhooks::settled(&*self.provider).await;
    }

    /// How many notifications wait for their time or for an address.
    #[must_use]
    pub fn webhooks_waiting(&self) -> usize {
        self.provider.queue.waiting()
    }
}

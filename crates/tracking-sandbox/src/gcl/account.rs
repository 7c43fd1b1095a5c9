//! The account at GCL, as a test sees it.

use std::sync::Arc;
use std::time::Duration;

use crate::error::WebhookUrlError;
use crate::fault::Faults;
use crate::gcl::auth;
use crate::gcl::endpoints;
use crate::gcl::orders::Order;
use crate::gcl::provider::GclProvider;
use crate::gcl::settings::Assumptions;
use crate::gcl::webhook_settings::{
    Trigger, WebhookFormat, WebhookHeaderError, WebhookMethod, WebhookSettings,
};
use crate::sandbox::Sandbox;
use crate::server::Endpoint;
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

impl Gcl {
    /// The key that opens the sandbox, for the header `X-API-KEY`. It has a colon, as keys of a
    /// sibling product do.
    #[must_use]
    pub fn api_key(&self) -> &'static str {
        auth::API_KEY
    }

    /// Faults to come, for requests to this provider only.
    pub fn faults(&self) -> Faults<'_> {
        Faults::new(&self.provider.core.faults).of("gcl")
    }

    /// The operations, as [`Faults::on`] and the recorded requests name them. The provider has no
    /// names for them; these are the sandbox's.
    #[must_use]
    pub fn operations(&self) -> Vec<&'static str> {
        Endpoint::operations(endpoints::ENDPOINTS)
    }

    /// The shipping orders that callers created, oldest first.
    #[must_use]
    pub fn orders(&self) -> Vec<Order> {
        self.provider.state().orders.all().to_vec()
    }

    /// Whether the provider has enabled the account for the API; it has by default, and without
    /// it every call gets 403.
    pub fn enable(&self, enabled: bool) {
        self.provider.state().settings.enabled = enabled;
    }

    /// Turns the rate limit off or on; on by default.
    pub fn enforce_rate_limits(&self, enforce: bool) {
        self.provider.state().settings.rate_limits = enforce;
    }

    /// Changes the limit: requests per second over all operations, 100 by default.
    pub fn set_rate_limit(&self, per_second: u32) {
        self.provider.state().settings.per_second = per_second;
    }

    /// Chooses what the sandbox does where the documentation is silent.
    pub fn assume(&self, assumptions: Assumptions) {
        self.provider.state().settings.assumptions = assumptions;
    }

    /// Sets the address of notifications. Steps that happened before are not announced.
    ///
    /// # Errors
    ///
    /// The address is not plain HTTP on this machine.
    pub fn set_webhook_url(&self, url: &str) -> Result<(), WebhookUrlError> {
        let url = url.parse()?;
        self.change_webhooks(|webhooks| webhooks.url = Some(url));
        Ok(())
    }

    /// Removes the address; what waits for it goes on waiting.
    pub fn clear_webhook_url(&self) {
        self.change_webhooks(|webhooks| webhooks.url = None);
    }

    /// Adds a header of your own to notifications, the only proof that they have. An empty value
    /// removes the header.
    ///
    /// # Errors
    ///
    /// The name or the value cannot be sent in a header.
    pub fn set_webhook_header(&self, name: &str, value: &str) -> Result<(), WebhookHeaderError> {
        self.provider.state().webhooks.set_header(name, value)
    }

    /// Chooses the HTTP method of notifications; POST by default.
    pub fn set_webhook_method(&self, method: WebhookMethod) {
        self.provider.state().webhooks.method = method;
    }

    /// Chooses the format of notifications; JSON by default.
    pub fn set_webhook_format(&self, format: WebhookFormat) {
        self.provider.state().webhooks.format = format;
    }

    /// Chooses what notifications are sent about; [`Trigger::TrackingStatusUpdate`] by default.
    pub fn set_triggers(&self, triggers: impl IntoIterator<Item = Trigger>) {
        let triggers = triggers.into_iter().collect();
        self.change_webhooks(|webhooks| webhooks.triggers = triggers);
    }

    /// How long a receiver of notifications may take, in real time; 15 seconds by default.
    pub fn set_webhook_time_out(&self, time_out: Duration) {
        self.provider.state().webhooks.time_out = time_out;
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

    /// Changes settings that decide what is announced. What has happened so far is announced, or
    /// not, under the settings of that time.
    fn change_webhooks(&self, change: impl FnOnce(&mut WebhookSettings)) {
        let snapshot = self.provider.snapshot();
        {
            let mut state = self.provider.state();
            state.announce_all(&snapshot);
            change(&mut state.webhooks);
        }
        self.provider.queue.wake();
    }
}

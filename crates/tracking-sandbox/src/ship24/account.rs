//! The account as a test sees it.

use std::sync::Arc;
use std::time::Duration;

use super::provider::Ship24Provider;
use super::settings::Assumptions;
use crate::error::{UnknownOperationError, WebhookUrlError};
use crate::fault::Faults;
use crate::sandbox::Sandbox;
use crate::webhooks::{self, LoopbackUrl};

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

impl Ship24 {
    /// The key that opens the sandbox.
    #[must_use]
    pub fn api_key(&self) -> &'static str {
        super::auth::API_KEY
    }

    /// The secret that webhooks carry as `Authorization: Bearer <secret>`.
    #[must_use]
    pub fn webhook_secret(&self) -> &'static str {
        super::auth::WEBHOOK_SECRET
    }

    /// Faults to come, for requests to this provider only.
    pub fn faults(&self) -> Faults<'_> {
        Faults::new(&self.provider.core.faults).of("ship24")
    }

    /// Sets the address of webhooks. Messages that were made before are sent by a resend only.
    ///
    /// # Errors
    ///
    /// The address is not plain HTTP on this machine.
    pub fn set_webhook_url(&self, url: &str) -> Result<(), WebhookUrlError> {
        let url = LoopbackUrl::parse(url)?;
        self.provider.state().outbox.url = Some(url);
        self.provider.signals.wake();
        Ok(())
    }

    /// Sets the address of webhooks with the proof of delivery.
    ///
    /// # Errors
    ///
    /// The address is not plain HTTP on this machine.
    pub fn set_proof_webhook_url(&self, url: &str) -> Result<(), WebhookUrlError> {
        let url = LoopbackUrl::parse(url)?;
        self.provider.state().outbox.proof_url = Some(url);
        self.provider.core.clock.ring();
        Ok(())
    }

    /// Takes both addresses away; what waits for them waits on.
    pub fn clear_webhook_urls(&self) {
        let outbox = &mut self.provider.state().outbox;
        outbox.url = None;
        outbox.proof_url = None;
    }

    /// Waits until every webhook that is due on the clock of the sandbox has been tried once.
    /// Failed ones wait for [`Clock::advance`](crate::Clock::advance).
    pub async fn webhooks_settled(&self) {
        webhooks::settled(&*self.provider).await;
    }

    /// How many webhook deliveries wait for their time or for an address.
    #[must_use]
    pub fn webhooks_waiting(&self) -> usize {
        self.provider.state().outbox.queue.waiting()
    }

    /// Delivers each webhook twice, as the provider does now and then.
    pub fn duplicate_webhooks(&self, duplicate: bool) {
        self.provider.state().outbox.duplicates = duplicate;
    }

    /// Tells the newest of several events first, because the provider promises no order.
    pub fn webhooks_newest_first(&self, newest_first: bool) {
        self.provider.state().outbox.newest_first = newest_first;
    }

    /// Puts up to this many trackings into one webhook; 1 by default.
    pub fn group_webhooks(&self, trackings: usize) {
        self.provider.state().outbox.group_size = trackings.max(1);
    }

    /// How long a receiver of webhooks may take, in real time; 15 seconds by default.
    pub fn set_webhook_time_out(&self, time_out: Duration) {
        self.provider.state().outbox.time_out = time_out;
    }

    /// Turns the documented rate limits off or on; on by default. Without them no limit headers
    /// are sent.
    pub fn enforce_rate_limits(&self, enforce: bool) {
        self.provider.state().settings.rate_limits = enforce;
    }

    /// Changes the limit of one operation, in requests per second.
    ///
    /// # Errors
    ///
    /// No operation has this name.
    pub fn set_rate_limit(
        &self,
        operation: &str,
        per_second: u32,
    ) -> Result<(), UnknownOperationError> {
        self.provider.known_operation(operation)?;
        let settings = &mut self.provider.state().settings;
        settings.own_limits.insert(operation.to_owned(), per_second);
        Ok(())
    }

    /// The operations, as the provider names them.
    #[must_use]
    pub fn operations(&self) -> Vec<&'static str> {
        Ship24Provider::documented_limits()
            .map(|(operation, _)| operation)
            .collect()
    }

    /// How many new trackers and per-call searches the plan still pays for; `None`, the default,
    /// for no limit.
    pub fn set_quota(&self, left: Option<u32>) {
        self.provider.state().settings.quota = left;
    }

    /// Which subscriptions are active; both by default.
    pub fn set_plans(&self, per_shipment: bool, per_call: bool) {
        let settings = &mut self.provider.state().settings;
        settings.per_shipment = per_shipment;
        settings.per_call = per_call;
    }

    /// Whether the account has the add-on that shows predicted delivery dates; it has by default.
    pub fn set_predictions(&self, active: bool) {
        self.provider.state().settings.predictions = active;
    }

    /// How long the first `track` call of a payload waits for the couriers, in real time; not at
    /// all by default. Meanwhile the same payload gets 409 `request_conflict`.
    pub fn set_courier_delay(&self, delay: Duration) {
        self.provider.state().settings.courier_delay = delay;
    }

    /// Chooses answers to questions that the documentation leaves open.
    pub fn assume(&self, assumptions: Assumptions) {
        self.provider.state().settings.assumptions = assumptions;
    }

    /// Adds this many trackers without a request each, for tests with long lists. Their numbers
    /// are `BULK` and nine digits.
    pub fn add_trackers(&self, count: u32) {
        let account = self.provider.account();
        let mut state = self.provider.state();
        for _ in 0..count {
            let serial = state.trackers.len();
            let id = account
                .core
                .identities
                .uuid_like("tracker", "", serial as u64);
            let payload = super::requests::payload::Payload {
                tracking_number: format!("BULK{serial:09}"),
                ..super::requests::payload::Payload::default()
            };
            state.trackers.add(id, payload, account.now);
        }
    }
}

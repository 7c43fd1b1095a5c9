//! The account as a test sees it.

use std::sync::Arc;
use std::time::Duration;

use super::provider::TrackingMoreProvider;
use super::settings::Assumptions;
use super::state::Quota;
use super::tracking::Tracking;
use super::webhooks::form::WebhookForm;
use crate::error::WebhookUrlError;
use crate::fault::Faults;
use crate::sandbox::Sandbox;
use crate::webhooks::{self, LoopbackUrl};

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

impl TrackingMore {
    /// The key that opens the sandbox, for the header `Trackingmore-Api-Key`.
    #[must_use]
    pub fn api_key(&self) -> &'static str {
        super::provider::API_KEY
    }

    /// The e-mail address of the account: the key that webhooks are signed with.
    #[must_use]
    pub fn email(&self) -> String {
        self.provider.state().settings.email.clone()
    }

    /// Registers the account under another e-mail address.
    pub fn set_email(&self, email: impl Into<String>) {
        self.provider.state().settings.email = email.into();
    }

    /// The secret that webhooks in the forms of versions 3 and 4 are signed with.
    #[must_use]
    pub fn later_webhook_secret(&self) -> &'static str {
        super::webhooks::form::LATER_SECRET
    }

    /// Deletes the key (code 4002), or brings it back.
    pub fn delete_key(&self, deleted: bool) {
        self.provider.state().settings.key_deleted = deleted;
    }

    /// Faults to come, for requests to this provider only.
    pub fn faults(&self) -> Faults<'_> {
        Faults::new(&self.provider.core.faults).of("trackingmore")
    }

    /// The operations, as [`Faults::on`] and the recorded requests name them. The provider has no
    /// names for them; these are the sandbox's.
    #[must_use]
    pub fn operations(&self) -> Vec<&'static str> {
        super::endpoints::operations()
    }

    /// Sets the address of webhooks. What was told before is not told again.
    ///
    /// # Errors
    ///
    /// The address is not plain HTTP on this machine.
    pub fn set_webhook_url(&self, url: &str) -> Result<(), WebhookUrlError> {
        let url = LoopbackUrl::parse(url)?;
        self.provider.state().webhooks.url = Some(url);
        self.provider.signals.wake();
        Ok(())
    }

    /// Takes the address away; what waits for it waits on.
    pub fn clear_webhook_url(&self) {
        self.provider.state().webhooks.url = None;
    }

    /// Chooses the form of webhook bodies; [`WebhookForm::V2`] by default.
    pub fn set_webhook_form(&self, form: WebhookForm) {
        self.provider.state().webhooks.form = form;
    }

    /// Delivers each webhook twice.
    pub fn duplicate_webhooks(&self, duplicate: bool) {
        self.provider.state().webhooks.duplicates = duplicate;
    }

    /// Lets webhooks claim to be signed this long ago. The time of signing follows real time,
    /// because that is what a receiver compares it with.
    pub fn age_webhooks(&self, age: Duration) {
        self.provider.state().webhooks.age = age;
    }

    /// How long a receiver of webhooks may take, in real time; 15 seconds by default.
    pub fn set_webhook_time_out(&self, time_out: Duration) {
        self.provider.state().webhooks.time_out = time_out;
    }

    /// Waits until every webhook that is due on the clock of the sandbox has been tried once.
    /// Failed ones wait for [`Clock::advance`](crate::Clock::advance).
    pub async fn webhooks_settled(&self) {
        webhooks::settled(&*self.provider).await;
    }

    /// How many webhook deliveries wait for their time or for an address.
    #[must_use]
    pub fn webhooks_waiting(&self) -> usize {
        self.provider.state().queue.waiting()
    }

    /// Turns the rate limits off or on; on by default. Off also ends a pause.
    pub fn enforce_rate_limits(&self, enforce: bool) {
        let mut state = self.provider.state();
        state.settings.rate_limits = enforce;
        state.paused_until = None;
    }

    /// Changes the limits: requests per second of the account, 1 by default, and realtime calls
    /// per second, 3 by default.
    pub fn set_rate_limits(&self, per_second: u32, realtime_per_second: u32) {
        let settings = &mut self.provider.state().settings;
        settings.per_second = per_second;
        settings.realtime_per_second = realtime_per_second;
    }

    /// How many numbers the account may still create; `None`, the default, for no limit. A realtime
    /// call costs one, detection and remote areas a fifth, an air waybill twenty.
    pub fn set_quota(&self, left: Option<u32>) {
        self.provider.state().quota = Quota::of(left);
    }

    /// Whether customer service has activated realtime calls, remote areas, transit times and air
    /// waybills; it has by default, and without it they get code 4018.
    pub fn activate_features(&self, active: bool) {
        self.provider.state().settings.features = active;
    }

    /// How long a new number stays `pending` on the clock of the sandbox; not at all by default.
    pub fn set_query_delay(&self, delay: Duration) {
        self.provider.state().settings.query_delay = delay;
    }

    /// Lets the second carrier of a parcel repeat the last scan of the first, as in the documented
    /// list answer.
    pub fn repeat_handover(&self, repeat: bool) {
        self.provider.state().settings.repeat_handover = repeat;
    }

    /// Chooses answers to questions that the documentation leaves open.
    pub fn assume(&self, assumptions: Assumptions) {
        self.provider.state().settings.assumptions = assumptions;
    }

    /// Adds this many trackings without a request each, for tests with long lists. Their numbers
    /// are `BULK` and nine digits, their carrier is `china-post`.
    pub fn add_trackings(&self, count: u32) {
        let account = self.provider.account();
        let mut state = self.provider.state();
        for _ in 0..count {
            let serial = state.trackings.created();
            let id = account.core.identities.hex("trackingmore", serial);
            let number = format!("BULK{serial:09}");
            let carrier = "china-post".to_owned();
            let tracking = Tracking::new(id, carrier, number, account.now);
            state.trackings.add(tracking);
        }
    }
}

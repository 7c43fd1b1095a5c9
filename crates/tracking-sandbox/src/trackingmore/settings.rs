//! What differs between accounts, and what nobody knows about the real service.

use std::time::Duration;

use super::webhooks::form::WebhookForm;
use crate::webhooks::{LoopbackUrl, Schedule};

/// Answers to questions that the provider's documentation leaves open. The defaults are the
/// sandbox's best guess; a client should survive each of the others too.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Assumptions {
    /// HTTP status that comes with codes 4001 and 4002: 200 (default, as every other business
    /// error) or 401.
    pub wrong_key_status: u16,
    /// HTTP status that comes with code 429: 200 (default) or 429.
    pub rate_limit_status: u16,
    /// How long code 429 keeps the account out: the two minutes that the table of codes speaks
    /// of. Zero lets it in again with the next window. `Clock::advance` shortens the wait.
    pub pause: Duration,
    /// `meta.code` of a successful create: 200 (default) or 201.
    pub create_code: u16,
    /// `meta.code` when a number is read that was never created: 4031 (default) or 4017.
    pub unknown_number_code: u16,
    /// Whether a carrier code that is neither in the list nor the courier of a known parcel is
    /// refused with 4015 (default) or kept.
    pub refuse_unknown_carrier: bool,
    /// Whether a realtime call stores the number in the account; it does by default, as seen at
    /// the sister product.
    pub realtime_stores: bool,
    /// Whether a second realtime call within two hours gets code 429; by default it is answered
    /// once more.
    pub refuse_realtime_repeat: bool,
    /// Whether `POST /trackings/updatemore` answers with `[]`; by default with counters and items.
    pub empty_update_answer: bool,
    /// Whether `POST /trackings/costtime` wraps its list in `{submitted, items}`; by default the
    /// list is bare.
    pub wrap_transit_times: bool,
    /// Whether `getuserinfo` shows the telephone as a number; a text by default.
    pub phone_as_number: bool,
    /// Whether a receiver of webhooks must answer with the body `200` and not only the status.
    pub webhook_receipt: bool,
    /// How often a failed webhook is tried again: 14 times, as documented for a later version.
    pub webhook_retries: u32,
}

impl Default for Assumptions {
    fn default() -> Self {
        Self {
            wrong_key_status: 200,
            rate_limit_status: 200,
            pause: Duration::from_secs(120),
            create_code: 200,
            unknown_number_code: 4031,
            refuse_unknown_carrier: true,
            realtime_stores: true,
            refuse_realtime_repeat: false,
            empty_update_answer: false,
            wrap_transit_times: false,
            phone_as_number: false,
            webhook_receipt: false,
            webhook_retries: 14,
        }
    }
}

impl Assumptions {
    /// Pauses of 30 seconds times two to the power of the attempt, as documented for a later
    /// version of the webhooks.
    pub(crate) fn webhook_schedule(&self) -> Schedule {
        Schedule {
            attempts: self.webhook_retries.saturating_add(1),
            first_gap_millis: 60_000.0,
            growth: 2.0,
            longest_gap_millis: f64::MAX,
        }
    }
}

/// The account as it stands.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    pub(crate) email: String,
    /// Whether the key was deleted in the dashboard.
    pub(crate) key_deleted: bool,
    /// Whether customer service has activated what needs it.
    pub(crate) features: bool,
    pub(crate) rate_limits: bool,
    /// Requests per second of the account.
    pub(crate) per_second: u32,
    /// Realtime calls per second.
    pub(crate) realtime_per_second: u32,
    /// How long a new number stays `pending`, on the clock of the sandbox.
    pub(crate) query_delay: Duration,
    /// Whether the second courier repeats the last scan of the first.
    pub(crate) repeat_handover: bool,
    pub(crate) assumptions: Assumptions,
}

/// The address that webhooks are signed with.
pub(crate) const EMAIL: &str = "owner@sandbox.example";

impl Default for Settings {
    fn default() -> Self {
        Self {
            email: EMAIL.to_owned(),
            key_deleted: false,
            features: true,
            rate_limits: true,
            per_second: 1,
            realtime_per_second: 3,
            query_delay: Duration::ZERO,
            repeat_handover: false,
            assumptions: Assumptions::default(),
        }
    }
}

/// Where webhooks go and what they look like.
#[derive(Debug, Clone)]
pub(crate) struct WebhookSettings {
    pub(crate) url: Option<LoopbackUrl>,
    pub(crate) form: WebhookForm,
    /// Each webhook is sent twice.
    pub(crate) duplicates: bool,
    /// How long ago webhooks claim to be signed.
    pub(crate) age: Duration,
    /// How long a receiver may take.
    pub(crate) time_out: Duration,
}

impl Default for WebhookSettings {
    fn default() -> Self {
        Self {
            url: None,
            form: WebhookForm::V2,
            duplicates: false,
            age: Duration::ZERO,
            time_out: Duration::from_secs(15),
        }
    }
}

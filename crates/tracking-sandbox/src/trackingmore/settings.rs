//! The settings of the account: what differs between accounts, and what is assumed about the real
//! service.

use http::StatusCode;
use serde::{Deserialize, Serialize};

use super::quota::Quota;
use super::webhooks::form::WebhookForm;
use crate::control::status;
use crate::webhooks::WebhookUrl;

/// The settings of the account at TrackingMore, in Rust through
/// [`TrackingMore::configure`](super::TrackingMore::configure) and over HTTP at `/_sandbox/trackingmore/settings`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Settings {
    /// The e-mail address of the account: the key that webhooks are signed with.
    pub email: String,
    /// True if the key was deleted in the dashboard: calls get code 4002.
    pub key_deleted: bool,
    /// True if customer service has activated realtime calls, remote areas, transit times and air
    /// waybills (default); otherwise they get code 4018.
    pub features: bool,
    /// How many numbers the account may still create, counted down by each; no limit by default.
    /// A realtime call costs one, detection and remote areas a fifth, an air waybill twenty.
    pub quota: Quota,
    /// True if the limits are enforced (default). Without them a pause ends as well.
    pub rate_limits: bool,
    /// Requests per second of the account; 1 by default.
    pub per_second: u32,
    /// Realtime calls per second; 3 by default.
    pub realtime_per_second: u32,
    /// How long a new number stays `pending`, in seconds on the clock of the sandbox; 0 by default.
    pub query_delay_seconds: u32,
    /// True if the second carrier of a parcel repeats the last scan of the first, as in the
    /// documented list response.
    pub repeat_handover: bool,
    /// Where webhooks go and what they look like.
    pub webhooks: WebhookSettings,
    /// Choices where the documentation leaves a question open.
    pub assumptions: Assumptions,
}

/// The address that webhooks are signed with.
const EMAIL: &str = "owner@sandbox.example";

impl Default for Settings {
    fn default() -> Self {
        Self {
            email: EMAIL.to_owned(),
            key_deleted: false,
            features: true,
            quota: Quota::default(),
            rate_limits: true,
            per_second: 1,
            realtime_per_second: 3,
            query_delay_seconds: 0,
            repeat_handover: false,
            webhooks: WebhookSettings::default(),
            assumptions: Assumptions::default(),
        }
    }
}

/// Where webhooks go and what they look like.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct WebhookSettings {
    /// The receiver; none by default. What happened before an address was set is not sent.
    pub url: Option<WebhookUrl>,
    /// The form of the bodies; [`WebhookForm::V2`] by default.
    pub form: WebhookForm,
    /// True if each webhook is sent twice.
    pub duplicates: bool,
    /// How long ago webhooks claim to be signed, in seconds; 0 by default. The time of signing
    /// follows real time, because that is what a receiver compares it with.
    pub age_seconds: u32,
    /// How long a receiver may take, in milliseconds of real time; 15,000 by default.
    pub timeout_ms: u64,
}

impl Default for WebhookSettings {
    fn default() -> Self {
        Self {
            url: None,
            form: WebhookForm::V2,
            duplicates: false,
            age_seconds: 0,
            timeout_ms: 15_000,
        }
    }
}

/// What the sandbox does where the provider's documentation is silent. The defaults are the
/// sandbox's best guess; a client should work with each of the others too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Assumptions {
    /// HTTP status that comes with codes 4001 and 4002: 200 (default, as every other business
    /// error), 401 or 403.
    #[serde(with = "status")]
    pub wrong_key_status: StatusCode,
    /// HTTP status that comes with code 429: 200 (default) or 429.
    #[serde(with = "status")]
    pub rate_limit_status: StatusCode,
    /// How long code 429 keeps the account out, in seconds: 120, of which the table of codes
    /// speaks. 0 lets it in again with the next window. `Clock::advance` shortens the wait.
    pub pause_seconds: u32,
    /// `meta.code` of a successful create: 200 (default) or 201.
    pub create_code: u16,
    /// `meta.code` when a number is read that was never created: 4031 (default) or 4017.
    pub unknown_number_code: u16,
    /// True if a carrier code that is neither in the list nor the courier of a known parcel is
    /// refused with 4015 (default); otherwise it is kept.
    pub refuse_unknown_carrier: bool,
    /// True if a realtime call stores the number in the account (default), as seen at the sister
    /// product.
    pub realtime_stores: bool,
    /// True if a second realtime call within two hours gets code 429; by default it succeeds once
    /// more.
    pub refuse_realtime_repeat: bool,
    /// True if `POST /trackings/updatemore` responds with `[]`; by default with counters and items.
    pub empty_update_response: bool,
    /// True if `POST /trackings/costtime` wraps its list in `{submitted, items}`; by default the
    /// list is bare.
    pub wrap_transit_times: bool,
    /// True if `getuserinfo` shows the telephone as a number; a string by default.
    pub phone_as_number: bool,
    /// True if a receiver of webhooks must respond with the body `200` and not only the status.
    pub webhook_receipt: bool,
    /// How often a failed webhook is tried again: 14 times, as documented for a later version,
    /// after one minute and then twice as long each time.
    pub webhook_retries: u32,
}

impl Default for Assumptions {
    fn default() -> Self {
        Self {
            wrong_key_status: StatusCode::OK,
            rate_limit_status: StatusCode::OK,
            pause_seconds: 120,
            create_code: 200,
            unknown_number_code: 4031,
            refuse_unknown_carrier: true,
            realtime_stores: true,
            refuse_realtime_repeat: false,
            empty_update_response: false,
            wrap_transit_times: false,
            phone_as_number: false,
            webhook_receipt: false,
            webhook_retries: 14,
        }
    }
}

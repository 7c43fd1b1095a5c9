//! The settings of the account: what differs between accounts, and what is assumed about the real
//! service.

use std::collections::BTreeMap;

use http::StatusCode;
use serde::{Deserialize, Serialize};

use super::endpoints::ENDPOINTS;
use super::limits::documented_limit;
use crate::control::status;
use crate::error::UnknownOperationError;
use crate::server::Endpoint;
use crate::webhooks::WebhookUrl;

/// The settings of the account at Ship24, in Rust through
/// [`Ship24::configure`](super::Ship24::configure) and over HTTP at `/_sandbox/ship24/settings`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Settings {
    /// True if the subscription for `/trackers` is active (default).
    pub per_shipment: bool,
    /// True if the subscription for `/tracking/search` is active (default).
    pub per_call: bool,
    /// True if the account has the add-on that shows predicted delivery dates (default).
    pub predictions: bool,
    /// How many new trackers and per-call searches the plan still pays for, counted down by each;
    /// `None`, the default, for no limit.
    pub quota: Option<u32>,
    /// True if the limits are enforced (default). Without them no limit headers are sent.
    pub rate_limits: bool,
    /// Requests per second, by operation; the documented ones by default.
    pub per_second: Limits,
    /// How long the first `track` call of a payload waits for the couriers, in milliseconds of
    /// real time; 0 by default. Meanwhile the same payload gets 409 `request_conflict`.
    pub courier_delay_ms: u64,
    /// Where webhooks go and what they look like.
    pub webhooks: WebhookSettings,
    /// Choices where the documentation leaves a question open.
    pub assumptions: Assumptions,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            per_shipment: true,
            per_call: true,
            predictions: true,
            quota: None,
            rate_limits: true,
            per_second: Limits::default(),
            courier_delay_ms: 0,
            webhooks: WebhookSettings::default(),
            assumptions: Assumptions::default(),
        }
    }
}

/// Requests per second, for each operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "BTreeMap<String, u32>", into = "BTreeMap<String, u32>")]
pub struct Limits(BTreeMap<&'static str, u32>);

impl Limits {
    /// Changes the limit of an operation, which is named as [`Ship24::operations`] names it.
    ///
    /// [`Ship24::operations`]: super::Ship24::operations
    ///
    /// # Errors
    ///
    /// No operation has this name.
    pub fn set(&mut self, operation: &str, per_second: u32) -> Result<(), UnknownOperationError> {
        let known = Endpoint::operations(ENDPOINTS);
        let Some(operation) = known.iter().find(|known| **known == operation) else {
            return Err(UnknownOperationError {
                name: operation.to_owned(),
                known: known.join(", "),
            });
        };
        self.0.insert(operation, per_second);
        Ok(())
    }

    pub(super) fn of(&self, operation: &str) -> u32 {
        self.0
            .get(operation)
            .copied()
            .unwrap_or_else(|| documented_limit(operation))
    }
}

impl Default for Limits {
    fn default() -> Self {
        let operations = Endpoint::operations(ENDPOINTS).into_iter();
        Self(
            operations
                .map(|operation| (operation, documented_limit(operation)))
                .collect(),
        )
    }
}

impl TryFrom<BTreeMap<String, u32>> for Limits {
    type Error = UnknownOperationError;

    fn try_from(limits: BTreeMap<String, u32>) -> Result<Self, Self::Error> {
        let mut all = Self::default();
        for (operation, per_second) in limits {
            all.set(&operation, per_second)?;
        }
        Ok(all)
    }
}

impl From<Limits> for BTreeMap<String, u32> {
    fn from(limits: Limits) -> Self {
        let limits = limits.0.into_iter();
        limits
            .map(|(operation, per_second)| (operation.to_owned(), per_second))
            .collect()
    }
}

/// Where webhooks go and what they look like.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct WebhookSettings {
    /// The receiver of events; none by default. What happened before an address was set is sent by
    /// a resend only.
    pub url: Option<WebhookUrl>,
    /// The receiver of proofs of delivery; none by default.
    pub proof_url: Option<WebhookUrl>,
    /// True if each webhook is delivered twice, as the provider does now and then.
    pub duplicates: bool,
    /// True if the newest of several events is sent first, because the provider promises no order.
    pub newest_first: bool,
    /// The most trackings in one webhook; 1 by default, and 0 is as good as 1.
    pub group_size: usize,
    /// How long a receiver may take, in milliseconds of real time; 15,000 by default.
    pub timeout_ms: u64,
}

impl WebhookSettings {
    pub(super) fn url_for(&self, is_proof: bool) -> Option<&WebhookUrl> {
        if is_proof {
            self.proof_url.as_ref()
        } else {
            self.url.as_ref()
        }
    }
}

impl Default for WebhookSettings {
    fn default() -> Self {
        Self {
            url: None,
            proof_url: None,
            duplicates: false,
            newest_first: false,
            group_size: 1,
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
    /// Status of a create call that found an identical tracker: 201 (default) or 200.
    #[serde(with = "status")]
    pub repeat_status: StatusCode,
    /// Status of `POST /trackers/track`: 201 (default, as the server does) or 200 (as documented).
    #[serde(with = "status")]
    pub track_status: StatusCode,
    /// Status of "quota used up" outside bulk: 403 (default) or 405.
    #[serde(with = "status")]
    pub quota_status: StatusCode,
    /// Status of a wrong key: 401 (default, as documented) or 403, as one third-party client
    /// reports.
    #[serde(with = "status")]
    pub wrong_key_status: StatusCode,
    /// True if a `limit` above 500 is refused with 400 (default); otherwise it is cut to 500.
    pub refuse_large_limit: bool,
    /// True if a courier code that is not in the list is refused; by default it is kept.
    pub refuse_unknown_courier: bool,
    /// True if a per-call search of a number that no courier knows finds a `pending` tracking
    /// (201), which is paid for as any other. By default it gets 404 `parcel_not_found`, as
    /// documented; the provider's own smoke test expects a tracking.
    pub pending_search: bool,
}

impl Default for Assumptions {
    fn default() -> Self {
        Self {
            repeat_status: StatusCode::CREATED,
            track_status: StatusCode::CREATED,
            quota_status: StatusCode::FORBIDDEN,
            wrong_key_status: StatusCode::UNAUTHORIZED,
            refuse_large_limit: true,
            refuse_unknown_courier: false,
            pending_search: false,
        }
    }
}

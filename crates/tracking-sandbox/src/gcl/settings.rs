//! The settings of the account: what differs between accounts, and what is assumed about the real
//! service.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use http::{Method, StatusCode};
use serde::{Deserialize, Serialize};

use crate::gcl::statuses::Status;
use crate::gcl::webhooks::headers::WebhookHeaders;
use crate::webhooks::WebhookUrl;

/// Requests per second that the provider documents, over all operations.
const PER_SECOND: u32 = 100;

/// The settings of the account at GCL, in Rust through
/// [`Gcl::configure`](super::Gcl::configure) and over HTTP at `/_sandbox/gcl/settings`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Settings {
    /// True if the provider has enabled the account for the API (default); otherwise every call
    /// gets 403.
    pub enabled: bool,
    /// True if the rate limit applies (default).
    pub rate_limits: bool,
    /// Requests per second over all operations, 100 by default.
    pub per_second: u32,
    /// Where notifications go and what they look like.
    pub webhooks: WebhookSettings,
    /// What the sandbox does where the documentation is silent.
    pub assumptions: Assumptions,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            enabled: true,
            rate_limits: true,
            per_second: PER_SECOND,
            webhooks: WebhookSettings::default(),
            assumptions: Assumptions::default(),
        }
    }
}

/// Where notifications go and what they look like.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct WebhookSettings {
    /// The address of notifications; `None`, the default, sends none. Steps that happened without
    /// an address are not announced later. What waits for an address goes on waiting.
    pub url: Option<WebhookUrl>,
    /// The HTTP method of notifications.
    pub method: WebhookMethod,
    /// The format of notifications.
    pub format: WebhookFormat,
    /// Headers of your own, the only proof of where a notification comes from.
    pub headers: WebhookHeaders,
    /// The events that notifications are sent about; [`Trigger::TrackingStatusUpdate`] by default.
    pub triggers: BTreeSet<Trigger>,
    /// How long a receiver may take, in milliseconds of real time; 15,000 by default.
    pub timeout_ms: u64,
}

impl Default for WebhookSettings {
    fn default() -> Self {
        Self {
            url: None,
            method: WebhookMethod::Post,
            format: WebhookFormat::Json,
            headers: WebhookHeaders::default(),
            triggers: BTreeSet::from([Trigger::TrackingStatusUpdate]),
            timeout_ms: 15_000,
        }
    }
}

impl WebhookSettings {
    /// Returns true if notifications of this kind are sent.
    pub(crate) fn sends(&self, trigger: Trigger) -> bool {
        self.url.is_some() && self.triggers.contains(&trigger)
    }
}

/// The event that a notification is about. The names on the wire are not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Trigger {
    /// "Shipping Order Created": a label was made. The body is that of tracking, per package.
    ShippingOrderCreated,
    /// "Shipping Order Failed". The body is the error, with `orderReferenceId`.
    ShippingOrderFailed,
    /// "Tracking Status Update": each step of each parcel. The body is that of tracking.
    TrackingStatusUpdate,
}

/// The HTTP method of notifications.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum WebhookMethod {
    /// `POST`.
    #[default]
    Post,
    /// `PUT`.
    Put,
}

impl WebhookMethod {
    pub(crate) const fn as_method(self) -> Method {
        match self {
            Self::Post => Method::POST,
            Self::Put => Method::PUT,
        }
    }
}

/// The format of notifications.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum WebhookFormat {
    /// JSON, as the API sends.
    #[default]
    Json,
    /// XML with an element for each key. Its shape is assumed; no template is known.
    Xml,
}

/// What the sandbox does where the provider's documentation is silent. The defaults are the
/// sandbox's best guess; a client should work with each of the others too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Assumptions {
    /// HTTP status of a missing or wrong key: 401 (default) or 403.
    #[serde(with = "crate::control::status")]
    pub wrong_key_status: StatusCode,
    /// HTTP status of the documented error `TRACKING_DETAILS_NOT_FOUND`: 404 (default), another
    /// error, or 200, so that only the body shows it.
    #[serde(with = "crate::control::status")]
    pub not_found_status: StatusCode,
    /// HTTP status of a created order: 200 (default) or 201.
    #[serde(with = "crate::control::status")]
    pub created_status: StatusCode,
    /// True if `details` of an error is an object with `code`, `message` and `reference`; null by
    /// default, as in the documented example.
    pub error_details: bool,
    /// How an optional string without a value is written; `""` by default.
    pub missing: Missing,
    /// True if a parcel without events has no key `checkpoints`; an empty list by default.
    pub omit_empty_checkpoints: bool,
    /// True if checkpoints come oldest first; newest first by default, as in the documented
    /// example. No order is promised.
    pub oldest_first: bool,
    /// True if `status` is written as `6.0`; as `6` by default.
    pub fractional_status: bool,
    /// True if `createdAt` has the offset of the place, such as `+01:00`; `Z` by default.
    pub offset_times: bool,
    /// True if the first scan of the carrier is `shipped`; in the documented example it is
    /// `in_transit` (default).
    pub accepted_is_shipped: bool,
    /// Other spellings of a `statusUid`, such as `shipping_exception` → `shipment_exception`.
    /// Only `in_transit`, `out_for_delivery` and `delivered` are documented.
    pub spellings: BTreeMap<String, String>,
    /// `signedBy` of each checkpoint: where the data comes from, `aftership` by default. Never
    /// the person who took the parcel.
    pub data_source: String,
    /// True if the deprecated `Authorization: Bearer <key>` is accepted too (default).
    pub accept_bearer: bool,
    /// True if requests must have each key of the documented example, with null or `""` for what
    /// is unset (default). What the provider does with a missing key is unknown.
    pub require_every_key: bool,
    /// True if a repeated `orderReferenceId` is refused with 409; by default it makes another
    /// order and another label.
    pub refuse_repeated_order: bool,
    /// True if the response to a new order has the documented keys only. By default each package
    /// has `trackingNumber`, `trackingUrl` and `labelUrl` too: the documentation promises the
    /// three without their names.
    pub documented_order_keys_only: bool,
    /// How often a failed notification is sent again: 3 times, after 1, 2 and 4 minutes.
    pub webhook_retries: u32,
}

impl Default for Assumptions {
    fn default() -> Self {
        Self {
            wrong_key_status: StatusCode::UNAUTHORIZED,
            not_found_status: StatusCode::NOT_FOUND,
            created_status: StatusCode::OK,
            error_details: false,
            missing: Missing::Empty,
            omit_empty_checkpoints: false,
            oldest_first: false,
            fractional_status: false,
            offset_times: false,
            accepted_is_shipped: false,
            spellings: BTreeMap::new(),
            data_source: "aftership".to_owned(),
            accept_bearer: true,
            require_every_key: true,
            refuse_repeated_order: false,
            documented_order_keys_only: false,
            webhook_retries: 3,
        }
    }
}

impl Assumptions {
    /// The `statusUid` on the wire.
    pub(crate) fn spell(&self, status: Status) -> &str {
        let uid = status.as_str();
        self.spellings.get(uid).map_or(uid, String::as_str)
    }
}

/// How an optional string without a value is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Missing {
    /// As `""`, like `expectedDeliveryDate` in the documented example.
    #[default]
    Empty,
    /// As `null`, like `details` in the documented error.
    Null,
    /// The key is left out.
    Absent,
}

/// A string, null, or no key at all.
pub(crate) type OptionalString<'a> = Option<Option<Cow<'a, str>>>;

impl Missing {
    pub(crate) fn write<'a>(self, value: Option<impl Into<Cow<'a, str>>>) -> OptionalString<'a> {
        match (value, self) {
            (Some(value), _) => Some(Some(value.into())),
            (None, Self::Empty) => Some(Some(Cow::Borrowed(""))),
            (None, Self::Null) => Some(None),
            (None, Self::Absent) => None,
        }
    }
}

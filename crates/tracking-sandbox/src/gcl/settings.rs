//! What differs between accounts, and what nobody knows about the real service.

use std::borrow::Cow;
use std::collections::BTreeMap;

use http::StatusCode;
use serde::{Deserialize, Serialize};

use crate::gcl::statuses::Status;

/// How an optional text without a value is written.
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

/// Text, null, or no key at all.
pub(crate) type OptionalText<'a> = Option<Option<Cow<'a, str>>>;

impl Missing {
    pub(crate) fn write<'a>(self, text: Option<impl Into<Cow<'a, str>>>) -> OptionalText<'a> {
        match (text, self) {
            (Some(text), _) => Some(Some(text.into())),
            (None, Self::Empty) => Some(Some(Cow::Borrowed(""))),
            (None, Self::Null) => Some(None),
            (None, Self::Absent) => None,
        }
    }
}

/// Answers to questions that the provider's documentation leaves open. The defaults are the
/// sandbox's best guess; a client should survive each of the others too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Assumptions {
    /// HTTP status of the documented error `TRACKING_DETAILS_NOT_FOUND`: 404 (default), another
    /// error, or 200, so that only the body tells.
    pub not_found_status: u16,
    /// HTTP status of a created order: 200 (default) or 201.
    pub created_status: u16,
    /// Whether `details` of an error is an object with `code`, `message` and `reference`; null by
    /// default, as in the documented example.
    pub error_details: bool,
    /// How an optional text without a value is written; `""` by default.
    pub missing: Missing,
    /// Whether a parcel without events has no key `checkpoints`; an empty list by default.
    pub omit_empty_checkpoints: bool,
    /// Whether checkpoints come oldest first; newest first by default, as in the documented
    /// example. No order is promised.
    pub oldest_first: bool,
    /// Whether `status` is written as `6.0`; as `6` by default.
    pub fractional_status: bool,
    /// Whether `createdAt` has the offset of the place, such as `+01:00`; `Z` by default.
    pub offset_times: bool,
    /// Whether the first scan of the carrier is `shipped`; `in_transit` by default, as in the
    /// documented example.
    pub accepted_is_shipped: bool,
    /// Other spellings of a `statusUid`, such as `shipping_exception` → `shipment_exception`.
    /// Only `in_transit`, `out_for_delivery` and `delivered` are documented.
    pub spellings: BTreeMap<String, String>,
    /// `signedBy` of each checkpoint: where the data comes from, `aftership` by default. Never
    /// the person who took the parcel.
    pub data_source: String,
    /// Whether the deprecated `Authorization: Bearer <key>` opens the API too; it does by default.
    pub accept_bearer: bool,
    /// Whether requests must have each key of the documented example, with null or `""` for what
    /// is unset. They must by default, because nobody knows what leaving one out does.
    pub require_every_key: bool,
    /// Whether a repeated `orderReferenceId` is refused with 409; by default it makes another
    /// order and another label.
    pub refuse_repeated_order: bool,
    /// Whether the answer to a new order holds the documented keys only. By default each package
    /// has `trackingNumber`, `trackingUrl` and `labelUrl` too: the documentation promises the
    /// three without their names.
    pub documented_order_keys_only: bool,
    /// How often a failed notification is sent again: 3 times, after 1, 2 and 4 minutes.
    pub webhook_retries: u32,
}

impl Default for Assumptions {
    fn default() -> Self {
        Self {
            not_found_status: 404,
            created_status: 200,
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

    pub(crate) fn not_found_status(&self) -> StatusCode {
        StatusCode::from_u16(self.not_found_status).unwrap_or(StatusCode::NOT_FOUND)
    }

    pub(crate) fn created_status(&self) -> StatusCode {
        StatusCode::from_u16(self.created_status).unwrap_or(StatusCode::OK)
    }
}

/// The account as it stands.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    /// Whether the provider has enabled the account for the API.
    pub(crate) enabled: bool,
    pub(crate) rate_limits: bool,
    /// Requests per second over all operations.
    pub(crate) per_second: u32,
    pub(crate) assumptions: Assumptions,
}

/// Requests per second that the provider documents, over all operations.
pub(crate) const PER_SECOND: u32 = 100;

impl Default for Settings {
    fn default() -> Self {
        Self {
            enabled: true,
            rate_limits: true,
            per_second: PER_SECOND,
            assumptions: Assumptions::default(),
        }
    }
}

//! The settings of the account: what differs between accounts, and what is assumed about the real
//! service.

use http::StatusCode;
use serde::{Deserialize, Serialize};

use crate::exporto::tour_paths::TourPaths;
use crate::world::TimeShape;

/// The settings of the account at exporto, in Rust through
/// [`Exporto::configure`](super::Exporto::configure) and over HTTP at `/_sandbox/exporto/settings`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Settings {
    /// How long new tokens are valid, in seconds on the clock of the sandbox; 1800 by default.
    pub token_lifetime_seconds: u32,
    /// Requests per second of the account; `None`, the default, for no limit. A call above the
    /// limit gets 429 with whole seconds in `Retry-After`.
    pub per_second: Option<u32>,
    /// The media type of responses, whatever they hold.
    pub content_type: ContentType,
    /// Which responses have the header `X-Request-ID`. Its value differs from `requestId` in the
    /// body of an error.
    pub request_id_header: RequestIdHeader,
    /// True if the account has label methods (default).
    pub label_methods: bool,
    /// True if labels fail with 503 and the message of an invalid label.
    pub label_outage: bool,
    /// True if registrations of returns fail with 502 and the message of an invalid return.
    pub registration_outage: bool,
    /// What the sandbox does where the documentation is silent.
    pub assumptions: Assumptions,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            token_lifetime_seconds: 1800,
            per_second: None,
            content_type: ContentType::Json,
            request_id_header: RequestIdHeader::Sometimes,
            label_methods: true,
            label_outage: false,
            registration_outage: false,
            assumptions: Assumptions::default(),
        }
    }
}

/// What the sandbox does where the provider's documentation is silent. The defaults are the
/// sandbox's best guess; a client should work with each of the others too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Assumptions {
    /// True if shipments have `processedAt` (default). The prose of the documentation names it and
    /// no known response has it. Without it a parcel that was only processed has a status and no
    /// time.
    pub processed_at: bool,
    /// True if shipments have times (default). Without them only `status` and `carrierState` show
    /// the progress.
    pub timestamps: bool,
    /// How times are written: [`TimeShape::Utc`] (default) is `2026-03-02T09:00:00Z`.
    pub times: TimeShape,
    /// True if search returns complete shipments; by default an id, a tracking number and line
    /// items.
    pub full_search_results: bool,
    /// The meaning of the date-times of a search.
    pub time_filter: TimeFilter,
    /// True if `type` is enough to search by; by default it is not.
    pub type_is_selector: bool,
    /// Length of a page when the caller names none: 50.
    pub page_size: usize,
    /// Longer pages are cut to this length; `None`, the default, for no maximum.
    pub largest_page: Option<usize>,
    /// True if each page is the first one; by default `page` counts.
    pub ignore_page: bool,
    /// The paths of the tour operations.
    pub tour_paths: TourPaths,
    /// The items of the list of tours.
    pub tours: TourShape,
    /// The items of the list of a tour's shipments.
    pub tour_shipments: TourShipmentsShape,
    /// True if the response to a new tour has no body; by default it has the tour's id.
    pub empty_tour_response: bool,
    /// True if the base64 of a label has line breaks; by default it is one line.
    pub wrapped_labels: bool,
    /// Status of a successful registration: 201 (default) or another success.
    #[serde(with = "crate::control::status")]
    pub registration_status: StatusCode,
    /// Body of the response to a registration, such as `accepted` or `{}`; empty by default.
    pub registration_body: String,
}

impl Default for Assumptions {
    fn default() -> Self {
        Self {
            processed_at: true,
            timestamps: true,
            times: TimeShape::Utc,
            full_search_results: false,
            time_filter: TimeFilter::Since,
            type_is_selector: false,
            page_size: 50,
            largest_page: None,
            ignore_page: false,
            tour_paths: TourPaths::Assumed,
            tours: TourShape::Objects,
            tour_shipments: TourShipmentsShape::Objects,
            empty_tour_response: false,
            wrapped_labels: false,
            registration_status: StatusCode::CREATED,
            registration_body: String::new(),
        }
    }
}

/// Which shipments a date-time in a search selects.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum TimeFilter {
    /// Those of that time or later.
    #[default]
    Since,
    /// Those of that second.
    Exactly,
    /// Those of that UTC day.
    SameDay,
}

/// The items of the list of tours.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum TourShape {
    /// `{"tourId": "20260225"}`
    #[default]
    Objects,
    /// `{"tourId": 20260225}`
    IntegerIds,
    /// `"20260225"`
    Strings,
}

/// The items of the list of a tour's shipments.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum TourShipmentsShape {
    /// `[{"shipmentId": "S-1"}]`
    #[default]
    Objects,
    /// `["S-1"]`
    Strings,
    /// `{"shipmentIds": ["S-1"]}`
    ShipmentIds,
}

/// The media type of responses.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ContentType {
    /// `application/json`
    #[default]
    Json,
    /// `text/plain`, though the body is JSON.
    Text,
    /// None.
    Missing,
}

/// Which responses have the header `X-Request-ID`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RequestIdHeader {
    /// Every second response.
    #[default]
    Sometimes,
    /// Each response.
    Always,
    /// None.
    Never,
}

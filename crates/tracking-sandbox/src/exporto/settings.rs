//! What differs between accounts, and what nobody knows about the real service.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::exporto::tour_paths::TourPaths;
use crate::world::TimeShape;

/// Answers to questions that the provider's documentation leaves open. The defaults are the
/// sandbox's best guess; a client should survive each of the others too.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Assumptions {
    /// Whether shipments show `processedAt`, which the prose speaks of and no known answer has;
    /// they do by default. Without it a parcel that was only processed has a status and no time.
    pub processed_at: bool,
    /// Whether shipments show any time; they do by default. Without them only `status` and
    /// `carrierState` tell.
    pub timestamps: bool,
    /// How times are written: [`TimeShape::Utc`] (default) is `2026-03-02T09:00:00Z`.
    pub times: TimeShape,
    /// Whether search shows whole shipments; by default an id, a tracking number and line items.
    pub full_search_results: bool,
    /// What the date-times of a search mean.
    pub time_filter: TimeFilter,
    /// Whether `type` alone is enough to search by; by default it is not.
    pub type_is_selector: bool,
    /// Length of a page when the caller does not say: 50.
    pub page_size: usize,
    /// Longer pages are cut to this length; none by default.
    pub largest_page: Option<usize>,
    /// Whether each page is the first one; by default `page` counts.
    pub ignore_page: bool,
    /// Where the tour operations answer.
    pub tour_paths: TourPaths,
    /// What the list of tours holds.
    pub tours: TourShape,
    /// What the list of a tour's shipments holds.
    pub tour_shipments: TourShipmentsShape,
    /// Whether a new tour is answered without a body; by default with its id.
    pub empty_tour_answer: bool,
    /// Whether the base64 of a label has line breaks; by default it is one line.
    pub wrapped_labels: bool,
    /// Status of a successful registration: 201 (default) or another success.
    pub registration_status: u16,
    /// Text in the answer to a registration, such as `accepted` or `{}`; empty by default.
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
            empty_tour_answer: false,
            wrapped_labels: false,
            registration_status: 201,
            registration_body: String::new(),
        }
    }
}

/// What a date-time in a search leaves over.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum TimeFilter {
    /// What happened then or later.
    #[default]
    Since,
    /// What happened in that second.
    Exactly,
    /// What happened on that UTC day.
    SameDay,
}

/// What the list of tours holds.
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
    Texts,
}

/// What the list of a tour's shipments holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum TourShipmentsShape {
    /// `[{"shipmentId": "S-1"}]`
    #[default]
    Objects,
    /// `["S-1"]`
    Texts,
    /// `{"shipmentIds": ["S-1"]}`
    ShipmentIds,
}

/// What answers say about their media type.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ContentType {
    /// `application/json`
    #[default]
    Json,
    /// `text/plain`, though the body is JSON.
    Text,
    /// Nothing.
    Missing,
}

/// Which answers carry the header `X-Request-ID`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RequestIdHeader {
    /// Every second answer.
    #[default]
    Sometimes,
    /// Each answer.
    Always,
    /// None.
    Never,
}

/// The account as it stands.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    pub(crate) token_lifetime: Duration,
    /// Requests per second; none for no limit.
    pub(crate) per_second: Option<u32>,
    pub(crate) content_type: ContentType,
    pub(crate) request_id_header: RequestIdHeader,
    /// Whether the account has label methods.
    pub(crate) label_methods: bool,
    /// Whether carriers give no labels at the moment.
    pub(crate) label_outage: bool,
    /// Whether registrations go wrong at the moment.
    pub(crate) registration_outage: bool,
    pub(crate) assumptions: Assumptions,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            token_lifetime: Duration::from_secs(1800),
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

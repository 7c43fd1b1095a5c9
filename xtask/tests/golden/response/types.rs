// Generated from specs/response.yaml by `cargo xtask codegen`; change the spec, not this file.

//! Types of requests and responses, in the order of the spec.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use tracking_core::Timestamp;
use tracking_http::json::lenient;

tracking_core::kit::string_type! {
    /// Identifies a parcel.
    pub struct ParcelId;
}

tracking_core::kit::string_type! {
    /// A time as the courier states it.
    pub struct EventTime;
}

impl EventTime {
    /// Parses the string and keeps how much it says about its zone.
    #[must_use]
    pub fn timestamp(&self) -> Timestamp {
        Timestamp::parse(self.as_str())
    }
}

tracking_core::kit::string_type! {
    /// A time of the courier's clock.
    pub struct ScanTime;
}

impl ScanTime {
    /// Parses the string as local time; a `Z` makes no instant of it, a numeric offset does.
    #[must_use]
    pub fn timestamp(&self) -> Timestamp {
        Timestamp::parse_local_documented(self.as_str())
    }
}

tracking_core::kit::string_type! {
    /// A time of the provider's clock.
    pub struct ServerTime;
}

impl ServerTime {
    /// Parses the string as an instant, because the provider documents UTC.
    #[must_use]
    pub fn timestamp(&self) -> Timestamp {
        Timestamp::parse_utc_documented(self.as_str())
    }
}

tracking_core::kit::open_enum! {
    /// The state of a parcel.
    ///
    /// Source: docs: states.
    pub enum State {
        /// It moves.
        InTransit = "in_transit",
        /// It is gone.
        Gone = "410",
        /// It is a string.
        TextPlain = "text/plain",
    }
}

/// Carries a parcel.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ParcelResponse {
    /// Wraps the parcel.
    #[serde(
        default,
        deserialize_with = "lenient::object",
        skip_serializing_if = "Option::is_none"
    )]
    pub data: Option<Box<Parcel>>,
    /// Fields that the spec does not know.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// Leaves out the fields that hold, or may hold, personal data.
impl fmt::Debug for ParcelResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ParcelResponse")
            .field("data", &self.data)
            .finish_non_exhaustive()
    }
}

/// A parcel.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Parcel {
    /// Identifies a parcel.
    pub parcel_id: ParcelId,
    /// The state.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<State>,
    /// The kind of parcel.
    ///
    /// Deprecated by the provider.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub type_: Option<String>,
    /// The weight in grams.
    ///
    /// Assumed: The unit is grams.
    #[serde(
        default,
        deserialize_with = "lenient::integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub weight_grams: Option<i64>,
    /// The price.
    ///
    /// Observed, not documented: a capture of 2026-01.
    #[serde(
        default,
        deserialize_with = "lenient::number",
        skip_serializing_if = "Option::is_none"
    )]
    pub price: Option<f64>,
    /// Whether it is late.
    #[serde(
        default,
        deserialize_with = "lenient::boolean",
        skip_serializing_if = "Option::is_none"
    )]
    pub is_late: Option<bool>,
    /// Where the parcel is described.
    #[serde(
        rename = "@id",
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub iri: Option<String>,
    /// The parts.
    #[serde(
        rename = "part:list",
        alias = "list",
        default,
        deserialize_with = "lenient::list",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub parts: Vec<String>,
    /// How many pieces.
    #[serde(
        default,
        deserialize_with = "lenient::integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub count: Option<i64>,
    /// The couriers.
    #[serde(
        default,
        deserialize_with = "lenient::one_or_many",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub couriers: Vec<String>,
    /// The events.
    #[serde(
        default,
        deserialize_with = "lenient::list",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub events: Vec<ParcelEvent>,
    /// Labels by name.
    #[serde(
        default,
        deserialize_with = "lenient::map",
        skip_serializing_if = "BTreeMap::is_empty"
    )]
    pub labels: BTreeMap<String, String>,
    /// Anything.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub raw: Option<Value>,
    /// Who bought it.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub buyer: Option<String>,
    /// When it was delivered, or zero.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delivered_at: Option<EventTime>,
    /// The parcel around this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<Box<Self>>,
    /// The recipient.
    #[serde(
        default,
        deserialize_with = "lenient::object",
        skip_serializing_if = "Option::is_none"
    )]
    pub recipient: Option<Recipient>,
    /// When it was stored.
    #[serde(rename = "server_time", skip_serializing_if = "Option::is_none")]
    pub server_time: Option<ServerTime>,
    /// Fields that the spec does not know.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// Leaves out the fields that hold, or may hold, personal data.
impl fmt::Debug for Parcel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Parcel")
            .field("parcel_id", &self.parcel_id)
            .field("state", &self.state)
            .field("type_", &self.type_)
            .field("weight_grams", &self.weight_grams)
            .field("price", &self.price)
            .field("is_late", &self.is_late)
            .field("iri", &self.iri)
            .field("parts", &self.parts)
            .field("count", &self.count)
            .field("couriers", &self.couriers)
            .field("events", &self.events)
            .field("labels", &self.labels)
            .field("raw", &self.raw)
            .field("delivered_at", &self.delivered_at)
            .field("parent", &self.parent)
            .field("recipient", &self.recipient)
            .field("server_time", &self.server_time)
            .finish_non_exhaustive()
    }
}

/// An event with what every record has.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ParcelEvent {
    /// A note.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub note: Option<String>,
    /// A time as the courier states it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<EventTime>,
    /// A time of the courier's clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scanned_at: Option<ScanTime>,
}

/// What every record has.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Record {
    /// A note.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub note: Option<String>,
}

/// The recipient.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Recipient {
    /// The name.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub name: Option<String>,
}

/// Shows no field, because they hold personal data.
impl fmt::Debug for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recipient").finish_non_exhaustive()
    }
}

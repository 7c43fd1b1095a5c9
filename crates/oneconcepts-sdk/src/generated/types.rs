// Generated from specs/oneconcepts.yaml by `cargo xtask codegen`; change the spec, not this file.

//! Types of requests and responses, in the order of the spec.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use tracking_core::Timestamp;
use tracking_http::json::lenient;
use tracking_http::{Error, checks};

tracking_core::kit::string_type! {
    /// Identifies a record by its address.
    ///
    /// A path from the root of the host, `/v2/api/trackings/31`; it already holds the `/v2` of the
    /// base URL.
    ///
    /// Source: docs: trackings.
    pub struct Iri;
}

tracking_core::kit::string_type! {
    /// Identifies a record among those of its kind: the end of its address.
    ///
    /// An integer in every example, and opaque all the same.
    ///
    /// Source: docs: trackings.
    pub struct RecordId;
}

tracking_core::kit::string_type! {
    /// Holds the time at which a record was made: RFC 3339 with the German offset, `+01:00` or
    /// `+02:00`.
    ///
    /// As a filter it must have an offset or `Z`.
    ///
    /// Source: docs: trackings.
    pub struct RecordTime;
}

impl RecordTime {
    /// Parses the string and keeps how much it says about its zone.
    #[must_use]
    pub fn timestamp(&self) -> Timestamp {
        Timestamp::parse(self.as_str())
    }
}

tracking_core::kit::open_enum! {
    /// Names the courier, for building links.
    ///
    /// Source: docs: trackings.
    pub enum CourierName {
        /// DHL.
        Dhl = "DHL",
        /// Freight without tracking; the number is a single underscore.
        BulkCarrier = "Bulk carrier",
    }
}

tracking_core::kit::open_enum! {
    /// Says how far the order was when the tracking was recorded.
    ///
    /// Source: docs: trackings.
    pub enum TrackingStatus {
        /// The goods were handed to the courier. The only value in the documentation.
        Shipped = "shipped",
    }
}

tracking_core::kit::open_enum! {
    /// Says how far an order is.
    ///
    /// Source: docs: orders, trackings.
    pub enum OrderStatus {
        /// The goods were handed to the courier, and the trackings wait to be fetched.
        Shipped = "shipped",
        /// Set by you after fetching them. It says nothing about a delivery.
        Complete = "complete",
    }
}

/// Holds the credentials of the account.
///
/// Source: older docs.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CreateToken {
    /// Holds the e-mail address of the account.
    pub email: String,
    /// Holds the password of the account.
    ///
    /// Assumed: The second key of the published example is not known; `password` is the usual one.
    pub password: String,
}

/// Shows no field, because they hold personal data.
impl fmt::Debug for CreateToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CreateToken").finish_non_exhaustive()
    }
}

impl CreateToken {
    /// Creates the value with what the provider requires.
    #[must_use]
    pub fn new(email: impl Into<String>, password: impl Into<String>) -> Self {
        Self {
            email: email.into(),
            password: password.into(),
        }
    }

    /// Checks the documented limits without a call.
    ///
    /// # Errors
    /// Names the first field outside of its limits, and what is allowed.
    pub fn validate(&self) -> Result<(), Error> {
        checks::length("email", Some(&self.email), 1, usize::MAX)?;
        checks::length("password", Some(&self.password), 1, usize::MAX)?;
        Ok(())
    }
}

/// Carries a token. It has no lifetime: the end is inside of the token.
///
/// Source: docs: authentication.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TokenResponse {
    /// Holds the token, a JWT that lives about 45 minutes. A secret.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub token: Option<String>,
    /// Identifies the account. Never changes; orders name it as `v2/api/partners/` and this number.
    #[serde(
        default,
        deserialize_with = "lenient::integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub id: Option<i64>,
    /// Holds the short name of the account.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub name: Option<String>,
    /// Repeats the e-mail address.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub email: Option<String>,
}

/// Leaves out the fields that hold, or may hold, personal data.
impl fmt::Debug for TokenResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenResponse")
            .field("id", &self.id)
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// Carries one page of trackings.
///
/// Source: docs: trackings.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TrackingCollection {
    /// Describes the vocabulary: an address, or an object as in the documented response of this
    /// list.
    #[serde(rename = "@context", skip_serializing_if = "Option::is_none")]
    pub context: Option<Value>,
    /// Holds the address of the list.
    #[serde(rename = "@id", skip_serializing_if = "Option::is_none")]
    pub iri: Option<Iri>,
    /// Says `hydra:Collection`.
    #[serde(rename = "@type", skip_serializing_if = "Option::is_none")]
    pub resource_type: Option<Value>,
    /// Holds the trackings of this page. Newer releases of the framework leave the prefix out.
    ///
    /// Assumed: The oldest comes first, as in the documented example; drop ids that are known.
    #[serde(
        rename = "hydra:member",
        alias = "member",
        default,
        deserialize_with = "lenient::list",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub members: Vec<Tracking>,
    /// Counts the items of all pages. Some releases send it with a decimal point.
    #[serde(
        rename = "hydra:totalItems",
        alias = "totalItems",
        default,
        deserialize_with = "lenient::integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub total_items: Option<i64>,
    /// Links to other pages. Absent when there is one page and no query.
    #[serde(
        rename = "hydra:view",
        alias = "view",
        default,
        deserialize_with = "lenient::object",
        skip_serializing_if = "Option::is_none"
    )]
    pub view: Option<HydraView>,
    /// Describes the filters. Only where there are any.
    #[serde(
        rename = "hydra:search",
        alias = "search",
        default,
        deserialize_with = "lenient::object",
        skip_serializing_if = "Option::is_none"
    )]
    pub search: Option<HydraSearch>,
}

/// Represents one parcel of an order: courier, number, status and date.
///
/// Source: docs: trackings.
///
/// Assumed: Only its address can be relied on; every other key may be absent or null.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Tracking {
    /// Describes the vocabulary when the tracking is the whole response.
    ///
    /// Assumed: A single record carries its own context.
    #[serde(rename = "@context", skip_serializing_if = "Option::is_none")]
    pub context: Option<Value>,
    /// Holds the address of the tracking.
    #[serde(rename = "@id", skip_serializing_if = "Option::is_none")]
    pub iri: Option<Iri>,
    /// Says `Tracking`; a list where the framework gives a record several types.
    #[serde(rename = "@type", skip_serializing_if = "Option::is_none")]
    pub resource_type: Option<Value>,
    /// Identifies the tracking: the number at the end of its address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<RecordId>,
    /// Links to the order: an address, read with `order_iri`.
    ///
    /// Assumed: The framework could send an embedded order instead, of which the address is read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<Value>,
    /// Time at which the record was made, not when the courier scanned the parcel.
    ///
    /// Assumed: It is the shipment date that the documentation speaks of; there is no other date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<RecordTime>,
    /// Names the courier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub courier: Option<CourierName>,
    /// Says how far the order was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<TrackingStatus>,
    /// Holds the courier's number; a single underscore means none. `number` leaves that out.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub tracking_id: Option<String>,
}

/// Links to other pages. The addresses are relative to the host.
///
/// Source: docs: trackings.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct HydraView {
    /// Holds the address of this page.
    #[serde(rename = "@id", skip_serializing_if = "Option::is_none")]
    pub iri: Option<Iri>,
    /// Says `hydra:PartialCollectionView`.
    #[serde(rename = "@type", skip_serializing_if = "Option::is_none")]
    pub resource_type: Option<Value>,
    /// Links to the first page.
    #[serde(
        rename = "hydra:first",
        alias = "first",
        skip_serializing_if = "Option::is_none"
    )]
    pub first: Option<Iri>,
    /// Links to the last page.
    #[serde(
        rename = "hydra:last",
        alias = "last",
        skip_serializing_if = "Option::is_none"
    )]
    pub last: Option<Iri>,
    /// Links to the next page. Absent on the last one.
    ///
    /// Assumed: One release of the framework sends it even past the end, so an empty page ends the
    /// list too.
    #[serde(
        rename = "hydra:next",
        alias = "next",
        skip_serializing_if = "Option::is_none"
    )]
    pub next: Option<Iri>,
    /// Links to the previous page. Absent on the first one.
    ///
    /// Assumed: Present from the second page on, as the framework sends it.
    #[serde(
        rename = "hydra:previous",
        alias = "previous",
        skip_serializing_if = "Option::is_none"
    )]
    pub previous: Option<Iri>,
}

/// Describes the filters of a list.
///
/// Source: docs: trackings.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct HydraSearch {
    /// Says `hydra:IriTemplate`.
    #[serde(rename = "@type", skip_serializing_if = "Option::is_none")]
    pub resource_type: Option<Value>,
    /// Holds the address with all filters, as a URI template.
    #[serde(
        rename = "hydra:template",
        alias = "template",
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub template: Option<String>,
    /// Says `BasicRepresentation`.
    #[serde(
        rename = "hydra:variableRepresentation",
        alias = "variableRepresentation",
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub variable_representation: Option<String>,
    /// Lists the filters.
    #[serde(
        rename = "hydra:mapping",
        alias = "mapping",
        default,
        deserialize_with = "lenient::list",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub mapping: Vec<HydraMapping>,
}

/// Describes one filter.
///
/// Source: docs: trackings.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct HydraMapping {
    /// Says `IriTemplateMapping`.
    #[serde(rename = "@type", skip_serializing_if = "Option::is_none")]
    pub resource_type: Option<Value>,
    /// Names the query parameter.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub variable: Option<String>,
    /// Names the property that is filtered; null for a filter of the provider's own.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub property: Option<String>,
    /// Says whether the filter must be given.
    #[serde(
        default,
        deserialize_with = "lenient::boolean",
        skip_serializing_if = "Option::is_none"
    )]
    pub required: Option<bool>,
}

/// Carries one page of orders.
///
/// Assumed: The published example is not known; it is a Hydra list like every other one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct OrderCollection {
    /// Describes the vocabulary: an address or an object.
    #[serde(rename = "@context", skip_serializing_if = "Option::is_none")]
    pub context: Option<Value>,
    /// Holds the address of the list.
    #[serde(rename = "@id", skip_serializing_if = "Option::is_none")]
    pub iri: Option<Iri>,
    /// Says `hydra:Collection`.
    #[serde(rename = "@type", skip_serializing_if = "Option::is_none")]
    pub resource_type: Option<Value>,
    /// Holds the orders of this page.
    #[serde(
        rename = "hydra:member",
        alias = "member",
        default,
        deserialize_with = "lenient::list",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub members: Vec<Order>,
    /// Counts the items of all pages.
    #[serde(
        rename = "hydra:totalItems",
        alias = "totalItems",
        default,
        deserialize_with = "lenient::integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub total_items: Option<i64>,
    /// Links to other pages.
    #[serde(
        rename = "hydra:view",
        alias = "view",
        default,
        deserialize_with = "lenient::object",
        skip_serializing_if = "Option::is_none"
    )]
    pub view: Option<HydraView>,
    /// Describes the filters.
    #[serde(
        rename = "hydra:search",
        alias = "search",
        default,
        deserialize_with = "lenient::object",
        skip_serializing_if = "Option::is_none"
    )]
    pub search: Option<HydraSearch>,
}

/// Represents an order with the links to its trackings.
///
/// Only `status` and `trackings` are documented; keys that are not described here are kept in
/// `extra`.
///
/// Assumed: The published response is not known; the keys of the request come back in it.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Order {
    /// Describes the vocabulary when the order is the whole response.
    #[serde(rename = "@context", skip_serializing_if = "Option::is_none")]
    pub context: Option<Value>,
    /// Holds the address of the order.
    ///
    /// Source: docs: trackings.
    #[serde(rename = "@id", skip_serializing_if = "Option::is_none")]
    pub iri: Option<Iri>,
    /// Says `Order`, presumably.
    #[serde(rename = "@type", skip_serializing_if = "Option::is_none")]
    pub resource_type: Option<Value>,
    /// Identifies the order: the number at the end of its address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<RecordId>,
    /// Says how far the order is.
    ///
    /// Source: docs: trackings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<OrderStatus>,
    /// Links to the trackings, if there are any; read with `tracking_links`. Absent, null or empty
    /// for none.
    ///
    /// Source: docs: trackings.
    ///
    /// Assumed: The framework could send whole trackings instead of their addresses.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trackings: Option<Value>,
    /// Links to the account, with a leading slash in responses.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partner: Option<Iri>,
    /// Holds the order number of your own system.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub external_order_number: Option<String>,
    /// Holds the customer number of your own system.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub external_user_number: Option<String>,
    /// Holds the programme number of your own system.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub external_programme_number: Option<String>,
    /// Holds a campaign code.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub external_campaign_code: Option<String>,
    /// Holds a catalogue code.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub external_catalogue_code: Option<String>,
    /// Holds a catalogue name.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub external_catalogue_name: Option<String>,
    /// Holds the company of the recipient.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub recipient_company: Option<String>,
    /// Holds the surname of the recipient.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub recipient_name: Option<String>,
    /// Holds the first name of the recipient.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub recipient_first_name: Option<String>,
    /// Holds the street with the house number.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub recipient_street: Option<String>,
    /// Holds the house number; an empty string means none.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub recipient_house_number: Option<String>,
    /// Holds an addition to the address.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub recipient_annex: Option<String>,
    /// Holds the post code.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub recipient_zip: Option<String>,
    /// Fields that the spec does not know.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// Leaves out the fields that hold, or may hold, personal data.
impl fmt::Debug for Order {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Order")
            .field("context", &self.context)
            .field("iri", &self.iri)
            .field("resource_type", &self.resource_type)
            .field("id", &self.id)
            .field("status", &self.status)
            .field("trackings", &self.trackings)
            .field("partner", &self.partner)
            .field("external_order_number", &self.external_order_number)
            .field("external_user_number", &self.external_user_number)
            .field("external_programme_number", &self.external_programme_number)
            .field("external_campaign_code", &self.external_campaign_code)
            .field("external_catalogue_code", &self.external_catalogue_code)
            .field("external_catalogue_name", &self.external_catalogue_name)
            .finish_non_exhaustive()
    }
}

/// Says what to change on an order.
///
/// Source: docs: orders.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct UpdateOrder {
    /// Says how far an order is.
    pub status: OrderStatus,
    /// Names the order by its number in your own system, where the number is sent in the body.
    ///
    /// Assumed: The mandatory parameter could be meant to be in the body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_order_number: Option<String>,
}

impl UpdateOrder {
    /// Creates the value with what the provider requires.
    #[must_use]
    pub fn new(status: impl Into<OrderStatus>) -> Self {
        Self {
            status: status.into(),
            external_order_number: None,
        }
    }

    /// Sets [`external_order_number`](Self::external_order_number).
    #[must_use]
    pub fn external_order_number(mut self, external_order_number: impl Into<String>) -> Self {
        self.external_order_number = Some(external_order_number.into());
        self
    }

    /// Checks the documented limits without a call.
    ///
    /// # Errors
    /// Names the first field outside of its limits, and what is allowed.
    pub fn validate(&self) -> Result<(), Error> {
        checks::length(
            "externalOrderNumber",
            self.external_order_number.as_deref(),
            1,
            255,
        )?;
        Ok(())
    }
}

/// Describes an order, as far as its form is published. `partner` and the number are among what is
/// required; the order lines are too, but the name of their key is not known: see `with_lines`.
///
/// Source: docs: orders.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CreateOrder {
    /// Links to the account, without a leading slash: `v2/api/partners/` and the id of the token
    /// response.
    pub partner: String,
    /// Holds the order number of your own system. A single string.
    ///
    /// Assumed: At most 255 characters, so that a mistake is found before it is sent.
    pub external_order_number: String,
    /// Holds the customer number of your own system.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_user_number: Option<String>,
    /// Holds the programme number of your own system.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_programme_number: Option<String>,
    /// Holds a campaign code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_campaign_code: Option<String>,
    /// Holds a catalogue code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_catalogue_code: Option<String>,
    /// Holds a catalogue name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_catalogue_name: Option<String>,
    /// Holds the company of the recipient.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipient_company: Option<String>,
    /// Holds the surname of the recipient.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipient_name: Option<String>,
    /// Holds the first name of the recipient.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipient_first_name: Option<String>,
    /// Holds the street with the house number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipient_street: Option<String>,
    /// Holds the house number. The documented example sends an empty string where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipient_house_number: Option<String>,
    /// Holds an addition to the address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipient_annex: Option<String>,
    /// Holds the post code. The keys of an address after this one are not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipient_zip: Option<String>,
    /// Fields that the spec does not know.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// Leaves out the fields that hold, or may hold, personal data.
impl fmt::Debug for CreateOrder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CreateOrder")
            .field("partner", &self.partner)
            .field("external_order_number", &self.external_order_number)
            .field("external_user_number", &self.external_user_number)
            .field("external_programme_number", &self.external_programme_number)
            .field("external_campaign_code", &self.external_campaign_code)
            .field("external_catalogue_code", &self.external_catalogue_code)
            .field("external_catalogue_name", &self.external_catalogue_name)
            .finish_non_exhaustive()
    }
}

impl CreateOrder {
    /// Creates the value with what the provider requires.
    #[must_use]
    pub fn new(partner: impl Into<String>, external_order_number: impl Into<String>) -> Self {
        Self {
            partner: partner.into(),
            external_order_number: external_order_number.into(),
            ..Self::default()
        }
    }

    /// Sets [`external_user_number`](Self::external_user_number).
    #[must_use]
    pub fn external_user_number(mut self, external_user_number: impl Into<String>) -> Self {
        self.external_user_number = Some(external_user_number.into());
        self
    }

    /// Sets [`external_programme_number`](Self::external_programme_number).
    #[must_use]
    pub fn external_programme_number(
        mut self,
        external_programme_number: impl Into<String>,
    ) -> Self {
        self.external_programme_number = Some(external_programme_number.into());
        self
    }

    /// Sets [`external_campaign_code`](Self::external_campaign_code).
    #[must_use]
    pub fn external_campaign_code(mut self, external_campaign_code: impl Into<String>) -> Self {
        self.external_campaign_code = Some(external_campaign_code.into());
        self
    }

    /// Sets [`external_catalogue_code`](Self::external_catalogue_code).
    #[must_use]
    pub fn external_catalogue_code(mut self, external_catalogue_code: impl Into<String>) -> Self {
        self.external_catalogue_code = Some(external_catalogue_code.into());
        self
    }

    /// Sets [`external_catalogue_name`](Self::external_catalogue_name).
    #[must_use]
    pub fn external_catalogue_name(mut self, external_catalogue_name: impl Into<String>) -> Self {
        self.external_catalogue_name = Some(external_catalogue_name.into());
        self
    }

    /// Sets [`recipient_company`](Self::recipient_company).
    #[must_use]
    pub fn recipient_company(mut self, recipient_company: impl Into<String>) -> Self {
        self.recipient_company = Some(recipient_company.into());
        self
    }

    /// Sets [`recipient_name`](Self::recipient_name).
    #[must_use]
    pub fn recipient_name(mut self, recipient_name: impl Into<String>) -> Self {
        self.recipient_name = Some(recipient_name.into());
        self
    }

    /// Sets [`recipient_first_name`](Self::recipient_first_name).
    #[must_use]
    pub fn recipient_first_name(mut self, recipient_first_name: impl Into<String>) -> Self {
        self.recipient_first_name = Some(recipient_first_name.into());
        self
    }

    /// Sets [`recipient_street`](Self::recipient_street).
    #[must_use]
    pub fn recipient_street(mut self, recipient_street: impl Into<String>) -> Self {
        self.recipient_street = Some(recipient_street.into());
        self
    }

    /// Sets [`recipient_house_number`](Self::recipient_house_number).
    #[must_use]
    pub fn recipient_house_number(mut self, recipient_house_number: impl Into<String>) -> Self {
        self.recipient_house_number = Some(recipient_house_number.into());
        self
    }

    /// Sets [`recipient_annex`](Self::recipient_annex).
    #[must_use]
    pub fn recipient_annex(mut self, recipient_annex: impl Into<String>) -> Self {
        self.recipient_annex = Some(recipient_annex.into());
        self
    }

    /// Sets [`recipient_zip`](Self::recipient_zip).
    #[must_use]
    pub fn recipient_zip(mut self, recipient_zip: impl Into<String>) -> Self {
        self.recipient_zip = Some(recipient_zip.into());
        self
    }

    /// Checks the documented limits without a call.
    ///
    /// # Errors
    /// Names the first field outside of its limits, and what is allowed.
    pub fn validate(&self) -> Result<(), Error> {
        checks::length("partner", Some(&self.partner), 1, usize::MAX)?;
        checks::length(
            "externalOrderNumber",
            Some(&self.external_order_number),
            1,
            255,
        )?;
        Ok(())
    }
}

/// Carries one page of categories.
///
/// Source: docs: categorytree.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CategoryTreeCollection {
    /// Describes the vocabulary; the same address as for the deprecated categories, which have
    /// another shape.
    #[serde(rename = "@context", skip_serializing_if = "Option::is_none")]
    pub context: Option<Value>,
    /// Holds the address of the list.
    #[serde(rename = "@id", skip_serializing_if = "Option::is_none")]
    pub iri: Option<Iri>,
    /// Says `hydra:Collection`.
    #[serde(rename = "@type", skip_serializing_if = "Option::is_none")]
    pub resource_type: Option<Value>,
    /// Holds the categories of this page.
    #[serde(
        rename = "hydra:member",
        alias = "member",
        default,
        deserialize_with = "lenient::list",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub members: Vec<TreeCategory>,
    /// Counts the items of all pages.
    #[serde(
        rename = "hydra:totalItems",
        alias = "totalItems",
        default,
        deserialize_with = "lenient::integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub total_items: Option<i64>,
    /// Links to other pages.
    #[serde(
        rename = "hydra:view",
        alias = "view",
        default,
        deserialize_with = "lenient::object",
        skip_serializing_if = "Option::is_none"
    )]
    pub view: Option<HydraView>,
}

/// Represents a category of products on three levels.
///
/// Source: docs: categorytree.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct TreeCategory {
    /// Holds the address of the category.
    #[serde(rename = "@id", skip_serializing_if = "Option::is_none")]
    pub iri: Option<Iri>,
    /// Says `Category`, as the deprecated categories do, which have another shape.
    #[serde(rename = "@type", skip_serializing_if = "Option::is_none")]
    pub resource_type: Option<Value>,
    /// Identifies the category.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<RecordId>,
    /// Holds the code of the category.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub code: Option<String>,
    /// Names the group.
    #[serde(
        default,
        deserialize_with = "lenient::object",
        skip_serializing_if = "Option::is_none"
    )]
    pub group: Option<LocalizedText>,
    /// Names the main category.
    #[serde(
        default,
        deserialize_with = "lenient::object",
        skip_serializing_if = "Option::is_none"
    )]
    pub main_category: Option<LocalizedText>,
    /// Names the sub-category. Without one it is null, or an object whose strings are null.
    #[serde(
        default,
        deserialize_with = "lenient::object",
        skip_serializing_if = "Option::is_none"
    )]
    pub sub_category: Option<LocalizedText>,
}

/// Holds a string in German and in English.
///
/// Source: docs: categorytree.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct LocalizedText {
    /// Holds the German text.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub de: Option<String>,
    /// Holds the English text.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub en: Option<String>,
}

/// Carries one page of products.
///
/// Source: docs: products.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ProductCollection {
    /// Describes the vocabulary: an address or an object.
    #[serde(rename = "@context", skip_serializing_if = "Option::is_none")]
    pub context: Option<Value>,
    /// Holds the address of the list.
    #[serde(rename = "@id", skip_serializing_if = "Option::is_none")]
    pub iri: Option<Iri>,
    /// Says `hydra:Collection`.
    #[serde(rename = "@type", skip_serializing_if = "Option::is_none")]
    pub resource_type: Option<Value>,
    /// Holds the products of this page.
    #[serde(
        rename = "hydra:member",
        alias = "member",
        default,
        deserialize_with = "lenient::list",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub members: Vec<Product>,
    /// Counts the items of all pages.
    #[serde(
        rename = "hydra:totalItems",
        alias = "totalItems",
        default,
        deserialize_with = "lenient::integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub total_items: Option<i64>,
    /// Links to other pages.
    #[serde(
        rename = "hydra:view",
        alias = "view",
        default,
        deserialize_with = "lenient::object",
        skip_serializing_if = "Option::is_none"
    )]
    pub view: Option<HydraView>,
    /// Describes the filters.
    #[serde(
        rename = "hydra:search",
        alias = "search",
        default,
        deserialize_with = "lenient::object",
        skip_serializing_if = "Option::is_none"
    )]
    pub search: Option<HydraSearch>,
}

/// Represents a product. No published example is known, so it is read loosely: what is not
/// described here is kept in `extra`.
///
/// Source: docs: products.
///
/// Assumed: Only names of keys are known; the types are ours.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Product {
    /// Holds the address of the product.
    #[serde(rename = "@id", skip_serializing_if = "Option::is_none")]
    pub iri: Option<Iri>,
    /// Holds the article number, an integer as far as known.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub sku: Option<String>,
    /// Links to the category.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category_tree: Option<Value>,
    /// Lists the countries into which the product may be sold.
    #[serde(
        default,
        deserialize_with = "lenient::one_or_many",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub allowed_country_codes: Vec<String>,
    /// Holds the stock.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stock: Option<Value>,
    /// Changes when the data of the product change.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prev_data_hash: Option<Value>,
    /// Holds the purchase price without tax: a number or a string.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub net_cost: Option<Value>,
    /// Holds the recommended retail price: a number or a string.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rrp: Option<Value>,
    /// Fields that the spec does not know.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// Leaves out the fields that hold, or may hold, personal data.
impl fmt::Debug for Product {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Product")
            .field("iri", &self.iri)
            .field("sku", &self.sku)
            .field("category_tree", &self.category_tree)
            .field("allowed_country_codes", &self.allowed_country_codes)
            .field("stock", &self.stock)
            .field("prev_data_hash", &self.prev_data_hash)
            .field("net_cost", &self.net_cost)
            .field("rrp", &self.rrp)
            .finish_non_exhaustive()
    }
}

/// Names the articles to check.
///
/// Source: docs: products.check_availability.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CheckAvailability {
    /// Lists article numbers, at most 10,000 of them.
    ///
    /// Assumed: Article numbers are integers, as in the list of products; the limit is ours.
    pub skus: Vec<i64>,
}

impl CheckAvailability {
    /// Creates the value with what the provider requires.
    #[must_use]
    pub fn new(skus: impl IntoIterator<Item = i64>) -> Self {
        Self {
            skus: skus.into_iter().collect(),
        }
    }

    /// Checks the documented limits without a call.
    ///
    /// # Errors
    /// Names the first field outside of its limits, and what is allowed.
    pub fn validate(&self) -> Result<(), Error> {
        checks::count("skus", Some(self.skus.len()), 0, 10000)?;
        Ok(())
    }
}

/// Carries lists of article numbers.
///
/// The key of those that are no longer available is not known: `unavailable_skus` finds it in
/// `extra`.
///
/// Source: docs: products.check_availability.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AvailabilityResponse {
    /// Lists what is in the portfolio and was not asked for. Only when everything was asked for.
    #[serde(
        default,
        deserialize_with = "lenient::one_or_many",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub new: Vec<String>,
    /// Lists what is in the portfolio and was asked for. Only when everything was asked for.
    #[serde(
        default,
        deserialize_with = "lenient::one_or_many",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub existing: Vec<String>,
    /// Fields that the spec does not know.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// Leaves out the fields that hold, or may hold, personal data.
impl fmt::Debug for AvailabilityResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AvailabilityResponse")
            .field("new", &self.new)
            .field("existing", &self.existing)
            .finish_non_exhaustive()
    }
}

/// Carries the reason of a failed request, in any of the shapes that the server may send.
///
/// Assumed: Nothing is published about errors; these are the shapes of the framework and of its
/// login layer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ErrorResponse {
    /// Describes the vocabulary.
    #[serde(rename = "@context", skip_serializing_if = "Option::is_none")]
    pub context: Option<Value>,
    /// Holds the address of the error, in newer releases.
    #[serde(rename = "@id", skip_serializing_if = "Option::is_none")]
    pub iri: Option<Iri>,
    /// Says `hydra:Error` or `ConstraintViolationList`.
    #[serde(rename = "@type", skip_serializing_if = "Option::is_none")]
    pub resource_type: Option<Value>,
    /// Holds a general title.
    #[serde(
        rename = "hydra:title",
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub hydra_title: Option<String>,
    /// Explains the reason. For a failure of the server only the text of the status.
    #[serde(
        rename = "hydra:description",
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub hydra_description: Option<String>,
    /// Names the kind of problem in `application/problem+json`.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub type_: Option<String>,
    /// Holds a general title in `application/problem+json`.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub title: Option<String>,
    /// Explains the reason, in newer releases.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub description: Option<String>,
    /// Explains the reason in `application/problem+json`.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub detail: Option<String>,
    /// Repeats the HTTP status in errors of the login layer.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub code: Option<String>,
    /// Explains the reason in errors of the login layer.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub message: Option<String>,
    /// Lists what the validation found.
    #[serde(
        default,
        deserialize_with = "lenient::list",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub violations: Vec<Violation>,
}

/// Says what is wrong with one property of what was sent.
///
/// Assumed: The shape is the framework's.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Violation {
    /// Names the property.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub property_path: Option<String>,
    /// Says what is wrong with it.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub message: Option<String>,
    /// Identifies the rule, from release 2.6 of the framework on.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub code: Option<String>,
}

/// Query parameters of `list-trackings`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ListTrackingsQuery {
    /// Keeps what was created at this time or earlier.
    ///
    /// Assumed: The server reads RFC 3339 with an offset; a time without one would be read in an
    /// unknown zone, so it is refused.
    #[serde(rename = "createdAt[before]", skip_serializing_if = "Option::is_none")]
    pub created_at_before: Option<RecordTime>,
    /// Keeps what was created before this time.
    #[serde(
        rename = "createdAt[strictly_before]",
        skip_serializing_if = "Option::is_none"
    )]
    pub created_at_strictly_before: Option<RecordTime>,
    /// Keeps what was created at this time or later. Fit for polling: ask with the newest time that
    /// was seen, and drop ids that are known.
    #[serde(rename = "createdAt[after]", skip_serializing_if = "Option::is_none")]
    pub created_at_after: Option<RecordTime>,
    /// Keeps what was created after this time.
    #[serde(
        rename = "createdAt[strictly_after]",
        skip_serializing_if = "Option::is_none"
    )]
    pub created_at_strictly_after: Option<RecordTime>,
    /// Keeps the trackings of the order with this number of your own system. One number only, no
    /// list.
    ///
    /// Assumed: The published search template suggests that parts of a number may match too, so the
    /// order behind a result must be looked at where that matters.
    #[serde(
        rename = "order.externalOrderNumber",
        skip_serializing_if = "Option::is_none"
    )]
    pub order_external_order_number: Option<String>,
    /// Sets how many items a page has, from 1 to 200.
    ///
    /// The provider asks for no more than 200.
    ///
    /// Assumed: The default is the framework's, 30.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub items_per_page: Option<i64>,
    /// Selects the page, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<i64>,
}

impl ListTrackingsQuery {
    /// Creates an empty value; every field of `ListTrackingsQuery` is optional.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets [`created_at_before`](Self::created_at_before).
    #[must_use]
    pub fn created_at_before(mut self, created_at_before: impl Into<RecordTime>) -> Self {
        self.created_at_before = Some(created_at_before.into());
        self
    }

    /// Sets [`created_at_strictly_before`](Self::created_at_strictly_before).
    #[must_use]
    pub fn created_at_strictly_before(
        mut self,
        created_at_strictly_before: impl Into<RecordTime>,
    ) -> Self {
        self.created_at_strictly_before = Some(created_at_strictly_before.into());
        self
    }

    /// Sets [`created_at_after`](Self::created_at_after).
    #[must_use]
    pub fn created_at_after(mut self, created_at_after: impl Into<RecordTime>) -> Self {
        self.created_at_after = Some(created_at_after.into());
        self
    }

    /// Sets [`created_at_strictly_after`](Self::created_at_strictly_after).
    #[must_use]
    pub fn created_at_strictly_after(
        mut self,
        created_at_strictly_after: impl Into<RecordTime>,
    ) -> Self {
        self.created_at_strictly_after = Some(created_at_strictly_after.into());
        self
    }

    /// Sets [`order_external_order_number`](Self::order_external_order_number).
    #[must_use]
    pub fn order_external_order_number(
        mut self,
        order_external_order_number: impl Into<String>,
    ) -> Self {
        self.order_external_order_number = Some(order_external_order_number.into());
        self
    }

    /// Sets [`items_per_page`](Self::items_per_page).
    #[must_use]
    pub fn items_per_page(mut self, items_per_page: i64) -> Self {
        self.items_per_page = Some(items_per_page);
        self
    }

    /// Sets [`page`](Self::page).
    #[must_use]
    pub fn page(mut self, page: i64) -> Self {
        self.page = Some(page);
        self
    }

    /// Checks the documented limits without a call.
    ///
    /// # Errors
    /// Names the first field outside of its limits, and what is allowed.
    pub fn validate(&self) -> Result<(), Error> {
        checks::length(
            "order.externalOrderNumber",
            self.order_external_order_number.as_deref(),
            1,
            255,
        )?;
        checks::range("itemsPerPage", self.items_per_page, 1, 200)?;
        checks::range("page", self.page, 1, i64::MAX)?;
        Ok(())
    }
}

/// Query parameters of `list-orders`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ListOrdersQuery {
    /// Keeps the order with this number of your own system. Several numbers are sent as
    /// `externalOrderNumber[]`, once for each.
    ///
    /// Assumed: Several numbers are sent in the framework's way, with brackets behind the name; at
    /// most 100, each of at most 255 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_order_number: Option<String>,
    /// Keeps the orders with this status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<OrderStatus>,
    /// Sets how many items a page has, from 1 to 200.
    ///
    /// The provider asks for no more than 200.
    ///
    /// Assumed: The default is the framework's, 30.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub items_per_page: Option<i64>,
    /// Selects the page, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<i64>,
}

impl ListOrdersQuery {
    /// Creates an empty value; every field of `ListOrdersQuery` is optional.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets [`external_order_number`](Self::external_order_number).
    #[must_use]
    pub fn external_order_number(mut self, external_order_number: impl Into<String>) -> Self {
        self.external_order_number = Some(external_order_number.into());
        self
    }

    /// Sets [`status`](Self::status).
    #[must_use]
    pub fn status(mut self, status: impl Into<OrderStatus>) -> Self {
        self.status = Some(status.into());
        self
    }

    /// Sets [`items_per_page`](Self::items_per_page).
    #[must_use]
    pub fn items_per_page(mut self, items_per_page: i64) -> Self {
        self.items_per_page = Some(items_per_page);
        self
    }

    /// Sets [`page`](Self::page).
    #[must_use]
    pub fn page(mut self, page: i64) -> Self {
        self.page = Some(page);
        self
    }

    /// Checks the documented limits without a call.
    ///
    /// # Errors
    /// Names the first field outside of its limits, and what is allowed.
    pub fn validate(&self) -> Result<(), Error> {
        checks::length(
            "externalOrderNumber",
            self.external_order_number.as_deref(),
            1,
            255,
        )?;
        checks::range("itemsPerPage", self.items_per_page, 1, 200)?;
        checks::range("page", self.page, 1, i64::MAX)?;
        Ok(())
    }
}

/// Query parameters of `update-order-status`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct UpdateOrderStatusQuery {
    /// Names the order by its number in your own system. A single number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_order_number: Option<String>,
}

impl UpdateOrderStatusQuery {
    /// Creates an empty value; every field of `UpdateOrderStatusQuery` is optional.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets [`external_order_number`](Self::external_order_number).
    #[must_use]
    pub fn external_order_number(mut self, external_order_number: impl Into<String>) -> Self {
        self.external_order_number = Some(external_order_number.into());
        self
    }

    /// Checks the documented limits without a call.
    ///
    /// # Errors
    /// Names the first field outside of its limits, and what is allowed.
    pub fn validate(&self) -> Result<(), Error> {
        checks::length(
            "externalOrderNumber",
            self.external_order_number.as_deref(),
            1,
            255,
        )?;
        Ok(())
    }
}

/// Query parameters of `list-category-tree`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ListCategoryTreeQuery {
    /// Sets how many items a page has, from 1 to 200.
    ///
    /// The provider asks for no more than 200.
    ///
    /// Assumed: The default is the framework's, 30.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub items_per_page: Option<i64>,
    /// Selects the page, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<i64>,
}

impl ListCategoryTreeQuery {
    /// Creates an empty value; every field of `ListCategoryTreeQuery` is optional.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets [`items_per_page`](Self::items_per_page).
    #[must_use]
    pub fn items_per_page(mut self, items_per_page: i64) -> Self {
        self.items_per_page = Some(items_per_page);
        self
    }

    /// Sets [`page`](Self::page).
    #[must_use]
    pub fn page(mut self, page: i64) -> Self {
        self.page = Some(page);
        self
    }

    /// Checks the documented limits without a call.
    ///
    /// # Errors
    /// Names the first field outside of its limits, and what is allowed.
    pub fn validate(&self) -> Result<(), Error> {
        checks::range("itemsPerPage", self.items_per_page, 1, 200)?;
        checks::range("page", self.page, 1, i64::MAX)?;
        Ok(())
    }
}

/// Query parameters of `list-products`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ListProductsQuery {
    /// Keeps the product with this article number. Several are sent as `sku[]`, once for each.
    ///
    /// Assumed: Several numbers are sent in the framework's way, with brackets behind the name; at
    /// most 100, and none below 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sku: Option<i64>,
    /// Sets how many items a page has, from 1 to 200.
    ///
    /// The provider asks for no more than 200.
    ///
    /// Assumed: The default is the framework's, 30.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub items_per_page: Option<i64>,
    /// Selects the page, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<i64>,
}

impl ListProductsQuery {
    /// Creates an empty value; every field of `ListProductsQuery` is optional.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets [`sku`](Self::sku).
    #[must_use]
    pub fn sku(mut self, sku: i64) -> Self {
        self.sku = Some(sku);
        self
    }

    /// Sets [`items_per_page`](Self::items_per_page).
    #[must_use]
    pub fn items_per_page(mut self, items_per_page: i64) -> Self {
        self.items_per_page = Some(items_per_page);
        self
    }

    /// Sets [`page`](Self::page).
    #[must_use]
    pub fn page(mut self, page: i64) -> Self {
        self.page = Some(page);
        self
    }

    /// Checks the documented limits without a call.
    ///
    /// # Errors
    /// Names the first field outside of its limits, and what is allowed.
    pub fn validate(&self) -> Result<(), Error> {
        checks::range("sku", self.sku, 1, i64::MAX)?;
        checks::range("itemsPerPage", self.items_per_page, 1, 200)?;
        checks::range("page", self.page, 1, i64::MAX)?;
        Ok(())
    }
}

/// Query parameters of `check-availability`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CheckAvailabilityQuery {
    /// Asks also for the articles that are new in the portfolio and for those that are in both
    /// lists.
    ///
    /// Assumed: It is in the query; the documentation lists it as a parameter without a place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub check_all: Option<bool>,
}

impl CheckAvailabilityQuery {
    /// Creates an empty value; every field of `CheckAvailabilityQuery` is optional.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets [`check_all`](Self::check_all).
    #[must_use]
    pub fn check_all(mut self, check_all: bool) -> Self {
        self.check_all = Some(check_all);
        self
    }
}

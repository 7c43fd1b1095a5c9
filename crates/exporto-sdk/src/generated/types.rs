// Generated from specs/exporto.yaml by `cargo xtask codegen`; change the spec, not this file.

//! Types of requests and responses, in the order of the spec.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use tracking_core::Timestamp;
use tracking_http::json::lenient;
use tracking_http::{Error, checks};

tracking_core::kit::string_type! {
    /// Identifies a shipment. Chosen by whoever registers it.
    ///
    /// Observed, not documented: PostCo/exporto_api 0.1.0.
    pub struct ShipmentId;
}

tracking_core::kit::string_type! {
    /// Identifies an order at exporto. Not the number that the customer knows.
    ///
    /// Observed, not documented: PostCo/exporto_api 0.1.0.
    pub struct OrderId;
}

tracking_core::kit::string_type! {
    /// Identifies a tour, which is one daily closing.
    ///
    /// Assumed: The documentation writes "tourID" in prose; an integer on the wire is read as its
    /// digits.
    pub struct TourId;
}

tracking_core::kit::string_type! {
    /// Holds when something became a fact.
    ///
    /// RFC 3339 in UTC with `Z` and whole seconds was seen; other offsets and fractions of a second
    /// are read as well. That `Z` is meant as UTC is not documented.
    ///
    /// Observed, not documented: PostCo/exporto_api 0.1.0.
    pub struct FactTime;
}

impl FactTime {
    /// Parses the string and keeps how much it says about its zone.
    #[must_use]
    pub fn timestamp(&self) -> Timestamp {
        Timestamp::parse(self.as_str())
    }
}

tracking_core::kit::string_type! {
    /// Holds a date-time to search by: RFC 3339 with seconds and an offset,
    /// `2026-10-05T08:30:00+08:00` or with `Z`.
    ///
    /// A time without an offset is refused before the call, since it is unknown whose clock it
    /// would be read by.
    ///
    /// Observed, not documented: PostCo/exporto_api 0.1.0.
    pub struct FilterTime;
}

tracking_core::kit::open_enum! {
    /// Names the direction of a shipment, in lower case. A planned return is no status.
    ///
    /// Observed, not documented: PostCo/exporto_api 0.1.0.
    pub enum ShipmentType {
        /// To the customer.
        Outbound = "outbound",
        /// Back from the customer.
        Inbound = "inbound",
    }
}

tracking_core::kit::open_enum! {
    /// Says how far exporto itself is. Further values must be expected.
    ///
    /// Observed, not documented: PostCo/exporto_api 0.1.0.
    pub enum ShipmentStatus {
        /// exporto has processed the shipment. Comes with or without dates.
        Processed = "processed",
    }
}

tracking_core::kit::open_enum! {
    /// Says how far the last-mile carrier is. Further values must be expected.
    ///
    /// Observed, not documented: PostCo/exporto_api 0.1.0.
    pub enum CarrierState {
        /// The last-mile carrier has delivered the shipment.
        Delivered = "delivered",
    }
}

tracking_core::kit::open_enum! {
    /// Names the direction of a label, in upper case, unlike the type of a shipment.
    ///
    /// Observed, not documented: PostCo/exporto_api 0.1.0.
    pub enum LabelDirection {
        /// To the customer.
        Outbound = "OUTBOUND",
        /// Back from the customer.
        Inbound = "INBOUND",
    }
}

tracking_core::kit::open_enum! {
    /// Names the format of a label. No other value than `PDF` was seen.
    ///
    /// Observed, not documented: PostCo/exporto_api 0.1.0.
    pub enum LabelFormat {
        /// A PDF document.
        Pdf = "PDF",
    }
}

/// Names the way in which a token is requested.
///
/// Observed, not documented: PostCo/exporto_api 0.1.0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum GrantType {
    /// With the user name and the password of the account.
    ClientCredentials,
}

impl GrantType {
    /// Every value, in the order of the provider's documentation.
    pub const KNOWN: &[Self] = &[Self::ClientCredentials];

    /// Returns the value on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ClientCredentials => "client_credentials",
        }
    }
}

impl fmt::Display for GrantType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Asks for a token.
///
/// Observed, not documented: PostCo/exporto_api 0.1.0.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CreateToken {
    /// Always `client_credentials`.
    pub grant_type: GrantType,
    /// Restricts the token, as one string with spaces between the scopes. Left out, not null, for
    /// everything that the account may do. `label:create`, `order:write` and `shipment:read` were
    /// seen; the complete list is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
}

impl CreateToken {
    /// Creates the value with what the provider requires.
    #[must_use]
    pub fn new(grant_type: GrantType) -> Self {
        Self {
            grant_type,
            scope: None,
        }
    }

    /// Sets [`scope`](Self::scope).
    #[must_use]
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.scope = Some(scope.into());
        self
    }

    /// Checks the documented limits without a call.
    ///
    /// # Errors
    /// Names the first field outside of its limits, and what is allowed.
    pub fn validate(&self) -> Result<(), Error> {
        checks::length("scope", self.scope.as_deref(), 1, usize::MAX)?;
        Ok(())
    }
}

/// Holds a token.
///
/// Observed, not documented: PostCo/exporto_api 0.1.0.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AccessToken {
    /// Holds the token, an opaque string. Secret.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub access_token: Option<String>,
    /// Names the scheme: `bearer`, in lower case.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub token_type: Option<String>,
    /// Number of seconds for which the token is valid from now.
    ///
    /// Assumed: Without it the token is used for five minutes.
    #[serde(
        default,
        deserialize_with = "lenient::integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub expires_in: Option<i64>,
    /// Repeats the scopes, not necessarily in the order of the request.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub scope: Option<String>,
}

/// Leaves out the fields that hold, or may hold, personal data.
impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessToken")
            .field("token_type", &self.token_type)
            .field("expires_in", &self.expires_in)
            .field("scope", &self.scope)
            .finish_non_exhaustive()
    }
}

/// Holds shipments as a bare array, without an object around it.
///
/// Observed, not documented: PostCo/exporto_api 0.1.0.
pub type ShipmentList = Vec<Shipment>;

/// Represents a shipment: its numbers, and up to four facts with their times.
///
/// Whether exporto has processed it, whether it was cleared through customs, whether the last-mile
/// carrier has it, and whether it was delivered. There is no list of events and no place. In search
/// results most keys are missing: only `shipmentId` can be relied on.
///
/// Observed, not documented: PostCo/exporto_api 0.1.0.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Shipment {
    /// Identifies the shipment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shipment_id: Option<ShipmentId>,
    /// Identifies the order at exporto.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_id: Option<OrderId>,
    /// Names the direction.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub type_: Option<ShipmentType>,
    /// Says how far exporto itself is. May be there without any date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<ShipmentStatus>,
    /// Holds the carrier's number in the country of destination.
    ///
    /// Source: PostCo/exporto_api 0.1.0, help centre daily closing.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub foreign_outbound_tracking_id: Option<String>,
    /// Holds the number of the return label, if there is one.
    ///
    /// Source: PostCo/exporto_api 0.1.0, help centre daily closing.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub foreign_inbound_tracking_id: Option<String>,
    /// Holds a further number of a return.
    ///
    /// Assumed: By its name it is the number on the home leg of the return.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub domestic_inbound_tracking_id: Option<String>,
    /// Time at which exporto processed the shipment.
    ///
    /// Assumed: The fact is documented and the name is that of a search parameter; no response that
    /// was seen holds the field.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub processed_at: Option<FactTime>,
    /// Time at which customs were cleared.
    ///
    /// Assumed: By its name it is the customs declaration; the documented fact is the clearance.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub declared_at: Option<FactTime>,
    /// Says how far the last-mile carrier is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub carrier_state: Option<CarrierState>,
    /// Time at which the shipment was handed over to the last-mile carrier.
    ///
    /// Assumed: The field is matched with the documented fact by its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub carrier_received_at: Option<FactTime>,
    /// Time at which the last-mile carrier delivered the shipment.
    ///
    /// Assumed: The field is matched with the documented fact by its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub carrier_delivered_at: Option<FactTime>,
    /// Lists the articles inside. May be absent.
    #[serde(
        default,
        deserialize_with = "lenient::list",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub line_items: Vec<LineItem>,
}

/// Represents an article inside a shipment.
///
/// Observed, not documented: PostCo/exporto_api 0.1.0.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct LineItem {
    /// Identifies the article. Further keys are possible.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub article_id: Option<String>,
}

/// Holds tours as a bare array, without an object around it.
///
/// Assumed: Elements are objects; plain ids, also as integers, are read as well.
pub type TourList = Vec<Tour>;

/// Represents a tour. A date of the closing is likely, but its key is not known: look into `extra`.
///
/// Assumed: The key is spelled `tourId`.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Tour {
    /// Identifies the tour.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tour_id: Option<TourId>,
    /// Fields that the spec does not know.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// Leaves out the fields that hold, or may hold, personal data.
impl fmt::Debug for Tour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tour")
            .field("tour_id", &self.tour_id)
            .finish_non_exhaustive()
    }
}

/// Lists every shipment of a pickup, by its id or by its carrier's number: exactly one of the two
/// lists.
///
/// Source: help centre daily closing.
///
/// Assumed: Exactly one list is sent, and it is not empty.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CreateTour {
    /// Holds the ids of the shipments. Must be complete.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shipment_ids: Option<Vec<ShipmentId>>,
    /// Holds the carriers' numbers of the shipments. Must be complete.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub foreign_outbound_tracking_ids: Option<Vec<String>>,
}

impl CreateTour {
    /// Creates an empty value; every field of `CreateTour` is optional.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets [`shipment_ids`](Self::shipment_ids).
    #[must_use]
    pub fn shipment_ids(
        mut self,
        shipment_ids: impl IntoIterator<Item = impl Into<ShipmentId>>,
    ) -> Self {
        self.shipment_ids = Some(shipment_ids.into_iter().map(Into::into).collect());
        self
    }

    /// Sets [`foreign_outbound_tracking_ids`](Self::foreign_outbound_tracking_ids).
    #[must_use]
    pub fn foreign_outbound_tracking_ids(
        mut self,
        foreign_outbound_tracking_ids: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        self.foreign_outbound_tracking_ids = Some(
            foreign_outbound_tracking_ids
                .into_iter()
                .map(Into::into)
                .collect(),
        );
        self
    }

    /// Checks the documented limits without a call.
    ///
    /// # Errors
    /// Names the first field outside of its limits, and what is allowed.
    pub fn validate(&self) -> Result<(), Error> {
        checks::count(
            "shipmentIds",
            self.shipment_ids.as_ref().map(Vec::len),
            1,
            usize::MAX,
        )?;
        checks::count(
            "foreignOutboundTrackingIds",
            self.foreign_outbound_tracking_ids.as_ref().map(Vec::len),
            1,
            usize::MAX,
        )?;
        Ok(())
    }
}

/// Holds label methods as a bare array, without an object around it.
///
/// Observed, not documented: PostCo/exporto_api 0.1.0.
pub type LabelMethodList = Vec<LabelMethod>;

/// Represents a carrier product of the account.
///
/// Observed, not documented: PostCo/exporto_api 0.1.0.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct LabelMethod {
    /// Names the direction of the labels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direction: Option<LabelDirection>,
    /// Names the carrier for people.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub carrier_name: Option<String>,
    /// Identifies the method in the account; fixes carrier and direction. The help centre calls it
    /// `shipmentMethodId`.
    #[serde(
        default,
        deserialize_with = "lenient::integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub method_id: Option<i64>,
    /// Names the product for people.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub name: Option<String>,
}

/// Describes a label: whose order, which product, how heavy, and the address. Takes neither customs
/// data nor articles.
///
/// Observed, not documented: PostCo/exporto_api 0.1.0.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CreateLabel {
    /// Names the order.
    pub order: LabelOrder,
    /// Names carrier, direction and format.
    pub product: LabelProduct,
    /// Describes the package.
    pub package: LabelPackage,
    /// Holds the recipient; for an inbound label the customer who sends the return.
    pub address: LabelAddress,
}

impl CreateLabel {
    /// Creates the value with what the provider requires.
    #[must_use]
    pub fn new(
        order: LabelOrder,
        product: LabelProduct,
        package: LabelPackage,
        address: LabelAddress,
    ) -> Self {
        Self {
            order,
            product,
            package,
            address,
        }
    }

    /// Checks the documented limits without a call.
    ///
    /// # Errors
    /// Names the first field outside of its limits, and what is allowed.
    pub fn validate(&self) -> Result<(), Error> {
        checks::length(
            "order.customerFacingId",
            Some(&self.order.customer_facing_id),
            1,
            usize::MAX,
        )?;
        checks::range("package.weight", Some(self.package.weight), 1, i64::MAX)?;
        checks::length(
            "package.reference",
            Some(&self.package.reference),
            1,
            usize::MAX,
        )?;
        checks::length("address.name", Some(&self.address.name), 1, usize::MAX)?;
        checks::length("address.line1", Some(&self.address.line1), 1, usize::MAX)?;
        checks::length("address.city", Some(&self.address.city), 1, usize::MAX)?;
        checks::length(
            "address.postCode",
            Some(&self.address.post_code),
            1,
            usize::MAX,
        )?;
        checks::length(
            "address.countryCode",
            Some(&self.address.country_code),
            2,
            2,
        )?;
        checks::characters(
            "address.countryCode",
            Some(&self.address.country_code),
            "A-Z",
            |letter| letter.is_ascii_uppercase(),
        )?;
        Ok(())
    }
}

/// Names the order of a label.
///
/// Observed, not documented: PostCo/exporto_api 0.1.0.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct LabelOrder {
    /// Holds the order number that the customer knows.
    pub customer_facing_id: String,
}

impl LabelOrder {
    /// Creates the value with what the provider requires.
    #[must_use]
    pub fn new(customer_facing_id: impl Into<String>) -> Self {
        Self {
            customer_facing_id: customer_facing_id.into(),
        }
    }

    /// Checks the documented limits without a call.
    ///
    /// # Errors
    /// Names the first field outside of its limits, and what is allowed.
    pub fn validate(&self) -> Result<(), Error> {
        checks::length(
            "customerFacingId",
            Some(&self.customer_facing_id),
            1,
            usize::MAX,
        )?;
        Ok(())
    }
}

/// Names the carrier product of a label and the format.
///
/// Observed, not documented: PostCo/exporto_api 0.1.0.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct LabelProduct {
    /// Holds the id from the list of label methods. The help centre calls it `shipmentMethodId`.
    pub method_id: i64,
    /// Names the format.
    pub format: LabelFormat,
}

impl LabelProduct {
    /// Creates the value with what the provider requires.
    #[must_use]
    pub fn new(method_id: i64, format: impl Into<LabelFormat>) -> Self {
        Self {
            method_id,
            format: format.into(),
        }
    }
}

/// Describes the package of a label.
///
/// Observed, not documented: PostCo/exporto_api 0.1.0.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct LabelPackage {
    /// Holds the weight.
    ///
    /// Assumed: The unit is gram; nobody states it.
    pub weight: i64,
    /// Holds a reference of the client.
    pub reference: String,
}

impl LabelPackage {
    /// Creates the value with what the provider requires.
    #[must_use]
    pub fn new(weight: i64, reference: impl Into<String>) -> Self {
        Self {
            weight,
            reference: reference.into(),
        }
    }

    /// Checks the documented limits without a call.
    ///
    /// # Errors
    /// Names the first field outside of its limits, and what is allowed.
    pub fn validate(&self) -> Result<(), Error> {
        checks::range("weight", Some(self.weight), 1, i64::MAX)?;
        checks::length("reference", Some(&self.reference), 1, usize::MAX)?;
        Ok(())
    }
}

/// Holds the address of a label.
///
/// Observed, not documented: PostCo/exporto_api 0.1.0.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct LabelAddress {
    /// Holds the full name.
    pub name: String,
    /// Holds the street with the house number.
    pub line1: String,
    /// Holds a second line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line2: Option<String>,
    /// Holds the town.
    pub city: String,
    /// Holds the post code as it is written, with leading zeros and spaces.
    pub post_code: String,
    /// Names the country, ISO 3166-1 with two capital letters.
    pub country_code: String,
    /// Holds an e-mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Holds a phone number; the international form with `+` was seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}

/// Shows no field, because they hold personal data.
impl fmt::Debug for LabelAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LabelAddress").finish_non_exhaustive()
    }
}

impl LabelAddress {
    /// Creates the value with what the provider requires.
    #[must_use]
    pub fn new(
        name: impl Into<String>,
        line1: impl Into<String>,
        city: impl Into<String>,
        post_code: impl Into<String>,
        country_code: impl Into<String>,
    ) -> Self {
        Self {
            name: name.into(),
            line1: line1.into(),
            city: city.into(),
            post_code: post_code.into(),
            country_code: country_code.into(),
            ..Self::default()
        }
    }

    /// Sets [`line2`](Self::line2).
    #[must_use]
    pub fn line2(mut self, line2: impl Into<String>) -> Self {
        self.line2 = Some(line2.into());
        self
    }

    /// Sets [`email`](Self::email).
    #[must_use]
    pub fn email(mut self, email: impl Into<String>) -> Self {
        self.email = Some(email.into());
        self
    }

    /// Sets [`phone`](Self::phone).
    #[must_use]
    pub fn phone(mut self, phone: impl Into<String>) -> Self {
        self.phone = Some(phone.into());
        self
    }

    /// Checks the documented limits without a call.
    ///
    /// # Errors
    /// Names the first field outside of its limits, and what is allowed.
    pub fn validate(&self) -> Result<(), Error> {
        checks::length("name", Some(&self.name), 1, usize::MAX)?;
        checks::length("line1", Some(&self.line1), 1, usize::MAX)?;
        checks::length("city", Some(&self.city), 1, usize::MAX)?;
        checks::length("postCode", Some(&self.post_code), 1, usize::MAX)?;
        checks::length("countryCode", Some(&self.country_code), 2, 2)?;
        checks::characters("countryCode", Some(&self.country_code), "A-Z", |letter| {
            letter.is_ascii_uppercase()
        })?;
        Ok(())
    }
}

/// Represents a label that was created.
///
/// Observed, not documented: PostCo/exporto_api 0.1.0.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Label {
    /// Holds the document as base64, typically a PDF. May have line breaks.
    ///
    /// Source: PostCo/exporto_api 0.1.0, help centre daily closing.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub label: Option<String>,
    /// Holds the carrier's number, which is later the inbound or outbound number of the shipment.
    ///
    /// Source: PostCo/exporto_api 0.1.0, help centre daily closing.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub tracking_code: Option<String>,
    /// Names the carrier for people.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub carrier_name: Option<String>,
    /// Holds the carrier's page for the parcel.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub tracking_url: Option<String>,
}

/// Leaves out the fields that hold, or may hold, personal data.
impl fmt::Debug for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Label")
            .field("tracking_code", &self.tracking_code)
            .field("carrier_name", &self.carrier_name)
            .field("tracking_url", &self.tracking_url)
            .finish_non_exhaustive()
    }
}

/// Describes a return shipment of an order. Names the order by exactly one of `orderId` and
/// `customerFacingId`.
///
/// Observed, not documented: PostCo/exporto_api 0.1.0.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ReturnShipment {
    /// Gives the shipment an id of the client's own choice, under which it can be read later.
    pub shipment_id: ShipmentId,
    /// Holds the number of the return label.
    pub foreign_inbound_tracking_id: String,
    /// Names the order by exporto's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_id: Option<OrderId>,
    /// Names the order by the number that the customer knows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_facing_id: Option<String>,
}

impl ReturnShipment {
    /// Creates the value with what the provider requires.
    #[must_use]
    pub fn new(
        shipment_id: impl Into<ShipmentId>,
        foreign_inbound_tracking_id: impl Into<String>,
    ) -> Self {
        Self {
            shipment_id: shipment_id.into(),
            foreign_inbound_tracking_id: foreign_inbound_tracking_id.into(),
            ..Self::default()
        }
    }

    /// Sets [`order_id`](Self::order_id).
    #[must_use]
    pub fn order_id(mut self, order_id: impl Into<OrderId>) -> Self {
        self.order_id = Some(order_id.into());
        self
    }

    /// Sets [`customer_facing_id`](Self::customer_facing_id).
    #[must_use]
    pub fn customer_facing_id(mut self, customer_facing_id: impl Into<String>) -> Self {
        self.customer_facing_id = Some(customer_facing_id.into());
        self
    }

    /// Checks the documented limits without a call.
    ///
    /// # Errors
    /// Names the first field outside of its limits, and what is allowed.
    pub fn validate(&self) -> Result<(), Error> {
        checks::length(
            "foreignInboundTrackingId",
            Some(&self.foreign_inbound_tracking_id),
            1,
            usize::MAX,
        )?;
        checks::length(
            "customerFacingId",
            self.customer_facing_id.as_deref(),
            1,
            usize::MAX,
        )?;
        Ok(())
    }
}

/// Represents an error. There is no code: the status decides, and one message comes with several of
/// them.
///
/// Observed, not documented: PostCo/exporto_api 0.1.0.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ErrorResponse {
    /// Says for people what went wrong.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub message: Option<String>,
    /// Identifies the request, unless the header `X-Request-ID` does.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub request_id: Option<String>,
    /// Stood in the place of `message` in an earlier revision of the third-party client.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub error: Option<String>,
}

/// Query parameters of `search-shipments`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SearchShipmentsQuery {
    /// Selects by the carrier's number in the country of destination.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub foreign_outbound_tracking_id: Option<String>,
    /// Selects by the number of the return label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub foreign_inbound_tracking_id: Option<String>,
    /// Selects by the time at which exporto processed the shipment. Whether it means at, since or
    /// on the day of this time is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub processed_at: Option<FilterTime>,
    /// Selects, going by its name, by the time at which `carrierReceivedAt` was last changed. Its
    /// exact meaning is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub carrier_received_at_updated_at: Option<FilterTime>,
    /// Selects, going by its name, by the time at which `carrierDeliveredAt` was last changed. Its
    /// exact meaning is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub carrier_delivered_at_updated_at: Option<FilterTime>,
    /// Restricts the result to one direction.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub type_: Option<ShipmentType>,
    /// Selects the page, counted from 0.
    ///
    /// Assumed: The first page is 0, as in every example that was seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<i64>,
    /// Sets how many shipments a page holds. Default and maximum are not known; 50 was seen.
    ///
    /// Assumed: An empty page is the last one, and so is one shorter than the size that was sent,
    /// which must then not be above the provider's maximum.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page_size: Option<i64>,
}

impl SearchShipmentsQuery {
    /// Creates an empty value; every field of `SearchShipmentsQuery` is optional.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets [`foreign_outbound_tracking_id`](Self::foreign_outbound_tracking_id).
    #[must_use]
    pub fn foreign_outbound_tracking_id(
        mut self,
        foreign_outbound_tracking_id: impl Into<String>,
    ) -> Self {
        self.foreign_outbound_tracking_id = Some(foreign_outbound_tracking_id.into());
        self
    }

    /// Sets [`foreign_inbound_tracking_id`](Self::foreign_inbound_tracking_id).
    #[must_use]
    pub fn foreign_inbound_tracking_id(
        mut self,
        foreign_inbound_tracking_id: impl Into<String>,
    ) -> Self {
        self.foreign_inbound_tracking_id = Some(foreign_inbound_tracking_id.into());
        self
    }

    /// Sets [`processed_at`](Self::processed_at).
    #[must_use]
    pub fn processed_at(mut self, processed_at: impl Into<FilterTime>) -> Self {
        self.processed_at = Some(processed_at.into());
        self
    }

    /// Sets [`carrier_received_at_updated_at`](Self::carrier_received_at_updated_at).
    #[must_use]
    pub fn carrier_received_at_updated_at(
        mut self,
        carrier_received_at_updated_at: impl Into<FilterTime>,
    ) -> Self {
        self.carrier_received_at_updated_at = Some(carrier_received_at_updated_at.into());
        self
    }

    /// Sets [`carrier_delivered_at_updated_at`](Self::carrier_delivered_at_updated_at).
    #[must_use]
    pub fn carrier_delivered_at_updated_at(
        mut self,
        carrier_delivered_at_updated_at: impl Into<FilterTime>,
    ) -> Self {
        self.carrier_delivered_at_updated_at = Some(carrier_delivered_at_updated_at.into());
        self
    }

    /// Sets [`type_`](Self::type_).
    #[must_use]
    pub fn type_(mut self, type_: impl Into<ShipmentType>) -> Self {
        self.type_ = Some(type_.into());
        self
    }

    /// Sets [`page`](Self::page).
    #[must_use]
    pub fn page(mut self, page: i64) -> Self {
        self.page = Some(page);
        self
    }

    /// Sets [`page_size`](Self::page_size).
    #[must_use]
    pub fn page_size(mut self, page_size: i64) -> Self {
        self.page_size = Some(page_size);
        self
    }

    /// Checks the documented limits without a call.
    ///
    /// # Errors
    /// Names the first field outside of its limits, and what is allowed.
    pub fn validate(&self) -> Result<(), Error> {
        checks::length(
            "foreignOutboundTrackingId",
            self.foreign_outbound_tracking_id.as_deref(),
            1,
            usize::MAX,
        )?;
        checks::length(
            "foreignInboundTrackingId",
            self.foreign_inbound_tracking_id.as_deref(),
            1,
            usize::MAX,
        )?;
        checks::range("page", self.page, 0, i64::MAX)?;
        checks::range("pageSize", self.page_size, 1, i64::MAX)?;
        Ok(())
    }
}

/// Query parameters of `list-tours`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ListToursQuery {
    /// Selects the page, counted from 0.
    ///
    /// Assumed: Tours come in pages that are counted as in the search of shipments.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<i64>,
    /// Sets how many tours a page holds.
    ///
    /// Assumed: The size of a page is set as in the search of shipments.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page_size: Option<i64>,
}

impl ListToursQuery {
    /// Creates an empty value; every field of `ListToursQuery` is optional.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets [`page`](Self::page).
    #[must_use]
    pub fn page(mut self, page: i64) -> Self {
        self.page = Some(page);
        self
    }

    /// Sets [`page_size`](Self::page_size).
    #[must_use]
    pub fn page_size(mut self, page_size: i64) -> Self {
        self.page_size = Some(page_size);
        self
    }

    /// Checks the documented limits without a call.
    ///
    /// # Errors
    /// Names the first field outside of its limits, and what is allowed.
    pub fn validate(&self) -> Result<(), Error> {
        checks::range("page", self.page, 0, i64::MAX)?;
        checks::range("pageSize", self.page_size, 1, i64::MAX)?;
        Ok(())
    }
}

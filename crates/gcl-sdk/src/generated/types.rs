// Generated from specs/gcl.yaml by `cargo xtask codegen`; change the spec, not this file.

//! Types of requests and responses, in the order of the spec.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use tracking_core::Timestamp;
use tracking_http::json::lenient;
use tracking_http::{Error, checks};

tracking_core::kit::string_type! {
    /// Holds when a checkpoint happened: RFC 3339, in UTC with `Z` in every known example.
    ///
    /// The `Z` is a claim: the data provider behind it may not know the zone of the place.
    ///
    /// Source: docs: api/tracking_details; support: 11712257.
    pub struct CheckPointTime;
}

impl CheckPointTime {
    /// Parses the string and keeps how much it says about its zone.
    #[must_use]
    pub fn timestamp(&self) -> Timestamp {
        Timestamp::parse(self.as_str())
    }
}

tracking_core::kit::string_type! {
    /// Holds the expected day of delivery, such as `2026-09-15`; an empty string when it is
    /// unknown.
    ///
    /// Source: support: 11712257; example: api/tracking_details.
    pub struct ExpectedDeliveryDate;
}

impl ExpectedDeliveryDate {
    /// Parses the string and keeps how much it says about its zone.
    #[must_use]
    pub fn timestamp(&self) -> Timestamp {
        Timestamp::parse(self.as_str())
    }
}

tracking_core::kit::open_enum! {
    /// Names the state at a checkpoint.
    ///
    /// The provider's table has ten values. Three spellings are shown in its example: `in_transit`,
    /// `out_for_delivery` and `delivered`. The other seven are known in translation only.
    ///
    /// Source: support: 11712257; example: api/tracking_details.
    ///
    /// Assumed: The spellings of the seven values `registered`, `failed_attempt`,
    /// `shipping_exception`, `available_for_pickup`, `shipped`, `returned` and `not_picked_up`, and
    /// what they mean beyond their translated names; others that may be meant instead are
    /// understood as well.
    pub enum StatusUid {
        /// Announced; the carrier does not have the parcel yet. Assumed spelling.
        Registered = "registered",
        /// On its way, customs included.
        InTransit = "in_transit",
        /// With the courier for delivery.
        OutForDelivery = "out_for_delivery",
        /// A delivery was tried and failed. Assumed spelling; `attempt_failed` and
        /// `failed_delivery_attempt` are understood as well.
        FailedAttempt = "failed_attempt",
        /// Damage, a hold, a wrong address and the like. Assumed spelling; `shipment_exception` is
        /// as likely, and `exception` is understood as well.
        ShippingException = "shipping_exception",
        /// Waits at a pick-up point. Assumed spelling; `available_for_pick_up` is understood as
        /// well.
        AvailableForPickup = "available_for_pickup",
        /// Delivered.
        Delivered = "delivered",
        /// Left the sender and was handed to the carrier. Assumed spelling; `sent` and `dispatched`
        /// are understood as well.
        Shipped = "shipped",
        /// Back at the sender, or on the way back. Assumed spelling.
        Returned = "returned",
        /// Not collected in time; usually goes back. Assumed spelling; `not_collected`,
        /// `uncollected` and `unclaimed` are understood as well.
        NotPickedUp = "not_picked_up",
    }
}

tracking_core::kit::open_enum! {
    /// Names the reason of an error. Only one is published.
    ///
    /// Source: docs: api/tracking_details; support: 11712257.
    pub enum ErrorCode {
        /// No tracking details are known for the number.
        TrackingDetailsNotFound = "TRACKING_DETAILS_NOT_FOUND",
    }
}

tracking_core::kit::open_enum! {
    /// Names the unit of all weights of a request. Further units are not known and can be sent.
    ///
    /// Source: example: api/order_create.
    pub enum WeightUnit {
        /// Gram.
        G = "g",
    }
}

tracking_core::kit::open_enum! {
    /// Names the unit of all lengths of a request. Further units are not known and can be sent.
    ///
    /// Source: example: api/order_create.
    pub enum DimensionUnit {
        /// Millimetre.
        Mm = "mm",
    }
}

tracking_core::kit::open_enum! {
    /// Names the file format of the label. Further formats are not known and can be sent.
    ///
    /// Source: example: api/order_create.
    pub enum LabelFormat {
        /// A PDF document.
        Pdf = "pdf",
    }
}

tracking_core::kit::open_enum! {
    /// Names the form of a package. Further forms are not known and can be sent.
    ///
    /// Source: example: api/order_create.
    pub enum BoxType {
        /// A box.
        Rectangle = "rectangle",
    }
}

tracking_core::kit::open_enum! {
    /// Names a level of service, for which the cheapest method is chosen. A third level is not
    /// known and can be sent.
    ///
    /// Source: example: api/order_create; support: 11176160.
    pub enum Tier {
        /// The usual transit time.
        Standard = "standard",
        /// One or two business days.
        Express = "express",
    }
}

/// Describes what is to be shipped, from where to where.
///
/// The keys are those of the provider's example. What is not set is sent empty or null, because
/// nothing says whether a key may be left out.
///
/// Source: example: api/shipping_methods_quote.
///
/// Assumed: Reference, currency, options, receiver, sender and packages are required; every other
/// key may be empty or null, which the example shows for some of them only.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct QuoteShippingMethods {
    /// Holds the client's own reference of the order.
    pub order_reference_id: String,
    /// Names the currency of all values, with three capital letters.
    ///
    /// Assumed: The code is one of ISO 4217.
    pub currency: String,
    /// Sets the units and the format of the label.
    pub options: Options,
    /// Names the client that the partner ships for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partner: Option<Partner>,
    /// Describes who gets the packages.
    pub receiver: Receiver,
    /// Describes who sends the packages.
    pub sender: Sender,
    /// Lists the packages, at least one.
    pub packages: Vec<Package>,
}

impl QuoteShippingMethods {
    /// Creates the value with what the provider requires.
    #[must_use]
    pub fn new(
        order_reference_id: impl Into<String>,
        currency: impl Into<String>,
        options: Options,
        receiver: Receiver,
        sender: Sender,
        packages: impl IntoIterator<Item = Package>,
    ) -> Self {
        Self {
            order_reference_id: order_reference_id.into(),
            currency: currency.into(),
            options,
            receiver,
            sender,
            packages: packages.into_iter().collect(),
            partner: None,
        }
    }

    /// Sets [`partner`](Self::partner).
    #[must_use]
    pub fn partner(mut self, partner: Partner) -> Self {
        self.partner = Some(partner);
        self
    }

    /// Checks the documented limits without a call.
    ///
    /// # Errors
    /// Names the first field outside of its limits, and what is allowed.
    pub fn validate(&self) -> Result<(), Error> {
        checks::length(
            "orderReferenceId",
            Some(&self.order_reference_id),
            1,
            usize::MAX,
        )?;
        checks::length("currency", Some(&self.currency), 3, 3)?;
        checks::characters("currency", Some(&self.currency), "A-Z", |letter| {
            letter.is_ascii_uppercase()
        })?;
        checks::length(
            "receiver.address.country",
            Some(&self.receiver.address.country),
            2,
            2,
        )?;
        checks::characters(
            "receiver.address.country",
            Some(&self.receiver.address.country),
            "A-Z",
            |letter| letter.is_ascii_uppercase(),
        )?;
        checks::length(
            "sender.address.country",
            Some(&self.sender.address.country),
            2,
            2,
        )?;
        checks::characters(
            "sender.address.country",
            Some(&self.sender.address.country),
            "A-Z",
            |letter| letter.is_ascii_uppercase(),
        )?;
        checks::count("packages", Some(self.packages.len()), 1, usize::MAX)?;
        for item in &self.packages {
            checks::length(
                "packages.packageReferenceId",
                Some(&item.package_reference_id),
                1,
                usize::MAX,
            )?;
            for item in &item.items {
                checks::length(
                    "packages.items.itemReferenceId",
                    Some(&item.item_reference_id),
                    1,
                    usize::MAX,
                )?;
                checks::range("packages.items.quantity", Some(item.quantity), 1, i64::MAX)?;
                checks::length(
                    "packages.items.countryOfOrigin",
                    item.country_of_origin.as_deref(),
                    2,
                    2,
                )?;
                checks::characters(
                    "packages.items.countryOfOrigin",
                    item.country_of_origin.as_deref(),
                    "A-Z",
                    |letter| letter.is_ascii_uppercase(),
                )?;
            }
        }
        Ok(())
    }
}

/// Describes what is to be shipped, from where to where, and how: a quote's description with a
/// shipping method.
///
/// Source: example: api/order_create.
///
/// Assumed: The shipping method is required.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CreateShippingOrder {
    /// Holds the client's own reference of the order.
    pub order_reference_id: String,
    /// Names the currency of all values, with three capital letters.
    ///
    /// Assumed: The code is one of ISO 4217.
    pub currency: String,
    /// Sets the units and the format of the label.
    pub options: Options,
    /// Names the client that the partner ships for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partner: Option<Partner>,
    /// Describes who gets the packages.
    pub receiver: Receiver,
    /// Describes who sends the packages.
    pub sender: Sender,
    /// Lists the packages, at least one.
    pub packages: Vec<Package>,
    /// Selects the shipping method, by tier or by carrier and method.
    pub shipping_method: ShippingMethodSelection,
}

impl CreateShippingOrder {
    /// Creates the value with what the provider requires.
    #[must_use]
    pub fn new(
        order_reference_id: impl Into<String>,
        currency: impl Into<String>,
        options: Options,
        receiver: Receiver,
        sender: Sender,
        packages: impl IntoIterator<Item = Package>,
        shipping_method: ShippingMethodSelection,
    ) -> Self {
        Self {
            order_reference_id: order_reference_id.into(),
            currency: currency.into(),
            options,
            receiver,
            sender,
            packages: packages.into_iter().collect(),
            shipping_method,
            partner: None,
        }
    }

    /// Sets [`partner`](Self::partner).
    #[must_use]
    pub fn partner(mut self, partner: Partner) -> Self {
        self.partner = Some(partner);
        self
    }

    /// Checks the documented limits without a call.
    ///
    /// # Errors
    /// Names the first field outside of its limits, and what is allowed.
    pub fn validate(&self) -> Result<(), Error> {
        checks::length(
            "orderReferenceId",
            Some(&self.order_reference_id),
            1,
            usize::MAX,
        )?;
        checks::length("currency", Some(&self.currency), 3, 3)?;
        checks::characters("currency", Some(&self.currency), "A-Z", |letter| {
            letter.is_ascii_uppercase()
        })?;
        checks::length(
            "receiver.address.country",
            Some(&self.receiver.address.country),
            2,
            2,
        )?;
        checks::characters(
            "receiver.address.country",
            Some(&self.receiver.address.country),
            "A-Z",
            |letter| letter.is_ascii_uppercase(),
        )?;
        checks::length(
            "sender.address.country",
            Some(&self.sender.address.country),
            2,
            2,
        )?;
        checks::characters(
            "sender.address.country",
            Some(&self.sender.address.country),
            "A-Z",
            |letter| letter.is_ascii_uppercase(),
        )?;
        checks::count("packages", Some(self.packages.len()), 1, usize::MAX)?;
        for item in &self.packages {
            checks::length(
                "packages.packageReferenceId",
                Some(&item.package_reference_id),
                1,
                usize::MAX,
            )?;
            for item in &item.items {
                checks::length(
                    "packages.items.itemReferenceId",
                    Some(&item.item_reference_id),
                    1,
                    usize::MAX,
                )?;
                checks::range("packages.items.quantity", Some(item.quantity), 1, i64::MAX)?;
                checks::length(
                    "packages.items.countryOfOrigin",
                    item.country_of_origin.as_deref(),
                    2,
                    2,
                )?;
                checks::characters(
                    "packages.items.countryOfOrigin",
                    item.country_of_origin.as_deref(),
                    "A-Z",
                    |letter| letter.is_ascii_uppercase(),
                )?;
            }
        }
        Ok(())
    }
}

/// Selects a shipping method: either a tier, or a carrier and one of its methods.
///
/// What is not used is sent as an empty string, as the provider's example does beside a tier.
///
/// Source: example: api/order_create; support: 10054529.
///
/// Assumed: A tier and a method exclude each other, since nothing says which of them would win;
/// beside a method the tier is an empty string.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ShippingMethodSelection {
    /// Names the method by the uid of a quote.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uid: Option<String>,
    /// Names the carrier of the method.
    ///
    /// Assumed: The uid of a quote is expected (`ups`), not the name that an order returns (`UPS`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub carrier: Option<String>,
    /// Names the level of service.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tier: Option<Tier>,
}

impl ShippingMethodSelection {
    /// Creates an empty value; every field of `ShippingMethodSelection` is optional.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets [`uid`](Self::uid).
    #[must_use]
    pub fn uid(mut self, uid: impl Into<String>) -> Self {
        self.uid = Some(uid.into());
        self
    }

    /// Sets [`carrier`](Self::carrier).
    #[must_use]
    pub fn carrier(mut self, carrier: impl Into<String>) -> Self {
        self.carrier = Some(carrier.into());
        self
    }

    /// Sets [`tier`](Self::tier).
    #[must_use]
    pub fn tier(mut self, tier: impl Into<Tier>) -> Self {
        self.tier = Some(tier.into());
        self
    }
}

/// Sets the units of a request and the format of the label.
///
/// Source: example: api/order_create.
///
/// Assumed: All three are required, since weights and lengths mean nothing without a unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Options {
    /// Names the unit of all weights of a request. Further units are not known and can be sent.
    pub weight_unit: WeightUnit,
    /// Names the unit of all lengths of a request. Further units are not known and can be sent.
    pub dimension_unit: DimensionUnit,
    /// Sets the format of the label.
    pub label: LabelOptions,
}

impl Options {
    /// Creates the value with what the provider requires.
    #[must_use]
    pub fn new(
        weight_unit: impl Into<WeightUnit>,
        dimension_unit: impl Into<DimensionUnit>,
        label: LabelOptions,
    ) -> Self {
        Self {
            weight_unit: weight_unit.into(),
            dimension_unit: dimension_unit.into(),
            label,
        }
    }
}

/// Sets the format of the label.
///
/// Source: example: api/order_create.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct LabelOptions {
    /// Names the file format of the label. Further formats are not known and can be sent.
    pub format: LabelFormat,
}

impl LabelOptions {
    /// Creates the value with what the provider requires.
    #[must_use]
    pub fn new(format: impl Into<LabelFormat>) -> Self {
        Self {
            format: format.into(),
        }
    }
}

/// Names the client that the partner ships for.
///
/// Source: example: api/order_create.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Partner {
    /// Holds the client's name.
    pub client_name: String,
}

impl Partner {
    /// Creates the value with what the provider requires.
    #[must_use]
    pub fn new(client_name: impl Into<String>) -> Self {
        Self {
            client_name: client_name.into(),
        }
    }
}

/// Describes who gets the packages.
///
/// Source: example: api/order_create.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Receiver {
    /// Names the person or company.
    pub person: Person,
    /// Holds the address.
    pub address: Address,
    /// Holds what customs asks of the receiver.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customs: Option<ReceiverCustoms>,
}

/// Shows no field, because they hold personal data.
impl fmt::Debug for Receiver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receiver").finish_non_exhaustive()
    }
}

impl Receiver {
    /// Creates the value with what the provider requires.
    #[must_use]
    pub fn new(person: Person, address: Address) -> Self {
        Self {
            person,
            address,
            ..Self::default()
        }
    }

    /// Sets [`customs`](Self::customs).
    #[must_use]
    pub fn customs(mut self, customs: ReceiverCustoms) -> Self {
        self.customs = Some(customs);
        self
    }

    /// Checks the documented limits without a call.
    ///
    /// # Errors
    /// Names the first field outside of its limits, and what is allowed.
    pub fn validate(&self) -> Result<(), Error> {
        checks::length("address.country", Some(&self.address.country), 2, 2)?;
        checks::characters(
            "address.country",
            Some(&self.address.country),
            "A-Z",
            |letter| letter.is_ascii_uppercase(),
        )?;
        Ok(())
    }
}

/// Describes who sends the packages.
///
/// Source: example: api/order_create.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Sender {
    /// Names the person or company.
    pub person: Person,
    /// Holds the address.
    pub address: Address,
    /// Holds what customs asks of the sender.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customs: Option<SenderCustoms>,
}

/// Shows no field, because they hold personal data.
impl fmt::Debug for Sender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sender").finish_non_exhaustive()
    }
}

impl Sender {
    /// Creates the value with what the provider requires.
    #[must_use]
    pub fn new(person: Person, address: Address) -> Self {
        Self {
            person,
            address,
            ..Self::default()
        }
    }

    /// Sets [`customs`](Self::customs).
    #[must_use]
    pub fn customs(mut self, customs: SenderCustoms) -> Self {
        self.customs = Some(customs);
        self
    }

    /// Checks the documented limits without a call.
    ///
    /// # Errors
    /// Names the first field outside of its limits, and what is allowed.
    pub fn validate(&self) -> Result<(), Error> {
        checks::length("address.country", Some(&self.address.country), 2, 2)?;
        checks::characters(
            "address.country",
            Some(&self.address.country),
            "A-Z",
            |letter| letter.is_ascii_uppercase(),
        )?;
        Ok(())
    }
}

/// Names a person or a company. What does not apply is sent as an empty string.
///
/// Source: example: api/order_create.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Person {
    /// Holds the first name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_name: Option<String>,
    /// Holds the last name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_name: Option<String>,
    /// Holds the name of the company.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
    /// Holds the e-mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Holds the telephone number as it is written, with its zeros and spaces.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}

/// Shows no field, because they hold personal data.
impl fmt::Debug for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Person").finish_non_exhaustive()
    }
}

impl Person {
    /// Creates an empty value; every field of `Person` is optional.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets [`first_name`](Self::first_name).
    #[must_use]
    pub fn first_name(mut self, first_name: impl Into<String>) -> Self {
        self.first_name = Some(first_name.into());
        self
    }

    /// Sets [`last_name`](Self::last_name).
    #[must_use]
    pub fn last_name(mut self, last_name: impl Into<String>) -> Self {
        self.last_name = Some(last_name.into());
        self
    }

    /// Sets [`company`](Self::company).
    #[must_use]
    pub fn company(mut self, company: impl Into<String>) -> Self {
        self.company = Some(company.into());
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
}

/// Holds an address. Street and house number are beside the first line, which holds both.
///
/// Source: example: api/order_create.
///
/// Assumed: Country, city, post code and the first line are required, and may be empty except for
/// the country.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Address {
    /// Names the country with two capital letters.
    ///
    /// Assumed: The code is one of ISO 3166-1.
    pub country: String,
    /// Names the state or county; empty where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// Names the city.
    pub city: String,
    /// Holds the post code. Lower case, unlike `postCode` of sibling APIs.
    pub postcode: String,
    /// Holds street and house number.
    pub address_line1: String,
    /// Holds a second line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address_line2: Option<String>,
    /// Holds a third line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address_line3: Option<String>,
    /// Names the street alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub street: Option<String>,
    /// Holds the house number alone, a string: `12a`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub house_number: Option<String>,
    /// Names the suburb.
    ///
    /// Assumed: A string; the example shows null only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suburb: Option<String>,
}

/// Shows no field, because they hold personal data.
impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Address").finish_non_exhaustive()
    }
}

impl Address {
    /// Creates the value with what the provider requires.
    #[must_use]
    pub fn new(
        country: impl Into<String>,
        city: impl Into<String>,
        postcode: impl Into<String>,
        address_line1: impl Into<String>,
    ) -> Self {
        Self {
            country: country.into(),
            city: city.into(),
            postcode: postcode.into(),
            address_line1: address_line1.into(),
            ..Self::default()
        }
    }

    /// Sets [`state`](Self::state).
    #[must_use]
    pub fn state(mut self, state: impl Into<String>) -> Self {
        self.state = Some(state.into());
        self
    }

    /// Sets [`address_line2`](Self::address_line2).
    #[must_use]
    pub fn address_line2(mut self, address_line2: impl Into<String>) -> Self {
        self.address_line2 = Some(address_line2.into());
        self
    }

    /// Sets [`address_line3`](Self::address_line3).
    #[must_use]
    pub fn address_line3(mut self, address_line3: impl Into<String>) -> Self {
        self.address_line3 = Some(address_line3.into());
        self
    }

    /// Sets [`street`](Self::street).
    #[must_use]
    pub fn street(mut self, street: impl Into<String>) -> Self {
        self.street = Some(street.into());
        self
    }

    /// Sets [`house_number`](Self::house_number).
    #[must_use]
    pub fn house_number(mut self, house_number: impl Into<String>) -> Self {
        self.house_number = Some(house_number.into());
        self
    }

    /// Sets [`suburb`](Self::suburb).
    #[must_use]
    pub fn suburb(mut self, suburb: impl Into<String>) -> Self {
        self.suburb = Some(suburb.into());
        self
    }

    /// Checks the documented limits without a call.
    ///
    /// # Errors
    /// Names the first field outside of its limits, and what is allowed.
    pub fn validate(&self) -> Result<(), Error> {
        checks::length("country", Some(&self.country), 2, 2)?;
        checks::characters("country", Some(&self.country), "A-Z", |letter| {
            letter.is_ascii_uppercase()
        })?;
        Ok(())
    }
}

/// Holds what customs asks of the receiver.
///
/// Source: example: api/order_create.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ReceiverCustoms {
    /// Holds the number for value added tax.
    ///
    /// Assumed: A string; the example shows null only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vat_number: Option<String>,
}

/// Shows no field, because they hold personal data.
impl fmt::Debug for ReceiverCustoms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReceiverCustoms").finish_non_exhaustive()
    }
}

impl ReceiverCustoms {
    /// Creates an empty value; every field of `ReceiverCustoms` is optional.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets [`vat_number`](Self::vat_number).
    #[must_use]
    pub fn vat_number(mut self, vat_number: impl Into<String>) -> Self {
        self.vat_number = Some(vat_number.into());
        self
    }
}

/// Holds what customs asks of the sender. Which number is needed when is not published.
///
/// Source: example: api/order_create.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SenderCustoms {
    /// Holds the number for value added tax.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vat_number: Option<String>,
    /// Holds the number of the Import One-Stop Shop.
    ///
    /// Assumed: A string; the example shows null only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ioss_number: Option<String>,
    /// Holds the number of an economic operator.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub eori_number: Option<String>,
    /// Holds the Korean personal customs clearance code.
    ///
    /// Assumed: A string with this meaning; the example shows null only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pccc_number: Option<String>,
    /// Holds the Australian business number.
    ///
    /// Assumed: A string; the example shows null only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub australian_business_number: Option<String>,
}

/// Shows no field, because they hold personal data.
impl fmt::Debug for SenderCustoms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SenderCustoms").finish_non_exhaustive()
    }
}

impl SenderCustoms {
    /// Creates an empty value; every field of `SenderCustoms` is optional.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets [`vat_number`](Self::vat_number).
    #[must_use]
    pub fn vat_number(mut self, vat_number: impl Into<String>) -> Self {
        self.vat_number = Some(vat_number.into());
        self
    }

    /// Sets [`ioss_number`](Self::ioss_number).
    #[must_use]
    pub fn ioss_number(mut self, ioss_number: impl Into<String>) -> Self {
        self.ioss_number = Some(ioss_number.into());
        self
    }

    /// Sets [`eori_number`](Self::eori_number).
    #[must_use]
    pub fn eori_number(mut self, eori_number: impl Into<String>) -> Self {
        self.eori_number = Some(eori_number.into());
        self
    }

    /// Sets [`pccc_number`](Self::pccc_number).
    #[must_use]
    pub fn pccc_number(mut self, pccc_number: impl Into<String>) -> Self {
        self.pccc_number = Some(pccc_number.into());
        self
    }

    /// Sets [`australian_business_number`](Self::australian_business_number).
    #[must_use]
    pub fn australian_business_number(
        mut self,
        australian_business_number: impl Into<String>,
    ) -> Self {
        self.australian_business_number = Some(australian_business_number.into());
        self
    }
}

/// Describes a package. Weights and lengths are in the units of the options.
///
/// Source: example: api/order_create.
///
/// Assumed: The reference and the list of items are required; weights and lengths may have decimals
/// and none is negative.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Package {
    /// Holds the client's own reference of the package.
    pub package_reference_id: String,
    /// Holds the weight with packaging.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gross_weight: Option<f64>,
    /// Holds the weight without packaging.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub net_weight: Option<f64>,
    /// Holds the length.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub length: Option<f64>,
    /// Holds the width.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub width: Option<f64>,
    /// Holds the height.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<f64>,
    /// Names the form of a package. Further forms are not known and can be sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub box_type: Option<BoxType>,
    /// Holds the weight that follows from the volume.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub volumetric_weight: Option<f64>,
    /// Lists what is inside.
    pub items: Vec<PackageItem>,
}

impl Package {
    /// Creates the value with what the provider requires.
    #[must_use]
    pub fn new(
        package_reference_id: impl Into<String>,
        items: impl IntoIterator<Item = PackageItem>,
    ) -> Self {
        Self {
            package_reference_id: package_reference_id.into(),
            items: items.into_iter().collect(),
            ..Self::default()
        }
    }

    /// Sets [`gross_weight`](Self::gross_weight).
    #[must_use]
    pub fn gross_weight(mut self, gross_weight: f64) -> Self {
        self.gross_weight = Some(gross_weight);
        self
    }

    /// Sets [`net_weight`](Self::net_weight).
    #[must_use]
    pub fn net_weight(mut self, net_weight: f64) -> Self {
        self.net_weight = Some(net_weight);
        self
    }

    /// Sets [`length`](Self::length).
    #[must_use]
    pub fn length(mut self, length: f64) -> Self {
        self.length = Some(length);
        self
    }

    /// Sets [`width`](Self::width).
    #[must_use]
    pub fn width(mut self, width: f64) -> Self {
        self.width = Some(width);
        self
    }

    /// Sets [`height`](Self::height).
    #[must_use]
    pub fn height(mut self, height: f64) -> Self {
        self.height = Some(height);
        self
    }

    /// Sets [`box_type`](Self::box_type).
    #[must_use]
    pub fn box_type(mut self, box_type: impl Into<BoxType>) -> Self {
        self.box_type = Some(box_type.into());
        self
    }

    /// Sets [`volumetric_weight`](Self::volumetric_weight).
    #[must_use]
    pub fn volumetric_weight(mut self, volumetric_weight: f64) -> Self {
        self.volumetric_weight = Some(volumetric_weight);
        self
    }

    /// Checks the documented limits without a call.
    ///
    /// # Errors
    /// Names the first field outside of its limits, and what is allowed.
    pub fn validate(&self) -> Result<(), Error> {
        checks::length(
            "packageReferenceId",
            Some(&self.package_reference_id),
            1,
            usize::MAX,
        )?;
        for item in &self.items {
            checks::length(
                "items.itemReferenceId",
                Some(&item.item_reference_id),
                1,
                usize::MAX,
            )?;
            checks::range("items.quantity", Some(item.quantity), 1, i64::MAX)?;
            checks::length(
                "items.countryOfOrigin",
                item.country_of_origin.as_deref(),
                2,
                2,
            )?;
            checks::characters(
                "items.countryOfOrigin",
                item.country_of_origin.as_deref(),
                "A-Z",
                |letter| letter.is_ascii_uppercase(),
            )?;
        }
        Ok(())
    }
}

/// Describes what is inside a package, one line of a customs declaration.
///
/// Source: example: api/order_create.
///
/// Assumed: Reference, description, value and quantity are required.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PackageItem {
    /// Holds the client's own reference of the item.
    pub item_reference_id: String,
    /// Says what it is.
    pub description: String,
    /// Holds the value in the currency of the order. Whether of one piece or of the line is not
    /// published.
    ///
    /// Assumed: Not negative.
    pub value: f64,
    /// Holds the number of pieces.
    ///
    /// Assumed: At least one.
    pub quantity: i64,
    /// Holds the weight.
    ///
    /// Assumed: Of the whole line, as in the example.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight: Option<f64>,
    /// Holds the customs tariff code, a string with its leading zeros.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hs_code: Option<String>,
    /// Names the country of origin with two capital letters.
    ///
    /// Assumed: The code is one of ISO 3166-1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country_of_origin: Option<String>,
}

impl PackageItem {
    /// Creates the value with what the provider requires.
    #[must_use]
    pub fn new(
        item_reference_id: impl Into<String>,
        description: impl Into<String>,
        value: f64,
        quantity: i64,
    ) -> Self {
        Self {
            item_reference_id: item_reference_id.into(),
            description: description.into(),
            value,
            quantity,
            ..Self::default()
        }
    }

    /// Sets [`weight`](Self::weight).
    #[must_use]
    pub fn weight(mut self, weight: f64) -> Self {
        self.weight = Some(weight);
        self
    }

    /// Sets [`hs_code`](Self::hs_code).
    #[must_use]
    pub fn hs_code(mut self, hs_code: impl Into<String>) -> Self {
        self.hs_code = Some(hs_code.into());
        self
    }

    /// Sets [`country_of_origin`](Self::country_of_origin).
    #[must_use]
    pub fn country_of_origin(mut self, country_of_origin: impl Into<String>) -> Self {
        self.country_of_origin = Some(country_of_origin.into());
        self
    }

    /// Checks the documented limits without a call.
    ///
    /// # Errors
    /// Names the first field outside of its limits, and what is allowed.
    pub fn validate(&self) -> Result<(), Error> {
        checks::length(
            "itemReferenceId",
            Some(&self.item_reference_id),
            1,
            usize::MAX,
        )?;
        checks::range("quantity", Some(self.quantity), 1, i64::MAX)?;
        checks::length("countryOfOrigin", self.country_of_origin.as_deref(), 2, 2)?;
        checks::characters(
            "countryOfOrigin",
            self.country_of_origin.as_deref(),
            "A-Z",
            |letter| letter.is_ascii_uppercase(),
        )?;
        Ok(())
    }
}

/// Describes a parcel and what happened to it.
///
/// Values that are not known may be absent, null or empty.
///
/// Source: docs: api/tracking_details; support: 11712257.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct TrackingResponse {
    /// Identifies the order, or the response: the provider describes it in both ways.
    ///
    /// Its value in the example equals the order reference in the example of an order. Whether they
    /// are the same thing is not known.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub short_uid: Option<String>,
    /// Repeats the tracking number.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub tracking_number: Option<String>,
    /// Holds the address of the carrier's page. May have a fragment with a question mark inside:
    /// use it as it is.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub tracking_url: Option<String>,
    /// Names the shipping method, such as `sample_parcel_eu`.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub shipment_method_uid: Option<String>,
    /// Names the shipping method for people.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub shipment_method_name: Option<String>,
    /// Names the carrier. Not one name per brand: tracking says `dhl_express` where a quote says
    /// `dhl`.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub carrier_uid: Option<String>,
    /// Names the carrier for people.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub carrier_name: Option<String>,
    /// Holds the weight in grams. A string, while every weight of a request is a number.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub weight_in_grams: Option<String>,
    /// Lists what happened. May be empty. The newest comes first in the example, but no order is
    /// promised: sort by `createdAt`.
    #[serde(
        default,
        deserialize_with = "lenient::list",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub checkpoints: Vec<CheckPoint>,
}

/// Describes one thing that happened to a parcel.
///
/// Source: docs: api/tracking_details; support: 11712257.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CheckPoint {
    /// Repeats the state as a number. 1, 2 and 6 are shown beside `in_transit`, `out_for_delivery`
    /// and `delivered`; the meaning of others is not published. Decide by `status_uid`.
    #[serde(
        default,
        deserialize_with = "lenient::integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub status: Option<i64>,
    /// Names the state.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_uid: Option<StatusUid>,
    /// Holds the carrier's own text.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub message: Option<String>,
    /// Says in a few fixed words what happened, such as `Acceptance scan`. Capitals vary.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub description: Option<String>,
    /// Names the place in free text, such as `WIEN-AUT, Austria`.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub location: Option<String>,
    /// Holds when it happened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<CheckPointTime>,
    /// Holds the day of delivery that was expected then; an empty string when it was unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected_delivery_date: Option<ExpectedDeliveryDate>,
    /// Names the data provider that the checkpoint comes from, such as `aftership`. Not the person
    /// who took the parcel.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub signed_by: Option<String>,
}

/// Lists the shipping methods. Only the beginning of the provider's example is known, so unknown
/// keys are kept.
///
/// Source: example: api/shipping_methods_quote.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ShippingMethodsQuote {
    /// Lists the methods.
    #[serde(
        default,
        deserialize_with = "lenient::list",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub items: Vec<QuotedShippingMethod>,
    /// Fields that the spec does not know.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// Leaves out the fields that hold, or may hold, personal data.
impl fmt::Debug for ShippingMethodsQuote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ShippingMethodsQuote")
            .field("items", &self.items)
            .finish_non_exhaustive()
    }
}

/// Pairs a carrier with one of its methods. The provider's prose promises an availability, which
/// its example does not show, so unknown keys are kept.
///
/// Source: example: api/shipping_methods_quote.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct QuotedShippingMethod {
    /// Names the carrier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub carrier: Option<QuotedCarrier>,
    /// Describes the method.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<QuotedMethod>,
    /// Fields that the spec does not know.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// Leaves out the fields that hold, or may hold, personal data.
impl fmt::Debug for QuotedShippingMethod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("QuotedShippingMethod")
            .field("carrier", &self.carrier)
            .field("method", &self.method)
            .finish_non_exhaustive()
    }
}

/// Names a carrier.
///
/// Source: example: api/shipping_methods_quote.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct QuotedCarrier {
    /// Names the carrier for people.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub name: Option<String>,
    /// Names the carrier, such as `ups`. Other responses use other names for the same brand.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub uid: Option<String>,
}

/// Describes a shipping method with its price and transit days.
///
/// Source: example: api/shipping_methods_quote.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct QuotedMethod {
    /// Names the method for people.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub name: Option<String>,
    /// Names the method, such as `sample_parcel_eu`.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub uid: Option<String>,
    /// Holds the price. A decimal number on the wire; read as its digits, so that money is never
    /// rounded.
    ///
    /// Assumed: In the currency of the request.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub price: Option<String>,
    /// Holds the longest transit time in days.
    #[serde(
        default,
        deserialize_with = "lenient::integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub max_shipment_days: Option<i64>,
    /// Holds the shortest transit time in days.
    #[serde(
        default,
        deserialize_with = "lenient::integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub min_shipment_days: Option<i64>,
    /// Holds days that are added to the transit time.
    #[serde(
        default,
        deserialize_with = "lenient::integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub delivery_padding_days: Option<i64>,
    /// Fields that the spec does not know.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// Leaves out the fields that hold, or may hold, personal data.
impl fmt::Debug for QuotedMethod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("QuotedMethod")
            .field("name", &self.name)
            .field("uid", &self.uid)
            .field("price", &self.price)
            .field("max_shipment_days", &self.max_shipment_days)
            .field("min_shipment_days", &self.min_shipment_days)
            .field("delivery_padding_days", &self.delivery_padding_days)
            .finish_non_exhaustive()
    }
}

/// Describes an order that was created. Only the beginning of the provider's example is known, so
/// unknown keys are kept: label, tracking code and documents are among them.
///
/// Source: example: api/order_create.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ShippingOrder {
    /// Identifies the order. It looks like a UUID; treat it as an opaque string.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub order_id: Option<String>,
    /// Repeats the client's own reference.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub order_reference_id: Option<String>,
    /// Names the method that was chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shipping_method: Option<ChosenShippingMethod>,
    /// Lists the packages.
    #[serde(
        default,
        deserialize_with = "lenient::list",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub packages: Vec<ShippedPackage>,
    /// Fields that the spec does not know.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// Leaves out the fields that hold, or may hold, personal data.
impl fmt::Debug for ShippingOrder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ShippingOrder")
            .field("order_id", &self.order_id)
            .field("order_reference_id", &self.order_reference_id)
            .field("shipping_method", &self.shipping_method)
            .field("packages", &self.packages)
            .finish_non_exhaustive()
    }
}

/// Names the method that was chosen. No tier comes back.
///
/// Source: example: api/order_create.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ChosenShippingMethod {
    /// Names the carrier as people write it, such as `UPS`; a quote says `ups`.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub carrier: Option<String>,
    /// Names the method, such as `sample_parcel_eu`.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub uid: Option<String>,
    /// Fields that the spec does not know.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// Leaves out the fields that hold, or may hold, personal data.
impl fmt::Debug for ChosenShippingMethod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChosenShippingMethod")
            .field("carrier", &self.carrier)
            .field("uid", &self.uid)
            .finish_non_exhaustive()
    }
}

/// Describes a package of an order. The example breaks off after its first key, so unknown keys are
/// kept.
///
/// Source: example: api/order_create.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ShippedPackage {
    /// Repeats the client's own reference of the package.
    ///
    /// Assumed: The key, of which only the beginning is known, is spelled as in the request.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub package_reference_id: Option<String>,
    /// Fields that the spec does not know.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// Leaves out the fields that hold, or may hold, personal data.
impl fmt::Debug for ShippedPackage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ShippedPackage")
            .field("package_reference_id", &self.package_reference_id)
            .finish_non_exhaustive()
    }
}

/// Reports an error. The shape is that of the tracking endpoint; other layers may respond in other
/// shapes, or not in JSON.
///
/// Source: docs: api/tracking_details; support: 11712257.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ErrorResponse {
    /// Repeats the tracking number.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub tracking_number: Option<String>,
    /// Names the reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<ErrorCode>,
    /// Says what is wrong.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub message: Option<String>,
    /// Holds details; null in the provider's example.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub details: Option<ResponseErrorDetails>,
    /// Says what is wrong, alone.
    ///
    /// Assumed: A gateway may respond as the sibling APIs do, with this key only.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub error: Option<String>,
    /// Fields that the spec does not know.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// Leaves out the fields that hold, or may hold, personal data.
impl fmt::Debug for ErrorResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ErrorResponse")
            .field("tracking_number", &self.tracking_number)
            .field("code", &self.code)
            .field("message", &self.message)
            .field("details", &self.details)
            .field("error", &self.error)
            .finish_non_exhaustive()
    }
}

/// Holds details of an error: a single object, not a list.
///
/// Source: support: 11712257.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ResponseErrorDetails {
    /// Names the reason.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub code: Option<String>,
    /// Says what is wrong.
    ///
    /// Assumed: The key, known in translation only, is spelled like this.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub message: Option<String>,
    /// Holds a reference id; of what is not published.
    ///
    /// Assumed: The key, known in translation only, is spelled like this.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub reference: Option<String>,
    /// Fields that the spec does not know.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// Leaves out the fields that hold, or may hold, personal data.
impl fmt::Debug for ResponseErrorDetails {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseErrorDetails")
            .field("code", &self.code)
            .field("message", &self.message)
            .field("reference", &self.reference)
            .finish_non_exhaustive()
    }
}

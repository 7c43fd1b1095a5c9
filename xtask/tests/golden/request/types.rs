// Generated from specs/request.yaml by `cargo xtask codegen`; change the spec, not this file.

//! Types of requests and responses, in the order of the spec.

use std::fmt;
use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};
use tracking_http::json::lenient;
use tracking_http::{Error, checks};

tracking_core::kit::string_type! {
    /// Names a parcel.
    pub struct ParcelNumber;
}

/// The order of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum SortOrder {
    /// Oldest first.
    OldestFirst,
    /// Newest first.
    NewestFirst,
}

impl SortOrder {
    /// Every value, in the order of the provider's documentation.
    pub const KNOWN: &[Self] = &[Self::OldestFirst, Self::NewestFirst];

    /// Returns the value on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OldestFirst => "oldestFirst",
            Self::NewestFirst => "newestFirst",
        }
    }
}

impl fmt::Display for SortOrder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The size of a parcel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Size {
    /// Small.
    #[serde(rename = "1")]
    Small,
    /// Large.
    #[serde(rename = "2")]
    Large,
}

impl Size {
    /// Every value, in the order of the provider's documentation.
    pub const KNOWN: &[Self] = &[Self::Small, Self::Large];

    /// Returns the value on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Small => "1",
            Self::Large => "2",
        }
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The priority of a parcel, a number on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(into = "i64")]
#[non_exhaustive]
pub enum Priority {
    /// Low.
    Low,
    /// Normal.
    Normal,
    /// High.
    High,
}

impl Priority {
    /// Every value, in the order of the provider's documentation.
    pub const KNOWN: &[Self] = &[Self::Low, Self::Normal, Self::High];

    /// Returns the value on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Low => "1",
            Self::Normal => "3",
            Self::High => "9",
        }
    }
}

impl fmt::Display for Priority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl From<Priority> for i64 {
    fn from(value: Priority) -> Self {
        match value {
            Priority::Low => 1,
            Priority::Normal => 3,
            Priority::High => 9,
        }
    }
}

impl TryFrom<i64> for Priority {
    type Error = Error;

    fn try_from(number: i64) -> Result<Self, Error> {
        match number {
            1 => Ok(Self::Low),
            3 => Ok(Self::Normal),
            9 => Ok(Self::High),
            _ => {
                let reason = format!("must be 1, 3 or 9, not {number}");
                Err(Error::invalid_request("priority", reason).with_provider("request"))
            }
        }
    }
}

/// Reads the number, also from a string.
impl<'de> Deserialize<'de> for Priority {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error as _;
        let number = lenient::integer(deserializer)?;
        let number = number.ok_or_else(|| D::Error::custom("a number is missing"))?;
        Self::try_from(number).map_err(D::Error::custom)
    }
}

/// Describes a parcel.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CreateParcel {
    /// Names a parcel.
    pub number: ParcelNumber,
    /// The size of a parcel.
    pub size: Size,
    /// The pieces.
    pub pieces: Vec<Piece>,
    /// The country.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// The couriers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub couriers: Option<Vec<String>>,
    /// Whether it is urgent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_urgent: Option<bool>,
    /// The priority of a parcel, a number on the wire.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
    /// Who buys it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub buyer: Option<String>,
    /// The contact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<Contact>,
}

/// Leaves out the fields that hold, or may hold, personal data.
impl fmt::Debug for CreateParcel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CreateParcel")
            .field("number", &self.number)
            .field("size", &self.size)
            .field("pieces", &self.pieces)
            .field("country", &self.country)
            .field("couriers", &self.couriers)
            .field("is_urgent", &self.is_urgent)
            .field("priority", &self.priority)
            .field("contact", &self.contact)
            .finish_non_exhaustive()
    }
}

impl CreateParcel {
    /// Creates the value with what the provider requires.
    #[must_use]
    pub fn new(
        number: impl Into<ParcelNumber>,
        size: Size,
        pieces: impl IntoIterator<Item = Piece>,
    ) -> Self {
        Self {
            number: number.into(),
            size,
            pieces: pieces.into_iter().collect(),
            country: None,
            couriers: None,
            is_urgent: None,
            priority: None,
            buyer: None,
            contact: None,
        }
    }

    /// Sets [`country`](Self::country).
    #[must_use]
    pub fn country(mut self, country: impl Into<String>) -> Self {
        self.country = Some(country.into());
        self
    }

    /// Sets [`couriers`](Self::couriers).
    #[must_use]
    pub fn couriers(mut self, couriers: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.couriers = Some(couriers.into_iter().map(Into::into).collect());
        self
    }

    /// Sets [`is_urgent`](Self::is_urgent).
    #[must_use]
    pub fn is_urgent(mut self, is_urgent: bool) -> Self {
        self.is_urgent = Some(is_urgent);
        self
    }

    /// Sets [`priority`](Self::priority).
    #[must_use]
    pub fn priority(mut self, priority: Priority) -> Self {
        self.priority = Some(priority);
        self
    }

    /// Sets [`buyer`](Self::buyer).
    #[must_use]
    pub fn buyer(mut self, buyer: impl Into<String>) -> Self {
        self.buyer = Some(buyer.into());
        self
    }

    /// Sets [`contact`](Self::contact).
    #[must_use]
    pub fn contact(mut self, contact: Contact) -> Self {
        self.contact = Some(contact);
        self
    }

    /// Checks the documented limits without a call.
    ///
    /// # Errors
    /// Names the first field outside of its limits, and what is allowed.
    pub fn validate(&self) -> Result<(), Error> {
        checks::length("number", Some(self.number.as_str()), 5, 50)?;
        checks::characters(
            "number",
            Some(self.number.as_str()),
            "a-z A-Z 0-9 - _ / .",
            |letter| letter.is_ascii_alphanumeric() || "-_/.".contains(letter),
        )?;
        checks::count("pieces", Some(self.pieces.len()), 1, usize::MAX)?;
        for item in &self.pieces {
            checks::range("pieces.grams", Some(item.grams), 1, 30000)?;
        }
        checks::length("country", self.country.as_deref(), 2, 3)?;
        checks::characters("country", self.country.as_deref(), "A-Z", |letter| {
            letter.is_ascii_uppercase()
        })?;
        checks::count("couriers", self.couriers.as_ref().map(Vec::len), 0, 3)?;
        for item in self.couriers.iter().flatten() {
            checks::length("couriers", Some(item), 0, 10)?;
        }
        if let Some(contact) = &self.contact {
            checks::length("contact.name", contact.name.as_deref(), 0, 100)?;
            checks::count(
                "contact.phones",
                Some(contact.phones.len()).filter(|count| *count > 0),
                0,
                2,
            )?;
        }
        Ok(())
    }
}

/// A piece.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Piece {
    /// The weight in grams.
    pub grams: i64,
}

impl Piece {
    /// Creates the value with what the provider requires.
    #[must_use]
    pub fn new(grams: i64) -> Self {
        Self { grams }
    }

    /// Checks the documented limits without a call.
    ///
    /// # Errors
    /// Names the first field outside of its limits, and what is allowed.
    pub fn validate(&self) -> Result<(), Error> {
        checks::range("grams", Some(self.grams), 1, 30000)?;
        Ok(())
    }
}

/// A contact; sent and sent back.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Contact {
    /// The name.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub name: Option<String>,
    /// The phone numbers.
    #[serde(
        default,
        deserialize_with = "lenient::list",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub phones: Vec<String>,
}

/// Shows no field, because they hold personal data.
impl fmt::Debug for Contact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Contact").finish_non_exhaustive()
    }
}

impl Contact {
    /// Creates an empty value; every field of `Contact` is optional.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets [`name`](Self::name).
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets [`phones`](Self::phones).
    #[must_use]
    pub fn phones(mut self, phones: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.phones = phones.into_iter().map(Into::into).collect();
        self
    }

    /// Checks the documented limits without a call.
    ///
    /// # Errors
    /// Names the first field outside of its limits, and what is allowed.
    pub fn validate(&self) -> Result<(), Error> {
        checks::length("name", self.name.as_deref(), 0, 100)?;
        checks::count(
            "phones",
            Some(self.phones.len()).filter(|count| *count > 0),
            0,
            2,
        )?;
        Ok(())
    }
}

/// Several parcels.
pub type CreateParcels = Vec<CreateParcel>;

/// How many items [`CreateParcels`] may hold.
pub const CREATE_PARCELS_ITEMS: RangeInclusive<usize> = 1..=100;

/// Query parameters of `list-parcels`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ListParcelsQuery {
    /// The page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<i64>,
    /// The size of a page.
    pub limit: i64,
    /// The order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort: Option<SortOrder>,
}

impl ListParcelsQuery {
    /// Creates the value with what the provider requires.
    #[must_use]
    pub fn new(limit: i64) -> Self {
        Self {
            limit,
            ..Self::default()
        }
    }

    /// Sets [`page`](Self::page).
    #[must_use]
    pub fn page(mut self, page: i64) -> Self {
        self.page = Some(page);
        self
    }

    /// Sets [`sort`](Self::sort).
    #[must_use]
    pub fn sort(mut self, sort: SortOrder) -> Self {
        self.sort = Some(sort);
        self
    }

    /// Checks the documented limits without a call.
    ///
    /// # Errors
    /// Names the first field outside of its limits, and what is allowed.
    pub fn validate(&self) -> Result<(), Error> {
        checks::range("page", self.page, 1, i64::MAX)?;
        checks::range("limit", Some(self.limit), 1, 500)?;
        Ok(())
    }
}

/// Query parameters of `create-parcels`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ModeQuery {
    /// The mode.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<String>,
}

impl ModeQuery {
    /// Creates an empty value; every field of `ModeQuery` is optional.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets [`mode`](Self::mode).
    #[must_use]
    pub fn mode(mut self, mode: impl Into<String>) -> Self {
        self.mode = Some(mode.into());
        self
    }
}

// Generated from specs/trackingmore.yaml by `cargo xtask codegen`; change the spec, not this file.

//! Types of requests and responses, in the order of the spec.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use tracking_core::Timestamp;
use tracking_http::json::lenient;
use tracking_http::{Error, checks};

tracking_core::kit::string_type! {
    /// Identifies a tracking in the account.
    ///
    /// Opaque string, 32 hexadecimal digits in every known response. No operation takes it:
    /// trackings are addressed by carrier and number.
    ///
    /// Source: docs: api-track-get-a-single-tracking-results.
    pub struct TrackingId;
}

tracking_core::kit::string_type! {
    /// Holds a local date and time as the carrier reports it, without a zone.
    ///
    /// Two forms, also beside each other in one object: `2026-09-12 08:41` and `2026-09-12
    /// 08:41:05`. Never convert it to UTC: the zone of the place is not given, and a `Z` at the end
    /// would be no proof of one.
    ///
    /// Source: docs: api-params.
    ///
    /// Assumed: A numeric offset, which nobody has seen, is that of the place, so that such a time
    /// is an instant.
    pub struct EventDateTime;
}

impl EventDateTime {
    /// Parses the string as local time; a `Z` makes no instant of it, a numeric offset does.
    #[must_use]
    pub fn timestamp(&self) -> Timestamp {
        Timestamp::parse_local_documented(self.as_str())
    }
}

tracking_core::kit::string_type! {
    /// Holds an instant of the provider's own clock: RFC 3339 with an offset, which varies
    /// (`+08:00`, `+00:00`).
    ///
    /// Source: docs: api-track-get-a-single-tracking-results.
    pub struct RecordDateTime;
}

impl RecordDateTime {
    /// Parses the string and keeps how much it says about its zone.
    #[must_use]
    pub fn timestamp(&self) -> Timestamp {
        Timestamp::parse(self.as_str())
    }
}

tracking_core::kit::string_type! {
    /// Holds when the order was placed, as the client once sent it.
    ///
    /// Several forms: `2026-09-10 16:48`, `2026/9/8 16:51`, `2026/09/08 16:51`, an empty string,
    /// and the number 0 in responses to a registration, which means none.
    ///
    /// Source: docs: api-track-create-a-tracking-item.
    pub struct OrderCreateTime;
}

impl OrderCreateTime {
    /// Parses the string and keeps how much it says about its zone.
    #[must_use]
    pub fn timestamp(&self) -> Timestamp {
        Timestamp::parse(self.as_str())
    }
}

tracking_core::kit::open_enum! {
    /// Names the stage of a shipment or of an event: one lower-case word.
    ///
    /// Source: docs: api-logistics_status.
    ///
    /// Assumed: `inforeceived`, documented for versions 3 and 4 only, arrives in version 2 as well,
    /// as its substatuses do.
    pub enum TrackingStatus {
        /// New, the carrier was not asked yet.
        Pending = "pending",
        /// The carrier has no data, or none yet.
        Notfound = "notfound",
        /// The parcel is announced; the carrier does not have it yet. Not documented for this
        /// version.
        Inforeceived = "inforeceived",
        /// On its way.
        Transit = "transit",
        /// Out for delivery, or waiting to be collected.
        Pickup = "pickup",
        /// Delivered.
        Delivered = "delivered",
        /// A delivery was tried and failed.
        Undelivered = "undelivered",
        /// Lost, damaged, returned, refused, or stuck in customs.
        Exception = "exception",
        /// Not delivered for long; 30 days for express, 60 for post.
        Expired = "expired",
    }
}

tracking_core::kit::open_enum! {
    /// Says more precisely what happened: the status and three digits.
    ///
    /// Show it, and do not derive hard logic from it: the meaning of a code moved between editions
    /// of the documentation (005 and 009 of the exceptions), and codes of the list for versions 3
    /// and 4 arrive as well.
    ///
    /// Source: docs: api-logistics_status; support:
    /// 9-main-statuses-sub-statuses-of-shipments-in-trackingmore-tlkfjm.
    pub enum TrackingSubstatus {
        /// No information yet. Of version 4.
        Pending001 = "pending001",
        /// The number may not fit the carrier. Of version 4.
        Pending002 = "pending002",
        /// The carrier says that the number is not its own. Of version 4.
        Pending003 = "pending003",
        /// The parcel is announced and about to be picked up; also seen with the status `transit`.
        Notfound001 = "notfound001",
        /// No information.
        Notfound002 = "notfound002",
        /// Waiting for pick-up. Of the later list.
        Inforeceived001 = "inforeceived001",
        /// On the way; the usual code.
        Transit001 = "transit001",
        /// Arrived at a hub. An older edition reads "left the transit country".
        Transit002 = "transit002",
        /// Arrived at the delivery facility.
        Transit003 = "transit003",
        /// Arrived in the country of destination.
        Transit004 = "transit004",
        /// Customs clearance is complete.
        Transit005 = "transit005",
        /// Dispatched. Of the later list.
        Transit006 = "transit006",
        /// Left the airport. Of the later list.
        Transit007 = "transit007",
        /// Out for delivery. Of the later list.
        Pickup001 = "pickup001",
        /// Ready for collection. Of the later list.
        Pickup002 = "pickup002",
        /// The recipient was contacted before the delivery. Of the later list.
        Pickup003 = "pickup003",
        /// Delivered.
        Delivered001 = "delivered001",
        /// Collected by the recipient.
        Delivered002 = "delivered002",
        /// Handed over and signed for.
        Delivered003 = "delivered003",
        /// Left at the door, with a neighbour, in a locker or with a doorman.
        Delivered004 = "delivered004",
        /// The address is a problem. Of the later list.
        Undelivered001 = "undelivered001",
        /// The recipient was not at home. Of the later list.
        Undelivered002 = "undelivered002",
        /// The recipient could not be reached. Of the later list.
        Undelivered003 = "undelivered003",
        /// Another reason. Of the later list.
        Undelivered004 = "undelivered004",
        /// Registered long ago without any information. Of the oldest list.
        Exception001 = "exception001",
        /// In transit for too long. Of the oldest list.
        Exception002 = "exception002",
        /// Not delivered for too long. Of the oldest list.
        Exception003 = "exception003",
        /// Nobody collected the parcel.
        Exception004 = "exception004",
        /// Another problem. An older edition reads "sent back to the sender".
        Exception005 = "exception005",
        /// Held by customs.
        Exception006 = "exception006",
        /// Damaged, lost or discarded.
        Exception007 = "exception007",
        /// Cancelled before pick-up or delivery.
        Exception008 = "exception008",
        /// Refused by the recipient. An older edition reads "returned".
        Exception009 = "exception009",
        /// Returned to the sender.
        Exception010 = "exception010",
        /// On its way back to the sender.
        Exception011 = "exception011",
        /// No update for 30 days and more. Of the later list.
        Expired001 = "expired001",
    }
}

tracking_core::kit::open_enum! {
    /// Says what kind of carrier it is.
    ///
    /// Source: docs: api-carriers-en.
    pub enum CarrierType {
        /// A courier.
        Express = "express",
        /// A postal service.
        Globalpost = "globalpost",
    }
}

/// Says whether a tracking is archived: a word and not a boolean in requests, a boolean in
/// responses.
///
/// Source: docs: api-track-update-tracking-item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum ArchiveState {
    /// The tracking is archived.
    #[serde(rename = "true")]
    Archived,
    /// The tracking is not archived.
    #[serde(rename = "false")]
    NotArchived,
}

impl ArchiveState {
    /// Every value, in the order of the provider's documentation.
    pub const KNOWN: &[Self] = &[Self::Archived, Self::NotArchived];

    /// Returns the value on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Archived => "true",
            Self::NotArchived => "false",
        }
    }
}

impl fmt::Display for ArchiveState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Sets the status of a tracking by hand, a number on the wire. Only these three can be written,
/// and none is ever read.
///
/// Source: docs: api-track-update-tracking-item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(into = "i64")]
#[non_exhaustive]
pub enum ManualStatus {
    /// Sets the tracking to delivered.
    Delivered,
    /// Sets the tracking to exception.
    Exception,
    /// Sets the tracking back to the status that the carrier gave.
    Original,
}

impl ManualStatus {
    /// Every value, in the order of the provider's documentation.
    pub const KNOWN: &[Self] = &[Self::Delivered, Self::Exception, Self::Original];

    /// Returns the value on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Delivered => "4",
            Self::Exception => "7",
            Self::Original => "8",
        }
    }
}

impl fmt::Display for ManualStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl From<ManualStatus> for i64 {
    fn from(value: ManualStatus) -> Self {
        match value {
            ManualStatus::Delivered => 4,
            ManualStatus::Exception => 7,
            ManualStatus::Original => 8,
        }
    }
}

impl TryFrom<i64> for ManualStatus {
    type Error = Error;

    fn try_from(number: i64) -> Result<Self, Error> {
        match number {
            4 => Ok(Self::Delivered),
            7 => Ok(Self::Exception),
            8 => Ok(Self::Original),
            _ => {
                let reason = format!("must be 4, 7 or 8, not {number}");
                Err(Error::invalid_request("status", reason).with_provider("trackingmore"))
            }
        }
    }
}

/// Reads the number, also from a string.
impl<'de> Deserialize<'de> for ManualStatus {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error as _;
        let number = lenient::integer(deserializer)?;
        let number = number.ok_or_else(|| D::Error::custom("a number is missing"))?;
        Self::try_from(number).map_err(D::Error::custom)
    }
}

/// Describes the number to register. Fields are left out rather than sent as null.
///
/// Source: docs: api-track-create-a-tracking-item.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CreateTracking {
    /// Names the parcel at its carrier.
    pub tracking_number: String,
    /// Names the carrier by its code from the list of carriers.
    pub carrier_code: String,
    /// Names the country of destination, ISO 3166-1 with two letters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub destination_code: Option<String>,
    /// Holds a title, free text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Names a logistics channel, free text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logistics_channel: Option<String>,
    /// Holds the recipient's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_name: Option<String>,
    /// Holds the recipient's e-mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_email: Option<String>,
    /// Holds the recipient's telephone number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_phone: Option<String>,
    /// Holds the client's order number. The realtime query calls it `order`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_id: Option<String>,
    /// Holds when the order was placed. The documentation shows `2026/9/8 16:51`, samples of the
    /// provider `2026/09/08 16:51` and `2026-09-08 12:00`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_create_time: Option<String>,
    /// Holds the day of shipping as `20260908`. Some carriers need it, such as Deutsche Post.
    ///
    /// A sample of the provider sends a Unix time in seconds, ten digits, instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tracking_ship_date: Option<String>,
    /// Holds the post code of the destination. Some carriers need it, such as Mondial Relay.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tracking_postal_code: Option<String>,
    /// Holds the account number at the carrier. Some carriers need it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tracking_account_number: Option<String>,
    /// Names the country of destination for carriers that need it. The batch and the realtime query
    /// call it `specialNumberDestination`.
    ///
    /// Assumed: Two letters are understood as well as a name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tracking_destination_country: Option<String>,
    /// Asks for event texts in this language, two letters (`en`, `cn`). Works only when the
    /// carrier's own site has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
    /// Holds free text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// Keeps the given carrier when it is 1; otherwise TrackingMore may correct a wrong carrier by
    /// itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auto_correct: Option<i64>,
}

/// Leaves out the fields that hold, or may hold, personal data.
impl fmt::Debug for CreateTracking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CreateTracking")
            .field("tracking_number", &self.tracking_number)
            .field("carrier_code", &self.carrier_code)
            .field("destination_code", &self.destination_code)
            .field("title", &self.title)
            .field("logistics_channel", &self.logistics_channel)
            .field("order_id", &self.order_id)
            .field("order_create_time", &self.order_create_time)
            .field("tracking_ship_date", &self.tracking_ship_date)
            .field("tracking_postal_code", &self.tracking_postal_code)
            .field(
                "tracking_destination_country",
                &self.tracking_destination_country,
            )
            .field("lang", &self.lang)
            .field("auto_correct", &self.auto_correct)
            .finish_non_exhaustive()
    }
}

impl CreateTracking {
    /// Creates the value with what the provider requires.
    #[must_use]
    pub fn new(tracking_number: impl Into<String>, carrier_code: impl Into<String>) -> Self {
        Self {
            tracking_number: tracking_number.into(),
            carrier_code: carrier_code.into(),
            ..Self::default()
        }
    }

    /// Sets [`destination_code`](Self::destination_code).
    #[must_use]
    pub fn destination_code(mut self, destination_code: impl Into<String>) -> Self {
        self.destination_code = Some(destination_code.into());
        self
    }

    /// Sets [`title`](Self::title).
    #[must_use]
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// Sets [`logistics_channel`](Self::logistics_channel).
    #[must_use]
    pub fn logistics_channel(mut self, logistics_channel: impl Into<String>) -> Self {
        self.logistics_channel = Some(logistics_channel.into());
        self
    }

    /// Sets [`customer_name`](Self::customer_name).
    #[must_use]
    pub fn customer_name(mut self, customer_name: impl Into<String>) -> Self {
        self.customer_name = Some(customer_name.into());
        self
    }

    /// Sets [`customer_email`](Self::customer_email).
    #[must_use]
    pub fn customer_email(mut self, customer_email: impl Into<String>) -> Self {
        self.customer_email = Some(customer_email.into());
        self
    }

    /// Sets [`customer_phone`](Self::customer_phone).
    #[must_use]
    pub fn customer_phone(mut self, customer_phone: impl Into<String>) -> Self {
        self.customer_phone = Some(customer_phone.into());
        self
    }

    /// Sets [`order_id`](Self::order_id).
    #[must_use]
    pub fn order_id(mut self, order_id: impl Into<String>) -> Self {
        self.order_id = Some(order_id.into());
        self
    }

    /// Sets [`order_create_time`](Self::order_create_time).
    #[must_use]
    pub fn order_create_time(mut self, order_create_time: impl Into<String>) -> Self {
        self.order_create_time = Some(order_create_time.into());
        self
    }

    /// Sets [`tracking_ship_date`](Self::tracking_ship_date).
    #[must_use]
    pub fn tracking_ship_date(mut self, tracking_ship_date: impl Into<String>) -> Self {
        self.tracking_ship_date = Some(tracking_ship_date.into());
        self
    }

    /// Sets [`tracking_postal_code`](Self::tracking_postal_code).
    #[must_use]
    pub fn tracking_postal_code(mut self, tracking_postal_code: impl Into<String>) -> Self {
        self.tracking_postal_code = Some(tracking_postal_code.into());
        self
    }

    /// Sets [`tracking_account_number`](Self::tracking_account_number).
    #[must_use]
    pub fn tracking_account_number(mut self, tracking_account_number: impl Into<String>) -> Self {
        self.tracking_account_number = Some(tracking_account_number.into());
        self
    }

    /// Sets [`tracking_destination_country`](Self::tracking_destination_country).
    #[must_use]
    pub fn tracking_destination_country(
        mut self,
        tracking_destination_country: impl Into<String>,
    ) -> Self {
        self.tracking_destination_country = Some(tracking_destination_country.into());
        self
    }

    /// Sets [`lang`](Self::lang).
    #[must_use]
    pub fn lang(mut self, lang: impl Into<String>) -> Self {
        self.lang = Some(lang.into());
        self
    }

    /// Sets [`comment`](Self::comment).
    #[must_use]
    pub fn comment(mut self, comment: impl Into<String>) -> Self {
        self.comment = Some(comment.into());
        self
    }

    /// Sets [`auto_correct`](Self::auto_correct).
    #[must_use]
    pub fn auto_correct(mut self, auto_correct: i64) -> Self {
        self.auto_correct = Some(auto_correct);
        self
    }

    /// Checks the documented limits without a call.
    ///
    /// # Errors
    /// Names the first field outside of its limits, and what is allowed.
    pub fn validate(&self) -> Result<(), Error> {
        checks::length(
            "tracking_number",
            Some(&self.tracking_number),
            1,
            usize::MAX,
        )?;
        checks::length("carrier_code", Some(&self.carrier_code), 1, usize::MAX)?;
        checks::length("destination_code", self.destination_code.as_deref(), 2, 2)?;
        checks::characters(
            "destination_code",
            self.destination_code.as_deref(),
            "A-Z a-z",
            |letter| letter.is_ascii_alphabetic(),
        )?;
        checks::length(
            "tracking_ship_date",
            self.tracking_ship_date.as_deref(),
            8,
            10,
        )?;
        checks::characters(
            "tracking_ship_date",
            self.tracking_ship_date.as_deref(),
            "0-9",
            |letter| letter.is_ascii_digit(),
        )?;
        checks::length("lang", self.lang.as_deref(), 1, usize::MAX)?;
        checks::range("auto_correct", self.auto_correct, 0, 1)?;
        Ok(())
    }
}

/// Holds 1 to 40 numbers to register, as a bare array without an object around it.
///
/// Source: docs: api-track-create-multiple-track.
///
/// Assumed: An empty array is refused, so it is refused before the call.
pub type BatchCreateRequest = Vec<BatchCreateTracking>;

/// How many items [`BatchCreateRequest`] may hold.
pub const BATCH_CREATE_REQUEST_ITEMS: RangeInclusive<usize> = 1..=40;

/// Describes one number of a batch. The same fields as for a single one, but for the name of one:
/// `specialNumberDestination`.
///
/// Source: docs: api-track-create-multiple-track.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BatchCreateTracking {
    /// Names the parcel at its carrier.
    pub tracking_number: String,
    /// Names the carrier by its code from the list of carriers.
    pub carrier_code: String,
    /// Names the country of destination, ISO 3166-1 with two letters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub destination_code: Option<String>,
    /// Holds a title, free text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Names a logistics channel, free text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logistics_channel: Option<String>,
    /// Holds the recipient's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_name: Option<String>,
    /// Holds the recipient's e-mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_email: Option<String>,
    /// Holds the recipient's telephone number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_phone: Option<String>,
    /// Holds the client's order number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_id: Option<String>,
    /// Holds when the order was placed, as `2026/9/8 16:51`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_create_time: Option<String>,
    /// Holds the day of shipping as `20260908`, or as Unix time in seconds. Some carriers need it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tracking_ship_date: Option<String>,
    /// Holds the post code of the destination. Some carriers need it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tracking_postal_code: Option<String>,
    /// Holds the account number at the carrier. Some carriers need it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tracking_account_number: Option<String>,
    /// Names the country of destination for carriers that need it. A single registration calls it
    /// `tracking_destination_country`.
    ///
    /// Assumed: Two letters are understood as well as a name.
    #[serde(
        rename = "specialNumberDestination",
        skip_serializing_if = "Option::is_none"
    )]
    pub special_number_destination: Option<String>,
    /// Asks for event texts in this language, two letters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
    /// Holds free text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// Keeps the given carrier when it is 1.
    ///
    /// Assumed: The switch of a single registration works in a batch too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auto_correct: Option<i64>,
}

/// Leaves out the fields that hold, or may hold, personal data.
impl fmt::Debug for BatchCreateTracking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BatchCreateTracking")
            .field("tracking_number", &self.tracking_number)
            .field("carrier_code", &self.carrier_code)
            .field("destination_code", &self.destination_code)
            .field("title", &self.title)
            .field("logistics_channel", &self.logistics_channel)
            .field("order_id", &self.order_id)
            .field("order_create_time", &self.order_create_time)
            .field("tracking_ship_date", &self.tracking_ship_date)
            .field("tracking_postal_code", &self.tracking_postal_code)
            .field(
                "special_number_destination",
                &self.special_number_destination,
            )
            .field("lang", &self.lang)
            .field("auto_correct", &self.auto_correct)
            .finish_non_exhaustive()
    }
}

impl BatchCreateTracking {
    /// Creates the value with what the provider requires.
    #[must_use]
    pub fn new(tracking_number: impl Into<String>, carrier_code: impl Into<String>) -> Self {
        Self {
            tracking_number: tracking_number.into(),
            carrier_code: carrier_code.into(),
            ..Self::default()
        }
    }

    /// Sets [`destination_code`](Self::destination_code).
    #[must_use]
    pub fn destination_code(mut self, destination_code: impl Into<String>) -> Self {
        self.destination_code = Some(destination_code.into());
        self
    }

    /// Sets [`title`](Self::title).
    #[must_use]
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// Sets [`logistics_channel`](Self::logistics_channel).
    #[must_use]
    pub fn logistics_channel(mut self, logistics_channel: impl Into<String>) -> Self {
        self.logistics_channel = Some(logistics_channel.into());
        self
    }

    /// Sets [`customer_name`](Self::customer_name).
    #[must_use]
    pub fn customer_name(mut self, customer_name: impl Into<String>) -> Self {
        self.customer_name = Some(customer_name.into());
        self
    }

    /// Sets [`customer_email`](Self::customer_email).
    #[must_use]
    pub fn customer_email(mut self, customer_email: impl Into<String>) -> Self {
        self.customer_email = Some(customer_email.into());
        self
    }

    /// Sets [`customer_phone`](Self::customer_phone).
    #[must_use]
    pub fn customer_phone(mut self, customer_phone: impl Into<String>) -> Self {
        self.customer_phone = Some(customer_phone.into());
        self
    }

    /// Sets [`order_id`](Self::order_id).
    #[must_use]
    pub fn order_id(mut self, order_id: impl Into<String>) -> Self {
        self.order_id = Some(order_id.into());
        self
    }

    /// Sets [`order_create_time`](Self::order_create_time).
    #[must_use]
    pub fn order_create_time(mut self, order_create_time: impl Into<String>) -> Self {
        self.order_create_time = Some(order_create_time.into());
        self
    }

    /// Sets [`tracking_ship_date`](Self::tracking_ship_date).
    #[must_use]
    pub fn tracking_ship_date(mut self, tracking_ship_date: impl Into<String>) -> Self {
        self.tracking_ship_date = Some(tracking_ship_date.into());
        self
    }

    /// Sets [`tracking_postal_code`](Self::tracking_postal_code).
    #[must_use]
    pub fn tracking_postal_code(mut self, tracking_postal_code: impl Into<String>) -> Self {
        self.tracking_postal_code = Some(tracking_postal_code.into());
        self
    }

    /// Sets [`tracking_account_number`](Self::tracking_account_number).
    #[must_use]
    pub fn tracking_account_number(mut self, tracking_account_number: impl Into<String>) -> Self {
        self.tracking_account_number = Some(tracking_account_number.into());
        self
    }

    /// Sets [`special_number_destination`](Self::special_number_destination).
    #[must_use]
    pub fn special_number_destination(
        mut self,
        special_number_destination: impl Into<String>,
    ) -> Self {
        self.special_number_destination = Some(special_number_destination.into());
        self
    }

    /// Sets [`lang`](Self::lang).
    #[must_use]
    pub fn lang(mut self, lang: impl Into<String>) -> Self {
        self.lang = Some(lang.into());
        self
    }

    /// Sets [`comment`](Self::comment).
    #[must_use]
    pub fn comment(mut self, comment: impl Into<String>) -> Self {
        self.comment = Some(comment.into());
        self
    }

    /// Sets [`auto_correct`](Self::auto_correct).
    #[must_use]
    pub fn auto_correct(mut self, auto_correct: i64) -> Self {
        self.auto_correct = Some(auto_correct);
        self
    }

    /// Checks the documented limits without a call.
    ///
    /// # Errors
    /// Names the first field outside of its limits, and what is allowed.
    pub fn validate(&self) -> Result<(), Error> {
        checks::length(
            "tracking_number",
            Some(&self.tracking_number),
            1,
            usize::MAX,
        )?;
        checks::length("carrier_code", Some(&self.carrier_code), 1, usize::MAX)?;
        checks::length("destination_code", self.destination_code.as_deref(), 2, 2)?;
        checks::characters(
            "destination_code",
            self.destination_code.as_deref(),
            "A-Z a-z",
            |letter| letter.is_ascii_alphabetic(),
        )?;
        checks::length(
            "tracking_ship_date",
            self.tracking_ship_date.as_deref(),
            8,
            10,
        )?;
        checks::characters(
            "tracking_ship_date",
            self.tracking_ship_date.as_deref(),
            "0-9",
            |letter| letter.is_ascii_digit(),
        )?;
        checks::length("lang", self.lang.as_deref(), 1, usize::MAX)?;
        checks::range("auto_correct", self.auto_correct, 0, 1)?;
        Ok(())
    }
}

/// Describes what to change on a tracking. Every field is optional; what is left out stays as it
/// is.
///
/// Source: docs: api-track-update-tracking-item.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct UpdateTracking {
    /// Holds a title, free text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Names a logistics channel, free text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logistics_channel: Option<String>,
    /// Holds the recipient's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_name: Option<String>,
    /// Holds the recipient's e-mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_email: Option<String>,
    /// Holds the recipient's telephone number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_phone: Option<String>,
    /// Holds the client's order number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_id: Option<String>,
    /// Names the country of destination, ISO 3166-1 with two letters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub destination_code: Option<String>,
    /// Archives the tracking or takes it out of the archive. A word on the wire, not a boolean.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub archived: Option<ArchiveState>,
    /// Sets the status by hand. A number on the wire; samples of the provider send it as a string.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<ManualStatus>,
}

/// Leaves out the fields that hold, or may hold, personal data.
impl fmt::Debug for UpdateTracking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UpdateTracking")
            .field("title", &self.title)
            .field("logistics_channel", &self.logistics_channel)
            .field("order_id", &self.order_id)
            .field("destination_code", &self.destination_code)
            .field("archived", &self.archived)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

impl UpdateTracking {
    /// Creates an empty value; every field of `UpdateTracking` is optional.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets [`title`](Self::title).
    #[must_use]
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// Sets [`logistics_channel`](Self::logistics_channel).
    #[must_use]
    pub fn logistics_channel(mut self, logistics_channel: impl Into<String>) -> Self {
        self.logistics_channel = Some(logistics_channel.into());
        self
    }

    /// Sets [`customer_name`](Self::customer_name).
    #[must_use]
    pub fn customer_name(mut self, customer_name: impl Into<String>) -> Self {
        self.customer_name = Some(customer_name.into());
        self
    }

    /// Sets [`customer_email`](Self::customer_email).
    #[must_use]
    pub fn customer_email(mut self, customer_email: impl Into<String>) -> Self {
        self.customer_email = Some(customer_email.into());
        self
    }

    /// Sets [`customer_phone`](Self::customer_phone).
    #[must_use]
    pub fn customer_phone(mut self, customer_phone: impl Into<String>) -> Self {
        self.customer_phone = Some(customer_phone.into());
        self
    }

    /// Sets [`order_id`](Self::order_id).
    #[must_use]
    pub fn order_id(mut self, order_id: impl Into<String>) -> Self {
        self.order_id = Some(order_id.into());
        self
    }

    /// Sets [`destination_code`](Self::destination_code).
    #[must_use]
    pub fn destination_code(mut self, destination_code: impl Into<String>) -> Self {
        self.destination_code = Some(destination_code.into());
        self
    }

    /// Sets [`archived`](Self::archived).
    #[must_use]
    pub fn archived(mut self, archived: ArchiveState) -> Self {
        self.archived = Some(archived);
        self
    }

    /// Sets [`status`](Self::status).
    #[must_use]
    pub fn status(mut self, status: ManualStatus) -> Self {
        self.status = Some(status);
        self
    }

    /// Checks the documented limits without a call.
    ///
    /// # Errors
    /// Names the first field outside of its limits, and what is allowed.
    pub fn validate(&self) -> Result<(), Error> {
        checks::length("destination_code", self.destination_code.as_deref(), 2, 2)?;
        checks::characters(
            "destination_code",
            self.destination_code.as_deref(),
            "A-Z a-z",
            |letter| letter.is_ascii_alphabetic(),
        )?;
        Ok(())
    }
}

/// Holds 1 to 200 changes, as a bare array without an object around it.
///
/// Source: docs: api-track-updatemore-tracking-item.
///
/// Assumed: The limit is the 200 items of the error 4020; the page itself names none.
pub type UpdateMoreRequest = Vec<UpdateMoreTracking>;

/// How many items [`UpdateMoreRequest`] may hold.
pub const UPDATE_MORE_REQUEST_ITEMS: RangeInclusive<usize> = 1..=200;

/// Describes what to change on one of several trackings. There is no telephone number here.
///
/// Source: docs: api-track-updatemore-tracking-item.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct UpdateMoreTracking {
    /// Names the parcel at its carrier.
    pub tracking_number: String,
    /// Names the carrier under which the number is registered.
    pub carrier_code: String,
    /// Holds a title, free text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Names a logistics channel, free text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logistics_channel: Option<String>,
    /// Holds the recipient's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_name: Option<String>,
    /// Holds the recipient's e-mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_email: Option<String>,
    /// Holds the client's order number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_id: Option<String>,
    /// Names the country of destination, ISO 3166-1 with two letters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub destination_code: Option<String>,
    /// Sets the status by hand. A number on the wire.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<ManualStatus>,
    /// Archives the tracking or takes it out of the archive. A word on the wire.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub archived: Option<ArchiveState>,
}

/// Leaves out the fields that hold, or may hold, personal data.
impl fmt::Debug for UpdateMoreTracking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UpdateMoreTracking")
            .field("tracking_number", &self.tracking_number)
            .field("carrier_code", &self.carrier_code)
            .field("title", &self.title)
            .field("logistics_channel", &self.logistics_channel)
            .field("order_id", &self.order_id)
            .field("destination_code", &self.destination_code)
            .field("status", &self.status)
            .field("archived", &self.archived)
            .finish_non_exhaustive()
    }
}

impl UpdateMoreTracking {
    /// Creates the value with what the provider requires.
    #[must_use]
    pub fn new(tracking_number: impl Into<String>, carrier_code: impl Into<String>) -> Self {
        Self {
            tracking_number: tracking_number.into(),
            carrier_code: carrier_code.into(),
            ..Self::default()
        }
    }

    /// Sets [`title`](Self::title).
    #[must_use]
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// Sets [`logistics_channel`](Self::logistics_channel).
    #[must_use]
    pub fn logistics_channel(mut self, logistics_channel: impl Into<String>) -> Self {
        self.logistics_channel = Some(logistics_channel.into());
        self
    }

    /// Sets [`customer_name`](Self::customer_name).
    #[must_use]
    pub fn customer_name(mut self, customer_name: impl Into<String>) -> Self {
        self.customer_name = Some(customer_name.into());
        self
    }

    /// Sets [`customer_email`](Self::customer_email).
    #[must_use]
    pub fn customer_email(mut self, customer_email: impl Into<String>) -> Self {
        self.customer_email = Some(customer_email.into());
        self
    }

    /// Sets [`order_id`](Self::order_id).
    #[must_use]
    pub fn order_id(mut self, order_id: impl Into<String>) -> Self {
        self.order_id = Some(order_id.into());
        self
    }

    /// Sets [`destination_code`](Self::destination_code).
    #[must_use]
    pub fn destination_code(mut self, destination_code: impl Into<String>) -> Self {
        self.destination_code = Some(destination_code.into());
        self
    }

    /// Sets [`status`](Self::status).
    #[must_use]
    pub fn status(mut self, status: ManualStatus) -> Self {
        self.status = Some(status);
        self
    }

    /// Sets [`archived`](Self::archived).
    #[must_use]
    pub fn archived(mut self, archived: ArchiveState) -> Self {
        self.archived = Some(archived);
        self
    }

    /// Checks the documented limits without a call.
    ///
    /// # Errors
    /// Names the first field outside of its limits, and what is allowed.
    pub fn validate(&self) -> Result<(), Error> {
        checks::length(
            "tracking_number",
            Some(&self.tracking_number),
            1,
            usize::MAX,
        )?;
        checks::length("carrier_code", Some(&self.carrier_code), 1, usize::MAX)?;
        checks::length("destination_code", self.destination_code.as_deref(), 2, 2)?;
        checks::characters(
            "destination_code",
            self.destination_code.as_deref(),
            "A-Z a-z",
            |letter| letter.is_ascii_alphabetic(),
        )?;
        Ok(())
    }
}

/// Names 1 to 200 trackings to delete, as a bare array without an object around it.
///
/// Source: docs: api-track-delete-multiple-tracking-item.
///
/// Assumed: The limit is the 200 items of the error 4020; the page itself names none.
pub type DeleteTrackingsRequest = Vec<TrackingKey>;

/// How many items [`DeleteTrackingsRequest`] may hold.
pub const DELETE_TRACKINGS_REQUEST_ITEMS: RangeInclusive<usize> = 1..=200;

/// Names 1 to 200 trackings to stop, as a bare array without an object around it.
///
/// Source: docs: api-track-batch-not-update.
///
/// Assumed: The limit is the 200 items of the error 4020; the page itself names none.
pub type NotUpdateRequest = Vec<TrackingKey>;

/// How many items [`NotUpdateRequest`] may hold.
pub const NOT_UPDATE_REQUEST_ITEMS: RangeInclusive<usize> = 1..=200;

/// Names one tracking of the account: the number alone does not.
///
/// Source: docs: api-track-delete-multiple-tracking-item.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TrackingKey {
    /// Names the parcel at its carrier.
    pub tracking_number: String,
    /// Names the carrier under which the number is registered.
    pub carrier_code: String,
}

impl TrackingKey {
    /// Creates the value with what the provider requires.
    #[must_use]
    pub fn new(tracking_number: impl Into<String>, carrier_code: impl Into<String>) -> Self {
        Self {
            tracking_number: tracking_number.into(),
            carrier_code: carrier_code.into(),
        }
    }

    /// Checks the documented limits without a call.
    ///
    /// # Errors
    /// Names the first field outside of its limits, and what is allowed.
    pub fn validate(&self) -> Result<(), Error> {
        checks::length(
            "tracking_number",
            Some(&self.tracking_number),
            1,
            usize::MAX,
        )?;
        checks::length("carrier_code", Some(&self.carrier_code), 1, usize::MAX)?;
        Ok(())
    }
}

/// Describes the number to ask the carrier for.
///
/// Source: docs: api-track-get-realtime-tracking-results.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RealtimeTracking {
    /// Names the parcel at its carrier.
    pub tracking_number: String,
    /// Names the carrier by its code from the list of carriers.
    pub carrier_code: String,
    /// Names the country of destination, ISO 3166-1 with two letters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub destination_code: Option<String>,
    /// Holds the day of shipping as `20260908`, or as Unix time in seconds. Some carriers need it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tracking_ship_date: Option<String>,
    /// Holds the post code of the destination. Some carriers need it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tracking_postal_code: Option<String>,
    /// Holds the account number at the carrier. Some carriers need it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tracking_account_number: Option<String>,
    /// Names the country of destination for carriers that need it. A single registration calls it
    /// `tracking_destination_country`.
    ///
    /// Assumed: Two letters are understood as well as a name.
    #[serde(
        rename = "specialNumberDestination",
        skip_serializing_if = "Option::is_none"
    )]
    pub special_number_destination: Option<String>,
    /// Holds the client's order number. A registration calls it `order_id`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<String>,
    /// Holds when the order was placed, as `2026/9/8 16:51`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_create_time: Option<String>,
    /// Asks for event texts in this language, two letters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
    /// Keeps the given carrier when it is 1.
    ///
    /// Observed, not documented: third-party client of a sister product.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auto_correct: Option<i64>,
    /// Holds free text.
    ///
    /// Observed, not documented: third-party client of a sister product.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
}

/// Leaves out the fields that hold, or may hold, personal data.
impl fmt::Debug for RealtimeTracking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RealtimeTracking")
            .field("tracking_number", &self.tracking_number)
            .field("carrier_code", &self.carrier_code)
            .field("destination_code", &self.destination_code)
            .field("tracking_ship_date", &self.tracking_ship_date)
            .field("tracking_postal_code", &self.tracking_postal_code)
            .field(
                "special_number_destination",
                &self.special_number_destination,
            )
            .field("order", &self.order)
            .field("order_create_time", &self.order_create_time)
            .field("lang", &self.lang)
            .field("auto_correct", &self.auto_correct)
            .finish_non_exhaustive()
    }
}

impl RealtimeTracking {
    /// Creates the value with what the provider requires.
    #[must_use]
    pub fn new(tracking_number: impl Into<String>, carrier_code: impl Into<String>) -> Self {
        Self {
            tracking_number: tracking_number.into(),
            carrier_code: carrier_code.into(),
            ..Self::default()
        }
    }

    /// Sets [`destination_code`](Self::destination_code).
    #[must_use]
    pub fn destination_code(mut self, destination_code: impl Into<String>) -> Self {
        self.destination_code = Some(destination_code.into());
        self
    }

    /// Sets [`tracking_ship_date`](Self::tracking_ship_date).
    #[must_use]
    pub fn tracking_ship_date(mut self, tracking_ship_date: impl Into<String>) -> Self {
        self.tracking_ship_date = Some(tracking_ship_date.into());
        self
    }

    /// Sets [`tracking_postal_code`](Self::tracking_postal_code).
    #[must_use]
    pub fn tracking_postal_code(mut self, tracking_postal_code: impl Into<String>) -> Self {
        self.tracking_postal_code = Some(tracking_postal_code.into());
        self
    }

    /// Sets [`tracking_account_number`](Self::tracking_account_number).
    #[must_use]
    pub fn tracking_account_number(mut self, tracking_account_number: impl Into<String>) -> Self {
        self.tracking_account_number = Some(tracking_account_number.into());
        self
    }

    /// Sets [`special_number_destination`](Self::special_number_destination).
    #[must_use]
    pub fn special_number_destination(
        mut self,
        special_number_destination: impl Into<String>,
    ) -> Self {
        self.special_number_destination = Some(special_number_destination.into());
        self
    }

    /// Sets [`order`](Self::order).
    #[must_use]
    pub fn order(mut self, order: impl Into<String>) -> Self {
        self.order = Some(order.into());
        self
    }

    /// Sets [`order_create_time`](Self::order_create_time).
    #[must_use]
    pub fn order_create_time(mut self, order_create_time: impl Into<String>) -> Self {
        self.order_create_time = Some(order_create_time.into());
        self
    }

    /// Sets [`lang`](Self::lang).
    #[must_use]
    pub fn lang(mut self, lang: impl Into<String>) -> Self {
        self.lang = Some(lang.into());
        self
    }

    /// Sets [`auto_correct`](Self::auto_correct).
    #[must_use]
    pub fn auto_correct(mut self, auto_correct: i64) -> Self {
        self.auto_correct = Some(auto_correct);
        self
    }

    /// Sets [`comment`](Self::comment).
    #[must_use]
    pub fn comment(mut self, comment: impl Into<String>) -> Self {
        self.comment = Some(comment.into());
        self
    }

    /// Checks the documented limits without a call.
    ///
    /// # Errors
    /// Names the first field outside of its limits, and what is allowed.
    pub fn validate(&self) -> Result<(), Error> {
        checks::length(
            "tracking_number",
            Some(&self.tracking_number),
            1,
            usize::MAX,
        )?;
        checks::length("carrier_code", Some(&self.carrier_code), 1, usize::MAX)?;
        checks::length("destination_code", self.destination_code.as_deref(), 2, 2)?;
        checks::characters(
            "destination_code",
            self.destination_code.as_deref(),
            "A-Z a-z",
            |letter| letter.is_ascii_alphabetic(),
        )?;
        checks::length(
            "tracking_ship_date",
            self.tracking_ship_date.as_deref(),
            8,
            10,
        )?;
        checks::characters(
            "tracking_ship_date",
            self.tracking_ship_date.as_deref(),
            "0-9",
            |letter| letter.is_ascii_digit(),
        )?;
        checks::length("lang", self.lang.as_deref(), 1, usize::MAX)?;
        checks::range("auto_correct", self.auto_correct, 0, 1)?;
        Ok(())
    }
}

/// Names a tracking and the carrier that it moves to.
///
/// Source: docs: api-track-update-carrier.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct UpdateCarrier {
    /// Names the parcel at its carrier.
    pub tracking_number: String,
    /// Names the carrier under which the number is registered.
    pub carrier_code: String,
    /// Names the carrier that the tracking moves to.
    pub update_carrier_code: String,
}

impl UpdateCarrier {
    /// Creates the value with what the provider requires.
    #[must_use]
    pub fn new(
        tracking_number: impl Into<String>,
        carrier_code: impl Into<String>,
        update_carrier_code: impl Into<String>,
    ) -> Self {
        Self {
            tracking_number: tracking_number.into(),
            carrier_code: carrier_code.into(),
            update_carrier_code: update_carrier_code.into(),
        }
    }

    /// Checks the documented limits without a call.
    ///
    /// # Errors
    /// Names the first field outside of its limits, and what is allowed.
    pub fn validate(&self) -> Result<(), Error> {
        checks::length(
            "tracking_number",
            Some(&self.tracking_number),
            1,
            usize::MAX,
        )?;
        checks::length("carrier_code", Some(&self.carrier_code), 1, usize::MAX)?;
        checks::length(
            "update_carrier_code",
            Some(&self.update_carrier_code),
            1,
            usize::MAX,
        )?;
        Ok(())
    }
}

/// Names 1 to 200 places, as a bare array without an object around it.
///
/// Source: docs: api-get-remote-item.
///
/// Assumed: The limit is the 200 items of the error 4020; the page itself names none.
pub type RemoteRequest = Vec<RemotePlace>;

/// How many items [`RemoteRequest`] may hold.
pub const REMOTE_REQUEST_ITEMS: RangeInclusive<usize> = 1..=200;

/// Names a place that may be a remote area.
///
/// Source: docs: api-get-remote-item.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RemotePlace {
    /// Names the country, by its English name or with two letters.
    pub country: String,
    /// Holds the post code, or the name of the city.
    pub postcode: String,
    /// Asks for one express company only.
    ///
    /// Observed, not documented: official samples.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
}

impl RemotePlace {
    /// Creates the value with what the provider requires.
    #[must_use]
    pub fn new(country: impl Into<String>, postcode: impl Into<String>) -> Self {
        Self {
            country: country.into(),
            postcode: postcode.into(),
            ..Self::default()
        }
    }

    /// Sets [`company`](Self::company).
    #[must_use]
    pub fn company(mut self, company: impl Into<String>) -> Self {
        self.company = Some(company.into());
        self
    }

    /// Checks the documented limits without a call.
    ///
    /// # Errors
    /// Names the first field outside of its limits, and what is allowed.
    pub fn validate(&self) -> Result<(), Error> {
        checks::length("country", Some(&self.country), 1, usize::MAX)?;
        checks::length("postcode", Some(&self.postcode), 1, usize::MAX)?;
        Ok(())
    }
}

/// Names 1 to 200 routes, as a bare array without an object around it.
///
/// Source: docs: api-get-costtime-items.
///
/// Assumed: The limit is the 200 items of the error 4020; the page itself names none.
pub type CostTimeRequest = Vec<CostTimeRoute>;

/// How many items [`CostTimeRequest`] may hold.
pub const COST_TIME_REQUEST_ITEMS: RangeInclusive<usize> = 1..=200;

/// Names a carrier and two countries.
///
/// Source: docs: api-get-costtime-items.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CostTimeRoute {
    /// Names the country of origin, ISO 3166-1 with two letters.
    pub original: String,
    /// Names the country of destination, ISO 3166-1 with two letters.
    pub destination: String,
    /// Names the carrier by its code from the list of carriers.
    pub carrier_code: String,
}

impl CostTimeRoute {
    /// Creates the value with what the provider requires.
    #[must_use]
    pub fn new(
        original: impl Into<String>,
        destination: impl Into<String>,
        carrier_code: impl Into<String>,
    ) -> Self {
        Self {
            original: original.into(),
            destination: destination.into(),
            carrier_code: carrier_code.into(),
        }
    }

    /// Checks the documented limits without a call.
    ///
    /// # Errors
    /// Names the first field outside of its limits, and what is allowed.
    pub fn validate(&self) -> Result<(), Error> {
        checks::length("original", Some(&self.original), 2, 2)?;
        checks::characters("original", Some(&self.original), "A-Z a-z", |letter| {
            letter.is_ascii_alphabetic()
        })?;
        checks::length("destination", Some(&self.destination), 2, 2)?;
        checks::characters(
            "destination",
            Some(&self.destination),
            "A-Z a-z",
            |letter| letter.is_ascii_alphabetic(),
        )?;
        checks::length("carrier_code", Some(&self.carrier_code), 1, usize::MAX)?;
        Ok(())
    }
}

/// Names the air waybills to ask for. The provider's own SDK sends a single string in place of the
/// array.
///
/// Source: docs: api-get-aircargo-items.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AirCargoRequest {
    /// Names the air waybills: three digits of the airline, a hyphen, eight digits. Mind the name:
    /// everywhere else it is called `tracking_number`.
    ///
    /// Assumed: The limit is the 200 items of the error 4020; the page itself names none.
    pub track_number: Vec<String>,
    /// Asks for texts in this language, two letters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
}

impl AirCargoRequest {
    /// Creates the value with what the provider requires.
    #[must_use]
    pub fn new(track_number: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self {
            track_number: track_number.into_iter().map(Into::into).collect(),
            ..Self::default()
        }
    }

    /// Sets [`lang`](Self::lang).
    #[must_use]
    pub fn lang(mut self, lang: impl Into<String>) -> Self {
        self.lang = Some(lang.into());
        self
    }

    /// Checks the documented limits without a call.
    ///
    /// # Errors
    /// Names the first field outside of its limits, and what is allowed.
    pub fn validate(&self) -> Result<(), Error> {
        checks::count("track_number", Some(self.track_number.len()), 1, 200)?;
        for item in &self.track_number {
            checks::length("track_number", Some(item), 10, 12)?;
            checks::characters("track_number", Some(item), "0-9 space -", |letter| {
                letter.is_ascii_digit() || " -".contains(letter)
            })?;
        }
        checks::length("lang", self.lang.as_deref(), 1, usize::MAX)?;
        Ok(())
    }
}

/// Names the number whose carrier is asked for.
///
/// Observed, not documented: official samples and the documentation of a sister product.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DetectCarrier {
    /// Names the parcel.
    pub tracking_number: String,
    /// Asks for this language, two letters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
}

impl DetectCarrier {
    /// Creates the value with what the provider requires.
    #[must_use]
    pub fn new(tracking_number: impl Into<String>) -> Self {
        Self {
            tracking_number: tracking_number.into(),
            ..Self::default()
        }
    }

    /// Sets [`lang`](Self::lang).
    #[must_use]
    pub fn lang(mut self, lang: impl Into<String>) -> Self {
        self.lang = Some(lang.into());
        self
    }

    /// Checks the documented limits without a call.
    ///
    /// # Errors
    /// Names the first field outside of its limits, and what is allowed.
    pub fn validate(&self) -> Result<(), Error> {
        checks::length(
            "tracking_number",
            Some(&self.tracking_number),
            1,
            usize::MAX,
        )?;
        checks::length("lang", self.lang.as_deref(), 1, usize::MAX)?;
        Ok(())
    }
}

/// Says how the call went. Read it before anything else.
///
/// Source: docs: api-status_code.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Meta {
    /// Holds the outcome: 200 and 201 are success.
    ///
    /// - 202 over the limit
    /// - 401, 4001, 4002 authentication
    /// - 402, 4019, 4021 balance or quota used up
    /// - 403, 4018 not allowed, or to be activated first
    /// - 404, 4017 not there
    /// - 405, 4012, 4013, 4014, 4015, 4020, 4033 invalid request
    /// - 409, 4016 exists already
    /// - 429 paused for two minutes
    /// - 500, 503 server failure
    /// - 4031, 4032 nothing found, which is no failure of a list or of a detection
    #[serde(
        default,
        deserialize_with = "lenient::integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub code: Option<i64>,
    /// Holds a word for the group of the code, such as `Success`. May be absent, and misleads: 202
    /// has the type "Bad Request", 4033 has "No Content".
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub type_: Option<String>,
    /// Holds a sentence for people. May be absent.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub message: Option<String>,
}

/// Carries a business error.
///
/// Observed, not documented: third-party notes on an invalid key, and a client of a sister product.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ErrorResponse {
    /// Holds the code and the reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meta: Option<Meta>,
    /// Holds `[]` on errors, whatever the operation returns otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<Value>,
}

/// Leaves out the fields that hold, or may hold, personal data.
impl fmt::Debug for ErrorResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ErrorResponse")
            .field("meta", &self.meta)
            .finish_non_exhaustive()
    }
}

/// Carries the registered tracking.
///
/// Observed, not documented: captured responses 2017 and 2019.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CreateTrackingResponse {
    /// Says how the call went.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meta: Option<Meta>,
    /// Holds the tracking; `[]` on errors.
    #[serde(
        default,
        deserialize_with = "lenient::object",
        skip_serializing_if = "Option::is_none"
    )]
    pub data: Option<CreatedTracking>,
}

/// Represents a tracking as it was registered, without results.
///
/// Responses of 2017 have fewer keys, and the string `null` where null is meant.
///
/// Observed, not documented: captured responses 2017 and 2019.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CreatedTracking {
    /// Identifies the tracking.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<TrackingId>,
    /// Holds the tracking number.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub tracking_number: Option<String>,
    /// Holds the carrier's code.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub carrier_code: Option<String>,
    /// Holds when the order was placed; the number 0 when it is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_create_time: Option<OrderCreateTime>,
    /// Holds the status, `pending` right after the registration.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<TrackingStatus>,
    /// Holds when the tracking was registered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<RecordDateTime>,
    /// Repeats the e-mail addresses of the recipient; a single string in known responses.
    #[serde(
        default,
        deserialize_with = "lenient::one_or_many",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub customer_email: Vec<String>,
    /// Repeats the recipient's name.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub customer_name: Option<String>,
    /// Repeats the recipient's telephone number.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub customer_phone: Option<String>,
    /// Repeats the client's order number.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub order_id: Option<String>,
    /// Repeats the free text.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub comment: Option<String>,
    /// Repeats the title.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub title: Option<String>,
    /// Repeats the client's logistics channel.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub logistics_channel: Option<String>,
    /// Holds the destination; an empty string when it is not known.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub destination: Option<String>,
}

/// Leaves out the fields that hold, or may hold, personal data.
impl fmt::Debug for CreatedTracking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CreatedTracking")
            .field("id", &self.id)
            .field("tracking_number", &self.tracking_number)
            .field("carrier_code", &self.carrier_code)
            .field("order_create_time", &self.order_create_time)
            .field("status", &self.status)
            .field("created_at", &self.created_at)
            .field("order_id", &self.order_id)
            .field("title", &self.title)
            .field("logistics_channel", &self.logistics_channel)
            .field("destination", &self.destination)
            .finish_non_exhaustive()
    }
}

/// Carries what became of each number of a batch.
///
/// Observed, not documented: captured response 2019.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BatchCreateResponse {
    /// Says how the call went; 201 also when some items failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meta: Option<Meta>,
    /// Holds the items; `[]` when the request as a whole was refused.
    #[serde(
        default,
        deserialize_with = "lenient::object",
        skip_serializing_if = "Option::is_none"
    )]
    pub data: Option<BatchCreateData>,
}

/// Holds what became of each number of a batch.
///
/// Observed, not documented: captured response 2019.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BatchCreateData {
    /// Counts the items of the request.
    #[serde(
        default,
        deserialize_with = "lenient::integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub submitted: Option<i64>,
    /// Counts the items that were registered.
    #[serde(
        default,
        deserialize_with = "lenient::integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub added: Option<i64>,
    /// Holds the registered trackings.
    #[serde(
        default,
        deserialize_with = "lenient::list",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub trackings: Vec<CreatedTracking>,
    /// Holds the items that were refused.
    ///
    /// Assumed: It is empty or absent when every item was registered.
    #[serde(
        default,
        deserialize_with = "lenient::list",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub errors: Vec<BatchError>,
}

/// Says why one number of a batch was refused.
///
/// Observed, not documented: captured response 2019.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BatchError {
    /// Holds the tracking number of the item.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub tracking_number: Option<String>,
    /// Holds the carrier's code of the item.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub carrier_code: Option<String>,
    /// Holds the reason, one of the codes of `meta.code`; 4016 means that the number is registered
    /// already.
    #[serde(
        default,
        deserialize_with = "lenient::integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub code: Option<i64>,
    /// Holds a sentence for people.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub message: Option<String>,
}

/// Carries one tracking.
///
/// Source: docs: api-track-get-a-single-tracking-results.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TrackingResponse {
    /// Says how the call went.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meta: Option<Meta>,
    /// Holds the tracking; `[]` on errors.
    #[serde(
        default,
        deserialize_with = "lenient::object",
        skip_serializing_if = "Option::is_none"
    )]
    pub data: Option<Tracking>,
}

/// Carries one page of trackings.
///
/// Source: docs: the page on listing trackings.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TrackingListResponse {
    /// Says how the call went; 4031 when nothing was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meta: Option<Meta>,
    /// Holds the page; `[]` on errors and when nothing was found.
    #[serde(
        default,
        deserialize_with = "lenient::object",
        skip_serializing_if = "Option::is_none"
    )]
    pub data: Option<TrackingListData>,
}

/// Holds one page of trackings.
///
/// Source: docs: the page on listing trackings.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TrackingListData {
    /// Repeats the number of the page.
    #[serde(
        default,
        deserialize_with = "lenient::integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub page: Option<i64>,
    /// Repeats how many trackings a page holds.
    #[serde(
        default,
        deserialize_with = "lenient::integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub limit: Option<i64>,
    /// Counts the trackings of all pages. Digits in a string, while `page`, `limit` and `count` are
    /// numbers.
    #[serde(
        default,
        deserialize_with = "lenient::integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub total: Option<i64>,
    /// Counts the trackings of this page.
    ///
    /// Observed, not documented: third-party material of 2019.
    ///
    /// Assumed: It counts this page rather than all pages.
    #[serde(
        default,
        deserialize_with = "lenient::integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub count: Option<i64>,
    /// Holds the trackings.
    #[serde(
        default,
        deserialize_with = "lenient::list",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub items: Vec<Tracking>,
}

/// Carries what the carrier says now.
///
/// Source: docs: api-track-get-realtime-tracking-results.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RealtimeResponse {
    /// Says how the call went.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meta: Option<Meta>,
    /// Holds the trackings; `[]` on errors.
    #[serde(
        default,
        deserialize_with = "lenient::object",
        skip_serializing_if = "Option::is_none"
    )]
    pub data: Option<RealtimeData>,
}

/// Holds the response of the carrier.
///
/// Source: docs: api-track-get-realtime-tracking-results.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RealtimeData {
    /// Holds the trackings, one in every known response.
    #[serde(
        default,
        deserialize_with = "lenient::list",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub items: Vec<Tracking>,
}

/// Represents a tracking with its results: the way from the sender in `origin_info`, and in the
/// country of destination in `destination_info`.
///
/// Null, absent and an empty string mean the same. Gateways return fewer keys, and new keys appear
/// over the years.
///
/// Source: docs: api-params, api-track-get-a-single-tracking-results.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Tracking {
    /// Identifies the tracking.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<TrackingId>,
    /// Holds the tracking number.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub tracking_number: Option<String>,
    /// Holds the carrier's code.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub carrier_code: Option<String>,
    /// Holds the status of the shipment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<TrackingStatus>,
    /// Holds the finer status; often null, and absent before 2018.
    ///
    /// Observed, not documented: captured responses 2018 and 2019.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub substatus: Option<TrackingSubstatus>,
    /// Says whether TrackingMore still follows the shipment; false once it is finished.
    ///
    /// Observed, not documented: captured response 2019.
    #[serde(
        default,
        deserialize_with = "lenient::boolean",
        skip_serializing_if = "Option::is_none"
    )]
    pub track_update: Option<bool>,
    /// Holds when the tracking was registered. Absent from a realtime query.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<RecordDateTime>,
    /// Holds when the results were updated last; null before the first time. Absent from a realtime
    /// query.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<RecordDateTime>,
    /// Holds when the order was placed, in one of several forms, an empty string, or 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_create_time: Option<OrderCreateTime>,
    /// Repeats the e-mail addresses of the recipient: a string, an array of strings, an empty
    /// string or null. Absent from a realtime query.
    #[serde(
        default,
        deserialize_with = "lenient::one_or_many",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub customer_email: Vec<String>,
    /// Repeats the recipient's name. Absent from a realtime query.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub customer_name: Option<String>,
    /// Repeats the recipient's telephone number. Absent from a realtime query.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub customer_phone: Option<String>,
    /// Repeats the client's order number. Absent from a realtime query.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub order_id: Option<String>,
    /// Repeats the free text. Absent from a realtime query.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub comment: Option<String>,
    /// Repeats the title; null or an empty string when none was sent.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub title: Option<String>,
    /// Repeats the client's logistics channel.
    ///
    /// Observed, not documented: third-party TypeScript client.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub logistics_channel: Option<String>,
    /// Holds the destination, an empty string when it is not known.
    ///
    /// Observed, not documented: third-party TypeScript client.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub destination: Option<String>,
    /// Holds the country of destination with two letters, in lower case in a known response.
    ///
    /// Observed, not documented: captured response 2019.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub destination_code: Option<String>,
    /// Says whether the tracking is archived. Absent from a realtime query and from some lists.
    #[serde(
        default,
        deserialize_with = "lenient::boolean",
        skip_serializing_if = "Option::is_none"
    )]
    pub archived: Option<bool>,
    /// Names the country of origin in English (`Korea, South`); often an empty string. A code in
    /// brackets may follow.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub original_country: Option<String>,
    /// Names the country of destination in English. Absent when it is not known.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub destination_country: Option<String>,
    /// Counts the days that the shipment took so far.
    #[serde(
        rename = "itemTimeLength",
        default,
        deserialize_with = "lenient::integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub item_time_length: Option<i64>,
    /// Counts the days since the last event.
    ///
    /// Assumed: The days count from the last event on; the documentation gives the name only.
    #[serde(
        rename = "stayTimeLength",
        default,
        deserialize_with = "lenient::integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub stay_time_length: Option<i64>,
    /// Holds the carrier's service; null or an empty string in every known response.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub service_code: Option<String>,
    /// Holds more about the status; null in every known response.
    ///
    /// Observed, not documented: third-party material of 2019.
    ///
    /// Assumed: It is a string when it is not null.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub status_info: Option<String>,
    /// Null in every known response; only in a realtime query. Kept as it comes.
    ///
    /// Observed, not documented: captured response 2019.
    #[serde(rename = "packageStatus", skip_serializing_if = "Option::is_none")]
    pub package_status: Option<Value>,
    /// Null in every known response; only in a realtime query. Kept as it comes.
    ///
    /// Observed, not documented: captured response 2019.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_mile_tracking_supported: Option<Value>,
    /// Holds the weight. No value was ever seen.
    ///
    /// Assumed: It is a string.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub weight: Option<String>,
    /// Names who signed. The provider spells the key so; no value was ever seen.
    ///
    /// Assumed: It is a string, and the key is really spelled as the documentation spells it.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub singed_by: Option<String>,
    /// Holds the number under which the carrier of the destination knows the parcel. No value was
    /// ever seen.
    ///
    /// Observed, not documented: third-party clients.
    ///
    /// Assumed: It is a string.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub destination_track_number: Option<String>,
    /// Holds the way from the sender on, and all of it when only one carrier is involved.
    #[serde(
        default,
        deserialize_with = "lenient::object",
        skip_serializing_if = "Option::is_none"
    )]
    pub origin_info: Option<CarrierInfo>,
    /// Holds the way in the country of destination, as its carrier reports it. Null or absent when
    /// there is none. May repeat events of `origin_info`.
    #[serde(
        default,
        deserialize_with = "lenient::object",
        skip_serializing_if = "Option::is_none"
    )]
    pub destination_info: Option<CarrierInfo>,
    /// Joins text, details and date of the last event by commas. It cannot be split safely: each
    /// part may hold commas.
    #[serde(
        rename = "lastEvent",
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub last_event: Option<String>,
    /// Holds the date of the last event.
    #[serde(rename = "lastUpdateTime", skip_serializing_if = "Option::is_none")]
    pub last_update_time: Option<EventDateTime>,
}

/// Leaves out the fields that hold, or may hold, personal data.
impl fmt::Debug for Tracking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tracking")
            .field("id", &self.id)
            .field("tracking_number", &self.tracking_number)
            .field("carrier_code", &self.carrier_code)
            .field("status", &self.status)
            .field("substatus", &self.substatus)
            .field("track_update", &self.track_update)
            .field("created_at", &self.created_at)
            .field("updated_at", &self.updated_at)
            .field("order_create_time", &self.order_create_time)
            .field("order_id", &self.order_id)
            .field("title", &self.title)
            .field("logistics_channel", &self.logistics_channel)
            .field("destination", &self.destination)
            .field("destination_code", &self.destination_code)
            .field("archived", &self.archived)
            .field("original_country", &self.original_country)
            .field("destination_country", &self.destination_country)
            .field("item_time_length", &self.item_time_length)
            .field("stay_time_length", &self.stay_time_length)
            .field("service_code", &self.service_code)
            .field("status_info", &self.status_info)
            .field("weight", &self.weight)
            .field("destination_track_number", &self.destination_track_number)
            .field("origin_info", &self.origin_info)
            .field("destination_info", &self.destination_info)
            .field("last_event", &self.last_event)
            .field("last_update_time", &self.last_update_time)
            .finish_non_exhaustive()
    }
}

/// Holds what one carrier reports about a shipment: its milestones and its events.
///
/// The milestones are absent from responses of 2015 and behind gateways.
///
/// Source: docs: api-params.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
#[non_exhaustive]
pub struct CarrierInfo {
    /// Holds another number of the shipment.
    ///
    /// Observed, not documented: third-party material of 2019.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub reference_number: Option<String>,
    /// Holds the time of the first scan.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item_received: Option<EventDateTime>,
    /// Holds when the shipment left the outward office.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item_dispatched: Option<EventDateTime>,
    /// Holds when the shipment left the airport.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub departfrom_airport: Option<EventDateTime>,
    /// Holds when the shipment arrived from abroad.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arrivalfrom_abroad: Option<EventDateTime>,
    /// Holds when customs dealt with the shipment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customs_clearance: Option<EventDateTime>,
    /// Holds when the shipment arrived at its destination.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub destination_arrived: Option<EventDateTime>,
    /// Holds the address of the carrier's site, as a string.
    #[serde(
        rename = "weblink",
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub weblink: Option<String>,
    /// Holds the carrier's telephone number.
    #[serde(
        rename = "phone",
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub phone: Option<String>,
    /// Holds the carrier's code.
    #[serde(
        rename = "carrier_code",
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub carrier_code: Option<String>,
    /// Holds the events, the newest first. Null reads as empty.
    #[serde(
        rename = "trackinfo",
        default,
        deserialize_with = "lenient::list",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub trackinfo: Vec<TrackInfo>,
}

/// Represents one event.
///
/// Source: docs: api-params.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
#[non_exhaustive]
pub struct TrackInfo {
    /// Holds the local time of the event; with and without seconds inside one shipment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<EventDateTime>,
    /// Holds the carrier's text, in any language.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub status_description: Option<String>,
    /// Holds the place or more text; often empty.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub details: Option<String>,
    /// Holds the status of this event. Absent in responses of 2015.
    #[serde(rename = "checkpoint_status", skip_serializing_if = "Option::is_none")]
    pub checkpoint_status: Option<TrackingStatus>,
    /// Holds the finer status of this event. From 2020 on.
    ///
    /// Observed, not documented: third-party material of 2020.
    #[serde(rename = "substatus", skip_serializing_if = "Option::is_none")]
    pub substatus: Option<TrackingSubstatus>,
    /// Names the milestone of this event, on that event only. `ItemReceived` is the only value ever
    /// seen, also on a mere announcement.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub item_node: Option<String>,
    /// Holds a number for the substatus, whose meaning is not published.
    ///
    /// Observed, not documented: third-party material of 2022.
    #[serde(
        rename = "substatus_num",
        default,
        deserialize_with = "lenient::integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub substatus_num: Option<i64>,
    /// Holds a letter of the carrier (`D`, `I`, `M`, `X`), whose meaning is not published.
    ///
    /// Observed, not documented: third-party material of 2022.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub act_type: Option<String>,
    /// Holds the country of the event with two letters.
    ///
    /// Observed, not documented: third-party client 2024.
    ///
    /// Assumed: It is a string.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub country_iso2: Option<String>,
    /// Names the city of the event.
    ///
    /// Observed, not documented: third-party client 2024.
    ///
    /// Assumed: It is a string.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub city: Option<String>,
    /// Holds the carrier's own status.
    ///
    /// Observed, not documented: third-party client 2024.
    ///
    /// Assumed: It is a string.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub raw_status: Option<String>,
}

/// Carries the changed tracking.
///
/// Source: docs: api-track-update-tracking-item.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct UpdateTrackingResponse {
    /// Says how the call went.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meta: Option<Meta>,
    /// Holds the tracking; `[]` on errors.
    #[serde(
        default,
        deserialize_with = "lenient::object",
        skip_serializing_if = "Option::is_none"
    )]
    pub data: Option<UpdatedTracking>,
}

/// Represents a tracking after a change, without results.
///
/// The documentation prints the first five keys; the others are known from one third-party client.
///
/// Observed, not documented: third-party TypeScript client.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct UpdatedTracking {
    /// Identifies the tracking.
    ///
    /// Source: docs: api-track-update-tracking-item.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<TrackingId>,
    /// Holds the tracking number.
    ///
    /// Source: docs: api-track-update-tracking-item.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub tracking_number: Option<String>,
    /// Holds the carrier's code.
    ///
    /// Source: docs: api-track-update-tracking-item.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub carrier_code: Option<String>,
    /// Holds when the tracking was registered.
    ///
    /// Source: docs: api-track-update-tracking-item.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<RecordDateTime>,
    /// Holds when the results were updated last; may lie before `created_at`.
    ///
    /// Source: docs: api-track-update-tracking-item.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<RecordDateTime>,
    /// Holds when the order was placed; a number according to the client.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_create_time: Option<OrderCreateTime>,
    /// Holds the status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<TrackingStatus>,
    /// Repeats the e-mail addresses of the recipient, as a string or an array.
    #[serde(
        default,
        deserialize_with = "lenient::one_or_many",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub customer_email: Vec<String>,
    /// Repeats the recipient's name.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub customer_name: Option<String>,
    /// Repeats the recipient's telephone number.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub customer_phone: Option<String>,
    /// Repeats the client's order number.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub order_id: Option<String>,
    /// Repeats the free text.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub comment: Option<String>,
    /// Repeats the title.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub title: Option<String>,
    /// Repeats the client's logistics channel.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub logistics_channel: Option<String>,
    /// Holds the destination.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub destination: Option<String>,
    /// Holds the country of destination with two letters.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub destination_code: Option<String>,
    /// Says whether the tracking is archived, as a boolean although requests send a word.
    #[serde(
        default,
        deserialize_with = "lenient::boolean",
        skip_serializing_if = "Option::is_none"
    )]
    pub archived: Option<bool>,
}

/// Leaves out the fields that hold, or may hold, personal data.
impl fmt::Debug for UpdatedTracking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UpdatedTracking")
            .field("id", &self.id)
            .field("tracking_number", &self.tracking_number)
            .field("carrier_code", &self.carrier_code)
            .field("created_at", &self.created_at)
            .field("updated_at", &self.updated_at)
            .field("order_create_time", &self.order_create_time)
            .field("status", &self.status)
            .field("order_id", &self.order_id)
            .field("title", &self.title)
            .field("logistics_channel", &self.logistics_channel)
            .field("destination", &self.destination)
            .field("destination_code", &self.destination_code)
            .field("archived", &self.archived)
            .finish_non_exhaustive()
    }
}

/// Carries nothing but success.
///
/// Source: docs: api-track-delete-a-tracking-item.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DeleteTrackingResponse {
    /// Says how the call went.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meta: Option<Meta>,
    /// Holds `[]`. Kept as it comes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<Value>,
}

/// Leaves out the fields that hold, or may hold, personal data.
impl fmt::Debug for DeleteTrackingResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DeleteTrackingResponse")
            .field("meta", &self.meta)
            .finish_non_exhaustive()
    }
}

/// Carries the response to a change of several trackings.
///
/// Assumed: The response has the ordinary envelope.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct UpdateMoreResponse {
    /// Says how the call went.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meta: Option<Meta>,
    /// Kept as it comes, because nobody has published a response.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<Value>,
}

/// Leaves out the fields that hold, or may hold, personal data.
impl fmt::Debug for UpdateMoreResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UpdateMoreResponse")
            .field("meta", &self.meta)
            .finish_non_exhaustive()
    }
}

/// Carries what was deleted.
///
/// Source: docs: api-track-delete-multiple-tracking-item.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DeleteTrackingsResponse {
    /// Says how the call went.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meta: Option<Meta>,
    /// Holds the counters and the entries; `[]` on errors.
    #[serde(
        default,
        deserialize_with = "lenient::object",
        skip_serializing_if = "Option::is_none"
    )]
    pub data: Option<DeleteTrackingsData>,
}

/// Holds what was deleted.
///
/// Source: docs: api-track-delete-multiple-tracking-item.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DeleteTrackingsData {
    /// Counts the items of the request.
    #[serde(
        default,
        deserialize_with = "lenient::integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub submitted: Option<i64>,
    /// Counts the trackings that were deleted.
    #[serde(
        default,
        deserialize_with = "lenient::integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub delete: Option<i64>,
    /// Holds one entry for each tracking.
    #[serde(
        default,
        deserialize_with = "lenient::list",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub trackings: Vec<DeletedTracking>,
}

/// Wraps the entry of one deleted tracking in the key `meta`; no other response does that.
///
/// Source: docs: api-track-delete-multiple-tracking-item.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DeletedTracking {
    /// Holds the entry.
    #[serde(
        default,
        deserialize_with = "lenient::object",
        skip_serializing_if = "Option::is_none"
    )]
    pub meta: Option<TrackingEntry>,
}

/// Names one tracking of a request. The documentation's examples break off after the number, so
/// unknown keys are kept: what became of a refused item may be there.
///
/// Source: docs: api-track-delete-multiple-tracking-item, api-track-batch-not-update.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TrackingEntry {
    /// Holds the tracking number.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub tracking_number: Option<String>,
    /// Holds the carrier's code.
    ///
    /// Assumed: The entry repeats both keys of the request.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub carrier_code: Option<String>,
    /// Fields that the spec does not know.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// Leaves out the fields that hold, or may hold, personal data.
impl fmt::Debug for TrackingEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TrackingEntry")
            .field("tracking_number", &self.tracking_number)
            .field("carrier_code", &self.carrier_code)
            .finish_non_exhaustive()
    }
}

/// Carries what was stopped.
///
/// Source: docs: api-track-batch-not-update.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NotUpdateResponse {
    /// Says how the call went.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meta: Option<Meta>,
    /// Holds the counters and the entries; `[]` on errors.
    #[serde(
        default,
        deserialize_with = "lenient::object",
        skip_serializing_if = "Option::is_none"
    )]
    pub data: Option<NotUpdateData>,
}

/// Holds what was stopped.
///
/// Source: docs: api-track-batch-not-update.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NotUpdateData {
    /// Counts the items of the request.
    #[serde(
        default,
        deserialize_with = "lenient::integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub submitted: Option<i64>,
    /// Counts the trackings that were stopped.
    #[serde(
        default,
        deserialize_with = "lenient::integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub change: Option<i64>,
    /// Holds one entry for each tracking, without the wrapping `meta` of a deletion.
    #[serde(
        default,
        deserialize_with = "lenient::list",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub trackings: Vec<TrackingEntry>,
}

/// Carries nothing but success.
///
/// Source: docs: api-track-update-carrier.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct UpdateCarrierResponse {
    /// Says how the call went.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meta: Option<Meta>,
    /// Holds a single empty string; `[]` on errors.
    #[serde(
        default,
        deserialize_with = "lenient::object",
        skip_serializing_if = "Option::is_none"
    )]
    pub data: Option<UpdateCarrierData>,
}

/// Holds the account's tag, which says nothing about the change.
///
/// Source: docs: api-track-update-carrier.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
#[non_exhaustive]
pub struct UpdateCarrierData {
    /// Holds an empty string in the documentation. The key begins with a capital.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub usertag: Option<String>,
}

/// Carries the account's data.
///
/// Source: docs: api-get-user-info.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct UserInfoResponse {
    /// Says how the call went.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meta: Option<Meta>,
    /// Holds the account; `[]` on errors.
    #[serde(
        default,
        deserialize_with = "lenient::object",
        skip_serializing_if = "Option::is_none"
    )]
    pub data: Option<UserInfo>,
}

/// Holds the account's data. A snippet of 2025 reads a key that the documentation does not have
/// (`plan`), so unknown keys are kept.
///
/// Source: docs: api-get-user-info.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct UserInfo {
    /// Holds the e-mail address of the account, which is also the key of webhook signatures.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub email: Option<String>,
    /// Holds when the account was opened, Unix time in seconds; digits in a string.
    #[serde(
        default,
        deserialize_with = "lenient::integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub regtime: Option<i64>,
    /// Holds the telephone number of the account.
    ///
    /// Assumed: It is a string, a number or null; the documentation's example is not valid JSON.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub phone: Option<String>,
    /// Holds the balance, in a unit that is not documented.
    #[serde(
        default,
        deserialize_with = "lenient::number",
        skip_serializing_if = "Option::is_none"
    )]
    pub money: Option<f64>,
    /// Holds a number of trackings; which ones it counts is not documented.
    #[serde(
        default,
        deserialize_with = "lenient::integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub track_number: Option<i64>,
    /// Fields that the spec does not know.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// Leaves out the fields that hold, or may hold, personal data.
impl fmt::Debug for UserInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UserInfo")
            .field("regtime", &self.regtime)
            .field("money", &self.money)
            .field("track_number", &self.track_number)
            .finish_non_exhaustive()
    }
}

/// Carries one counter for each status.
///
/// Source: docs: api-get-status-number.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct StatusNumberResponse {
    /// Says how the call went.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meta: Option<Meta>,
    /// Holds the counters; `[]` on errors.
    #[serde(
        default,
        deserialize_with = "lenient::object",
        skip_serializing_if = "Option::is_none"
    )]
    pub data: Option<StatusNumber>,
}

/// Counts the trackings of each status. Further statuses are kept as unknown keys.
///
/// Observed, not documented: third-party TypeScript client.
///
/// Assumed: The counters are numbers, or digits in a string, and a missing one is not the same as
/// zero.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct StatusNumber {
    /// Counts those that the carrier was not asked for yet.
    #[serde(
        default,
        deserialize_with = "lenient::integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub pending: Option<i64>,
    /// Counts those that the carrier does not know.
    #[serde(
        default,
        deserialize_with = "lenient::integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub notfound: Option<i64>,
    /// Counts those on their way.
    #[serde(
        default,
        deserialize_with = "lenient::integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub transit: Option<i64>,
    /// Counts those out for delivery or waiting to be collected.
    #[serde(
        default,
        deserialize_with = "lenient::integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub pickup: Option<i64>,
    /// Counts those delivered.
    #[serde(
        default,
        deserialize_with = "lenient::integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub delivered: Option<i64>,
    /// Counts those whose delivery failed.
    #[serde(
        default,
        deserialize_with = "lenient::integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub undelivered: Option<i64>,
    /// Counts those with a problem.
    #[serde(
        default,
        deserialize_with = "lenient::integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub exception: Option<i64>,
    /// Counts those that were given up.
    #[serde(
        default,
        deserialize_with = "lenient::integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub expired: Option<i64>,
    /// Fields that the spec does not know.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// Leaves out the fields that hold, or may hold, personal data.
impl fmt::Debug for StatusNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StatusNumber")
            .field("pending", &self.pending)
            .field("notfound", &self.notfound)
            .field("transit", &self.transit)
            .field("pickup", &self.pickup)
            .field("delivered", &self.delivered)
            .field("undelivered", &self.undelivered)
            .field("exception", &self.exception)
            .field("expired", &self.expired)
            .finish_non_exhaustive()
    }
}

/// Carries remote areas.
///
/// Source: docs: api-get-remote-item.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RemoteResponse {
    /// Says how the call went.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meta: Option<Meta>,
    /// Holds the areas; `[]` on errors.
    #[serde(
        default,
        deserialize_with = "lenient::object",
        skip_serializing_if = "Option::is_none"
    )]
    pub data: Option<RemoteData>,
}

/// Holds which places are remote.
///
/// Source: docs: api-get-remote-item.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RemoteData {
    /// Counts the places of the request.
    #[serde(
        default,
        deserialize_with = "lenient::integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub submitted: Option<i64>,
    /// Empty in the documentation; its meaning is not published. Kept as it comes.
    #[serde(
        default,
        deserialize_with = "lenient::list",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub other: Vec<Value>,
    /// Holds one row for each express company that treats a place as remote.
    #[serde(
        default,
        deserialize_with = "lenient::list",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub remote: Vec<RemoteArea>,
}

/// Leaves out the fields that hold, or may hold, personal data.
impl fmt::Debug for RemoteData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RemoteData")
            .field("submitted", &self.submitted)
            .field("remote", &self.remote)
            .finish_non_exhaustive()
    }
}

/// Says that an express company treats a place as remote.
///
/// Source: docs: api-get-remote-item.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RemoteArea {
    /// Names the express company.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub far_express_company: Option<String>,
    /// Holds the country with two letters.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub two_code: Option<String>,
    /// Names the country in English.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub far_country: Option<String>,
    /// Repeats the post code or city of the request.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub far_city_postcode: Option<String>,
}

/// Carries statistics of transit times.
///
/// Assumed: The response has the ordinary envelope; types and wrapping of the statistics are not
/// published.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CostTimeResponse {
    /// Says how the call went.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meta: Option<Meta>,
    /// Kept as it comes, because only names are documented:
    ///
    /// - `carrier_code`, `original`, `destination` repeat the route
    /// - `total` counts the samples, `delivered` those that were delivered
    /// - `range1` up to 7 days, `range3` 7 to 15, `range4` 16 to 30, `range5` 31 to 60, and more;
    ///   there is no `range2`
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<Value>,
}

/// Carries the results of air waybills.
///
/// Observed, not documented: two third-party clients that agree.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AirCargoResponse {
    /// Says how the call went.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meta: Option<Meta>,
    /// Holds the results by air waybill; `[]` on errors and, since the back end is PHP, when there
    /// is none.
    ///
    /// Assumed: An empty map is written as `[]`.
    #[serde(
        default,
        deserialize_with = "lenient::map",
        skip_serializing_if = "BTreeMap::is_empty"
    )]
    pub data: BTreeMap<String, AirCargo>,
}

/// Holds the results of one air waybill: in `return_data` according to two clients, directly here
/// according to the documentation. Unknown keys are kept, because no example was ever published.
///
/// Observed, not documented: two third-party clients that agree.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AirCargo {
    /// Describes the airline.
    #[serde(
        default,
        deserialize_with = "lenient::object",
        skip_serializing_if = "Option::is_none"
    )]
    pub airline_info: Option<AirlineInfo>,
    /// Holds the results.
    #[serde(
        default,
        deserialize_with = "lenient::object",
        skip_serializing_if = "Option::is_none"
    )]
    pub return_data: Option<AirCargoResult>,
    /// Repeats the air waybill, as a string or an array.
    ///
    /// Source: docs: api-get-aircargo-items.
    #[serde(
        default,
        deserialize_with = "lenient::one_or_many",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub track_number: Vec<String>,
    /// Holds the weight, possibly with its unit.
    ///
    /// Source: docs: api-get-aircargo-items.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub weight: Option<String>,
    /// Holds the number of pieces, as a string.
    ///
    /// Source: docs: api-get-aircargo-items.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub piece: Option<String>,
    /// Names the airport of origin.
    ///
    /// Source: docs: api-get-aircargo-items.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub origin: Option<String>,
    /// Names the airport of destination.
    ///
    /// Source: docs: api-get-aircargo-items.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub destination: Option<String>,
    /// Holds a number for the status, whose meaning is not published.
    ///
    /// Source: docs: api-get-aircargo-items.
    #[serde(
        default,
        deserialize_with = "lenient::integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub status_number: Option<i64>,
    /// Holds the events.
    ///
    /// Source: docs: api-get-aircargo-items.
    #[serde(
        default,
        deserialize_with = "lenient::list",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub track_info: Vec<AirCargoEvent>,
    /// Fields that the spec does not know.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// Leaves out the fields that hold, or may hold, personal data.
impl fmt::Debug for AirCargo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AirCargo")
            .field("airline_info", &self.airline_info)
            .field("return_data", &self.return_data)
            .field("track_number", &self.track_number)
            .field("weight", &self.weight)
            .field("piece", &self.piece)
            .field("origin", &self.origin)
            .field("destination", &self.destination)
            .field("status_number", &self.status_number)
            .field("track_info", &self.track_info)
            .finish_non_exhaustive()
    }
}

/// Describes an airline.
///
/// Observed, not documented: two third-party clients that agree.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AirlineInfo {
    /// Names the airline.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub name: Option<String>,
    /// Holds the address of its site, as text.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub url: Option<String>,
    /// Holds the address of its tracking page, as a string.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub track_url: Option<String>,
}

/// Holds the results of one air waybill. Unknown keys are kept.
///
/// Observed, not documented: two third-party clients that agree.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AirCargoResult {
    /// Holds the weight as a string, possibly with its unit.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub weight: Option<String>,
    /// Holds the number of pieces, as a string.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub piece: Option<String>,
    /// Names the airport of origin.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub origin: Option<String>,
    /// Names the airport of destination.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub destination: Option<String>,
    /// Holds the text of the last event.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub last_event: Option<String>,
    /// Holds a number for the status, whose meaning is not published.
    #[serde(
        default,
        deserialize_with = "lenient::integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub status_number: Option<i64>,
    /// Holds the events.
    #[serde(
        default,
        deserialize_with = "lenient::list",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub track_info: Vec<AirCargoEvent>,
    /// Holds the flights by flight number.
    ///
    /// Assumed: An empty map is written as `[]`.
    #[serde(
        default,
        deserialize_with = "lenient::map",
        skip_serializing_if = "BTreeMap::is_empty"
    )]
    pub flight_info: BTreeMap<String, AirCargoFlight>,
    /// Fields that the spec does not know.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// Leaves out the fields that hold, or may hold, personal data.
impl fmt::Debug for AirCargoResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AirCargoResult")
            .field("weight", &self.weight)
            .field("piece", &self.piece)
            .field("origin", &self.origin)
            .field("destination", &self.destination)
            .field("last_event", &self.last_event)
            .field("status_number", &self.status_number)
            .field("track_info", &self.track_info)
            .field("flight_info", &self.flight_info)
            .finish_non_exhaustive()
    }
}

/// Represents one event of an air waybill.
///
/// Source: docs: api-get-aircargo-items.
///
/// Assumed: All times are strings of local time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AirCargoEvent {
    /// Holds the planned local time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan_date: Option<EventDateTime>,
    /// Holds the real local time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actual_date: Option<EventDateTime>,
    /// Holds the airline's text or code.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub event: Option<String>,
    /// Names the airport.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub station: Option<String>,
    /// Names the flight.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub flight_number: Option<String>,
    /// Holds the status.
    ///
    /// Observed, not documented: two third-party clients that agree.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub status: Option<String>,
    /// Holds the number of pieces, as a string.
    ///
    /// Observed, not documented: two third-party clients that agree.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub piece: Option<String>,
    /// Holds the weight, as a string.
    ///
    /// Observed, not documented: two third-party clients that agree.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub weight: Option<String>,
}

/// Represents one flight of an air waybill.
///
/// Observed, not documented: two third-party clients that agree.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AirCargoFlight {
    /// Names the airport of departure.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub depart_station: Option<String>,
    /// Names the airport of arrival.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub arrival_station: Option<String>,
    /// Holds the planned local time of departure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan_depart_time: Option<EventDateTime>,
    /// Holds the real local time of departure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub depart_time: Option<EventDateTime>,
    /// Holds the planned local time of arrival.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan_arrival_time: Option<EventDateTime>,
    /// Holds the real local time of arrival.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arrival_time: Option<EventDateTime>,
}

/// Carries all carriers.
///
/// Source: docs: api-carriers-en.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CarrierListResponse {
    /// Says how the call went; only the code in the documentation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meta: Option<Meta>,
    /// Holds the carriers.
    #[serde(
        default,
        deserialize_with = "lenient::list",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub data: Vec<Carrier>,
}

/// Represents a carrier.
///
/// Source: docs: api-carriers-en.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Carrier {
    /// Names the carrier.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub name: Option<String>,
    /// Holds the carrier's code; lower-case letters, digits and hyphens in a list of 2020.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub code: Option<String>,
    /// Holds a telephone number; an empty string for one carrier in ten.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub phone: Option<String>,
    /// Holds the address of its site as a string: with or without scheme, protocol-relative, or
    /// empty. Never read it as a URL.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub homepage: Option<String>,
    /// Says what kind of carrier it is.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub type_: Option<CarrierType>,
    /// Holds the address of its picture as a string, protocol-relative in known responses.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub picture: Option<String>,
    /// Names the carrier in Chinese. May be absent.
    ///
    /// Observed, not documented: captured responses 2018 and 2020.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub name_cn: Option<String>,
    /// Holds the address of its tracking page, as a string.
    ///
    /// Observed, not documented: third-party clients.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub track_url: Option<String>,
    /// Holds its country.
    ///
    /// Observed, not documented: third-party clients.
    ///
    /// Assumed: It is a string.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub country_code: Option<String>,
}

/// Carries the carriers that a number may belong to.
///
/// Observed, not documented: official samples and the documentation of a sister product.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DetectCarrierResponse {
    /// Says how the call went; 4032 when no carrier was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meta: Option<Meta>,
    /// Holds the proposed carriers. Their order is not documented.
    #[serde(
        default,
        deserialize_with = "lenient::list",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub data: Vec<DetectedCarrier>,
}

/// Names a carrier that a number may belong to.
///
/// Observed, not documented: official samples and the documentation of a sister product.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DetectedCarrier {
    /// Names the carrier.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub name: Option<String>,
    /// Holds the carrier's code.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub code: Option<String>,
}

/// Carries one tracking that changed, and a weak proof of where it comes from.
///
/// Source: docs: webhook.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct TrackingWebhook {
    /// Holds the code 200.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meta: Option<Meta>,
    /// Holds the tracking.
    #[serde(
        default,
        deserialize_with = "lenient::object",
        skip_serializing_if = "Option::is_none"
    )]
    pub data: Option<Tracking>,
    /// Holds the proof.
    #[serde(
        default,
        deserialize_with = "lenient::object",
        skip_serializing_if = "Option::is_none"
    )]
    pub verify_info: Option<VerifyInfo>,
}

/// Holds the proof of a webhook message: a time and its keyed hash. It says nothing about the body.
///
/// Source: docs: webhook.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct VerifyInfo {
    /// Holds when the message was made, Unix time in seconds. A number in the documentation; read
    /// as the decimal string that is hashed.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub time_str: Option<String>,
    /// Holds HMAC-SHA256 of that string in 64 lower-case hexadecimal digits; the key is the
    /// account's e-mail address.
    ///
    /// Observed, not documented: official PHP SDK 2.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub signature: Option<String>,
}

/// Leaves out the fields that hold, or may hold, personal data.
impl fmt::Debug for VerifyInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VerifyInfo")
            .field("time_str", &self.time_str)
            .finish_non_exhaustive()
    }
}

/// Query parameters of `list-trackings`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ListTrackingsQuery {
    /// Selects the page, counted from 1. Defaults to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<i64>,
    /// Sets how many trackings a page holds, from 1 to 2000. Defaults to 100.
    ///
    /// Assumed: A value above 2000 is refused or cut by the provider, so it is refused before the
    /// call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<i64>,
    /// Keeps only trackings with this status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<TrackingStatus>,
    /// Keeps only trackings that were registered at or after this Unix time, in seconds.
    ///
    /// Source: docs: api-get-status-number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at_min: Option<i64>,
    /// Keeps only trackings that were registered at or before this Unix time, in seconds. Defaults
    /// to now.
    ///
    /// Source: docs: api-get-status-number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at_max: Option<i64>,
    /// Keeps only trackings that were updated at or after this Unix time, in seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub update_time_min: Option<i64>,
    /// Keeps only trackings that were updated at or before this Unix time, in seconds. Defaults to
    /// now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub update_time_max: Option<i64>,
    /// Keeps only trackings whose order was placed at or after this Unix time, in seconds. Mind the
    /// name: the field of a tracking is called `order_create_time`.
    ///
    /// Source: docs: api-get-status-number.
    ///
    /// Assumed: 0 leaves nothing out, because a tracking without a time of the order counts as 0;
    /// the provider's PHP sample always sends it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_created_time_min: Option<i64>,
    /// Keeps only trackings whose order was placed at or before this Unix time, in seconds.
    /// Defaults to now.
    ///
    /// Source: docs: api-get-status-number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_created_time_max: Option<i64>,
    /// Asks for event texts in this language, two letters. Works only when the carrier's own site
    /// has the language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
    /// Keeps only these tracking numbers: 1 to 40, joined by commas.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub numbers: Option<String>,
    /// Keeps only trackings with these order numbers: 1 to 40, joined by commas.
    ///
    /// Assumed: An order number with a comma cannot be asked for, because nothing says how to
    /// escape it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub orders: Option<String>,
    /// Keeps only archived or only unarchived trackings. Both come when it is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub archived: Option<ArchiveState>,
}

impl ListTrackingsQuery {
    /// Creates an empty value; every field of `ListTrackingsQuery` is optional.
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

    /// Sets [`limit`](Self::limit).
    #[must_use]
    pub fn limit(mut self, limit: i64) -> Self {
        self.limit = Some(limit);
        self
    }

    /// Sets [`status`](Self::status).
    #[must_use]
    pub fn status(mut self, status: impl Into<TrackingStatus>) -> Self {
        self.status = Some(status.into());
        self
    }

    /// Sets [`created_at_min`](Self::created_at_min).
    #[must_use]
    pub fn created_at_min(mut self, created_at_min: i64) -> Self {
        self.created_at_min = Some(created_at_min);
        self
    }

    /// Sets [`created_at_max`](Self::created_at_max).
    #[must_use]
    pub fn created_at_max(mut self, created_at_max: i64) -> Self {
        self.created_at_max = Some(created_at_max);
        self
    }

    /// Sets [`update_time_min`](Self::update_time_min).
    #[must_use]
    pub fn update_time_min(mut self, update_time_min: i64) -> Self {
        self.update_time_min = Some(update_time_min);
        self
    }

    /// Sets [`update_time_max`](Self::update_time_max).
    #[must_use]
    pub fn update_time_max(mut self, update_time_max: i64) -> Self {
        self.update_time_max = Some(update_time_max);
        self
    }

    /// Sets [`order_created_time_min`](Self::order_created_time_min).
    #[must_use]
    pub fn order_created_time_min(mut self, order_created_time_min: i64) -> Self {
        self.order_created_time_min = Some(order_created_time_min);
        self
    }

    /// Sets [`order_created_time_max`](Self::order_created_time_max).
    #[must_use]
    pub fn order_created_time_max(mut self, order_created_time_max: i64) -> Self {
        self.order_created_time_max = Some(order_created_time_max);
        self
    }

    /// Sets [`lang`](Self::lang).
    #[must_use]
    pub fn lang(mut self, lang: impl Into<String>) -> Self {
        self.lang = Some(lang.into());
        self
    }

    /// Sets [`numbers`](Self::numbers).
    #[must_use]
    pub fn numbers(mut self, numbers: impl Into<String>) -> Self {
        self.numbers = Some(numbers.into());
        self
    }

    /// Sets [`orders`](Self::orders).
    #[must_use]
    pub fn orders(mut self, orders: impl Into<String>) -> Self {
        self.orders = Some(orders.into());
        self
    }

    /// Sets [`archived`](Self::archived).
    #[must_use]
    pub fn archived(mut self, archived: ArchiveState) -> Self {
        self.archived = Some(archived);
        self
    }

    /// Checks the documented limits without a call.
    ///
    /// # Errors
    /// Names the first field outside of its limits, and what is allowed.
    pub fn validate(&self) -> Result<(), Error> {
        checks::range("page", self.page, 1, i64::MAX)?;
        checks::range("limit", self.limit, 1, 2000)?;
        checks::range("created_at_min", self.created_at_min, 0, i64::MAX)?;
        checks::range("created_at_max", self.created_at_max, 0, i64::MAX)?;
        checks::range("update_time_min", self.update_time_min, 0, i64::MAX)?;
        checks::range("update_time_max", self.update_time_max, 0, i64::MAX)?;
        checks::range(
            "order_created_time_min",
            self.order_created_time_min,
            0,
            i64::MAX,
        )?;
        checks::range(
            "order_created_time_max",
            self.order_created_time_max,
            0,
            i64::MAX,
        )?;
        checks::length("lang", self.lang.as_deref(), 1, usize::MAX)?;
        checks::length("numbers", self.numbers.as_deref(), 1, usize::MAX)?;
        checks::length("orders", self.orders.as_deref(), 1, usize::MAX)?;
        Ok(())
    }
}

/// Query parameters of `get-status-number`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct GetStatusNumberQuery {
    /// Keeps only trackings that were registered at or after this Unix time, in seconds.
    ///
    /// Source: docs: api-get-status-number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at_min: Option<i64>,
    /// Keeps only trackings that were registered at or before this Unix time, in seconds. Defaults
    /// to now.
    ///
    /// Source: docs: api-get-status-number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at_max: Option<i64>,
    /// Keeps only trackings whose order was placed at or after this Unix time, in seconds. Mind the
    /// name: the field of a tracking is called `order_create_time`.
    ///
    /// Source: docs: api-get-status-number.
    ///
    /// Assumed: 0 leaves nothing out, because a tracking without a time of the order counts as 0;
    /// the provider's PHP sample always sends it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_created_time_min: Option<i64>,
    /// Keeps only trackings whose order was placed at or before this Unix time, in seconds.
    /// Defaults to now.
    ///
    /// Source: docs: api-get-status-number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_created_time_max: Option<i64>,
}

impl GetStatusNumberQuery {
    /// Creates an empty value; every field of `GetStatusNumberQuery` is optional.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets [`created_at_min`](Self::created_at_min).
    #[must_use]
    pub fn created_at_min(mut self, created_at_min: i64) -> Self {
        self.created_at_min = Some(created_at_min);
        self
    }

    /// Sets [`created_at_max`](Self::created_at_max).
    #[must_use]
    pub fn created_at_max(mut self, created_at_max: i64) -> Self {
        self.created_at_max = Some(created_at_max);
        self
    }

    /// Sets [`order_created_time_min`](Self::order_created_time_min).
    #[must_use]
    pub fn order_created_time_min(mut self, order_created_time_min: i64) -> Self {
        self.order_created_time_min = Some(order_created_time_min);
        self
    }

    /// Sets [`order_created_time_max`](Self::order_created_time_max).
    #[must_use]
    pub fn order_created_time_max(mut self, order_created_time_max: i64) -> Self {
        self.order_created_time_max = Some(order_created_time_max);
        self
    }

    /// Checks the documented limits without a call.
    ///
    /// # Errors
    /// Names the first field outside of its limits, and what is allowed.
    pub fn validate(&self) -> Result<(), Error> {
        checks::range("created_at_min", self.created_at_min, 0, i64::MAX)?;
        checks::range("created_at_max", self.created_at_max, 0, i64::MAX)?;
        checks::range(
            "order_created_time_min",
            self.order_created_time_min,
            0,
            i64::MAX,
        )?;
        checks::range(
            "order_created_time_max",
            self.order_created_time_max,
            0,
            i64::MAX,
        )?;
        Ok(())
    }
}

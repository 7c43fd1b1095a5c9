// Generated from specs/ship24.yaml by `cargo xtask codegen`; change the spec, not this file.

//! Types of requests and responses, in the order of the spec.

use std::fmt;
use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use tracking_core::Timestamp;
use tracking_http::json::lenient;
use tracking_http::{Error, checks};

tracking_core::kit::string_type! {
    /// Identifies a tracker.
    ///
    /// Opaque string. It looks like a UUID but is not always one: the provider's own sample breaks
    /// the rules of UUIDs.
    ///
    /// Source: Ship24 OpenAPI 2026-09.
    pub struct TrackerId;
}

tracking_core::kit::string_type! {
    /// Identifies a parcel at Ship24. Several trackers may follow the same parcel.
    ///
    /// Opaque string, not always a UUID.
    ///
    /// Source: Ship24 OpenAPI 2026-09.
    pub struct ShipmentId;
}

tracking_core::kit::string_type! {
    /// Identifies an event, the key to recognise repeats.
    ///
    /// Opaque string, not always a UUID: a sample of the provider holds letters that no UUID has.
    ///
    /// Source: Ship24 OpenAPI 2026-09.
    pub struct EventId;
}

tracking_core::kit::string_type! {
    /// Identifies a webhook message, unique across all messages; a repeat carries the same id.
    ///
    /// Opaque string.
    ///
    /// Source: Ship24 OpenAPI 2026-09.
    pub struct MessageId;
}

tracking_core::kit::string_type! {
    /// Holds a date, or a date with time, as the courier reports it.
    ///
    /// Four forms: local time of an unknown zone (`2026-09-12T08:41:05`), local time with offset
    /// (`2026-09-12T08:41:05+02:00`), UTC (`2026-09-12T06:41:05Z`, also with milliseconds; the zone
    /// of the place is unknown) and date only (`2026-09-12`). Only the second and third are
    /// instants.
    ///
    /// Source: docs: data-format.
    pub struct LogisticDateTime;
}

impl LogisticDateTime {
    /// Parses the string and keeps how much it says about its zone.
    #[must_use]
    pub fn timestamp(&self) -> Timestamp {
        Timestamp::parse(self.as_str())
    }
}

tracking_core::kit::string_type! {
    /// Holds an instant of the provider's own clock: ISO 8601 in UTC with `Z`, with milliseconds in
    /// every example.
    ///
    /// Source: Ship24 OpenAPI 2026-09.
    pub struct UtcDateTime;
}

impl UtcDateTime {
    /// Parses the string as an instant, because the provider documents UTC.
    #[must_use]
    pub fn timestamp(&self) -> Timestamp {
        Timestamp::parse_utc_documented(self.as_str())
    }
}

tracking_core::kit::open_enum! {
    /// Names the stage of a shipment, the coarsest of the three statuses. Always given.
    ///
    /// Source: docs: status.
    pub enum StatusMilestone {
        /// No event is known yet, or the number was not found.
        Pending = "pending",
        /// The parcel is announced electronically or being prepared; the courier does not have it
        /// yet.
        InfoReceived = "info_received",
        /// The courier has accepted the parcel and it is on its way.
        InTransit = "in_transit",
        /// Delivery is imminent, usually the same day.
        OutForDelivery = "out_for_delivery",
        /// A delivery was tried and failed.
        FailedAttempt = "failed_attempt",
        /// The parcel waits at a pickup place.
        AvailableForPickup = "available_for_pickup",
        /// The parcel was delivered or collected.
        Delivered = "delivered",
        /// A problem that looks final, such as a return, a loss or destruction.
        Exception = "exception",
    }
}

tracking_core::kit::open_enum! {
    /// Groups the status codes by subject. Null on events of little meaning, and independent of the
    /// code: a category may come without a code.
    ///
    /// Source: docs: status.
    pub enum StatusCategory {
        /// Messages about the order or its delivery options, not about the parcel itself.
        Data = "data",
        /// The way from the sender to the country of destination.
        Transit = "transit",
        /// The way inside the country of destination.
        Destination = "destination",
        /// Customs.
        Customs = "customs",
        /// The last mile.
        Delivery = "delivery",
        /// Problems that look final.
        Exception = "exception",
    }
}

tracking_core::kit::open_enum! {
    /// Says precisely what happened. Null on events of little meaning.
    ///
    /// Source: docs: status.
    pub enum StatusCode {
        /// The order was announced to the courier.
        DataOrderCreated = "data_order_created",
        /// The order was cancelled.
        DataOrderCancelled = "data_order_cancelled",
        /// Delivery options were offered and the recipient has to choose.
        DataDeliveryProposed = "data_delivery_proposed",
        /// The recipient chose how to get the parcel.
        DataDeliveryDecided = "data_delivery_decided",
        /// The courier picked up or received the parcel.
        TransitHandover = "transit_handover",
        /// The parcel left its country of origin.
        TransitOriginCountryDeparture = "transit_origin_country_departure",
        /// The parcel reached its country of destination.
        DestinationArrival = "destination_arrival",
        /// Customs received the parcel.
        CustomsReceived = "customs_received",
        /// Customs holds the parcel; papers or a payment may be needed.
        CustomsException = "customs_exception",
        /// Customs refused the parcel.
        CustomsRejected = "customs_rejected",
        /// Customs released the parcel.
        CustomsCleared = "customs_cleared",
        /// The parcel waits for collection.
        DeliveryAvailableForPickup = "delivery_available_for_pickup",
        /// The parcel is on its last way.
        DeliveryOutForDelivery = "delivery_out_for_delivery",
        /// A delivery was tried and failed.
        DeliveryAttempted = "delivery_attempted",
        /// A problem of the delivery, usually solvable.
        DeliveryException = "delivery_exception",
        /// The recipient refused the parcel.
        DeliveryRefused = "delivery_refused",
        /// The parcel was delivered or collected.
        DeliveryDelivered = "delivery_delivered",
        /// The parcel goes back, or went back, to the sender.
        ExceptionReturn = "exception_return",
        /// The parcel is lost.
        ExceptionLost = "exception_lost",
        /// The parcel was destroyed.
        ExceptionDiscarded = "exception_discarded",
    }
}

tracking_core::kit::open_enum! {
    /// Says what a webhook message is about.
    ///
    /// Source: Ship24 OpenAPI 2026-09.
    pub enum WebhookTopic {
        /// New events of a shipment.
        TrackingEvents = "tracking/events",
        /// A proof of delivery.
        TrackingPod = "tracking/pod",
    }
}

tracking_core::kit::open_enum! {
    /// Says how a bulk creation went as a whole.
    ///
    /// Source: Ship24 OpenAPI 2026-09.
    pub enum BulkStatus {
        /// Every tracker was created or existed already.
        Success = "success",
        /// Some items succeeded and some failed.
        Partial = "partial",
        /// Nothing was created; the reason is in `error`, or in each item.
        Error = "error",
    }
}

tracking_core::kit::open_enum! {
    /// Says what became of one item of a bulk creation.
    ///
    /// Source: Ship24 OpenAPI 2026-09.
    pub enum BulkItemStatus {
        /// A new tracker was created, which uses quota.
        Created = "created",
        /// An equal tracker existed already and is returned.
        Existing = "existing",
        /// The item failed; the reasons are in `errors`.
        Error = "error",
    }
}

tracking_core::kit::open_enum! {
    /// Names a field that a courier needs beside the tracking number.
    ///
    /// Source: Ship24 OpenAPI 2026-07.
    pub enum CourierRequiredField {
        /// The post code of the destination.
        DestinationPostCode = "destinationPostCode",
        /// The country of the destination.
        DestinationCountryCode = "destinationCountryCode",
        /// The shipper's account at the courier; no request field carries it.
        CourierAccount = "courierAccount",
    }
}

tracking_core::kit::open_enum! {
    /// Says whether a webhook message was accepted by the receiver.
    ///
    /// Source: Ship24 OpenAPI 2026-07.
    pub enum WebhookPushStatus {
        /// The receiver accepted the message.
        Success = "success",
        /// The receiver refused the message or did not respond.
        Failed = "failed",
    }
}

tracking_core::kit::open_enum! {
    /// Says whether the courier returned a proof of delivery.
    ///
    /// Source: docs: webhooks/proof-of-delivery.
    pub enum ProofOfDeliveryStatus {
        /// The courier returned a proof.
        Found = "found",
        /// The courier returned none.
        Unavailable = "unavailable",
    }
}

tracking_core::kit::open_enum! {
    /// Names the media type of a proof of delivery. The two text types fill `text`, the others
    /// `downloadUrl`.
    ///
    /// Source: docs: webhooks/proof-of-delivery.
    pub enum ProofOfDeliveryContentType {
        /// Plain text.
        TextPlain = "text/plain",
        /// An HTML fragment; the content comes from a third party, so treat it as unsafe.
        TextHtml = "text/html",
        /// A PDF document.
        ApplicationPdf = "application/pdf",
        /// A PNG picture.
        ImagePng = "image/png",
        /// A JPEG picture.
        ImageJpeg = "image/jpeg",
    }
}

tracking_core::kit::open_enum! {
    /// Names the reason of an error. Branch on it before the HTTP status: the two do not match one
    /// to one.
    ///
    /// Source: docs: errors.
    pub enum ErrorCode {
        /// A field is invalid (400).
        ValidationError = "validation_error",
        /// A required field is missing (400); known from the official Node SDK only.
        MissingMandatoryField = "missing_mandatory_field",
        /// The body could not be read (400); known from the official Node SDK only.
        ParsingError = "parsing_error",
        /// The shipping date is more than 180 days old (400).
        ShippingDateOutdated = "shipping_date_outdated",
        /// The shipment was processed already and the tracker can no longer change (usually 400).
        TrackerNotUpdatable = "tracker_not_updatable",
        /// The account has no webhook address (400).
        WebhookUrlMissing = "webhook_url_missing",
        /// Every item of a bulk creation failed (400); the reasons are in the items.
        ProcessingError = "processing_error",
        /// The client's tracker id, or the courier codes, belong to another active tracker (400).
        TrackerConflict = "tracker_conflict",
        /// The same payload is being processed in parallel (409); trying again is safe.
        RequestConflict = "request_conflict",
        /// The `Authorization` header is missing (400); known from the official SDK and plugin.
        AuthMissingHeader = "auth_missing_header",
        /// The `Authorization` header is malformed (400); known from the official SDK and plugin.
        AuthInvalidHeader = "auth_invalid_header",
        /// The API key is not valid (401); known from the official SDK and plugin.
        AuthInvalidApiKey = "auth_invalid_api_key",
        /// The account has no plan for this endpoint (422).
        NoActiveSubscription = "no_active_subscription",
        /// The quota of the plan is used up (403, also seen with 405).
        QuotaLimitReached = "quota_limit_reached",
        /// A bulk creation has more than 100 items (403).
        BulkCreateLimitExceeded = "bulk_create_limit_exceeded",
        /// There is no such tracker (404).
        TrackerNotFound = "tracker_not_found",
        /// A per-call search found nothing yet (404).
        ParcelNotFound = "parcel_not_found",
    }
}

/// Says which id the path of a tracker operation carries.
///
/// Source: Ship24 OpenAPI 2026-09.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum SearchBy {
    /// The path carries Ship24's tracker id. The default.
    TrackerId,
    /// The path carries the client's own id.
    ClientTrackerId,
}

impl SearchBy {
    /// Every value, in the order of the provider's documentation.
    pub const KNOWN: &[Self] = &[Self::TrackerId, Self::ClientTrackerId];

    /// Returns the value on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::TrackerId => "trackerId",
            Self::ClientTrackerId => "clientTrackerId",
        }
    }
}

impl fmt::Display for SearchBy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Orders trackers by their creation time. An integer in the provider's description; in a query
/// both look alike.
///
/// Source: Ship24 OpenAPI 2026-09.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum SortOrder {
    /// Oldest first, which keeps pages stable while trackers are being added. The default.
    #[serde(rename = "1")]
    OldestFirst,
    /// Newest first.
    #[serde(rename = "-1")]
    NewestFirst,
}

impl SortOrder {
    /// Every value, in the order of the provider's documentation.
    pub const KNOWN: &[Self] = &[Self::OldestFirst, Self::NewestFirst];

    /// Returns the value on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OldestFirst => "1",
            Self::NewestFirst => "-1",
        }
    }
}

impl fmt::Display for SortOrder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Describes the parcel to follow. Only the tracking number is required; more facts make the
/// results more accurate.
///
/// Fields are left out rather than sent as null.
///
/// Source: Ship24 OpenAPI 2026-09.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CreateTracker {
    /// Names the parcel at its courier: 5 to 50 letters, digits, `-`, `_`, `/` or `.`.
    ///
    /// The provider refuses dummy patterns and runs of consecutive digits with `validation_error`,
    /// and returns the number in upper case.
    pub tracking_number: String,
    /// Holds free text of the client, at most 100 characters, returned in responses and webhooks.
    /// Need not be unique.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shipment_reference: Option<String>,
    /// Gives the tracker an id of the client's own, at most 100 characters, returned in responses
    /// and webhooks.
    ///
    /// Must be unique among the subscribed trackers (`tracker_conflict` otherwise); it becomes free
    /// again when the tracker is unsubscribed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_tracker_id: Option<String>,
    /// Names the country of origin, ISO 3166-1 with two or three capital letters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin_country_code: Option<String>,
    /// Names the country of destination, ISO 3166-1 with two or three capital letters. Recommended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub destination_country_code: Option<String>,
    /// Holds the post code of the destination: 1 to 32 letters, digits, spaces, `_`, `-`, `.` or
    /// `/`. Recommended; some couriers require it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub destination_post_code: Option<String>,
    /// Holds the day of shipping, compared at day precision and at most 180 days ago
    /// (`shipping_date_outdated`).
    ///
    /// Four forms: `2026-09-01`, `2026-09-01T11:30:00`, `2026-09-01T11:30:00+02:00`,
    /// `2026-09-01T11:30:00.000Z`. A wrong day can make Ship24 leave out the right shipment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shipping_date: Option<String>,
    /// Names up to three couriers by their codes from the list of couriers; nine in total for one
    /// shipment, further ones through an update.
    ///
    /// The provider also accepts a single string in place of the array. Deprecated codes are
    /// ignored silently; what an unknown code does is not documented.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub courier_code: Option<Vec<String>>,
    /// Names the courier or its service in free text, at most 200 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub courier_name: Option<String>,
    /// Holds the address of the courier's tracking page, at most 1000 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tracking_url: Option<String>,
    /// Holds the client's order number, at most 50 characters. Never returned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_number: Option<String>,
    /// Holds a title for the dashboard, at most 255 characters. Never returned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Describes the recipient, for e-mail notifications and for couriers that restrict their data.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipient: Option<CreateTrackerRecipient>,
    /// Adjusts how the tracker works.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settings: Option<TrackerSettings>,
}

impl CreateTracker {
    /// Creates the value with what the provider requires.
    #[must_use]
    pub fn new(tracking_number: impl Into<String>) -> Self {
        Self {
            tracking_number: tracking_number.into(),
            ..Self::default()
        }
    }

    /// Sets [`shipment_reference`](Self::shipment_reference).
    #[must_use]
    pub fn shipment_reference(mut self, shipment_reference: impl Into<String>) -> Self {
        self.shipment_reference = Some(shipment_reference.into());
        self
    }

    /// Sets [`client_tracker_id`](Self::client_tracker_id).
    #[must_use]
    pub fn client_tracker_id(mut self, client_tracker_id: impl Into<String>) -> Self {
        self.client_tracker_id = Some(client_tracker_id.into());
        self
    }

    /// Sets [`origin_country_code`](Self::origin_country_code).
    #[must_use]
    pub fn origin_country_code(mut self, origin_country_code: impl Into<String>) -> Self {
        self.origin_country_code = Some(origin_country_code.into());
        self
    }

    /// Sets [`destination_country_code`](Self::destination_country_code).
    #[must_use]
    pub fn destination_country_code(mut self, destination_country_code: impl Into<String>) -> Self {
        self.destination_country_code = Some(destination_country_code.into());
        self
    }

    /// Sets [`destination_post_code`](Self::destination_post_code).
    #[must_use]
    pub fn destination_post_code(mut self, destination_post_code: impl Into<String>) -> Self {
        self.destination_post_code = Some(destination_post_code.into());
        self
    }

    /// Sets [`shipping_date`](Self::shipping_date).
    #[must_use]
    pub fn shipping_date(mut self, shipping_date: impl Into<String>) -> Self {
        self.shipping_date = Some(shipping_date.into());
        self
    }

    /// Sets [`courier_code`](Self::courier_code).
    #[must_use]
    pub fn courier_code(
        mut self,
        courier_code: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        self.courier_code = Some(courier_code.into_iter().map(Into::into).collect());
        self
    }

    /// Sets [`courier_name`](Self::courier_name).
    #[must_use]
    pub fn courier_name(mut self, courier_name: impl Into<String>) -> Self {
        self.courier_name = Some(courier_name.into());
        self
    }

    /// Sets [`tracking_url`](Self::tracking_url).
    #[must_use]
    pub fn tracking_url(mut self, tracking_url: impl Into<String>) -> Self {
        self.tracking_url = Some(tracking_url.into());
        self
    }

    /// Sets [`order_number`](Self::order_number).
    #[must_use]
    pub fn order_number(mut self, order_number: impl Into<String>) -> Self {
        self.order_number = Some(order_number.into());
        self
    }

    /// Sets [`title`](Self::title).
    #[must_use]
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// Sets [`recipient`](Self::recipient).
    #[must_use]
    pub fn recipient(mut self, recipient: CreateTrackerRecipient) -> Self {
        self.recipient = Some(recipient);
        self
    }

    /// Sets [`settings`](Self::settings).
    #[must_use]
    pub fn settings(mut self, settings: TrackerSettings) -> Self {
        self.settings = Some(settings);
        self
    }

    /// Checks the documented limits without a call.
    ///
    /// # Errors
    /// Names the first field outside of its limits, and what is allowed.
    pub fn validate(&self) -> Result<(), Error> {
        checks::length("trackingNumber", Some(&self.tracking_number), 5, 50)?;
        checks::characters(
            "trackingNumber",
            Some(&self.tracking_number),
            "a-z A-Z 0-9 _ / . -",
            |letter| letter.is_ascii_alphanumeric() || "_/.-".contains(letter),
        )?;
        checks::length(
            "shipmentReference",
            self.shipment_reference.as_deref(),
            0,
            100,
        )?;
        checks::length("clientTrackerId", self.client_tracker_id.as_deref(), 0, 100)?;
        checks::length(
            "originCountryCode",
            self.origin_country_code.as_deref(),
            2,
            3,
        )?;
        checks::characters(
            "originCountryCode",
            self.origin_country_code.as_deref(),
            "A-Z",
            |letter| letter.is_ascii_uppercase(),
        )?;
        checks::length(
            "destinationCountryCode",
            self.destination_country_code.as_deref(),
            2,
            3,
        )?;
        checks::characters(
            "destinationCountryCode",
            self.destination_country_code.as_deref(),
            "A-Z",
            |letter| letter.is_ascii_uppercase(),
        )?;
        checks::length(
            "destinationPostCode",
            self.destination_post_code.as_deref(),
            1,
            32,
        )?;
        checks::characters(
            "destinationPostCode",
            self.destination_post_code.as_deref(),
            "A-Z a-z 0-9 space _ . / -",
            |letter| letter.is_ascii_alphanumeric() || " _./-".contains(letter),
        )?;
        checks::count(
            "courierCode",
            self.courier_code.as_ref().map(Vec::len),
            0,
            3,
        )?;
        checks::length("courierName", self.courier_name.as_deref(), 0, 200)?;
        checks::length("trackingUrl", self.tracking_url.as_deref(), 0, 1000)?;
        checks::length("orderNumber", self.order_number.as_deref(), 0, 50)?;
        checks::length("title", self.title.as_deref(), 0, 255)?;
        if let Some(recipient) = &self.recipient {
            checks::length("recipient.email", recipient.email.as_deref(), 0, 254)?;
            checks::length("recipient.name", recipient.name.as_deref(), 0, 100)?;
        }
        Ok(())
    }
}

/// Describes the recipient of a parcel in a request.
///
/// Source: Ship24 OpenAPI 2026-09.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CreateTrackerRecipient {
    /// Holds the e-mail address for notifications, at most 254 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Holds the recipient's name, at most 100 characters, for notifications and for couriers that
    /// restrict their data.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// Shows no field, because they hold personal data.
impl fmt::Debug for CreateTrackerRecipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CreateTrackerRecipient")
            .finish_non_exhaustive()
    }
}

impl CreateTrackerRecipient {
    /// Creates an empty value; every field of `CreateTrackerRecipient` is optional.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets [`email`](Self::email).
    #[must_use]
    pub fn email(mut self, email: impl Into<String>) -> Self {
        self.email = Some(email.into());
        self
    }

    /// Sets [`name`](Self::name).
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Checks the documented limits without a call.
    ///
    /// # Errors
    /// Names the first field outside of its limits, and what is allowed.
    pub fn validate(&self) -> Result<(), Error> {
        checks::length("email", self.email.as_deref(), 0, 254)?;
        checks::length("name", self.name.as_deref(), 0, 100)?;
        Ok(())
    }
}

/// Adjusts how a tracker works.
///
/// Source: Ship24 OpenAPI 2026-09.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct TrackerSettings {
    /// Restricts tracking to the couriers of `courierCode`. Otherwise Ship24 may add couriers that
    /// it detects.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub restrict_tracking_to_courier_code: Option<bool>,
}

impl TrackerSettings {
    /// Creates an empty value; every field of `TrackerSettings` is optional.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets [`restrict_tracking_to_courier_code`](Self::restrict_tracking_to_courier_code).
    #[must_use]
    pub fn restrict_tracking_to_courier_code(
        mut self,
        restrict_tracking_to_courier_code: bool,
    ) -> Self {
        self.restrict_tracking_to_courier_code = Some(restrict_tracking_to_courier_code);
        self
    }
}

/// Holds 1 to 100 trackers to create, as a bare array without an object around it.
///
/// More than 100 give 403 with `bulk_create_limit_exceeded`. An older description of the provider
/// showed an object with a `trackers` key; its examples and its SDK never did.
///
/// Source: Ship24 OpenAPI 2026-09.
///
/// Assumed: An empty array is refused, because the documented range starts at one.
pub type BulkCreateRequest = Vec<CreateTracker>;

/// How many items [`BulkCreateRequest`] may hold.
pub const BULK_CREATE_REQUEST_ITEMS: RangeInclusive<usize> = 1..=100;

/// Describes what to change on a tracker. Every field is optional; what is left out stays as it is.
///
/// Once shipment data has been gathered, `courierCode`, `originCountryCode`,
/// `destinationCountryCode` and `shippingDate` can no longer change (`tracker_not_updatable`).
///
/// Source: Ship24 OpenAPI 2026-09.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct UpdateTracker {
    /// Archives the tracker when false: stored results stay readable, no new data is fetched, no
    /// webhooks are sent, and the client's tracker id becomes free.
    ///
    /// Ship24 stops trackers by itself after delivery or a long silence. Whether true subscribes an
    /// archived tracker again is not documented.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_subscribed: Option<bool>,
    /// Names the country of origin, ISO 3166-1 with two or three capital letters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin_country_code: Option<String>,
    /// Names the country of destination, ISO 3166-1 with two or three capital letters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub destination_country_code: Option<String>,
    /// Holds the post code of the destination: 1 to 32 letters, digits, spaces, `_`, `-`, `.` or
    /// `/`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub destination_post_code: Option<String>,
    /// Holds the day of shipping, in the same four forms and with the same limit of 180 days as on
    /// creation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shipping_date: Option<String>,
    /// Names up to three couriers to add; nine in total for one shipment. The provider also accepts
    /// a single string.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub courier_code: Option<Vec<String>>,
    /// Names the courier or its service in free text, at most 200 characters. Known since the
    /// newest description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub courier_name: Option<String>,
    /// Holds the address of the courier's tracking page, at most 1000 characters. Known since the
    /// newest description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tracking_url: Option<String>,
    /// Describes the recipient. Known since the newest description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipient: Option<UpdateTrackerRecipient>,
}

impl UpdateTracker {
    /// Creates an empty value; every field of `UpdateTracker` is optional.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets [`is_subscribed`](Self::is_subscribed).
    #[must_use]
    pub fn is_subscribed(mut self, is_subscribed: bool) -> Self {
        self.is_subscribed = Some(is_subscribed);
        self
    }

    /// Sets [`origin_country_code`](Self::origin_country_code).
    #[must_use]
    pub fn origin_country_code(mut self, origin_country_code: impl Into<String>) -> Self {
        self.origin_country_code = Some(origin_country_code.into());
        self
    }

    /// Sets [`destination_country_code`](Self::destination_country_code).
    #[must_use]
    pub fn destination_country_code(mut self, destination_country_code: impl Into<String>) -> Self {
        self.destination_country_code = Some(destination_country_code.into());
        self
    }

    /// Sets [`destination_post_code`](Self::destination_post_code).
    #[must_use]
    pub fn destination_post_code(mut self, destination_post_code: impl Into<String>) -> Self {
        self.destination_post_code = Some(destination_post_code.into());
        self
    }

    /// Sets [`shipping_date`](Self::shipping_date).
    #[must_use]
    pub fn shipping_date(mut self, shipping_date: impl Into<String>) -> Self {
        self.shipping_date = Some(shipping_date.into());
        self
    }

    /// Sets [`courier_code`](Self::courier_code).
    #[must_use]
    pub fn courier_code(
        mut self,
        courier_code: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        self.courier_code = Some(courier_code.into_iter().map(Into::into).collect());
        self
    }

    /// Sets [`courier_name`](Self::courier_name).
    #[must_use]
    pub fn courier_name(mut self, courier_name: impl Into<String>) -> Self {
        self.courier_name = Some(courier_name.into());
        self
    }

    /// Sets [`tracking_url`](Self::tracking_url).
    #[must_use]
    pub fn tracking_url(mut self, tracking_url: impl Into<String>) -> Self {
        self.tracking_url = Some(tracking_url.into());
        self
    }

    /// Sets [`recipient`](Self::recipient).
    #[must_use]
    pub fn recipient(mut self, recipient: UpdateTrackerRecipient) -> Self {
        self.recipient = Some(recipient);
        self
    }

    /// Checks the documented limits without a call.
    ///
    /// # Errors
    /// Names the first field outside of its limits, and what is allowed.
    pub fn validate(&self) -> Result<(), Error> {
        checks::length(
            "originCountryCode",
            self.origin_country_code.as_deref(),
            2,
            3,
        )?;
        checks::characters(
            "originCountryCode",
            self.origin_country_code.as_deref(),
            "A-Z",
            |letter| letter.is_ascii_uppercase(),
        )?;
        checks::length(
            "destinationCountryCode",
            self.destination_country_code.as_deref(),
            2,
            3,
        )?;
        checks::characters(
            "destinationCountryCode",
            self.destination_country_code.as_deref(),
            "A-Z",
            |letter| letter.is_ascii_uppercase(),
        )?;
        checks::length(
            "destinationPostCode",
            self.destination_post_code.as_deref(),
            1,
            32,
        )?;
        checks::characters(
            "destinationPostCode",
            self.destination_post_code.as_deref(),
            "A-Z a-z 0-9 space _ . / -",
            |letter| letter.is_ascii_alphanumeric() || " _./-".contains(letter),
        )?;
        checks::count(
            "courierCode",
            self.courier_code.as_ref().map(Vec::len),
            0,
            3,
        )?;
        checks::length("courierName", self.courier_name.as_deref(), 0, 200)?;
        checks::length("trackingUrl", self.tracking_url.as_deref(), 0, 1000)?;
        if let Some(recipient) = &self.recipient {
            checks::length("recipient.name", recipient.name.as_deref(), 0, 100)?;
        }
        Ok(())
    }
}

/// Describes what may change about the recipient. The e-mail address cannot be changed.
///
/// Source: Ship24 OpenAPI 2026-09.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct UpdateTrackerRecipient {
    /// Holds the recipient's name, at most 100 characters. Returned by the update when it is not
    /// empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// Shows no field, because they hold personal data.
impl fmt::Debug for UpdateTrackerRecipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UpdateTrackerRecipient")
            .finish_non_exhaustive()
    }
}

impl UpdateTrackerRecipient {
    /// Creates an empty value; every field of `UpdateTrackerRecipient` is optional.
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

    /// Checks the documented limits without a call.
    ///
    /// # Errors
    /// Names the first field outside of its limits, and what is allowed.
    pub fn validate(&self) -> Result<(), Error> {
        checks::length("name", self.name.as_deref(), 0, 100)?;
        Ok(())
    }
}

/// Describes the parcel of a per-call search. Only the tracking number is required.
///
/// Source: Ship24 OpenAPI 2026-09.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SearchTracking {
    /// Names the parcel at its courier: 5 to 50 letters, digits, `-`, `_`, `/` or `.`.
    pub tracking_number: String,
    /// Names the country of origin, ISO 3166-1 with two or three capital letters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin_country_code: Option<String>,
    /// Names the country of destination, ISO 3166-1 with two or three capital letters. Recommended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub destination_country_code: Option<String>,
    /// Holds the post code of the destination: 1 to 32 letters, digits, spaces, `_`, `-`, `.` or
    /// `/`. Recommended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub destination_post_code: Option<String>,
    /// Holds the day of shipping, in the same four forms and with the same limit of 180 days as on
    /// a tracker.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shipping_date: Option<String>,
    /// Names up to three couriers by their codes from the list of couriers. The provider also
    /// accepts a single string.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub courier_code: Option<Vec<String>>,
}

impl SearchTracking {
    /// Creates the value with what the provider requires.
    #[must_use]
    pub fn new(tracking_number: impl Into<String>) -> Self {
        Self {
            tracking_number: tracking_number.into(),
            ..Self::default()
        }
    }

    /// Sets [`origin_country_code`](Self::origin_country_code).
    #[must_use]
    pub fn origin_country_code(mut self, origin_country_code: impl Into<String>) -> Self {
        self.origin_country_code = Some(origin_country_code.into());
        self
    }

    /// Sets [`destination_country_code`](Self::destination_country_code).
    #[must_use]
    pub fn destination_country_code(mut self, destination_country_code: impl Into<String>) -> Self {
        self.destination_country_code = Some(destination_country_code.into());
        self
    }

    /// Sets [`destination_post_code`](Self::destination_post_code).
    #[must_use]
    pub fn destination_post_code(mut self, destination_post_code: impl Into<String>) -> Self {
        self.destination_post_code = Some(destination_post_code.into());
        self
    }

    /// Sets [`shipping_date`](Self::shipping_date).
    #[must_use]
    pub fn shipping_date(mut self, shipping_date: impl Into<String>) -> Self {
        self.shipping_date = Some(shipping_date.into());
        self
    }

    /// Sets [`courier_code`](Self::courier_code).
    #[must_use]
    pub fn courier_code(
        mut self,
        courier_code: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        self.courier_code = Some(courier_code.into_iter().map(Into::into).collect());
        self
    }

    /// Checks the documented limits without a call.
    ///
    /// # Errors
    /// Names the first field outside of its limits, and what is allowed.
    pub fn validate(&self) -> Result<(), Error> {
        checks::length("trackingNumber", Some(&self.tracking_number), 5, 50)?;
        checks::characters(
            "trackingNumber",
            Some(&self.tracking_number),
            "a-z A-Z 0-9 _ / . -",
            |letter| letter.is_ascii_alphanumeric() || "_/.-".contains(letter),
        )?;
        checks::length(
            "originCountryCode",
            self.origin_country_code.as_deref(),
            2,
            3,
        )?;
        checks::characters(
            "originCountryCode",
            self.origin_country_code.as_deref(),
            "A-Z",
            |letter| letter.is_ascii_uppercase(),
        )?;
        checks::length(
            "destinationCountryCode",
            self.destination_country_code.as_deref(),
            2,
            3,
        )?;
        checks::characters(
            "destinationCountryCode",
            self.destination_country_code.as_deref(),
            "A-Z",
            |letter| letter.is_ascii_uppercase(),
        )?;
        checks::length(
            "destinationPostCode",
            self.destination_post_code.as_deref(),
            1,
            32,
        )?;
        checks::characters(
            "destinationPostCode",
            self.destination_post_code.as_deref(),
            "A-Z a-z 0-9 space _ . / -",
            |letter| letter.is_ascii_alphanumeric() || " _./-".contains(letter),
        )?;
        checks::count(
            "courierCode",
            self.courier_code.as_ref().map(Vec::len),
            0,
            3,
        )?;
        Ok(())
    }
}

/// Carries one tracker.
///
/// Source: Ship24 OpenAPI 2026-09.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TrackerResponse {
    /// Wraps the tracker.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<TrackerData>,
}

/// Wraps one tracker.
///
/// Source: Ship24 OpenAPI 2026-09.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TrackerData {
    /// Holds the tracker.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tracker: Option<Tracker>,
}

/// Carries one page of trackers.
///
/// Source: Ship24 OpenAPI 2026-09.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TrackerListResponse {
    /// Wraps the trackers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<TrackerListData>,
}

/// Wraps one page of trackers.
///
/// Source: Ship24 OpenAPI 2026-09.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TrackerListData {
    /// Holds the trackers of this page. Fewer than the requested limit means that this is the last
    /// page.
    #[serde(
        default,
        deserialize_with = "lenient::list",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub trackers: Vec<Tracker>,
}

/// Represents a request to follow one tracking number.
///
/// A tracker has no status of its own: the status is in the tracking results.
///
/// Source: Ship24 OpenAPI 2026-09.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Tracker {
    /// Identifies the tracker.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tracker_id: Option<TrackerId>,
    /// Holds the tracking number, in upper case whatever was sent: compare without regard to case.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub tracking_number: Option<String>,
    /// Repeats the client's free text; null when none was sent, absent in responses of 2024 and
    /// earlier.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub shipment_reference: Option<String>,
    /// Repeats the client's own id; null or absent when none was sent.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub client_tracker_id: Option<String>,
    /// Holds the codes of the couriers that were sent.
    ///
    /// An array, a single string, or absent: the examples of the provider leave it out, its schema
    /// allows the first two.
    #[serde(
        default,
        deserialize_with = "lenient::one_or_many",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub courier_code: Vec<String>,
    /// Says whether the tracker is subscribed. False means archived.
    #[serde(
        default,
        deserialize_with = "lenient::boolean",
        skip_serializing_if = "Option::is_none"
    )]
    pub is_subscribed: Option<bool>,
    /// Says whether Ship24 still follows the shipment. False after delivery, long silence or
    /// archiving: stop polling.
    ///
    /// Absent in webhooks and in responses before 2025.
    #[serde(
        default,
        deserialize_with = "lenient::boolean",
        skip_serializing_if = "Option::is_none"
    )]
    pub is_tracked: Option<bool>,
    /// Holds the instant of creation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<UtcDateTime>,
    /// Repeats the recipient, only in the response to an update that sent a recipient's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipient: Option<TrackerRecipient>,
}

/// Repeats what the client said about the recipient.
///
/// Source: Ship24 OpenAPI 2026-09.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TrackerRecipient {
    /// Holds the recipient's name.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub name: Option<String>,
}

/// Shows no field, because they hold personal data.
impl fmt::Debug for TrackerRecipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TrackerRecipient").finish_non_exhaustive()
    }
}

/// Carries tracking results.
///
/// Source: Ship24 OpenAPI 2026-09.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TrackingResultsResponse {
    /// Wraps the trackings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<TrackingsData>,
}

/// Wraps tracking results.
///
/// Source: Ship24 OpenAPI 2026-09.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TrackingsData {
    /// Holds the trackings: exactly one when read by tracker id, one or more when read by number.
    #[serde(
        default,
        deserialize_with = "lenient::list",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub trackings: Vec<Tracking>,
}

/// Represents the results for one tracker or one search: the shipment, its events and its first
/// times.
///
/// The same shape arrives in responses and in webhooks; `metadata` in webhooks only, `tracker`
/// everywhere but in the per-call search.
///
/// Source: Ship24 OpenAPI 2026-09.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Tracking {
    /// Describes the webhook message. Absent in responses to requests.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata: Option<WebhookMetadata>,
    /// Holds the tracker. Absent in the per-call search; without `isTracked` and `courierCode` in
    /// webhooks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tracker: Option<Tracker>,
    /// Holds the shipment with its current status.
    ///
    /// One third-party client tolerates null; the provider does not document it.
    ///
    /// Assumed: Null means that nothing is known yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shipment: Option<Shipment>,
    /// Holds the events, newest first: all of them in responses, the new ones in webhooks.
    #[serde(
        default,
        deserialize_with = "lenient::list",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub events: Vec<Event>,
    /// Holds the first time at which each milestone was reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub statistics: Option<Statistics>,
}

/// Represents the parcel: status, countries, delivery, linked numbers and recipient.
///
/// Source: Ship24 OpenAPI 2026-09.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Shipment {
    /// Identifies the parcel at Ship24; null when nothing is known yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shipment_id: Option<ShipmentId>,
    /// Says precisely what state the shipment is in. Need not equal the code of the last event.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_code: Option<StatusCode>,
    /// Groups the status code by subject.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_category: Option<StatusCategory>,
    /// Names the stage of the shipment. Documented as always given, `pending` when nothing is
    /// known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_milestone: Option<StatusMilestone>,
    /// Names the detected country of origin, ISO 3166-1 with two letters. May differ from what the
    /// client sent.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub origin_country_code: Option<String>,
    /// Names the detected country of destination, ISO 3166-1 with two letters. May differ from what
    /// the client sent; the provider's own sample has the two countries swapped.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub destination_country_code: Option<String>,
    /// Describes the expected or finished delivery.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delivery: Option<Delivery>,
    /// Holds every tracking number that is linked to the shipment.
    #[serde(
        default,
        deserialize_with = "lenient::list",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub tracking_numbers: Vec<LinkedTrackingNumber>,
    /// Describes the recipient as the courier reports it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipient: Option<ShipmentRecipient>,
}

/// Describes the expected or finished delivery: three estimates of different origin, service and
/// signatory.
///
/// Source: Ship24 OpenAPI 2026-09.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Delivery {
    /// Holds Ship24's own estimate.
    ///
    /// The newest examples have no zone (`2026-09-15T18:00:00`), those of 2025 were UTC with
    /// milliseconds and `Z`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub estimated_delivery_date: Option<LogisticDateTime>,
    /// Holds the courier's estimate as a window. Absent in responses of 2025-08 and earlier.
    ///
    /// Source: Ship24 OpenAPI 2026-07.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub courier_estimated_delivery_date: Option<DeliveryWindow>,
    /// Holds a predicted window, a paid add-on. Absent, not null, without the add-on or without a
    /// prediction.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ai_predictive_delivery_date: Option<DeliveryWindow>,
    /// Names the courier's service or product.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub service: Option<String>,
    /// Names the person who signed. The proof-of-delivery webhook takes its place.
    ///
    /// Deprecated by the provider.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub signed_by: Option<String>,
}

/// Shows no field, because they hold personal data.
impl fmt::Debug for Delivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Delivery").finish_non_exhaustive()
    }
}

/// Holds an estimated window of delivery. Either end may be missing.
///
/// Source: Ship24 OpenAPI 2026-09.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DeliveryWindow {
    /// Holds the start of the window.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<LogisticDateTime>,
    /// Holds the end of the window.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<LogisticDateTime>,
}

/// Holds one tracking number that is linked to a shipment.
///
/// Source: Ship24 OpenAPI 2026-09.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct LinkedTrackingNumber {
    /// Holds the tracking number.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub tn: Option<String>,
}

/// Describes the recipient as the courier reports it. Personal data; often only the post code is
/// known.
///
/// Source: Ship24 OpenAPI 2026-09.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ShipmentRecipient {
    /// Holds the recipient's name.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub name: Option<String>,
    /// Holds street and house number.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub address: Option<String>,
    /// Holds the post code.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub post_code: Option<String>,
    /// Names the city.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub city: Option<String>,
    /// Names the state, province or region.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub subdivision: Option<String>,
}

/// Shows no field, because they hold personal data.
impl fmt::Debug for ShipmentRecipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ShipmentRecipient").finish_non_exhaustive()
    }
}

/// Represents one report of a courier about the shipment.
///
/// To order events, compare `occurrenceDatetime`, then `order`.
///
/// Source: Ship24 OpenAPI 2026-09.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Event {
    /// Identifies the event. Repeats of an event carry the same id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_id: Option<EventId>,
    /// Holds a tracking number of the shipment.
    ///
    /// Described as the number of the tracker, but the provider's examples show the other number of
    /// the shipment: use the tracker's number to find out which tracker an event belongs to.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub tracking_number: Option<String>,
    /// Holds the tracking number under which the event was found; together with `courierCode` it
    /// separates the legs.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub event_tracking_number: Option<String>,
    /// Holds the courier's own text, in any language.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub status: Option<String>,
    /// Time at which it happened, as the courier reports it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub occurrence_datetime: Option<LogisticDateTime>,
    /// Orders events of the same date; lower is older. Null in examples of 2025.
    #[serde(
        default,
        deserialize_with = "lenient::integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub order: Option<i64>,
    /// Holds the place as the courier reports it.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub location: Option<String>,
    /// Names where Ship24 got the event from, such as `usps-tracking`. An open set that changes
    /// without notice.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub source_code: Option<String>,
    /// Holds the code of the courier. May change over time.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub courier_code: Option<String>,
    /// Says precisely what happened; null on events of little meaning.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_code: Option<StatusCode>,
    /// Groups the event by subject. May be given without a code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_category: Option<StatusCategory>,
    /// Names the stage of the shipment at the time of the event. Documented as always given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_milestone: Option<StatusMilestone>,
    /// Holds the local time with a `Z` stuck on: it looks like UTC and is not. In webhooks only;
    /// use `occurrenceDatetime`.
    ///
    /// Deprecated by the provider.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub datetime: Option<String>,
    /// Holds the offset from UTC, null in the provider's example. In webhooks only.
    ///
    /// Deprecated by the provider.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub utc_offset: Option<String>,
    /// Says that only a date is known. In webhooks only; the form of `occurrenceDatetime` says the
    /// same.
    ///
    /// Deprecated by the provider.
    #[serde(
        default,
        deserialize_with = "lenient::boolean",
        skip_serializing_if = "Option::is_none"
    )]
    pub has_no_time: Option<bool>,
}

/// Holds figures about the shipment.
///
/// Source: Ship24 OpenAPI 2026-09.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Statistics {
    /// Holds the first time at which each milestone was reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timestamps: Option<MilestoneTimestamps>,
}

/// Holds the first time at which each milestone was reached; null for those not reached. There is
/// none for `pending`.
///
/// Source: Ship24 OpenAPI 2026-09.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct MilestoneTimestamps {
    /// Time at which the parcel was announced.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub info_received_datetime: Option<LogisticDateTime>,
    /// Time at which the parcel started to move.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_transit_datetime: Option<LogisticDateTime>,
    /// Time at which the parcel first went out for delivery.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub out_for_delivery_datetime: Option<LogisticDateTime>,
    /// Time at which a delivery first failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failed_attempt_datetime: Option<LogisticDateTime>,
    /// Time at which the parcel could first be collected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub available_for_pickup_datetime: Option<LogisticDateTime>,
    /// Time at which a problem that looks final was first reported.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exception_datetime: Option<LogisticDateTime>,
    /// Time at which the parcel was delivered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delivered_datetime: Option<LogisticDateTime>,
}

/// Carries the list of couriers.
///
/// Source: Ship24 OpenAPI 2026-09.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CourierListResponse {
    /// Wraps the couriers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<CourierListData>,
}

/// Wraps the list of couriers.
///
/// Source: Ship24 OpenAPI 2026-09.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CourierListData {
    /// Holds every courier; well over a thousand.
    #[serde(
        default,
        deserialize_with = "lenient::list",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub couriers: Vec<Courier>,
}

/// Represents a courier that Ship24 knows.
///
/// Source: Ship24 OpenAPI 2026-09.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Courier {
    /// Identifies the courier; the value to send as `courierCode`. Lower-case letters, digits and
    /// `-` in every example.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub courier_code: Option<String>,
    /// Names the courier. A few names end with a space.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub courier_name: Option<String>,
    /// Holds the address of the courier's website, `http` or `https`; null for a few.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub website: Option<String>,
    /// Says whether the courier is a national post.
    #[serde(
        default,
        deserialize_with = "lenient::boolean",
        skip_serializing_if = "Option::is_none"
    )]
    pub is_post: Option<bool>,
    /// Names the courier's country; null for most. Documented with two letters, three letters
    /// occur.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub country_code: Option<String>,
    /// Names the fields that this courier needs beside the tracking number. Null, an empty array or
    /// a list.
    #[serde(
        default,
        deserialize_with = "lenient::list",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub required_fields: Vec<CourierRequiredField>,
    /// Says whether the courier is no longer supported; its code is then ignored silently. Absent
    /// in 2024.
    #[serde(
        default,
        deserialize_with = "lenient::boolean",
        skip_serializing_if = "Option::is_none"
    )]
    pub is_deprecated: Option<bool>,
}

/// Says what became of a bulk creation. It has no outer `data` envelope, and 201, 207, 400 and 403
/// all carry it.
///
/// Source: Ship24 OpenAPI 2026-09.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BulkCreateResponse {
    /// Says how the creation went as a whole. Present in every bulk response: its presence
    /// distinguishes it from an ordinary error.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<BulkStatus>,
    /// Counts the items. Described as null when `status` is `error`, but examples show a value as
    /// well.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<BulkSummary>,
    /// Holds one entry for each item. Described as null when `status` is `error`, but examples show
    /// a value as well.
    #[serde(
        default,
        deserialize_with = "lenient::list",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub data: Vec<BulkItem>,
    /// Gives the reason when `status` is `error`, else null.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<ErrorItem>,
}

/// Counts the items of a bulk creation.
///
/// Source: Ship24 OpenAPI 2026-09.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct BulkSummary {
    /// Counts the items that were sent.
    #[serde(
        default,
        deserialize_with = "lenient::integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub total_inputs: Option<i64>,
    /// Counts the trackers that were created.
    #[serde(
        default,
        deserialize_with = "lenient::integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub total_created: Option<i64>,
    /// Counts the trackers that existed already.
    #[serde(
        default,
        deserialize_with = "lenient::integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub total_existing: Option<i64>,
    /// Counts the items that failed.
    #[serde(
        default,
        deserialize_with = "lenient::integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub total_errors: Option<i64>,
}

/// Says what became of one item of a bulk creation.
///
/// Source: Ship24 OpenAPI 2026-09.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct BulkItem {
    /// Says whether the tracker was created, existed already, or failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item_status: Option<BulkItemStatus>,
    /// Repeats the item as it was sent, even when it is invalid. It identifies the item.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input_data: Option<BulkItemInput>,
    /// Holds the tracker. Null or absent when the item failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tracker: Option<Tracker>,
    /// Gives the reasons when `itemStatus` is `error`, else null.
    #[serde(
        default,
        deserialize_with = "lenient::list",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub errors: Vec<ErrorItem>,
}

/// Repeats an item of a bulk creation as it was sent. No limit applies: invalid input is repeated
/// too.
///
/// Source: Ship24 OpenAPI 2026-09.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct BulkItemInput {
    /// Repeats the tracking number as it was sent, perhaps too short or too long.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub tracking_number: Option<String>,
    /// Repeats the client's free text.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub shipment_reference: Option<String>,
    /// Repeats the client's own id.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub client_tracker_id: Option<String>,
    /// Repeats the country of origin.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub origin_country_code: Option<String>,
    /// Repeats the country of destination.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub destination_country_code: Option<String>,
    /// Repeats the post code of the destination.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub destination_post_code: Option<String>,
    /// Repeats the day of shipping.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub shipping_date: Option<String>,
    /// Repeats the courier codes: an array or a single string, as they were sent.
    #[serde(
        default,
        deserialize_with = "lenient::one_or_many",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub courier_code: Vec<String>,
    /// Repeats the courier's name.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub courier_name: Option<String>,
    /// Repeats the address of the tracking page.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub tracking_url: Option<String>,
    /// Repeats the client's order number.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub order_number: Option<String>,
    /// Repeats the title.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub title: Option<String>,
    /// Repeats the recipient.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipient: Option<BulkItemRecipient>,
    /// Repeats the settings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settings: Option<BulkItemSettings>,
}

/// Repeats the recipient of an item as it was sent.
///
/// Source: Ship24 OpenAPI 2026-09.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BulkItemRecipient {
    /// Repeats the e-mail address.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub email: Option<String>,
    /// Repeats the name.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub name: Option<String>,
}

/// Shows no field, because they hold personal data.
impl fmt::Debug for BulkItemRecipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BulkItemRecipient").finish_non_exhaustive()
    }
}

/// Repeats the settings of an item as they were sent.
///
/// Source: Ship24 OpenAPI 2026-09.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct BulkItemSettings {
    /// Repeats whether tracking is restricted to the couriers that were sent.
    #[serde(
        default,
        deserialize_with = "lenient::boolean",
        skip_serializing_if = "Option::is_none"
    )]
    pub restrict_tracking_to_courier_code: Option<bool>,
}

/// Counts the webhook messages that are sent again.
///
/// Source: Ship24 OpenAPI 2026-09.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ResendWebhooksResponse {
    /// Wraps the summary.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<ResendWebhooksData>,
}

/// Wraps the summary.
///
/// Source: Ship24 OpenAPI 2026-09.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ResendWebhooksData {
    /// Holds the count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<ResendWebhooksSummary>,
}

/// Counts the messages that are sent again.
///
/// Source: Ship24 OpenAPI 2026-09.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ResendWebhooksSummary {
    /// Counts the messages. A string in the provider's schema, an integer in its example: both are
    /// read.
    #[serde(
        default,
        deserialize_with = "lenient::integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub total_resent: Option<i64>,
}

/// Holds the history of webhook messages sent for a tracker. It has no `data` envelope.
///
/// Source: Ship24 OpenAPI 2026-07.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct WebhookHistory {
    /// Describes the tracker and its webhook address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata: Option<WebhookHistoryMetadata>,
    /// Holds the pushes, newest first. Pushes that are still pending are left out.
    #[serde(
        default,
        deserialize_with = "lenient::list",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub webhooks: Vec<WebhookHistoryEntry>,
}

/// Describes the tracker of a webhook history.
///
/// Source: Ship24 OpenAPI 2026-07.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct WebhookHistoryMetadata {
    /// Holds the tracking number.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub tracking_number: Option<String>,
    /// Identifies the tracker.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tracker_id: Option<TrackerId>,
    /// Repeats the client's own id.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub client_tracker_id: Option<String>,
    /// Holds the webhook address of the account.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub webhook_url: Option<String>,
    /// Holds the instant of the last accepted push.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_successful_push_at: Option<UtcDateTime>,
    /// Holds the instant of the last failed push.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_failed_push_at: Option<UtcDateTime>,
}

/// Represents one push of a webhook message and the receiver's response. The message may hold a
/// recipient.
///
/// Source: Ship24 OpenAPI 2026-07.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct WebhookHistoryEntry {
    /// Says whether the receiver accepted the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<WebhookPushStatus>,
    /// Holds the instant of the push.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub push_timestamp: Option<UtcDateTime>,
    /// Holds the message that was sent, as raw JSON.
    ///
    /// Raw because the provider's sample does not have the shape of real webhook messages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_body: Option<Value>,
    /// Holds what the receiver returned: any JSON value, a string for plain text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response_body: Option<Value>,
    /// Holds the headers of the receiver's response, by name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response_headers: Option<Value>,
    /// Holds the HTTP status of the receiver's response, as a string such as `200`; null when there
    /// was no response.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub response_status_code: Option<String>,
}

/// Shows no field, because they hold personal data.
impl fmt::Debug for WebhookHistoryEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebhookHistoryEntry")
            .finish_non_exhaustive()
    }
}

/// Carries new events of one or more trackers, topic `tracking/events`. It has no `data` envelope.
///
/// Source: docs: webhooks/specification.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TrackingEventsWebhook {
    /// Holds the updates: one by default, several when the account groups updates in the dashboard.
    #[serde(
        default,
        deserialize_with = "lenient::list",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub trackings: Vec<Tracking>,
}

/// Describes a webhook message.
///
/// Source: Ship24 OpenAPI 2026-09.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct WebhookMetadata {
    /// Holds the instant at which the message was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub generated_at: Option<UtcDateTime>,
    /// Identifies the message; a repeat carries the same id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message_id: Option<MessageId>,
    /// Says what the message is about. Absent in messages of 2025-08 and earlier.
    ///
    /// Source: Ship24 OpenAPI 2026-07.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub topic: Option<WebhookTopic>,
}

/// Carries the proof of delivery of one tracker, topic `tracking/pod`. It has no `data` envelope.
///
/// Source: docs: webhooks/proof-of-delivery.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ProofOfDeliveryWebhook {
    /// Holds exactly one item.
    #[serde(
        default,
        deserialize_with = "lenient::list",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub trackings: Vec<ProofOfDeliveryItem>,
}

/// Represents the proof of delivery of one tracker. It has neither shipment nor events.
///
/// Source: docs: webhooks/proof-of-delivery.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ProofOfDeliveryItem {
    /// Describes the webhook message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata: Option<WebhookMetadata>,
    /// Holds the tracker, without `isTracked` and `courierCode`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tracker: Option<Tracker>,
    /// Holds the proof.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<ProofOfDelivery>,
}

/// Represents a proof of delivery, or says that the courier has none.
///
/// Source: docs: webhooks/proof-of-delivery.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ProofOfDelivery {
    /// Says whether the courier returned a proof.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<ProofOfDeliveryStatus>,
    /// Names the source of the proof, in the vocabulary of `sourceCode` of events. An open set.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub courier: Option<String>,
    /// Holds the proof itself.
    ///
    /// Assumed: It is null or absent when `status` is `unavailable`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<ProofOfDeliveryContent>,
}

/// Holds a proof of delivery as text or as an address to download it from.
///
/// Source: docs: webhooks/proof-of-delivery.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ProofOfDeliveryContent {
    /// Names the media type, which says whether `text` or `downloadUrl` has a value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub type_: Option<ProofOfDeliveryContentType>,
    /// Holds the signatory's name or a delivery note, for the two text types. Personal data.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub text: Option<String>,
    /// Holds the address of the document or picture. Valid for seven days.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub download_url: Option<String>,
}

/// Shows no field, because they hold personal data.
impl fmt::Debug for ProofOfDeliveryContent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProofOfDeliveryContent")
            .finish_non_exhaustive()
    }
}

/// Carries the reasons of a failed request. 429 is plain text instead, and server failures may be
/// HTML.
///
/// Source: docs: errors.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ErrorResponse {
    /// Holds one or more reasons. The first one decides the kind of the error.
    #[serde(
        default,
        deserialize_with = "lenient::list",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub errors: Vec<ErrorItem>,
    /// Holds nothing: null in every example, an object or null in the provider's schema.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<Value>,
}

/// Gives one reason of a failure.
///
/// Source: docs: errors.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ErrorItem {
    /// Names the reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<ErrorCode>,
    /// Explains the reason in English. Given "if available" in ordinary errors, always in bulk
    /// responses.
    #[serde(
        default,
        deserialize_with = "lenient::text",
        skip_serializing_if = "Option::is_none"
    )]
    pub message: Option<String>,
}

/// Query parameters of `list-trackers`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ListTrackersQuery {
    /// Selects the page, counted from 1. Defaults to 1.
    ///
    /// Required up to the provider's description of 2026-07; the official SDK leaves it out without
    /// trouble.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<i64>,
    /// Sets how many trackers a page holds, from 1 to 500. Defaults to 100.
    ///
    /// Assumed: A value above 500 is refused or cut by the provider, so it is refused before the
    /// call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<i64>,
    /// Orders the trackers by their creation time. Defaults to oldest first, which keeps pages
    /// stable while trackers are being added.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort: Option<SortOrder>,
}

impl ListTrackersQuery {
    /// Creates an empty value; every field of `ListTrackersQuery` is optional.
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
        checks::range("limit", self.limit, 1, 500)?;
        Ok(())
    }
}

/// Query parameters of `get-tracker-by-trackerId`, `update-tracker-by-trackerId`,
/// `get-tracking-results-of-tracker-by-trackerId`, `resend-webhooks` and
/// `download-webhook-history`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct TrackerQuery {
    /// Says which id the path carries. Defaults to Ship24's tracker id.
    ///
    /// Source: Ship24 OpenAPI 2026-09.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub search_by: Option<SearchBy>,
}

impl TrackerQuery {
    /// Creates an empty value; every field of `TrackerQuery` is optional.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets [`search_by`](Self::search_by).
    #[must_use]
    pub fn search_by(mut self, search_by: SearchBy) -> Self {
        self.search_by = Some(search_by);
        self
    }
}

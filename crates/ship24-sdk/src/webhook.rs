//! Webhook messages: check the proof, then read what came.
//!
//! Ship24 proves a message with a static secret: `Authorization: Bearer <webhook secret>`, one per
//! account. There is no signature and no body digest, whatever third-party code says. So the proof
//! shows that the sender knows the secret, not that the body is what Ship24 wrote, and a captured
//! request can be replayed: treat a message as a hint and read the results again before anything
//! that matters.
//!
//! What a receiver should do (documented unless said otherwise):
//!
//! - respond with any 2xx within [`RESPONSE_TIMEOUT`]; a 2xx whose JSON body says `"success": false`
//!   counts as a failure and is sent again (official Node SDK notes);
//! - expect up to 20 tries over about six days, in any order, and duplicates: drop repeats by
//!   [`WebhookItem::message_id`], then by `eventId`; order by time, then by `order`;
//! - respond to `HEAD` with 200: earlier documentation required it before an address could be saved;
//! - accept several items in one message: the dashboard can group them.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, header};
use serde::Deserialize;
use serde_json::value::RawValue;
use tracking_core::webhook::WebhookProof;
use tracking_core::{Problem, RawJson};
use tracking_http::json::partial::{Partial, with_valid_strings};
use tracking_http::json::without_bom;
use tracking_http::{Error, Secret};

use crate::error::NAME;
use crate::{MessageId, ProofOfDeliveryItem, Tracking, WebhookMetadata, WebhookTopic};

/// Ship24 gives up on a response after this time and sends the message again.
///
/// Observed: the default of the implementation, stated in the notes of the provider's own plugin.
pub const RESPONSE_TIMEOUT: Duration = Duration::from_secs(15);

/// Checks and reads webhook messages.
///
/// ```
/// use ship24_sdk::webhook::{WebhookItem, WebhookReceiver};
///
/// # fn main() -> Result<(), ship24_sdk::Error> {
/// let receiver = WebhookReceiver::new("whs_example")?;
/// let body = br#"{"trackings":[{"metadata":{"messageId":"m-1","topic":"tracking/events"},
///     "tracker":{"trackerId":"t-1","trackingNumber":"SHIP24_SAMPLE_DELIVERED_001"},
///     "events":[]}]}"#;
///
/// let message = receiver.receive(&receiver.sign(), body)?;
///
/// for item in &message.items {
///     match item {
///         WebhookItem::Events(tracking) => println!("{} new events", tracking.events.len()),
///         WebhookItem::ProofOfDelivery(proof) => println!("{:?}", proof.data),
///         other => println!("not known yet: {:?}", other.topic()),
///     }
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct WebhookReceiver {
    secret: Secret,
}

impl WebhookReceiver {
    /// Takes the webhook secret that the dashboard shows.
    ///
    /// # Errors
    ///
    /// [`Configuration`](crate::ErrorKind::Configuration) when the secret is empty, which would let
    /// every request pass, or cannot be in a header, which would let none pass: white space from
    /// a file or a variable is the usual cause.
    pub fn new(secret: impl Into<Secret>) -> Result<Self, Error> {
        let secret = secret.into();
        let fault = if secret.is_empty() {
            "is empty"
        } else if !secret
            .expose_secret()
            .bytes()
            .all(|byte| byte.is_ascii_graphic())
        {
            "holds white space or characters that no header can carry"
        } else {
            return Ok(Self { secret });
        };
        Err(Error::configuration(format!(
            "the webhook secret {fault}; copy it from the Ship24 dashboard (Integrations, Webhooks)"
        ))
        .with_provider(NAME))
    }

    /// Checks the proof in the headers, in constant time.
    ///
    /// The body plays no part in it: the proof is as weak as [`WebhookProof::SharedSecret`] says.
    ///
    /// # Errors
    ///
    /// [`Webhook`](crate::ErrorKind::Webhook) when the `Authorization` header is missing, is there
    /// more than once, is not a bearer token, or holds another secret. Respond to such a
    /// request with 401.
    pub fn verify(&self, headers: &HeaderMap) -> Result<WebhookProof, Error> {
        self.verify_values(
            headers
                .get_all(header::AUTHORIZATION)
                .iter()
                .map(HeaderValue::as_bytes),
        )
    }

    /// Checks the proof, then reads the message.
    ///
    /// # Errors
    ///
    /// [`Webhook`](crate::ErrorKind::Webhook) when the proof is missing or wrong: respond with 401.
    /// [`Decode`](crate::ErrorKind::Decode) when the proof is right and the body is no webhook
    /// message at all: keep the body and respond with 2xx, since Ship24 would send the same 20 times.
    /// A field or an item that cannot be read is no error: it is in [`WebhookMessage::problems`] and the
    /// rest is kept.
    pub fn receive(&self, headers: &HeaderMap, body: &[u8]) -> Result<WebhookMessage, Error> {
        let proof = self.verify(headers)?;
        let mut message = WebhookMessage::parse_unverified(body)?;
        message.proof = proof;
        Ok(message)
    }

    /// The headers that Ship24 would send with this secret, for tests of a receiver.
    #[must_use]
    pub fn sign(&self) -> HeaderMap {
        let mut headers = HeaderMap::new();
        let value = format!("Bearer {}", self.secret.expose_secret());
        if let Ok(mut value) = HeaderValue::try_from(value) {
            value.set_sensitive(true);
            headers.insert(header::AUTHORIZATION, value);
        }
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/json"),
        );
        headers
    }

    /// Checks the values of the `Authorization` header, for callers without a [`HeaderMap`].
    pub(crate) fn verify_values<'a>(
        &self,
        values: impl IntoIterator<Item = &'a [u8]>,
    ) -> Result<WebhookProof, Error> {
        let mut values = values.into_iter();
        let reason = match (values.next().map(bearer_token), values.next()) {
            (None, _) => "the `Authorization` header is missing",
            (Some(_), Some(_)) => "the `Authorization` header is there more than once",
            (Some(None), None) => "the `Authorization` header is not `Bearer <secret>`",
            (Some(Some(token)), None) if self.secret.matches(token) => {
                return Ok(WebhookProof::SharedSecret);
            }
            (Some(Some(_)), None) => "the bearer token is not the webhook secret",
        };
        Err(Error::webhook(reason).with_provider(NAME))
    }
}

/// The token of a bearer header. Schemes compare without case (RFC 9110, section 11.1).
fn bearer_token(value: &[u8]) -> Option<&[u8]> {
    let (scheme, token) = value.split_at_checked(7)?;
    scheme
        .eq_ignore_ascii_case(b"bearer ")
        .then(|| token.trim_ascii())
}

/// What one webhook request brought.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct WebhookMessage {
    /// The items, in the order of the body.
    pub items: Vec<WebhookItem>,
    /// Fields and items that could not be read. Their JSON is kept.
    pub problems: Vec<Problem>,
    /// How far the message can be trusted.
    pub proof: WebhookProof,
}

/// One item of a webhook message.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum WebhookItem {
    /// Topic `tracking/events`, and messages without a topic, which is how they came before
    /// August 2025. Holds the new events only.
    Events(Box<Tracking>),
    /// Topic `tracking/pod`: a proof of delivery, a paid add-on. Has no events and no shipment.
    ProofOfDelivery(Box<ProofOfDeliveryItem>),
    /// A topic that this version does not know. Nothing of it is lost.
    #[non_exhaustive]
    Other {
        /// Message id, time and topic.
        metadata: WebhookMetadata,
        /// The whole item.
        raw: RawJson,
    },
}

impl WebhookItem {
    /// What is common to all topics: message id, time, topic.
    #[must_use]
    pub fn metadata(&self) -> Option<&WebhookMetadata> {
        match self {
            Self::Events(tracking) => tracking.metadata.as_ref(),
            Self::ProofOfDelivery(proof) => proof.metadata.as_ref(),
            Self::Other { metadata, .. } => Some(metadata),
        }
    }

    /// The id by which repeats are recognised.
    #[must_use]
    pub fn message_id(&self) -> Option<&str> {
        self.metadata()?.message_id.as_ref().map(MessageId::as_str)
    }

    /// The topic, when the item names one.
    #[must_use]
    pub fn topic(&self) -> Option<&WebhookTopic> {
        self.metadata()?.topic.as_ref()
    }
}

/// The body, with items that are looked at one by one.
#[derive(Deserialize)]
struct Body<'a> {
    #[serde(borrow)]
    trackings: Vec<&'a RawValue>,
}

/// What is known of an item of any topic.
#[derive(Default, Deserialize)]
struct Head {
    #[serde(default)]
    metadata: Option<WebhookMetadata>,
}

/// An item as far as it could be read.
pub(crate) enum ReadItem {
    Events(Box<Partial<Tracking>>),
    ProofOfDelivery(Box<Partial<ProofOfDeliveryItem>>),
    Other(Partial<WebhookMetadata>),
}

/// The items of a message, and what is in their place without being one.
pub(crate) struct ReadItems {
    pub(crate) items: Vec<ReadItem>,
    pub(crate) problems: Vec<Problem>,
}

impl WebhookMessage {
    /// Reads a message without any proof, for messages that were checked elsewhere and for
    /// replays from the webhook history. [`proof`](Self::proof) is then [`WebhookProof::None`].
    ///
    /// # Errors
    ///
    /// [`Decode`](crate::ErrorKind::Decode) when the body is not JSON or has no `trackings`.
    pub fn parse_unverified(body: &[u8]) -> Result<Self, Error> {
        let ReadItems { items, problems } = read_items(&Bytes::copy_from_slice(body))?;
        let mut message = Self {
            items: Vec::with_capacity(items.len()),
            problems,
            proof: WebhookProof::None,
        };
        for item in items {
            let (item, problems) = match item {
                ReadItem::Events(tracking) => (
                    WebhookItem::Events(Box::new(tracking.value)),
                    tracking.problems,
                ),
                ReadItem::ProofOfDelivery(proof) => (
                    WebhookItem::ProofOfDelivery(Box::new(proof.value)),
                    proof.problems,
                ),
                ReadItem::Other(Partial {
                    value: metadata,
                    raw,
                    problems,
                    ..
                }) => (WebhookItem::Other { metadata, raw }, problems),
            };
            message.items.push(item);
            message.problems.extend(problems);
        }
        Ok(message)
    }
}

/// Reads the items of a message, each as far as possible.
///
/// # Errors
///
/// Kind `Decode` when the body is not JSON or has no list `trackings`.
pub(crate) fn read_items(body: &Bytes) -> Result<ReadItems, Error> {
    let (body, problems) = with_valid_strings(body);
    let mut read = ReadItems {
        items: Vec::new(),
        problems,
    };
    for (index, item) in raw_items(&body)?.into_iter().enumerate() {
        let raw = RawJson::from_slice(&body, item.get());
        match read_item(raw, format!("trackings[{index}]")) {
            Ok(item) => read.items.push(item),
            Err(problems) => read.problems.extend(problems),
        }
    }
    Ok(read)
}

/// The items of a message, unread.
fn raw_items(body: &[u8]) -> Result<Vec<&RawValue>, Error> {
    let refused = |place: String| {
        let message = format!("the body is not an object with a list `trackings`{place}");
        Error::decode("", message)
            .with_provider(NAME)
            .with_body(body.to_vec().into())
    };
    let json = without_bom(body);
    // An array would be read by position.
    if json.trim_ascii_start().starts_with(b"[") {
        return Err(refused(String::new()));
    }
    let Body { trackings } = serde_json::from_slice(json).map_err(|error| {
        // The error itself would repeat what is in the body.
        let (line, column) = (error.line(), error.column());
        refused(format!(" (line {line}, column {column})"))
    })?;
    Ok(trackings)
}

/// Reads one item as its topic demands.
fn read_item(raw: RawJson, path: String) -> Result<ReadItem, Vec<Problem>> {
    // Nearly every item is a tracking, whose reader finds the topic too.
    let tracking = Partial::<Tracking>::from_raw(raw.clone(), path.as_str());
    let metadata = tracking.value.metadata.as_ref();
    match metadata.and_then(|metadata| metadata.topic.as_ref()) {
        None | Some(WebhookTopic::TrackingEvents) => {
            Ok(ReadItem::Events(Box::new(of_its_kind(tracking)?)))
        }
        Some(WebhookTopic::TrackingPod) => {
            let proof = of_its_kind(Partial::from_raw(raw, path))?;
            Ok(ReadItem::ProofOfDelivery(Box::new(proof)))
        }
        Some(WebhookTopic::Unknown(_)) => {
            let head = Partial::<Head>::from_raw(raw, path);
            Ok(ReadItem::Other(
                head.map(|head| head.metadata.unwrap_or_default()),
            ))
        }
    }
}

/// Refuses an item that holds nothing of its kind, with the problems that say so.
fn of_its_kind<T: Default + PartialEq>(item: Partial<T>) -> Result<Partial<T>, Vec<Problem>> {
    if item.value != T::default() {
        return Ok(item);
    }
    if item.problems.is_empty() {
        let message = "nothing of a webhook item is here";
        return Err(vec![Problem::new(item.path(), message).with_raw(item.raw)]);
    }
    Err(item.problems)
}

//! Webhook messages: check the weak proof, then read what came.
//!
//! A message of version 2 proves itself in its own body: `verifyInfo` holds a time and a keyed hash
//! of that time. **That proof is weak**, however well it is checked:
//!
//! - the hash does not cover the body: whoever saw one pair can put any body beside it;
//! - the key is the e-mail address of the account, which is no secret;
//! - nothing in it is used only once, so a pair can be replayed as long as its age is accepted.
//!
//! So a message is a hint: read the tracking again before anything that matters. The age is bounded
//! ([`DEFAULT_MAX_AGE`], or [`WebhookReceiver::with_max_age`]), and the proof is reported as
//! [`WebhookProof::TimestampMac`].
//!
//! What a receiver should do:
//!
//! - respond with HTTP 200 and the body [`RESPONSE_BODY`] (documented; observed in the official handler);
//! - refuse a wrong proof with 401: TrackingMore sends again what is not received (assumed of version 2);
//! - expect repeats: up to 14, after 2^n times 30 seconds, in material on version 4; for version 2
//!   nothing is published;
//! - set the version of the webhook in the dashboard to 2: the messages of versions 3 and 4 come to
//!   the same address, have other keys, and are refused here with an error that says so.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use serde::Serialize;
use serde::de::IgnoredAny;
use tracking_core::kit::{has_path, non_blank, raw_at_path};
use tracking_core::webhook::WebhookProof;
use tracking_core::{Problem, RawJson, UtcTime};
use tracking_http::json::partial::Partial;
use tracking_http::{Clock, Error, Secret, SystemClock, decode};

use crate::empty::is_empty_json;
use crate::error::NAME;
use crate::version::later_version;
use crate::{Tracking, TrackingResponse, VerifyInfo, proof};

/// What the provider's own receiver responds with: this body, and HTTP 200.
pub const RESPONSE_BODY: &str = "200";

/// How old the time of a proof may be, unless the receiver says otherwise: one hour.
///
/// A shorter time leaves less room for replays. A longer one accepts late repeats: whether these
/// carry a new time is not known. What is refused is not lost, since a message is only a hint.
pub const DEFAULT_MAX_AGE: Duration = Duration::from_secs(60 * 60);

/// How far the clocks of both sides may differ.
const MAX_CLOCK_SKEW: Duration = Duration::from_secs(5 * 60);

/// Checks and reads webhook messages of version 2.
///
/// ```
/// use trackingmore_sdk::webhook::WebhookReceiver;
///
/// # fn main() -> Result<(), trackingmore_sdk::Error> {
/// // The address that the TrackingMore account is registered with.
/// let receiver = WebhookReceiver::new("shop@example.com")?;
/// let tracking = serde_json::json!({"tracking_number": "RR050349575PH", "status": "delivered"});
/// let body = receiver.sign(&tracking)?;
///
/// let message = receiver.receive(body.as_bytes())?;
///
/// assert_eq!(message.tracking.tracking_number.as_deref(), Some("RR050349575PH"));
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct WebhookReceiver {
    account_email: Secret,
    max_age: Option<Duration>,
    clock: Arc<dyn Clock>,
}

impl WebhookReceiver {
    /// Takes the e-mail address of the TrackingMore account, which is the key of the proof: every
    /// letter counts, also its case.
    ///
    /// # Errors
    ///
    /// [`Configuration`](crate::ErrorKind::Configuration) when the address is empty, so that everybody
    /// could make its proof, or is no e-mail address, so that no proof would fit: white space from
    /// a file or a variable is the usual cause.
    pub fn new(account_email: impl Into<Secret>) -> Result<Self, Error> {
        let account_email = account_email.into();
        let text = account_email.expose_secret();
        let fault = if account_email.is_empty() {
            Some("is empty")
        } else if text.contains(|letter: char| letter.is_whitespace() || letter.is_control()) {
            Some("holds white space or a control character")
        } else if !text.contains('@') {
            Some("is none: it has no `@`")
        } else {
            None
        };
        if let Some(fault) = fault {
            return Err(named(Error::configuration(format!(
                "the e-mail address of the TrackingMore account {fault}; it is the key of the webhook \
                 proof, exactly as the dashboard shows it"
            ))));
        }
        Ok(Self {
            account_email,
            max_age: Some(DEFAULT_MAX_AGE),
            clock: Arc::new(SystemClock),
        })
    }

    /// Sets how old the time of a proof may be.
    #[must_use]
    pub fn with_max_age(mut self, max_age: Duration) -> Self {
        self.max_age = Some(max_age);
        self
    }

    /// Accepts proofs of any age, for messages from an archive.
    #[must_use]
    pub fn without_max_age(mut self) -> Self {
        self.max_age = None;
        self
    }

    /// Reads the time somewhere else than from the machine's clock. An `Arc` of a clock is one too.
    #[must_use]
    pub fn with_clock(mut self, clock: impl Clock + 'static) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Checks the proof in the body, in constant time, and its age.
    ///
    /// The rest of the body plays no part in it, see the [module](self).
    ///
    /// # Errors
    ///
    /// [`Webhook`](crate::ErrorKind::Webhook) when the body holds no proof, a wrong one, or one that
    /// is too old or lies in the future, and when it is a message of version 3 or 4. Respond to such
    /// a request with 401. [`Decode`](crate::ErrorKind::Decode) when the body is not JSON, so that
    /// nothing is proven: respond with 400.
    pub fn verify(&self, body: &[u8]) -> Result<WebhookProof, Error> {
        let json = json_in(body)?;
        self.check(&String::from_utf8_lossy(json)).map_err(named)?;
        Ok(WebhookProof::TimestampMac)
    }

    /// Checks the proof, then reads the message.
    ///
    /// # Errors
    ///
    /// As [`verify`](Self::verify), and [`Decode`](crate::ErrorKind::Decode) also when the proof is
    /// right and there is no tracking in the message. A part of the tracking that cannot be read is
    /// no error: it is in [`WebhookMessage::problems`].
    pub fn receive(&self, body: &[u8]) -> Result<WebhookMessage, Error> {
        let json = json_in(body)?;
        let sent_at = self.check(&String::from_utf8_lossy(json)).map_err(named)?;
        let mut message = message_of(read_tracking(json)?);
        message.proof = WebhookProof::TimestampMac;
        message.sent_at = Some(sent_at);
        Ok(message)
    }

    /// Makes the body that TrackingMore would send for this tracking now, for tests of a receiver.
    ///
    /// # Errors
    ///
    /// [`InvalidRequest`](crate::ErrorKind::InvalidRequest) when the tracking is nothing that JSON can
    /// express.
    pub fn sign(&self, tracking: &impl Serialize) -> Result<String, Error> {
        #[derive(Serialize)]
        struct Body<'a, T> {
            meta: Meta,
            data: &'a T,
            #[serde(rename = "verifyInfo")]
            verify_info: Proof,
        }

        #[derive(Serialize)]
        struct Meta {
            code: u16,
            r#type: &'static str,
            message: &'static str,
        }

        #[derive(Serialize)]
        struct Proof {
            #[serde(rename = "timeStr")]
            time: u64,
            signature: String,
        }

        let now = self.clock.now().duration_since(SystemTime::UNIX_EPOCH);
        let time = now.unwrap_or_default().as_secs();
        let body = Body {
            meta: Meta {
                code: 200,
                r#type: "Success",
                message: "Success",
            },
            data: tracking,
            verify_info: Proof {
                time,
                signature: self.signature(&time.to_string()),
            },
        };
        serde_json::to_string(&body).map_err(|error| {
            named(
                Error::invalid_request("tracking", "cannot be written as JSON").with_source(error),
            )
        })
    }

    /// The signature that belongs to a time, as `verifyInfo.signature` holds it: HMAC-SHA256 of its
    /// decimal digits, in lower-case hexadecimal digits.
    #[must_use]
    pub fn signature(&self, time_text: &str) -> String {
        proof::signature(self.account_email.expose_secret(), time_text)
    }

    /// Checks the proof of a message and returns its time.
    fn check(&self, json: &str) -> Result<UtcTime, Error> {
        if let Some(version) = later_version(json) {
            let message = format!(
                "this is a webhook message of version {version} of the API; set the webhook version \
                 to 2 in the TrackingMore dashboard"
            );
            return Err(Error::webhook(message));
        }
        let VerifyInfo {
            time_str,
            signature,
            ..
        } = verify_info(json)?;
        let (Some(time), Some(signature)) = (non_blank(time_str), non_blank(signature)) else {
            return Err(Error::webhook(
                "`verifyInfo.timeStr` or `verifyInfo.signature` is missing",
            ));
        };
        if !proof::matches(self.account_email.expose_secret(), &time, &signature) {
            return Err(Error::webhook(
                "`verifyInfo.signature` was not made with the e-mail address of this account",
            ));
        }
        let seconds = time.parse().ok().and_then(UtcTime::from_unix_seconds);
        let sent_at = seconds
            .ok_or_else(|| Error::webhook("`verifyInfo.timeStr` is no Unix time in seconds"))?;
        self.check_age(sent_at)?;
        Ok(sent_at)
    }

    fn check_age(&self, sent_at: UtcTime) -> Result<(), Error> {
        let Some(max_age) = self.max_age else {
            return Ok(());
        };
        let Ok(now) = UtcTime::try_from(self.clock.now()) else {
            return Err(Error::webhook("the clock of this machine cannot be right"));
        };
        if now.since(sent_at).is_some_and(|age| age > max_age) {
            let message = format!(
                "the proof is older than {} s; it may be replayed",
                max_age.as_secs()
            );
            return Err(Error::webhook(message));
        }
        if sent_at
            .since(now)
            .is_some_and(|ahead| ahead > MAX_CLOCK_SKEW)
        {
            return Err(Error::webhook(
                "the proof comes from the future; check the clock of this machine",
            ));
        }
        Ok(())
    }
}

/// Shows neither the address of the account nor anything else of it.
impl fmt::Debug for WebhookReceiver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebhookReceiver")
            .field("account_email", &self.account_email)
            .field("max_age", &self.max_age)
            .field("clock", &self.clock)
            .finish()
    }
}

/// What one webhook request brought.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct WebhookMessage {
    /// The tracking. Assumed to be complete; only a list of its keys is published.
    pub tracking: Tracking,
    /// Parts of it that could not be read. Their JSON is kept.
    pub problems: Vec<Problem>,
    /// When the proof was made, by the clock of TrackingMore.
    pub sent_at: Option<UtcTime>,
    /// How far the message can be trusted.
    pub proof: WebhookProof,
    /// The tracking as it came.
    pub raw: RawJson,
}

impl WebhookMessage {
    /// Reads a message without any proof, for messages that were checked elsewhere.
    /// [`proof`](Self::proof) is then [`WebhookProof::None`].
    ///
    /// # Errors
    ///
    /// [`Decode`](crate::ErrorKind::Decode) when the body is not JSON or holds no tracking;
    /// [`Webhook`](crate::ErrorKind::Webhook) for a message of version 3 or 4.
    pub fn parse_unverified(body: &[u8]) -> Result<Self, Error> {
        let json = json_in(body)?;
        if let Some(version) = later_version(&String::from_utf8_lossy(json)) {
            let message =
                format!("this is a webhook message of version {version}, not of version 2");
            return Err(named(Error::webhook(message)));
        }
        Ok(message_of(read_tracking(json)?))
    }
}

/// The place of the tracking in a message, for problems.
pub(crate) const TRACKING: &str = "data";

/// Cuts the body down to its outermost braces: the provider's own receiver expects characters
/// around the JSON, and does the same.
pub(crate) fn json_in(body: &[u8]) -> Result<&[u8], Error> {
    let start = body.iter().position(|byte| *byte == b'{');
    let end = body.iter().rposition(|byte| *byte == b'}');
    let json = start
        .zip(end)
        .and_then(|(start, end)| body.get(start..=end))
        .filter(|json| serde_json::from_slice::<IgnoredAny>(json).is_ok());
    json.ok_or_else(|| {
        named(Error::decode("", "the body is not a JSON object")).with_body(body.to_vec().into())
    })
}

fn message_of(read: Partial<Tracking>) -> WebhookMessage {
    WebhookMessage {
        tracking: read.value,
        problems: read.problems,
        sent_at: None,
        proof: WebhookProof::None,
        raw: read.raw,
    }
}

/// Reads the tracking in a message, as far as possible.
///
/// # Errors
///
/// Kind `Decode` when there is none.
pub(crate) fn read_tracking(json: &[u8]) -> Result<Partial<Tracking>, Error> {
    let body = Bytes::copy_from_slice(json);
    let message = Partial::<TrackingResponse>::from_body(&body);
    let is_tracking = |message: &Partial<TrackingResponse>| {
        let data = message.value.data.as_ref();
        data.is_some_and(|tracking| tracking.tracking_number.is_some())
    };
    // A number that is null or cannot be read is one all the same.
    if !message.as_ref().is_ok_and(is_tracking) && !has_path(json, &[TRACKING, "tracking_number"]) {
        let error = Error::decode(TRACKING, "there is no tracking here");
        return Err(named(error).with_body(body));
    }
    let message = message.map_err(named)?;
    Ok(message.into_part(&[TRACKING], |message| message.data.unwrap_or_default()))
}

/// The proof: beside the tracking as documented, or inside of it, where one third-party receiver
/// looks for it.
fn verify_info(json: &str) -> Result<VerifyInfo, Error> {
    let places: [&[&str]; 2] = [&["verifyInfo"], &[TRACKING, "verifyInfo"]];
    let mut parts = places.iter().filter_map(|place| raw_at_path(json, place));
    let part = parts.find(|part| !is_empty_json(part));
    let part = part.ok_or_else(|| Error::webhook("`verifyInfo` is missing"))?;
    // Decoding names the place and what is expected there, not what was found.
    decode(part.as_bytes()).map_err(|error| {
        let reason = error.message().unwrap_or("it cannot be read");
        Error::webhook(format!("`verifyInfo`: {reason}"))
    })
}

fn named(error: Error) -> Error {
    error.with_provider(NAME)
}

#[cfg(test)]
mod tests;

//! "GCL Notifications": check the custom header, then read what the account's template sends.
//!
//! Notifications are set up by hand (Shipping Settings, Notifications, Triggers), as a `POST` or `PUT`
//! of JSON or XML whose body a template of the account makes. No body is published. So the crate
//! reads what is known: a JSON object with the keys of the tracking response, or with those of one
//! checkpoint beside `trackingNumber`. Everything else stays in [`WebhookMessage::body`].
//!
//! There is no signature. The only proof is a custom header that the account sets in the trigger:
//! whoever knows it can send any body, and a captured message can be replayed. Treat a message as a
//! hint and read the tracking again before anything that matters. Whether and how often GCL repeats
//! a message is not known. Assumed: any 2xx counts as received, and anything else may be sent again.

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue};
use tracking_core::Problem;
use tracking_core::kit::non_blank;
use tracking_core::webhook::WebhookProof;
use tracking_http::json::partial::Partial;
use tracking_http::{Error, Secret};

use crate::error::NAME;
use crate::partial::{PartialTracking, read_object};
use crate::{CheckPoint, TrackingResponse};

/// Headers that every request has, so that their presence proves nothing.
const ORDINARY: [&str; 8] = [
    "accept",
    "accept-encoding",
    "connection",
    "content-length",
    "content-type",
    "host",
    "transfer-encoding",
    "user-agent",
];

/// Checks and reads notifications.
///
/// ```
/// use gcl_sdk::webhook::WebhookReceiver;
///
/// # fn main() -> Result<(), gcl_sdk::Error> {
/// let receiver = WebhookReceiver::new("X-Shop-Token", "example-secret")?;
/// let body = br#"{"trackingNumber":"QX1","statusUid":"delivered","createdAt":"2026-09-14T09:12:40Z"}"#;
///
/// let message = receiver.receive(&receiver.sign(), body)?;
///
/// let tracking = message.tracking.expect("the template sends the keys of a checkpoint");
/// assert_eq!(tracking.checkpoints.len(), 1);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct WebhookReceiver {
    header: HeaderName,
    secret: Secret,
}

impl WebhookReceiver {
    /// Takes name and value of the custom header, as they are in the trigger.
    ///
    /// # Errors
    ///
    /// [`Configuration`](crate::ErrorKind::Configuration) when the name is no header name or that of
    /// a header which every request has; when the value is empty, which would let every request
    /// pass, or cannot be in a header, which would let none pass.
    pub fn new(header: &str, secret: impl Into<Secret>) -> Result<Self, Error> {
        let secret = secret.into();
        let refused = |what: String| Error::configuration(what).with_provider(NAME);
        let Ok(header) = HeaderName::try_from(header) else {
            return Err(refused(format!(
                "`{}` cannot be the name of a header; copy it from the trigger of the notification",
                header.escape_debug()
            )));
        };
        if ORDINARY.contains(&header.as_str()) {
            return Err(refused(format!(
                "every request has a header `{header}`; choose a name of your own in the trigger"
            )));
        }
        let text = secret.expose_secret();
        let fault = if secret.is_empty() {
            "is empty"
        } else if text.trim() != text {
            "begins or ends with white space, which no header keeps"
        } else if !text.bytes().all(|it| it.is_ascii_graphic() || it == b' ') {
            "holds characters that no header can carry"
        } else {
            return Ok(Self { header, secret });
        };
        Err(refused(format!(
            "the value of the header `{header}` {fault}; copy it from the trigger of the notification"
        )))
    }

    /// The name of the header, in lower case.
    #[must_use]
    pub fn header_name(&self) -> &str {
        self.header.as_str()
    }

    /// Checks the custom header, in constant time.
    ///
    /// The body plays no part in it: the proof is as weak as [`WebhookProof::SharedSecret`] says.
    ///
    /// # Errors
    ///
    /// [`Webhook`](crate::ErrorKind::Webhook) when the header is missing, is there more than
    /// once, or holds another value. Respond to such a request with 401.
    pub fn verify(&self, headers: &HeaderMap) -> Result<WebhookProof, Error> {
        let values = headers.get_all(&self.header).iter();
        self.verify_values(values.map(HeaderValue::as_bytes))
    }

    /// Checks the custom header, then reads the message.
    ///
    /// # Errors
    ///
    /// [`Webhook`](crate::ErrorKind::Webhook) when the proof is missing or wrong: respond with 401. A body
    /// of an unknown form is no error, since the template decides: then
    /// [`tracking`](WebhookMessage::tracking) is empty.
    pub fn receive(&self, headers: &HeaderMap, body: &[u8]) -> Result<WebhookMessage, Error> {
        let proof = self.verify(headers)?;
        let mut message = WebhookMessage::parse_unverified(body);
        message.proof = proof;
        Ok(message)
    }

    /// The headers that GCL would send for a trigger with this header, for tests of a receiver.
    #[must_use]
    pub fn sign(&self) -> HeaderMap {
        let mut headers = HeaderMap::new();
        if let Ok(mut value) = HeaderValue::try_from(self.secret.expose_secret()) {
            value.set_sensitive(true);
            headers.insert(self.header.clone(), value);
        }
        let json = HeaderValue::from_static("application/json");
        headers.insert(http::header::CONTENT_TYPE, json);
        headers
    }

    /// Checks the values of the custom header, for callers without a [`HeaderMap`].
    pub(crate) fn verify_values<'a>(
        &self,
        values: impl IntoIterator<Item = &'a [u8]>,
    ) -> Result<WebhookProof, Error> {
        let mut values = values.into_iter();
        let fault = match (values.next(), values.next()) {
            (None, _) => "is missing",
            (Some(_), Some(_)) => "is there more than once",
            (Some(value), None) if self.secret.matches(value.trim_ascii()) => {
                return Ok(WebhookProof::SharedSecret);
            }
            (Some(_), None) => "does not hold the secret of the trigger",
        };
        Err(Error::webhook(format!("the header `{}` {fault}", self.header)).with_provider(NAME))
    }
}

/// What one notification brought.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct WebhookMessage {
    /// The parcel, when the body is JSON with the keys of the tracking response. A body with the keys
    /// of one checkpoint beside `trackingNumber` gives a tracking with that checkpoint.
    pub tracking: Option<TrackingResponse>,
    /// Parts of a tracking that could not be read. Their text is kept.
    pub problems: Vec<Problem>,
    /// The body as it came: JSON, XML or whatever the template makes.
    pub body: Bytes,
    /// How far the message can be trusted.
    pub proof: WebhookProof,
}

impl WebhookMessage {
    /// Reads a message without any proof, for triggers without a custom header and for messages
    /// that were checked elsewhere. [`proof`](Self::proof) is then [`WebhookProof::None`].
    #[must_use]
    pub fn parse_unverified(body: &[u8]) -> Self {
        let body = Bytes::copy_from_slice(body);
        let (tracking, problems) = match read_message(&body) {
            Ok(read) => {
                let (tracking, problems) = read.into_response();
                (Some(tracking), problems)
            }
            Err(_) => (None, Vec::new()),
        };
        Self {
            tracking,
            problems,
            body,
            proof: WebhookProof::None,
        }
    }
}

/// Shows no body: a template may put names and addresses into it.
impl std::fmt::Debug for WebhookMessage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WebhookMessage")
            .field("tracking", &self.tracking)
            .field("problems", &self.problems)
            .field("proof", &self.proof)
            .finish_non_exhaustive()
    }
}

/// Reads the tracking in the body of a notification, as far as possible.
///
/// # Errors
///
/// Kind `Decode` when the body is not JSON or names no parcel: a notification about something that
/// has no number cannot be read again.
pub(crate) fn read_message(body: &Bytes) -> Result<PartialTracking, Error> {
    let unknown = || {
        let message = "the body of the notification is not JSON with a `trackingNumber`; the \
                       template of the trigger decides what it holds";
        Error::decode("trackingNumber", message)
            .with_provider(NAME)
            .with_body(body.clone())
    };
    let mut read = read_object(body).ok_or_else(unknown)?;
    if non_blank(read.tracking.value.tracking_number.as_deref()).is_none() {
        return Err(unknown());
    }
    // A template for one step has no reason to make a list, or to fill it.
    if read.checkpoints.is_empty() && !read.lacks_checkpoints() {
        let checkpoint = Partial::<CheckPoint>::from_raw(read.tracking.raw.clone(), "");
        let has_state = checkpoint.value.status_uid.is_some() || checkpoint.value.status.is_some();
        if has_state {
            read.checkpoints.push(checkpoint);
        } else {
            read.tracking.problems.extend(checkpoint.problems);
        }
    }
    Ok(read)
}

#[cfg(test)]
mod tests {
    use tracking_core::RawJson;

    use super::*;

    #[test]
    fn field_of_only_checkpoint_that_does_not_fit_is_problem() {
        let body =
            Bytes::from_static(br#"{"trackingNumber":"QX1","statusUid":"delivered","status":[]}"#);

        let read = read_message(&body).unwrap();

        let (tracking, problems) = read.into_response();
        assert_eq!(tracking.checkpoints.len(), 1);
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].path, "status");
        assert_eq!(problems[0].raw, Some(RawJson::from_string("[]")));
    }
}

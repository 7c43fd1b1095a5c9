//! Changes as webhooks, in the form that Standard Webhooks describes.

use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use tokio::time::timeout;
use tracking_core::UtcTime;
use tracking_http::bytes::Bytes;
use tracking_http::http::{HeaderMap, Request, header};
use tracking_http::{Error, SendLimits, Transport, TransportErrorKind};

use super::item::{Item, Line};
use super::signature::WebhookSecret;
use super::world::NotSent;
use crate::receiver::{self, LONGEST};

/// Bodies of responses are not read by anybody.
const MAX_RESPONSE: usize = 64 * 1024;

/// The longest wait that a receiver can ask for.
const LONGEST_RETRY_AFTER: Duration = Duration::from_secs(24 * 3600);

/// Where changes are sent, and the key that proves who sent them.
#[derive(Debug)]
pub(crate) struct Webhook {
    url: String,
    secret: WebhookSecret,
    transport: Arc<dyn Transport>,
}

impl Webhook {
    /// Checks the address. Nothing is sent.
    ///
    /// # Errors
    ///
    /// An address that [cannot be sent to](receiver::transport).
    pub(crate) fn new(url: &str, secret: WebhookSecret) -> Result<Self, Error> {
        let transport = receiver::transport(url)?;
        Ok(Self {
            url: url.to_owned(),
            secret,
            transport: Arc::new(transport),
        })
    }

    /// Sends a change once.
    pub(crate) async fn send(&self, id: &str, item: &Item, now: UtcTime) -> Result<(), NotSent> {
        let body = body(item);
        let seconds = now.as_unix_seconds();
        let request = Request::post(&self.url)
            .header(header::CONTENT_TYPE, "application/json")
            .header(
                header::USER_AGENT,
                concat!("tracking-cli/", env!("CARGO_PKG_VERSION")),
            )
            .header("webhook-id", id)
            .header("webhook-timestamp", seconds)
            .header("webhook-signature", self.secret.sign(id, seconds, &body))
            .body(Bytes::from(body));
        let request = request.map_err(|error| NotSent {
            reason: format!("the request cannot be written: {error}"),
            is_unreachable: false,
            retry_after: None,
        })?;
        let sending = self.transport.send(request, SendLimits::new(MAX_RESPONSE));
        let response = match timeout(LONGEST, sending).await {
            Ok(Ok(response)) => response,
            // The status is there, and nobody reads the body.
            Ok(Err(error)) if error.kind() == TransportErrorKind::BodyTooLarge => {
                return match error.response() {
                    Some(response) if response.status().is_success() => Ok(()),
                    _ => Err(unreachable("the response is too large".to_owned())),
                };
            }
            Ok(Err(error)) => return Err(unreachable(error.to_string())),
            Err(_) => {
                let reason = format!("no response within {} s", LONGEST.as_secs());
                return Err(unreachable(reason));
            }
        };
        if response.status().is_success() {
            return Ok(());
        }
        Err(NotSent {
            reason: format!("the receiver responded with {}", response.status()),
            is_unreachable: false,
            retry_after: retry_after(response.headers()),
        })
    }
}

fn unreachable(reason: String) -> NotSent {
    NotSent {
        reason,
        is_unreachable: true,
        retry_after: None,
    }
}

/// Seconds; a date is not needed by anybody who sends webhooks back.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let seconds = headers.get(header::RETRY_AFTER)?.to_str().ok()?;
    let wait = Duration::from_secs(seconds.trim().parse().ok()?);
    Some(wait.min(LONGEST_RETRY_AFTER))
}

#[derive(Serialize)]
struct Message<'a> {
    #[serde(rename = "type")]
    kind: String,
    timestamp: UtcTime,
    data: Line<'a>,
}

/// The same bytes for each attempt.
fn body(item: &Item) -> Vec<u8> {
    let message = Message {
        kind: format!("shipment.{}", item.change.kind()),
        timestamp: item.time,
        data: item.line(),
    };
    // Strings, numbers and maps with string keys can always be written as JSON.
    serde_json::to_vec(&message).unwrap_or_default()
}

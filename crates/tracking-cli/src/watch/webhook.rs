//! Changes as webhooks, in the form that Standard Webhooks describes.

use serde::Serialize;
use tracking_core::UtcTime;
use tracking_follow::{NotDelivered, WebhookSecret, WebhookTarget};
use tracking_http::{Error, ReqwestTransport};

use super::item::{Item, Line};
use crate::receiver;

/// Where changes are sent, and the key that proves who sent them.
#[derive(Debug)]
pub(crate) struct Webhook {
    target: WebhookTarget,
    transport: ReqwestTransport,
}

impl Webhook {
    /// Checks the address. Nothing is sent.
    ///
    /// # Errors
    ///
    /// An address that [cannot be sent to](receiver::transport).
    pub(crate) fn new(url: &str, secret: WebhookSecret) -> Result<Self, Error> {
        Ok(Self {
            target: WebhookTarget::new(url, secret)?,
            transport: receiver::transport(url)?,
        })
    }

    /// Sends a change once.
    pub(crate) async fn send(
        &self,
        id: &str,
        item: &Item,
        now: UtcTime,
    ) -> Result<(), NotDelivered> {
        let sending = self.target.send(&self.transport, id, now, body(item));
        sending.await
    }
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

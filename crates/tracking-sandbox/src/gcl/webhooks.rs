//! Notifications: when one is made, how it is sent, what counts as received.

use std::collections::HashSet;
use std::time::Duration;

use http::HeaderValue;
use http::header::CONTENT_TYPE;
use serde_json::{Value, json};

use crate::clock::Clock;
use crate::gcl::bodies::xml;
use crate::gcl::errors::Refusal;
use crate::gcl::provider::GclProvider;
use crate::gcl::state::State;
use crate::gcl::webhook_settings::{Trigger, WebhookFormat};
use crate::snapshot::Snapshot;
use crate::webhooks::{Outgoing, Response, Schedule, SendsWebhooks, WebhookQueue, WebhookUrl};

/// One notification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Message {
    /// A parcel as it was at a time.
    Parcel { number: String, at: i64 },
    /// An order that failed, and why.
    Failed(Value),
}

/// The scans of a parcel that notifications were made about, or skipped.
#[derive(Debug, Default)]
pub(crate) struct Announced {
    /// Their serial numbers and revisions.
    scans: HashSet<(u32, u32)>,
    /// The latest of their times, in milliseconds since the Unix epoch.
    until: Option<i64>,
}

impl State {
    /// Queues one message for each scan that is new, edited or reported again; assumed of the latter two. Without an
    /// address, scans count as announced.
    pub(crate) fn announce_all(&mut self, snapshot: &Snapshot<'_>) {
        let is_sent = self.settings.webhooks.sends(Trigger::TrackingStatusUpdate);
        for journey in snapshot.parcels() {
            let Some(leg) = journey.legs().first() else {
                continue;
            };
            let announced = self
                .announced
                .entry(leg.number().to_uppercase())
                .or_default();
            for scan in journey.seen(snapshot.now, true) {
                if !announced.scans.insert((scan.serial, scan.revision)) {
                    continue;
                }
                // A scan that comes late does not take later ones back.
                let at = announced.until.map_or(scan.at, |until| until.max(scan.at));
                announced.until = Some(at);
                if is_sent {
                    let number = leg.number().to_owned();
                    let message = Message::Parcel { number, at };
                    self.queue.push(message, snapshot.now);
                }
            }
        }
    }

    /// Queues a message for each package of a new order.
    pub(crate) fn announce_order(&mut self, numbers: &[String], snapshot: &Snapshot<'_>) {
        if !self.settings.webhooks.sends(Trigger::ShippingOrderCreated) {
            return;
        }
        for number in numbers {
            let message = Message::Parcel {
                number: number.clone(),
                at: snapshot.now,
            };
            self.queue.push(message, snapshot.now);
        }
    }

    /// Queues a message about an order that failed.
    pub(crate) fn announce_failed_order(
        &mut self,
        reference: Option<&str>,
        refusal: &Refusal,
        snapshot: &Snapshot<'_>,
    ) {
        if !self.settings.webhooks.sends(Trigger::ShippingOrderFailed) {
            return;
        }
        let mut body = json!(refusal.body(self.settings.assumptions.error_details));
        if let Some(fields) = body.as_object_mut() {
            fields.insert("orderReferenceId".to_owned(), json!(reference));
        }
        self.queue.push(Message::Failed(body), snapshot.now);
    }

    /// The request for a message; `None` when the parcel is gone.
    fn write(&self, message: &Message, snapshot: &Snapshot<'_>) -> Option<Outgoing> {
        let (root, json, value) = match message {
            Message::Failed(body) => ("error", serde_json::to_vec(body).ok()?, body.clone()),
            Message::Parcel { number, at } => {
                let journey = snapshot.journey(number)?;
                let body = self.tracking(number, &journey, &snapshot.at(*at))?;
                // Serialised from the body, because a `Value` would lose the order of the keys.
                ("tracking", serde_json::to_vec(&body).ok()?, json!(body))
            }
        };
        let webhooks = &self.settings.webhooks;
        let mut headers = webhooks.headers.as_map().clone();
        let body = match webhooks.format {
            WebhookFormat::Json => json,
            WebhookFormat::Xml => {
                let kind = HeaderValue::from_static("application/xml");
                headers.insert(CONTENT_TYPE, kind);
                xml::document(root, &value).into_bytes()
            }
        };
        Some(Outgoing {
            method: webhooks.method.as_method(),
            headers,
            body: body.into(),
            timeout: Duration::from_millis(webhooks.timeout_ms),
        })
    }
}

impl SendsWebhooks for GclProvider {
    type Message = Message;

    fn queue(&self) -> &WebhookQueue<Message> {
        &self.queue
    }

    fn clock(&self) -> &Clock {
        &self.core.clock
    }

    fn announce_all(&self) {
        let snapshot = self.snapshot();
        self.state().announce_all(&snapshot);
    }

    fn addresses(&self) -> impl Fn(&Message) -> Option<WebhookUrl> + Send {
        let url = self.state().settings.webhooks.url.clone();
        move |_| url.clone()
    }

    fn write(&self, message: &Message) -> Option<Outgoing> {
        let snapshot = self.snapshot();
        self.state().write(message, &snapshot)
    }

    fn attempted(&self, _: &Message, _: &Outgoing, response: Option<&Response>) -> bool {
        response.is_some_and(|response| response.status.is_success())
    }

    fn schedule(&self) -> Schedule {
        Schedule::doubling(self.state().settings.assumptions.webhook_retries)
    }
}

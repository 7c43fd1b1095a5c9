//! Notifications: when one is made, how it is sent, what counts as received.

use std::collections::HashSet;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue};
use serde_json::{Value, json};

use crate::clock::Clock;
use crate::gcl::bodies::xml;
use crate::gcl::errors::Refusal;
use crate::gcl::provider::GclProvider;
use crate::gcl::state::State;
use crate::gcl::webhook_settings::{Trigger, WebhookFormat};
use crate::snapshot::Snapshot;
use crate::webhooks::{self, SendsWebhooks, Signals};

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
    /// Their serial numbers.
    scans: HashSet<u32>,
    /// The latest of their times, in milliseconds since the Unix epoch.
    until: Option<i64>,
}

impl State {
    /// Queues one message for each new scan. Without an address, scans count as announced.
    pub(crate) fn announce_all(&mut self, snapshot: &Snapshot<'_>) {
        let is_sent = self.webhooks.sends(Trigger::TrackingStatusUpdate);
        for journey in snapshot.core.world.parcels() {
            let Some(leg) = journey.legs().first() else {
                continue;
            };
            let announced = self
                .announced
                .entry(leg.number().to_uppercase())
                .or_default();
            for scan in journey.seen(snapshot.now, true) {
                if !announced.scans.insert(scan.serial) {
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
        if !self.webhooks.sends(Trigger::ShippingOrderCreated) {
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
        if !self.webhooks.sends(Trigger::ShippingOrderFailed) {
            return;
        }
        let mut body = json!(refusal.body(self.settings.assumptions.error_details));
        if let Some(fields) = body.as_object_mut() {
            fields.insert("orderReferenceId".to_owned(), json!(reference));
        }
        self.queue.push(Message::Failed(body), snapshot.now);
    }

    /// Headers and body of a message; `None` when the parcel is gone.
    fn write(&self, message: &Message, snapshot: &Snapshot<'_>) -> Option<(HeaderMap, Bytes)> {
        let (root, json, value) = match message {
            Message::Failed(body) => ("error", serde_json::to_vec(body).ok()?, body.clone()),
            Message::Parcel { number, at } => {
                let journey = snapshot.journey(number)?;
                let body = self.tracking(number, &journey, &snapshot.at(*at))?;
                // Serialised from the body, because a `Value` would lose the order of the keys.
                ("tracking", serde_json::to_vec(&body).ok()?, json!(body))
            }
        };
        let mut headers = self.webhooks.headers.clone();
        let body = match self.webhooks.format {
            WebhookFormat::Json => json,
            WebhookFormat::Xml => {
                let kind = HeaderValue::from_static("application/xml");
                headers.insert(CONTENT_TYPE, kind);
                xml::document(root, &value).into_bytes()
            }
        };
        Some((headers, body.into()))
    }
}

impl SendsWebhooks for GclProvider {
    fn signals(&self) -> &Signals {
        &self.signals
    }

    fn clock(&self) -> &Clock {
        &self.core.clock
    }

    fn announce_all(&self) {
        let snapshot = self.snapshot();
        self.state().announce_all(&snapshot);
    }

    fn is_settled(&self) -> bool {
        let state = self.state();
        let has_url = state.webhooks.url.is_some();
        state
            .queue
            .is_settled(self.core.clock.now_millis(), |_| has_url)
    }

    async fn deliver_one(&self) -> bool {
        let (delivery, url, message, method, time_out) = {
            let snapshot = self.snapshot();
            let mut state = self.state();
            let Some(url) = state.webhooks.url.clone() else {
                return false;
            };
            let Some(delivery) = state.queue.take_due(snapshot.now, |_| true) else {
                return false;
            };
            let message = state.write(&delivery.content, &snapshot);
            let method = state.webhooks.method.as_method();
            (delivery, url, message, method, state.webhooks.time_out)
        };
        let received = match message {
            Some((headers, body)) => {
                let response = webhooks::send(method, &url, headers, body, time_out).await;
                response.is_some_and(|response| response.status.is_success())
            }
            // The parcel is gone, and its notification with it.
            None => true,
        };
        {
            let now = self.core.clock.now_millis();
            let mut state = self.state();
            if received {
                state.queue.succeeded();
            } else {
                let schedule = state.settings.assumptions.webhook_schedule();
                state.queue.failed(delivery, &schedule, now);
            }
        }
        self.signals.attempted();
        true
    }
}

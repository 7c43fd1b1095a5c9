//! Notifications: when there is something to tell, how it is sent, what counts as received.

use std::collections::HashSet;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue};
use serde_json::{Value, json};

use super::failure::Failure;
use super::module::GclModule;
use super::state::{Account, State};
use super::webhook_settings::{Trigger, WebhookFormat};
use super::xml;
use crate::clock::Clock;
use crate::delivery;
use crate::webhook_work::{SendsWebhooks, Signals};

/// One notification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Message {
    /// A parcel as it stood at a time.
    Parcel { number: String, at: i64 },
    /// An order that failed, and why.
    Failed(Value),
}

/// What notifications have told about a parcel.
#[derive(Debug, Default)]
pub(crate) struct Told {
    /// Serial numbers of scans.
    scans: HashSet<u32>,
    /// The latest time of them.
    until: Option<i64>,
}

impl State {
    /// Queues one message for each step that is new. Without an address steps pass untold.
    pub(crate) fn announce_all(&mut self, account: &Account<'_>) {
        let wanted = self.webhooks.wants(Trigger::TrackingStatusUpdate);
        for journey in account.core.world.parcels() {
            let Some(leg) = journey.legs().first() else {
                continue;
            };
            let told = self.told.entry(leg.number().to_uppercase()).or_default();
            for scan in journey.seen(account.now, true) {
                if !told.scans.insert(scan.serial) {
                    continue;
                }
                // A step that comes late does not take later ones back.
                let at = told.until.map_or(scan.at, |until| until.max(scan.at));
                told.until = Some(at);
                if wanted {
                    let number = leg.number().to_owned();
                    let message = Message::Parcel { number, at };
                    self.queue.push(message, account.now);
                }
            }
        }
    }

    /// Queues a message for each package of a new order.
    pub(super) fn tell_new_order(&mut self, numbers: &[String], account: &Account<'_>) {
        if !self.webhooks.wants(Trigger::ShippingOrderCreated) {
            return;
        }
        for number in numbers {
            let message = Message::Parcel {
                number: number.clone(),
                at: account.now,
            };
            self.queue.push(message, account.now);
        }
    }

    /// Queues a message about an order that failed.
    pub(super) fn tell_failed_order(
        &mut self,
        reference: Option<&str>,
        failure: &Failure,
        account: &Account<'_>,
    ) {
        if !self.webhooks.wants(Trigger::ShippingOrderFailed) {
            return;
        }
        let mut body = json!(failure.body(self.settings.assumptions.error_details));
        if let Some(fields) = body.as_object_mut() {
            fields.insert("orderReferenceId".to_owned(), json!(reference));
        }
        self.queue.push(Message::Failed(body), account.now);
    }

    /// Headers and body of a message; none when the parcel is gone.
    fn write(&self, message: &Message, account: &Account<'_>) -> Option<(HeaderMap, Bytes)> {
        let (root, json, value) = match message {
            Message::Failed(body) => ("error", serde_json::to_vec(body).ok()?, body.clone()),
            Message::Parcel { number, at } => {
                let journey = account.journey(number)?;
                let then = Account {
                    now: *at,
                    ..*account
                };
                let body = self.tracking(number, &journey, &then)?;
                // As text first, because a value would forget the order of the keys.
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

impl SendsWebhooks for GclModule {
    fn signals(&self) -> &Signals {
        &self.signals
    }

    fn clock(&self) -> &Clock {
        &self.core.clock
    }

    fn announce_all(&self) {
        let account = self.account();
        self.state().announce_all(&account);
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
            let account = self.account();
            let mut state = self.state();
            let Some(url) = state.webhooks.url.clone() else {
                return false;
            };
            let Some(delivery) = state.queue.take_due(account.now, |_| true) else {
                return false;
            };
            let message = state.write(&delivery.content, &account);
            let method = state.webhooks.method.as_method();
            (delivery, url, message, method, state.webhooks.time_out)
        };
        let received = match message {
            Some((headers, body)) => {
                let answer = delivery::send(method, &url, headers, body, time_out).await;
                answer.is_some_and(|answer| answer.status.is_success())
            }
            // The parcel is gone, and so is what there was to tell.
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

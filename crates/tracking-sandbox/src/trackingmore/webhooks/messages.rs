//! Webhooks: when there is something to tell, how it is sent, what counts as received.

use std::time::SystemTime;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::form::Signer;
use crate::clock::Clock;
use crate::trackingmore::bodies::tracking::{Form, TrackingBody};
use crate::trackingmore::provider::TrackingMoreProvider;
use crate::trackingmore::state::{Account, State};
use crate::webhooks::{self, Answer, SendsWebhooks, Signals};

/// A tracking as it stood at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Message {
    serial: u64,
    at: i64,
}

impl State {
    /// Queues a message if a tracking knows more than webhooks have told. However much is new, one
    /// message carries the whole tracking.
    pub(crate) fn announce(&mut self, serial: u64, account: &Account<'_>) {
        let Some(tracking) = self.trackings.get(serial) else {
            return;
        };
        let seen = self.with_view(tracking, account, |view| view.scans.len());
        let Some(tracking) = self.trackings.get_mut(serial) else {
            return;
        };
        if seen <= tracking.told {
            return;
        }
        tracking.told = seen;
        if self.webhooks.url.is_none() {
            return;
        }
        let at = account.now;
        for _ in 0..if self.webhooks.duplicates { 2 } else { 1 } {
            self.queue.push(Message { serial, at }, at);
        }
    }

    /// [`Self::announce`] for every tracking.
    fn announce_all(&mut self, account: &Account<'_>) {
        for serial in self.trackings.serials() {
            self.announce(serial, account);
        }
    }

    /// Headers and body of a message; none when the tracking is gone.
    fn write(&self, message: Message, account: &Account<'_>) -> Option<(HeaderMap, Bytes)> {
        let tracking = self.trackings.get(message.serial)?;
        let then = Account {
            now: message.at,
            ..*account
        };
        let signed_at = SystemTime::now()
            .checked_sub(self.webhooks.age)
            .unwrap_or(SystemTime::UNIX_EPOCH);
        let signer = Signer {
            email: &self.settings.email,
            // A receiver compares the time with its own clock, so this is not the sandbox's.
            time: signed_at
                .duration_since(SystemTime::UNIX_EPOCH)
                .unwrap_or_default()
                .as_secs(),
        };
        let repeat = self.settings.repeat_handover;
        Some(self.with_view(tracking, &then, |view| {
            let body = TrackingBody::new(view, Form::Webhook, repeat);
            self.webhooks.form.write(&body, signer)
        }))
    }

    /// Whether a receiver has taken a webhook.
    fn is_received(&self, answer: &Answer) -> bool {
        let receipt = answer.body.trim_ascii() == b"200";
        answer.status == StatusCode::OK && (receipt || !self.settings.assumptions.webhook_receipt)
    }
}

impl SendsWebhooks for TrackingMoreProvider {
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
        let (delivery, url, message, time_out) = {
            let account = self.account();
            let mut state = self.state();
            let Some(url) = state.webhooks.url.clone() else {
                return false;
            };
            let Some(delivery) = state.queue.take_due(account.now, |_| true) else {
                return false;
            };
            let message = state.write(delivery.content, &account);
            (delivery, url, message, state.webhooks.time_out)
        };
        let answer = match message {
            Some((headers, body)) => Some(webhooks::post(&url, headers, body, time_out).await),
            None => None,
        };
        {
            let now = self.core.clock.now_millis();
            let mut state = self.state();
            let failed = match &answer {
                Some(Some(answer)) => !state.is_received(answer),
                Some(None) => true,
                // The tracking is gone, and so is what there was to tell.
                None => false,
            };
            if failed {
                let schedule = state.settings.assumptions.webhook_schedule();
                state.queue.failed(delivery, &schedule, now);
            } else {
                state.queue.succeeded();
            }
        }
        self.signals.attempted();
        true
    }
}

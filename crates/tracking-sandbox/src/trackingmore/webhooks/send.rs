//! How webhooks are sent, and what counts as received.

use std::time::{Duration, SystemTime};

use http::StatusCode;

use super::form::Signer;
use super::message::Webhook;
use crate::clock::Clock;
use crate::snapshot::Snapshot;
use crate::trackingmore::bodies::tracking::{Form, TrackingBody};
use crate::trackingmore::provider::TrackingMoreProvider;
use crate::trackingmore::state::State;
use crate::webhooks::{Outgoing, Response, Schedule, SendsWebhooks, WebhookQueue, WebhookUrl};

impl State {
    /// The request for a message; `None` when the tracking is gone.
    fn write(&self, message: Webhook, snapshot: &Snapshot<'_>) -> Option<Outgoing> {
        let tracking = self.trackings.get(message.serial)?;
        let then = snapshot.as_of(message.at);
        let webhooks = &self.settings.webhooks;
        let signed_at = SystemTime::now()
            .checked_sub(Duration::from_secs(webhooks.age_seconds.into()))
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
        let (headers, body) = self.with_view(tracking, &then, |view| {
            let body = TrackingBody::new(view, Form::Webhook, repeat);
            webhooks.form.write(&body, signer)
        });
        let timeout = Duration::from_millis(webhooks.timeout_ms);
        Some(Outgoing::json(headers, body, timeout))
    }
}

impl SendsWebhooks for TrackingMoreProvider {
    type Webhook = Webhook;

    fn queue(&self) -> &WebhookQueue<Webhook> {
        &self.queue
    }

    fn clock(&self) -> &Clock {
        &self.core.clock
    }

    fn announce_all(&self) {
        let snapshot = self.snapshot();
        self.state().announce_all(&snapshot);
    }

    fn addresses(&self) -> impl Fn(&Webhook) -> Option<WebhookUrl> + Send {
        let url = self.state().settings.webhooks.url.clone();
        move |_| url.clone()
    }

    fn write(&self, message: &Webhook) -> Option<Outgoing> {
        self.state().write(*message, &self.snapshot())
    }

    fn attempted(&self, _: &Webhook, _: &Outgoing, response: Option<&Response>) -> bool {
        let needs_receipt = self.state().settings.assumptions.webhook_receipt;
        response.is_some_and(|response| {
            let is_receipt = response.body.trim_ascii() == b"200";
            response.status == StatusCode::OK && (is_receipt || !needs_receipt)
        })
    }

    fn schedule(&self) -> Schedule {
        Schedule::doubling(self.state().settings.assumptions.webhook_retries)
    }
}

//! How notifications are written and sent, and what counts as received.

use std::time::Duration;

use http::HeaderValue;
use http::header::CONTENT_TYPE;
use serde_json::json;

use super::message::Webhook;
use crate::clock::Clock;
use crate::gcl::bodies::xml;
use crate::gcl::provider::GclProvider;
use crate::gcl::settings::WebhookFormat;
use crate::gcl::state::State;
use crate::snapshot::Snapshot;
use crate::webhooks::{Outgoing, Response, Schedule, SendsWebhooks, WebhookQueue, WebhookUrl};

impl State {
    /// The request for a message; `None` when the parcel is gone.
    fn write(&self, message: &Webhook, snapshot: &Snapshot<'_>) -> Option<Outgoing> {
        let (root, json, value) = match message {
            Webhook::Failed(body) => ("error", serde_json::to_vec(body).ok()?, body.clone()),
            Webhook::Parcel { number, at } => {
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
        let snapshot = self.snapshot();
        self.state().write(message, &snapshot)
    }

    fn attempted(&self, _: &Webhook, _: &Outgoing, response: Option<&Response>) -> bool {
        response.is_some_and(|response| response.status.is_success())
    }

    fn schedule(&self) -> Schedule {
        Schedule::doubling(self.state().settings.assumptions.webhook_retries)
    }
}

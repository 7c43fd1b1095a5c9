//! The accounts of an endpoint, and what their providers send to it.

use std::convert::Infallible;
use std::sync::Arc;

use tracking_core::conformance::WebhookSample;
use tracking_core::webhook::{Received, WebhookEndpoint, WebhookRequest};
use tracking_core::{Provider, ProviderSet};

use crate::conformance::PROVIDERS;
use crate::gcl::sandboxed::WEBHOOK_HEADER;

/// The providers that send webhooks.
pub(super) const SENDERS: [&str; 3] = ["ship24", "trackingmore", "gcl"];

/// An endpoint with an account of each provider, and one more of each sender with other secrets:
/// `other-ship24` and so on.
pub(super) struct Senders {
    pub(super) endpoint: WebhookEndpoint,
    /// A genuine message of each sender.
    messages: Vec<(&'static str, WebhookSample)>,
}

/// A request as it arrives.
#[derive(Clone, Debug)]
pub(super) struct Arriving {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) headers: Vec<(String, Vec<u8>)>,
    pub(super) body: Vec<u8>,
}

impl Senders {
    pub(super) async fn prepare() -> Self {
        let mut accounts = ProviderSet::new();
        let mut messages = Vec::new();
        for (name, prepare) in PROVIDERS {
            let candidate = prepare().await;
            accounts.add(candidate.provider).unwrap();
            if let Some(message) = candidate.cases.webhooks.first() {
                messages.push((*name, message.clone()));
                accounts
                    .add_account(format!("other-{name}"), other(name))
                    .unwrap();
            }
        }
        Self {
            endpoint: WebhookEndpoint::new(accounts),
            messages,
        }
    }

    /// A genuine message of a sender.
    pub(super) fn genuine(&self, name: &str) -> Arriving {
        let (_, sample) = self.messages.iter().find(|(of, _)| *of == name).unwrap();
        Arriving {
            method: "POST".to_owned(),
            path: self.endpoint.path_of(name),
            headers: sample.headers.clone(),
            body: sample.body.clone(),
        }
    }
}

impl Arriving {
    pub(super) async fn arrive_at(&self, endpoint: &WebhookEndpoint) -> Received {
        let request = WebhookRequest::from_pairs(&self.body, &self.headers)
            .with_target(&self.method, &self.path);
        endpoint
            .receive(request, |_| async { Ok::<(), Infallible>(()) })
            .await
    }
}

/// A client of another account.
fn other(name: &str) -> Arc<dyn Provider> {
    match name {
        "ship24" => {
            let builder = ship24_sdk::Client::builder("other").with_webhook_secret("whs_other");
            Arc::new(builder.build().unwrap())
        }
        "trackingmore" => {
            let builder = trackingmore_sdk::Client::builder("other");
            Arc::new(
                builder
                    .with_account_email("other@shop.example")
                    .build()
                    .unwrap(),
            )
        }
        "gcl" => {
            let builder = gcl_sdk::Client::builder("other");
            Arc::new(
                builder
                    .with_webhook_header(WEBHOOK_HEADER, "other")
                    .build()
                    .unwrap(),
            )
        }
        other => panic!("{other} sends no webhooks"),
    }
}

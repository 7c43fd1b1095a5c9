//! A receiver of webhooks, as a user of the SDK writes one: a small server on loopback.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::State;
use axum::routing::head;
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode};
use ship24_sdk::tracking_core::Provider;
use ship24_sdk::tracking_core::merge::Update;
use ship24_sdk::tracking_core::webhook::{WebhookDelivery, WebhookRequest, WebhookUpdate};
use ship24_sdk::webhook::{WebhookMessage, WebhookReceiver};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tracking_sandbox::Sandbox;

/// Listens until it is dropped.
#[derive(Debug)]
pub(crate) struct Receiver {
    url: String,
    desk: Arc<Desk>,
    task: JoinHandle<()>,
}

/// A webhook that was accepted.
#[derive(Clone, Debug)]
pub(crate) struct Received {
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) message: WebhookMessage,
}

#[derive(Debug)]
struct Desk {
    webhooks: WebhookReceiver,
    accepted: Mutex<Vec<Received>>,
    /// How many requests still get a failure.
    failing: AtomicU32,
}

impl Receiver {
    /// Starts to listen, and makes the sandbox send its webhooks here.
    pub(crate) async fn of(sandbox: &Sandbox) -> Self {
        let receiver = Self::with_secret(sandbox.ship24().webhook_secret()).await;
        sandbox
            .ship24()
            .configure(|settings| settings.webhooks.url = Some(receiver.url().parse().unwrap()));
        receiver
    }

    pub(crate) async fn with_secret(secret: &str) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let url = format!("http://{}/hooks/ship24", listener.local_addr().unwrap());
        let desk = Arc::new(Desk {
            webhooks: WebhookReceiver::new(secret).unwrap(),
            accepted: Mutex::default(),
            failing: AtomicU32::new(0),
        });
        let router = Router::new()
            .route(
                "/hooks/ship24",
                head(|| async { StatusCode::OK }).post(accept),
            )
            .with_state(Arc::clone(&desk));
        let task = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { url, desk, task }
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Returns 503 to the next requests.
    pub(crate) fn fail_next(&self, requests: u32) {
        self.desk.failing.store(requests, Ordering::SeqCst);
    }

    /// What was accepted since the last call, in order of arrival.
    pub(crate) fn take(&self) -> Vec<Received> {
        std::mem::take(&mut *self.desk.accepted.lock().unwrap())
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn accept(State(desk): State<Arc<Desk>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let still_failing = desk
        .failing
        .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| {
            left.checked_sub(1)
        });
    if still_failing.is_ok() {
        return StatusCode::SERVICE_UNAVAILABLE;
    }
    match desk.webhooks.receive(&headers, &body) {
        Ok(message) => {
            let received = Received {
                headers,
                body,
                message,
            };
            desk.accepted.lock().unwrap().push(received);
            StatusCode::OK
        }
        Err(_) => StatusCode::UNAUTHORIZED,
    }
}

impl Received {
    /// The same webhook in the words of the unified model.
    pub(crate) fn delivery(&self, provider: &dyn Provider) -> WebhookDelivery {
        let header = |name: &str| self.headers.get(name).map(HeaderValue::as_bytes);
        provider
            .webhook(WebhookRequest::new(&self.body, header))
            .unwrap()
    }

    /// What its only message reports.
    pub(crate) fn update(&self, provider: &dyn Provider) -> Update {
        self.only_item(provider).update
    }

    /// The id of its only message.
    pub(crate) fn message_id(&self, provider: &dyn Provider) -> String {
        self.only_item(provider).message_id.unwrap()
    }

    fn only_item(&self, provider: &dyn Provider) -> WebhookUpdate {
        let mut delivery = self.delivery(provider);
        assert_eq!(delivery.items.len(), 1);
        assert_eq!(delivery.problems, []);
        delivery.items.remove(0)
    }
}

//! The provider as the sandbox sees it: endpoints, credentials, limits, state.

use std::collections::HashSet;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

use axum::Router;
use http::{HeaderName, HeaderValue, StatusCode};
use serde_json::{Value, json};

use super::auth::{self, Plan};
use super::endpoints::ENDPOINTS;
use super::errors::Refusal;
use super::limits::{self, WINDOW};
use super::settings::Settings;
use super::state::State;
use super::webhooks::message::Webhook;
use crate::control::{HasSettings, account_router};
use crate::fault::Keys;
use crate::locking::lock;
use crate::sandbox::Core;
use crate::server::{Call, Endpoint, Provider, RateWindows, Reply, Verdict};
use crate::snapshot::Snapshot;
use crate::webhooks::{self, WebhookQueue};

/// Ship24 in the sandbox.
#[derive(Debug)]
pub(crate) struct Ship24Provider {
    pub(crate) core: Arc<Core>,
    state: Mutex<State>,
    pub(super) windows: RateWindows,
    responses: AtomicU64,
    /// Payloads that are being processed right now.
    pub(crate) in_flight: Arc<Mutex<HashSet<String>>>,
    pub(crate) queue: Arc<WebhookQueue<Webhook>>,
}

impl Ship24Provider {
    pub(crate) fn new(core: &Arc<Core>) -> Self {
        let queue = Arc::default();
        Self {
            core: Arc::clone(core),
            state: Mutex::new(State::new(&queue)),
            queue,
            windows: RateWindows::new(WINDOW),
            responses: AtomicU64::new(0),
            in_flight: Arc::default(),
        }
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }

    pub(crate) fn snapshot(&self) -> Snapshot<'_> {
        Snapshot::of(&self.core)
    }

    fn handle(&self, endpoint: &'static Endpoint<Self>, call: &Call<'_>) -> Result<Reply, Refusal> {
        let plan = Plan::of(endpoint.operation);
        auth::check(call.headers, plan, &self.state().settings)?;
        (endpoint.handler)(self, call)
    }
}

impl HasSettings for Ship24Provider {
    type Settings = Settings;

    fn settings(&self) -> Settings {
        self.state().settings.clone()
    }

    fn configure<T>(&self, change: impl FnOnce(&mut Settings) -> T) -> T {
        let snapshot = self.snapshot();
        let changed = {
            let mut state = self.state();
            // Messages about what has happened so far follow the settings of that time.
            state.announce_all(&snapshot);
            let changed = change(&mut state.settings);
            // An address for proofs of delivery brings up those of parcels delivered before.
            state.announce_all(&snapshot);
            changed
        };
        self.queue.wake();
        changed
    }

    fn show_account(&self) -> Value {
        json!({
            "api_key": auth::API_KEY,
            "webhook_secret": auth::WEBHOOK_SECRET,
            "operations": Endpoint::operations(ENDPOINTS),
            "trackers": self.state().trackers.len(),
            "webhooks_waiting": self.queue.waiting(),
            "webhooks_under_way": self.queue.under_way(),
        })
    }
}

impl Provider for Ship24Provider {
    type Refusal = Refusal;

    fn name(&self) -> &'static str {
        "ship24"
    }

    fn base_path(&self) -> &'static str {
        "/public/v1"
    }

    fn endpoints(&self) -> &'static [Endpoint<Self>] {
        ENDPOINTS
    }

    fn respond(&self, endpoint: &'static Endpoint<Self>, call: &Call<'_>) -> Reply {
        let verdict = self.count(endpoint.operation, call.headers);
        let mut reply = match verdict {
            Some(verdict) if !verdict.allowed => limits::refusal(),
            _ => self
                .handle(endpoint, call)
                .unwrap_or_else(Refusal::into_reply),
        };
        if let Some(verdict) = verdict {
            limits::show(&mut reply.headers, verdict);
        }
        reply
    }

    fn no_endpoint(&self, status: StatusCode) -> Reply {
        // Nothing is documented for paths that do not exist; shape and codes are assumed.
        let code = match status {
            StatusCode::NOT_FOUND => "not_found",
            StatusCode::METHOD_NOT_ALLOWED => "method_not_allowed",
            StatusCode::PAYLOAD_TOO_LARGE => "payload_too_large",
            _ => "validation_error",
        };
        let reason = status.canonical_reason().unwrap_or("Not possible");
        Refusal::new(status, code, format!("{reason}.")).into_reply()
    }

    fn server_error(&self, status: StatusCode) -> Reply {
        Refusal::new(
            status,
            "internal_error",
            "Something went wrong on our side.",
        )
        .into_reply()
    }

    fn error_in_200(&self, _code: u16) -> Reply {
        // The codes of this provider are strings, and none of its errors is known to come this way.
        let mut reply = self.server_error(StatusCode::INTERNAL_SERVER_ERROR);
        reply.status = StatusCode::OK;
        reply
    }

    fn slow_down(&self) -> Reply {
        let mut reply = limits::refusal();
        let verdict = Verdict {
            allowed: false,
            limit: 10,
            remaining: 0,
            reset: WINDOW,
        };
        limits::show(&mut reply.headers, verdict);
        reply
    }

    fn finish(&self, reply: &mut Reply) {
        let serial = self.responses.fetch_add(1, Ordering::Relaxed);
        let id = self.core.identities.uuid_like("request", "ship24", serial);
        if let Ok(value) = HeaderValue::from_str(&id) {
            reply
                .headers
                .insert(HeaderName::from_static("x-request-id"), value);
        }
    }

    fn keys(&self) -> Keys {
        Keys {
            vocabulary: &[
                "statusMilestone",
                "statusCategory",
                "statusCode",
                "sourceCode",
                "requiredFields",
                "itemStatus",
                "topic",
            ],
            events: &["events"],
        }
    }

    fn reset(&self) {
        *self.state() = State::new(&self.queue);
        self.queue.clear();
        self.windows.clear();
        lock(&self.in_flight).clear();
    }

    fn control(self: Arc<Self>) -> Router {
        account_router(&self)
    }

    fn background(self: Arc<Self>) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(webhooks::run(self))
    }
}

//! The provider as the sandbox sees it: credentials, limits, state.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard};

use axum::Router;
use http::StatusCode;
use serde_json::{Value, json};

use super::auth;
use super::bodies::envelope;
use super::endpoints::ENDPOINTS;
use super::errors::Refusal;
use super::limits::WINDOW;
use super::settings::Settings;
use super::state::State;
use super::webhooks::form::LATER_SECRET;
use super::webhooks::message::Webhook;
use crate::control::{HasSettings, account_router};
use crate::fault::Keys;
use crate::locking::lock;
use crate::sandbox::Core;
use crate::server::{Call, Endpoint, Provider, RateWindows, Reply};
use crate::snapshot::Snapshot;
use crate::webhooks::{self, WebhookQueue};

/// TrackingMore in the sandbox.
#[derive(Debug)]
pub(crate) struct TrackingMoreProvider {
    pub(crate) core: Arc<Core>,
    state: Mutex<State>,
    pub(super) windows: RateWindows,
    pub(crate) queue: Arc<WebhookQueue<Webhook>>,
}

impl TrackingMoreProvider {
    pub(crate) fn new(core: &Arc<Core>) -> Self {
        let queue = Arc::default();
        Self {
            core: Arc::clone(core),
            state: Mutex::new(State::new(&queue)),
            queue,
            windows: RateWindows::new(WINDOW),
        }
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }

    pub(crate) fn snapshot(&self) -> Snapshot<'_> {
        Snapshot::of(&self.core)
    }

    fn handle(&self, endpoint: &'static Endpoint<Self>, call: &Call<'_>) -> Result<Reply, Refusal> {
        auth::check(call.headers, &self.state().settings)?;
        if self
            .count(endpoint.operation)
            .is_some_and(|verdict| !verdict.allowed)
        {
            return Ok(self.slow_down());
        }
        (endpoint.handler)(self, call)
    }

    /// Only a key that is refused has an HTTP status of its own.
    fn refuse(&self, refusal: Refusal) -> Reply {
        match refusal {
            Refusal::WRONG_KEY | Refusal::DELETED_KEY => {
                refusal.with_status(self.state().settings.assumptions.wrong_key_status)
            }
            _ => refusal.into_reply(),
        }
    }
}

impl HasSettings for TrackingMoreProvider {
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
            if !state.settings.rate_limits {
                state.paused_until = None;
            }
            changed
        };
        self.queue.wake();
        changed
    }

    fn show_account(&self) -> Value {
        json!({
            "api_key": auth::API_KEY,
            "webhook_secret_of_later_versions": LATER_SECRET,
            "operations": Endpoint::operations(ENDPOINTS),
            "trackings": self.state().trackings.len(),
            "webhooks_waiting": self.queue.waiting(),
            "webhooks_under_way": self.queue.under_way(),
        })
    }
}

impl Provider for TrackingMoreProvider {
    type Refusal = Refusal;

    fn name(&self) -> &'static str {
        "trackingmore"
    }

    fn base_path(&self) -> &'static str {
        "/v2"
    }

    fn endpoints(&self) -> &'static [Endpoint<Self>] {
        ENDPOINTS
    }

    fn respond(&self, endpoint: &'static Endpoint<Self>, call: &Call<'_>) -> Reply {
        self.handle(endpoint, call)
            .unwrap_or_else(|refusal| self.refuse(refusal))
    }

    fn no_endpoint(&self, status: StatusCode) -> Reply {
        let code = match status {
            StatusCode::NOT_FOUND => 404,
            StatusCode::METHOD_NOT_ALLOWED => 405,
            _ => Refusal::UNREADABLE.0,
        };
        Refusal(code).with_status(status)
    }

    fn server_error(&self, status: StatusCode) -> Reply {
        Refusal(status.as_u16()).with_status(status)
    }

    fn error_in_200(&self, code: u16) -> Reply {
        envelope::reply(code, &envelope::NOTHING)
    }

    fn slow_down(&self) -> Reply {
        let status = self.state().settings.assumptions.rate_limit_status;
        Refusal::PAUSED.with_status(status)
    }

    fn finish(&self, _reply: &mut Reply) {
        // No header is known that every response carries.
    }

    fn keys(&self) -> Keys {
        Keys {
            vocabulary: &[
                "status",
                "checkpoint_status",
                "substatus",
                "ItemNode",
                "type",
            ],
            events: &["trackinfo"],
        }
    }

    fn reset(&self) {
        *self.state() = State::new(&self.queue);
        self.queue.clear();
        self.windows.clear();
    }

    fn control(self: Arc<Self>) -> Router {
        account_router(&self)
    }

    fn background(self: Arc<Self>) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(webhooks::run(self))
    }
}

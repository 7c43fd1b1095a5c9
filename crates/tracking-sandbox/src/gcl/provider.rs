//! The provider as the sandbox sees it: credentials, limits, state.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard};

use axum::Router;
use http::StatusCode;
use serde_json::{Value, json};

use crate::control::{HasSettings, account_router};
use crate::fault::Keys;
use crate::gcl::auth::{self, API_KEY};
use crate::gcl::endpoints::ENDPOINTS;
use crate::gcl::errors::Refusal;
use crate::gcl::limits::WINDOW;
use crate::gcl::orders::Order;
use crate::gcl::settings::Settings;
use crate::gcl::state::State;
use crate::gcl::webhooks::message::Webhook;
use crate::locking::lock;
use crate::sandbox::Core;
use crate::server::{Call, Endpoint, Provider, RateWindows, Reply};
use crate::snapshot::Snapshot;
use crate::webhooks::{self, WebhookQueue};

/// GCL in the sandbox.
#[derive(Debug)]
pub(crate) struct GclProvider {
    pub(crate) core: Arc<Core>,
    state: Mutex<State>,
    pub(super) windows: RateWindows,
    pub(crate) queue: Arc<WebhookQueue<Webhook>>,
}

impl GclProvider {
    pub(crate) fn new(core: &Arc<Core>) -> Self {
        let queue = Arc::default();
        Self {
            core: Arc::clone(core),
            state: Mutex::new(State::new(&queue)),
            windows: RateWindows::new(WINDOW),
            queue,
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
        if self.count().is_some_and(|verdict| !verdict.allowed) {
            return Err(Refusal::of_gateway(StatusCode::TOO_MANY_REQUESTS));
        }
        if !self.state().settings.enabled {
            return Err(Refusal::of_gateway(StatusCode::FORBIDDEN));
        }
        (endpoint.handler)(self, call)
    }

    fn refuse(&self, refusal: Refusal) -> Reply {
        refusal.into_reply(&self.state().settings.assumptions)
    }
}

impl HasSettings for GclProvider {
    type Settings = Settings;

    fn settings(&self) -> Settings {
        self.state().settings.clone()
    }

    fn configure<T>(&self, change: impl FnOnce(&mut Settings) -> T) -> T {
        let changed = {
            let snapshot = self.snapshot();
            let mut state = self.state();
            // What has happened so far is announced, or not, under the settings of that time.
            state.announce_all(&snapshot);
            change(&mut state.settings)
        };
        self.queue.wake();
        changed
    }

    fn show_account(&self) -> Value {
        let order = |order: &Order| {
            json!({
                "order_id": order.order_id,
                "order_reference_id": order.order_reference_id,
                "tracking_numbers": order.tracking_numbers,
            })
        };
        let state = self.state();
        json!({
            "api_key": API_KEY,
            "operations": Endpoint::operations(ENDPOINTS),
            "orders": state.orders.all().iter().map(order).collect::<Vec<_>>(),
            "webhooks_waiting": self.queue.waiting(),
            "webhooks_under_way": self.queue.under_way(),
        })
    }
}

impl Provider for GclProvider {
    type Refusal = Refusal;

    fn name(&self) -> &'static str {
        "gcl"
    }

    fn base_path(&self) -> &'static str {
        "/v1"
    }

    fn endpoints(&self) -> &'static [Endpoint<Self>] {
        ENDPOINTS
    }

    fn respond(&self, endpoint: &'static Endpoint<Self>, call: &Call<'_>) -> Reply {
        self.handle(endpoint, call)
            .unwrap_or_else(|refusal| self.refuse(refusal))
    }

    fn no_endpoint(&self, status: StatusCode) -> Reply {
        self.refuse(Refusal::of_gateway(status))
    }

    fn server_error(&self, status: StatusCode) -> Reply {
        self.refuse(Refusal::of_server(status))
    }

    fn error_in_200(&self, code: u16) -> Reply {
        // The codes of this provider are strings; an HTTP status names the error that comes in 200.
        let status = StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        self.refuse(Refusal::of_server(status).with_status(StatusCode::OK))
    }

    fn slow_down(&self) -> Reply {
        self.refuse(Refusal::of_gateway(StatusCode::TOO_MANY_REQUESTS))
    }

    fn finish(&self, _reply: &mut Reply) {
        // No header is known that every response carries.
    }

    fn keys(&self) -> Keys {
        Keys {
            vocabulary: &["statusUid", "signedBy", "code"],
            events: &["checkpoints"],
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

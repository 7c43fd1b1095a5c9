//! The provider as the sandbox sees it: credentials, limits, state.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard};

use axum::Router;
use http::StatusCode;

use crate::gcl::auth::WINDOW;
use crate::gcl::control;
use crate::gcl::endpoints::ENDPOINTS;
use crate::gcl::errors::Refusal;
use crate::gcl::state::State;
use crate::gcl::webhooks::Message;
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
    pub(crate) windows: RateWindows,
    pub(crate) queue: Arc<WebhookQueue<Message>>,
}

impl GclProvider {
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

    fn has_details(&self) -> bool {
        self.state().settings.assumptions.error_details
    }
}

impl Provider for GclProvider {
    type Handled = Reply;

    fn name(&self) -> &'static str {
        "gcl"
    }

    fn base_path(&self) -> &'static str {
        ""
    }

    fn prefix(&self) -> &'static str {
        ""
    }

    fn endpoints(&self) -> &'static [Endpoint<Self>] {
        ENDPOINTS
    }

    fn respond(&self, endpoint: &'static Endpoint<Self>, call: &Call<'_>) -> Reply {
        match self.check_access(call.headers) {
            Ok(()) => (endpoint.handler)(self, call),
            Err(refusal) => refusal.reply(self.has_details()),
        }
    }

    fn no_endpoint(&self, status: StatusCode) -> Reply {
        Refusal::of_gateway(status).reply(self.has_details())
    }

    fn server_error(&self, status: StatusCode) -> Reply {
        Refusal::of_server(status).reply(self.has_details())
    }

    fn error_in_success(&self, code: u16) -> Reply {
        // The codes of this provider are strings; an HTTP status names the error that comes in 200.
        let status = StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Refusal::of_server(status)
            .with_status(StatusCode::OK)
            .reply(self.has_details())
    }

    fn slow_down(&self) -> Reply {
        Refusal::of_gateway(StatusCode::TOO_MANY_REQUESTS).reply(self.has_details())
    }

    fn finish(&self, _reply: &mut Reply) {
        // No header is known that every response carries.
    }

    fn vocabulary(&self) -> &'static [&'static str] {
        &["statusUid", "signedBy", "code"]
    }

    fn reset(&self) {
        *self.state() = State::new(&self.queue);
        self.queue.clear();
        self.windows.clear();
    }

    fn control(self: Arc<Self>) -> Router {
        control::router(&self)
    }

    fn background(self: Arc<Self>) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(webhooks::run(self))
    }
}

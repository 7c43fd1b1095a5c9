//! The provider as the sandbox sees it: credentials, limits, state.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard};

use axum::Router;
use http::StatusCode;

use super::access::{self, WINDOW};
use super::control;
use super::endpoints::ENDPOINTS;
use super::failure::{Failure, gateway};
use super::state::{Account, State};
use crate::locking::lock;
use crate::module::{Call, Endpoint, ProviderModule};
use crate::rate_window::RateWindows;
use crate::reply::Reply;
use crate::sandbox::Core;
use crate::webhook_work::{self, Signals};

/// GCL in the sandbox.
#[derive(Debug)]
pub(crate) struct GclModule {
    pub(crate) core: Arc<Core>,
    state: Mutex<State>,
    pub(super) windows: RateWindows,
    pub(crate) signals: Signals,
}

impl GclModule {
    pub(crate) fn new(core: &Arc<Core>) -> Self {
        Self {
            core: Arc::clone(core),
            state: Mutex::default(),
            windows: RateWindows::new(WINDOW),
            signals: Signals::default(),
        }
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }

    pub(crate) fn account(&self) -> Account<'_> {
        Account {
            core: &self.core,
            now: self.core.clock.now_millis(),
        }
    }

    fn has_details(&self) -> bool {
        self.state().settings.assumptions.error_details
    }
}

impl ProviderModule for GclModule {
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
        &ENDPOINTS
    }

    fn answer(&self, endpoint: &'static Endpoint<Self>, call: &Call<'_>) -> Reply {
        self.refuse(call.headers)
            .unwrap_or_else(|| (endpoint.handler)(self, call))
    }

    fn no_endpoint(&self, status: StatusCode) -> Reply {
        gateway(status, status.canonical_reason().unwrap_or("Not possible"))
    }

    fn server_error(&self, status: StatusCode) -> Reply {
        Failure::of_server(status).reply(self.has_details())
    }

    fn error_in_success(&self, code: u16) -> Reply {
        // The codes of this provider are words; an HTTP status names the error that comes in 200.
        let status = StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Failure::of_server(status)
            .with_status(StatusCode::OK)
            .reply(self.has_details())
    }

    fn slow_down(&self) -> Reply {
        access::too_many()
    }

    fn seal(&self, _reply: &mut Reply) {
        // No header is known that every answer carries.
    }

    fn vocabulary(&self) -> &'static [&'static str] {
        &["statusUid", "signedBy", "code"]
    }

    fn reset(&self) {
        *self.state() = State::default();
        self.windows.clear();
        self.signals.attempted();
    }

    fn control(self: Arc<Self>) -> Router {
        control::router(&self)
    }

    fn background(self: Arc<Self>) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(webhook_work::run(self))
    }
}

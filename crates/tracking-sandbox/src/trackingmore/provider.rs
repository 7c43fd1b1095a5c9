//! The provider as the sandbox sees it: credentials, limits, state.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard};

use axum::Router;
use http::StatusCode;

use super::bodies::envelope;
use super::control;
use super::endpoints::ENDPOINTS;
use super::errors::Refusal;
use super::limits::WINDOW;
use super::state::{Account, State};
use crate::locking::lock;
use crate::sandbox::Core;
use crate::server::{Call, Endpoint, Provider, RateWindows, Reply};
use crate::webhooks::{self, Signals};

/// The header with the key.
const KEY_HEADER: &str = "trackingmore-api-key";

/// The key of the sandbox. It opens nothing else.
pub(crate) const API_KEY: &str = "sandbox0-0000-0000-0000-000000000000";

/// TrackingMore in the sandbox.
#[derive(Debug)]
pub(crate) struct TrackingMoreProvider {
    pub(crate) core: Arc<Core>,
    state: Mutex<State>,
    pub(super) windows: RateWindows,
    pub(crate) signals: Signals,
}

impl TrackingMoreProvider {
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

    /// The answer to a wrong key, if it is one. Which HTTP status comes with it is not known.
    fn refuse_key(&self, call: &Call<'_>) -> Option<Reply> {
        let key = call.headers.get(KEY_HEADER);
        let settings = &self.state().settings;
        let refusal = match key {
            Some(key) if key != API_KEY => Refusal::WRONG_KEY,
            None => Refusal::WRONG_KEY,
            Some(_) if settings.key_deleted => Refusal::DELETED_KEY,
            Some(_) => return None,
        };
        Some(refusal.with_status(status(settings.assumptions.wrong_key_status)))
    }
}

/// A status that a test has chosen.
fn status(code: u16) -> StatusCode {
    StatusCode::from_u16(code).unwrap_or(StatusCode::OK)
}

impl Provider for TrackingMoreProvider {
    fn name(&self) -> &'static str {
        "trackingmore"
    }

    fn base_path(&self) -> &'static str {
        "/v2"
    }

    fn prefix(&self) -> &'static str {
        ""
    }

    fn endpoints(&self) -> &'static [Endpoint<Self>] {
        &ENDPOINTS
    }

    fn answer(&self, endpoint: &'static Endpoint<Self>, call: &Call<'_>) -> Reply {
        if let Some(reply) = self.refuse_key(call) {
            return reply;
        }
        if !self.is_within_limits(endpoint) {
            return self.slow_down();
        }
        (endpoint.handler)(self, call)
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

    fn error_in_success(&self, code: u16) -> Reply {
        envelope::answer(code, &envelope::NOTHING)
    }

    fn slow_down(&self) -> Reply {
        let code = self.state().settings.assumptions.rate_limit_status;
        Refusal::PAUSED.with_status(status(code))
    }

    fn seal(&self, _reply: &mut Reply) {
        // No header is known that every answer carries.
    }

    fn vocabulary(&self) -> &'static [&'static str] {
        &[
            "status",
            "checkpoint_status",
            "substatus",
            "ItemNode",
            "type",
        ]
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
        Box::pin(webhooks::run(self))
    }
}

//! The provider as the sandbox sees it: endpoints, credentials, limits, state.

use std::collections::HashSet;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

use axum::Router;
use http::{HeaderName, HeaderValue, StatusCode};

use super::auth::{self, Plan};
use super::control;
use super::endpoints::ENDPOINTS;
use super::errors::Refusal;
use super::limits::{self, WINDOW};
use super::state::{Account, State};
use crate::locking::lock;
use crate::sandbox::Core;
use crate::server::{Call, Endpoint, Provider, RateWindows, Reply, Verdict};
use crate::webhooks::{self, Signals};

/// Ship24 in the sandbox.
#[derive(Debug)]
pub(crate) struct Ship24Provider {
    pub(crate) core: Arc<Core>,
    state: Mutex<State>,
    pub(super) windows: RateWindows,
    answered: AtomicU64,
    /// Payloads that are being processed at this moment.
    pub(crate) in_flight: Arc<Mutex<HashSet<String>>>,
    pub(crate) signals: Signals,
}

impl Ship24Provider {
    pub(crate) fn new(core: &Arc<Core>) -> Self {
        Self {
            core: Arc::clone(core),
            state: Mutex::new(State::default()),
            windows: RateWindows::new(WINDOW),
            answered: AtomicU64::new(0),
            in_flight: Arc::default(),
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

    fn authorised(&self, endpoint: &'static Endpoint<Self>, call: &Call<'_>) -> Reply {
        let checked = auth::check(call.headers, Plan::of(endpoint.id), &self.state().settings);
        match checked {
            Ok(()) => (endpoint.handler)(self, call),
            Err(refusal) => refusal.into_reply(),
        }
    }
}

impl Provider for Ship24Provider {
    fn name(&self) -> &'static str {
        "ship24"
    }

    fn base_path(&self) -> &'static str {
        ""
    }

    fn prefix(&self) -> &'static str {
        "/public/v1"
    }

    fn endpoints(&self) -> &'static [Endpoint<Self>] {
        &ENDPOINTS
    }

    fn answer(&self, endpoint: &'static Endpoint<Self>, call: &Call<'_>) -> Reply {
        let verdict = self.count(endpoint, call.headers);
        let mut reply = match verdict {
            Some(verdict) if !verdict.allowed => limits::refusal(),
            _ => self.authorised(endpoint, call),
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

    fn error_in_success(&self, _code: u16) -> Reply {
        // The codes of this provider are words, and none of its errors is known to come this way.
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

    fn seal(&self, reply: &mut Reply) {
        let serial = self.answered.fetch_add(1, Ordering::Relaxed);
        let id = self.core.identities.uuid_like("request", "ship24", serial);
        if let Ok(value) = HeaderValue::from_str(&id) {
            reply
                .headers
                .insert(HeaderName::from_static("x-request-id"), value);
        }
    }

    fn vocabulary(&self) -> &'static [&'static str] {
        &[
            "statusMilestone",
            "statusCategory",
            "statusCode",
            "sourceCode",
            "courierCode",
            "requiredFields",
            "itemStatus",
            "topic",
        ]
    }

    fn reset(&self) {
        *self.state() = State::default();
        self.windows.clear();
        lock(&self.in_flight).clear();
        self.signals.attempted();
    }

    fn control(self: Arc<Self>) -> Router {
        control::router(&self)
    }

    fn background(self: Arc<Self>) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(webhooks::run(self))
    }
}

//! The provider as the sandbox sees it: tokens, media types, state.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard};

use axum::Router;
use http::StatusCode;
use serde_json::{Value, json};

use crate::control::{HasSettings, account_router};
use crate::fault::Keys;
use crate::locking::lock;
use crate::oneconcepts::auth;
use crate::oneconcepts::bodies::response;
use crate::oneconcepts::control;
use crate::oneconcepts::endpoints::{ENDPOINTS, needs_token};
use crate::oneconcepts::errors::Refusal;
use crate::oneconcepts::media_type::Format;
use crate::oneconcepts::settings::{PARTNER, Settings};
use crate::oneconcepts::state::State;
use crate::sandbox::Core;
use crate::server::{Call, Endpoint, Provider, Reply};
use crate::snapshot::Snapshot;

/// 1concepts in the sandbox.
#[derive(Debug)]
pub(crate) struct OneConceptsProvider {
    pub(crate) core: Arc<Core>,
    state: Mutex<State>,
}

impl OneConceptsProvider {
    pub(crate) fn new(core: &Arc<Core>) -> Self {
        Self {
            core: Arc::clone(core),
            state: Mutex::new(State::new()),
        }
    }

    pub(crate) fn snapshot(&self) -> Snapshot<'_> {
        Snapshot::of(&self.core)
    }

    /// The state, as the world has made it up to now.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        let mut state = lock(&self.state);
        state.follow(&self.snapshot());
        state
    }

    fn handle(&self, endpoint: &'static Endpoint<Self>, call: &Call<'_>) -> Result<Reply, Refusal> {
        if needs_token(endpoint.operation) {
            let now = self.core.clock.elapsed();
            auth::check(call.headers, &self.state(), now)?;
            // A form that cannot be sent is refused before the call has an effect.
            Format::requested(call.headers)?;
        }
        (endpoint.handler)(self, call)
    }

    fn refuse(&self, format: Format, refusal: Refusal) -> Reply {
        refusal.into_reply(format, &lock(&self.state).settings.assumptions)
    }
}

impl HasSettings for OneConceptsProvider {
    type Settings = Settings;

    fn settings(&self) -> Settings {
        self.state().settings.clone()
    }

    fn configure<T>(&self, change: impl FnOnce(&mut Settings) -> T) -> T {
        change(&mut self.state().settings)
    }

    fn show_account(&self) -> Value {
        let state = self.state();
        json!({
            "partner": PARTNER,
            "operations": Endpoint::operations(ENDPOINTS),
            "orders": state.orders.all().count(),
            "trackings": state.trackings.all().count(),
        })
    }
}

impl Provider for OneConceptsProvider {
    type Refusal = Refusal;

    fn name(&self) -> &'static str {
        "oneconcepts"
    }

    fn base_path(&self) -> &'static str {
        "/v2"
    }

    fn endpoints(&self) -> &'static [Endpoint<Self>] {
        ENDPOINTS
    }

    fn respond(&self, endpoint: &'static Endpoint<Self>, call: &Call<'_>) -> Reply {
        self.handle(endpoint, call).unwrap_or_else(|refusal| {
            let format = Format::requested(call.headers).unwrap_or(Format::JsonLd);
            response::with_documentation_link(self.refuse(format, refusal), call)
        })
    }

    fn no_endpoint(&self, status: StatusCode) -> Reply {
        self.refuse(Format::JsonLd, Refusal::of_status(status))
    }

    fn server_error(&self, status: StatusCode) -> Reply {
        self.refuse(Format::JsonLd, Refusal::of_status(status))
    }

    fn error_in_200(&self, _code: u16) -> Reply {
        // This provider has no numbers for errors, and none is known to come this way.
        let mut reply = self.server_error(StatusCode::INTERNAL_SERVER_ERROR);
        reply.status = StatusCode::OK;
        reply
    }

    fn slow_down(&self) -> Reply {
        self.refuse(
            Format::JsonLd,
            Refusal::of_status(StatusCode::TOO_MANY_REQUESTS),
        )
    }

    fn finish(&self, _reply: &mut Reply) {
        // No header is known that every response carries.
    }

    fn keys(&self) -> Keys {
        Keys {
            vocabulary: &["status", "courier"],
            events: &["trackings"],
        }
    }

    fn reset(&self) {
        *lock(&self.state) = State::new();
    }

    fn control(self: Arc<Self>) -> Router {
        account_router(&self).merge(control::router(&self))
    }

    fn background(self: Arc<Self>) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        // The provider sends no webhooks.
        Box::pin(std::future::ready(()))
    }
}

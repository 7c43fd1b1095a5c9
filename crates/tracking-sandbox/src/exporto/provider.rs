//! The provider as the sandbox sees it: tokens, limits, state.

use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

use axum::Router;
use http::header::{CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderName, HeaderValue, StatusCode};
use serde_json::{Value, json};

use crate::control::{HasSettings, account_router};
use crate::exporto::auth;
use crate::exporto::control;
use crate::exporto::endpoints::{CREATE_TOKEN, ENDPOINTS};
use crate::exporto::errors::Refusal;
use crate::exporto::limits::WINDOW;
use crate::exporto::settings::{ContentType, RequestIdHeader, Settings};
use crate::exporto::state::State;
use crate::fault::Keys;
use crate::locking::lock;
use crate::sandbox::Core;
use crate::server::{Call, Endpoint, JSON, Provider, RateWindows, Reply, TEXT};
use crate::snapshot::Snapshot;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// exporto in the sandbox.
#[derive(Debug)]
pub(crate) struct ExportoProvider {
    pub(crate) core: Arc<Core>,
    state: Mutex<State>,
    pub(super) windows: RateWindows,
    responses: AtomicU64,
}

impl ExportoProvider {
    pub(crate) fn new(core: &Arc<Core>) -> Self {
        Self {
            core: Arc::clone(core),
            state: Mutex::new(State::new(core.identities)),
            windows: RateWindows::new(WINDOW),
            responses: AtomicU64::new(0),
        }
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }

    pub(crate) fn snapshot(&self) -> Snapshot<'_> {
        Snapshot::of(&self.core)
    }

    /// The response to a refused call. Those that a caller may ask the provider about have an id.
    fn refuse(&self, refusal: Refusal) -> Reply {
        let status = refusal.status;
        if status != StatusCode::UNAUTHORIZED && !status.is_server_error() {
            return refusal.into_reply();
        }
        refusal
            .with_request_id(self.request_id("body"))
            .into_reply()
    }

    /// The id of the current request. Body and header do not agree on it.
    fn request_id(&self, place: &str) -> String {
        let serial = self.responses.load(Ordering::Relaxed);
        let identities = self.core.identities;
        identities.uuid_like("exporto-request", place, serial)
    }

    fn handle(&self, endpoint: &'static Endpoint<Self>, call: &Call<'_>) -> Result<Reply, Refusal> {
        if endpoint.operation != CREATE_TOKEN {
            let now = self.core.clock.now_millis();
            auth::check(call.headers, endpoint.operation, &self.state().tokens, now)?;
        }
        (endpoint.handler)(self, call)
    }
}

impl HasSettings for ExportoProvider {
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
            "username": auth::USERNAME,
            "password": auth::PASSWORD,
            "operations": Endpoint::operations(ENDPOINTS),
            "tokens_issued": state.tokens.issued(),
            "labels_created": state.labels,
        })
    }
}

impl Provider for ExportoProvider {
    type Refusal = Refusal;

    fn name(&self) -> &'static str {
        "exporto"
    }

    fn base_path(&self) -> &'static str {
        "/v1"
    }

    fn endpoints(&self) -> &'static [Endpoint<Self>] {
        ENDPOINTS
    }

    fn respond(&self, endpoint: &'static Endpoint<Self>, call: &Call<'_>) -> Reply {
        let paths = self.state().settings.assumptions.tour_paths;
        if !paths.include(endpoint.operation, endpoint.path) {
            return self.no_endpoint(StatusCode::NOT_FOUND);
        }
        if let Some(verdict) = self.count().filter(|verdict| !verdict.allowed) {
            let wait = HeaderValue::from(verdict.seconds_to_reset());
            return self.slow_down().with_header(RETRY_AFTER, wait);
        }
        self.handle(endpoint, call)
            .unwrap_or_else(|refusal| self.refuse(refusal))
    }

    fn no_endpoint(&self, status: StatusCode) -> Reply {
        self.refuse(Refusal::plain(status))
    }

    fn server_error(&self, status: StatusCode) -> Reply {
        self.refuse(Refusal::plain(status))
    }

    fn error_in_200(&self, _code: u16) -> Reply {
        // This provider has no codes, and none of its errors is known to come this way.
        let mut reply = self.server_error(StatusCode::INTERNAL_SERVER_ERROR);
        reply.status = StatusCode::OK;
        reply
    }

    fn slow_down(&self) -> Reply {
        self.refuse(Refusal::plain(StatusCode::TOO_MANY_REQUESTS))
    }

    fn finish(&self, reply: &mut Reply) {
        let (content_type, shown) = {
            let settings = &self.state().settings;
            (settings.content_type, settings.request_id_header)
        };
        if reply.headers.get(CONTENT_TYPE) == Some(&JSON) {
            match content_type {
                ContentType::Json => {}
                ContentType::Text => drop(reply.headers.insert(CONTENT_TYPE, TEXT)),
                ContentType::Missing => drop(reply.headers.remove(CONTENT_TYPE)),
            }
        }
        let id = HeaderValue::from_str(&self.request_id("header"));
        let serial = self.responses.fetch_add(1, Ordering::Relaxed);
        let has_header = match shown {
            RequestIdHeader::Always => true,
            RequestIdHeader::Sometimes => serial % 2 == 1,
            RequestIdHeader::Never => false,
        };
        if let Ok(id) = id
            && has_header
        {
            reply.headers.insert(REQUEST_ID, id);
        }
    }

    fn keys(&self) -> Keys {
        Keys {
            vocabulary: &["status", "type", "carrierState", "direction"],
            events: &[
                "processedAt",
                "declaredAt",
                "carrierReceivedAt",
                "carrierDeliveredAt",
            ],
        }
    }

    fn reset(&self) {
        *self.state() = State::new(self.core.identities);
        self.windows.clear();
    }

    fn control(self: Arc<Self>) -> Router {
        account_router(&self).merge(control::router(&self))
    }

    fn background(self: Arc<Self>) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        // The provider sends no webhooks.
        Box::pin(std::future::ready(()))
    }
}

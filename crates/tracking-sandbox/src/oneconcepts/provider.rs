//! The provider as the sandbox sees it: tokens, media types, state.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard};

use axum::Router;
use bytes::Bytes;
use http::StatusCode;
use serde_json::Value;

use crate::locking::lock;
use crate::oneconcepts::auth;
use crate::oneconcepts::bodies::hydra;
use crate::oneconcepts::control;
use crate::oneconcepts::endpoints::{CREATE_TOKEN, ENDPOINTS};
use crate::oneconcepts::errors::Refusal;
use crate::oneconcepts::handlers::create_token;
use crate::oneconcepts::media_type::Format;
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

/// What an operation answers with when nothing is wrong.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    /// As JSON-LD; none for an answer without a body.
    pub(crate) body: Option<Value>,
}

impl Answer {
    pub(crate) fn ok(body: Value) -> Self {
        Self {
            status: StatusCode::OK,
            body: Some(body),
        }
    }
}

/// The page that people get.
const PAGE: &[u8] = b"<!DOCTYPE html>\n<title>Sandbox</title>\n<div id=\"swagger-ui\"></div>\n";

impl OneConceptsProvider {
    pub(crate) fn new(core: &Arc<Core>) -> Self {
        Self {
            core: Arc::clone(core),
            state: Mutex::default(),
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

    /// Writes an answer in the form that the caller wants.
    pub(crate) fn reply(&self, call: &Call<'_>, answer: Result<Answer, Refusal>) -> Reply {
        match Format::wanted(call.headers) {
            Ok(format) => self.write(format, answer),
            Err(refusal) => self.refuse(Format::JsonLd, refusal),
        }
    }

    fn write(&self, format: Format, answer: Result<Answer, Refusal>) -> Reply {
        let Answer { status, body } = match answer {
            Ok(answer) => answer,
            Err(refusal) => return self.refuse(format, refusal),
        };
        let Some(mut body) = body else {
            return Reply::empty(status);
        };
        let state = lock(&self.state);
        let settings = &state.settings;
        if let Some(origin) = &settings.next_link_origin {
            hydra::lead_away(&mut body, origin);
        }
        if !settings.assumptions.nulls {
            hydra::drop_nulls(&mut body);
        }
        let bytes = match format {
            Format::Html => Bytes::from_static(PAGE),
            Format::Json => hydra::plain(body).to_string().into(),
            Format::JsonLd => {
                if !settings.assumptions.hydra_prefix {
                    hydra::drop_prefix(&mut body);
                }
                body.to_string().into()
            }
        };
        Reply::new(status, format.content_type(), bytes)
    }

    fn refuse(&self, format: Format, refusal: Refusal) -> Reply {
        refusal.into_reply(format, &lock(&self.state).settings.assumptions)
    }
}

impl Provider for OneConceptsProvider {
    type Handled = Reply;

    fn name(&self) -> &'static str {
        "oneconcepts"
    }

    fn base_path(&self) -> &'static str {
        "/v2"
    }

    fn prefix(&self) -> &'static str {
        "/api"
    }

    fn endpoints(&self) -> &'static [Endpoint<Self>] {
        ENDPOINTS
    }

    fn respond(&self, endpoint: &'static Endpoint<Self>, call: &Call<'_>) -> Reply {
        if endpoint.operation == CREATE_TOKEN {
            return create_token::create(self, call);
        }
        let now = self.core.clock.elapsed();
        let checked = lock(&self.state).tokens.check(call.headers, now);
        match (checked, Format::wanted(call.headers)) {
            (Err(message), _) => auth::refusal(message),
            (Ok(()), Err(refusal)) => self.refuse(Format::JsonLd, refusal),
            (Ok(()), Ok(_)) => (endpoint.handler)(self, call),
        }
    }

    fn no_endpoint(&self, status: StatusCode) -> Reply {
        self.refuse(Format::JsonLd, Refusal::of_status(status))
    }

    fn server_error(&self, status: StatusCode) -> Reply {
        self.refuse(Format::JsonLd, Refusal::of_status(status))
    }

    fn error_in_success(&self, _code: u16) -> Reply {
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
        // No header is known that every answer carries.
    }

    fn vocabulary(&self) -> &'static [&'static str] {
        &["status", "courier"]
    }

    fn reset(&self) {
        *lock(&self.state) = State::default();
    }

    fn control(self: Arc<Self>) -> Router {
        control::router(&self)
    }

    fn background(self: Arc<Self>) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        // There are no webhooks: all that happens here happens when somebody asks.
        Box::pin(std::future::ready(()))
    }
}

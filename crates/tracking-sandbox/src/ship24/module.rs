//! The provider as the sandbox sees it: endpoints, credentials, limits, state.

use std::collections::HashSet;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

use axum::Router;
use http::{HeaderName, HeaderValue, Method, StatusCode};

use super::auth::{self, Plan};
use super::errors::Refusal;
use super::limits::{self, WINDOW};
use super::messages::Outbox;
use super::settings::Settings;
use super::tracker::{SearchBy, Trackers};
use super::tracking::Shown;
use super::webhooks;
use super::{
    bulk, control, couriers, create, history, list, results, samples, search, track, update,
};
use crate::locking::lock;
use crate::module::{Call, Endpoint, ProviderModule};
use crate::rate_window::{RateWindows, Verdict};
use crate::reply::Reply;
use crate::sandbox::Core;
use crate::webhook_work::{self, Signals};
use crate::world::{Journey, World};

/// Ship24 in the sandbox.
#[derive(Debug)]
pub(crate) struct Ship24Module {
    pub(crate) core: Arc<Core>,
    state: Mutex<State>,
    pub(super) windows: RateWindows,
    answered: AtomicU64,
    /// Payloads that are being processed at this moment.
    pub(crate) in_flight: Arc<Mutex<HashSet<String>>>,
    pub(crate) signals: Signals,
}

/// Everything that calls change.
#[derive(Debug, Default)]
pub(crate) struct State {
    pub(crate) settings: Settings,
    pub(crate) trackers: Trackers,
    pub(crate) outbox: Outbox,
}

/// What a call needs to know beside the state.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Account<'a> {
    pub(crate) core: &'a Core,
    pub(crate) now: i64,
}

impl Account<'_> {
    /// The parcel with this number; sample numbers come into being when they are first asked for.
    pub(crate) fn journey(&self, number: &str) -> Option<Arc<Journey>> {
        journey(&self.core.world, self.core, number)
    }
}

fn journey(world: &World, core: &Core, number: &str) -> Option<Arc<Journey>> {
    if let Some(known) = world.find(number) {
        return Some(known);
    }
    world.add(samples::parcel(number)?, &core.clock).ok()?;
    world.find(number)
}

pub(super) static ENDPOINTS: [Endpoint<Ship24Module>; 12] = {
    const fn endpoint(
        id: &'static str,
        method: Method,
        path: &'static str,
        per_second: u32,
        handler: fn(&Ship24Module, &Call<'_>) -> Reply,
    ) -> Endpoint<Ship24Module> {
        Endpoint {
            id,
            method,
            path,
            per_second,
            handler,
        }
    }
    [
        endpoint(
            "create-tracker",
            Method::POST,
            "/trackers",
            10,
            create::create,
        ),
        endpoint("list-trackers", Method::GET, "/trackers", 10, list::list),
        endpoint(
            "bulk-create-trackers",
            Method::POST,
            "/trackers/bulk",
            3,
            bulk::create,
        ),
        endpoint(
            "create-tracker-and-get-tracking-results",
            Method::POST,
            "/trackers/track",
            10,
            track::track,
        ),
        endpoint(
            "get-tracker-by-trackerId",
            Method::GET,
            "/trackers/{trackerId}",
            10,
            list::get,
        ),
        endpoint(
            "update-tracker-by-trackerId",
            Method::PATCH,
            "/trackers/{trackerId}",
            10,
            update::update,
        ),
        endpoint(
            "get-tracking-results-of-trackers-by-tracking-number",
            Method::GET,
            "/trackers/search/{trackingNumber}/results",
            10,
            results::by_number,
        ),
        endpoint(
            "get-tracking-results-of-tracker-by-trackerId",
            Method::GET,
            "/trackers/{trackerId}/results",
            10,
            results::by_id,
        ),
        endpoint("get-couriers", Method::GET, "/couriers", 1, couriers::list),
        endpoint(
            "get-tracking",
            Method::POST,
            "/tracking/search",
            10,
            search::search,
        ),
        endpoint(
            "resend-webhooks",
            Method::POST,
            "/trackers/{trackerId}/webhook-events/resend",
            1,
            webhooks::resend,
        ),
        endpoint(
            "download-webhook-history",
            Method::GET,
            "/trackers/{trackerId}/webhook-history/download",
            1,
            history::download,
        ),
    ]
};

impl Ship24Module {
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

impl State {
    pub(crate) fn shown(&self, core: &Core) -> Shown {
        Shown {
            identities: core.identities,
            predictions: self.settings.predictions,
        }
    }

    /// The tracker that the path of a call names.
    pub(crate) fn named(&self, call: &Call<'_>) -> Result<usize, Refusal> {
        let by = match call.query("searchBy").as_deref() {
            None | Some("trackerId") => SearchBy::TrackerId,
            Some("clientTrackerId") => SearchBy::ClientTrackerId,
            Some(_) => {
                return Err(Refusal::invalid(
                    "Please make sure that searchBy is trackerId or clientTrackerId.",
                ));
            }
        };
        self.trackers
            .find(by, call.param("trackerId"))
            .ok_or_else(Refusal::tracker_not_found)
    }
}

impl ProviderModule for Ship24Module {
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
        Box::pin(webhook_work::run(self))
    }
}

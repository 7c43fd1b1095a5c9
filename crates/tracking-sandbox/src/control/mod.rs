//! Control paths under `/_sandbox`, for tests in any language.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::response::Response;
use axum::routing::{MethodRouter, get, post};
use http::{Request, StatusCode};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::clock::{parse_rfc3339, unix_millis};
use crate::error::WebhookUrlError;
use crate::fault::{Fault, Faults};
use crate::sandbox::{Core, reset};
use crate::server::{Providers, RecordedRequest, Reply, base_url};
use crate::webhooks::LoopbackUrl;
use crate::wire_time::{is_writable, utc_millis};
use crate::world::{Parcel, Scan};

/// Larger control bodies are refused.
const MAX_BODY: usize = 1024 * 1024;

pub(crate) fn router(core: &Arc<Core>, providers: &Arc<Providers>, address: SocketAddr) -> Router {
    let read = |answer: fn(&Core) -> Value| {
        let core = Arc::clone(core);
        move || async move { ok(answer(&core)) }
    };
    let start = {
        let core = Arc::clone(core);
        let providers = Arc::clone(providers);
        move || async move { ok(overview(&core, &providers, address)) }
    };
    let reset_all = {
        let core = Arc::clone(core);
        let providers = Arc::clone(providers);
        move || async move {
            reset(&core, &providers);
            ok(json!({ "reset": true }))
        }
    };
    Router::new()
        .route("/_sandbox", get(start))
        .route("/_sandbox/reset", post(reset_all))
        .route(
            "/_sandbox/clock",
            get(read(show_clock)).put(write(core, set_clock)),
        )
        .route(
            "/_sandbox/faults",
            post(write(core, add_fault)).delete(read(clear_faults)),
        )
        .route("/_sandbox/parcels", post(write(core, add_parcel)))
        .route("/_sandbox/scans", post(write(core, add_scan)))
        .route(
            "/_sandbox/requests",
            get(read(show_requests)).delete(read(clear_requests)),
        )
        .fallback(|| async {
            failed(
                StatusCode::NOT_FOUND,
                "nothing answers here; `GET /_sandbox` lists what does",
            )
        })
}

/// A handler that reads a JSON body; what is wrong with the body is the answer.
fn write<S, T>(
    state: &Arc<S>,
    change: fn(&S, T) -> Result<Value, String>,
) -> impl FnOnce(Request<Body>) -> std::pin::Pin<Box<dyn Future<Output = Response> + Send>>
+ Clone
+ Send
+ Sync
+ 'static
where
    S: Send + Sync + 'static,
    T: DeserializeOwned + 'static,
{
    let state = Arc::clone(state);
    move |request| {
        Box::pin(async move {
            let Ok(body) = to_bytes(request.into_body(), MAX_BODY).await else {
                return failed(
                    StatusCode::PAYLOAD_TOO_LARGE,
                    "the body is larger than 1 MiB",
                );
            };
            let changed = serde_json::from_slice(&body)
                .map_err(|error| error.to_string())
                .and_then(|wanted| change(&state, wanted));
            match changed {
                Ok(value) => ok(value),
                Err(reason) => failed(StatusCode::BAD_REQUEST, &reason),
            }
        })
    }
}

/// What a provider lets a test see and change about one subject.
pub(crate) struct Subject<M, T> {
    pub(crate) show: fn(&M) -> Value,
    pub(crate) change: fn(&M, T) -> Result<Value, String>,
}

impl<M, T> Subject<M, T>
where
    M: Send + Sync + 'static,
    T: DeserializeOwned + 'static,
{
    /// Reads with GET, changes with PATCH.
    pub(crate) fn paths(self, module: &Arc<M>) -> MethodRouter {
        let show = {
            let module = Arc::clone(module);
            move || async move { ok((self.show)(&module)) }
        };
        get(show).patch(write(module, self.change))
    }
}

/// The control paths of a provider: its account and its webhooks.
pub(crate) fn account_paths<M, S, W>(
    module: &Arc<M>,
    settings: Subject<M, S>,
    webhooks: Subject<M, W>,
) -> Router
where
    M: Send + Sync + 'static,
    S: DeserializeOwned + 'static,
    W: DeserializeOwned + 'static,
{
    Router::new()
        .route("/settings", settings.paths(module))
        .route("/webhooks", webhooks.paths(module))
}

/// What a plan still pays for, as control bodies say it.
#[derive(Deserialize)]
#[serde(untagged)]
pub(crate) enum Quota {
    Left(u32),
    Word(QuotaWord),
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum QuotaWord {
    Unlimited,
}

impl Quota {
    /// None for no limit.
    pub(crate) const fn left(&self) -> Option<u32> {
        match self {
            Self::Left(left) => Some(*left),
            Self::Word(QuotaWord::Unlimited) => None,
        }
    }
}

/// An address of webhooks, as control bodies say it; an empty text takes it away.
#[derive(Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct Address(pub(crate) Option<LoopbackUrl>);

impl TryFrom<String> for Address {
    type Error = WebhookUrlError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        if text.is_empty() {
            return Ok(Self(None));
        }
        LoopbackUrl::parse(&text).map(|url| Self(Some(url)))
    }
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "callers build the value for this call"
)]
fn ok(value: Value) -> Response {
    respond(Reply::json(StatusCode::OK, &value))
}

fn failed(status: StatusCode, reason: &str) -> Response {
    respond(Reply::json(status, &json!({ "error": reason })))
}

fn respond(reply: Reply) -> Response {
    let mut response = Response::new(Body::from(reply.body));
    *response.status_mut() = reply.status;
    *response.headers_mut() = reply.headers;
    response
}

fn overview(core: &Core, providers: &Providers, address: SocketAddr) -> Value {
    let providers: Vec<_> = providers
        .all()
        .into_iter()
        .map(|module| {
            let name = module.name();
            json!({
                "name": name,
                "base_url": base_url(&*module, address),
                "control": format!("http://{address}/_sandbox/{name}"),
            })
        })
        .collect();
    json!({
        "providers": providers,
        "clock": show_clock(core),
        "demo_numbers": crate::world::DEMO_NUMBERS,
        "control": [
            "POST /_sandbox/reset",
            "GET, PUT /_sandbox/clock",
            "POST, DELETE /_sandbox/faults",
            "POST /_sandbox/parcels",
            "POST /_sandbox/scans",
            "GET, DELETE /_sandbox/requests",
        ],
    })
}

fn show_clock(core: &Core) -> Value {
    json!({
        "now": utc_millis(core.clock.now_millis()),
        "running": core.clock.is_running(),
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClockChange {
    set: Option<String>,
    advance_seconds: Option<u32>,
    running: Option<bool>,
}

/// Whether the scans of a journey around this time can be written, too.
fn has_room(millis: i64) -> bool {
    const YEAR_MILLIS: i64 = 366 * 24 * 3600 * 1000;
    is_writable(millis.saturating_sub(YEAR_MILLIS))
        && is_writable(millis.saturating_add(YEAR_MILLIS))
}

fn set_clock(core: &Core, wanted: ClockChange) -> Result<Value, String> {
    if let Some(text) = wanted.set {
        let time = parse_rfc3339(&text)
            .filter(|time| has_room(unix_millis(*time)))
            .ok_or_else(|| format!("`{text}` is not a time such as 2026-03-02T09:00:00Z"))?;
        core.clock.set(time);
    }
    if let Some(seconds) = wanted.advance_seconds {
        core.clock.advance(Duration::from_secs(seconds.into()));
    }
    match wanted.running {
        Some(true) => core.clock.run(),
        Some(false) => core.clock.stop(),
        None => {}
    }
    Ok(show_clock(core))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FaultWish {
    fault: String,
    provider: Option<String>,
    operation: Option<String>,
    /// How often; 1 when absent, 0 for always.
    times: Option<u32>,
}

fn add_fault(core: &Core, wish: FaultWish) -> Result<Value, String> {
    let fault: Fault = wish.fault.parse().map_err(|error| format!("{error}"))?;
    let mut faults = Faults::new(&core.faults);
    if let Some(provider) = wish.provider {
        faults = faults.of(provider);
    }
    if let Some(operation) = wish.operation {
        faults = faults.on(operation);
    }
    match wish.times.unwrap_or(1) {
        0 => faults.always(fault),
        times => faults.times(times, fault),
    };
    Ok(json!({ "waiting": faults.waiting() }))
}

fn clear_faults(core: &Core) -> Value {
    core.faults.clear();
    json!({ "waiting": 0 })
}

fn add_parcel(core: &Core, parcel: Parcel) -> Result<Value, String> {
    let numbers: Vec<_> = parcel.legs.iter().map(|leg| leg.number.clone()).collect();
    core.world
        .add(parcel, &core.clock)
        .map_err(|error| error.to_string())?;
    core.clock.ring();
    Ok(json!({ "numbers": numbers }))
}

#[derive(Deserialize)]
struct NewScan {
    number: String,
    scan: Scan,
}

fn add_scan(core: &Core, wanted: NewScan) -> Result<Value, String> {
    core.world
        .add_scan(&wanted.number, wanted.scan, &core.clock)
        .map_err(|error| error.to_string())?;
    core.clock.ring();
    Ok(json!({ "number": wanted.number }))
}

fn show_requests(core: &Core) -> Value {
    core.requests.all().iter().map(show_request).collect()
}

/// A request with the values of secret headers left out.
fn show_request(request: &RecordedRequest) -> Value {
    let headers: Vec<_> = request
        .shown_headers()
        .map(|(name, value)| json!([name, value]))
        .collect();
    json!({
        "provider": request.provider,
        "operation": request.operation,
        "method": request.method.as_str(),
        "path": request.path,
        "query": request.query,
        "headers": headers,
        "body": request.shown_body(),
        "status": request.status,
    })
}

fn clear_requests(core: &Core) -> Value {
    core.requests.clear();
    json!([])
}

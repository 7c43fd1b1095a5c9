//! The paths, and the page that lists them.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::routing::{get, patch, post};
use http::StatusCode;
use serde_json::{Value, json};

use super::clock::{change_clock, show_clock};
use super::faults::{add_fault, clear_faults};
use super::json::{failed, ok, write};
use super::requests::{clear_requests, show_requests};
use super::world::{
    add_parcel, add_scan, correct_leg, edit_scan, play, resend_scan, withdraw_scan,
};
use crate::sandbox::{Core, reset};
use crate::server::{Providers, base_url};

pub(crate) fn router(core: &Arc<Core>, providers: &Arc<Providers>, address: SocketAddr) -> Router {
    let read = |show: fn(&Core) -> Value| {
        let core = Arc::clone(core);
        move || async move { ok(show(&core)) }
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
            get(read(show_clock)).put(write(core, change_clock)),
        )
        .route(
            "/_sandbox/faults",
            post(write(core, add_fault)).delete(read(clear_faults)),
        )
        .route("/_sandbox/parcels", post(write(core, add_parcel)))
        .route("/_sandbox/journeys", post(write(core, play)))
        .route(
            "/_sandbox/scans",
            post(write(core, add_scan))
                .patch(write(core, edit_scan))
                .delete(write(core, withdraw_scan)),
        )
        .route("/_sandbox/scans/resend", post(write(core, resend_scan)))
        .route("/_sandbox/legs", patch(write(core, correct_leg)))
        .route(
            "/_sandbox/requests",
            get(read(show_requests)).delete(read(clear_requests)),
        )
        .fallback(|| async {
            failed(
                StatusCode::NOT_FOUND,
                "no such path; `GET /_sandbox` lists them",
            )
        })
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
            "POST /_sandbox/journeys",
            "POST, PATCH, DELETE /_sandbox/scans",
            "POST /_sandbox/scans/resend",
            "PATCH /_sandbox/legs",
            "GET, DELETE /_sandbox/requests",
            "GET /_sandbox/{provider}",
            "GET, PATCH /_sandbox/{provider}/settings",
        ],
    })
}

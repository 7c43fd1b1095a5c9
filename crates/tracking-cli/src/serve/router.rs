//! All routes, and what holds for all of them.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use tokio::time::timeout;

use super::access::{Access, guard};
use super::desk::Desk;
use super::{api, health, metrics, pages, webhooks};

/// How long a request may take, with its body.
const LONGEST: Duration = Duration::from_secs(30);

/// What a browser may do with a page: show it, with its own style and pictures, and send its own forms. No scripts.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; \
                      base-uri 'none'; frame-ancestors 'none'";

/// Headers of every response. One that a handler sets stays.
const HEADERS: [(HeaderName, &str); 7] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "no-referrer"),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
    // Which parcels somebody waits for is nobody else's business.
    (header::CACHE_CONTROL, "no-store"),
];

pub(super) fn router(desk: Desk, access: Access) -> Router {
    let guarded = Router::new()
        .route("/metrics", get(metrics::metrics))
        .nest(api::PATH, api::router())
        .merge(pages::router())
        .layer(DefaultBodyLimit::max(api::MAX_BODY))
        .layer(from_fn_with_state(Arc::new(access), guard));
    // A supervisor has no token, and learns nothing about parcels.
    let open = Router::new()
        .route("/health/live", get(health::live))
        .route("/health/ready", get(health::ready));
    // A body has a time of its own.
    let webhooks = Router::new()
        .route("/webhooks/{*account}", any(webhooks::receive))
        .with_state(Arc::clone(&desk.inbox));
    guarded
        .merge(open)
        .layer(from_fn(in_time))
        .layer(from_fn(api::shape))
        .merge(webhooks)
        .layer(from_fn(with_headers))
        .with_state(desk)
}

async fn in_time(request: Request, next: Next) -> Response {
    match timeout(LONGEST, next.run(request)).await {
        Ok(response) => response,
        Err(_) => (StatusCode::REQUEST_TIMEOUT, "The request took too long.\n").into_response(),
    }
}

async fn with_headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    response
}

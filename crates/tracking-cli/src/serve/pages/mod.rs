//! The page: made on the server, without scripts.
//!
//! Everything that comes from outside is a string in a template, which escapes it; no string is marked as HTML.

mod accounts;
mod board;
mod changes;
mod layout;
mod links;
mod parcel;
mod status;
mod timeline;
mod webhooks;
mod when;

use axum::Router;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use maud::{Markup, html};
use tracking_follow::StoreError;

use super::desk::Desk;

/// How many rows a page has.
const ROWS: u32 = 50;

/// The routes of the page.
pub(super) fn router() -> Router<Desk> {
    Router::new()
        .route("/", get(board::page))
        .route("/parcels/{id}", get(parcel::page))
        .route("/accounts", get(accounts::page))
        .route("/changes", get(changes::page))
        .route("/webhooks", get(webhooks::page))
        .route("/style.css", get(style))
        .route("/icon.svg", get(icon))
        .fallback(async || not_found("There is nothing at this address."))
}

async fn style() -> Response {
    asset("text/css; charset=utf-8", include_str!("style.css"))
}

async fn icon() -> Response {
    asset("image/svg+xml", include_str!("icon.svg"))
}

/// A file that is the same until the next version.
fn asset(media_type: &'static str, content: &'static str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, media_type),
        (header::CACHE_CONTROL, "private, max-age=300"),
    ];
    (headers, content).into_response()
}

/// A page that says why there is nothing to show.
#[derive(Debug)]
pub(super) enum Failure {
    Store(StoreError),
    NotFound(&'static str),
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        match self {
            Self::NotFound(message) => not_found(message),
            Self::Store(error) => {
                let status = if error.is_transient() {
                    StatusCode::SERVICE_UNAVAILABLE
                } else {
                    StatusCode::INTERNAL_SERVER_ERROR
                };
                // The message names no address, password or stored value.
                failed(status, "The store cannot be read", &error.to_string())
            }
        }
    }
}

fn not_found(message: &str) -> Response {
    failed(StatusCode::NOT_FOUND, "Not found", message)
}

fn failed(status: StatusCode, title: &str, message: &str) -> Response {
    let content = html! {
        h1 { (title) }
        p.lead { (message) }
        p { a href="/" { "All parcels" } }
    };
    respond(status, &layout::page(title, None, &content))
}

fn respond(status: StatusCode, page: &Markup) -> Response {
    let headers = [(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/html; charset=utf-8"),
    )];
    (status, headers, page.0.clone()).into_response()
}

/// A page that is as it should be.
fn shown(page: &Markup) -> Response {
    respond(StatusCode::OK, page)
}

//! The JSON API, version 1.

mod accounts;
mod changes;
mod parcels;
mod problem;
mod views;

use axum::Router;
use axum::http::header;
use axum::routing::get;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) use self::problem::shape;
use super::desk::Desk;

/// Where the API is.
pub(super) const PATH: &str = "/api/v1";

/// The largest body of a request, in bytes.
pub(super) const MAX_BODY: usize = 64 * 1024;

/// The longest page of a list.
const LONGEST_PAGE: u32 = 200;

/// The page of a list without `limit`.
const PAGE: u32 = 50;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Parcels that are followed",
        description = "Add parcels, read what is known of them, and read what changed, each change once. \
            Errors are problem details (RFC 9457) with the media type `application/problem+json`.",
        contact(name = "tracking-cli", url = "https://github.com/tracking-sdk/tracking-sdk"),
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")
    ),
    tags(
        (name = "parcels", description = "What is followed, and what is known of it"),
        (name = "changes", description = "What changed, in order"),
        (name = "accounts", description = "The accounts at the providers"),
    ),
    servers((url = "/api/v1")),
    security((), ("token" = [])),
    modifiers(&Token)
)]
struct Document;

/// The token, which a server that others can reach requires.
struct Token;

impl utoipa::Modify for Token {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};

        let token = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
        let components = document.components.get_or_insert_default();
        components.add_security_scheme("token", token);
    }
}

/// The routes, with the description of them.
pub(super) fn router() -> Router<Desk> {
    let (router, document) = described();
    let headers = [(header::CONTENT_TYPE, "application/json")];
    router.route("/openapi.json", get((headers, document)))
}

/// The description, as JSON.
pub(super) fn description() -> String {
    described().1
}

fn described() -> (Router<Desk>, String) {
    let (router, document) = OpenApiRouter::with_openapi(Document::openapi())
        .routes(routes!(parcels::list, parcels::add))
        .routes(routes!(parcels::read, parcels::remove))
        .routes(routes!(parcels::look))
        .routes(routes!(changes::list))
        .routes(routes!(accounts::list))
        .split_for_parts();
    // It is made of strings and numbers, which can always be written as JSON.
    (router, document.to_pretty_json().unwrap_or_default())
}

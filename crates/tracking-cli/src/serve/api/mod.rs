//! The JSON API, version 1.

mod accounts;
mod changes;
mod parcels;
mod problem;
mod rejection;
mod views;

use axum::Router;
use axum::http::header;
use axum::routing::get;
use utoipa::openapi::{Content, Ref, ResponseBuilder};
use utoipa::{OpenApi, ToSchema as _};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use self::problem::Problem;
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
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")
    ),
    tags(
        (name = "parcels", description = "What is followed, and what is known of it"),
        (name = "changes", description = "What changed, in order"),
        (name = "accounts", description = "The accounts at the providers"),
    ),
    servers((url = "/api/v1")),
    security((), ("token" = [])),
    modifiers(&Contact, &Token)
)]
struct Document;

/// Where the program comes from.
struct Contact;

impl utoipa::Modify for Contact {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let mut contact = utoipa::openapi::Contact::new();
        contact.name = Some(env!("CARGO_PKG_NAME").to_owned());
        contact.url = Some(env!("CARGO_PKG_REPOSITORY").to_owned());
        document.info.contact = Some(contact);
    }
}

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
    let (router, mut document) = OpenApiRouter::with_openapi(Document::openapi())
        .routes(routes!(parcels::list, parcels::add))
        .routes(routes!(parcels::read, parcels::remove))
        .routes(routes!(parcels::look))
        .routes(routes!(changes::list))
        .routes(routes!(accounts::list))
        .split_for_parts();
    describe_errors(&mut document);
    // It is made of strings and numbers, which can always be written as JSON.
    (router, document.to_pretty_json().unwrap_or_default())
}

/// What any request may get, beside what its operation has.
const ERRORS: [(&str, &str); 5] = [
    ("401", "The token is missing or wrong"),
    ("408", "The request took too long"),
    (
        "421",
        "Without a token the server responds to localhost and 127.0.0.1 only",
    ),
    ("500", "What is stored cannot be read"),
    (
        "503",
        "The store is not available; try again after the seconds in Retry-After",
    ),
];

/// Adds the errors to each operation.
fn describe_errors(document: &mut utoipa::openapi::OpenApi) {
    let response = |description: &str| {
        let problem = Ref::from_schema_name(Problem::name());
        let content = Content::new(Some(problem));
        ResponseBuilder::new()
            .description(description)
            .content(problem::MEDIA_TYPE, content)
            .build()
    };
    for item in document.paths.paths.values_mut() {
        let writing = [&mut item.post, &mut item.delete];
        for operation in writing.into_iter().flatten() {
            let of_another_site = response("A page of another site sent it");
            let responses = &mut operation.responses.responses;
            responses.insert("403".to_owned(), of_another_site.into());
        }
        let all = [&mut item.get, &mut item.post, &mut item.delete];
        for operation in all.into_iter().flatten() {
            let responses = &mut operation.responses.responses;
            for (status, description) in ERRORS {
                responses.insert(status.to_owned(), response(description).into());
            }
        }
    }
}

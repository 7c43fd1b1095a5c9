//! Errors as problem details (RFC 9457).

use axum::extract::Request;
use axum::extract::rejection::PathRejection;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use tracking_follow::{StoreError, StoreErrorKind};
use utoipa::ToSchema;

use super::PATH;

pub(super) const MEDIA_TYPE: &str = "application/problem+json";

/// Why a request failed.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Problem {
    /// Always `about:blank`: the status says what kind of problem it is.
    #[serde(rename = "type")]
    #[schema(example = "about:blank")]
    kind: &'static str,
    /// The name of the status.
    #[schema(example = "Not Found")]
    title: &'static str,
    /// The status.
    #[schema(minimum = 400, maximum = 599)]
    status: u16,
    /// What happened and what to do, in one line.
    detail: String,
}

impl Problem {
    pub(super) fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self {
            kind: "about:blank",
            title: status.canonical_reason().unwrap_or("Error"),
            status: status.as_u16(),
            detail: detail.into(),
        }
    }

    pub(super) fn no_parcel() -> Self {
        Self::new(StatusCode::NOT_FOUND, "there is no parcel of this id")
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        // Strings and numbers can always be written as JSON.
        let body = serde_json::to_string(&self).unwrap_or_default();
        let media_type = [(header::CONTENT_TYPE, MEDIA_TYPE)];
        let mut response = (status, media_type, body).into_response();
        if status == StatusCode::SERVICE_UNAVAILABLE {
            let seconds = HeaderValue::from_static("5");
            response.headers_mut().insert(header::RETRY_AFTER, seconds);
        }
        response
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        let status = match error.kind() {
            StoreErrorKind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
            StoreErrorKind::Unavailable | StoreErrorKind::Full | StoreErrorKind::ReadOnly => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        // The message names no address, password or stored value.
        Self::new(status, error.to_string())
    }
}

impl From<PathRejection> for Problem {
    fn from(_: PathRejection) -> Self {
        Self::no_parcel()
    }
}

/// Gives every error under the path of the API this form, whoever made it.
pub(in crate::serve) async fn shape(request: Request, next: Next) -> Response {
    let is_api = request.uri().path().starts_with(PATH);
    let response = next.run(request).await;
    let status = response.status();
    let is_error = status.is_client_error() || status.is_server_error();
    let has_form = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|it| it == MEDIA_TYPE);
    if !is_api || !is_error || has_form {
        return response;
    }
    let detail = match status {
        StatusCode::NOT_FOUND => {
            "there is nothing at this path; /api/v1/openapi.json lists what there is"
        }
        StatusCode::METHOD_NOT_ALLOWED => "this path does not have this method",
        StatusCode::UNAUTHORIZED => "the token is missing or wrong",
        StatusCode::PAYLOAD_TOO_LARGE => "the body is too large",
        StatusCode::FORBIDDEN => "pages of other sites must not change anything here",
        StatusCode::REQUEST_TIMEOUT => "the request took too long; try again",
        StatusCode::MISDIRECTED_REQUEST => {
            "without a token this server responds to localhost and 127.0.0.1 only"
        }
        _ => "the request cannot be handled",
    };
    let mut problem = Problem::new(status, detail).into_response();
    for (name, value) in response.headers() {
        if name != header::CONTENT_TYPE && name != header::CONTENT_LENGTH {
            problem.headers_mut().append(name, value.clone());
        }
    }
    problem
}

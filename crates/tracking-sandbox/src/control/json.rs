//! JSON bodies of control calls.

use std::pin::Pin;
use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::response::Response;
use http::{Request, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::server::Reply;

/// Larger control bodies are refused.
const MAX_BODY: usize = 1024 * 1024;

/// A handler that reads a JSON body; what is wrong with the body is the response.
pub(crate) fn write<S, T>(
    state: &Arc<S>,
    change: fn(&S, T) -> Result<Value, String>,
) -> impl FnOnce(Request<Body>) -> Pin<Box<dyn Future<Output = Response> + Send>>
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
                .and_then(|change_to| change(&state, change_to));
            match changed {
                Ok(value) => ok(value),
                Err(reason) => failed(StatusCode::BAD_REQUEST, &reason),
            }
        })
    }
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "callers build the value for this call"
)]
pub(crate) fn ok(value: Value) -> Response {
    respond(Reply::json(StatusCode::OK, &value))
}

pub(super) fn failed(status: StatusCode, reason: &str) -> Response {
    respond(Reply::json(status, &json!({ "error": reason })))
}

fn respond(reply: Reply) -> Response {
    let mut response = Response::new(Body::from(reply.body));
    *response.status_mut() = reply.status;
    *response.headers_mut() = reply.headers;
    response
}

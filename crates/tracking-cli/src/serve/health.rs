//! For supervisors: is the process alive, and can it work?

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;
use tokio::time::timeout;

use super::desk::Desk;

/// The process responds.
pub(super) async fn live() -> Json<serde_json::Value> {
    Json(json!({ "status": "live" }))
}

/// How long the database may take. A supervisor waits for seconds, and a request for longer.
const LONGEST: Duration = Duration::from_secs(2);

/// The database can be reached, and its tables are those of this version.
pub(super) async fn ready(State(desk): State<Desk>) -> Response {
    let detail = match timeout(LONGEST, desk.store.check()).await {
        Ok(Ok(())) => return Json(json!({ "status": "ready" })).into_response(),
        // The message names no address and no password.
        Ok(Err(error)) => error.to_string(),
        Err(_) => format!(
            "the store has not responded for {} seconds",
            LONGEST.as_secs()
        ),
    };
    let body = json!({ "status": "not ready", "detail": detail });
    (StatusCode::SERVICE_UNAVAILABLE, Json(body)).into_response()
}

//! For supervisors: is the process alive, and can it work?

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::desk::Desk;

/// The process responds.
pub(super) async fn live() -> Json<serde_json::Value> {
    Json(json!({ "status": "live" }))
}

/// The database can be reached, and its tables are those of this version.
pub(super) async fn ready(State(desk): State<Desk>) -> Response {
    match desk.store.check().await {
        Ok(()) => Json(json!({ "status": "ready" })).into_response(),
        Err(error) => {
            // The message names no address and no password.
            let body = json!({ "status": "not ready", "detail": error.to_string() });
            (StatusCode::SERVICE_UNAVAILABLE, Json(body)).into_response()
        }
    }
}

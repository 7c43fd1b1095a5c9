//! Recorded requests.

use serde_json::{Value, json};

use crate::sandbox::Core;
use crate::server::RecordedRequest;

pub(super) fn show_requests(core: &Core) -> Value {
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

pub(super) fn clear_requests(core: &Core) -> Value {
    core.requests.clear();
    json!([])
}

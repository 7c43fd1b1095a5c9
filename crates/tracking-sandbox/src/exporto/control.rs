//! What a test can make the account do over HTTP, beside its settings.

use std::sync::Arc;

use axum::Router;
use axum::routing::post;
use serde_json::json;

use crate::control::ok;
use crate::exporto::provider::ExportoProvider;

pub(crate) fn router(provider: &Arc<ExportoProvider>) -> Router {
    let expire_tokens = {
        let provider = Arc::clone(provider);
        move || async move {
            provider.state().tokens.expire_all();
            ok(json!({ "expired": true }))
        }
    };
    Router::new().route("/expire_tokens", post(expire_tokens))
}

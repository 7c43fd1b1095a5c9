//! `POST /auth/token`: Basic credentials, and a JSON body where OAuth has a form.

use http::StatusCode;
use serde::Serialize;

use crate::exporto::auth::{SCOPES, Scopes, has_credentials};
use crate::exporto::errors::Refusal;
use crate::exporto::provider::ExportoProvider;
use crate::exporto::requests::input::{self, Object};
use crate::server::{Call, Reply};

#[serde_with::skip_serializing_none]
#[derive(Serialize)]
struct TokenBody {
    access_token: String,
    token_type: &'static str,
    expires_in: u32,
    scope: Option<String>,
}

pub(crate) fn create(provider: &ExportoProvider, call: &Call<'_>) -> Result<Reply, Refusal> {
    if !has_credentials(call.headers) {
        return Err(Refusal::unauthorised());
    }
    input::is_json(call)?;
    let body = input::object(call).ok_or_else(|| Refusal::invalid("Invalid request body"))?;
    if input::non_empty(&body, "grant_type") != Some("client_credentials") {
        return Err(Refusal::invalid("Unsupported grant type"));
    }
    let scopes = scopes(&body)?;
    let scope = scopes.as_ref().map(Scopes::granted);
    let snapshot = provider.snapshot();
    let mut state = provider.state();
    let expires_in = state.settings.token_lifetime_seconds;
    let access_token = state.tokens.issue(&snapshot, scopes, expires_in);
    let body = TokenBody {
        access_token,
        token_type: "bearer",
        expires_in,
        scope,
    };
    Ok(Reply::json(StatusCode::OK, &body))
}

/// The requested scopes; `None` without the key, and then the token is valid for everything.
fn scopes(body: &Object) -> Result<Option<Scopes>, Refusal> {
    let invalid = || Refusal::invalid("Invalid scope");
    let Some(scope) = body.get("scope") else {
        return Ok(None);
    };
    let names: Vec<_> = scope
        .as_str()
        .ok_or_else(invalid)?
        .split_ascii_whitespace()
        .collect();
    let known = names
        .iter()
        .map(|name| SCOPES.iter().find(|known| *known == name).copied())
        .collect::<Option<Vec<_>>>()
        .filter(|known| !known.is_empty());
    known.map(|known| Some(Scopes(known))).ok_or_else(invalid)
}

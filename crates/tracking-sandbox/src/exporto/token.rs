//! `POST /auth/token`: Basic credentials, and a JSON body where OAuth has a form.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderValue, StatusCode};
use serde::Serialize;

use super::input::{self, Object};
use super::module::ExportoModule;
use super::refusal::Refusal;
use super::tokens::{SCOPES, Scopes};
use crate::module::Call;
use crate::reply::Reply;

/// The user of the sandbox. It opens nothing else.
pub(crate) const USERNAME: &str = "sandbox-merchant";

/// The password of the sandbox. A colon is allowed in one, and splits in the wrong place where a
/// reader takes the last one.
pub(crate) const PASSWORD: &str = "sandbox:000000000000";

#[derive(Serialize)]
struct TokenBody {
    access_token: String,
    token_type: &'static str,
    expires_in: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<String>,
}

pub(super) fn create(module: &ExportoModule, call: &Call<'_>) -> Reply {
    match issue(module, call) {
        Ok(body) => Reply::json(StatusCode::OK, &body),
        Err(refusal) => module.refuse(refusal),
    }
}

fn issue(module: &ExportoModule, call: &Call<'_>) -> Result<TokenBody, Refusal> {
    if !is_known(call.headers) {
        return Err(Refusal::unauthorised());
    }
    input::is_json(call)?;
    let body = input::object(call).ok_or_else(|| Refusal::invalid("Invalid request body"))?;
    if input::text(&body, "grant_type") != Some("client_credentials") {
        return Err(Refusal::invalid("Unsupported grant type"));
    }
    let scopes = scopes(&body)?;
    let now = module.core.clock.now_millis();
    let mut state = module.state();
    let lifetime = state.settings.token_lifetime;
    let granted = scopes.as_ref().map(Scopes::granted);
    let access_token = state
        .tokens
        .issue(module.core.identities, scopes, now, lifetime);
    Ok(TokenBody {
        access_token,
        token_type: "bearer",
        expires_in: lifetime.as_secs(),
        scope: granted,
    })
}

/// The scopes asked for; none when the key is left out, and then the token is good for all.
fn scopes(body: &Object) -> Result<Option<Scopes>, Refusal> {
    let refused = || Refusal::invalid("Invalid scope");
    let Some(scope) = body.get("scope") else {
        return Ok(None);
    };
    let names: Vec<_> = scope
        .as_str()
        .ok_or_else(refused)?
        .split_ascii_whitespace()
        .collect();
    let known = names
        .iter()
        .map(|name| SCOPES.iter().find(|known| *known == name).copied())
        .collect::<Option<Vec<_>>>()
        .filter(|known| !known.is_empty());
    known.map(|known| Some(Scopes(known))).ok_or_else(refused)
}

fn is_known(headers: &HeaderMap) -> bool {
    let credentials = headers
        .get(AUTHORIZATION)
        .and_then(|value| after_scheme(value, "basic"))
        .and_then(|encoded| STANDARD.decode(encoded).ok());
    credentials.is_some_and(|given| given == format!("{USERNAME}:{PASSWORD}").as_bytes())
}

/// What follows the scheme of an `Authorization` header.
pub(super) fn after_scheme<'a>(header: &'a HeaderValue, scheme: &str) -> Option<&'a str> {
    let (given, rest) = header.to_str().ok()?.split_once(' ')?;
    given.eq_ignore_ascii_case(scheme).then(|| rest.trim())
}

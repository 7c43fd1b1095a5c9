//! `POST /create-token`.

use http::StatusCode;
use serde_json::{Map, Value, json};

use crate::oneconcepts::errors::{LOGIN_JSON, Refusal};
use crate::oneconcepts::media_type::LD_JSON;
use crate::oneconcepts::provider::OneConceptsProvider;
use crate::oneconcepts::requests::input;
use crate::oneconcepts::settings::{PARTNER, PARTNER_NAME};
use crate::server::{Call, Reply};

/// Makes a token for the credentials of the account; there is no other way to renew one.
pub(crate) fn create(provider: &OneConceptsProvider, call: &Call<'_>) -> Result<Reply, Refusal> {
    let fields = input::object(call, LD_JSON)?;
    let now = provider.core.clock.elapsed();
    let mut state = provider.state();
    let state = &mut *state;
    let settings = &state.settings;
    let email = string(&fields, "email")?;
    let password = string(&fields, &settings.assumptions.password_key)?;
    if email != settings.email || password != settings.password {
        return Err(Refusal::login(
            "Invalid credentials.",
            &settings.assumptions,
        ));
    }
    let token = state.tokens.issue(settings, provider.core.identities, now);
    let body = json!({
        "token": token, "id": PARTNER, "name": PARTNER_NAME, "email": email,
    });
    Ok(Reply::new(
        StatusCode::OK,
        LOGIN_JSON,
        body.to_string().into(),
    ))
}

fn string<'a>(fields: &'a Map<String, Value>, name: &str) -> Result<&'a str, Refusal> {
    match fields.get(name) {
        Some(Value::String(value)) => Ok(value),
        Some(_) => Err(Refusal::bad_request(format!(
            "The key \"{name}\" must be a string."
        ))),
        None => Err(Refusal::bad_request(format!(
            "The key \"{name}\" must be provided."
        ))),
    }
}

//! `POST /create-token`.

use http::StatusCode;
use serde_json::{Map, Value, json};

use crate::oneconcepts::auth;
use crate::oneconcepts::errors::Refusal;
use crate::oneconcepts::input;
use crate::oneconcepts::media_type::{Format, LD_JSON};
use crate::oneconcepts::provider::OneConceptsProvider;
use crate::oneconcepts::settings::{PARTNER, PARTNER_NAME};
use crate::server::{Call, Reply};

/// Trades the credentials for a token; there is no other way to renew one.
pub(crate) fn create(provider: &OneConceptsProvider, call: &Call<'_>) -> Reply {
    let now = provider.core.clock.elapsed();
    let mut state = provider.state();
    let state = &mut *state;
    let settings = &state.settings;
    let credentials = input::object(call, LD_JSON).and_then(|fields| {
        let email = text(&fields, "email")?;
        let password = text(&fields, &settings.assumptions.password_key)?;
        Ok((email, password))
    });
    match credentials {
        Err(refusal) => refusal.into_reply(Format::JsonLd, &settings.assumptions),
        Ok((email, password)) if email != settings.email || password != settings.password => {
            auth::refusal("Invalid credentials.")
        }
        Ok((email, _)) => {
            let token = state.tokens.make(settings, provider.core.identities, now);
            let body = json!({
                "token": token, "id": PARTNER, "name": PARTNER_NAME, "email": email,
            });
            Reply::new(StatusCode::OK, auth::JSON, body.to_string().into())
        }
    }
}

fn text(fields: &Map<String, Value>, name: &str) -> Result<String, Refusal> {
    match fields.get(name) {
        Some(Value::String(text)) => Ok(text.clone()),
        Some(_) => Err(Refusal::bad_request(format!(
            "The key \"{name}\" must be a string."
        ))),
        None => Err(Refusal::bad_request(format!(
            "The key \"{name}\" must be provided."
        ))),
    }
}

//! `POST /create-token`.

use http::StatusCode;
use serde_json::{Map, Value, json};

use super::errors::Refusal;
use super::input;
use super::media_type::{Format, LD_JSON};
use super::module::OneConceptsModule;
use super::settings::{PARTNER, PARTNER_NAME};
use super::tokens;
use crate::module::Call;
use crate::reply::Reply;

/// Trades the credentials for a token; there is no other way to renew one.
pub(super) fn create(module: &OneConceptsModule, call: &Call<'_>) -> Reply {
    let now = module.core.clock.elapsed();
    let mut state = module.state();
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
            tokens::refusal("Invalid credentials.")
        }
        Ok((email, _)) => {
            let token = state.tokens.make(settings, module.core.identities, now);
            let body = json!({
                "token": token, "id": PARTNER, "name": PARTNER_NAME, "email": email,
            });
            Reply::new(StatusCode::OK, tokens::JSON, body.to_string().into())
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

//! Reads what callers send.

use http::StatusCode;
use http::header::CONTENT_TYPE;
use serde_json::{Map, Value};

use crate::exporto::errors::Refusal;
use crate::server::Call;

/// A JSON object of a request.
pub(crate) type Object = Map<String, Value>;

/// Refuses a body that does not call itself JSON.
pub(crate) fn is_json(call: &Call<'_>) -> Result<(), Refusal> {
    let kind = call.headers.get(CONTENT_TYPE);
    let is_json = kind
        .and_then(|kind| kind.to_str().ok())
        .and_then(|kind| kind.split(';').next())
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"));
    if is_json {
        Ok(())
    } else {
        Err(Refusal::plain(StatusCode::UNSUPPORTED_MEDIA_TYPE))
    }
}

/// The body, if it is an object.
pub(crate) fn object(call: &Call<'_>) -> Option<Object> {
    serde_json::from_slice(call.body).ok()
}

/// The string at `key`. `None` if it is missing, of another type, empty or white space only.
pub(crate) fn non_empty<'a>(object: &'a Object, key: &str) -> Option<&'a str> {
    object
        .get(key)?
        .as_str()
        .filter(|value| !value.trim().is_empty())
}

/// Returns true if the key is missing or holds a string. A key without a value is to be left out,
/// not null.
pub(crate) fn is_optional_string(object: &Object, key: &str) -> bool {
    object.get(key).is_none_or(Value::is_string)
}

//! Reads what callers send.

use http::StatusCode;
use http::header::CONTENT_TYPE;
use serde_json::{Map, Value};

use super::refusal::Refusal;
use crate::module::Call;

/// A JSON object of a request.
pub(super) type Object = Map<String, Value>;

/// Whether the body calls itself JSON.
pub(super) fn is_json(call: &Call<'_>) -> Result<(), Refusal> {
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
pub(super) fn object(call: &Call<'_>) -> Option<Object> {
    serde_json::from_slice(call.body).ok()
}

/// A text that must be there and say something.
pub(super) fn text<'a>(object: &'a Object, key: &str) -> Option<&'a str> {
    object
        .get(key)?
        .as_str()
        .filter(|text| !text.trim().is_empty())
}

/// Whether a text is absent or a text. A key without a value is to be left out, not null.
pub(super) fn may_be_text(object: &Object, key: &str) -> bool {
    object.get(key).is_none_or(Value::is_string)
}

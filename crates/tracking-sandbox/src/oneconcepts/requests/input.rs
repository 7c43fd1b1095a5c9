//! Bodies of requests.

use serde_json::{Map, Value};

use crate::oneconcepts::errors::Refusal;
use crate::oneconcepts::media_type::check_body;
use crate::server::Call;

/// The object that a call sends, in the one media type that is `supported`. Unknown keys
/// are ignored, as the framework does.
pub(crate) fn object(call: &Call<'_>, supported: &str) -> Result<Map<String, Value>, Refusal> {
    check_body(call.headers, supported)?;
    match serde_json::from_slice(call.body) {
        Ok(Value::Object(fields)) => Ok(fields),
        _ => Err(Refusal::bad_request("Syntax error")),
    }
}

/// The refusal of a value of another type than `expected`.
pub(crate) fn wrong_type(name: &str, expected: &str, given: &Value) -> Refusal {
    let given = match given {
        Value::Null => "NULL",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "double",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) | Value::Object(_) => "array",
    };
    Refusal::bad_request(format!(
        "The type of the \"{name}\" attribute must be \"{expected}\", \"{given}\" given."
    ))
}

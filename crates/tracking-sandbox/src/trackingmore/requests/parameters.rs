//! Parameters of a call that reads: in the query, or in a JSON body.

use serde_json::{Map, Value};

use super::input::{self, Fields};
use crate::server::Call;
use crate::trackingmore::errors::Refusal;

/// The parameters of the list and of the counters.
///
/// Documented is GET with a query. The provider's own PHP clients send POST with a JSON body to the
/// same paths, and get the same response.
#[derive(Debug)]
pub(crate) enum Parameters<'a> {
    Query(&'a Call<'a>),
    Body(Map<String, Value>),
}

impl<'a> Parameters<'a> {
    pub(crate) fn of_query(call: &'a Call<'a>) -> Self {
        Self::Query(call)
    }

    /// No body at all has no parameters.
    pub(crate) fn of_body(call: &Call<'_>) -> Result<Self, Refusal> {
        if call.body.trim_ascii().is_empty() {
            return Ok(Self::Body(Map::new()));
        }
        match input::body(call)? {
            Value::Object(fields) => Ok(Self::Body(fields)),
            // PHP writes no parameters as an empty list.
            Value::Array(items) if items.is_empty() => Ok(Self::Body(Map::new())),
            _ => Err(Refusal::UNREADABLE),
        }
    }

    /// The value of a parameter; a missing one and an empty one are the same.
    pub(crate) fn get(&self, name: &str) -> Option<String> {
        match self {
            Self::Query(call) => call.query(name).filter(|value| !value.is_empty()),
            Self::Body(fields) => match fields.get(name) {
                Some(Value::Bool(value)) => Some(value.to_string()),
                Some(Value::Array(_)) => Some(Fields::new(fields).strings(name).join(",")),
                _ => Fields::new(fields).string(name),
            },
        }
    }
}

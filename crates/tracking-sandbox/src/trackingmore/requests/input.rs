//! Reads what callers send. A PHP service is lenient with types, and so is this.

use http::header::CONTENT_TYPE;
use serde_json::{Map, Value};

use crate::server::Call;
use crate::trackingmore::errors::Refusal;

/// The most items that the table of codes allows in one call.
const MAX_ITEMS: usize = 200;

/// One JSON object of a request.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields<'a>(&'a Map<String, Value>);

impl<'a> Fields<'a> {
    pub(crate) fn new(fields: &'a Map<String, Value>) -> Self {
        Self(fields)
    }

    /// Reads one item of a list.
    pub(crate) fn of(item: &'a Value) -> Result<Self, Refusal> {
        item.as_object().map(Self).ok_or(Refusal::UNREADABLE)
    }

    /// A non-empty string: null, `""` and a missing key are all `None`, a number is its digits.
    pub(crate) fn string(self, name: &str) -> Option<String> {
        match self.0.get(name)? {
            Value::String(string) => {
                let string = string.trim();
                (!string.is_empty()).then(|| string.to_owned())
            }
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }

    /// A string or a list of strings.
    pub(crate) fn strings(self, name: &str) -> Vec<String> {
        match self.0.get(name) {
            Some(Value::String(string)) => vec![string.trim().to_owned()],
            Some(Value::Array(items)) => items
                .iter()
                .filter_map(Value::as_str)
                .map(|string| string.trim().to_owned())
                .collect(),
            _ => Vec::new(),
        }
    }

    /// A boolean, as such or as a string.
    pub(crate) fn boolean(self, name: &str) -> Result<Option<bool>, Refusal> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Bool(value)) => Ok(Some(*value)),
            Some(Value::String(string)) => match string.as_str() {
                "true" => Ok(Some(true)),
                "false" => Ok(Some(false)),
                "" => Ok(None),
                _ => Err(Refusal::UNREADABLE),
            },
            Some(_) => Err(Refusal::UNREADABLE),
        }
    }

    /// Number and carrier, without a look at whether they exist.
    pub(crate) fn key(self) -> Result<(String, String), Refusal> {
        let number = self
            .string("tracking_number")
            .ok_or(Refusal::NUMBER_MISSING)?;
        let carrier = self
            .string("carrier_code")
            .ok_or(Refusal::CARRIER_INVALID)?;
        Ok((carrier, number))
    }
}

/// The body of a call as one JSON value. Whatever is not JSON is refused as a wrong carrier code,
/// because the service finds no carrier in it.
pub(crate) fn body(call: &Call<'_>) -> Result<Value, Refusal> {
    let is_json = call
        .headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|kind| kind.to_ascii_lowercase().contains("json"));
    if !is_json {
        return Err(Refusal::CARRIER_INVALID);
    }
    serde_json::from_slice(call.body).map_err(|_| Refusal::CARRIER_INVALID)
}

/// The body of a call as a list.
pub(crate) fn list(call: &Call<'_>, most: Option<usize>) -> Result<Vec<Value>, Refusal> {
    match body(call)? {
        Value::Array(items) if items.is_empty() => Err(Refusal::UNREADABLE),
        Value::Array(items) if items.len() > most.unwrap_or(MAX_ITEMS) => {
            Err(Refusal::TOO_MANY_ITEMS)
        }
        Value::Array(items) => Ok(items),
        _ => Err(Refusal::UNREADABLE),
    }
}

/// Returns true if a tracking number can be one. What the service takes is not documented; its own client
/// asks for five letters, digits and hyphens at least.
pub(crate) fn is_tracking_number(number: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-_/. ".contains(&byte);
    (5..=60).contains(&number.len()) && number.bytes().all(allowed)
}

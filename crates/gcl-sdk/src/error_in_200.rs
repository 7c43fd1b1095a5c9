//! Recognises an error body that came with a success status.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use tracking_http::json::{first_value, without_bom};

/// Returns true if a body is an object with a `code` or a lone `error`, and nothing of a response.
///
/// Reads no further than to the first value of a response, whose key is the first of all in every
/// known one: the rest is decoded elsewhere.
pub(crate) fn is_error(body: &[u8]) -> bool {
    let mut found = Found::default();
    let mut reader = serde_json::Deserializer::from_slice(without_bom(body));
    // Stopping early is an error to the reader, which no longer matters then.
    let is_whole = reader.deserialize_map(Probe(&mut found)).is_ok();
    if is_whole || found.response {
        return found.error && !found.response;
    }
    first_value(body).is_some_and(|body| is_error_value(&body))
}

/// The same of a body in which the reader stumbles over a key or a value.
#[cold]
fn is_error_value(body: &Value) -> bool {
    let is_text = |key: &&str| {
        let text = body[*key].as_str();
        text.is_some_and(|text| !text.trim().is_empty())
    };
    let is_nothing = |key: &&str| match &body[*key] {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(elements) => elements.is_empty(),
        _ => false,
    };
    ERROR_KEYS.iter().any(is_text) && RESPONSE_KEYS.iter().all(is_nothing)
}

/// The keys of the three success responses, as [`Key`] has them.
const RESPONSE_KEYS: [&str; 5] = ["shortUid", "checkpoints", "items", "orderId", "packages"];
const ERROR_KEYS: [&str; 2] = ["code", "error"];

#[derive(Default)]
struct Found {
    response: bool,
    error: bool,
}

/// True if a response's key has a value. Null, an empty string and an empty list are none.
struct NonBlank(bool);

struct Probe<'a>(&'a mut Found);

impl<'de> Visitor<'de> for Probe<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<Key>()? {
            match key {
                Key::Response => {
                    let NonBlank(is_non_blank) = map.next_value()?;
                    if is_non_blank {
                        self.0.response = true;
                        return Ok(());
                    }
                }
                Key::Error => {
                    let value: Value = map.next_value()?;
                    self.0.error |= value.as_str().is_some_and(|text| !text.trim().is_empty());
                }
                Key::Other => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

impl<'de> Deserialize<'de> for NonBlank {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NonBlankVisitor;

        /// Values of all other types are errors here, so that the body is none.
        impl<'de> Visitor<'de> for NonBlankVisitor {
            type Value = NonBlank;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("null, a string or a list")
            }

            fn visit_unit<E>(self) -> Result<NonBlank, E> {
                Ok(NonBlank(false))
            }

            fn visit_str<E>(self, text: &str) -> Result<NonBlank, E> {
                Ok(NonBlank(!text.trim().is_empty()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<NonBlank, A::Error> {
                Ok(NonBlank(list.next_element::<IgnoredAny>()?.is_some()))
            }
        }

        deserializer.deserialize_any(NonBlankVisitor)
    }
}

/// The keys of the three success responses, of which an error body has none or nothing under them, and those of
/// an error.
#[derive(Deserialize)]
#[serde(field_identifier)]
enum Key {
    #[serde(
        rename = "shortUid",
        alias = "checkpoints",
        alias = "items",
        alias = "orderId",
        alias = "packages"
    )]
    Response,
    #[serde(rename = "code", alias = "error")]
    Error,
    #[serde(other)]
    Other,
}

#[cfg(test)]
mod tests {
    use super::is_error;

    #[test]
    fn code_or_error_without_response_is_error() {
        for body in [
            r#"{"trackingNumber":"QX1","code":"TRACKING_DETAILS_NOT_FOUND","details":null}"#,
            r#"{"code":"BRAND_NEW"}"#,
            r#"{"message":"?","error":"Forbidden"}"#,
            r#"{"shortUid":null,"code":"X"}"#,
            r#"{"shortUid":"","checkpoints":[],"code":"X"}"#,
            r#"{"code":"X","checkpoints":null}"#,
            r#"{"code":"X","items":[ ],"orderId":" "}"#,
            r#"{"code":"X","\ud800":1,"orderId":null}"#,
            r#"{"error":"\ud800","code":"X"}"#,
        ] {
            assert!(is_error(body.as_bytes()), "{body}");
        }
    }

    #[test]
    fn response_and_other_values_are_none() {
        for body in [
            r#"{"shortUid":"S","code":"X"}"#,
            r#"{"code":"X","checkpoints":[{}]}"#,
            r#"{"code":"X","checkpoints":[7]}"#,
            r#"{"error":"partly","items":[{},{}]}"#,
            r#"{"code":"X","packages":{}}"#,
            r#"{"code":"X","orderId":7}"#,
            r#"{"error":null,"orderReferenceId":"R"}"#,
            r#"{"code":7}"#,
            r#"{"code":" "}"#,
            r#"{"message":"hello"}"#,
            "{}",
            "[]",
            "null",
            "",
            "<html>",
            r#"{"code":"X""#,
            r#"{"\ud800":1,"code":"X","items":[{}]}"#,
            r#"{"\ud800":1,"code":"X""#,
        ] {
            assert!(!is_error(body.as_bytes()), "{body}");
        }
    }
}

//! The headers of one's own that notifications have.

use std::collections::BTreeMap;
use std::fmt;

use http::{HeaderMap, HeaderName, HeaderValue};
use serde::{Deserialize, Serialize};

/// Headers of your own for notifications. [`Debug`](fmt::Debug) output shows no values.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    try_from = "BTreeMap<String, String>",
    into = "BTreeMap<String, String>"
)]
pub struct WebhookHeaders(HeaderMap);

impl WebhookHeaders {
    /// Sets a header. A name that is set already gets the new value.
    ///
    /// # Errors
    ///
    /// The name or the value cannot be sent in a header.
    pub fn insert(&mut self, name: &str, value: &str) -> Result<(), WebhookHeaderError> {
        let fail = |reason| WebhookHeaderError {
            name: name.to_owned(),
            reason,
        };
        let key: HeaderName = name
            .parse()
            .map_err(|_| fail("this is not a name of a header"))?;
        let mut value: HeaderValue = value
            .parse()
            .map_err(|_| fail("its value has characters that no header takes"))?;
        value.set_sensitive(true);
        self.0.insert(key, value);
        Ok(())
    }

    /// Removes a header.
    pub fn remove(&mut self, name: &str) {
        self.0.remove(name);
    }

    pub(crate) const fn as_map(&self) -> &HeaderMap {
        &self.0
    }
}

impl fmt::Debug for WebhookHeaders {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The values are marked as sensitive, so that the map does not show them.
        self.0.fmt(f)
    }
}

impl TryFrom<BTreeMap<String, String>> for WebhookHeaders {
    type Error = WebhookHeaderError;

    fn try_from(headers: BTreeMap<String, String>) -> Result<Self, Self::Error> {
        let mut map = Self::default();
        for (name, value) in headers {
            // A change over HTTP is merged into the headers that are shown, by their names.
            if name.contains(|letter: char| letter.is_ascii_uppercase()) {
                return Err(WebhookHeaderError {
                    name,
                    reason: "write the name in lower case",
                });
            }
            map.insert(&name, &value)?;
        }
        Ok(map)
    }
}

impl From<WebhookHeaders> for BTreeMap<String, String> {
    fn from(headers: WebhookHeaders) -> Self {
        let pair = |(name, value): (&HeaderName, &HeaderValue)| {
            let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
            (name.to_string(), value)
        };
        headers.0.iter().map(pair).collect()
    }
}

/// A header that cannot be sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the header `{name}` cannot be sent: {reason}")]
pub struct WebhookHeaderError {
    name: String,
    reason: &'static str,
}

impl WebhookHeaderError {
    /// The name of the header as it was given.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_output_hides_header_values() {
        let mut headers = WebhookHeaders::default();

        headers.insert("X-Token", "very-secret").unwrap();

        let shown = format!("{headers:?}");
        assert!(shown.contains("x-token"), "{shown}");
        assert!(!shown.contains("very-secret"), "{shown}");
    }

    #[test]
    fn unsendable_header_is_named_without_value() {
        let mut headers = WebhookHeaders::default();

        let name = headers.insert("not a name", "x").unwrap_err();
        let value = headers.insert("x-token", "very\nsecret").unwrap_err();

        assert_eq!(name.name(), "not a name");
        assert!(!value.to_string().contains("secret"), "{value}");
    }

    #[test]
    fn json_of_headers_has_names_in_lower_case() {
        let mut headers = WebhookHeaders::default();
        headers.insert("X-Token", "one").unwrap();

        let json = serde_json::to_string(&headers).unwrap();
        let refused = serde_json::from_str::<WebhookHeaders>(r#"{"X-Token":"two"}"#);

        assert_eq!(json, r#"{"x-token":"one"}"#);
        assert_eq!(
            serde_json::from_str::<WebhookHeaders>(&json).unwrap(),
            headers
        );
        let message = refused.unwrap_err().to_string();
        assert!(message.contains("lower case"), "{message}");
    }
}

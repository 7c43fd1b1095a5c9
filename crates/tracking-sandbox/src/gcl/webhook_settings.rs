//! Where notifications go and what they look like: what a user sets by hand at the provider.

use std::collections::BTreeSet;
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue, Method};
use serde::{Deserialize, Serialize};

use crate::webhooks::WebhookUrl;

/// The event that a notification is about. The names on the wire are not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Trigger {
    /// "Shipping Order Created": a label was made. The body is that of tracking, per package.
    ShippingOrderCreated,
    /// "Shipping Order Failed". The body is the error, with `orderReferenceId`.
    ShippingOrderFailed,
    /// "Tracking Status Update": each step of each parcel. The body is that of tracking.
    TrackingStatusUpdate,
}

/// The HTTP method of notifications.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum WebhookMethod {
    /// `POST`.
    #[default]
    Post,
    /// `PUT`.
    Put,
}

impl WebhookMethod {
    pub(crate) const fn as_method(self) -> Method {
        match self {
            Self::Post => Method::POST,
            Self::Put => Method::PUT,
        }
    }
}

/// The format of notifications.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum WebhookFormat {
    /// JSON, as the API sends.
    #[default]
    Json,
    /// XML with an element for each key. Its shape is the sandbox's; no template is known.
    Xml,
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

/// What a user has set up.
#[derive(Debug, Clone)]
pub(crate) struct WebhookSettings {
    pub(crate) url: Option<WebhookUrl>,
    pub(crate) method: WebhookMethod,
    pub(crate) format: WebhookFormat,
    /// The user's own headers: the only proof of where a notification comes from.
    pub(crate) headers: HeaderMap,
    pub(crate) triggers: BTreeSet<Trigger>,
    /// How long a receiver may take.
    pub(crate) time_out: Duration,
}

impl Default for WebhookSettings {
    fn default() -> Self {
        Self {
            url: None,
            method: WebhookMethod::Post,
            format: WebhookFormat::Json,
            headers: HeaderMap::new(),
            triggers: BTreeSet::from([Trigger::TrackingStatusUpdate]),
            time_out: Duration::from_secs(15),
        }
    }
}

impl WebhookSettings {
    /// Returns true if notifications of this kind are sent.
    pub(crate) fn sends(&self, trigger: Trigger) -> bool {
        self.url.is_some() && self.triggers.contains(&trigger)
    }

    /// Sets a header, or removes it with an empty value.
    pub(crate) fn set_header(&mut self, name: &str, value: &str) -> Result<(), WebhookHeaderError> {
        let fail = |reason| WebhookHeaderError {
            name: name.to_owned(),
            reason,
        };
        let key: HeaderName = name
            .parse()
            .map_err(|_| fail("this is not a name of a header"))?;
        if value.is_empty() {
            self.headers.remove(key);
            return Ok(());
        }
        let mut value: HeaderValue = value
            .parse()
            .map_err(|_| fail("its value has characters that no header takes"))?;
        value.set_sensitive(true);
        self.headers.insert(key, value);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_secret_and_empty_value_removes_them() {
        let mut settings = WebhookSettings::default();

        settings.set_header("X-Token", "very-secret").unwrap();
        let shown = format!("{settings:?}");
        settings.set_header("x-token", "").unwrap();

        assert!(!shown.contains("very-secret"), "{shown}");
        assert!(settings.headers.is_empty());
    }

    #[test]
    fn unsendable_header_is_named_without_value() {
        let mut settings = WebhookSettings::default();

        let name = settings.set_header("not a name", "x").unwrap_err();
        let value = settings.set_header("x-token", "very\nsecret").unwrap_err();

        assert_eq!(name.name(), "not a name");
        assert!(!value.to_string().contains("secret"), "{value}");
    }
}

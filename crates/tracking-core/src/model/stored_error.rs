//! Reading a stored shipment, with an error that names the place.

use std::fmt;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_path_to_error::{Deserializer, Track};

use crate::Shipment;

impl Shipment {
    /// Reads a shipment that was stored as JSON. It is what serde reads, with a better error.
    ///
    /// ```
    /// use tracking_core::Shipment;
    ///
    /// let stored = br#"{
    ///     "provider": "ship24",
    ///     "number": "S24DEMO1",
    ///     "freshness": {"fetched_at": "2025-12-04T07:16:00Z"},
    ///     "legs": [{"events": [{"key": "a"}, {"copies": 2}]}]
    /// }"#;
    ///
    /// let error = Shipment::from_json(stored).unwrap_err();
    ///
    /// assert_eq!(error.path(), "legs[0].events[1].key");
    /// ```
    ///
    /// # Errors
    ///
    /// [`StoredError`] if the JSON is broken, if it lacks one of the parts that a [`Shipment`] has to
    /// have, or if a value is of another kind than this version reads, such as a number in the place of
    /// a list.
    // Inline, so that the two readers of the whole model are compiled where they are used, and not in each cold build.
    #[inline]
    pub fn from_json(json: &[u8]) -> Result<Self, StoredError> {
        serde_json::from_slice(json).map_err(|_| StoredError::of(json))
    }
}

/// Stored JSON that cannot be read as a shipment.
///
/// It names the place and what was expected there, not the value, which may be personal data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredError {
    path: String,
    reason: String,
}

impl StoredError {
    /// Finds the place; it costs a second reading, so only what failed pays for it.
    #[cold]
    #[inline]
    fn of(json: &[u8]) -> Self {
        let mut track = Track::new();
        let mut reader = serde_json::Deserializer::from_slice(json);
        let read = Shipment::deserialize(Deserializer::new(&mut reader, &mut track));
        let error = match read.map(|_| reader.end()) {
            Ok(Err(error)) | Err(error) => error,
            // The first reading failed, so this one does too.
            Ok(Ok(())) => return Self::new(String::new(), "it cannot be read".to_owned()),
        };
        let path = track.path().to_string();
        let path = if path == "." { String::new() } else { path };
        // A key may hold a line break.
        let path = path.replace(char::is_control, "\u{fffd}");
        let message = error.to_string();
        let place = format!(" at line {} column {}", error.line(), error.column());
        let message = message.strip_suffix(&place).unwrap_or(&message);
        if let Some(field) = missing_field(message) {
            let separator = if path.is_empty() { "" } else { "." };
            return Self::new(
                format!("{path}{separator}{field}"),
                "it is missing".to_owned(),
            );
        }
        let is_json = serde_json::from_slice::<IgnoredAny>(json).is_ok();
        let reason = match message.rsplit_once(", expected ") {
            // What comes before holds the value.
            Some((_, expected)) if error.is_data() => format!("expected {}", plain(expected)),
            _ if error.is_data() => "the value is of another kind".to_owned(),
            // How serde_json names a value that is no name of an enum.
            _ if is_json && message == "expected value" => "expected a name".to_owned(),
            _ => format!("the JSON is broken: {message}"),
        };
        Self::new(path, format!("{reason}{place}"))
    }

    const fn new(path: String, reason: String) -> Self {
        Self { path, reason }
    }

    /// Returns the place as a JSON path, such as `legs[0].events[2].key`; empty for the whole JSON. U+FFFD takes the
    /// place of control characters in keys.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns what is wrong there, such as `expected a list at line 1 column 40`.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

impl fmt::Display for StoredError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the stored shipment cannot be read: ")?;
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        f.write_str(&self.reason)
    }
}

impl std::error::Error for StoredError {}

fn missing_field(message: &str) -> Option<&str> {
    message.strip_prefix("missing field `")?.strip_suffix('`')
}

/// What serde calls a kind of value, in the terms of JSON.
fn plain(expected: &str) -> &str {
    match expected {
        "a map" => "an object",
        "a sequence" => "a list",
        "a boolean" | "bool" => "true or false",
        "i64" => "an integer",
        "u8" | "u32" => "an integer that is not negative",
        _ if expected.starts_with("struct ") => "an object",
        _ if expected.starts_with("variant identifier") => "a name",
        _ => expected,
    }
}

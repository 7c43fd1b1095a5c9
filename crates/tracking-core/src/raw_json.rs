//! `RawJson`: the provider's own JSON, kept beside what was made of it.

use std::fmt;

use bytes::Bytes;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

use crate::RawList;

const NULL: &str = "null";

/// A part of the provider's answer, verbatim.
///
/// It shares the memory of the answer it was cut from. `Debug` prints the length only, because
/// answers hold names and addresses. Without a source, for example in tests, it is `null`.
#[derive(Clone)]
pub struct RawJson(Source);

#[derive(Clone)]
enum Source {
    /// The text itself, which is UTF-8.
    Text(Bytes),
    /// An element that is cut out when somebody asks for it.
    Element(RawList, usize),
}

impl RawJson {
    /// The JSON value `null`: nothing was kept.
    #[must_use]
    pub const fn null() -> Self {
        Self(Source::Text(Bytes::from_static(NULL.as_bytes())))
    }

    /// Keeps a whole answer; one that is not UTF-8 is not JSON and becomes `null`.
    #[must_use]
    pub fn from_answer(answer: &Bytes) -> Self {
        match std::str::from_utf8(answer) {
            Ok(_) => Self(Source::Text(answer.clone())),
            Err(_) => Self::null(),
        }
    }

    /// Keeps `part` of an answer.
    ///
    /// No text is copied when `part` lies inside `bytes`, as it does when it was borrowed while
    /// decoding them; otherwise it is copied.
    #[must_use]
    pub fn from_slice(bytes: &Bytes, part: &str) -> Self {
        let start = (part.as_ptr() as usize).checked_sub(bytes.as_ptr() as usize);
        let range = start.and_then(|start| Some(start..start.checked_add(part.len())?));
        match range {
            Some(range) if range.end <= bytes.len() => Self(Source::Text(bytes.slice(range))),
            _ => Self::from_text(part.to_owned()),
        }
    }

    pub(crate) fn from_element(list: RawList, index: usize) -> Self {
        Self(Source::Element(list, index))
    }

    /// Keeps a text of its own.
    #[must_use]
    pub fn from_text(text: impl Into<String>) -> Self {
        Self(Source::Text(Bytes::from(text.into())))
    }

    /// Returns the text.
    #[must_use]
    pub fn get(&self) -> &str {
        match &self.0 {
            // The bytes always come from a `str`, so the fallback is never taken.
            Source::Text(bytes) => std::str::from_utf8(bytes).unwrap_or(NULL),
            Source::Element(list, index) => list.elements().get(*index).map_or(NULL, Self::get),
        }
    }

    /// Returns the length of the text in bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.get().len()
    }

    /// Says whether the text is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.get().is_empty()
    }

    /// Returns a part of this text, sharing its memory where that is possible.
    pub(crate) fn part(&self, part: &str) -> Self {
        match &self.0 {
            Source::Text(bytes) => Self::from_slice(bytes, part),
            Source::Element(list, index) => list
                .elements()
                .get(*index)
                .map_or_else(Self::null, |whole| whole.part(part)),
        }
    }
}

impl PartialEq for RawJson {
    fn eq(&self, other: &Self) -> bool {
        self.get() == other.get()
    }
}

impl Eq for RawJson {}

impl Default for RawJson {
    fn default() -> Self {
        Self::null()
    }
}

impl fmt::Debug for RawJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RawJson({} bytes)", self.len())
    }
}

impl Serialize for RawJson {
    /// Embeds the value; a text that is not JSON is written as a JSON text.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = self.get();
        match serde_json::from_str::<&RawValue>(text) {
            Ok(value) => value.serialize(serializer),
            Err(_) => serializer.serialize_str(text),
        }
    }
}

impl<'de> Deserialize<'de> for RawJson {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Box::<RawValue>::deserialize(deserializer)?;
        Ok(Self::from_text(String::from(Box::<str>::from(value))))
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::RawJson;

    #[test]
    fn a_part_of_the_answer_is_not_copied() {
        let bytes = Bytes::from_static(br#"{"a":{"b":1}}"#);
        let part = &std::str::from_utf8(&bytes).unwrap()[5..12];

        let raw = RawJson::from_slice(&bytes, part);

        assert_eq!(raw.get(), r#"{"b":1}"#);
        assert_eq!(raw.get().as_ptr(), part.as_ptr());
    }

    #[test]
    fn a_foreign_part_is_copied() {
        let bytes = Bytes::from_static(b"{}");
        let part = String::from(r#"{"b":1}"#);

        let raw = RawJson::from_slice(&bytes, &part);

        assert_eq!(raw.get(), part);
    }

    #[test]
    fn debug_shows_the_length_only() {
        let raw = RawJson::from_text(r#"{"name":"Ann Example"}"#);

        assert_eq!(format!("{raw:?}"), "RawJson(22 bytes)");
    }

    #[test]
    fn serde_embeds_the_value_verbatim() {
        let raw = RawJson::from_text(r#"{"z":1.50,"a":null}"#);

        let json = serde_json::to_string(&[&raw]).unwrap();

        assert_eq!(json, r#"[{"z":1.50,"a":null}]"#);
        assert_eq!(serde_json::from_str::<Vec<RawJson>>(&json).unwrap(), [raw]);
    }

    #[test]
    fn a_text_that_is_not_json_is_written_as_a_text() {
        let raw = RawJson::from_text("<html>");

        assert_eq!(serde_json::to_string(&raw).unwrap(), r#""<html>""#);
    }

    #[test]
    fn the_default_is_null() {
        assert_eq!(RawJson::default().get(), "null");
    }
}

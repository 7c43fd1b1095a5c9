//! `RawJson`: the provider's own JSON, kept beside what was made of it.

use std::fmt;
use std::hash::{Hash, Hasher};

use bytes::Bytes;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::kit::RawList;

const NULL: &str = "null";

/// A part of the provider's response, verbatim.
///
/// It shares the memory of the response it was cut from, so the smallest part keeps the whole response
/// in memory; [`detached`](Self::detached) makes a copy of the part alone. `Debug` prints the length
/// only, because responses hold names and addresses. Without a source, for example in tests, it is
/// `null`.
///
/// It is stored as a JSON *string* that holds the JSON, not as a value inside of the value: only so
/// does every digit and every space survive every format, tagged and flattened types included. Any
/// other value than a string is read too, and written anew, which may change spaces and long numbers.
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

    /// Keeps a whole response without a byte order mark, which is not JSON. In place of bytes that are not
    /// UTF-8 it has U+FFFD.
    #[must_use]
    pub fn from_response(response: &Bytes) -> Self {
        match std::str::from_utf8(response) {
            Ok(text) => {
                let json = text.strip_prefix('\u{feff}').unwrap_or(text);
                Self(Source::Text(response.slice_ref(json.as_bytes())))
            }
            Err(_) => {
                let text = String::from_utf8_lossy(response);
                Self::from_string(text.strip_prefix('\u{feff}').unwrap_or(&text))
            }
        }
    }

    /// Keeps `part` of a response.
    ///
    /// No text is copied when `part` lies inside `bytes`, as it does when it was borrowed while
    /// decoding them; otherwise it is copied.
    #[must_use]
    pub fn from_slice(bytes: &Bytes, part: &str) -> Self {
        let start = (part.as_ptr() as usize).checked_sub(bytes.as_ptr() as usize);
        let range = start.and_then(|start| Some(start..start.checked_add(part.len())?));
        match range {
            Some(range) if range.end <= bytes.len() => Self(Source::Text(bytes.slice(range))),
            _ => Self::from_string(part.to_owned()),
        }
    }

    pub(crate) fn from_element(list: RawList, index: usize) -> Self {
        Self(Source::Element(list, index))
    }

    /// Keeps a string of its own.
    #[must_use]
    pub fn from_string(text: impl Into<String>) -> Self {
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

    /// Returns the bytes of the text, which takes less than the text itself.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        match &self.0 {
            Source::Text(bytes) => bytes,
            Source::Element(list, index) => {
                let element = list.elements().get(*index);
                element.map_or(NULL.as_bytes(), Self::as_bytes)
            }
        }
    }

    /// Returns true if nothing was kept, or a JSON `null`.
    #[must_use]
    pub fn is_null(&self) -> bool {
        self.as_bytes() == NULL.as_bytes()
    }

    /// Returns a copy that no longer keeps the response in memory that it was cut from.
    #[must_use]
    pub fn detached(&self) -> Self {
        if self.is_null() {
            return Self::null();
        }
        Self::from_string(self.get())
    }

    /// Returns the same text as a part of `copy`, where it is a part of `original`; else a copy.
    pub(crate) fn detached_along(&self, original: &Self, copy: &Self) -> Self {
        let (text, original) = (self.get(), original.get());
        let start = (text.as_ptr() as usize).checked_sub(original.as_ptr() as usize);
        let part = start.and_then(|start| copy.get().get(start..start.checked_add(text.len())?));
        match part {
            Some(part) if part == text => copy.part(part),
            _ => self.detached(),
        }
    }

    /// Returns the length of the text in bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.as_bytes().len()
    }

    /// Returns true if the text is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.as_bytes().is_empty()
    }

    /// Returns a part of this text, sharing its memory where that is possible.
    #[must_use]
    pub fn part(&self, part: &str) -> Self {
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
        self.as_bytes() == other.as_bytes()
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

impl Hash for RawJson {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.get().hash(state);
    }
}

impl Serialize for RawJson {
    /// Writes the JSON as a string.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.get())
    }
}

impl<'de> Deserialize<'de> for RawJson {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawJsonVisitor)
    }
}

struct RawJsonVisitor;

impl<'de> Visitor<'de> for RawJsonVisitor {
    type Value = RawJson;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string that holds JSON, or any other JSON")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<RawJson, E> {
        Ok(RawJson::from_string(text))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<RawJson, E> {
        Ok(RawJson::from_string(text))
    }

    fn visit_unit<E: Error>(self) -> Result<RawJson, E> {
        Ok(RawJson::null())
    }

    fn visit_none<E: Error>(self) -> Result<RawJson, E> {
        Ok(RawJson::null())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<RawJson, D::Error> {
        RawJson::deserialize(deserializer)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<RawJson, E> {
        Ok(RawJson::from_string(value.to_string()))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<RawJson, E> {
        Ok(RawJson::from_string(value.to_string()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<RawJson, E> {
        Ok(RawJson::from_string(value.to_string()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<RawJson, E> {
        Ok(RawJson::from_string(Value::from(value).to_string()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<RawJson, A::Error> {
        let value = Value::deserialize(SeqAccessDeserializer::new(list))?;
        Ok(RawJson::from_string(value.to_string()))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<RawJson, A::Error> {
        let value = Value::deserialize(MapAccessDeserializer::new(map))?;
        Ok(RawJson::from_string(value.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use serde::{Deserialize, Serialize};

    use super::RawJson;

    #[test]
    fn part_of_response_is_not_copied() {
        let bytes = Bytes::from_static(br#"{"a":{"b":1}}"#);
        let part = &std::str::from_utf8(&bytes).unwrap()[5..12];

        let raw = RawJson::from_slice(&bytes, part);

        assert_eq!(raw.get(), r#"{"b":1}"#);
        assert_eq!(raw.get().as_ptr(), part.as_ptr());
    }

    #[test]
    fn foreign_part_is_copied() {
        let bytes = Bytes::from_static(b"{}");
        let part = String::from(r#"{"b":1}"#);

        let raw = RawJson::from_slice(&bytes, &part);

        assert_eq!(raw.get(), part);
    }

    #[test]
    fn debug_shows_the_length_only() {
        let raw = RawJson::from_string(r#"{"name":"Ann Example"}"#);

        assert_eq!(format!("{raw:?}"), "RawJson(22 bytes)");
    }

    #[test]
    fn json_is_stored_as_string_and_restored_verbatim() {
        let raw = RawJson::from_string(r#"{"z":1.50, "a":null}"#);

        let json = serde_json::to_string(&[&raw]).unwrap();

        assert_eq!(json, r#"["{\"z\":1.50, \"a\":null}"]"#);
        assert_eq!(serde_json::from_str::<Vec<RawJson>>(&json).unwrap(), [raw]);
    }

    #[test]
    fn raw_json_is_read_back_in_tagged_and_flattened_types() {
        #[derive(Debug, PartialEq, Serialize, Deserialize)]
        #[serde(tag = "kind", rename_all = "snake_case")]
        enum Stored {
            Parcel { raw: RawJson },
        }
        #[derive(Debug, PartialEq, Serialize, Deserialize)]
        struct Row {
            #[serde(flatten)]
            stored: Stored,
        }
        let raw = RawJson::from_string(r#"{"z":1.50,"a":[1, 2]}"#);
        let row = Row {
            stored: Stored::Parcel { raw },
        };

        let json = serde_json::to_string(&row).unwrap();

        assert_eq!(serde_json::from_str::<Row>(&json).unwrap(), row);
    }

    #[test]
    fn other_values_than_strings_are_read_too() {
        for json in [r#"{"a":[1,true]}"#, "[]", "-1", "1.5", "false", "null", "7"] {
            assert_eq!(serde_json::from_str::<RawJson>(json).unwrap().get(), json);
        }
    }

    #[test]
    fn detached_part_has_memory_of_its_own() {
        let bytes = Bytes::from_static(br#"{"a":{"b":1}}"#);
        let part = &std::str::from_utf8(&bytes).unwrap()[5..12];
        let raw = RawJson::from_slice(&bytes, part);

        let detached = raw.detached();

        assert_eq!(detached, raw);
        assert_ne!(detached.get().as_ptr(), raw.get().as_ptr());
    }

    #[test]
    fn null_alone_is_null() {
        assert!(RawJson::from_string("null").is_null());
        assert!(!RawJson::from_string("{}").is_null());
        assert!(!RawJson::from_string("").is_null());
    }

    #[test]
    fn default_is_null() {
        assert_eq!(RawJson::default().get(), "null");
    }
}

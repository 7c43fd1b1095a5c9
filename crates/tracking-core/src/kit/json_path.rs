//! Finds a part of a response by its keys, verbatim and without reading the rest into memory.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

/// Returns what is under these keys, one inside the other; `None` when a key is missing or
/// the text is not JSON.
///
/// ```
/// use tracking_core::kit::raw_at_path;
///
/// let response = r#"{"meta": {"code": 200}, "data": {"items": [1, 2]}}"#;
///
/// assert_eq!(raw_at_path(response, &["data", "items"]), Some("[1, 2]"));
/// assert_eq!(raw_at_path(response, &["data", "total"]), None);
/// ```
#[must_use]
pub fn raw_at_path<'a>(json: &'a str, keys: &[&str]) -> Option<&'a str> {
    keys.iter().try_fold(json, |json, key| {
        let mut reader = serde_json::Deserializer::from_str(json);
        let part = reader.deserialize_map(Member(key)).ok()??;
        // What follows an object that is whole belongs to no JSON.
        reader.end().ok()?;
        Some(part.get())
    })
}

/// Returns true if something is under these keys, one inside the other, be it null; for a reading
/// that takes a missing list for an empty one.
///
/// ```
/// use tracking_core::kit::has_path;
///
/// assert!(has_path(br#"{"data": {"items": null}}"#, &["data", "items"]));
/// assert!(!has_path(br#"{"data": {}}"#, &["data", "items"]));
/// ```
#[must_use]
pub fn has_path(json: &[u8], keys: &[&str]) -> bool {
    match str::from_utf8(json) {
        Ok(json) => raw_at_path(json, keys).is_some(),
        Err(_) => raw_at_path(&String::from_utf8_lossy(json), keys).is_some(),
    }
}

/// Returns which of these keys an object has first; `None` when it has none of them or the text is no
/// object. What follows the key is not read.
///
/// ```
/// use tracking_core::kit::first_key;
///
/// let response = r#"{"page": 1, "items": [], "data": []}"#;
///
/// assert_eq!(first_key(response, &["data", "items"]), Some("items"));
/// assert_eq!(first_key(response, &["code"]), None);
/// ```
#[must_use]
pub fn first_key<'k>(json: &str, keys: &[&'k str]) -> Option<&'k str> {
    let mut found = None;
    let mut reader = serde_json::Deserializer::from_str(json);
    // Stopping early is an error to the reader, which no longer matters then.
    let _ = reader.deserialize_map(FirstKey {
        keys,
        found: &mut found,
    });
    found
}

/// Returns the elements of the list under these keys; `None` when there is no list.
///
/// Elements that are `null` are left out, as the lists of response types leave them out, so that
/// both can be matched by position. With [`RawList`](crate::kit::RawList) this happens only when
/// somebody asks for an element.
///
/// ```
/// use tracking_core::kit::raw_elements;
///
/// let response = r#"{"events": [{"id": 1}, null, {"id": 2}]}"#;
///
/// assert_eq!(raw_elements(response, &["events"]).unwrap(), [r#"{"id": 1}"#, r#"{"id": 2}"#]);
/// ```
#[must_use]
pub fn raw_elements<'a>(json: &'a str, keys: &[&str]) -> Option<Vec<&'a str>> {
    let elements = numbered_elements(json, keys)?.into_iter();
    Some(elements.map(|(_, element)| element).collect())
}

/// Cuts out the same elements, each with its position in the list, from 0. A path into the response
/// needs it, because positions count the `null`s too.
///
/// ```
/// use tracking_core::kit::numbered_elements;
///
/// let response = r#"{"events": [{"id": 1}, null, {"id": 2}]}"#;
///
/// assert_eq!(numbered_elements(response, &["events"]).unwrap()[1], (2, r#"{"id": 2}"#));
/// ```
#[must_use]
pub fn numbered_elements<'a>(json: &'a str, keys: &[&str]) -> Option<Vec<(usize, &'a str)>> {
    first_elements(json, keys, usize::MAX, |_| true)
}

/// Cuts out at most `max` of the same elements: the first for whose positions `is_kept` returns true. The
/// others take no memory.
///
/// ```
/// use tracking_core::kit::first_elements;
///
/// let elements = first_elements("[1, null, 2, 3, 4]", &[], 2, |position| position != 0);
///
/// assert_eq!(elements.unwrap(), [(2, "2"), (3, "3")]);
/// ```
#[must_use]
pub fn first_elements<'a>(
    json: &'a str,
    keys: &[&str],
    max: usize,
    is_kept: impl Fn(usize) -> bool,
) -> Option<Vec<(usize, &'a str)>> {
    let mut reader = serde_json::Deserializer::from_str(raw_at_path(json, keys)?);
    reader.deserialize_seq(FirstElements { max, is_kept }).ok()
}

/// Counts the elements of the list under these keys that are not null; `None` when there is no list.
#[must_use]
pub fn count_elements(json: &str, keys: &[&str]) -> Option<usize> {
    let mut reader = serde_json::Deserializer::from_str(raw_at_path(json, keys)?);
    reader.deserialize_seq(Count).ok()
}

struct Count;

impl<'de> Visitor<'de> for Count {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<usize, A::Error> {
        let mut count = 0;
        while let Some(element) = list.next_element::<Option<IgnoredAny>>()? {
            count += usize::from(element.is_some());
        }
        Ok(count)
    }
}

/// Reads a list to its end and keeps its first elements.
struct FirstElements<F> {
    max: usize,
    is_kept: F,
}

impl<'de, F: Fn(usize) -> bool> Visitor<'de> for FirstElements<F> {
    type Value = Vec<(usize, &'de str)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut elements = Vec::new();
        let mut position = 0;
        while elements.len() < self.max {
            let Some(element) = list.next_element::<&RawValue>()? else {
                return Ok(elements);
            };
            if element.get() != "null" && (self.is_kept)(position) {
                elements.push((position, element.get()));
            }
            position += 1;
        }
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(elements)
    }
}

/// Reads an object up to one of the keys.
struct FirstKey<'a, 'k> {
    keys: &'a [&'k str],
    found: &'a mut Option<&'k str>,
}

impl<'de> Visitor<'de> for FirstKey<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(found) = map.next_key_seed(OneOf(self.keys))? {
            if found.is_some() {
                *self.found = found;
                return Ok(());
            }
            map.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }
}

/// Finds a key among several without copying it.
struct OneOf<'a, 'k>(&'a [&'k str]);

impl<'de, 'k> DeserializeSeed<'de> for OneOf<'_, 'k> {
    type Value = Option<&'k str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'k> Visitor<'_> for OneOf<'_, 'k> {
    type Value = Option<&'k str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        Ok(self.0.iter().copied().find(|it| *it == key))
    }
}

/// Reads an object and keeps the value of one key; of a repeated key the last.
struct Member<'k>(&'k str);

impl<'de> Visitor<'de> for Member<'_> {
    type Value = Option<&'de RawValue>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut found = None;
        while let Some(is_match) = map.next_key_seed(Is(self.0))? {
            if is_match {
                found = Some(map.next_value()?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }
}

/// Compares a key without copying it.
struct Is<'k>(&'k str);

impl<'de> DeserializeSeed<'de> for Is<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Is<'_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<bool, E> {
        Ok(key == self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{first_key, has_path, numbered_elements, raw_at_path, raw_elements};

    #[test]
    fn raw_json_is_unchanged() {
        let json = r#"{ "a" : {"b\/c": "\u00e9 , 1.50"} }"#;

        assert_eq!(raw_at_path(json, &["a", "b/c"]), Some(r#""\u00e9 , 1.50""#));
        assert_eq!(raw_at_path(json, &[]), Some(json));
    }

    #[test]
    fn missing_path_is_none() {
        for json in [
            "",
            "<html>",
            "7",
            "[]",
            "null",
            "{}",
            r#"{"a":7}"#,
            r#"{"a":{"b":1}"#,
            r#"{"a":{"b":[1]}}<html>"#,
        ] {
            assert_eq!(raw_at_path(json, &["a", "b"]), None, "{json}");
            assert_eq!(raw_elements(json, &["a", "b"]), None, "{json}");
        }
    }

    #[test]
    fn first_key_is_found_before_json_breaks_off() {
        let keys = ["b", "c"];
        assert_eq!(first_key(r#"{"a":{"b":1},"\u0063":[1"#, &keys), Some("c"));
        for json in ["", "[]", "7", r#"{"a":{"b":1}}"#, r#"{"a":[,"b":1}"#] {
            assert_eq!(first_key(json, &keys), None, "{json}");
        }
    }

    #[test]
    fn last_of_repeated_keys_counts() {
        assert_eq!(raw_at_path(r#"{"a":1,"b":2,"a":3}"#, &["a"]), Some("3"));
    }

    #[test]
    fn key_is_there_whatever_its_value() {
        for value in ["null", "[]", "{}", "7"] {
            let json = format!(r#"{{"a":{{"b":{value}}}}}"#);

            assert!(has_path(json.as_bytes(), &["a", "b"]), "{value}");
        }
        assert!(has_path(b"{\"a\":{\"b\":\"\xff\"}}", &["a", "b"]));
        for json in [&b"{\"a\":{}}"[..], b"{\"a\":[]}", b"<html>", b"\xff"] {
            assert!(!has_path(json, &["a", "b"]));
        }
    }

    #[test]
    fn null_elements_are_left_out_and_counted() {
        let json = r#"{"a":[null,1,[null]]}"#;

        assert_eq!(raw_elements(json, &["a"]).unwrap(), ["1", "[null]"]);
        let numbered = numbered_elements(json, &["a"]).unwrap();
        assert_eq!(numbered, [(1, "1"), (2, "[null]")]);
        assert_eq!(raw_elements("[]", &[]).unwrap(), [""; 0]);
    }
}

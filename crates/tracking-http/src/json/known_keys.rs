//! Recognises by its keys an object of the kind that a type reads.

use std::fmt;

use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde::forward_to_deserialize_any;

/// Returns true if JSON is an object with at least one of the keys that `T` reads, or if `T` does not name
/// its keys.
pub(super) fn has_known_key<T: DeserializeOwned>(json: &str) -> bool {
    known_keys::<T>().is_none_or(|known| has_key(json, known))
}

/// Returns true if `T` names its keys: it is an object then, although derived readers take a list of its
/// values too, by position.
pub(super) fn names_keys<T: DeserializeOwned>() -> bool {
    known_keys::<T>().is_some()
}

/// Refuses a list for a type that names its keys.
pub(super) fn check_object<T: DeserializeOwned>(json: &[u8]) -> Result<(), serde_json::Error> {
    if json.trim_ascii_start().starts_with(b"[") && names_keys::<T>() {
        serde_json::Deserializer::from_slice(json).deserialize_map(AnyOf(&[]))?;
    }
    Ok(())
}

fn known_keys<T: DeserializeOwned>() -> Option<&'static [&'static str]> {
    let mut known = None;
    let outcome = T::deserialize(Probe(&mut known));
    debug_assert!(outcome.is_err() || known.is_none());
    known
}

fn has_key(json: &str, known: &[&str]) -> bool {
    let mut reader = serde_json::Deserializer::from_str(json);
    reader.deserialize_map(AnyOf(known)).unwrap_or_default()
}

/// Hears from a type which keys it reads, and gives it nothing.
struct Probe<'a>(&'a mut Option<&'static [&'static str]>);

impl<'de> Deserializer<'de> for Probe<'_> {
    type Error = serde::de::value::Error;

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        *self.0 = Some(fields);
        self.deserialize_any(visitor)
    }

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Self::Error> {
        Err(serde::de::Error::custom("nothing is given"))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

/// Reads an object to its end.
struct AnyOf<'a>(&'a [&'a str]);

impl<'de> Visitor<'de> for AnyOf<'_> {
    type Value = bool;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<bool, A::Error> {
        let mut found = false;
        while let Some(is_known) = map.next_key_seed(Key(self.0))? {
            found |= is_known;
            map.next_value::<IgnoredAny>()?;
        }
        Ok(found)
    }
}

/// Compares a key without copying it.
struct Key<'a>(&'a [&'a str]);

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        // As bytes, since one that is half a character is no string.
        deserializer.deserialize_bytes(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = bool;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a key")
    }

    fn visit_bytes<E>(self, key: &[u8]) -> Result<bool, E> {
        Ok(self.0.iter().any(|known| known.as_bytes() == key))
    }
}

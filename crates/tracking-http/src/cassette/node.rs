//! JSON as it was sent: the order of its keys, repeated keys, and numbers digit by digit.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap as _, Serializer};
use serde_json::value::RawValue;

/// Deeper JSON is not read: reading is recursive.
const MAX_DEPTH: usize = 100;

/// A JSON value.
#[derive(Clone, Debug)]
pub(super) enum Node {
    Object(Vec<(String, Self)>),
    Array(Vec<Self>),
    String(String),
    /// A number as it is spelled, true, false or null.
    Other(Box<RawValue>),
}

impl Node {
    /// Reads a whole text; `None` if it is no JSON.
    pub(super) fn parse(text: &str) -> Option<Self> {
        Self::parse_at(text, 0)
    }

    fn parse_at(text: &str, depth: usize) -> Option<Self> {
        if depth > MAX_DEPTH {
            return None;
        }
        match text.trim_start().as_bytes().first()? {
            b'{' => {
                let pairs: Pairs<'_> = serde_json::from_str(text).ok()?;
                let pairs = pairs.0.into_iter().map(|(key, value)| {
                    let value = Self::parse_at(value.get(), depth + 1)?;
                    Some((key, value))
                });
                Some(Self::Object(pairs.collect::<Option<_>>()?))
            }
            b'[' => {
                let items: Vec<&RawValue> = serde_json::from_str(text).ok()?;
                let items = items
                    .into_iter()
                    .map(|item| Self::parse_at(item.get(), depth + 1));
                Some(Self::Array(items.collect::<Option<_>>()?))
            }
            b'"' => serde_json::from_str(text).ok().map(Self::String),
            _ => {
                let value: Box<RawValue> = serde_json::from_str(text).ok()?;
                Some(Self::Other(value))
            }
        }
    }

    /// The number zero.
    pub(super) fn zero() -> Self {
        let zero = serde_json::value::to_raw_value(&0);
        zero.map_or_else(|_| Self::String(String::new()), Self::Other)
    }

    /// Returns true if it is a number.
    pub(super) fn is_number(&self) -> bool {
        let Self::Other(value) = self else {
            return false;
        };
        let first = value.get().as_bytes().first();
        first.is_some_and(|byte| byte.is_ascii_digit() || *byte == b'-')
    }

    /// Without white space.
    pub(super) fn to_text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Object(pairs) => {
                let mut map = serializer.serialize_map(Some(pairs.len()))?;
                for (key, value) in pairs {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
            Self::Array(items) => serializer.collect_seq(items),
            Self::String(text) => serializer.serialize_str(text),
            Self::Other(value) => value.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Box::<RawValue>::deserialize(deserializer)?;
        Self::parse(value.get()).ok_or_else(|| D::Error::custom("the JSON is too deep to be read"))
    }
}

/// The pairs of an object, each as often as it is there.
struct Pairs<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Pairs<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct PairsVisitor;

        impl<'de> Visitor<'de> for PairsVisitor {
            type Value = Pairs<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }

        deserializer.deserialize_map(PairsVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::Node;

    #[test]
    fn json_stays_as_it_was_sent() {
        for text in [
            r#"{"z":1.50,"a":[1e3,18446744073709551616,null,true],"z":"\"é"}"#,
            "[]",
            "{}",
            "-0",
            r#""text""#,
        ] {
            assert_eq!(Node::parse(text).unwrap().to_text(), text);
        }
    }

    #[test]
    fn what_is_no_json_is_not_read() {
        for text in ["", " ", "{", "[1,", "{'a':1}", "Too many requests", "nul"] {
            assert!(Node::parse(text).is_none(), "{text}");
        }
        assert!(Node::parse(&"[".repeat(100_000)).is_none());
        let deep = "[".repeat(200) + &"]".repeat(200);
        assert!(Node::parse(&deep).is_none());
    }
}

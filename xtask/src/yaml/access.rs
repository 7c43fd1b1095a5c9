//! Short ways to the parts of a value.

use super::Value;

/// Entries of a mapping in the order of the file; empty for any other value.
pub(crate) fn entries(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let entries = match value {
        Value::Mapping(entries) => entries.as_slice(),
        _ => &[],
    };
    entries.iter().map(|(key, value)| (key.as_str(), value))
}

/// Entries of the mapping under `key`; empty when it is missing.
pub(crate) fn entries_of<'a>(
    value: &'a Value,
    key: &str,
) -> impl Iterator<Item = (&'a str, &'a Value)> {
    value.get(key).into_iter().flat_map(entries)
}

/// Elements of the list under `key`; empty when it is missing.
pub(crate) fn items_of<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    value
        .get(key)
        .and_then(Value::as_sequence)
        .into_iter()
        .flatten()
}

/// Strings of the list under `key`.
pub(crate) fn strings_of<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a str> {
    items_of(value, key).filter_map(Value::as_str)
}

pub(crate) fn string<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key)?.as_str()
}

pub(crate) fn flag(value: &Value, key: &str) -> Option<bool> {
    value.get(key)?.as_bool()
}

pub(crate) fn whole(value: &Value, key: &str) -> Option<i64> {
    value.get(key)?.as_i64()
}

/// A scalar as a person would write it: enum values may be strings or numbers.
pub(crate) fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(string) => Some(string.clone()),
        Value::Integer(number) => Some(number.to_string()),
        Value::Float(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null | Value::Sequence(_) | Value::Mapping(_) => None,
    }
}

//! Reading access to YAML values. The order of the file is kept, because generated code follows it.

use serde_yaml_ng::Value;

/// Entries of a mapping in the order of the file; nothing for any other value.
///
/// Keys that are not text are left out here and refused by the lint.
pub(crate) fn entries(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    value
        .as_mapping()
        .into_iter()
        .flatten()
        .filter_map(|(key, value)| Some((key.as_str()?, value)))
}

/// Entries of the mapping under `key`; nothing when there is none.
pub(crate) fn entries_of<'a>(
    value: &'a Value,
    key: &str,
) -> impl Iterator<Item = (&'a str, &'a Value)> {
    value.get(key).into_iter().flat_map(entries)
}

/// Elements of the sequence under `key`; nothing when there is none.
pub(crate) fn items_of<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    value
        .get(key)
        .and_then(Value::as_sequence)
        .into_iter()
        .flatten()
}

/// Texts of the sequence under `key`.
pub(crate) fn texts_of<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a str> {
    items_of(value, key).filter_map(Value::as_str)
}

pub(crate) fn text<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key)?.as_str()
}

pub(crate) fn flag(value: &Value, key: &str) -> Option<bool> {
    value.get(key)?.as_bool()
}

pub(crate) fn whole(value: &Value, key: &str) -> Option<i64> {
    value.get(key)?.as_i64()
}

/// A scalar as a person would write it: enum values may be texts or numbers.
pub(crate) fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}

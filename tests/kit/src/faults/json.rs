//! Changes to the JSON of a good response.

use serde_json::Value;

/// Puts a member in front of the others of the first object; `None` for JSON without an object that has some.
pub(super) fn with_first_member(json: &str, member: &str) -> Option<String> {
    let (start, _) = first_key(json)?;
    let (before, after) = json.split_at_checked(start)?;
    Some(format!("{before}{member},{after}"))
}

/// Repeats the first key of the first object, with null as its first value.
pub(super) fn with_repeated_key(json: &str) -> Option<String> {
    let (_, key) = first_key(json)?;
    with_first_member(json, &format!("{key}:null"))
}

/// Where the first key of the first object begins, and how it is written.
fn first_key(json: &str) -> Option<(usize, &str)> {
    let object = json.find('{')? + 1;
    let rest = json.get(object..)?;
    let start = object + rest.find(|letter: char| !letter.is_ascii_whitespace())?;
    let key = json.get(start..)?.strip_prefix('"')?;
    let end = key.find('"')?;
    Some((start, json.get(start..start + end + 2)?))
}

/// Replaces every value that is no object or list.
pub(super) fn with_scalars(json: &str, change: impl Fn(&Value) -> Value) -> Option<String> {
    fn replace(value: &mut Value, change: &impl Fn(&Value) -> Value) {
        match value {
            Value::Array(elements) => elements.iter_mut().for_each(|it| replace(it, change)),
            Value::Object(members) => members.values_mut().for_each(|it| replace(it, change)),
            other => *other = change(other),
        }
    }
    let mut value: Value = serde_json::from_str(json).ok()?;
    replace(&mut value, &change);
    Some(value.to_string())
}

/// Puts a value of a later version in place of each that is one of these; `None` where there is none of them.
pub(super) fn with_unknown_values(json: &str, known: &[String]) -> Option<String> {
    let is_known = |value: &Value| known.iter().any(|it| value.as_str() == Some(it));
    let changed = with_scalars(json, |value| match value {
        value if is_known(value) => Value::String("invented".to_owned()),
        other => other.clone(),
    });
    changed.filter(|changed| changed.contains("invented"))
}

/// Puts an empty list in place of each object in the outermost one, and an empty object for each list.
pub(super) fn with_other_containers(json: &str) -> Option<String> {
    let mut value: Value = serde_json::from_str(json).ok()?;
    for member in value.as_object_mut()?.values_mut() {
        match member {
            Value::Array(_) => *member = Value::Object(Default::default()),
            Value::Object(_) => *member = Value::Array(Vec::new()),
            _ => {}
        }
    }
    Some(value.to_string())
}

/// Puts a byte that is not UTF-8 in front of each string that is a value.
pub(super) fn with_invalid_utf8(json: &str) -> Option<Vec<u8>> {
    let marked = with_scalars(json, |value| match value {
        Value::String(text) => Value::String(format!("\u{1}{text}")),
        other => other.clone(),
    })?;
    let escaped = b"\\u0001";
    let mut bytes = marked.into_bytes();
    while let Some(at) = bytes.windows(escaped.len()).position(|it| it == escaped) {
        bytes.splice(at..at + escaped.len(), [0xff]);
    }
    Some(bytes)
}

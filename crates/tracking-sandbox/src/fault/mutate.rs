//! Changes to a JSON response that a robust client survives.

use serde_json::{Value, json};

use super::Fault;

/// The value for "added by the provider tomorrow".
const INVENTED: &str = "invented_by_the_sandbox";

/// The keys of a provider that faults are about.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Keys {
    /// Those whose values come from an open vocabulary.
    pub(crate) vocabulary: &'static [&'static str],
    /// Those that say what happened to a parcel: lists of events, or single dates.
    pub(crate) events: &'static [&'static str],
}

/// Changes `body` as `fault` asks. A body that is not JSON, and a fault that is not about JSON
/// values, leave it as it is.
pub(crate) fn mutate(body: &[u8], fault: &Fault, keys: Keys) -> Option<Vec<u8>> {
    let mut value: Value = serde_json::from_slice(body).ok()?;
    match fault {
        Fault::UnknownEnum => invent_values(&mut value, keys.vocabulary),
        Fault::UnknownField => invent_fields(&mut value),
        Fault::Nulls => each_scalar(&mut value, &mut |scalar| *scalar = Value::Null),
        Fault::NumberAsString => each_scalar(&mut value, &mut |scalar| {
            if let Value::Number(number) = scalar {
                *scalar = Value::String(number.to_string());
            }
        }),
        Fault::StringAsNumber => each_scalar(&mut value, &mut |scalar| {
            let number = scalar.as_str().and_then(|text| text.parse::<u64>().ok());
            if let Some(number) = number {
                *scalar = Value::from(number);
            }
        }),
        Fault::WithoutKey(key) => without_key(&mut value, key),
        Fault::NullKey(key) => null_key(&mut value, key),
        Fault::NoEvents => without_events(&mut value, keys.events),
        Fault::BrokenEvent => {
            first(&mut value, keys.events, &mut |event| match event {
                Value::Array(items) => items
                    .first_mut()
                    .map(|item| *item = Value::from(7))
                    .is_some(),
                Value::Null => false,
                date => {
                    *date = json!({});
                    true
                }
            });
        }
        Fault::BrokenKey(key) => {
            first(&mut value, &[key], &mut |value| {
                *value = match value {
                    Value::Null => return false,
                    Value::Array(_) | Value::Object(_) => Value::from(7),
                    _ => json!({}),
                };
                true
            });
        }
        _ => return None,
    }
    serde_json::to_vec(&value).ok()
}

fn each_scalar(value: &mut Value, change: &mut impl FnMut(&mut Value)) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| each_scalar(item, change)),
        Value::Object(fields) => fields
            .values_mut()
            .for_each(|field| each_scalar(field, change)),
        scalar => change(scalar),
    }
}

fn invent_values(value: &mut Value, vocabulary: &[&str]) {
    match value {
        Value::Array(items) => items
            .iter_mut()
            .for_each(|item| invent_values(item, vocabulary)),
        Value::Object(fields) => {
            for (key, field) in fields {
                if !vocabulary.contains(&key.as_str()) {
                    invent_values(field, vocabulary);
                    continue;
                }
                each_scalar(field, &mut |scalar| {
                    if scalar.is_string() {
                        *scalar = Value::from(INVENTED);
                    }
                });
            }
        }
        _ => {}
    }
}

fn invent_fields(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(invent_fields),
        Value::Object(fields) => {
            fields.values_mut().for_each(invent_fields);
            fields.insert(
                INVENTED.to_owned(),
                serde_json::json!({ "nested": [1, null, "two"] }),
            );
        }
        _ => {}
    }
}

fn without_key(value: &mut Value, key: &str) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| without_key(item, key)),
        Value::Object(fields) => {
            fields.remove(key);
            fields
                .values_mut()
                .for_each(|field| without_key(field, key));
        }
        _ => {}
    }
}

fn null_key(value: &mut Value, key: &str) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| null_key(item, key)),
        Value::Object(fields) => {
            for (name, field) in fields {
                if name == key {
                    *field = Value::Null;
                } else {
                    null_key(field, key);
                }
            }
        }
        _ => {}
    }
}

fn without_events(value: &mut Value, keys: &[&str]) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| without_events(item, keys)),
        Value::Object(fields) => {
            for (key, field) in fields {
                match field {
                    Value::Array(items) if keys.contains(&key.as_str()) => items.clear(),
                    Value::Array(_) | Value::Object(_) => without_events(field, keys),
                    scalar if keys.contains(&key.as_str()) => *scalar = Value::Null,
                    _ => {}
                }
            }
        }
        _ => {}
    }
}

/// Changes the first value below one of the keys that can be changed; returns false if there is none. The context of
/// JSON-LD is left out: it names keys and holds no value of them.
fn first(value: &mut Value, keys: &[&str], change: &mut impl FnMut(&mut Value) -> bool) -> bool {
    match value {
        Value::Array(items) => items.iter_mut().any(|item| first(item, keys, change)),
        Value::Object(fields) => fields.iter_mut().any(|(key, field)| {
            key != "@context"
                && ((keys.contains(&key.as_str()) && change(field)) || first(field, keys, change))
        }),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const KEYS: Keys = Keys {
        vocabulary: &["status"],
        events: &["items", "until"],
    };

    fn changed(fault: &Fault) -> Value {
        let body = json!({
            "items": [{ "status": "on_way", "order": 3, "tn": "123", "place": { "city": "X" } }],
        });
        let bytes = mutate(body.to_string().as_bytes(), fault, KEYS).unwrap();
        serde_json::from_slice(&bytes).unwrap()
    }

    fn item(fault: &Fault) -> Value {
        changed(fault).pointer("/items/0").unwrap().clone()
    }

    #[test]
    fn each_fault_changes_what_it_names_and_nothing_else() {
        let place = json!({ "city": "X" });
        let cases = [
            (
                Fault::UnknownEnum,
                json!({ "status": INVENTED, "order": 3, "tn": "123", "place": place }),
            ),
            (
                Fault::Nulls,
                json!({ "status": null, "order": null, "tn": null, "place": { "city": null } }),
            ),
            (
                Fault::NumberAsString,
                json!({ "status": "on_way", "order": "3", "tn": "123", "place": place }),
            ),
            (
                Fault::StringAsNumber,
                json!({ "status": "on_way", "order": 3, "tn": 123, "place": place }),
            ),
            (
                Fault::WithoutKey("place".to_owned()),
                json!({ "status": "on_way", "order": 3, "tn": "123" }),
            ),
            (
                Fault::NullKey("place".to_owned()),
                json!({ "status": "on_way", "order": 3, "tn": "123", "place": null }),
            ),
        ];

        for (fault, expected) in cases {
            assert_eq!(item(&fault), expected, "{fault}");
        }
    }

    #[test]
    fn faults_of_events_change_lists_and_dates() {
        let body = json!([
            { "items": [], "until": null, "other": "x" },
            { "items": [{ "a": 1 }, { "a": 2 }], "until": "2026-03-02", "other": ["x"] },
        ]);
        let cases = [
            (
                Fault::NoEvents,
                json!([
                    { "items": [], "until": null, "other": "x" },
                    { "items": [], "until": null, "other": ["x"] },
                ]),
            ),
            (
                Fault::BrokenEvent,
                json!([
                    { "items": [], "until": null, "other": "x" },
                    { "items": [7, { "a": 2 }], "until": "2026-03-02", "other": ["x"] },
                ]),
            ),
            (
                Fault::BrokenKey("other".to_owned()),
                json!([
                    { "items": [], "until": null, "other": {} },
                    { "items": [{ "a": 1 }, { "a": 2 }], "until": "2026-03-02", "other": ["x"] },
                ]),
            ),
        ];

        for (fault, expected) in cases {
            let bytes = mutate(body.to_string().as_bytes(), &fault, KEYS).unwrap();
            let changed: Value = serde_json::from_slice(&bytes).unwrap();
            assert_eq!(changed, expected, "{fault}");
        }
    }

    #[test]
    fn unknown_fields_appear_on_every_level() {
        let value = changed(&Fault::UnknownField);

        assert!(value.pointer(&format!("/{INVENTED}")).is_some());
        assert!(
            value
                .pointer(&format!("/items/0/place/{INVENTED}"))
                .is_some()
        );
    }

    #[test]
    fn body_that_is_not_json_stays() {
        assert_eq!(mutate(b"Too many requests", &Fault::Nulls, KEYS), None);
    }
}

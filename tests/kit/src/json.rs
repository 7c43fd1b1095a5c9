//! Arbitrary JSON, for properties that hold for every input.

use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::Value;

/// Any JSON value, three levels deep. Keys may hold what JSON-LD puts into them.
pub fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[a-zA-Z@:]{1,8}", inner, 0..4)
                .prop_map(|keys| Value::Object(keys.into_iter().collect())),
        ]
    })
}

/// A body with one value replaced by another one.
#[must_use]
pub fn damaged(mut body: Value, position: Index, with: Value) -> Value {
    let mut position = position.index(count(&body));
    *at(&mut body, &mut position).unwrap() = with;
    body
}

/// The number of values inside a value, itself included.
fn count(value: &Value) -> usize {
    1 + match value {
        Value::Object(keys) => keys.values().map(count).sum(),
        Value::Array(items) => items.iter().map(count).sum::<usize>(),
        _ => 0,
    }
}

/// The value at a position, counted in depth, which is used up on the way.
fn at<'a>(value: &'a mut Value, position: &mut usize) -> Option<&'a mut Value> {
    if *position == 0 {
        return Some(value);
    }
    *position -= 1;
    match value {
        Value::Object(keys) => keys.values_mut().find_map(|value| at(value, position)),
        Value::Array(items) => items.iter_mut().find_map(|value| at(value, position)),
        _ => None,
    }
}

/// Runs a call of a client inside of a property, which is not async.
pub fn wait<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .unwrap();
    runtime.block_on(future)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::json;

    use super::*;

    #[test]
    fn every_position_of_a_value_can_be_damaged() {
        let value = json!({ "a": [1, { "b": 2 }], "c": null });

        let changed: BTreeSet<String> = (0..count(&value))
            .map(|position| {
                let mut copy = value.clone();
                *at(&mut copy, &mut { position }).unwrap() = json!("damaged");
                copy.to_string()
            })
            .collect();

        assert_eq!(changed.len(), 6);
    }
}

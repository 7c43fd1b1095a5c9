//! JSON that is no stored shipment: an error with the place, never a panic.

use std::sync::LazyLock;

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value, json};
use tracking_core::Shipment;

use super::edits::{Place, places, value_at};
use super::released::FORMAT_1;
use crate::observations::cases;

static GOLDEN: LazyLock<Value> = LazyLock::new(|| serde_json::from_str(FORMAT_1).unwrap());

static PLACES: LazyLock<Vec<Place>> = LazyLock::new(|| places(&GOLDEN));

#[test]
fn error_names_place_and_expectation() {
    let legs = "/legs/0/events/2";
    for (pointer, value, path, reason) in [
        (
            legs,
            json!({"copies": 1}),
            "legs[0].events[2].key",
            "it is missing",
        ),
        ("/number", Value::Null, "number", "expected a string"),
        ("/legs", json!({}), "legs", "expected a list"),
        (
            "/legs/1/events/0",
            json!("Jane Doe"),
            "legs[1].events[0]",
            "expected an object",
        ),
        (
            "/freshness",
            json!({}),
            "freshness.fetched_at",
            "it is missing",
        ),
        (
            "/freshness/fetched_at",
            json!("Jane Doe"),
            "freshness.fetched_at",
            "expected a time with a zone",
        ),
        (
            "/etas/1/from",
            json!({}),
            "etas[1].from.text",
            "it is missing",
        ),
        ("/direction", json!(3), "direction", "expected a name"),
        (
            "/memory/rank",
            json!(-1),
            "memory.rank",
            "expected an integer that is not negative",
        ),
        (
            "/status/status",
            json!(["Jane Doe"]),
            "status.status",
            "expected the name of a status",
        ),
        (
            "/provider_gave_up",
            json!("Jane Doe"),
            "provider_gave_up",
            "expected true or false",
        ),
    ] {
        let mut stored = GOLDEN.clone();
        *stored.pointer_mut(pointer).unwrap() = value;

        let error = Shipment::from_json(stored.to_string().as_bytes()).unwrap_err();

        assert_eq!(error.path(), path);
        assert!(error.reason().starts_with(reason), "{error}");
        assert!(!format!("{error} {error:?}").contains("Jane"), "{error}");
    }
}

#[test]
fn error_about_the_whole_names_what_is_wrong() {
    for (json, expected) in [
        (
            "",
            "the stored shipment cannot be read: the JSON is broken: EOF while parsing a value at line 1 column 0",
        ),
        (
            "[]",
            "the stored shipment cannot be read: expected an object at line 1 column 2",
        ),
        (
            "{}",
            "the stored shipment cannot be read: provider: it is missing",
        ),
        (
            "7",
            "the stored shipment cannot be read: expected an object at line 1 column 1",
        ),
        (
            "{\"number\": ",
            "the stored shipment cannot be read: number: the JSON is broken: EOF while parsing a value at line 1 column 11",
        ),
    ] {
        assert_eq!(
            Shipment::from_json(json.as_bytes())
                .unwrap_err()
                .to_string(),
            expected
        );
    }
    let more = format!("{FORMAT_1} x");
    let error = Shipment::from_json(more.as_bytes()).unwrap_err();
    assert!(
        error
            .reason()
            .starts_with("the JSON is broken: trailing characters"),
        "{error}"
    );
}

#[test]
fn deep_json_is_no_stack_overflow() {
    for (open, close) in [
        ("[", "]"),
        ("{\"legs\":", "}"),
        ("{\"raw\":", "}"),
        ("{\"new\":[", "]}"),
    ] {
        let deep = format!("{}1{}", open.repeat(100_000), close.repeat(100_000));

        assert!(Shipment::from_json(deep.as_bytes()).is_err());
    }
}

/// The place as the error writes it.
fn path(json: &Value, place: &Place) -> String {
    let (mut path, mut value) = (String::new(), json);
    for name in place {
        let index = name.parse::<usize>().ok().filter(|_| value.is_array());
        value = index.map_or_else(|| &value[name.as_str()], |index| &value[index]);
        match index {
            Some(index) => path.push_str(&format!("[{index}]")),
            None if path.is_empty() => path.push_str(name),
            None => path.push_str(&format!(".{name}")),
        }
    }
    path
}

/// Any JSON; many keys and strings are those of a shipment.
fn any_json() -> impl Strategy<Value = Value> {
    let mut names: Vec<String> = PLACES.iter().flatten().cloned().collect();
    names.extend([
        "".to_owned(),
        "exact".to_owned(),
        "2025-12-04T07:16:00Z".to_owned(),
    ]);
    let name = prop_oneof![4 => select(names), 1 => any::<String>()];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        name.clone().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 4, move |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            btree_map(name.clone(), inner, 0..4)
                .prop_map(|entries| Value::Object(entries.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases().cases / 2, ..cases() })]

    #[test]
    fn any_json_is_a_shipment_or_an_error(json in any_json()) {
        if let Err(error) = Shipment::from_json(json.to_string().as_bytes()) {
            prop_assert!(!error.reason().is_empty());
        }
    }

    #[test]
    fn error_is_about_the_value_that_was_replaced(place in any::<Index>(), value in any_json()) {
        let mut stored = GOLDEN.clone();
        let place = place.get(&PLACES);
        let path = path(&stored, place);
        if let Some(replaced) = value_at(&mut stored, place) {
            *replaced = value;
        }

        if let Err(error) = Shipment::from_json(stored.to_string().as_bytes()) {
            prop_assert!(error.path().starts_with(&path), "{path}: {error}");
        }
    }

    #[test]
    fn broken_text_is_an_error(cut in any::<Index>(), flipped in any::<(Index, u8)>()) {
        let whole = FORMAT_1.trim_end().as_bytes();
        let cut = cut.index(whole.len());
        prop_assert!(Shipment::from_json(&whole[..cut]).is_err());

        let mut bytes = whole.to_vec();
        let (place, byte) = flipped;
        let place = place.index(bytes.len());
        bytes[place] = byte;
        // It may still be JSON, and a shipment with another string.
        if let Err(error) = Shipment::from_json(&bytes) {
            prop_assert!(!error.to_string().is_empty());
        }
    }
}

#[test]
fn key_with_line_break_leaves_one_line() {
    let error = Shipment::from_json(br#"{"provider":"ship24","legs":[{"a\nb":x}]}"#).unwrap_err();

    assert_eq!(error.path(), "legs[0].a\u{fffd}b");
    assert_eq!(error.to_string().lines().count(), 1, "{error}");
}

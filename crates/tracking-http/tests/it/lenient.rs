//! The tolerant readers: every accepted spelling, and what is still an error.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde::Deserialize;
use serde_json::json;
use tracking_http::decode;
use tracking_http::json::lenient;

#[derive(Debug, Default, Deserialize, PartialEq)]
#[serde(default)]
struct Shape {
    #[serde(deserialize_with = "lenient::text")]
    text: Option<String>,
    #[serde(deserialize_with = "lenient::integer")]
    integer: Option<i64>,
    #[serde(deserialize_with = "lenient::number")]
    number: Option<f64>,
    #[serde(deserialize_with = "lenient::boolean")]
    boolean: Option<bool>,
    #[serde(deserialize_with = "lenient::list")]
    list: Vec<u8>,
    #[serde(deserialize_with = "lenient::one_or_many")]
    one_or_many: Vec<String>,
    #[serde(deserialize_with = "lenient::map")]
    map: BTreeMap<String, u8>,
    #[serde(deserialize_with = "lenient::object")]
    object: Option<Inner>,
}

#[derive(Debug, Deserialize, PartialEq)]
struct Inner {
    id: u8,
}

fn read(field: &str, value: &str) -> Result<Shape, tracking_http::Error> {
    decode(format!(r#"{{"{field}":{value}}}"#).as_bytes())
}

#[test]
fn missing_and_null_fields_are_nothing() {
    let fields = [
        "text",
        "integer",
        "number",
        "boolean",
        "list",
        "one_or_many",
        "map",
        "object",
    ];
    assert_eq!(decode::<Shape>(b"{}").unwrap(), Shape::default());
    for field in fields {
        assert_eq!(read(field, "null").unwrap(), Shape::default(), "{field}");
    }
}

#[test]
fn string_keeps_scalars_as_written() {
    for (value, text) in [
        (r#""a\n\u00e4""#, "a\nä"),
        (r#""""#, ""),
        ("7", "7"),
        ("-7", "-7"),
        ("18446744073709551615", "18446744073709551615"),
        ("6.5", "6.5"),
        ("true", "true"),
    ] {
        assert_eq!(
            read("text", value).unwrap().text.as_deref(),
            Some(text),
            "{value}"
        );
    }
    for value in ["[]", "{}", r#"["a"]"#] {
        assert!(read("text", value).is_err(), "{value}");
    }
}

#[test]
fn string_refuses_numbers_whose_digits_would_change() {
    let many = "[1234567890123456789012]";
    for (field, value) in [
        ("text", "1234567890123456789012"),
        ("text", "-1234567890123456789012"),
        ("text", "9007199254740993.0"),
        ("integer", "9007199254740993.0"),
        ("one_or_many", many),
        ("one_or_many", "1234567890123456789012"),
    ] {
        let error = read(field, value).unwrap_err();

        assert_eq!(
            error.kind(),
            tracking_core::ErrorKind::Decode,
            "{field} {value}"
        );
    }
}

#[test]
fn integer_is_read_from_whole_numbers_and_strings() {
    for (value, integer) in [
        ("7", Some(7)),
        ("-7", Some(-7)),
        ("6.0", Some(6)),
        (r#""56""#, Some(56)),
        (r#"" 56 ""#, Some(56)),
        (r#""6.0""#, Some(6)),
        (r#""""#, None),
        (r#"" ""#, None),
    ] {
        assert_eq!(read("integer", value).unwrap().integer, integer, "{value}");
    }
    for value in [
        "6.5",
        "1e300",
        "18446744073709551615",
        r#""six""#,
        r#""6.5""#,
        r#""NaN""#,
        "true",
        "[]",
    ] {
        assert!(read("integer", value).is_err(), "{value}");
    }
}

#[test]
fn number_is_read_from_numbers_and_strings() {
    for (value, number) in [
        ("7", Some(7.0)),
        ("-0.5", Some(-0.5)),
        (r#""0.25""#, Some(0.25)),
        (r#""""#, None),
    ] {
        assert_eq!(read("number", value).unwrap().number, number, "{value}");
    }
    for value in [r#""inf""#, r#""NaN""#, r#""1,5""#, "true", "{}"] {
        assert!(read("number", value).is_err(), "{value}");
    }
}

#[test]
fn boolean_is_read_from_names_and_digits() {
    for (values, boolean) in [
        (
            &["true", "1", r#""true""#, r#""True""#, r#""1""#][..],
            Some(true),
        ),
        (
            &["false", "0", r#""false""#, r#""FALSE""#, r#""0""#],
            Some(false),
        ),
        (&[r#""""#, "null"], None),
    ] {
        for value in values {
            assert_eq!(read("boolean", value).unwrap().boolean, boolean, "{value}");
        }
    }
    for value in ["2", "-1", "1.0", r#""yes""#, "[]"] {
        assert!(read("boolean", value).is_err(), "{value}");
    }
}

#[test]
fn list_is_empty_for_every_spelling_of_nothing() {
    for (value, list) in [
        ("[1,2]", &[1, 2][..]),
        ("[null,1,null]", &[1]),
        ("[]", &[]),
        (r#""""#, &[]),
        ("{}", &[]),
    ] {
        assert_eq!(read("list", value).unwrap().list, list, "{value}");
    }
    for value in ["1", r#""x""#, r#"{"a":1}"#, r#"["x"]"#] {
        assert!(read("list", value).is_err(), "{value}");
    }
}

#[test]
fn list_or_scalar_accepts_single_string_and_lists() {
    for (value, strings) in [
        (r#""dhl""#, &["dhl"][..]),
        (r#"["dhl","gls"]"#, &["dhl", "gls"]),
        (r#"[1,null,true]"#, &["1", "true"]),
        ("7", &["7"]),
        ("[]", &[]),
        (r#""""#, &[]),
    ] {
        assert_eq!(
            read("one_or_many", value).unwrap().one_or_many,
            strings,
            "{value}"
        );
    }
    for value in ["{}", "[[]]", "[{}]"] {
        assert!(read("one_or_many", value).is_err(), "{value}");
    }
}

#[test]
fn map_and_object_take_an_empty_array_for_nothing() {
    assert_eq!(
        read("map", r#"{"a":1}"#).unwrap().map,
        BTreeMap::from([("a".to_owned(), 1)])
    );
    assert_eq!(
        read("object", r#"{"id":1}"#).unwrap().object,
        Some(Inner { id: 1 })
    );
    for field in ["map", "object"] {
        for value in ["[]", r#""""#] {
            assert_eq!(
                read(field, value).unwrap(),
                Shape::default(),
                "{field} {value}"
            );
        }
        for value in ["[1]", r#""x""#, "1", r#"{"id":"x"}"#] {
            assert!(read(field, value).is_err(), "{field} {value}");
        }
    }
}

#[test]
fn place_of_a_surprise_is_named() {
    let error = read("object", r#"{"id":"x"}"#).unwrap_err();

    assert_eq!(error.path(), Some("object.id"));
}

proptest! {
    #[test]
    fn strings_and_numbers_are_read_like_plain_serde(
        text: String, integer: i64, number: i32, list: Vec<u8>
    ) {
        let number = f64::from(number) / 4.0;
        let body = json!({"text": text, "integer": integer, "number": number, "list": list});

        let shape: Shape = decode(body.to_string().as_bytes()).unwrap();

        prop_assert_eq!(shape.text, Some(text));
        prop_assert_eq!(shape.integer, Some(integer));
        prop_assert_eq!(shape.number, Some(number));
        prop_assert_eq!(shape.list, list);
    }

    #[test]
    fn integers_survive_as_strings(integer: i64) {
        let shape = read("integer", &format!("\"{integer}\"")).unwrap();

        prop_assert_eq!(shape.integer, Some(integer));
    }

    #[test]
    fn json_of_any_form_does_not_panic(body in "[\\[\\]{}\",:0-9a-z. -]{0,40}") {
        let _ = decode::<Shape>(body.as_bytes());
    }
}

#[test]
fn list_with_gaps_is_object_with_positions() {
    let read = |value| read("one_or_many", value);

    assert_eq!(
        read(r#"{"1":7,"4":"A","9":null}"#).unwrap().one_or_many,
        ["7", "A"]
    );
    for value in [
        "{}",
        r#"{"1":7,"de":"A"}"#,
        r#"{"":7}"#,
        r#"{"-1":7}"#,
        r#"{"1":{}}"#,
    ] {
        assert!(read(value).is_err(), "{value}");
    }
}

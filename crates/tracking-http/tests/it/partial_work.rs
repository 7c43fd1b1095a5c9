//! How much work it is to read a response in part: measured in decoded values, which no busy machine
//! changes.

use std::cell::Cell;

use bytes::Bytes;
use serde::{Deserialize, Deserializer};
use tracking_http::json::lenient;
use tracking_http::json::partial::Partial;

thread_local! {
    static DECODES: Cell<usize> = const { Cell::new(0) };
}

/// A string that counts each attempt to read one.
#[derive(Clone, Debug, Default, PartialEq)]
struct Counted(Option<String>);

impl<'de> Deserialize<'de> for Counted {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        DECODES.set(DECODES.get() + 1);
        lenient::text(deserializer).map(Self)
    }
}

/// What a batch creates, with lists in lists.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
struct Item {
    #[serde(default)]
    number: Option<Counted>,
    #[serde(default, deserialize_with = "lenient::list")]
    customer_email: Vec<Counted>,
    #[serde(default, deserialize_with = "lenient::object")]
    inner: Option<Box<Self>>,
    #[serde(default, deserialize_with = "lenient::list")]
    items: Vec<Self>,
}

#[derive(Debug, Default, PartialEq, Deserialize)]
struct Batch {
    #[serde(default, deserialize_with = "lenient::list")]
    items: Vec<Item>,
}

/// Reads a list of equal elements and returns how many counted values were decoded for each.
fn decodes_for_each(element: &str, count: usize) -> f64 {
    let elements = vec![element; count].join(",");
    let body = Bytes::from(format!(r#"{{"items":[{elements}]}}"#));
    DECODES.set(0);

    let mut batch = Partial::<Batch>::from_body(&body).unwrap();
    let items = batch.take_list(&["items"], |batch| std::mem::take(&mut batch.items));
    for mut item in items {
        item.take_list(&["items"], |item| std::mem::take(&mut item.items));
    }

    DECODES.get() as f64 / count as f64
}

#[test]
fn work_grows_with_the_length_for_every_shape() {
    let deep_objects = format!(
        r#"{}{{"number":{{}}}}{}"#,
        r#"{"inner":"#.repeat(40),
        "}".repeat(40)
    );
    let deep_lists = format!(
        r#"{}{{"customer_email":[{{}}]}}{}"#,
        r#"{"items":["#.repeat(40),
        "]}".repeat(40)
    );
    for element in [
        r#"{"number":"A1"}"#,
        r#"{"customer_email":[{}]}"#,
        r#"{"number":"A1","customer_email":["a",{},"b",[]]}"#,
        r#"{"number":{},"customer_email":{"a":1}}"#,
        r#"{"number":"A1","items":[[],{},7,{"number":[]}]}"#,
        r#"[{"number":1}]"#,
        r#"["A1",[{}]]"#,
        "{}",
        "[]",
        "7",
        &deep_objects,
        &deep_lists,
    ] {
        let few = decodes_for_each(element, 50);
        let many = decodes_for_each(element, 1_600);

        // Work that grows with the square of the length would be 32 times as much for each.
        assert!(many <= few * 1.5 + 1.0, "{element}: {few}, {many}");
        // A first reading, one that goes on behind each misfit, and a last one.
        assert!(many <= 60.0, "{element}: {many}");
    }
}

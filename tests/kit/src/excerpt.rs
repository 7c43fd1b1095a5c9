//! Published examples that break off.

use serde_json::{Map, Value};

/// Reads JSON that breaks off, up to its last complete value. What follows a line of `---` is a
/// remark.
#[must_use]
pub fn as_far_as_it_goes(text: &str) -> Value {
    let text = text.split("\n---").next().unwrap_or_default();
    let mut reader = Broken { rest: text.trim() };
    reader.value().unwrap_or_default()
}

/// A reader of JSON that ends anywhere.
struct Broken<'a> {
    rest: &'a str,
}

impl Broken<'_> {
    fn eat(&mut self, letter: char) -> bool {
        self.rest = self.rest.trim_start();
        match self.rest.strip_prefix(letter) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// A value, as far as it is there.
    fn value(&mut self) -> Option<Value> {
        if self.eat('{') {
            let mut keys = Map::new();
            while !self.eat('}') && !self.rest.is_empty() {
                self.eat(',');
                let Some(Value::String(key)) = self.scalar() else {
                    break;
                };
                if !self.eat(':') {
                    break;
                }
                let Some(value) = self.value() else { break };
                keys.insert(key, value);
            }
            return Some(Value::Object(keys));
        }
        if self.eat('[') {
            let mut items = Vec::new();
            while !self.eat(']') && !self.rest.is_empty() {
                self.eat(',');
                let Some(item) = self.value() else { break };
                items.push(item);
            }
            return Some(Value::Array(items));
        }
        self.scalar()
    }

    fn scalar(&mut self) -> Option<Value> {
        self.rest = self.rest.trim_start();
        let mut values = serde_json::Deserializer::from_str(self.rest).into_iter::<Value>();
        let value = values.next()?.ok()?;
        self.rest = &self.rest[values.byte_offset()..];
        Some(value)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::as_far_as_it_goes;

    #[test]
    fn cut_json_is_read_up_to_last_complete_value() {
        let cases = [
            (
                "{\n\"items\": [\n{\"a\": 1},\n{\"b\": {\"name\": \n--- a remark: \"x\" ---",
                json!({ "items": [{ "a": 1 }, { "b": {} }] }),
            ),
            (
                "{\"id\": \"x-1\", \"packages\": [\n{\n\"pack",
                json!({ "id": "x-1", "packages": [{}] }),
            ),
            (
                r#"{"a": [1, 2.5, null], "b": tr"#,
                json!({ "a": [1, 2.5, null] }),
            ),
            (r#"{"a": {"b": "c"}}"#, json!({ "a": { "b": "c" } })),
            ("", Value::Null),
        ];

        for (text, value) in cases {
            assert_eq!(as_far_as_it_goes(text), value, "{text}");
        }
    }
}

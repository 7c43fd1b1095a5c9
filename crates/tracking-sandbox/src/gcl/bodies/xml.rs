//! JSON as XML: an element for each key, `item` for those of a list.

use serde_json::Value;

/// A document with `root` as its only element.
pub(crate) fn document(root: &str, value: &Value) -> String {
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    element(&mut text, root, value);
    text
}

/// Keys are names of our own bodies, so that each is a name of an element too.
fn element(text: &mut String, name: &str, value: &Value) {
    text.push('<');
    text.push_str(name);
    text.push('>');
    match value {
        Value::Null => {}
        Value::String(content) => escape(text, content),
        Value::Array(items) => items.iter().for_each(|item| element(text, "item", item)),
        Value::Object(fields) => fields
            .iter()
            .for_each(|(key, field)| element(text, key, field)),
        scalar => text.push_str(&scalar.to_string()),
    }
    text.push_str("</");
    text.push_str(name);
    text.push('>');
}

fn escape(text: &mut String, content: &str) {
    for letter in content.chars() {
        match letter {
            '&' => text.push_str("&amp;"),
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            // XML has no way to write these.
            letter if letter.is_control() && !letter.is_whitespace() => text.push('\u{fffd}'),
            letter => text.push(letter),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn each_key_is_element_and_string_is_escaped() {
        let body = json!({ "name": "A & B <C>", "none": null, "list": [1, { "x": true }] });

        let text = document("tracking", &body);

        assert!(text.ends_with(
            "<tracking><list><item>1</item><item><x>true</x></item></list>\
             <name>A &amp; B &lt;C&gt;</name><none></none></tracking>"
        ));
    }
}

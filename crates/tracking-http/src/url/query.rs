//! Names and values of a query, from anything that can be serialised.

use serde_json::Value;

/// Lists the pairs of an object, or of a list of pairs. Null values are left out; returns `None` for
/// anything that a query cannot hold.
pub(crate) fn pairs(value: Value) -> Option<Vec<(String, String)>> {
    match value {
        Value::Null => Some(Vec::new()),
        Value::Object(fields) => {
            let present = fields.into_iter().filter(|(_, value)| !value.is_null());
            present
                .map(|(name, value)| Some((name, text(value)?)))
                .collect()
        }
        Value::Array(items) => items.into_iter().map(pair).collect(),
        Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    }
}

fn pair(item: Value) -> Option<(String, String)> {
    let Value::Array(parts) = item else {
        return None;
    };
    let [name, value] = <[Value; 2]>::try_from(parts).ok()?;
    Some((text(name)?, text(value)?))
}

fn text(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::pairs;

    #[test]
    fn objects_and_lists_of_pairs_are_queries() {
        let page = ("page".to_owned(), "2".to_owned());

        assert_eq!(
            pairs(json!({"page": 2, "sort": null})),
            Some(vec![page.clone()])
        );
        assert_eq!(pairs(json!([["page", "2"]])), Some(vec![page]));
        assert_eq!(pairs(json!(null)), Some(Vec::new()));
    }

    #[test]
    fn everything_else_is_none() {
        for value in [
            json!("page=2"),
            json!({"ids": [1, 2]}),
            json!(["page", 2]),
            json!([["page"]]),
        ] {
            assert_eq!(pairs(value), None);
        }
    }
}

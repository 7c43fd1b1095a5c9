//! A spec, stripped of its extensions and translated to JSON Schema.

use std::collections::HashMap;
use std::fmt;

use jsonschema::Validator;
use serde_json::{Map, Value, json};
use tracking_testkit::Spec;

/// Maps whose keys are names, which may begin with `x-`, as header names do.
const NAMED: [&str; 2] = ["headers", "properties"];

/// The described responses of one provider.
pub(crate) struct Document {
    root: Value,
    /// The id of the other form of an operation, by the id of the operation.
    forms: HashMap<String, String>,
    validators: HashMap<String, Validator>,
}

/// What does not fit the description.
#[derive(Debug)]
pub(crate) struct Unfit {
    /// The place in the body, as a JSON pointer; empty when it is about the response as a whole.
    at: String,
    reason: String,
}

impl Unfit {
    fn whole(reason: String) -> Vec<Self> {
        let at = String::new();
        vec![Self { at, reason }]
    }

    /// Returns true if the place is inside of a field, whatever the objects around it.
    pub(crate) fn is_inside_of(&self, field: &str) -> bool {
        self.at.split('/').any(|part| part == field)
    }
}

impl fmt::Display for Unfit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.at, self.reason)
    }
}

impl Document {
    pub(crate) fn of(provider: &str) -> Self {
        let spec = Spec::of(concat!(env!("CARGO_MANIFEST_DIR"), "/kit"), provider);
        Self::new(&serde_json::to_value(&spec.document).unwrap())
    }

    fn new(document: &Value) -> Self {
        Self {
            forms: forms(document),
            root: plain(document, ""),
            validators: HashMap::new(),
        }
    }

    /// The path template of an operation, and what it describes.
    pub(crate) fn operation(&self, id: &str) -> (&str, &Value) {
        let items = self.root["paths"].as_object().unwrap();
        let mut operations = items.iter().flat_map(|(path, item)| {
            let methods = item.as_object().unwrap();
            methods.values().map(move |value| (path.as_str(), value))
        });
        operations
            .find(|(_, operation)| operation["operationId"] == id)
            .unwrap_or_else(|| panic!("no operation {id}"))
    }

    /// The method and the id of the other form in which the provider takes an operation.
    pub(crate) fn form_of(&self, id: &str) -> Option<(&str, &str)> {
        let form = self.forms.get(id)?;
        let (path, _) = self.operation(form);
        let item = self.root["paths"][path].as_object().unwrap();
        let (method, _) = item
            .iter()
            .find(|(_, it)| it["operationId"] == form.as_str())?;
        Some((method, form))
    }

    /// What is wrong with a response to an operation; nothing when the spec describes it.
    pub(crate) fn unfit(&mut self, id: &str, status: u16, media: &str, body: &[u8]) -> Vec<Unfit> {
        let (_, operation) = self.operation(id);
        let class = format!("{}XX", status / 100);
        let responses = &operation["responses"];
        let response = [status.to_string(), class, "default".to_owned()]
            .iter()
            .find_map(|key| responses.get(key));
        let Some(response) = response else {
            return Unfit::whole("the status is not described".to_owned());
        };
        let response = self.follow(response);
        let content = response["content"].as_object().cloned().unwrap_or_default();
        if body.is_empty() && content.is_empty() {
            return Vec::new();
        }
        let media = media.split(';').next().unwrap_or_default().trim();
        let Some(described) = content.get(media) else {
            let known: Vec<&String> = content.keys().collect();
            return Unfit::whole(format!("it has {media:?}, described are {known:?}"));
        };
        let Some(schema) = described.get("schema").filter(|_| media.contains("json")) else {
            return Vec::new();
        };
        match serde_json::from_slice(body) {
            Ok(value) => self.unfit_for(&schema.clone(), &value),
            Err(error) => Unfit::whole(format!("it is no JSON: {error}")),
        }
    }

    /// Returns true if the body of a request fits what the operation takes.
    pub(crate) fn takes(&mut self, id: &str, body: &[u8]) -> bool {
        let (_, operation) = self.operation(id);
        let schema = operation["requestBody"]["content"]["application/json"]["schema"].clone();
        serde_json::from_slice(body).is_ok_and(|value| self.unfit_for(&schema, &value).is_empty())
    }

    /// What does not fit a named schema.
    pub(crate) fn unfit_for_component(&mut self, name: &str, value: &Value) -> Vec<Unfit> {
        let known = self.root["components"]["schemas"].get(name).is_some();
        assert!(known, "no schema {name}");
        let schema = json!({"$ref": format!("#/components/schemas/{name}")});
        self.unfit_for(&schema, value)
    }

    fn unfit_for(&mut self, schema: &Value, value: &Value) -> Vec<Unfit> {
        let validator = self
            .validators
            .entry(schema.to_string())
            .or_insert_with(|| {
                let document = json!({
                    "$schema": "https://json-schema.org/draft/2020-12/schema",
                    "allOf": [schema],
                    "components": self.root["components"],
                });
                jsonschema::validator_for(&document).unwrap()
            });
        validator
            .iter_errors(value)
            .map(|error| Unfit {
                at: error.instance_path().to_string(),
                reason: error.to_string(),
            })
            .collect()
    }

    fn follow<'a>(&'a self, value: &'a Value) -> &'a Value {
        let reference = value["$ref"].as_str();
        reference.map_or(value, |reference| {
            let pointer = reference.strip_prefix('#').unwrap();
            self.root.pointer(pointer).unwrap()
        })
    }

    /// The parameters of an operation, references resolved.
    pub(crate) fn parameters(&self, id: &str) -> Vec<&Value> {
        let (_, operation) = self.operation(id);
        let parameters = operation["parameters"].as_array();
        parameters
            .into_iter()
            .flatten()
            .map(|parameter| self.follow(parameter))
            .collect()
    }
}

/// The other forms of operations, by the ids of the operations.
fn forms(document: &Value) -> HashMap<String, String> {
    let items = document["paths"].as_object().unwrap().values();
    items
        .flat_map(|item| item.as_object().unwrap().values())
        .filter_map(|operation| {
            let of = operation["x-form-of"].as_str()?;
            let id = operation["operationId"].as_str()?;
            Some((of.to_owned(), id.to_owned()))
        })
        .collect()
}

/// The document without extensions, with `nullable` where it has an effect: beside `type`. What is beside a `$ref` has
/// none.
fn plain(value: &Value, key: &str) -> Value {
    match value {
        Value::Array(items) => items.iter().map(|item| plain(item, "")).collect(),
        Value::Object(entries) => {
            let mut kept: Map<String, Value> = entries
                .iter()
                .filter(|(name, _)| NAMED.contains(&key) || !name.starts_with("x-"))
                .map(|(name, child)| (name.clone(), plain(child, name)))
                .collect();
            let is_schema = !NAMED.contains(&key);
            if is_schema && kept.get("$ref").is_some_and(Value::is_string) {
                kept.retain(|name, _| name == "$ref");
            }
            let nullable = is_schema && kept.remove("nullable") == Some(Value::Bool(true));
            if nullable && let Some(kind) = kept.get("type").cloned() {
                kept.insert("type".to_owned(), json!([kind, "null"]));
            }
            Value::Object(kept)
        }
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_bodies_and_wrong_values_are_found() {
        let mut document = Document::new(&json!({
            "paths": { "/items": { "get": {
                "operationId": "list-items",
                "responses": {
                    "200": { "content": { "application/json": {
                        "schema": { "$ref": "#/components/schemas/Items" },
                    } } },
                    "204": {},
                },
            } } },
            "components": { "schemas": {
                "Items": { "type": "object", "properties": {
                    // What is beside a reference has no effect.
                    "first": { "$ref": "#/components/schemas/Item", "enum": ["b"], "x-personal": true },
                } },
                "Item": { "type": "string", "nullable": true },
            } },
        }));
        let cases = [
            (200, r#"{"first": "a"}"#, None),
            (200, r#"{"first": null}"#, None),
            (200, r#"{"first": 7}"#, Some("/first: ")),
            (200, "[]", Some(": ")),
            (200, "", Some(": it has")),
            (200, "{", Some(": it is no JSON")),
            (204, "", None),
            (204, "{}", Some(": it has")),
            (404, "{}", Some(": the status")),
        ];

        for (status, body, wanted) in cases {
            let media = if body.is_empty() {
                ""
            } else {
                "application/json"
            };
            let found = document.unfit("list-items", status, media, body.as_bytes());

            let found: Vec<String> = found.iter().map(ToString::to_string).collect();
            assert_eq!(
                found.len(),
                usize::from(wanted.is_some()),
                "{body}: {found:?}"
            );
            let fits = found
                .iter()
                .all(|unfit| unfit.starts_with(wanted.unwrap_or_default()));
            assert!(fits, "{body}: {found:?}");
        }
    }
}

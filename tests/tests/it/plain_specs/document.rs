//! A spec, stripped of its extensions and translated to JSON Schema.

use std::collections::HashMap;

use jsonschema::Validator;
use serde_json::{Map, Value, json};
use tracking_testkit::Spec;

/// Maps whose keys are names, which may begin with `x-`, as header names do.
const NAMED: [&str; 2] = ["headers", "properties"];

/// The described responses of one provider.
pub(crate) struct Document {
    root: Value,
    validators: HashMap<String, Validator>,
}

impl Document {
    pub(crate) fn of(provider: &str) -> Self {
        let spec = Spec::of(concat!(env!("CARGO_MANIFEST_DIR"), "/kit"), provider);
        let document = serde_json::to_value(&spec.document).unwrap();
        Self {
            root: plain(&document, ""),
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

    /// What is wrong with a response to an operation; nothing when the spec describes it.
    pub(crate) fn fault(
        &mut self,
        id: &str,
        status: u16,
        media: &str,
        body: &[u8],
    ) -> Option<String> {
        let (_, operation) = self.operation(id);
        let class = format!("{}XX", status / 100);
        let responses = &operation["responses"];
        let response = [status.to_string(), class, "default".to_owned()]
            .iter()
            .find_map(|key| responses.get(key));
        let Some(response) = response else {
            return Some(format!("{id}: the status {status} is not described"));
        };
        let response = self.follow(response);
        let content = response["content"].as_object().cloned().unwrap_or_default();
        if body.is_empty() {
            // What has a body may still come without one, as from a proxy.
            return None;
        }
        let media = media.split(';').next().unwrap_or_default().trim();
        let Some(described) = content.get(media) else {
            let known: Vec<&String> = content.keys().collect();
            return Some(format!(
                "{id}: {status} has {media:?}, described are {known:?}"
            ));
        };
        let schema = described.get("schema")?;
        if !media.contains("json") {
            return None;
        }
        let schema = schema.clone();
        let value: Value = match serde_json::from_slice(body) {
            Ok(value) => value,
            Err(error) => return Some(format!("{id}: {status} is no JSON: {error}")),
        };
        self.schema_fault(&schema, &value)
            .map(|fault| format!("{id}: {status}{fault}"))
    }

    /// Returns true if the body of a request fits what the operation takes.
    pub(crate) fn takes(&mut self, id: &str, body: &[u8]) -> bool {
        let (_, operation) = self.operation(id);
        let schema = operation["requestBody"]["content"]["application/json"]["schema"].clone();
        serde_json::from_slice(body).is_ok_and(|value| self.schema_fault(&schema, &value).is_none())
    }

    /// What does not fit a named schema.
    pub(crate) fn component_fault(&mut self, name: &str, value: &Value) -> Option<String> {
        let known = self.root["components"]["schemas"].get(name).is_some();
        assert!(known, "no schema {name}");
        let schema = json!({"$ref": format!("#/components/schemas/{name}")});
        self.schema_fault(&schema, value)
    }

    fn schema_fault(&mut self, schema: &Value, value: &Value) -> Option<String> {
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
        let faults: Vec<String> = validator
            .iter_errors(value)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        (!faults.is_empty()).then(|| faults.join("; "))
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

/// The document without extensions, with `nullable` where it has an effect: beside `type`.
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
            let nullable = is_schema && kept.remove("nullable") == Some(Value::Bool(true));
            if nullable && let Some(kind) = kept.get("type").cloned() {
                kept.insert("type".to_owned(), json!([kind, "null"]));
            }
            Value::Object(kept)
        }
        other => other.clone(),
    }
}

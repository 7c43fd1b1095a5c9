//! One provider's OpenAPI document, in the order of the file, and how its parts refer to each other.

use std::collections::BTreeSet;

use anyhow::{Context, Result};

use crate::alternatives::main_shape;
use crate::yaml::{Scalar, Value, entries, entries_of, items_of, read, string};

/// Prefix of every reference to a named schema.
const SCHEMAS: &str = "#/components/schemas/";
/// Keys of a path item that are operations.
const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// A provider's spec.
#[derive(Clone, Debug)]
pub struct Spec {
    provider: String,
    file: String,
    root: Value,
    scalars: Vec<Scalar>,
}

/// An operation as the document describes it.
#[derive(Clone, Debug)]
pub(crate) struct RawOperation<'a> {
    pub(crate) method: &'a str,
    pub(crate) path: &'a str,
    pub(crate) value: &'a Value,
    /// Place for messages, `paths./trackers.post`.
    pub(crate) at: String,
    /// Parameters of the path item and of the operation, references resolved.
    pub(crate) parameters: Vec<&'a Value>,
}

impl<'a> RawOperation<'a> {
    /// The operation that this is another form of, which the provider takes and the SDK does not send.
    pub(crate) fn form_of(&self) -> Option<&'a str> {
        string(self.value, "x-form-of")
    }
}

/// Which way a schema travels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Usage {
    pub(crate) request: bool,
    pub(crate) response: bool,
}

impl Spec {
    /// Parses a spec; `file` is the name that messages and generated headers show.
    ///
    /// # Errors
    /// When the source is not YAML, with its line; a key that occurs twice is such an error.
    pub fn parse(provider: &str, file: &str, source: &str) -> Result<Self> {
        let (root, scalars) = read(source).with_context(|| format!("{file} is not YAML"))?;
        Ok(Self {
            provider: provider.to_owned(),
            file: file.to_owned(),
            root,
            scalars,
        })
    }

    /// Parses a description that others wrote, as YAML or as JSON.
    ///
    /// # Errors
    /// When the source is neither, with the line.
    pub fn parse_foreign(provider: &str, file: &str, source: &str) -> Result<Self> {
        // A byte order mark is no part of the document.
        let source = source.trim_start_matches('\u{feff}');
        if !source.trim_start().starts_with('{') {
            return Self::parse(provider, file, source);
        }
        let json: serde_json::Value =
            serde_json::from_str(source).with_context(|| format!("{file} is not JSON"))?;
        Ok(Self {
            provider: provider.to_owned(),
            file: file.to_owned(),
            root: Value::from_json(&json),
            scalars: Vec::new(),
        })
    }

    /// The provider's short name, `ship24`.
    #[must_use]
    pub fn provider(&self) -> &str {
        &self.provider
    }

    /// The file as messages name it, `specs/ship24.yaml`.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    /// Every scalar as the file writes it, in its order.
    pub(crate) fn scalars(&self) -> &[Scalar] {
        &self.scalars
    }

    /// The whole document.
    #[must_use]
    pub fn root(&self) -> &Value {
        &self.root
    }

    /// Named schemas in the order of the file.
    pub fn schemas(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.root
            .get("components")
            .into_iter()
            .flat_map(|components| entries_of(components, "schemas"))
    }

    /// The named schema.
    #[must_use]
    pub fn schema(&self, name: &str) -> Option<&Value> {
        self.root.get("components")?.get("schemas")?.get(name)
    }

    /// What a local reference (`#/components/…`) points at.
    #[must_use]
    pub fn resolve(&self, reference: &str) -> Option<&Value> {
        reference
            .strip_prefix("#/")?
            .split('/')
            .map(|part| part.replace("~1", "/").replace("~0", "~"))
            .try_fold(&self.root, |value, part| value.get(part.as_str()))
    }

    /// The value itself, or what its `$ref` points at.
    pub(crate) fn follow<'a>(&'a self, value: &'a Value) -> &'a Value {
        string(value, "$ref")
            .and_then(|reference| self.resolve(reference))
            .unwrap_or(value)
    }

    /// Every operation that code is generated for, in the order of the file.
    pub(crate) fn operations(&self) -> Vec<RawOperation<'_>> {
        let mut operations = self.operations_and_forms();
        operations.retain(|operation| operation.form_of().is_none());
        operations
    }

    /// Every operation, and every other form of one, in the order of the file.
    pub(crate) fn operations_and_forms(&self) -> Vec<RawOperation<'_>> {
        let mut operations = Vec::new();
        for (path, item) in entries_of(&self.root, "paths") {
            for (method, value) in entries(item) {
                if !METHODS.contains(&method) {
                    continue;
                }
                let parameters = items_of(item, "parameters").chain(items_of(value, "parameters"));
                operations.push(RawOperation {
                    method,
                    path,
                    value,
                    at: format!("paths.{path}.{method}"),
                    parameters: parameters.map(|parameter| self.follow(parameter)).collect(),
                });
            }
        }
        operations
    }

    /// Messages that the provider sends: name, place for messages, and the operation under `post`.
    pub(crate) fn webhooks(&self) -> impl Iterator<Item = (&str, String, &Value)> {
        entries_of(&self.root, "x-webhooks").map(|(name, item)| {
            let at = format!("x-webhooks.{name}.post");
            (name, at, item.get("post").unwrap_or(&Value::Null))
        })
    }

    /// Names of the schemas that can be sent: reachable from parameters and request bodies.
    pub(crate) fn request_schemas(&self) -> BTreeSet<&str> {
        let mut found = BTreeSet::new();
        for operation in self.operations() {
            for parameter in operation.parameters {
                self.reach(parameter, &mut found);
            }
            if let Some(body) = operation.value.get("requestBody") {
                self.reach(body, &mut found);
            }
        }
        found
    }

    /// Names of the schemas that can be received: reachable from responses and webhooks.
    pub(crate) fn response_schemas(&self) -> BTreeSet<&str> {
        let mut found = BTreeSet::new();
        for operation in self.operations() {
            if let Some(responses) = operation.value.get("responses") {
                self.reach(responses, &mut found);
            }
        }
        if let Some(webhooks) = self.root.get("x-webhooks") {
            self.reach(webhooks, &mut found);
        }
        found
    }

    /// Collects the named schemas that `value` mentions, directly or through other components.
    fn reach<'a>(&'a self, value: &'a Value, found: &mut BTreeSet<&'a str>) {
        match value {
            Value::Sequence(items) => items.iter().for_each(|item| self.reach(item, found)),
            Value::Mapping(_) => {
                for (key, child) in entries(value) {
                    match child.as_str() {
                        Some(reference) if key == "$ref" => self.reach_reference(reference, found),
                        _ if is_example(key) => {}
                        _ => self.reach(child, found),
                    }
                }
            }
            _ => {}
        }
    }

    fn reach_reference<'a>(&'a self, reference: &'a str, found: &mut BTreeSet<&'a str>) {
        let Some(target) = self.resolve(reference) else {
            return;
        };
        match schema_name(reference) {
            Some(name) if found.insert(name) => self.reach(target, found),
            Some(_) => {}
            None => self.reach(target, found),
        }
    }
}

/// The schema's name in `#/components/schemas/Name`.
pub(crate) fn schema_name(reference: &str) -> Option<&str> {
    reference.strip_prefix(SCHEMAS)
}

/// The name of the schema that `schema` refers to, directly, as the only part of `allOf`, or in the first alternative
/// of `oneOf`.
pub(crate) fn referred(schema: &Value) -> Option<&str> {
    let schema = main_shape(schema);
    if let Some(reference) = string(schema, "$ref") {
        return schema_name(reference);
    }
    let mut parts = items_of(schema, "allOf");
    let only = parts.next()?;
    if parts.next().is_some() {
        return None;
    }
    string(only, "$ref").and_then(schema_name)
}

/// Returns true if it is an example. Examples hold data, not schemas: no rule looks inside.
pub(crate) fn is_example(key: &str) -> bool {
    matches!(key, "example" | "examples")
}

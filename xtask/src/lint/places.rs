//! Every schema of a spec with its place and its role, so that rules need no walking of their own.

use std::collections::BTreeSet;

use crate::spec::{Spec, Usage};
use crate::yaml::{Value, entries, entries_of, items_of, string};

/// What a schema describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// A named schema.
    Component,
    /// A property of an object.
    Property,
    /// The items of an array.
    Items,
    /// The values of a map.
    Values,
    /// A member of `allOf`, `oneOf` or `anyOf`.
    Part,
    /// The schema of a parameter or of a response header.
    Parameter,
    /// A JSON body.
    Body,
}

/// A schema and its place.
#[derive(Clone, Debug)]
pub(crate) struct Place<'a> {
    pub(crate) spec: &'a Spec,
    pub(crate) at: String,
    pub(crate) schema: &'a Value,
    pub(crate) role: Role,
    /// How the named schema around it is used; a parameter is a request.
    pub(crate) usage: Usage,
    /// True if the object around it lists the property as required.
    pub(crate) required: bool,
}

impl Place<'_> {
    /// Returns true if it is a member of the combination under `key`, such as `allOf`.
    pub(crate) fn is_part_of(&self, key: &str) -> bool {
        let mut around = self.at.rsplit('.').skip(1);
        self.role == Role::Part && around.next() == Some(key)
    }
}

/// Lists every schema of the spec: components first, then those inside operations and webhooks.
pub(crate) fn places(spec: &Spec) -> Vec<Place<'_>> {
    let requests = spec.request_schemas();
    let responses = spec.response_schemas();
    let mut found = Vec::new();

    for (name, schema) in spec.schemas() {
        let usage = Usage {
            request: requests.contains(name),
            response: responses.contains(name),
        };
        let at = format!("components.schemas.{name}");
        descend(&place(spec, at, schema, Role::Component, usage), &mut found);
    }
    for operation in spec.operations() {
        for parameter in &operation.parameters {
            let name = string(parameter, "name").unwrap_or("unnamed");
            if let Some(schema) = parameter.get("schema") {
                let at = format!("{}.parameters.{name}", operation.at);
                let usage = Usage {
                    request: true,
                    response: false,
                };
                descend(&place(spec, at, schema, Role::Parameter, usage), &mut found);
            }
        }
        bodies(spec, operation.value, &operation.at, &mut found);
    }
    for (_, at, webhook) in spec.webhooks() {
        bodies(spec, webhook, &at, &mut found);
    }
    found
}

fn place<'a>(spec: &'a Spec, at: String, schema: &'a Value, role: Role, usage: Usage) -> Place<'a> {
    Place {
        spec,
        at,
        schema,
        role,
        usage,
        required: false,
    }
}

/// The JSON bodies below `value`, of every `content` map.
fn bodies<'a>(spec: &'a Spec, value: &'a Value, at: &str, found: &mut Vec<Place<'a>>) {
    for (key, child) in entries(value) {
        let at = format!("{at}.{key}");
        if key == "content" {
            for (media, body) in entries(child) {
                if let Some(schema) = body.get("schema").filter(|_| media.contains("json")) {
                    let usage = Usage::default();
                    descend(&place(spec, at.clone(), schema, Role::Body, usage), found);
                }
            }
        } else if key != "parameters" {
            bodies(spec, spec.follow(child), &at, found);
        }
    }
}

/// Adds the schema and everything inside it; references are not followed, their target has its own place.
fn descend<'a>(place: &Place<'a>, found: &mut Vec<Place<'a>>) {
    found.push(place.clone());
    let required: BTreeSet<&str> = crate::yaml::strings_of(place.schema, "required").collect();
    let inside = |key: &str, schema: &'a Value, role: Role, required: bool| Place {
        at: format!("{}.{key}", place.at),
        schema,
        role,
        required,
        ..place.clone()
    };

    for (name, schema) in entries_of(place.schema, "properties") {
        let key = format!("properties.{name}");
        let required = required.contains(name);
        descend(&inside(&key, schema, Role::Property, required), found);
    }
    if let Some(schema) = place.schema.get("items") {
        descend(&inside("items", schema, Role::Items, false), found);
    }
    if let Some(schema) = place
        .schema
        .get("additionalProperties")
        .filter(|value| matches!(value, Value::Mapping(_)))
    {
        descend(
            &inside("additionalProperties", schema, Role::Values, false),
            found,
        );
    }
    for key in ["allOf", "oneOf", "anyOf"] {
        for (index, schema) in items_of(place.schema, key).enumerate() {
            descend(
                &inside(&format!("{key}.{index}"), schema, Role::Part, false),
                found,
            );
        }
    }
}

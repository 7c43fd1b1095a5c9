//! Examples of the specs validate against their schemas.
//!
//! OpenAPI 3.0 is translated to JSON Schema first: `nullable` counts where `type` is, as the standard says, limits of what
//! is sent apply, and objects are closed, so that a misspelt key is found.

use serde_json::{Map, Value, json};
use xtask::spec::Spec;
use xtask::workspace::Workspace;

/// Which keys an object may have beside those that it describes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keys {
    Known,
    /// It is part of a combination, and the other parts describe keys too.
    Any,
}

/// The schema as JSON Schema.
fn translated(schema: &Value, keys: Keys) -> Value {
    let Some(object) = schema.as_object() else {
        return match schema {
            Value::Array(items) => items.iter().map(|item| translated(item, keys)).collect(),
            other => other.clone(),
        };
    };
    let parts = object.get("allOf").and_then(Value::as_array);
    let combined = parts.is_some_and(|parts| parts.len() > 1 || object.contains_key("properties"));
    let mut plain = Map::new();
    for (key, value) in object {
        match key.as_str() {
            "nullable" | "example" | "examples" | "deprecated" => {}
            "properties" => {
                let properties = value.as_object().into_iter().flatten();
                let properties = properties
                    .map(|(name, property)| (name.clone(), translated(property, Keys::Known)));
                plain.insert(key.clone(), Value::Object(properties.collect()));
            }
            "enum" | "required" => {
                plain.insert(key.clone(), value.clone());
            }
            "allOf" if combined => {
                plain.insert(key.clone(), translated(value, Keys::Any));
            }
            "$ref" if keys == Keys::Any => {
                let open = value.as_str().unwrap().replace("/schemas/", "/parts/");
                plain.insert(key.clone(), Value::String(open));
            }
            key if limit(key).is_some() => {
                plain.insert(limit(key).unwrap().to_owned(), value.clone());
            }
            key if key.starts_with("x-") => {}
            _ => {
                plain.insert(key.clone(), translated(value, Keys::Known));
            }
        }
    }
    let described = combined || object.contains_key("properties");
    if described && keys == Keys::Known && !object.contains_key("additionalProperties") {
        plain.insert("unevaluatedProperties".to_owned(), Value::Bool(false));
    }
    if object.get("nullable") == Some(&Value::Bool(true))
        && let Some(kind) = plain.get("type").cloned()
    {
        plain.insert("type".to_owned(), json!([kind, "null"]));
    }
    Value::Object(plain)
}

/// The JSON Schema keyword of a limit of what is sent.
fn limit(key: &str) -> Option<&'static str> {
    Some(match key {
        "x-min-length" => "minLength",
        "x-max-length" => "maxLength",
        "x-min-items" => "minItems",
        "x-max-items" => "maxItems",
        "x-minimum" => "minimum",
        "x-maximum" => "maximum",
        "x-pattern" => "pattern",
        _ => return None,
    })
}

/// A document whose root is the given schema and which knows all named ones.
fn document(spec: &Value, root: &Value) -> Value {
    let schemas = spec["components"]["schemas"].as_object().unwrap();
    let all = |keys: Keys| -> Map<String, Value> {
        schemas
            .iter()
            .map(|(name, schema)| (name.clone(), translated(schema, keys)))
            .collect()
    };
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "allOf": [translated(root, Keys::Known)],
        "components": {"schemas": all(Keys::Known), "parts": all(Keys::Any)},
    })
}

/// Every example with its schema: `example` beside a schema or inside it, and named `examples`.
fn examples<'a>(value: &'a Value, at: &str, found: &mut Vec<(String, &'a Value, &'a Value)>) {
    if let Value::Array(items) = value {
        for (index, item) in items.iter().enumerate() {
            examples(item, &format!("{at}/{index}"), found);
        }
    }
    let Some(object) = value.as_object() else {
        return;
    };
    let own = object
        .get("schema")
        .or_else(|| is_schema(at).then_some(value));
    if let (Some(schema), Some(example)) = (own, object.get("example")) {
        found.push((format!("{at}/example"), schema, example));
    }
    if let (Some(schema), Some(named)) = (own, object.get("examples").and_then(Value::as_object)) {
        for (name, example) in named {
            let example = example.get("value").unwrap_or(example);
            found.push((format!("{at}/examples/{name}"), schema, example));
        }
    }
    for (key, child) in object {
        if key != "example" && key != "examples" {
            examples(child, &format!("{at}/{key}"), found);
        }
    }
}

/// A named schema or a property.
fn is_schema(at: &str) -> bool {
    let parts: Vec<&str> = at.rsplit('/').collect();
    matches!(parts.as_slice(), [_, "schemas" | "properties", ..])
}

/// Messages about examples that do not validate, and how many were checked.
fn check(spec: &Spec) -> (Vec<String>, usize) {
    let json = spec.root().to_json();
    let mut found = Vec::new();
    examples(&json, "", &mut found);
    let mut faults = Vec::new();
    for (at, schema, example) in &found {
        let validator = jsonschema::validator_for(&document(&json, schema)).unwrap();
        for error in validator.iter_errors(example) {
            faults.push(format!(
                "{}{at}{}: {error}",
                spec.file(),
                error.instance_path()
            ));
        }
    }
    (faults, found.len())
}

#[test]
fn examples_validate_against_their_schemas() {
    for spec in Workspace::current().specs(None).unwrap() {
        let (faults, count) = check(&spec);

        assert!(
            count > 10,
            "{}: only {count} examples were found",
            spec.file()
        );
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}

#[test]
fn every_named_object_and_enum_has_an_example() {
    for spec in Workspace::current().specs(None).unwrap() {
        let without: Vec<&str> = spec
            .schemas()
            .filter(|(_, schema)| schema.get("example").is_none())
            .map(|(name, _)| name)
            .collect();

        assert!(without.is_empty(), "{}: {without:?}", spec.file());
    }
}

#[test]
fn wrong_example_is_found_with_its_place() {
    let source = r##"
components:
  schemas:
    Item:
      type: object
      properties:
        count: {type: integer, nullable: true}
        state: {oneOf: [{$ref: "#/components/schemas/State"}, {type: boolean, nullable: true, enum: [null]}]}
        next: {nullable: true, allOf: [{$ref: "#/components/schemas/State"}]}
      example: {count: null, state: gone, next: null}
    State: {type: string, enum: [new], example: new}
"##;
    let spec = Spec::parse("x", "x.yaml", source).unwrap();

    let (faults, count) = check(&spec);

    assert_eq!(count, 2);
    let report = faults.join("\n");
    assert!(!report.contains("example/count"), "{report}");
    // `nullable` without `type` allows nothing.
    for key in ["state", "next"] {
        let place = format!("x.yaml/components/schemas/Item/example/{key}: ");
        assert!(report.contains(&place), "{report}");
    }
}

#[test]
fn misspelt_key_and_crossed_limit_are_found() {
    let source = r##"
components:
  schemas:
    Named:
      type: object
      properties:
        name: {type: string, x-max-length: 3}
      example: {nmae: abc}
    Item:
      allOf: [{$ref: "#/components/schemas/Named"}]
      properties:
        count: {type: integer, x-minimum: 1}
        inner: {description: Inside., allOf: [{$ref: "#/components/schemas/Named"}]}
      example: {name: abcd, count: 0, cuont: 1, inner: {name: abc, nmae: abc}}
    Whole:
      allOf: [{$ref: "#/components/schemas/Named"}]
      properties:
        count: {type: integer}
      example: {name: abc, count: 1}
"##;
    let spec = Spec::parse("x", "x.yaml", source).unwrap();

    let (faults, count) = check(&spec);

    let report = faults.join("\n");
    assert_eq!(count, 3);
    for place in [
        "x.yaml/components/schemas/Named/example: Unevaluated",
        "x.yaml/components/schemas/Item/example/name: ",
        "x.yaml/components/schemas/Item/example/count: ",
        "x.yaml/components/schemas/Item/example: Unevaluated",
        "x.yaml/components/schemas/Item/example/inner: Unevaluated",
    ] {
        assert!(report.contains(place), "{place}:\n{report}");
    }
    assert!(!report.contains("Whole"), "{report}");
}

//! The traps of schemas: constructs that the type generator drops, bends, or turns into code that rejects real responses.

use super::{Findings, Place, Role};
use crate::alternatives::{is_empty_list, is_empty_string, is_null};
use crate::codegen::pattern;
use crate::spec::schema_name;
use crate::yaml::{Value, entries, items_of, string};

/// Formats for which the type generator picks a type of another crate.
const TYPED_FORMATS: [&str; 7] = ["date", "date-time", "time", "uuid", "ip", "ipv4", "ipv6"];
/// Keywords without a counterpart in a Rust type, in either direction.
const INEXPRESSIBLE: [(&str, &str); 3] = [
    (
        "const",
        "OpenAPI 3.0 has no `const`; use a named enum with one value.",
    ),
    (
        "minProperties",
        "Leave it out and say it in the description.",
    ),
    (
        "maxProperties",
        "Leave it out and say it in the description.",
    ),
];
/// Keywords that make the generated type reject a value.
const LIMITS: [&str; 11] = [
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "uniqueItems",
];

pub(super) fn check(place: &Place<'_>, findings: &mut Findings) {
    references(place, findings);
    shape(place, findings);
    combinations(place, findings);
    additional_properties(place, findings);
    formats(place, findings);
    limits(place, findings);
}

fn references(place: &Place<'_>, findings: &mut Findings) {
    let Some(reference) = string(place.schema, "$ref") else {
        return;
    };
    // A reference that leads nowhere has a rule of its own.
    let known = schema_name(reference).is_some_and(|name| place.spec.schema(name).is_some());
    if !known && place.spec.resolve(reference).is_some() {
        findings.add(
            &place.at,
            format!("`$ref` points at {reference}, which is not a named schema of this spec"),
            "Correct the name, or add the schema under components.schemas.",
        );
    }
    let siblings: Vec<&str> = entries(place.schema)
        .map(|(key, _)| key)
        .filter(|key| *key != "$ref")
        .collect();
    if !siblings.is_empty() {
        findings.add(
            &place.at,
            format!(
                "`{}` beside `$ref` is ignored by OpenAPI 3.0",
                siblings.join("`, `")
            ),
            "Write `allOf: [{$ref: …}]` and put the other keys beside `allOf`.",
        );
    }
}

/// Only named components become types, so everything with a shape of its own needs a name.
fn shape(place: &Place<'_>, findings: &mut Findings) {
    let schema = place.schema;
    if place.role == Role::Body && string(schema, "$ref").is_none() {
        findings.add(
            &place.at,
            "the body has no name; of two inline bodies in one operation the second is dropped silently",
            "Move the schema to components.schemas and refer to it.",
        );
        return;
    }
    if place.role == Role::Component {
        if let Some(problem) = unsupported_component(schema) {
            findings.add(
                &place.at,
                problem,
                "Use an object, a string, an enum or an array of those.",
            );
        }
        return;
    }
    let part_of_component = place.role == Role::Part && string(schema, "type") == Some("object");
    if schema.get("properties").is_some() && !part_of_component {
        findings.add(
            &place.at,
            "an object without a name would get an invented type name",
            "Move it to components.schemas and refer to it.",
        );
    }
    if schema.get("enum").is_some() && !has_place_for_values(place) {
        findings.add(
            &place.at,
            "an enum without a name would get an invented type name and stay closed",
            "Move it to components.schemas and refer to it.",
        );
    }
    if string(schema, "type") == Some("array") && schema.get("items").is_none() {
        findings.add(
            &place.at,
            "an array without `items` has no type",
            "Add `items`.",
        );
    }
    if place.role == Role::Parameter && string(schema, "type") == Some("array") {
        findings.add(
            &place.at,
            "list parameters differ per provider (repeated, or joined by commas) and are not generated",
            "Declare it as a string, say in the description how values are joined.",
        );
    }
}

/// Returns true if values may be listed here: in an enum that may grow, or as null or the empty string of `oneOf`.
fn has_place_for_values(place: &Place<'_>) -> bool {
    let schema = place.schema;
    place.is_part_of("anyOf")
        || place.is_part_of("oneOf") && (is_null(schema) || is_empty_string(schema))
}

fn unsupported_component(schema: &Value) -> Option<String> {
    let described = schema.get("allOf").is_some() || schema.get("properties").is_some();
    if schema.get("anyOf").is_some() {
        // Either an enum that may grow, or refused by the rule about alternatives.
        return None;
    }
    match string(schema, "type") {
        Some("object" | "array" | "string") => None,
        Some("integer") if schema.get("enum").is_some() => None,
        Some(other) => Some(format!(
            "a named schema of type {other} would become a newtype of little use"
        )),
        None if described => None,
        None => Some("a named schema needs a `type`".to_owned()),
    }
}

fn combinations(place: &Place<'_>, findings: &mut Findings) {
    let schema = place.schema;
    if schema.get("discriminator").is_some() {
        findings.add(
            &place.at,
            "`discriminator` is ignored: the generated type would be guessed by trial",
            "Describe the common properties in one object, or write the type by hand.",
        );
    }
    if schema.get("not").is_some() {
        findings.add(
            &place.at,
            "`not` has no counterpart in Rust types",
            "Leave it out and say it in the description.",
        );
    }
    if place.role != Role::Component && items_of(schema, "allOf").count() > 1 {
        findings.add(
            &place.at,
            "several members of `allOf` make a type without a name",
            "Move the combination to components.schemas and refer to it.",
        );
    }
}

fn additional_properties(place: &Place<'_>, findings: &mut Findings) {
    let Some(value) = place
        .schema
        .get("additionalProperties")
        .and_then(Value::as_bool)
    else {
        return;
    };
    if value {
        findings.add(
            &place.at,
            "`additionalProperties: true` drops the unknown fields",
            "Leave it out, or write `additionalProperties: {}` to keep them in `extra`.",
        );
    } else {
        findings.add(
            &place.at,
            "`additionalProperties: false` makes the first new field of the provider a decode error",
            "Leave it out: unknown fields are ignored.",
        );
    }
}

fn formats(place: &Place<'_>, findings: &mut Findings) {
    let Some(format) = string(place.schema, "format") else {
        return;
    };
    if TYPED_FORMATS.contains(&format) {
        findings.add(
            &place.at,
            format!("`format: {format}` becomes a strict type that rejects what providers really send"),
            "Use a named string schema; with `x-timestamp: logistic` or `utc` it gets a `timestamp()` method.",
        );
    }
}

fn limits(place: &Place<'_>, findings: &mut Findings) {
    let schema = place.schema;
    if place.usage.response {
        for keyword in LIMITS {
            let is_empty =
                keyword == "maxItems" && place.is_part_of("oneOf") && is_empty_list(schema);
            if schema.get(keyword).is_some() && !is_empty {
                findings.add(
                    &place.at,
                    format!("`{keyword}` in a response makes one odd value fail the whole body"),
                    format!(
                        "Leave it out. If it limits a request, write `x-{}`.",
                        kebab(keyword)
                    ),
                );
            }
        }
    }
    for (keyword, advice) in INEXPRESSIBLE {
        if schema.get(keyword).is_some() {
            findings.add(
                &place.at,
                format!("`{keyword}` would have no effect"),
                advice,
            );
        }
    }
    for keyword in ["pattern", "x-pattern"] {
        if let Some(Err(reason)) = string(schema, keyword).map(pattern::parse) {
            findings.add(
                &place.at,
                format!("`{keyword}` cannot be checked without a regular expression engine: {reason}"),
                "Use one character class with one repetition, such as `^[A-Za-z0-9_/.-]*$`, or say the rule in the description.",
            );
        }
    }
}

fn kebab(keyword: &str) -> String {
    heck::ToKebabCase::to_kebab_case(keyword)
}

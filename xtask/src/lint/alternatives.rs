//! The traps of `oneOf`, `anyOf` and `nullable`: shapes that the generated types cannot read, and keys without effect.

use std::collections::BTreeSet;

use super::{Findings, Place, Role};
use crate::alternatives::{
    enumeration, is_empty_list, is_empty_string, is_null, is_open, main_shape, shapes,
};
use crate::spec::{Spec, schema_name};
use crate::yaml::{Value, flag, items_of, string};

/// Describes what an alternative is, `string` or `list of strings`.
const SCALARS: [&str; 4] = ["string", "integer", "number", "boolean"];

pub(super) fn check(place: &Place<'_>, findings: &mut Findings) {
    nullable(place, findings);
    any_of(place, findings);
    one_of(place, findings);
}

fn nullable(place: &Place<'_>, findings: &mut Findings) {
    let schema = place.schema;
    // Beside `$ref` it is one of the keys that are ignored there.
    let alone = schema.get("type").is_none() && schema.get("$ref").is_none();
    if schema.get("nullable").is_some() && alone {
        findings.add(
            &place.at,
            "`nullable` without `type` has no effect in OpenAPI 3.0",
            "Write `oneOf` with the reference and `{type: boolean, nullable: true, enum: [null]}`; a schema without any \
             type allows null anyway.",
        );
    }
}

/// Only an enum that may grow has it.
fn any_of(place: &Place<'_>, findings: &mut Findings) {
    let schema = place.schema;
    if schema.get("anyOf").is_none() {
        return;
    }
    let members: Vec<&Value> = items_of(schema, "anyOf").collect();
    let is_enum = enumeration(schema).is_some() && is_open(schema) && members.len() == 2;
    let bare = schema.get("type").is_none();
    if place.role != Role::Component || !is_enum || !bare {
        findings.add(
            &place.at,
            "`anyOf` compiles and is broken at run time",
            "Use `oneOf` for the shapes of a property. A named enum that may grow is \
             `anyOf: [{type: string, enum: […]}, {type: string}]` and nothing else.",
        );
    }
}

fn one_of(place: &Place<'_>, findings: &mut Findings) {
    let schema = place.schema;
    if schema.get("oneOf").is_none() {
        return;
    }
    // Only a list that may be a single value too is read value by value.
    let in_list = place.role == Role::Items && place.at.ends_with(".oneOf.0.items");
    if place.role != Role::Property && !in_list {
        findings.add(
            &place.at,
            "`oneOf` becomes an enum with the variants `Variant0` and `Variant1`",
            "Only properties have shapes to choose from: describe one shape here, or move it to a property.",
        );
        return;
    }
    let siblings = ["type", "allOf", "$ref", "items", "enum"];
    if let Some(key) = siblings.iter().find(|key| schema.get(key).is_some()) {
        findings.add(
            &place.at,
            format!("`{key}` beside `oneOf` narrows every alternative"),
            "Move it into the alternatives that it belongs to.",
        );
    }
    overlaps(place, findings);
    let shapes = shapes(schema);
    let Some((first, others)) = shapes.split_first() else {
        findings.add(
            &place.at,
            "`oneOf` has no alternative but null",
            "Add the shape that gives the type of the field.",
        );
        return;
    };
    if place.usage.request && !place.usage.response && !others.is_empty() {
        findings.add(
            &place.at,
            "a request is sent in one shape, and `oneOf` lists several",
            "Keep the shape that is sent; name the others in the description.",
        );
        return;
    }
    let main = shape_of(place.spec, first);
    for other in others {
        let other = shape_of(place.spec, other);
        if !is_read(main, other) {
            findings.add(
                &place.at,
                format!("a field of type {main} cannot be read from {other}"),
                "The first alternative gives the type: order them so that it can hold the others, or leave `type` and \
                 `oneOf` out to keep the raw JSON.",
            );
        }
    }
}

/// Returns true if the tolerant readers turn the one into the other.
fn is_read(main: &str, other: &str) -> bool {
    match main {
        "string" => matches!(other, "integer" | "number" | "boolean"),
        "integer" => matches!(other, "string" | "number"),
        "number" => matches!(other, "string" | "integer"),
        "boolean" => matches!(other, "string" | "integer"),
        "list of strings" => SCALARS.contains(&other) || other == "empty string",
        "list" => other == "empty string",
        "object" => matches!(other, "empty list" | "empty string"),
        _ => false,
    }
}

fn shape_of(spec: &Spec, schema: &Value) -> &'static str {
    let schema = spec.follow(schema);
    if is_empty_string(schema) {
        return "empty string";
    }
    if enumeration(schema).is_some() {
        return "enum";
    }
    match string(schema, "type") {
        Some("array") if is_empty_list(schema) => "empty list",
        Some("array") => {
            let items = schema
                .get("items")
                .map(|items| string(main_shape(items), "type"));
            if items == Some(Some("string")) {
                "list of strings"
            } else {
                "list"
            }
        }
        Some("object") => "object",
        None if schema.get("allOf").is_some() => "object",
        Some(kind) => SCALARS
            .into_iter()
            .find(|scalar| *scalar == kind)
            .unwrap_or("unknown type"),
        None => "unknown type",
    }
}

/// A value that fits two alternatives fits none: `oneOf` means exactly one.
fn overlaps(place: &Place<'_>, findings: &mut Findings) {
    let mut seen = BTreeSet::new();
    for part in items_of(place.schema, "oneOf") {
        for kind in kinds(place.spec, part, 0) {
            if !seen.insert(kind) {
                findings.add(
                    &place.at,
                    format!(
                        "{kind} fits two alternatives of `oneOf`, which means that it is refused"
                    ),
                    "Let each type, and null, fit exactly one of them.",
                );
            }
        }
    }
}

/// The kinds of JSON value that a schema may allow.
fn kinds(spec: &Spec, schema: &Value, depth: usize) -> BTreeSet<&'static str> {
    const MAX_DEPTH: usize = 8;
    let mut kinds = BTreeSet::new();
    if let Some(target) = string(schema, "$ref")
        .and_then(schema_name)
        .and_then(|name| spec.schema(name))
        .filter(|_| depth < MAX_DEPTH)
    {
        return self::kinds(spec, target, depth + 1);
    }
    if flag(schema, "nullable") == Some(true) {
        kinds.insert("null");
    }
    if is_null(schema) {
        return kinds;
    }
    kinds.extend(match string(schema, "type") {
        Some("array") => Some("an array"),
        Some("object") => Some("an object"),
        Some("string") => Some("a string"),
        Some("integer" | "number") => Some("a number"),
        Some("boolean") => Some("a boolean"),
        Some(_) => None,
        None if enumeration(schema).is_some() => Some("a string"),
        None => Some("an object"),
    });
    kinds
}

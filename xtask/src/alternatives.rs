//! Values of several shapes, as plain OpenAPI 3.0 states them.
//!
//! `oneOf` of a property lists the shapes that the provider sends: the first one is the type of the field, the others are
//! read into it, and `{type: boolean, nullable: true, enum: [null]}` is null. `anyOf` of a named schema is an enum that may
//! grow: the known values, or any other string.

use crate::yaml::{Value, flag, items_of, string, whole};

/// How a value is read that has the shape of another alternative.
///
/// Scalars and collections of responses are tolerant anyway, so only what goes beyond that has a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tolerance {
    /// A list of strings, sent as a single value.
    OneOrMany,
    /// An object, sent as `[]` where there is none.
    Object,
}

/// The alternatives of `oneOf` except null; the schema itself when it has none.
pub(crate) fn shapes(schema: &Value) -> Vec<&Value> {
    if schema.get("oneOf").is_none() {
        return vec![schema];
    }
    items_of(schema, "oneOf")
        .filter(|part| !is_null(part))
        .collect()
}

/// The shape that decides the type of a field.
pub(crate) fn main_shape(schema: &Value) -> &Value {
    shapes(schema).first().copied().unwrap_or(schema)
}

/// Returns true if the schema allows null and nothing else.
pub(crate) fn is_null(schema: &Value) -> bool {
    let mut values = items_of(schema, "enum");
    flag(schema, "nullable") == Some(true)
        && values.next().is_some_and(|value| *value == Value::Null)
        && values.next().is_none()
}

/// Returns true if the schema is an array without items.
pub(crate) fn is_empty_list(schema: &Value) -> bool {
    string(schema, "type") == Some("array") && whole(schema, "maxItems") == Some(0)
}

/// Returns true if the schema is the empty string.
pub(crate) fn is_empty_string(schema: &Value) -> bool {
    let mut values = items_of(schema, "enum");
    values.next().and_then(Value::as_str) == Some("") && values.next().is_none()
}

/// The schema that lists the values of a named enum: itself, or the member of its `anyOf` that has them.
pub(crate) fn enumeration(schema: &Value) -> Option<&Value> {
    if schema.get("enum").is_some() {
        return Some(schema);
    }
    items_of(schema, "anyOf").find(|part| part.get("enum").is_some())
}

/// Returns true if an enum allows any other string beside its values.
pub(crate) fn is_open(schema: &Value) -> bool {
    items_of(schema, "anyOf")
        .any(|part| string(part, "type") == Some("string") && part.get("enum").is_none())
}

/// How a property is read that has further shapes.
pub(crate) fn tolerance(property: &Value) -> Option<Tolerance> {
    let shapes = shapes(property);
    let (first, others) = shapes.split_first()?;
    if others.is_empty() || first.get("additionalProperties").is_some() {
        return None;
    }
    if string(first, "type") == Some("array") {
        let scalar = |shape: &&Value| string(shape, "type").is_some() && !is_empty_string(shape);
        return others.iter().any(scalar).then_some(Tolerance::OneOrMany);
    }
    let empty = |shape: &&Value| is_empty_list(shape) || is_empty_string(shape);
    others.iter().any(empty).then_some(Tolerance::Object)
}

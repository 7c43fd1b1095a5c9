//! What `required` names: properties that exist, and that may be relied on.

use super::{Findings, Place};
use crate::alternatives::enumeration;
use crate::spec::{Spec, referred};
use crate::yaml::{Value, entries_of, flag, items_of, strings_of};

/// References to references beyond this are a circle.
const MAX_DEPTH: usize = 8;

pub(super) fn check(place: &Place<'_>, findings: &mut Findings) {
    for name in strings_of(place.schema, "required") {
        let own = place
            .schema
            .get("properties")
            .is_some_and(|properties| properties.get(name).is_some());
        match property(place, name) {
            None => findings.add(
                &place.at,
                format!("`required` names `{name}`, which is not a property"),
                "Correct the name, or describe the property.",
            ),
            // Those beside `required` are reported at the property's own place.
            Some(schema) if !own && is_nullable(place.spec, schema, 0) => {
                nullable(&format!("{}.required.{name}", place.at), findings);
            }
            Some(_) => {}
        }
    }
    if !place.required {
        return;
    }
    if is_nullable(place.spec, place.schema, 0) {
        nullable(&place.at, findings);
    }
    let is_enum = referred(place.schema)
        .and_then(|name| place.spec.schema(name))
        .is_some_and(|target| enumeration(target).is_some());
    if is_enum && place.usage.response && !place.usage.request {
        findings.add(
            &place.at,
            "a required enum takes `Default` away from the type around it",
            "Leave it out of `required`; callers handle its absence.",
        );
    }
}

fn nullable(at: &str, findings: &mut Findings) {
    findings.add(
        at,
        "required and nullable: the whole response fails when the key is missing",
        "Leave it out of `required` unless a source proves that the key is always there and never null.",
    );
}

/// Returns true if the schema, one of its alternatives or what it refers to allows null.
fn is_nullable(spec: &Spec, schema: &Value, depth: usize) -> bool {
    if depth > MAX_DEPTH {
        return false;
    }
    let target = referred(schema).and_then(|name| spec.schema(name));
    flag(schema, "nullable") == Some(true)
        || items_of(schema, "oneOf")
            .chain(target)
            .any(|part| is_nullable(spec, part, depth + 1))
}

/// The property of the schema or of what it combines.
fn property<'a>(place: &Place<'a>, property_name: &str) -> Option<&'a Value> {
    let parts = items_of(place.schema, "allOf").map(|part| place.spec.follow(part));
    std::iter::once(place.schema)
        .chain(parts)
        .flat_map(|schema| entries_of(schema, "properties"))
        .find(|(name, _)| *name == property_name)
        .map(|(_, property)| property)
}

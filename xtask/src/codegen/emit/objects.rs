//! Objects: the struct with its attributes; what callers build also gets a constructor, setters and a check.

use std::fmt::Write as _;

use anyhow::Result;

use super::fields::{field_type, has_default};
use super::serde_names::WireNames;
use super::{comment, requests, validate};
use crate::alternatives::Tolerance;
use crate::codegen::model::{Direction, Field, Model, Object, TypeModel};

pub(super) fn object(
    model: &Model,
    found: &TypeModel,
    object: &Object,
    body: &mut String,
) -> Result<()> {
    definition(model, found, object, body);
    if object.personal {
        redacting_debug(&found.name, body);
    } else if hides(object) {
        partial_debug(&found.name, object, body);
    }
    if object.direction.is_sent() {
        let mut methods = requests::methods(model, found, object);
        methods.push_str(&validate::method(model, object)?);
        let _ = writeln!(body, "\nimpl {} {{\n{methods}}}", found.name);
    }
    Ok(())
}

fn definition(model: &Model, found: &TypeModel, object: &Object, body: &mut String) {
    let pairs: Vec<(&str, &str)> = object
        .fields
        .iter()
        .map(|field| (field.name.as_str(), field.wire.as_str()))
        .collect();
    let names = WireNames::of_fields(&pairs);
    body.push_str(&comment(&found.docs, 0));
    let _ = writeln!(body, "#[derive({})]", derives(model, object));
    if let Some(argument) = names.for_type() {
        let _ = writeln!(body, "#[serde({argument})]");
    }
    // A provider adds fields and parameters at any time; that must not break a release.
    let _ = writeln!(body, "#[non_exhaustive]\npub struct {} {{", found.name);
    for field in &object.fields {
        let own = Field {
            found: field.found.inside(&found.name),
            ..field.clone()
        };
        body.push_str(&comment(&field.docs, 4));
        let mut arguments: Vec<String> = names
            .for_name(&field.name, &field.wire)
            .into_iter()
            .collect();
        let aliases = field.aliases.iter();
        arguments.extend(aliases.map(|alias| format!("alias = {alias:?}")));
        let rust = field_type(object.direction, &own);
        arguments.extend(tolerance(object, field, &rust));
        if rust.starts_with("Option<") {
            arguments.push("skip_serializing_if = \"Option::is_none\"".to_owned());
        }
        if !arguments.is_empty() {
            let _ = writeln!(body, "    #[serde({})]", arguments.join(", "));
        }
        let _ = writeln!(body, "    pub {}: {rust},", field.name);
    }
    if object.extra {
        body.push_str("    /// Fields that the spec does not know.\n    #[serde(flatten)]\n");
        body.push_str("    pub extra: Map<String, Value>,\n");
    }
    body.push_str("}\n");
}

fn derives(model: &Model, object: &Object) -> String {
    let mut derives = vec!["Clone"];
    if !object.personal && !hides(object) {
        derives.push("Debug");
    }
    if has_default(model, object) {
        derives.push("Default");
    }
    derives.extend(["PartialEq", "Serialize"]);
    if object.direction != Direction::Query {
        derives.push("Deserialize");
    }
    derives.join(", ")
}

/// Returns true if any of its fields is read through a tolerant function.
pub(super) fn is_tolerant(object: &Object) -> bool {
    object.fields.iter().any(|field| {
        let rust = field_type(object.direction, field);
        tolerance(object, field, &rust).is_some()
    })
}

/// The tolerance of a received field towards wrong scalars, null lists and the like.
fn tolerance(object: &Object, field: &Field, rust: &str) -> Option<String> {
    if !object.direction.is_received() {
        return None;
    }
    let own = field.tolerance.map(|tolerance| match tolerance {
        // The spec states it for this field, and its type does not have it anyway.
        Tolerance::OneOrMany => empty_collection("one_or_many", "Vec"),
        Tolerance::Object => scalar("object"),
    });
    own.or_else(|| match rust {
        "Option<String>" => Some(scalar("text")),
        "Option<i64>" => Some(scalar("integer")),
        "Option<f64>" => Some(scalar("number")),
        "Option<bool>" => Some(scalar("boolean")),
        _ if rust.starts_with("Vec<") => Some(empty_collection("list", "Vec")),
        _ if rust.starts_with("BTreeMap<") => Some(empty_collection("map", "BTreeMap")),
        _ => None,
    })
}

fn scalar(function: &str) -> String {
    format!("default, deserialize_with = \"lenient::{function}\"")
}

fn empty_collection(function: &str, collection: &str) -> String {
    format!(
        "default, deserialize_with = \"lenient::{function}\", skip_serializing_if = \"{collection}::is_empty\""
    )
}

/// Returns true if `Debug` leaves out some fields of an object: unknown ones may hold anything.
fn hides(object: &Object) -> bool {
    object.extra || object.fields.iter().any(|field| field.personal)
}

/// Shows what is known not to be personal.
fn partial_debug(name: &str, object: &Object, body: &mut String) {
    let shown: String = object
        .fields
        .iter()
        .filter(|field| !field.personal)
        .map(|field| format!(".field({0:?}, &self.{0})\n", field.name))
        .collect();
    let _ = writeln!(
        body,
        "\n/// Leaves out the fields that hold, or may hold, personal data.
        impl fmt::Debug for {name} {{
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {{
                f.debug_struct(\"{name}\")
                {shown}.finish_non_exhaustive()
            }}
        }}"
    );
}

fn redacting_debug(name: &str, body: &mut String) {
    let _ = writeln!(
        body,
        "\n/// Shows no field, because they hold personal data.
        impl fmt::Debug for {name} {{
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {{
                f.debug_struct(\"{name}\").finish_non_exhaustive()
            }}
        }}"
    );
}

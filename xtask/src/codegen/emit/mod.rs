//! Writes the model as Rust source. Empty lines and order are ours; rustfmt does the rest.

mod enums;
mod fields;
mod limits;
mod objects;
mod operations;
mod requests;
mod serde_names;
mod strings;
mod validate;

use anyhow::Result;

use super::docs::{comment, marked};
use super::model::{Field, Kind, Model, Object, TypeModel};
use super::type_space::RustType;
use crate::spec::Spec;

/// The generated files of one provider: name and source, not yet formatted.
pub(crate) fn files(spec: &Spec, model: &Model) -> Result<Vec<(&'static str, String)>> {
    let mut files = vec![
        ("operations.rs", operations::file(spec, model)),
        ("types.rs", types(spec, model)?),
    ];
    files.push(("mod.rs", module(spec)));
    Ok(files)
}

/// The first lines of every generated file.
fn header(spec: &Spec, purpose: &str) -> String {
    format!(
        "// Generated from {} by `cargo xtask codegen`; change the spec, not this file.\n\n{}\n",
        spec.file(),
        marked(purpose, 0, "//!")
    )
}

fn module(spec: &Spec) -> String {
    let mut text = header(
        spec,
        "What the spec says: types of requests and responses, and one constant per operation.",
    );
    text.push_str(
        "#![allow(unreachable_pub, reason = \"the crate root decides what is public\")]\n\n",
    );
    text.push_str("pub mod operations;\npub mod types;\n");
    text
}

fn types(spec: &Spec, model: &Model) -> Result<String> {
    let mut body = String::new();
    for found in model.types.iter().chain(&model.queries) {
        body.push('\n');
        match &found.kind {
            Kind::OpenEnum(variants) => enums::open(found, variants, &mut body),
            Kind::ClosedEnum(variants) => enums::closed(found, variants, &mut body),
            Kind::NumberEnum(variants) => {
                let parameter = parameter_of(model, &found.name);
                enums::numbers(spec.provider(), found, parameter, variants, &mut body);
            }
            Kind::String(timestamp) => strings::declaration(found, *timestamp, &mut body),
            Kind::List(item, limits) => {
                let alias = format!("pub type {} = Vec<{}>;\n", found.name, item.rust());
                body.push_str(&comment(&found.docs, 0));
                body.push_str(&alias);
                limits::list_constant(found, limits.items, &mut body);
            }
            Kind::Object(object) => objects::object(model, found, object, &mut body)?,
        }
    }
    let purpose = "Types of requests and responses, in the order of the spec.";
    Ok(format!(
        "{}{}{body}",
        header(spec, purpose),
        imports(model)?
    ))
}

/// The property that takes a type, as it is called on the wire; else the type's own name.
fn parameter_of<'a>(model: &'a Model, name: &'a str) -> &'a str {
    let types = model.types.iter().chain(&model.queries);
    let mut fields = types.filter_map(object).flat_map(|object| &object.fields);
    let taking = |field: &&Field| {
        let is_it = |found: &RustType| matches!(found, RustType::Named(own) if own == name);
        mentions(&field.found, &is_it)
    };
    fields.find(taking).map_or(name, |field| &field.wire)
}

/// Imports of what the types really use.
fn imports(model: &Model) -> Result<String> {
    let types = || model.types.iter().chain(&model.queries);
    let objects = || types().filter_map(object);
    let fields = || objects().flat_map(|object| &object.fields);
    let uses = |is: fn(&RustType) -> bool| fields().any(|field| mentions(&field.found, &is));
    let is = |holds: fn(&Kind) -> bool| types().any(|found| holds(&found.kind));
    let closed = is(|kind| matches!(kind, Kind::ClosedEnum(_) | Kind::NumberEnum(_)));
    let extra = objects().any(|object| object.extra);
    let mut checked = false;
    for object in objects().filter(|object| object.direction.is_sent()) {
        checked |= !validate::method(model, object)?.is_empty();
    }

    let mut std = Vec::new();
    if uses(|found| matches!(found, RustType::Map(_))) {
        std.push("use std::collections::BTreeMap;");
    }
    if closed || objects().any(|object| object.personal) {
        std.push("use std::fmt;");
    }
    if is(|kind| matches!(kind, Kind::List(_, limits) if limits.items.1.is_some())) {
        std.push("use std::ops::RangeInclusive;");
    }
    let mut external = Vec::new();
    let read = closed || objects().any(|object| object.direction != super::model::Direction::Query);
    match (read, objects().next().is_some()) {
        (true, _) => external.push("use serde::{Deserialize, Serialize};".to_owned()),
        (false, true) => external.push("use serde::Serialize;".to_owned()),
        (false, false) => {}
    }
    let json = uses(|found| *found == RustType::Json);
    match (json || extra, extra) {
        (_, true) => external.push("use serde_json::{Map, Value};".to_owned()),
        (true, false) => external.push("use serde_json::Value;".to_owned()),
        (false, false) => {}
    }
    if is(|kind| matches!(kind, Kind::String(Some(_)))) {
        external.push("use tracking_core::Timestamp;".to_owned());
    }
    if objects().any(objects::is_tolerant) {
        external.push("use tracking_http::json::lenient;".to_owned());
    }
    if checked {
        external.push("use tracking_http::{Error, checks};".to_owned());
    }
    let groups = [std.join("\n"), external.join("\n")];
    let groups: Vec<String> = groups
        .into_iter()
        .filter(|group| !group.is_empty())
        .collect();
    Ok(if groups.is_empty() {
        String::new()
    } else {
        format!("{}\n", groups.join("\n\n"))
    })
}

fn object(found: &TypeModel) -> Option<&Object> {
    match &found.kind {
        Kind::Object(object) => Some(object),
        _ => None,
    }
}

fn mentions(found: &RustType, is: &dyn Fn(&RustType) -> bool) -> bool {
    if is(found) {
        return true;
    }
    match found {
        RustType::List(inner)
        | RustType::Map(inner)
        | RustType::Boxed(inner)
        | RustType::Optional(inner) => mentions(inner, is),
        _ => false,
    }
}

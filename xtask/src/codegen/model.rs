//! What is generated: types in the order of the spec, query types, and operations.

use std::collections::BTreeSet;

use anyhow::{Context, Result, anyhow};

use super::docs::docs;
use super::names::{field_name_of, type_name, variant_name};
use super::pattern::{self, Pattern};
use super::type_space::{RustType, Shapes, shapes};
use crate::alternatives::{Tolerance, enumeration, is_open, main_shape, tolerance};
use crate::spec::{Spec, referred};
use crate::yaml::{Value, entries_of, flag, items_of, scalar, string, strings_of, whole};

/// Everything that is generated for one provider.
#[derive(Clone, Debug)]
pub(crate) struct Model {
    pub(crate) types: Vec<TypeModel>,
    pub(crate) queries: Vec<TypeModel>,
    /// Limited path parameters, each name once.
    pub(crate) path_parameters: Vec<PathParameter>,
}

#[derive(Clone, Debug)]
pub(crate) struct TypeModel {
    pub(crate) name: String,
    pub(crate) docs: String,
    pub(crate) kind: Kind,
}

#[derive(Clone, Debug)]
pub(crate) enum Kind {
    OpenEnum(Vec<Variant>),
    ClosedEnum(Vec<Variant>),
    /// A closed enum whose values are numbers on the wire.
    NumberEnum(Vec<Variant>),
    String(Option<Timestamp>),
    List(RustType, Limits),
    Object(Object),
}

#[derive(Clone, Debug)]
pub(crate) struct Variant {
    pub(crate) name: String,
    pub(crate) wire: String,
    pub(crate) docs: String,
}

/// How the string of a date-time type is parsed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Timestamp {
    Logistic,
    Local,
    Utc,
}

/// Which way an object travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    Query,
    Request,
    Response,
    Both,
}

impl Direction {
    /// Returns true if callers build it.
    pub(crate) fn is_sent(self) -> bool {
        self != Self::Response
    }

    /// Returns true if responses are read into it.
    pub(crate) fn is_received(self) -> bool {
        matches!(self, Self::Response | Self::Both)
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Object {
    pub(crate) direction: Direction,
    pub(crate) fields: Vec<Field>,
    /// Unknown fields are kept in `extra`.
    pub(crate) extra: bool,
    pub(crate) personal: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Field {
    pub(crate) wire: String,
    pub(crate) name: String,
    /// Other names of it on the wire, of responses.
    pub(crate) aliases: Vec<String>,
    pub(crate) docs: String,
    pub(crate) found: RustType,
    pub(crate) required: bool,
    pub(crate) tolerance: Option<Tolerance>,
    /// `Debug` of the object leaves it out.
    pub(crate) personal: bool,
    pub(crate) limits: Limits,
}

/// Limits of what is sent.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Limits {
    pub(crate) length: (Option<i64>, Option<i64>),
    pub(crate) items: (Option<i64>, Option<i64>),
    pub(crate) range: (Option<i64>, Option<i64>),
    pub(crate) pattern: Option<Pattern>,
    /// Limits of the items of a list.
    pub(crate) each: Option<Box<Self>>,
}

#[derive(Clone, Debug)]
pub(crate) struct PathParameter {
    pub(crate) wire: String,
    pub(crate) limits: Limits,
}

impl Model {
    /// Builds the model of a spec that passed the lint.
    pub(crate) fn build(spec: &Spec) -> Result<Self> {
        let shapes = shapes(spec)?;
        let requests = spec.request_schemas();
        let responses = spec.response_schemas();
        let types = spec
            .schemas()
            .map(|(name, schema)| {
                let direction = match (requests.contains(name), responses.contains(name)) {
                    (true, true) => Direction::Both,
                    (true, false) => Direction::Request,
                    _ => Direction::Response,
                };
                let kind = kind(spec, name, schema, direction, &shapes)
                    .with_context(|| format!("{}: schema {name}", spec.file()))?;
                Ok(TypeModel {
                    name: name.to_owned(),
                    docs: docs(schema),
                    kind,
                })
            })
            .collect::<Result<Vec<_>>>()?;
        Ok(Self {
            types,
            queries: queries(spec)?,
            path_parameters: path_parameters(spec)?,
        })
    }

    pub(crate) fn find(&self, name: &str) -> Option<&TypeModel> {
        self.types.iter().find(|found| found.name == name)
    }
}

fn kind(
    spec: &Spec,
    name: &str,
    schema: &Value,
    direction: Direction,
    shapes: &Shapes,
) -> Result<Kind> {
    if let Some(values) = enumeration(schema) {
        let variants = variants(schema, values);
        return Ok(if string(values, "type") == Some("integer") {
            Kind::NumberEnum(variants)
        } else if is_open(schema) {
            Kind::OpenEnum(variants)
        } else {
            Kind::ClosedEnum(variants)
        });
    }
    match string(schema, "type") {
        Some("string") => Ok(Kind::String(match string(schema, "x-timestamp") {
            Some("logistic") => Some(Timestamp::Logistic),
            Some("local") => Some(Timestamp::Local),
            Some(_) => Some(Timestamp::Utc),
            None => None,
        })),
        Some("array") => {
            let items = schema.get("items").context("an array without items")?;
            let item =
                referred(items).map_or(RustType::String, |name| RustType::Named(name.to_owned()));
            Ok(Kind::List(item, limits(spec, schema)?))
        }
        _ => object(spec, name, schema, direction, shapes).map(Kind::Object),
    }
}

fn variants(schema: &Value, values: &Value) -> Vec<Variant> {
    let note = |key: &str, value: &str| Some(string(schema.get(key)?, value)?.to_owned());
    items_of(values, "enum")
        .filter_map(scalar)
        .map(|wire| Variant {
            name: note("x-enum-names", &wire).unwrap_or_else(|| variant_name(&wire)),
            docs: note("x-enum-descriptions", &wire).unwrap_or_default(),
            wire,
        })
        .collect()
}

fn object(
    spec: &Spec,
    name: &str,
    schema: &Value,
    direction: Direction,
    shapes: &Shapes,
) -> Result<Object> {
    let empty = std::collections::BTreeMap::new();
    let shape = shapes.get(name).unwrap_or(&empty);
    let mut parts = vec![schema];
    parts.extend(items_of(schema, "allOf").map(|part| spec.follow(part)));
    let required: BTreeSet<&str> = parts
        .iter()
        .flat_map(|part| strings_of(part, "required"))
        .collect();

    let mut fields = Vec::new();
    for (wire, property) in parts.iter().flat_map(|part| entries_of(part, "properties")) {
        let found = shape
            .get(wire)
            .with_context(|| format!("the type generator dropped the property {wire}"))?;
        fields.push(Field {
            wire: wire.to_owned(),
            name: field_name_of(wire, property),
            aliases: strings_of(property, "x-aliases")
                .map(str::to_owned)
                .collect(),
            docs: property_docs(spec, property),
            found: found.clone(),
            required: required.contains(wire),
            tolerance: tolerance(property),
            personal: flag(property, "x-personal") == Some(true),
            limits: limits(spec, property).with_context(|| format!("the property {wire}"))?,
        });
    }
    Ok(Object {
        direction,
        fields,
        extra: schema.get("additionalProperties").is_some(),
        personal: flag(schema, "x-personal") == Some(true),
    })
}

/// A bare reference is described by what it refers to.
fn property_docs(spec: &Spec, property: &Value) -> String {
    let own = docs(property);
    if string(property, "description").is_some() {
        return own;
    }
    let target = referred(property).and_then(|name| spec.schema(name));
    let described = target
        .and_then(|target| string(target, "description"))
        .unwrap_or_default();
    let first = described
        .split("\n\n")
        .next()
        .unwrap_or_default()
        .to_owned();
    if own.is_empty() {
        first
    } else {
        format!("{first}\n\n{own}")
    }
}

/// Limits written at the schema itself or at the string type that it refers to.
fn limits(spec: &Spec, schema: &Value) -> Result<Limits> {
    let schema = main_shape(schema);
    let target = referred(schema).and_then(|name| spec.schema(name));
    let number = |key: &str| {
        let standard = heck::ToLowerCamelCase::to_lower_camel_case(key);
        let read = |schema| whole(schema, &format!("x-{key}")).or_else(|| whole(schema, &standard));
        read(schema).or_else(|| target.and_then(read))
    };
    let inherited = |key: &str| string(schema, key).or_else(|| string(target?, key));
    let pattern = inherited("x-pattern").or_else(|| inherited("pattern"));
    let pattern = pattern
        .map(|pattern| {
            pattern::parse(pattern)
                .map_err(|reason| anyhow!("the pattern {pattern} is not supported: {reason}"))
        })
        .transpose()?;
    let each = schema
        .get("items")
        .map(|items| limits(spec, items))
        .transpose()?
        .filter(|limits| *limits != Limits::default());
    Ok(Limits {
        length: (number("min-length"), number("max-length")),
        items: (number("min-items"), number("max-items")),
        range: (number("minimum"), number("maximum")),
        pattern,
        each: each.map(Box::new),
    })
}

/// One type for the query of each operation, or for all operations that name the same one.
fn queries(spec: &Spec) -> Result<Vec<TypeModel>> {
    let mut queries: Vec<(String, Vec<&str>, Vec<Field>)> = Vec::new();
    for operation in spec.operations() {
        let fields: Vec<Field> = operation
            .parameters
            .iter()
            .filter(|parameter| string(parameter, "in") == Some("query"))
            .map(|parameter| parameter_field(spec, parameter))
            .collect::<Result<_>>()?;
        if fields.is_empty() {
            continue;
        }
        let id = string(operation.value, "operationId").unwrap_or_default();
        let name = query_name(operation.value);
        match queries.iter_mut().find(|(known, _, _)| *known == name) {
            Some((_, ids, _)) => ids.push(id),
            None => queries.push((name, vec![id], fields)),
        }
    }
    Ok(queries
        .into_iter()
        .map(|(name, ids, fields)| query(name, &ids, fields))
        .collect())
}

/// The name of the query type of an operation.
pub(crate) fn query_name(operation: &Value) -> String {
    let id = string(operation, "operationId").unwrap_or_default();
    string(operation, "x-query-name")
        .map_or_else(|| format!("{}Query", type_name(id)), str::to_owned)
}

fn query(name: String, ids: &[&str], fields: Vec<Field>) -> TypeModel {
    let quoted: Vec<String> = ids.iter().map(|id| format!("`{id}`")).collect();
    let docs = match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => {
            format!("Query parameters of {} and {last}.", rest.join(", "))
        }
        _ => format!("Query parameters of {}.", quoted.join("")),
    };
    let object = Object {
        direction: Direction::Query,
        fields,
        extra: false,
        personal: false,
    };
    TypeModel {
        name,
        docs,
        kind: Kind::Object(object),
    }
}

fn parameter_field(spec: &Spec, parameter: &Value) -> Result<Field> {
    let none = Value::Null;
    let schema = parameter.get("schema").unwrap_or(&none);
    let found = match (referred(schema), string(schema, "type")) {
        (Some(name), _) => RustType::Named(name.to_owned()),
        (None, Some("integer")) => RustType::Integer,
        (None, Some("number")) => RustType::Float,
        (None, Some("boolean")) => RustType::Bool,
        _ => RustType::String,
    };
    let wire = string(parameter, "name").unwrap_or_default();
    Ok(Field {
        wire: wire.to_owned(),
        name: field_name_of(wire, parameter),
        aliases: Vec::new(),
        docs: docs(parameter),
        found,
        required: flag(parameter, "required") == Some(true),
        tolerance: None,
        personal: false,
        limits: limits(spec, schema).with_context(|| format!("the parameter {wire}"))?,
    })
}

fn path_parameters(spec: &Spec) -> Result<Vec<PathParameter>> {
    let mut found: Vec<PathParameter> = Vec::new();
    for operation in spec.operations() {
        for parameter in &operation.parameters {
            let (Some("path"), Some(wire), Some(schema)) = (
                string(parameter, "in"),
                string(parameter, "name"),
                parameter.get("schema"),
            ) else {
                continue;
            };
            let limits = limits(spec, schema).with_context(|| format!("the parameter {wire}"))?;
            match found.iter().find(|known| known.wire == wire) {
                Some(known) if known.limits != limits => anyhow::bail!(
                    "{}: the path parameter {wire} has different limits in different operations",
                    spec.file()
                ),
                Some(_) => {}
                None if limits == Limits::default() => {}
                None => found.push(PathParameter {
                    wire: wire.to_owned(),
                    limits,
                }),
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unsupported_pattern_is_an_error() {
        let spec = Spec::parse("sample", "specs/sample.yaml", "paths: {}").unwrap();
        for schema in [
            r#"{type: string, x-pattern: "^(a|b)$"}"#,
            r#"{type: array, items: {type: string, x-pattern: "^(a|b)$"}}"#,
        ] {
            let (schema, _) = crate::yaml::read(schema).unwrap();

            let message = limits(&spec, &schema).unwrap_err().to_string();

            assert!(message.contains("^(a|b)$ is not supported"), "{message}");
        }
    }
}

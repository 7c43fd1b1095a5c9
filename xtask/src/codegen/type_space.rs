//! The shapes of the named objects, read by progenitor's type space.
//!
//! The generator sees a copy of the spec without paths, limits, formats and defaults: those would make it
//! generate a client, or types that reject what providers send. What the extensions say about a type
//! (open enum, string type of its own) becomes a replacement here, so that nothing is listed twice.

use std::collections::BTreeMap;

use anyhow::{Context, Result, anyhow, bail};
use progenitor::{GenerationSettings, Generator, TypeImpl};
use serde_json::{Map, Value, json};
use syn::{Fields, GenericArgument, Item, PathArguments, Type};

use crate::spec::{Spec, schema_name};

/// A type of a field, without its `Option`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum RustType {
    String,
    Integer,
    Float,
    Bool,
    /// Any JSON value.
    Json,
    Named(String),
    List(Box<Self>),
    Map(Box<Self>),
    Boxed(Box<Self>),
    Optional(Box<Self>),
}

impl RustType {
    /// The type as generated code writes it.
    pub(crate) fn rust(&self) -> String {
        match self {
            Self::String => "String".to_owned(),
            Self::Integer => "i64".to_owned(),
            Self::Float => "f64".to_owned(),
            Self::Bool => "bool".to_owned(),
            Self::Json => "Value".to_owned(),
            Self::Named(name) => name.clone(),
            Self::List(item) => format!("Vec<{}>", item.rust()),
            Self::Map(value) => format!("BTreeMap<String, {}>", value.rust()),
            Self::Boxed(inner) => format!("Box<{}>", inner.rust()),
            Self::Optional(inner) => format!("Option<{}>", inner.rust()),
        }
    }

    /// The type as the definition of `owner` writes it, with `Self` for the owner.
    pub(crate) fn inside(&self, owner: &str) -> Self {
        let inner = |inner: &Self| Box::new(inner.inside(owner));
        match self {
            Self::Named(name) if name == owner => Self::Named("Self".to_owned()),
            Self::List(item) => Self::List(inner(item)),
            Self::Map(value) => Self::Map(inner(value)),
            Self::Boxed(found) => Self::Boxed(inner(found)),
            Self::Optional(found) => Self::Optional(inner(found)),
            other => other.clone(),
        }
    }
}

/// Types of the properties of each named object, by wire name.
pub(crate) type Shapes = BTreeMap<String, BTreeMap<String, RustType>>;

/// Schema keys that say something about shape; everything else is left out.
const SHAPE: [&str; 8] = [
    "$ref",
    "type",
    "properties",
    "items",
    "additionalProperties",
    "allOf",
    "enum",
    "nullable",
];

/// Asks the type space for the shape of every named object.
///
/// # Errors
/// When the generator refuses the spec or returns something unexpected, with the type's name.
pub(crate) fn shapes(spec: &Spec) -> Result<Shapes> {
    let mut settings = GenerationSettings::default();
    settings.with_map_type("::std::collections::BTreeMap");
    let mut schemas = Map::new();
    for (name, schema) in spec.schemas() {
        let schema = schema.to_json();
        if is_text(&schema) {
            settings.with_replacement(
                name,
                name,
                [TypeImpl::Display, TypeImpl::FromStr].into_iter(),
            );
        }
        schemas.insert(name.to_owned(), schema);
    }
    let plain = schemas
        .iter()
        .map(|(name, schema)| (name.clone(), reduced(schema, &schemas)));
    let document = json!({
        "openapi": "3.0.3",
        "info": {"title": spec.provider(), "version": "0"},
        "paths": {},
        "components": {"schemas": plain.collect::<Map<_, _>>()},
    });

    let document = serde_json::from_value(document)
        .with_context(|| format!("{} is not OpenAPI 3.0", spec.file()))?;
    let mut generator = Generator::new(&settings);
    generator.generate_tokens(&document).map_err(|error| {
        anyhow!(
            "{}: the type generator refuses the spec: {error}",
            spec.file()
        )
    })?;
    let file: syn::File = syn::parse2(generator.get_type_space().to_stream())
        .with_context(|| format!("{}: the generated types are not Rust", spec.file()))?;

    let mut shapes = Shapes::new();
    for item in file.items {
        if let Item::Struct(item) = item
            && let Fields::Named(fields) = item.fields
        {
            let name = item.ident.to_string();
            let shape = fields.named.iter().map(field).collect::<Result<_>>();
            let shape = shape.with_context(|| format!("{}: type {name}", spec.file()))?;
            shapes.insert(name, shape);
        }
    }
    Ok(shapes)
}

/// Returns true if it is an enum or a named string: they become types of our own, and the type space only
/// needs their names.
fn is_text(schema: &Value) -> bool {
    matches!(schema["type"].as_str(), Some("string" | "integer")) || is_open_enum(schema)
}

/// Returns true if the schema is an enum that may grow, the only use of `anyOf`.
fn is_open_enum(schema: &Value) -> bool {
    schema.get("anyOf").is_some()
}

/// The schema with its shape only, lists without a name of their own, and the first shape where there are several.
fn reduced(schema: &Value, all: &Map<String, Value>) -> Value {
    let Some(object) = schema.as_object() else {
        return schema.clone();
    };
    let referred = object
        .get("$ref")
        .and_then(Value::as_str)
        .and_then(schema_name);
    if let Some(target) = referred.and_then(|name| all.get(name))
        && target["type"] == "array"
    {
        return reduced(target, all);
    }
    if let Some([only]) = object
        .get("allOf")
        .and_then(Value::as_array)
        .map(Vec::as_slice)
    {
        return reduced(only, all);
    }
    if let Some(shapes) = object.get("oneOf").and_then(Value::as_array) {
        let first = shapes.iter().find(|shape| shape["enum"] != json!([null]));
        return first.map_or(Value::Null, |first| reduced(first, all));
    }
    if is_open_enum(schema) {
        return json!({"type": "string"});
    }

    let mut plain = Map::new();
    for (key, value) in object
        .iter()
        .filter(|(key, _)| SHAPE.contains(&key.as_str()))
    {
        let value = match key.as_str() {
            "properties" => Value::Object(
                value
                    .as_object()
                    .into_iter()
                    .flatten()
                    .map(|(name, property)| (name.clone(), reduced(property, all)))
                    .collect(),
            ),
            "items" | "additionalProperties" => reduced(value, all),
            "allOf" => value
                .as_array()
                .into_iter()
                .flatten()
                .map(|part| reduced(part, all))
                .collect(),
            _ => value.clone(),
        };
        plain.insert(key.clone(), value);
    }
    // The values are ours to write; a null list is an empty list.
    plain.remove("enum");
    if plain.get("type").is_some_and(|kind| kind == "array") {
        plain.remove("nullable");
    }
    Value::Object(plain)
}

fn field(field: &syn::Field) -> Result<(String, RustType)> {
    let ident = field
        .ident
        .as_ref()
        .map(ToString::to_string)
        .unwrap_or_default();
    let mut wire = ident.clone();
    for attribute in field
        .attrs
        .iter()
        .filter(|attribute| attribute.path().is_ident("serde"))
    {
        attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("rename") {
                wire = meta.value()?.parse::<syn::LitStr>()?.value();
            } else if meta.input.peek(syn::Token![=]) {
                meta.value()?.parse::<syn::Lit>()?;
            }
            Ok(())
        })?;
    }
    let found = rust_type(&field.ty).with_context(|| format!("field {wire}"))?;
    Ok((wire, without_option(found)))
}

fn without_option(found: RustType) -> RustType {
    match found {
        RustType::Optional(inner) => *inner,
        RustType::Boxed(inner) => match *inner {
            RustType::Optional(inner) => RustType::Boxed(inner),
            other => RustType::Boxed(Box::new(other)),
        },
        other => other,
    }
}

fn rust_type(found: &Type) -> Result<RustType> {
    let Type::Path(path) = found else {
        bail!("a type that is not a path");
    };
    let last = path.path.segments.last().context("an empty path")?;
    let mut inner = match &last.arguments {
        PathArguments::AngleBracketed(arguments) => arguments
            .args
            .iter()
            .filter_map(|argument| match argument {
                GenericArgument::Type(inner) => Some(rust_type(inner).map(Box::new)),
                _ => None,
            })
            .collect::<Result<Vec<_>>>()?,
        _ => Vec::new(),
    };
    let mut argument = || inner.pop().context("a generic type without argument");
    Ok(match last.ident.to_string().as_str() {
        "String" => RustType::String,
        "i64" => RustType::Integer,
        "f64" => RustType::Float,
        "bool" => RustType::Bool,
        // An object of unknown content is kept as it is, whatever it turns out to be.
        "Value" | "Map" => RustType::Json,
        "Option" => RustType::Optional(argument()?),
        "Vec" => RustType::List(argument()?),
        "Box" => RustType::Boxed(argument()?),
        "BTreeMap" => match argument()? {
            value if *value == RustType::Json => RustType::Json,
            value => RustType::Map(value),
        },
        "HashMap" => bail!("a map of a type that was not asked for"),
        name => RustType::Named(name.to_owned()),
    })
}

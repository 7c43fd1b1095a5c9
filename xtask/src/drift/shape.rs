//! What a schema allows, with its references followed and its parts joined.

use std::collections::BTreeSet;

use crate::spec::Spec;
use crate::yaml::{Value, entries_of, flag, items_of, scalar, string, strings_of};

/// References and parts within parts: more than this is a schema that only refers to itself.
const DEEPEST: usize = 32;

/// What a schema allows.
#[derive(Clone, Debug, Default)]
pub(super) struct Shape<'a> {
    /// Names of JSON types without null; empty when anything is allowed.
    pub(super) types: BTreeSet<&'a str>,
    /// The type of the first alternative.
    pub(super) main: Option<&'a str>,
    pub(super) nullable: bool,
    pub(super) format: Option<&'a str>,
    /// The values of enums.
    pub(super) values: BTreeSet<String>,
    pub(super) properties: Vec<Property<'a>>,
    /// Names of properties that must be there.
    required: BTreeSet<&'a str>,
    pub(super) items: Option<&'a Value>,
    /// The schema of properties without a name.
    pub(super) others: Option<&'a Value>,
}

/// A property of an object.
#[derive(Clone, Debug)]
pub(super) struct Property<'a> {
    pub(super) name: &'a str,
    pub(super) schema: &'a Value,
    /// Its own provenance or that of its schema; only our descriptions have one.
    pub(super) provenance: Option<&'a str>,
}

impl<'a> Shape<'a> {
    pub(super) fn read(spec: &'a Spec, schema: &'a Value) -> Self {
        Self::at_depth(spec, schema, 0)
    }

    fn at_depth(spec: &'a Spec, schema: &'a Value, depth: usize) -> Self {
        if depth > DEEPEST {
            return Self::default();
        }
        if schema.get("$ref").is_some() {
            let mut shape = Self::at_depth(spec, spec.follow(schema), depth + 1);
            shape.nullable |= flag(schema, "nullable") == Some(true);
            return shape;
        }
        let mut shape = Self::own(schema);
        for part in items_of(schema, "allOf") {
            shape.and(Self::at_depth(spec, part, depth + 1));
        }
        for key in ["oneOf", "anyOf"] {
            let mut alternatives =
                items_of(schema, key).map(|part| Self::at_depth(spec, part, depth + 1));
            if let Some(first) = alternatives.next() {
                let joined = alternatives.fold(first, Self::or);
                shape.and(joined);
            }
        }
        shape
    }

    /// What the schema says itself.
    fn own(schema: &'a Value) -> Self {
        let mut shape = Self {
            nullable: flag(schema, "nullable") == Some(true),
            required: strings_of(schema, "required").collect(),
            format: string(schema, "format"),
            items: schema.get("items"),
            others: schema
                .get("additionalProperties")
                .filter(|others| matches!(others, Value::Mapping(_))),
            ..Self::default()
        };
        // A list of types is OpenAPI 3.1.
        let types = string(schema, "type")
            .into_iter()
            .chain(strings_of(schema, "type"));
        for name in types {
            if name == "null" {
                shape.nullable = true;
            } else {
                shape.main = shape.main.or(Some(name));
                shape.types.insert(name);
            }
        }
        for value in items_of(schema, "enum").chain(schema.get("const")) {
            match scalar(value) {
                Some(value) => drop(shape.values.insert(value)),
                None => shape.nullable |= *value == Value::Null,
            }
        }
        // The way of our descriptions to say "or null" beside other shapes.
        if shape.nullable && shape.values.is_empty() && schema.get("enum").is_some() {
            shape.types.clear();
            shape.main = None;
        }
        let provenance = string(schema, "x-provenance");
        shape.properties = entries_of(schema, "properties")
            .map(|(name, schema)| Property {
                name,
                schema,
                provenance: string(schema, "x-provenance").or(provenance),
            })
            .collect();
        if shape.types.is_empty() && !shape.properties.is_empty() {
            shape.main = Some("object");
            shape.types.insert("object");
        } else if shape.types.is_empty() && shape.items.is_some() {
            shape.main = Some("array");
            shape.types.insert("array");
        }
        shape
    }

    /// Both hold.
    fn and(&mut self, other: Self) {
        if self.types.is_empty() {
            self.types = other.types;
            self.main = other.main;
        }
        self.nullable |= other.nullable;
        self.required.extend(other.required);
        self.join(other.format, other.values, other.items, other.others);
        self.add(other.properties);
    }

    /// One of them holds.
    fn or(mut self, other: Self) -> Self {
        if self.may_be_object() && other.may_be_object() {
            self.required.retain(|name| other.required.contains(name));
        } else {
            self.required.extend(other.required);
        }
        self.main = self.main.or(other.main);
        self.types.extend(other.types);
        self.nullable |= other.nullable;
        self.join(other.format, other.values, other.items, other.others);
        self.add(other.properties);
        self
    }

    fn may_be_object(&self) -> bool {
        self.types.is_empty() || self.types.contains("object")
    }

    fn add(&mut self, properties: Vec<Property<'a>>) {
        for property in properties {
            if self.properties.iter().all(|it| it.name != property.name) {
                self.properties.push(property);
            }
        }
    }

    /// Returns true if an object must have the property.
    pub(super) fn requires(&self, property: &Property<'_>) -> bool {
        self.required.contains(property.name)
    }

    fn join(
        &mut self,
        format: Option<&'a str>,
        values: BTreeSet<String>,
        items: Option<&'a Value>,
        others: Option<&'a Value>,
    ) {
        self.format = self.format.or(format);
        self.values.extend(values);
        self.items = self.items.or(items);
        self.others = self.others.or(others);
    }

    /// The types for a person, `integer or string`.
    pub(super) fn type_text(&self) -> String {
        if self.types.is_empty() {
            return "anything".to_owned();
        }
        let main = self.main.into_iter();
        let further = self
            .types
            .iter()
            .copied()
            .filter(|it| Some(*it) != self.main);
        main.chain(further).collect::<Vec<_>>().join(" or ")
    }
}

//! The constructor and the setters of what callers build.

use std::fmt::Write as _;

use super::fields::{field_type, has_default};
use crate::codegen::model::{Field, Kind, Model, Object, TypeModel};
use crate::codegen::type_space::RustType;

pub(super) fn methods(model: &Model, found: &TypeModel, object: &Object) -> String {
    let mut methods = constructor(model, found, object);
    for field in object.fields.iter().filter(|field| !field.required) {
        methods.push('\n');
        methods.push_str(&setter(model, object, field));
    }
    methods
}

fn constructor(model: &Model, found: &TypeModel, object: &Object) -> String {
    let required: Vec<&Field> = object
        .fields
        .iter()
        .filter(|field| field.required)
        .collect();
    if required.is_empty() {
        return format!(
            "/// Creates an empty value; every field of `{}` is optional.
            #[must_use]
            pub fn new() -> Self {{
                Self::default()
            }}\n",
            found.name
        );
    }
    let parameters: Vec<String> = required
        .iter()
        .map(|field| format!("{}: {}", field.name, argument(model, &field.found)))
        .collect();
    let mut fields: Vec<String> = required
        .iter()
        .map(|field| match conversion(model, &field.found, &field.name) {
            value if value == field.name => value,
            value => format!("{}: {value}", field.name),
        })
        .collect();
    if required.len() < object.fields.len() || object.extra {
        if has_default(model, object) {
            fields.push("..Self::default()".to_owned());
        } else {
            let optional = object.fields.iter().filter(|field| !field.required);
            fields.extend(optional.map(|field| {
                let none = field_type(object.direction, field).starts_with("Option<");
                format!(
                    "{}: {}",
                    field.name,
                    if none { "None" } else { "Default::default()" }
                )
            }));
        }
    }
    format!(
        "/// Creates the value with what the provider requires.
        #[must_use]
        pub fn new({}) -> Self {{
            Self {{ {} }}
        }}\n",
        parameters.join(", "),
        fields.join(", ")
    )
}

fn setter(model: &Model, object: &Object, field: &Field) -> String {
    let Field { name, found, .. } = field;
    let value = conversion(model, found, name);
    let value = if field_type(object.direction, field).starts_with("Option<") {
        format!("Some({value})")
    } else {
        value
    };
    let mut method = String::new();
    let _ = writeln!(
        method,
        "/// Sets [`{name}`](Self::{name}).
        #[must_use]
        pub fn {name}(mut self, {name}: {}) -> Self {{
            self.{name} = {value};
            self
        }}",
        argument(model, found)
    );
    method
}

/// The type of a parameter: the field's own type, or whatever converts into a string.
fn argument(model: &Model, found: &RustType) -> String {
    match found {
        RustType::List(item) => format!("impl IntoIterator<Item = {}>", argument(model, item)),
        RustType::Boxed(inner) => argument(model, inner),
        other if converts(model, other) => format!("impl Into<{}>", other.rust()),
        other => other.rust(),
    }
}

fn conversion(model: &Model, found: &RustType, name: &str) -> String {
    match found {
        RustType::List(item) if converts(model, item) => {
            format!("{name}.into_iter().map(Into::into).collect()")
        }
        RustType::List(_) => format!("{name}.into_iter().collect()"),
        RustType::Boxed(inner) => format!("Box::new({})", conversion(model, inner, name)),
        other if converts(model, other) => format!("{name}.into()"),
        _ => name.to_owned(),
    }
}

/// Returns true if there is anything to convert from: strings, open enums and JSON values.
fn converts(model: &Model, found: &RustType) -> bool {
    match found {
        RustType::String | RustType::Json => true,
        RustType::Named(name) => model
            .find(name)
            .is_some_and(|found| matches!(found.kind, Kind::String(_) | Kind::OpenEnum(_))),
        _ => false,
    }
}

//! `validate`: the documented limits of what is sent, checked without a call.

use anyhow::{Context, Result, bail};

use crate::codegen::model::{Direction, Field, Kind, Limits, Model, Object};
use crate::codegen::type_space::RustType;

/// Nesting beyond this is a cycle of types.
const MAX_DEPTH: usize = 8;

/// The method, or nothing for a type without limits.
pub(super) fn method(model: &Model, object: &Object) -> Result<String> {
    let checks = checks(model, object, "self", "", 0)?;
    if checks.is_empty() {
        return Ok(String::new());
    }
    Ok(format!(
        "\n/// Checks the documented limits without a call.
        ///
        /// # Errors
        /// Names the first field outside of its limits, and what is allowed.
        pub fn validate(&self) -> Result<(), Error> {{
            {checks}Ok(())
        }}\n"
    ))
}

fn checks(model: &Model, object: &Object, owner: &str, path: &str, depth: usize) -> Result<String> {
    if depth > MAX_DEPTH {
        bail!("the request types refer to each other in a circle; their limits cannot be checked");
    }
    let mut text = String::new();
    for field in &object.fields {
        let path = if path.is_empty() {
            field.wire.clone()
        } else {
            format!("{path}.{}", field.wire)
        };
        let place = format!("{owner}.{}", field.name);
        text.push_str(&field_checks(
            model,
            object.direction,
            field,
            &place,
            &path,
            depth,
        )?);
    }
    Ok(text)
}

fn field_checks(
    model: &Model,
    direction: Direction,
    field: &Field,
    place: &str,
    path: &str,
    depth: usize,
) -> Result<String> {
    let optional = !field.required;
    match inner(&field.found) {
        RustType::String => {
            let value = if optional {
                format!("{place}.as_deref()")
            } else {
                format!("Some(&{place})")
            };
            Ok(string_checks(&field.limits, &value, path))
        }
        RustType::Integer => {
            let value = if optional {
                place.to_owned()
            } else {
                format!("Some({place})")
            };
            Ok(range_check(&field.limits, &value, path))
        }
        RustType::Named(name) => {
            let target = model
                .find(name)
                .with_context(|| format!("the type {name} is not described"))?;
            match &target.kind {
                Kind::String(_) => {
                    let value = if optional {
                        format!("{place}.as_ref().map({name}::as_str)")
                    } else {
                        format!("Some({place}.as_str())")
                    };
                    Ok(string_checks(&field.limits, &value, path))
                }
                Kind::Object(target) if optional => {
                    let inside = checks(model, target, &field.name, path, depth + 1)?;
                    Ok(around(
                        &inside,
                        &format!("if let Some({}) = &{place}", field.name),
                    ))
                }
                Kind::Object(target) => checks(model, target, place, path, depth + 1),
                _ => Ok(String::new()),
            }
        }
        RustType::List(item) => list_checks(model, direction, field, item, place, path, depth),
        _ => Ok(String::new()),
    }
}

fn list_checks(
    model: &Model,
    direction: Direction,
    field: &Field,
    item: &RustType,
    place: &str,
    path: &str,
    depth: usize,
) -> Result<String> {
    let maybe = !field.required && !direction.is_received();
    let count = match (field.required, maybe) {
        (true, _) => format!("Some({place}.len())"),
        (false, true) => format!("{place}.as_ref().map(Vec::len)"),
        (false, false) => format!("Some({place}.len()).filter(|count| *count > 0)"),
    };
    let mut text = count_check(&field.limits, &count, path);
    let each = field.limits.each.as_deref().cloned().unwrap_or_default();
    let inside = match inner(item) {
        RustType::String => string_checks(&each, "Some(item)", path),
        RustType::Named(name) => match model.find(name).map(|found| &found.kind) {
            Some(Kind::String(_)) => string_checks(&each, "Some(item.as_str())", path),
            Some(Kind::Object(target)) => checks(model, target, "item", path, depth + 1)?,
            _ => String::new(),
        },
        _ => String::new(),
    };
    let items = if maybe {
        format!("{place}.iter().flatten()")
    } else {
        format!("&{place}")
    };
    text.push_str(&around(&inside, &format!("for item in {items}")));
    Ok(text)
}

/// The checks inside a condition or loop; nothing when there are none.
fn around(inside: &str, head: &str) -> String {
    if inside.is_empty() {
        String::new()
    } else {
        format!("{head} {{\n{inside}}}\n")
    }
}

fn inner(found: &RustType) -> &RustType {
    match found {
        RustType::Boxed(inner) => inner,
        other => other,
    }
}

/// Checks of a string; `value` is an `Option<&str>`.
fn string_checks(limits: &Limits, value: &str, path: &str) -> String {
    let mut text = String::new();
    let (mut min, mut max) = limits.length;
    if let Some(pattern) = &limits.pattern {
        min = min.or_else(|| i64::try_from(pattern.min).ok());
        max = max.or_else(|| pattern.max.and_then(|max| i64::try_from(max).ok()));
    }
    if min.is_some_and(|min| min > 0) || max.is_some() {
        let (min, max) = span(min, max, "usize");
        text.push_str(&format!(
            "checks::length({path:?}, {value}, {min}, {max})?;\n"
        ));
    }
    if let Some(pattern) = &limits.pattern {
        text.push_str(&format!(
            "checks::characters({path:?}, {value}, {:?}, |letter| {})?;\n",
            pattern.allowed(),
            pattern.condition("letter")
        ));
    }
    text
}

/// Check of a number of items; `count` is an `Option<usize>`.
fn count_check(limits: &Limits, count: &str, path: &str) -> String {
    let (min, max) = limits.items;
    if min.is_none_or(|min| min == 0) && max.is_none() {
        return String::new();
    }
    let (min, max) = span(min, max, "usize");
    format!("checks::count({path:?}, {count}, {min}, {max})?;\n")
}

fn range_check(limits: &Limits, value: &str, path: &str) -> String {
    let (min, max) = limits.range;
    if min.is_none() && max.is_none() {
        return String::new();
    }
    let min = min.map_or_else(|| "i64::MIN".to_owned(), |min| min.to_string());
    let max = max.map_or_else(|| "i64::MAX".to_owned(), |max| max.to_string());
    format!("checks::range({path:?}, {value}, {min}, {max})?;\n")
}

fn span(min: Option<i64>, max: Option<i64>, number: &str) -> (String, String) {
    (
        min.unwrap_or(0).to_string(),
        max.map_or_else(|| format!("{number}::MAX"), |max| max.to_string()),
    )
}

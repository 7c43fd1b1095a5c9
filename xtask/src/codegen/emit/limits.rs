//! Constants for the documented limits of what has no type of its own.

use std::fmt::Write as _;

use heck::ToShoutySnakeCase;

use super::comment;
use crate::codegen::model::{PathParameter, TypeModel};

/// The documented number of items of a bare list.
pub(super) fn list_constant(
    found: &TypeModel,
    items: (Option<i64>, Option<i64>),
    body: &mut String,
) {
    let docs = format!("How many items [`{}`] may hold.", found.name);
    constant(
        &docs,
        &format!("{}_ITEMS", found.name.to_shouty_snake_case()),
        items,
        body,
    );
}

/// The documented length of a path parameter.
pub(super) fn path_constant(parameter: &PathParameter, body: &mut String) {
    let docs = format!(
        "How many characters the path parameter `{}` may have.",
        parameter.wire
    );
    let name = format!("{}_LENGTH", parameter.wire.to_shouty_snake_case());
    constant(&docs, &name, parameter.limits.length, body);
}

fn constant(docs: &str, name: &str, (min, max): (Option<i64>, Option<i64>), body: &mut String) {
    let Some(max) = max else {
        return;
    };
    let min = min.unwrap_or(0);
    body.push('\n');
    body.push_str(&comment(docs, 0));
    let _ = writeln!(
        body,
        "pub const {name}: RangeInclusive<usize> = {min}..={max};"
    );
}

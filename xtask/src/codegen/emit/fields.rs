//! The type of a field, and whether it has a default.

use crate::codegen::model::{Direction, Field, Kind, Model, Object};
use crate::codegen::type_space::RustType;

/// The type of a field with its `Option`.
pub(super) fn field_type(direction: Direction, field: &Field) -> String {
    let rust = field.found.rust();
    if field.required || direction.is_received() && is_collection(&field.found) {
        rust
    } else {
        format!("Option<{rust}>")
    }
}

/// Returns true if it is a collection. Those of responses are empty when absent; in requests absent and empty
/// differ.
fn is_collection(found: &RustType) -> bool {
    matches!(found, RustType::List(_) | RustType::Map(_))
}

/// Returns true if every field has a default; a required enum has none.
pub(super) fn has_default(model: &Model, object: &Object) -> bool {
    object
        .fields
        .iter()
        .filter(|field| field.required)
        .all(|field| {
            let RustType::Named(name) = &field.found else {
                return true;
            };
            match model.find(name).map(|found| &found.kind) {
                Some(Kind::OpenEnum(_) | Kind::ClosedEnum(_) | Kind::NumberEnum(_)) => false,
                Some(Kind::Object(object)) => has_default(model, object),
                _ => true,
            }
        })
}

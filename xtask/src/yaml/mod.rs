//! YAML: the value, how it is read, and short ways to its parts.

mod access;
mod read;
mod value;

pub(crate) use access::{entries, entries_of, flag, items_of, scalar, string, strings_of, whole};
pub(crate) use read::{Scalar, read, resolved};
pub use value::Value;

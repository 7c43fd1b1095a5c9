//! The text of a crate, for what no type can check.

use std::fs;
use std::path::Path;

/// A file, by its path from the folder of a crate: `env!("CARGO_MANIFEST_DIR")`.
#[must_use]
#[track_caller]
pub fn read(package: &str, path: &str) -> String {
    let path = Path::new(package).join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// What follows the head of an async method, up to the next public item.
#[must_use]
#[track_caller]
pub fn method<'a>(text: &'a str, name: &str) -> &'a str {
    let (_, body) = text
        .split_once(&format!("pub async fn {name}("))
        .unwrap_or_else(|| panic!("no method {name}"));
    body.split("\n    pub ").next().unwrap()
}

/// How often an operation is named: the `FIND_SHIPMENT` in `operations::FIND_SHIPMENT`.
#[must_use]
pub fn uses(text: &str, constant: &str) -> usize {
    text.split("operations::")
        .skip(1)
        .filter(|rest| {
            let end = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_');
            &rest[..end.unwrap_or(rest.len())] == constant
        })
        .count()
}

//! The text of a crate, for what no type can check.

use std::fs;
use std::path::Path;

/// A file, by its path from the folder of a crate: `env!("CARGO_MANIFEST_DIR")`.
#[must_use]
#[track_caller]
pub fn read(package: impl AsRef<Path>, path: &str) -> String {
    let path = package.as_ref().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The source of a crate without what is generated: all files below `src`, in one string.
#[must_use]
#[track_caller]
pub fn read_all(package: impl AsRef<Path>) -> String {
    fn add(folder: &Path, all: &mut String) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.ends_with("generated") {
                add(&path, all);
            } else if path.extension().is_some_and(|it| it == "rs") {
                all.push_str(&fs::read_to_string(&path).unwrap());
            }
        }
    }
    let mut all = String::new();
    add(&package.as_ref().join("src"), &mut all);
    all
}

/// The method of an operation: `get-trackerId` becomes `get_tracker_id`.
#[must_use]
pub fn method_name(operation: &str) -> String {
    let mut name = String::new();
    for letter in operation.chars() {
        if letter.is_ascii_uppercase() {
            name.push('_');
        }
        name.push(if letter == '-' {
            '_'
        } else {
            letter.to_ascii_lowercase()
        });
    }
    name
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

/// How often an operation is named outside of comments: the `FIND_SHIPMENT` in `operations::FIND_SHIPMENT`.
#[must_use]
pub fn uses(text: &str, constant: &str) -> usize {
    let code = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    code.flat_map(|line| line.split("operations::").skip(1))
        .filter(|rest| {
            let end = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_');
            &rest[..end.unwrap_or(rest.len())] == constant
        })
        .count()
}

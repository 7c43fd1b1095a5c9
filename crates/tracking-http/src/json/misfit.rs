//! What a reader expected and what it found, in plain English and without the value.

use serde_json::Error;

use super::budget::TOO_MANY_ELEMENTS;
use super::scanner::{Found, Scanner};
use crate::redact::Redacted;

/// A list where an object is expected.
pub(super) const LIST_AS_OBJECT: &str = "expected an object, found a list";

const MISSING_FIELD: &str = "missing field ";

/// How many bytes of the JSON a reader had consumed when it failed.
pub(super) fn position(json: &[u8], error: &Error) -> usize {
    let mut line_start = 0;
    for _ in 1..error.line() {
        let rest = json.get(line_start..).unwrap_or_default();
        match rest.iter().position(|byte| *byte == b'\n') {
            Some(end) => line_start += end + 1,
            None => break,
        }
    }
    (line_start + error.column()).min(json.len())
}

/// Goes to the value that does not fit. `position` is where the reader failed.
pub(super) fn find(scanner: &mut Scanner<'_>, position: usize, error: &Error) -> Found {
    let text = error.to_string();
    let refused = if text.starts_with("invalid type: map") {
        Some(b'{')
    } else if text.starts_with("invalid type: sequence") {
        Some(b'[')
    } else {
        None
    };
    let found = scanner.find(position, refused);
    // Seen at an element, and said of its list.
    if is_too_long(&text) {
        return scanner.around(&found).unwrap_or(found);
    }
    found
}

/// Says what was expected and what was found. `first_byte` is that of the value that does not fit.
pub(super) fn reason(error: &Error, first_byte: Option<u8>) -> String {
    let text = without_place(error);
    if is_too_long(&text) && first_byte == Some(b'[') {
        return "expected a list of fewer elements".to_owned();
    }
    if text.starts_with("invalid unicode code point") {
        return "expected a string, found one that is not UTF-8".to_owned();
    }
    if !error.is_data() {
        return Redacted(&text).to_string();
    }
    if let Some(field) = text.strip_prefix(MISSING_FIELD) {
        return format!("the field {field} is missing");
    }
    if text.starts_with(TOO_MANY_ELEMENTS) {
        return text;
    }
    let Some((found, expected)) = text.rsplit_once(", expected ") else {
        return Redacted(&text).to_string();
    };
    let other = if found.starts_with("invalid value") {
        "another"
    } else {
        "a"
    };
    let found = match first_byte {
        Some(b'{') if other == "a" => "an object".to_owned(),
        Some(b'n') => "null".to_owned(),
        Some(byte) => format!("{other} {}", kind(byte)),
        None => return format!("expected {}", plain(expected)),
    };
    format!("expected {}, found {found}", plain(expected))
}

/// Returns true if a list is longer than its type. One of a fixed length, such as a struct that is read by
/// position, ends where it has to.
fn is_too_long(text: &str) -> bool {
    text.starts_with("trailing c")
}

/// Returns true if an object was read to its end, and lacks a field.
pub(super) fn is_missing_field(error: &Error) -> bool {
    error.to_string().starts_with(MISSING_FIELD)
}

/// The error without its line and column.
fn without_place(error: &Error) -> String {
    let text = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    text.strip_suffix(&place).unwrap_or(&text).to_owned()
}

fn kind(first_byte: u8) -> &'static str {
    match first_byte {
        b'{' => "object",
        b'[' => "list",
        b'"' => "string",
        b't' | b'f' => "boolean",
        _ => "number",
    }
}

/// What types call themselves, in the terms of JSON.
fn plain(expected: &str) -> &str {
    match expected {
        "a map" | "map" => "an object",
        "a sequence" | "sequence" | "an array" => "a list",
        "a borrowed string" | "string" | "str" => "a string",
        "bool" => "a boolean",
        "f32" | "f64" => "a number",
        "i8" | "i16" | "i32" | "i64" | "i128" | "isize" => "an integer",
        "u8" | "u16" | "u32" | "u64" | "u128" | "usize" => "an integer that is not negative",
        "unit" => "null",
        _ if expected.starts_with("struct ") => "an object",
        _ if expected.starts_with("enum ") => "one of the documented values",
        _ if expected.starts_with("tuple ") => "a list",
        _ => expected,
    }
}

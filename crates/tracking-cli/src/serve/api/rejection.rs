//! What is wrong with a query or a body, in the words of the API and not of the parsers.

use axum::extract::rejection::{JsonRejection, QueryRejection};
use axum::http::StatusCode;

use super::LONGEST_PAGE;
use super::problem::Problem;

impl From<QueryRejection> for Problem {
    fn from(rejection: QueryRejection) -> Self {
        Self::new(rejection.status(), of_query(cause(&rejection.body_text())))
    }
}

impl From<JsonRejection> for Problem {
    fn from(rejection: JsonRejection) -> Self {
        let detail = match &rejection {
            JsonRejection::MissingJsonContentType(_) => {
                "the body must be JSON, with the header content-type: application/json".to_owned()
            }
            JsonRejection::JsonSyntaxError(error) => of_syntax(cause(&error.body_text())),
            JsonRejection::JsonDataError(error) => of_field(cause(&error.body_text())),
            _ if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                "the body is too large".to_owned()
            }
            _ => "the body cannot be read".to_owned(),
        };
        Self::new(rejection.status(), detail)
    }
}

/// What the parser says, without axum's introduction: the name of the value, and the reason.
fn cause(text: &str) -> &str {
    text.split_once(": ").map_or(text, |(_, cause)| cause)
}

fn of_query(cause: &str) -> String {
    if let Some(detail) = of_name(cause, "parameter") {
        return detail;
    }
    let (name, reason) = cause.split_once(": ").unwrap_or(("the query", cause));
    match name {
        "limit" => format!("limit must be 1 to {LONGEST_PAGE}"),
        "before" => "before must be the id of a parcel, which is a number".to_owned(),
        "after" => "after must be the number of a change, 0 or more".to_owned(),
        "attention" => "attention must be true or false".to_owned(),
        _ => format!("{name} cannot be read: {reason}"),
    }
}

/// JSON that ends too early or is broken, with its place.
fn of_syntax(cause: &str) -> String {
    let (reason, place) = placed(cause);
    let reason = if reason.contains("EOF") {
        "it ends too early"
    } else {
        "it is broken"
    };
    format!("the body is not JSON: {reason}{place}")
}

/// JSON with a value that the API does not take.
fn of_field(cause: &str) -> String {
    let (reason, place) = placed(cause);
    if let Some(detail) = of_name(reason, "field") {
        return format!("{detail}{place}");
    }
    let name = match reason
        .split_once(": invalid")
        .or_else(|| reason.split_once(": unknown"))
    {
        Some((name, _)) if name != "." => name,
        _ => "the body",
    };
    let expected = reason
        .rsplit_once("expected ")
        .map(|(_, expected)| expected);
    let expected = match expected {
        Some("a sequence") => "a list",
        Some(expected) if expected.starts_with("struct ") => "a JSON object",
        Some(expected) => expected,
        None => return format!("{name} cannot be read{place}"),
    };
    format!("{name} must be {}{place}", plain(expected))
}

/// What is wrong if a name is unknown, missing or there twice.
fn of_name(reason: &str, noun: &str) -> Option<String> {
    let (_, rest) = reason.split_once("field `")?;
    let (name, rest) = rest.split_once('`')?;
    Some(if reason.contains("missing field") {
        format!("the {noun} {name} is missing")
    } else if reason.contains("duplicate field") {
        format!("the {noun} {name} is there twice")
    } else {
        let known = rest.rsplit_once("expected ").map_or("", |(_, known)| known);
        let known = plain(known.strip_prefix("one of ").unwrap_or(known));
        format!("there is no {noun} {name}; there are: {known}")
    })
}

/// The reason, and the place in the body as ` (line 1, column 7)`, or nothing.
fn placed(cause: &str) -> (&str, String) {
    let found = cause.rsplit_once(" at line ").and_then(|(reason, place)| {
        let (line, column) = place.split_once(" column ")?;
        Some((reason, format!(" (line {line}, column {column})")))
    });
    found.unwrap_or((cause, String::new()))
}

fn plain(names: &str) -> String {
    names.replace('`', "")
}

//! From bytes to types, with the place named when it fails.

use std::fmt::{self, Write as _};

use serde::de::DeserializeOwned;

use crate::error::Error;
use crate::redact::Redacted;

/// Reads a JSON body, whatever media type it was announced as.
///
/// # Errors
///
/// A decode error with the JSON path of the first place that does not fit. Its text says what was
/// expected there, not what was found, since that may be personal data.
pub fn decode<T: DeserializeOwned>(body: &[u8]) -> Result<T, Error> {
    serde_json::from_slice(body).map_err(|first| explain::<T>(body, &first))
}

/// The second, slow reading, only to learn the path.
#[cold]
fn explain<T: DeserializeOwned>(body: &[u8], first: &serde_json::Error) -> Error {
    if body.iter().all(u8::is_ascii_whitespace) {
        return Error::decode("", "the answer is empty where JSON was expected");
    }
    if body.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'<') {
        return Error::decode("", "the answer is HTML or XML where JSON was expected");
    }
    let path = path_of::<T>(body).map(|path| path.to_string());
    Error::decode(path.unwrap_or_default(), message(first))
}

/// The place where a reading fails.
#[cold]
pub(crate) fn path_of<T: DeserializeOwned>(body: &[u8]) -> Option<serde_path_to_error::Path> {
    read_slowly::<T>(body, &mut |_| ()).err()
}

/// Reads a body and watches: `ignored` hears of every field that `T` does not read, and a failure
/// is the path of its place.
///
/// One reader for both, because every reader is compiled once more for every type.
#[cold]
pub(crate) fn read_slowly<T: DeserializeOwned>(
    body: &[u8],
    ignored: &mut dyn FnMut(serde_ignored::Path<'_>),
) -> Result<(), serde_path_to_error::Path> {
    let mut reader = serde_json::Deserializer::from_slice(body);
    let mut track = serde_path_to_error::Track::new();
    let tracked = serde_path_to_error::Deserializer::new(&mut reader, &mut track);
    match serde_ignored::deserialize::<_, _, T>(tracked, ignored) {
        Ok(_) => Ok(()),
        Err(_) => Err(track.path()),
    }
}

fn message(error: &serde_json::Error) -> String {
    reason(error) + &place(error)
}

fn place(error: &serde_json::Error) -> String {
    format!(" at line {} column {}", error.line(), error.column())
}

/// What was expected, without line and column and without what was found.
pub(crate) fn reason(error: &serde_json::Error) -> String {
    let full = error.to_string();
    let reason = full.strip_suffix(&place(error)).unwrap_or(&full);
    let mut text = String::from("the JSON does not fit: ");
    let written = match reason.rsplit_once(", expected ") {
        Some((_, expected)) if error.is_data() => write!(text, "expected {expected}"),
        _ if reason.starts_with("missing field") => write!(text, "{reason}"),
        _ => write!(text, "{}", Redacted(reason)),
    };
    debug_assert_eq!(written, Ok::<(), fmt::Error>(()));
    text
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::decode;

    #[derive(Debug, Deserialize)]
    struct Answer {
        #[allow(dead_code)]
        data: Vec<Item>,
    }

    #[derive(Debug, Deserialize)]
    struct Item {
        #[allow(dead_code)]
        count: u32,
    }

    #[test]
    fn path_and_expectation_are_named_without_the_value() {
        let body = br#"{"data":[{"count":1},{"count":"Jane Doe"}]}"#;

        let error = decode::<Answer>(body).unwrap_err();

        assert_eq!(error.path(), Some("data[1].count"));
        assert!(
            error.to_string().contains("expected u32 at line 1"),
            "{error}"
        );
        assert!(!format!("{error} {error:?}").contains("Jane"), "{error:?}");
    }

    #[test]
    fn missing_fields_are_named() {
        let error = decode::<Answer>(br#"{"data":[{}]}"#).unwrap_err();

        assert_eq!(error.path(), Some("data[0]"));
        assert!(
            error.to_string().contains("missing field `count`"),
            "{error}"
        );
    }

    #[test]
    fn bodies_that_are_not_json_say_so() {
        for (body, part) in [
            (&b""[..], "is empty"),
            (b" \r\n", "is empty"),
            (b"<html>", "is HTML"),
            (b"Too many requests", "expected value"),
            (br#"{"data":[{"count":1}"#, "EOF while parsing"),
        ] {
            let error = decode::<Answer>(body).unwrap_err();

            assert!(error.is_decode());
            assert!(error.to_string().contains(part), "{error}");
        }
    }
}

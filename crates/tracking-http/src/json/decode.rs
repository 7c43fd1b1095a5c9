//! From bytes to types, with the place named when it fails.

use serde::de::{DeserializeOwned, IgnoredAny};

use super::budget::bounded;
use super::known_keys::check_object;
use super::misfit;
use super::scanner::Scanner;
use super::slow_reader::read_slowly;
use crate::error::Error;

/// Reads a JSON body, whatever media type it was announced as. A byte order mark before it is skipped.
///
/// A list is no object, although derived readers take one by position.
///
/// # Errors
///
/// A decode error with the JSON path of the first place that does not fit. Its message says what was
/// expected there and which kind of value was found, not the value, since that may be personal data.
pub fn decode<T: DeserializeOwned>(body: &[u8]) -> Result<T, Error> {
    let json = without_bom(body);
    // Checking all of it at once spares the reader a look at each string of its own.
    let read = || match str::from_utf8(json) {
        Ok(text) => serde_json::from_str(text),
        Err(_) => read_slowly(json),
    };
    check_object::<T>(json)
        .and_then(|()| bounded(json.len(), read))
        .map_err(|error| unreadable(json, &error))
}

/// Leaves out a UTF-8 byte order mark, which some servers write before JSON although RFC 8259 forbids it.
#[must_use]
pub fn without_bom(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body)
}

/// Where HTML comes from, which no API of the five sends.
pub(crate) const NOT_THE_API: &str = "it comes from something in front of the API, such as a proxy or a \
                                      firewall, or from another address than that of the API";

/// The error for JSON that does not fit.
#[cold]
pub(super) fn unreadable(json: &[u8], error: &serde_json::Error) -> Error {
    if json.iter().all(u8::is_ascii_whitespace) {
        return Error::decode("", "the response is empty where JSON was expected").cut();
    }
    if json.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'<') {
        let message = format!("the response is HTML or XML where JSON was expected: {NOT_THE_API}");
        return Error::decode("", message);
    }
    let mut scanner = Scanner::new(json);
    let found = misfit::find(&mut scanner, misfit::position(json, error), error);
    let reason = misfit::reason(error, scanner.first_byte(&found));
    let (line, column) = (error.line(), error.column());
    let decode = Error::decode(
        scanner.path(found.depth),
        format!("the JSON does not fit: {reason} at line {line} column {column}"),
    );
    // What does not fit may come before the place at which the JSON breaks off.
    let all: Result<IgnoredAny, _> = serde_json::from_slice(json);
    if all.is_err_and(|error| error.is_eof()) {
        return decode.cut();
    }
    decode
}
#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::decode;

    #[derive(Debug, Deserialize)]
    struct Response {
        #[allow(dead_code)]
        data: Vec<Item>,
    }

    #[derive(Debug, Deserialize)]
    struct Item {
        #[allow(dead_code)]
        count: u32,
    }

    #[test]
    fn path_and_kinds_are_named_without_the_value() {
        let body = br#"{"data":[{"count":1},{"count":"Jane Doe"}]}"#;

        let error = decode::<Response>(body).unwrap_err();

        assert_eq!(error.path(), Some("data[1].count"));
        assert!(
            error
                .to_string()
                .contains("expected an integer that is not negative, found a string at line 1"),
            "{error}"
        );
        assert!(!format!("{error} {error:?}").contains("Jane"), "{error:?}");
    }

    #[test]
    fn missing_field_is_named() {
        let error = decode::<Response>(br#"{"data":[{}]}"#).unwrap_err();

        assert_eq!(error.path(), Some("data[0]"));
        assert!(
            error.to_string().contains("the field `count` is missing"),
            "{error}"
        );
    }

    #[test]
    fn list_is_no_object() {
        for body in [&b"[[]]"[..], b" []", b"\xef\xbb\xbf\n[[{}],1]"] {
            let error = decode::<Response>(body).unwrap_err();

            let message = "expected an object, found a list at line";
            assert!(error.to_string().contains(message), "{error}");
        }
        assert!(decode::<Vec<u8>>(b"[1]").is_ok());
    }

    #[test]
    fn body_that_is_no_json_is_named_as_such() {
        for (body, part) in [
            (&b""[..], "is empty"),
            (b" \r\n", "is empty"),
            (b"<html>", "is HTML"),
            (b"Too many requests", "expected value"),
            (br#"{"data":[{"count":1}"#, "EOF while parsing"),
        ] {
            let error = decode::<Response>(body).unwrap_err();

            assert!(error.is_decode());
            assert!(error.to_string().contains(part), "{error}");
        }
    }
}

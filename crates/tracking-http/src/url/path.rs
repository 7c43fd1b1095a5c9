//! Puts a value into one segment of a URL path, so that it can never become anything else.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::checks;
use crate::error::Error;

/// Everything except the characters that RFC 3986 calls unreserved.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Appends the percent-encoded value to a URL.
///
/// # Errors
///
/// What [`checks::segment`] says of the value.
pub(crate) fn push_segment(url: &mut String, name: &str, value: &str) -> Result<(), Error> {
    checks::segment(name, value)?;
    url.extend(utf8_percent_encode(value, SEGMENT));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::push_segment;

    #[test]
    fn separators_are_encoded() {
        for (value, encoded) in [
            ("RR123456785CN", "RR123456785CN"),
            ("a/b", "a%2Fb"),
            ("a?b#c", "a%3Fb%23c"),
            ("../x", "..%2Fx"),
            ("%2e%2e", "%252e%252e"),
            ("a b+c&d=e", "a%20b%2Bc%26d%3De"),
            ("a\\b", "a%5Cb"),
            ("größe", "gr%C3%B6%C3%9Fe"),
            ("-._~", "-._~"),
        ] {
            let mut url = String::from("/");

            push_segment(&mut url, "id", value).unwrap();

            assert_eq!(url, format!("/{encoded}"));
        }
    }

    #[test]
    fn impossible_values_are_refused_by_parameter_name() {
        let long = "x".repeat(1025);
        for value in ["", " ", "\t", ".", "..", "a\nb", "a\0b", &long] {
            let mut url = String::new();

            let error = push_segment(&mut url, "trackerId", value).unwrap_err();

            assert!(error.to_string().contains("`trackerId`"), "{error}");
            assert!(url.is_empty());
        }
    }
}

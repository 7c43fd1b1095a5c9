//! What can be searched for as a tracking number.

use tracking_http::{Error, checks};

use crate::error::NAME;

/// The longest number in bytes. Assumed: exporto states no limit, and no carrier has longer ones.
const MAX_LENGTH: usize = 100;

/// Checks a tracking number without a call, for forms and imports; [`Provider::track`] checks it by
/// itself.
///
/// exporto passes on the numbers of many carriers and documents no form, so only what can be no number
/// is refused: an empty string, white space at its ends, control characters, more than 100 bytes, what
/// reads as a path, such as `../admin`, and what a spreadsheet made of a number (`9.40011E+21`).
///
/// # Errors
///
/// [`InvalidRequest`](crate::ErrorKind::InvalidRequest), with what is wrong in
/// [`message`](Error::message).
///
/// [`Provider::track`]: tracking_core::Provider::track
pub fn check_tracking_number(number: &str) -> Result<(), Error> {
    check(number).map_err(|error| error.with_provider(NAME))
}

fn check(number: &str) -> Result<(), Error> {
    const FIELD: &str = "trackingNumber";
    let refused = |reason: &str| Err(Error::invalid_request(FIELD, reason));
    checks::non_blank(FIELD, Some(number))?;
    if number.trim() != number {
        return refused("must not begin or end with white space");
    }
    if number.chars().any(char::is_control) {
        return refused("must not hold control characters");
    }
    if number.len() > MAX_LENGTH {
        let length = number.len();
        return refused(&format!("has {length} bytes; allowed: 1 to {MAX_LENGTH}"));
    }
    checks::as_written(FIELD, number)?;
    checks::no_path(FIELD, number)
}

#[cfg(test)]
mod tests {
    use super::check_tracking_number;

    #[test]
    fn numbers_of_any_carrier_pass() {
        for number in [
            "1",
            "OUT-5530",
            "JJD 0099 12",
            "a/b+c",
            "größe",
            &"7".repeat(100),
        ] {
            assert!(check_tracking_number(number).is_ok(), "{number}");
        }
    }

    #[test]
    fn invalid_number_is_refused_with_reason() {
        let cases = [
            ("", "must not be empty"),
            (" \t", "must not be empty"),
            (" OUT-1", "begin or end"),
            ("OUT\u{0}1", "control characters"),
            (&"7".repeat(101), "has 101 bytes"),
            ("..", "is a path"),
            ("../admin", "is a path"),
        ];

        for (number, fault) in cases {
            let error = check_tracking_number(number).unwrap_err();

            assert_eq!(error.parameter(), Some("trackingNumber"));
            assert!(error.to_string().contains(fault), "{number:?}: {error}");
        }
    }
}

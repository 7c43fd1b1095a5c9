//! What is sent as a tracking number and as a carrier code.

use tracking_http::{Error, checks};

use crate::error::NAME;

/// No provider documents a longer one; a longer string is a mistake.
const MAX_LENGTH: usize = 200;

/// Checks a tracking number without a call, for forms and imports; every method that takes a number
/// checks it by itself.
///
/// TrackingMore documents no rule. So only what cannot be a number is refused: an empty string,
/// white space around it, control characters, more than 200 characters, what reads as a path, such as
/// `../admin`, and what a spreadsheet made of a number (`9.40011E+21`). The official SDK for PHP is
/// stricter (letters, digits, `-` and `_`, five or more).
///
/// # Errors
///
/// [`InvalidRequest`](crate::ErrorKind::InvalidRequest), with what is wrong in
/// [`message`](Error::message).
pub fn check_tracking_number(number: &str) -> Result<(), Error> {
    check("tracking_number", number).map_err(|error| error.with_provider(NAME))
}

/// The pair that names a tracking of the account.
pub(crate) fn check_key(carrier_code: &str, tracking_number: &str) -> Result<(), Error> {
    check("carrier_code", carrier_code)?;
    check("tracking_number", tracking_number)
}

/// Checks a string that names something and may become a part of a path.
pub(crate) fn check(field: &str, value: &str) -> Result<(), Error> {
    let length = value.chars().count();
    let fault = if value.trim().is_empty() {
        "is empty".to_owned()
    } else if let Some(letter) = value.chars().find(|letter| letter.is_control()) {
        format!("holds the control character {letter:?}")
    } else if value.trim() != value {
        "begins or ends with white space".to_owned()
    } else if length > MAX_LENGTH {
        format!("has {length} characters; allowed: up to {MAX_LENGTH}")
    } else {
        return checks::as_written(field, value).and_then(|()| checks::no_path(field, value));
    };
    Err(Error::invalid_request(field, fault))
}

#[cfg(test)]
mod tests {
    use super::{check_key, check_tracking_number};

    #[test]
    fn numbers_of_every_kind_pass() {
        for number in ["1", "RR050349575PH", "a/b.c-d_e", "AB 123", "номер-12"] {
            assert!(check_tracking_number(number).is_ok(), "{number}");
        }
    }

    #[test]
    fn invalid_number_is_refused_with_reason() {
        let cases = [
            ("", "is empty"),
            (" \u{a0}", "is empty"),
            (" A1", "white space"),
            ("A1 ", "white space"),
            ("AB\n12", r"control character '\n'"),
            ("../../admin", "is a path"),
            (".", "is a path"),
            (&"7".repeat(201), "has 201 characters"),
        ];

        for (number, fault) in cases {
            let error = check_tracking_number(number).unwrap_err().to_string();

            assert!(
                error.contains("tracking_number") && error.contains(fault),
                "{number}: {error}"
            );
        }
    }

    #[test]
    fn empty_carrier_is_named() {
        let error = check_key("", "RR050349575PH").unwrap_err();

        assert_eq!(error.parameter(), Some("carrier_code"));
    }
}

//! What can be a tracking number.

use tracking_http::{Error, checks};

use crate::error::NAME;
use crate::operations::TRACKING_NUMBER_LENGTH;

/// Checks a tracking number without a call, for forms and imports; every method that takes a number
/// checks it by itself.
///
/// Assumed, because GCL publishes no rule: 1 to 100 characters, not empty, without control
/// characters. `.`, `..` and numbers such as `../admin` are refused, because they read as a path, and so
/// is what a spreadsheet made of a number (`9.40011E+21`).
///
/// # Errors
///
/// [`InvalidRequest`](crate::ErrorKind::InvalidRequest), with what is wrong in
/// [`message`](Error::message).
pub fn check_tracking_number(number: &str) -> Result<(), Error> {
    check(number).map_err(|error| error.with_provider(NAME))
}

fn check(number: &str) -> Result<(), Error> {
    const FIELD: &str = "trackingNumber";
    let (min, max) = (
        *TRACKING_NUMBER_LENGTH.start(),
        *TRACKING_NUMBER_LENGTH.end(),
    );
    checks::length(FIELD, Some(number), min, max)?;
    if number.trim().is_empty() {
        return Err(Error::invalid_request(FIELD, "is empty"));
    }
    let allowed = "anything but control characters";
    checks::characters(FIELD, Some(number), allowed, |letter| !letter.is_control())?;
    checks::as_written(FIELD, number)?;
    checks::no_path(FIELD, number)
}

#[cfg(test)]
mod tests {
    use super::check_tracking_number;

    #[test]
    fn carrier_numbers_of_all_forms_pass() {
        for number in [
            "7",
            "QX4471902385",
            "a/b-c_d.1",
            "QX 447 190",
            "пакет-12",
            &"7".repeat(100),
        ] {
            assert!(check_tracking_number(number).is_ok(), "{number}");
        }
    }

    #[test]
    fn other_values_are_refused_with_reason() {
        let cases = [
            ("", "has 0 characters"),
            (" \t", "is empty"),
            (&"7".repeat(101), "has 101 characters"),
            (".", "is a path and no number"),
            ("..", "is a path and no number"),
            ("../admin", "is a path and no number"),
            ("QX/../1", "is a path and no number"),
            ("QX1\n", r"holds the character '\n'"),
            ("QX\u{0}1", r"holds the character '\0'"),
        ];

        for (number, fault) in cases {
            let error = check_tracking_number(number).unwrap_err().to_string();

            assert!(
                error.contains("trackingNumber") && error.contains(fault),
                "{number}: {error}"
            );
        }
    }
}

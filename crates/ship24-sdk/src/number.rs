//! What Ship24 accepts as a tracking number.

use tracking_http::{Error, checks};

use crate::SearchTracking;
use crate::error::NAME;

/// Checks a tracking number without a call, for forms and imports; every method that takes a number
/// checks it by itself.
///
/// Documented: 5 to 50 characters of `a-z`, `A-Z`, `0-9`, `-`, `_`, `/` and `.`. Ship24 also rejects
/// dummy patterns and consecutive digits, by rules that it does not publish; those come back as
/// `validation_error`. A number such as `../admin` is refused here, because it reads as a path, and so is
/// what a spreadsheet made of a number (`940011899.0`).
///
/// # Errors
///
/// [`InvalidRequest`](crate::ErrorKind::InvalidRequest), with what is wrong in
/// [`message`](Error::message).
pub fn check_tracking_number(number: &str) -> Result<(), Error> {
    // What is wrong with the number as a whole says more than its first bad character.
    checks::as_written("trackingNumber", number)
        // The limits of a number in a body are those of a number in a path.
        .and_then(|()| SearchTracking::new(number).validate())
        .and_then(|()| checks::no_path("trackingNumber", number))
        .map_err(|error| error.with_provider(NAME))
}

#[cfg(test)]
mod tests {
    use super::check_tracking_number;

    #[test]
    fn documented_numbers_pass() {
        for number in [
            "ABC12",
            "a/b-c_d.1",
            "SHIP24_SAMPLE_DELIVERED_001",
            &"7A".repeat(25),
        ] {
            assert!(check_tracking_number(number).is_ok(), "{number}");
        }
    }

    #[test]
    fn other_values_are_refused_with_reason() {
        let cases = [
            ("", "has 0 characters"),
            (" \t", "has 2 characters"),
            ("AB12", "has 4 characters"),
            (&"7".repeat(51), "has 51 characters"),
            ("пакет-12", "holds the character 'п'"),
            ("../x", "has 4 characters"),
            ("../../admin", "is a path and no number"),
            ("a/b", "has 3 characters"),
            ("a?b#c", "holds the character '?'"),
            ("AB 123", "holds the character ' '"),
            ("AB123\n", r"holds the character '\n'"),
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

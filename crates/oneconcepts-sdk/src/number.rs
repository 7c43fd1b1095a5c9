//! What can be sent as an order number of your own system.

use tracking_http::{Error, checks};

/// The longest number that is sent. Assumed: the provider names no limit.
const MAX_LENGTH: usize = 255;

/// Checks an order number of your own system without a call, for forms and imports; every method
/// that takes one checks it by itself.
///
/// A number may hold any character but control characters; documented examples have `::`.
/// Assumed: it is at most 255 characters long.
///
/// # Errors
///
/// [`InvalidRequest`](crate::ErrorKind::InvalidRequest) for a number that is empty, longer than 255
/// characters, `.` or `..`, holds a control or an invisible character, or is what a spreadsheet made of a
/// number (`9.40011E+21`).
pub fn check_external_order_number(number: &str) -> Result<(), Error> {
    check("externalOrderNumber", number)
}

/// Checks what is given as a number where providers take numbers: at 1concepts, an order
/// number of your own system.
///
/// 1concepts finds nothing by a courier's tracking number: it has no such filter. So a caller that
/// has one number for all providers hands it to 1concepts as a
/// [reference](tracking_core::TrackRequest::reference), and this is the check for it.
///
/// # Errors
///
/// As [`check_external_order_number`].
pub fn check_tracking_number(number: &str) -> Result<(), Error> {
    check_external_order_number(number)
}

pub(crate) fn check(field: &str, number: &str) -> Result<(), Error> {
    let check = || {
        checks::non_blank(field, Some(number))?;
        checks::as_written(field, number)?;
        checks::no_path(field, number)?;
        if number.chars().any(char::is_control) {
            let reason = "must not hold control characters";
            return Err(Error::invalid_request(field, reason));
        }
        checks::length(field, Some(number), 1, MAX_LENGTH)
    };
    check().map_err(|error| error.with_provider(crate::error::NAME))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documented_numbers_pass() {
        for number in ["SHOP::77", "1", "a/b c", "Auftrag №7", &"7".repeat(255)] {
            assert!(check_external_order_number(number).is_ok(), "{number}");
            assert!(check_tracking_number(number).is_ok(), "{number}");
        }
    }

    #[test]
    fn other_values_are_refused_with_reason() {
        let long = "7".repeat(256);
        for (number, fault) in [
            ("", "must not be empty"),
            (" \t", "must not be empty"),
            (".", "is a path"),
            ("..", "is a path"),
            ("../../admin", "is a path"),
            ("a\0b", "control characters"),
            ("A\r\nX-Injected: 1", "control characters"),
            (&long, "has 256 characters"),
        ] {
            let error = check_external_order_number(number).unwrap_err().to_string();

            assert!(error.contains("externalOrderNumber"), "{error}");
            assert!(error.contains(fault), "{number}: {error}");
        }
    }
}

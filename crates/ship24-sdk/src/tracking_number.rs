//! What Ship24 accepts as a tracking number.

use tracking_http::Error;

use crate::SearchTracking;

/// Checks a number that stands in a path. The documented limits are those of a number in a body:
/// 5 to 50 characters of `a-z`, `A-Z`, `0-9`, `-`, `_`, `/` and `.`.
///
/// Ship24 also rejects dummy patterns and consecutive digits, by rules that it does not publish;
/// those come back as `validation_error`.
pub(crate) fn check_tracking_number(number: &str) -> Result<(), Error> {
    SearchTracking::new(number).validate()
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
    fn anything_else_is_refused_and_the_fault_is_named() {
        let cases = [
            ("", "has 0 characters"),
            (" \t", "has 2 characters"),
            ("AB12", "has 4 characters"),
            (&"7".repeat(51), "has 51 characters"),
            ("пакет-12", "holds the character 'п'"),
            ("../x", "has 4 characters"),
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

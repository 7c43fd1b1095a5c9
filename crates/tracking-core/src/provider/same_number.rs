//! When two spellings are one tracking number.

/// Returns true if two strings are spellings of one tracking number.
///
/// Case, white space, and hyphens between groups do not count, since couriers print numbers in groups
/// and providers return them in one piece and in capitals. Zeros at the begin of a number of digits
/// alone do not count either: a provider that sends it as a JSON number loses them.
///
/// ```
/// use tracking_core::kit::is_same_number;
///
/// assert!(is_same_number("ab 123-456 de", "AB123456DE"));
/// assert!(is_same_number("00340434161094", "340434161094"));
/// assert!(!is_same_number("AB123456DE", "AB123457DE"));
/// ```
#[must_use]
pub fn is_same_number(left: &str, right: &str) -> bool {
    left == right || number_key(left) == number_key(right)
}

/// Returns what all spellings of a tracking number have in common; see [`is_same_number`].
#[must_use]
pub fn number_key(number: &str) -> String {
    let kept = number.chars().filter(|letter| !is_separator(*letter));
    let key: String = kept.flat_map(char::to_uppercase).collect();
    if key.bytes().all(|byte| byte.is_ascii_digit()) {
        return key.trim_start_matches('0').to_owned();
    }
    key
}

/// Returns true if it is white space, a hyphen or a dash.
fn is_separator(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

#[cfg(test)]
mod tests {
    use super::{is_same_number, number_key};

    #[test]
    fn spelling_does_not_count() {
        for (left, right) in [
            ("AB123456789DE", "ab123456789de"),
            (" AB 123\u{a0}456 789 DE\n", "AB123456789DE"),
            ("160-12345675", "16012345675"),
            ("160\u{2013}1234 5675", "160-12345675"),
            ("0034", "34"),
            ("größe-1", "GRÖSSE1"),
        ] {
            assert!(is_same_number(left, right), "{left:?} {right:?}");
        }
    }

    #[test]
    fn everything_else_counts() {
        for (left, right) in [
            ("AB12", "AB1"),
            ("A/B1", "AB1"),
            ("A_B1", "AB1"),
            ("0AB1", "AB1"),
            ("10", "1"),
            ("", "A"),
        ] {
            assert!(!is_same_number(left, right), "{left:?} {right:?}");
        }
        assert_eq!(number_key("ab-1 "), "AB1");
    }
}

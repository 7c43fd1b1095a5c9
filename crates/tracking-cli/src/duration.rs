//! Durations as options have them.

use std::time::Duration;

/// A whole number with its unit.
pub(crate) fn duration(text: &str) -> Result<Duration, String> {
    const EXAMPLE: &str = "give a whole number and its unit, such as 90s, 30m, 2h or 1d";
    let text = text.trim();
    let digits = text.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let seconds = match &text[digits.len()..] {
        "s" => 1,
        "m" => 60,
        "h" => 60 * 60,
        "d" => 24 * 60 * 60,
        _ => return Err(EXAMPLE.to_owned()),
    };
    let count: u64 = digits.parse().map_err(|_| EXAMPLE.to_owned())?;
    let duration = count.checked_mul(seconds).map(Duration::from_secs);
    duration.ok_or_else(|| "it is too long".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn duration_is_number_and_unit() {
        for (text, seconds) in [("90s", 90), ("30m", 1800), (" 2h ", 7200), ("1d", 86_400)] {
            assert_eq!(duration(text), Ok(Duration::from_secs(seconds)), "{text}");
        }
        for text in [
            "",
            "s",
            "90",
            "1.5h",
            "-1s",
            "2 h",
            "99999999999999999999s",
            "1w",
            "1µs",
        ] {
            assert!(duration(text).is_err(), "{text}");
        }
        assert!(duration("18446744073709551615d").is_err());
    }
}

//! Checks of the documented limits of what is sent, before a call.
//!
//! The `validate` methods of the generated request types are made of these. The messages name the
//! field and what is allowed, and repeat no value.

use std::fmt;
use std::ops::RangeInclusive;

use tracking_core::UtcTime;

use crate::error::Error;

/// The longest segment in bytes; no provider documents identifiers above 100 characters.
const MAX_SEGMENT_BYTES: usize = 1024;

/// Checks that a string fits in one segment of a path, percent-encoded. The path of a call checks
/// it by itself; this is for an id that is sent in a body and is part of a path later.
///
/// # Errors
///
/// Kind `InvalidRequest` when the string is empty or white space only, `.` or `..` (which URL parsers
/// resolve), holds control characters, or is longer than 1024 bytes.
pub fn segment(field: &str, value: &str) -> Result<(), Error> {
    let refused = |reason: &str| Err(Error::invalid_request(field, reason));
    if value.trim().is_empty() {
        return refused("must not be empty");
    }
    if value == "." || value == ".." {
        return refused("must not be `.` or `..`");
    }
    if value.len() > MAX_SEGMENT_BYTES {
        return Err(Error::invalid_request(
            field,
            format_args!(
                "has {} bytes, more than the {MAX_SEGMENT_BYTES} allowed",
                value.len()
            ),
        ));
    }
    if value.chars().any(char::is_control) {
        return refused("must not hold control characters");
    }
    Ok(())
}

/// Checks that a string does not read as a path that climbs.
///
/// A number or name may hold slashes. One such as `../admin` would be sent percent-encoded, and a
/// proxy that decodes the path would take the key somewhere else.
///
/// # Errors
///
/// Kind `InvalidRequest` when `.` or `..` is the whole string or between slashes or backslashes.
pub fn no_path(field: &str, value: &str) -> Result<(), Error> {
    let mut parts = value.split(['/', '\\']);
    if parts.any(|part| matches!(part, "." | "..")) {
        let reason = "holds `.` or `..` between slashes, which is a path and no number";
        return Err(Error::invalid_request(field, reason));
    }
    Ok(())
}

/// Checks that a string, if given, is not empty or white space only.
///
/// # Errors
///
/// Kind `InvalidRequest` when the string is empty or white space only.
pub fn non_blank(field: &str, value: Option<&str>) -> Result<(), Error> {
    match value {
        Some(value) if value.trim().is_empty() => {
            Err(Error::invalid_request(field, "must not be empty"))
        }
        _ => Ok(()),
    }
}

/// Reads the instant of a date-time that is sent: RFC 3339 with seconds and an offset or `Z`.
///
/// The reader of responses takes more forms than a server can be trusted to.
///
/// # Errors
///
/// Kind `InvalidRequest` for any other string, also for one without an offset, which the server would
/// read in its own zone.
pub fn instant(field: &str, value: &str) -> Result<UtcTime, Error> {
    const FORM: &[u8] = b"0000-00-00T00:00:00";
    let read = || {
        let (start, rest) = value.as_bytes().split_at_checked(FORM.len())?;
        let is_padded = start.iter().zip(FORM).all(|(byte, form)| match form {
            b'0' => byte.is_ascii_digit(),
            _ => byte == form,
        });
        let has_offset = matches!(rest, [.., b'Z'] | [.., b'+' | b'-', _, _, b':', _, _]);
        if !is_padded || !has_offset || value.contains([' ', ',']) {
            return None;
        }
        // The reader of responses takes the begin of Unix time for no date, which is a good bound.
        value.parse().ok()
    };
    read().ok_or_else(|| {
        let reason = "is no date-time with an offset; write `2026-10-05T08:30:00+02:00` or `…Z`";
        Error::invalid_request(field, reason)
    })
}

/// Checks that a number is as somebody wrote it, and not what a spreadsheet made of it.
///
/// # Errors
///
/// Kind `InvalidRequest` for an invisible character, a formula or quotes (`="9400"`), and what a
/// spreadsheet or a table library makes of long numbers (`9.40011E+21`, `940011899.0`): the digits that
/// it dropped are lost.
pub fn as_written(field: &str, value: &str) -> Result<(), Error> {
    let fault = if let Some(letter) = value.chars().find(|letter| is_invisible(*letter)) {
        let code = u32::from(letter);
        format!("holds the invisible character U+{code:04X}; remove it")
    } else if is_cell(value) {
        "is written as a cell of a spreadsheet; give it without quotes and signs around it"
            .to_owned()
    } else if is_rounded(value) {
        "is what a spreadsheet made of it, and may lack digits; store the column as text and export it \
         again"
            .to_owned()
    } else {
        return Ok(());
    };
    Err(Error::invalid_request(field, fault))
}

/// Returns true if the character has no shape. Such ones come along when text is copied.
const fn is_invisible(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
    )
}

/// Returns true if it is a number in quotes, or has a formula or a sign that makes a cell one of text.
fn is_cell(value: &str) -> bool {
    let marked = value.strip_prefix(['=', '\'']);
    value.contains('"') || marked.is_some_and(|rest| rest.len() >= 6)
}

/// Returns true if it is a number in scientific notation, or one with a point and zeros behind many digits.
fn is_rounded(value: &str) -> bool {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let parts = |text| -> Option<(&str, &str)> { str::split_once(text, ['.', ',']) };
    if let Some((mantissa, exponent)) = value.split_once(['E', 'e']) {
        let has_fraction =
            parts(mantissa).is_some_and(|(whole, rest)| is_digits(whole) && is_digits(rest));
        let positive = exponent.strip_prefix('+');
        return (has_fraction && is_digits(positive.unwrap_or(exponent)))
            || (is_digits(mantissa) && positive.is_some_and(is_digits));
    }
    parts(value).is_some_and(|(whole, zeros)| {
        let is_zeros = !zeros.is_empty() && zeros.bytes().all(|byte| byte == b'0');
        whole.len() >= 6 && is_digits(whole) && is_zeros
    })
}

/// Checks the number of characters of a string, if given.
///
/// # Errors
///
/// Kind `InvalidRequest` when the string is shorter than `min` or longer than `max`.
pub fn length(field: &str, value: Option<&str>, min: usize, max: usize) -> Result<(), Error> {
    within(
        field,
        value.map(|value| value.chars().count()),
        min,
        max,
        usize::MAX,
        " characters",
    )
}

/// Checks every character of a string, if given. `allowed` describes what is allowed.
///
/// # Errors
///
/// Kind `InvalidRequest` for the first character that is not allowed.
pub fn characters(
    field: &str,
    value: Option<&str>,
    allowed: &str,
    is_allowed: fn(char) -> bool,
) -> Result<(), Error> {
    match value.and_then(|value| value.chars().find(|letter| !is_allowed(*letter))) {
        Some(letter) => {
            let reason = format!("holds the character {letter:?}; allowed: {allowed}");
            Err(Error::invalid_request(field, reason))
        }
        None => Ok(()),
    }
}

/// Checks the number of items of a list that is given.
///
/// # Errors
///
/// Kind `InvalidRequest` when there are fewer than `min` or more than `max`.
pub fn count(field: &str, count: Option<usize>, min: usize, max: usize) -> Result<(), Error> {
    within(field, count, min, max, usize::MAX, " items")
}

/// Checks the number of items of a list that is sent as a whole, and each of them; the error names
/// the item by its position, from 0.
///
/// # Errors
///
/// Kind `InvalidRequest` for a wrong number of items; else the first error of `check`, with a field
/// such as `trackers[3].courierCode`.
pub fn each<T>(
    field: &str,
    items: &[T],
    allowed: &RangeInclusive<usize>,
    check: impl Fn(&T) -> Result<(), Error>,
) -> Result<(), Error> {
    count(field, Some(items.len()), *allowed.start(), *allowed.end())?;
    for (index, item) in items.iter().enumerate() {
        check(item).map_err(|error| {
            let place = match error.parameter() {
                Some(inner) => format!("{field}[{index}].{inner}"),
                None => format!("{field}[{index}]"),
            };
            Error::invalid_request(&place, error.message().unwrap_or("is not valid"))
        })?;
    }
    Ok(())
}

/// Checks a number that is given.
///
/// # Errors
///
/// Kind `InvalidRequest` when it is below `min` or above `max`.
pub fn range(field: &str, value: Option<i64>, min: i64, max: i64) -> Result<(), Error> {
    within(field, value, min, max, i64::MAX, "")
}

fn within<T: Copy + fmt::Display + PartialOrd>(
    field: &str,
    value: Option<T>,
    min: T,
    max: T,
    unbounded: T,
    unit: &str,
) -> Result<(), Error> {
    match value {
        Some(value) if value < min || value > max => {
            let verb = if unit.is_empty() { "is" } else { "has" };
            let allowed = if max == unbounded {
                format!("at least {min}")
            } else {
                format!("{min} to {max}")
            };
            Err(Error::invalid_request(
                field,
                format!("{verb} {value}{unit}; allowed: {allowed}"),
            ))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use tracking_core::UtcTime;

    use super::{
        as_written, characters, count, each, instant, length, no_path, non_blank, range, segment,
    };

    #[test]
    fn missing_values_are_not_checked() {
        assert!(length("title", None, 5, 50).is_ok());
        assert!(characters("title", None, "none", |_| false).is_ok());
        assert!(count("numbers", None, 1, 40).is_ok());
        assert!(range("page", None, 1, 9).is_ok());
        assert!(non_blank("title", None).is_ok());
    }

    #[test]
    fn non_blank_refuses_white_space() {
        for value in ["", " ", "\t\u{a0}"] {
            let error = non_blank("title", Some(value)).unwrap_err();

            assert_eq!(error.parameter(), Some("title"), "{value:?}");
        }
        assert!(non_blank("title", Some(" a ")).is_ok());
    }

    #[test]
    fn dot_segments_are_paths_and_other_dots_are_not() {
        for value in [".", "..", "../x", "a/..", "a/../b", r"..\x", r"a\."] {
            let error = no_path("number", value).unwrap_err();

            assert_eq!(error.parameter(), Some("number"), "{value}");
        }
        for value in ["", "a/b", "...", "a..b", "a./b", "7.", "/a/"] {
            assert!(no_path("number", value).is_ok(), "{value}");
        }
    }

    #[test]
    fn numbers_that_a_spreadsheet_changed_are_refused() {
        for (value, fault) in [
            ("9.40011E+21", "may lack digits"),
            ("9,40011E+21", "may lack digits"),
            ("9.4e21", "may lack digits"),
            ("9E+21", "may lack digits"),
            ("940011899.0", "may lack digits"),
            ("940011899,00", "may lack digits"),
            ("=\"9400118990\"", "cell of a spreadsheet"),
            ("\"9400118990\"", "cell of a spreadsheet"),
            ("'9400118990", "cell of a spreadsheet"),
            ("=9400118990", "cell of a spreadsheet"),
            ("9400118990\u{200b}", "invisible character U+200B"),
            ("\u{feff}9400118990", "invisible character U+FEFF"),
            ("9400\u{ad}118990", "invisible character U+00AD"),
        ] {
            let error = as_written("number", value).unwrap_err();

            assert_eq!(error.parameter(), Some("number"));
            assert!(error.to_string().contains(fault), "{value}: {error}");
        }
        for value in [
            "",
            "9400118990",
            "12E345678",
            "1E10",
            "E+1",
            "1Z999AA1",
            "12345.0",
            "940011.8",
            "AB.00",
            "a.bE+1",
            "SHOP::77",
            "größe",
            "4E+",
            "a'b",
            "=",
            "=1",
        ] {
            assert!(as_written("number", value).is_ok(), "{value}");
        }
    }

    #[test]
    fn date_times_with_an_offset_are_read() {
        for (value, instant_in_utc) in [
            ("2026-10-05T08:30:00Z", "2026-10-05T08:30:00Z"),
            ("2026-10-05T08:30:00.250Z", "2026-10-05T08:30:00.250Z"),
            ("2026-10-05T08:30:00+08:00", "2026-10-05T00:30:00Z"),
            ("2026-10-05T08:30:00-03:30", "2026-10-05T12:00:00Z"),
            ("2026-10-05T08:30:00-00:30", "2026-10-05T09:00:00Z"),
            // No time of a parcel, and a bound that leaves nothing out.
            ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z"),
        ] {
            let expected: UtcTime = instant_in_utc.parse().unwrap();

            assert_eq!(instant("since", value).unwrap(), expected, "{value}");
        }
        let now = UtcTime::now();
        assert_eq!(instant("since", &now.to_string()).unwrap(), now);
    }

    #[test]
    fn any_other_date_time_is_refused() {
        for value in [
            "",
            "yesterday",
            "2026-10-05",
            "2026-10-05T08:30:00",
            "2026-10-05 08:30:00Z",
            "2026-10-05 08:30:00+01:00",
            "2026-10-05T08:30Z",
            "2026-10-05T08:30+01:00",
            "2026-10-05T08:30:00+0800",
            "2026-10-05T8:30:00Z",
            "2026-10-05T08:30:00 +02:00",
            "2026-10-05T08:30:00.5 +02:00",
            "2026-10-05T08:30:00 01:00",
            "2026-10-5T08:30:00Z",
            "2026-13-05T08:30:00Z",
            "2026-02-30T08:30:00Z",
            "2026/10/05T08:30:00Z",
            "2026-10-05T08:30:00[Europe/Berlin]",
            "2026-10-05T08:30:00Z ",
        ] {
            let error = instant("since", value).unwrap_err();

            assert_eq!(error.parameter(), Some("since"), "{value}");
        }
    }

    #[test]
    fn segment_is_string_that_no_parser_resolves() {
        let (fits, long) = ("x".repeat(1024), "x".repeat(1025));

        for value in ["RR123456785CN", "a/b", "...", " a ", fits.as_str()] {
            assert!(segment("id", value).is_ok(), "{value}");
        }
        for value in ["", " ", "\t", ".", "..", "a\nb", "a\0b", long.as_str()] {
            let error = segment("id", value).unwrap_err();

            assert_eq!(error.parameter(), Some("id"), "{value:?}");
        }
    }

    #[test]
    fn both_ends_belong_to_the_range() {
        for letters in ["12345", "1234567"] {
            assert!(length("number", Some(letters), 5, 7).is_ok());
        }
        assert!(range("page", Some(1), 1, i64::MAX).is_ok());
    }

    #[test]
    fn item_is_named_by_its_position() {
        let check = |number: &&str| length("number", Some(number), 1, 5);

        let error = each("parcels", &["A1", ""], &(1..=40), check).unwrap_err();

        assert_eq!(error.parameter(), Some("parcels[1].number"));
        assert!(each("parcels", &["A1"], &(1..=40), check).is_ok());
        assert!(each("parcels", &["A1"; 41], &(1..=40), check).is_err());
    }

    #[test]
    fn message_names_field_and_what_is_allowed() {
        let cases = [
            (
                length("number", Some("пак"), 5, 7),
                "`number`: has 3 characters; allowed: 5 to 7",
            ),
            (
                count("items", Some(101), 1, 100),
                "`items`: has 101 items; allowed: 1 to 100",
            ),
            (
                range("page", Some(0), 1, i64::MAX),
                "`page`: is 0; allowed: at least 1",
            ),
            (
                characters("number", Some("a?b"), "a-z", |letter| {
                    letter.is_ascii_lowercase()
                }),
                "`number`: holds the character '?'; allowed: a-z",
            ),
        ];

        for (outcome, message) in cases {
            let error = outcome.unwrap_err().to_string();

            assert!(error.contains(message), "{error}");
        }
    }
}

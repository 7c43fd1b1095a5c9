//! Checks of the documented limits of what is sent, before a call.
//!
//! The `validate` methods of the generated request types are made of these. The messages name the
//! field and what is allowed, and repeat no value.

use std::fmt;
use std::ops::RangeInclusive;

use crate::Error;

/// Checks the number of characters of a text that is given.
///
/// # Errors
///
/// Kind `InvalidRequest` when the text is shorter than `min` or longer than `max`.
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

/// Checks every character of a text that is given. `allowed` says in words what is allowed.
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
    use super::{characters, count, each, length, range};

    #[test]
    fn what_is_not_given_is_not_checked() {
        assert!(length("title", None, 5, 50).is_ok());
        assert!(characters("title", None, "none", |_| false).is_ok());
        assert!(count("numbers", None, 1, 40).is_ok());
        assert!(range("page", None, 1, 9).is_ok());
    }

    #[test]
    fn both_ends_belong_to_the_range() {
        for letters in ["12345", "1234567"] {
            assert!(length("number", Some(letters), 5, 7).is_ok());
        }
        assert!(range("page", Some(1), 1, i64::MAX).is_ok());
    }

    #[test]
    fn an_item_is_named_by_its_position() {
        let check = |number: &&str| length("number", Some(number), 1, 5);

        let error = each("parcels", &["A1", ""], &(1..=40), check).unwrap_err();

        assert_eq!(error.parameter(), Some("parcels[1].number"));
        assert!(each("parcels", &["A1"], &(1..=40), check).is_ok());
        assert!(each("parcels", &["A1"; 41], &(1..=40), check).is_err());
    }

    #[test]
    fn the_message_names_the_field_and_what_is_allowed() {
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

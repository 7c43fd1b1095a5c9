//! `Part`: the small language in which the shapes of numbers are written.

use super::check::CheckRule;
use super::posts;

/// A part of a number. A shape is a list of parts, of which one may vary in length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Exactly these characters.
    Is(&'static str),
    /// One of these strings, which are equally long.
    OneOf(&'static [&'static str]),
    /// One of these characters.
    In(&'static str),
    /// So many digits.
    Digits(usize),
    /// At least and at most so many digits.
    DigitsTo(usize, usize),
    /// So many capitals.
    Letters(usize),
    /// So many capitals or digits.
    Any(usize),
    /// At least and at most so many capitals or digits.
    AnyTo(usize, usize),
    /// The country code of a post, as S10 has it.
    Country,
    /// The check character. What it covers begins at [`Part::Covered`], or with the number.
    Check,
    /// No character: what the check character covers begins here.
    Covered,
    /// No character: the number has a letter somewhere.
    WithLetter,
    /// No character: the number has a digit somewhere.
    WithDigit,
}

/// The shape of a number.
pub(super) type Shape = &'static [Part];

/// What a number that has a shape consists of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Matched<'a> {
    /// What the check character covers, and the character.
    pub(super) check: Option<(&'a [u8], u8)>,
    /// The country code, where the shape has one.
    pub(super) country: Option<&'static str>,
}

/// Matches a number of capitals and digits.
pub(super) fn matched<'a>(
    shape: Shape,
    rule: Option<CheckRule>,
    number: &'a [u8],
) -> Option<Matched<'a>> {
    let fixed: usize = shape.iter().map(|part| part.length().0).sum();
    let longer = number.len().checked_sub(fixed)?;
    if longer > 0 && !is_variable(shape) {
        return None;
    }
    let mut matched = Matched::default();
    let (mut place, mut covered) = (0, 0);
    for part in shape {
        let (least, most) = part.length();
        let length = if most > least { least + longer } else { least };
        if length > most {
            return None;
        }
        let end = place + length;
        let here = number.get(place..end)?;
        let is_here = match part {
            Part::Is(expected) => here == expected.as_bytes(),
            Part::OneOf(all) => all.iter().any(|expected| here == expected.as_bytes()),
            Part::In(characters) => here.iter().all(|byte| characters.as_bytes().contains(byte)),
            Part::Digits(_) | Part::DigitsTo(..) => here.iter().all(u8::is_ascii_digit),
            Part::Letters(_) => here.iter().all(u8::is_ascii_uppercase),
            Part::Any(_) | Part::AnyTo(..) => true,
            Part::Country => {
                matched.country = posts::country(here);
                matched.country.is_some()
            }
            Part::Check => {
                let payload = number.get(covered..place)?;
                matched.check = here.first().map(|byte| (payload, *byte));
                let allows = |byte: &u8| rule.is_some_and(|rule| rule.allows(*byte));
                here.iter().all(allows)
            }
            Part::Covered => {
                covered = place;
                true
            }
            Part::WithLetter => number.iter().any(u8::is_ascii_uppercase),
            Part::WithDigit => number.iter().any(u8::is_ascii_digit),
        };
        if !is_here {
            return None;
        }
        place = end;
    }
    Some(matched)
}

/// Returns true if numbers of a shape differ in length.
pub(super) fn is_variable(shape: Shape) -> bool {
    shape.iter().any(|part| {
        let (least, most) = part.length();
        least != most
    })
}

/// Returns true if a shape is digits without a fixed part, so that many other numbers have it.
pub(super) fn is_bare_digits(shape: Shape) -> bool {
    shape.iter().all(|part| {
        matches!(
            part,
            Part::Digits(_) | Part::DigitsTo(..) | Part::Check | Part::Covered
        )
    })
}

/// Returns how many numbers have a shape: the decimal logarithm, in thousandths. Check characters do
/// not count, since they follow from the rest.
pub(super) fn width(shape: Shape) -> u32 {
    const DIGIT: usize = 1_000;
    const LETTER: usize = 1_415;
    const ANY: usize = 1_556;
    let thousandths = |part: &Part| match part {
        Part::Digits(length) | Part::DigitsTo(_, length) => length * DIGIT,
        Part::Letters(length) => length * LETTER,
        Part::Any(length) | Part::AnyTo(_, length) => length * ANY,
        Part::Country => 2 * LETTER,
        Part::In(characters) => logarithm(characters.len()),
        Part::OneOf(all) => logarithm(all.len()),
        Part::Is(_) | Part::Check | Part::Covered | Part::WithLetter | Part::WithDigit => 0,
    };
    let sum: usize = shape.iter().map(thousandths).sum();
    u32::try_from(sum).unwrap_or(u32::MAX)
}

/// The decimal logarithm of a few characters, in thousandths.
const fn logarithm(count: usize) -> usize {
    match count {
        0 | 1 => 0,
        2 => 301,
        3 => 477,
        4 => 602,
        5 => 699,
        6 => 778,
        7 => 845,
        8 => 903,
        9 => 954,
        _ => 1_000,
    }
}

impl Part {
    /// The least and the greatest length.
    const fn length(&self) -> (usize, usize) {
        match self {
            Self::Is(text) => (text.len(), text.len()),
            Self::OneOf([first, ..]) => (first.len(), first.len()),
            Self::In(_) | Self::Check => (1, 1),
            Self::Digits(length) | Self::Letters(length) | Self::Any(length) => (*length, *length),
            Self::DigitsTo(least, most) | Self::AnyTo(least, most) => (*least, *most),
            Self::Country => (2, 2),
            Self::OneOf([]) | Self::Covered | Self::WithLetter | Self::WithDigit => (0, 0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Part::{
        Any, AnyTo, Check, Country, Covered, Digits, DigitsTo, In, Is, OneOf, WithDigit, WithLetter,
    };
    use super::{Shape, is_bare_digits, is_variable, matched, width};
    use crate::detect::check::CheckRule;

    fn fits(shape: Shape, number: &str) -> bool {
        matched(shape, Some(CheckRule::Gs1), number.as_bytes()).is_some()
    }

    #[test]
    fn parts_match_from_first_to_last_character() {
        let cases: [(Shape, &[&str], &[&str]); 6] = [
            (
                &[Is("YT"), Digits(3)],
                &["YT123"],
                &["YT12", "YT1234", "XT123", "YT12A"],
            ),
            (
                &[In("12"), DigitsTo(2, 3), Is("X")],
                &["111X", "2111X"],
                &["11X", "21111X", "311X", "1111"],
            ),
            (
                &[OneOf(&["78", "80"]), Any(1)],
                &["78A", "801"],
                &["79A", "78"],
            ),
            (&[Any(2), WithLetter], &["A1", "1A", "AA"], &["11"]),
            (
                &[AnyTo(1, 2), WithDigit],
                &["A1", "1"],
                &["AA", "A", "", "111"],
            ),
            (&[Digits(1), Country], &["1DE"], &["1XX", "1D", "1D1"]),
        ];

        for (shape, fitting, others) in cases {
            for number in fitting {
                assert!(fits(shape, number), "{shape:?} {number}");
            }
            for number in others {
                assert!(!fits(shape, number), "{shape:?} {number}");
            }
        }
    }

    #[test]
    fn check_character_covers_what_is_marked() {
        let shape: Shape = &[Is("420"), Covered, Digits(2), Check, Digits(1)];

        let found = matched(shape, Some(CheckRule::Gs1), b"4201234").unwrap();

        assert_eq!(found.check, Some((&b"12"[..], b'3')));
        let whole: Shape = &[Is("9"), Digits(1), Check];
        let found = matched(whole, Some(CheckRule::Gs1), b"912").unwrap();
        assert_eq!(found.check, Some((&b"91"[..], b'2')));
        assert_eq!(matched(whole, Some(CheckRule::Gs1), b"91A"), None);
    }

    #[test]
    fn narrow_shapes_have_less_width() {
        let bare: Shape = &[Digits(4), Check];
        let with_prefix: Shape = &[In("12"), Digits(3), Check];

        assert!(is_bare_digits(bare) && !is_bare_digits(with_prefix));
        assert!(width(with_prefix) < width(bare));
        assert!(is_variable(&[DigitsTo(1, 2)]) && !is_variable(bare));
    }
}

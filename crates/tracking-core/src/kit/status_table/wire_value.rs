//! Compares wire values without regard to case and separators.

/// Returns true if two wire values are the same value, spelled differently.
///
/// Case, white space, `-` and `_` do not count; `canceled` is `cancelled`; zeros in front of a
/// number at the end do not count.
pub(super) fn same_value(left: &str, right: &str) -> bool {
    left == right || (may_be_same(left, right) && normalised(left).eq(normalised(right)))
}

/// Returns true if they may be the same. This rules out most pairs by the first letter that differs, which is much
/// cheaper than normalising both. An `l` is left out, since one of `cancelled` may have one more, and nothing
/// is known of letters outside of ASCII.
fn may_be_same(left: &str, right: &str) -> bool {
    let (mut left, mut right) = (letters(left), letters(right));
    loop {
        match (left.next(), right.next()) {
            (None, None) => return true,
            (Some(left), Some(right)) if left == right => {}
            (left, right) => return [left, right].into_iter().flatten().any(|it| !it.is_ascii()),
        }
    }
}

/// Yields the letters of ASCII but `l`, in lower case, and the bytes of all other characters outside of ASCII.
fn letters(text: &str) -> impl Iterator<Item = u8> {
    let bytes = text.bytes().map(|byte| byte.to_ascii_lowercase());
    bytes.filter(|byte| (byte.is_ascii_lowercase() && *byte != b'l') || !byte.is_ascii())
}

/// How values may begin: a bit for each letter, in either case. It rules out most rows of a table before any
/// value is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Initials(u32);

impl Initials {
    /// Every begin, also with something else than a letter of ASCII.
    pub(super) const ANY: Self = Self(u32::MAX);

    /// The begin of one value. Separators do not count.
    pub(super) const fn of(value: &str) -> Self {
        let mut rest = value.as_bytes();
        while let [b' ' | b'-' | b'_', others @ ..] = rest {
            rest = others;
        }
        match rest {
            [letter, ..] if letter.is_ascii_alphabetic() => {
                Self(1 << (letter.to_ascii_lowercase() - b'a'))
            }
            _ => Self::ANY,
        }
    }

    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Returns true if one value may begin in both ways.
    pub(super) const fn meet(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// Returns true if a wire value says nothing at all.
pub(super) fn is_empty(text: &str) -> bool {
    text.trim().is_empty()
}

/// Returns the text without the punctuation that may end a sentence.
pub(super) fn without_final_punctuation(text: &str) -> &str {
    text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '!' | ',' | ';' | ':'))
}

/// Yields the characters that count, without allocating.
pub(super) fn normalised(text: &str) -> impl Iterator<Item = char> {
    let head = text.trim_end_matches(|c: char| c.is_ascii_digit() || is_separator(c));
    let tail = text.get(head.len()..).unwrap_or_default();
    let letters = head
        .chars()
        .filter(|c| !is_separator(*c))
        .flat_map(char::to_lowercase);
    SingleL::new(letters).chain(number(tail))
}

fn is_separator(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '_')
}

/// Yields the digits of a number without zeros in front; a zero alone stays.
fn number(tail: &str) -> impl Iterator<Item = char> {
    let digits = || tail.chars().filter(char::is_ascii_digit);
    let zero = digits()
        .next()
        .filter(|_| digits().all(|digit| digit == '0'));
    zero.into_iter()
        .chain(digits().skip_while(|digit| *digit == '0'))
}

/// Yields characters, with one `l` where `cance` is followed by two.
struct SingleL<I: Iterator<Item = char>> {
    characters: std::iter::Peekable<I>,
    /// How many characters of `cancel` the last ones are.
    matched: usize,
}

impl<I: Iterator<Item = char>> SingleL<I> {
    const WORD: [char; 6] = ['c', 'a', 'n', 'c', 'e', 'l'];

    fn new(characters: I) -> Self {
        Self {
            characters: characters.peekable(),
            matched: 0,
        }
    }
}

impl<I: Iterator<Item = char>> Iterator for SingleL<I> {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        let character = self.characters.next()?;
        self.matched = match Self::WORD.get(self.matched) {
            Some(expected) if *expected == character => self.matched + 1,
            _ => usize::from(character == 'c'),
        };
        if self.matched == Self::WORD.len() {
            self.characters.next_if_eq(&'l');
            self.matched = 0;
        }
        Some(character)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Initials, normalised, same_value, without_final_punctuation};

    fn text(value: &str) -> String {
        normalised(value).collect()
    }

    #[test]
    fn case_and_separators_do_not_count() {
        for spelling in [
            "in_transit",
            "In Transit",
            "IN-TRANSIT",
            "intransit",
            " in__transit ",
        ] {
            assert!(same_value("in_transit", spelling), "{spelling}");
        }
    }

    #[test]
    fn zeros_in_front_of_a_final_number_do_not_count() {
        for spelling in [
            "exception010",
            "exception0010",
            "exception10",
            "exception 0 10",
        ] {
            assert!(same_value("exception010", spelling), "{spelling}");
        }
        assert!(same_value("not found001", "notfound001"));
    }

    #[test]
    fn other_zeros_count() {
        assert!(!same_value("exception010", "exception011"));
        assert!(!same_value("exception010", "exception100"));
        assert!(!same_value("a0b", "ab"));
        assert!(!same_value("exception", "exception0"));
    }

    #[test]
    fn number_alone_is_compared_by_value() {
        assert!(same_value("0", "00"));
        assert!(same_value("7", "07"));
        assert!(!same_value("0", ""));
        assert!(!same_value("1", "10"));
    }

    #[test]
    fn both_spellings_of_cancelled_are_one() {
        assert!(same_value("cancelled", "canceled"));
        assert!(same_value("data_order_cancelled", "Data-Order-Canceled"));
        assert!(same_value("can_cel_led", "canceled"));
        assert!(same_value("ccancelled", "ccanceled"));
        assert_eq!(text("cancelled_cancelled"), "canceledcanceled");
        assert!(!same_value("called", "caled"));
    }

    #[test]
    fn letters_outside_ascii_are_compared_without_case() {
        assert!(same_value("ÉCHEC", "échec"));
    }

    #[test]
    fn final_punctuation_is_removed() {
        assert_eq!(without_final_punctuation("In Transit. "), "In Transit");
        assert_eq!(
            without_final_punctuation("Delayed (Weather)"),
            "Delayed (Weather)"
        );
    }

    #[test]
    fn initials_meet_whatever_case_and_separators() {
        let of = Initials::of;
        assert!(of("_In transit").meet(of("in_transit")));
        assert!(!of("in_transit").meet(of("delivered")));
        assert!(of("in_transit").or(of("delivered")).meet(of("Delivered")));
        for other in ["", " ", "7", "É", "\u{a0}delivered", "\tdelivered"] {
            assert_eq!(of(other), Initials::ANY, "{other}");
        }
    }

    proptest! {
        #[test]
        fn every_value_equals_itself_in_capitals_and_with_spaces(value in "[a-z]{1,8}[0-9]{0,4}") {
            let spaced: String = value.chars().flat_map(|c| [c, ' ']).collect();

            prop_assert!(same_value(&value, &value.to_uppercase()));
            prop_assert!(same_value(&value, &spaced));
        }

        #[test]
        fn no_pair_that_is_the_same_is_ruled_out(
            left in "(cance|CAN|[a-dkl]|[lLéÉK0-2 _-]){0,6}",
            right in "(cance|CAN|[a-dkl]|[lLéÉK0-2 _-]){0,6}",
        ) {
            let is_same = normalised(&left).eq(normalised(&right));
            prop_assert_eq!(same_value(&left, &right), is_same);
            prop_assert!(!is_same || Initials::of(&left).meet(Initials::of(&right)));
        }

        #[test]
        fn normalising_twice_changes_nothing(value in "[a-kA-KÉß0-9 _-]{0,20}") {
            let once = text(&value);

            prop_assert_eq!(text(&once), once);
        }
    }
}

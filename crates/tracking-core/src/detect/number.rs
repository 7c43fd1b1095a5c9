//! `Number`: a number as it is compared with formats.

/// No format has longer numbers: 420, a post code of nine digits, and 30 digits.
pub(super) const LONGEST: usize = 42;

/// Capitals and digits of a number, without what people put between them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Number {
    characters: [u8; LONGEST],
    length: usize,
}

impl Number {
    /// Reads a number; `None` if no format can have it. Reads no further than that is known.
    ///
    /// White space, hyphens, full stops, and the invisible characters that spreadsheets and web pages add
    /// (U+200B and U+FEFF) do not count.
    pub(super) fn read(text: &str) -> Option<Self> {
        // Long enough for a separator after each character.
        const LONGEST_TEXT: usize = 4 * LONGEST;
        if text.len() > LONGEST_TEXT {
            return None;
        }
        let mut number = Self {
            characters: [0; LONGEST],
            length: 0,
        };
        for letter in text.chars() {
            if letter.is_whitespace() || matches!(letter, '-' | '.' | '\u{200b}' | '\u{feff}') {
                continue;
            }
            if !letter.is_ascii_alphanumeric() {
                return None;
            }
            let byte = u8::try_from(letter.to_ascii_uppercase()).ok()?;
            *number.characters.get_mut(number.length)? = byte;
            number.length += 1;
        }
        Some(number)
    }

    /// Returns the characters.
    pub(super) fn as_bytes(&self) -> &[u8] {
        self.characters.get(..self.length).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, Number};

    #[test]
    fn separators_and_case_do_not_count() {
        for text in ["1z-12.3 4\u{a0}5", "\u{feff}1Z12345\r\n", "1Z\u{200b}12345"] {
            let number = Number::read(text).unwrap();

            assert_eq!(number.as_bytes(), b"1Z12345", "{text:?}");
        }
        assert_eq!(Number::read("").unwrap().as_bytes(), b"");
    }

    #[test]
    fn others_are_no_numbers() {
        let long = "1".repeat(LONGEST + 1);
        let spaces = " ".repeat(1_000_000);
        for text in ["1\0", "1/2", "1_2", "１２", "ß", "9.4E+21", &long, &spaces] {
            assert!(Number::read(text).is_none(), "{text:?}");
        }
        assert!(Number::read(&"1".repeat(LONGEST)).is_some());
    }
}

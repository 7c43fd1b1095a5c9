//! Masks what must not reach a log in strings that somebody else wrote.

use std::fmt::{self, Write as _};

/// The most characters of a foreign string that are shown.
const MAX_CHARS: usize = 200;

/// What replaces a masked part.
pub(crate) const MASK: &str = "[…]";

/// A provider's message, fit to print: one line, bounded, and without the words that look like
/// tracking numbers, keys or e-mail addresses. Providers like to repeat what was sent to them. A
/// name or a street has no such look, and stays.
pub(crate) struct Redacted<'a>(pub(crate) &'a str);

impl fmt::Display for Redacted<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = 0;
        let mut rest = self.0;
        while !rest.is_empty() {
            let length = rest.find(|c: char| !is_word(c)).unwrap_or(rest.len());
            let (word, after) = rest.split_at(length);
            let trimmed = word.trim_end_matches(['.', '-', '/', ':']);
            if is_sensitive(trimmed) {
                write!(formatter, "{MASK}{}", &word[trimmed.len()..])?;
                shown += 3;
            } else {
                formatter.write_str(word)?;
                shown += word.len();
            }
            let mut others = after.chars();
            if let Some(separator) = others.next() {
                formatter.write_char(if separator.is_control() {
                    ' '
                } else {
                    separator
                })?;
                shown += 1;
            }
            rest = others.as_str();
            if shown >= MAX_CHARS && !rest.is_empty() {
                return formatter.write_char('…');
            }
        }
        Ok(())
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | '@' | '+' | ':' | '=' | '%')
}

fn is_sensitive(word: &str) -> bool {
    let digits = word.chars().filter(char::is_ascii_digit).count();
    word.contains('@') || digits >= 4 || (digits >= 1 && word.len() >= 12) || word.len() >= 32
}

#[cfg(test)]
mod tests {
    use super::Redacted;

    #[test]
    fn plain_sentences_stay_as_they_are() {
        let text = "The shipping date is more than 180 days old (see docs).";

        assert_eq!(Redacted(text).to_string(), text);
    }

    #[test]
    fn numbers_keys_and_addresses_are_masked() {
        for (text, masked) in [
            (
                "number 'RR123456785CN' is unknown",
                "number '[…]' is unknown",
            ),
            (
                "bad key apik_kNjWKmmK68q8V2sC57B7SIgQJGdGOD.",
                "bad key […].",
            ),
            ("mail to jane.doe@example.com failed", "mail to […] failed"),
            ("https://api.example.com/v1/x?key=12345", "[…]?[…]"),
        ] {
            let shown = Redacted(text).to_string();

            assert_eq!(shown, masked);
        }
    }

    #[test]
    fn text_is_one_bounded_line() {
        let text = "line one\r\nline two ".repeat(50);

        let shown = Redacted(&text).to_string();

        assert!(!shown.contains('\n') && !shown.contains('\r'));
        assert!(shown.chars().count() < 260, "{}", shown.len());
    }
}

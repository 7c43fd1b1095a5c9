//! Which tracking numbers a provider accepts, checked before anything is sent.

/// The numbers that a provider documents as valid.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NumberRule {
    /// Fewest characters.
    pub(crate) shortest: usize,
    /// Most characters.
    pub(crate) longest: usize,
    /// What is allowed besides ASCII letters and digits.
    pub(crate) symbols: &'static str,
}

impl NumberRule {
    /// Says what is wrong with a tracking number, and what to do, in half a sentence that follows
    /// the number.
    pub(crate) fn check(&self, number: &str) -> Result<(), String> {
        readable(number)?;

        if number.chars().any(char::is_whitespace) {
            return Err("holds white space; remove it".to_owned());
        }
        if let Some(stranger) = number.chars().find(|&letter| !self.allows(letter)) {
            return Err(format!(
                "holds {stranger:?}; use the letters A to Z, digits and {}",
                spelled(self.symbols)
            ));
        }
        let length = number.len();
        if length < self.shortest || length > self.longest {
            return Err(format!(
                "has {length} characters; give {} to {}",
                self.shortest, self.longest
            ));
        }
        no_path_steps(number)
    }

    fn allows(&self, letter: char) -> bool {
        letter.is_ascii_alphanumeric() || self.symbols.contains(letter)
    }
}

/// The longest id or reference that is sent to a provider.
const LONGEST_IDENTIFIER: usize = 100;

/// The same for ids and references, which are free text within reason.
pub(crate) fn check_identifier(text: &str) -> Result<(), String> {
    readable(text)?;

    let length = text.chars().count();
    if length > LONGEST_IDENTIFIER {
        return Err(format!(
            "has {length} characters; give at most {LONGEST_IDENTIFIER}"
        ));
    }
    no_path_steps(text)
}

fn readable(text: &str) -> Result<(), String> {
    if text.is_empty() {
        return Err("is empty; give one, or leave the argument out".to_owned());
    }
    if text.trim().is_empty() {
        return Err("is blank; give one, or leave the argument out".to_owned());
    }
    if let Some(control) = text
        .chars()
        .find(|letter| letter.is_control() && !letter.is_whitespace())
    {
        return Err(format!(
            "holds the control character U+{:04X}; remove it",
            u32::from(control)
        ));
    }
    Ok(())
}

/// A number becomes a part of a URL path, where `.` and `..` mean something else.
fn no_path_steps(text: &str) -> Result<(), String> {
    match text.split('/').find(|part| matches!(*part, "." | "..")) {
        Some(part) => Err(format!(
            "holds the path step {part:?}, which no tracking number does; check it"
        )),
        None => Ok(()),
    }
}

/// `- _ / .` for people.
fn spelled(symbols: &str) -> String {
    symbols
        .chars()
        .map(String::from)
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULE: NumberRule = NumberRule {
        shortest: 5,
        longest: 50,
        symbols: "-_/.",
    };

    #[test]
    fn numbers_of_the_documented_shape_pass() {
        for number in [
            "12345",
            "1Z12345E0291980793",
            "ab/cd",
            "A-B_C.D",
            &"9".repeat(50),
        ] {
            assert_eq!(RULE.check(number), Ok(()), "{number}");
        }
    }

    #[test]
    fn other_numbers_are_refused_with_what_is_wrong() {
        let long = "9".repeat(51);
        let cases = [
            ("", "is empty"),
            (" \t", "is blank"),
            ("1234", "has 4 characters; give 5 to 50"),
            (long.as_str(), "has 51 characters; give 5 to 50"),
            ("ÄÖÜ12345", "holds 'Ä'"),
            ("１２３４５", "holds '１'"),
            ("../x", "has 4 characters"),
            ("../xyz", "path step \"..\""),
            ("abc/./def", "path step \".\""),
            ("a/b", "has 3 characters"),
            ("a?b#c", "holds '?'"),
            ("AB 12345", "holds white space; remove it"),
            ("AB12345\n", "holds white space; remove it"),
            ("AB\u{1b}[31m12345", "control character U+001B"),
        ];

        for (number, expected) in cases {
            let message = RULE.check(number).unwrap_err();

            assert!(message.contains(expected), "{number:?}: {message}");
        }
    }

    #[test]
    fn identifiers_are_free_text_within_reason() {
        for text in ["26148317-7502", "order 4711", "Größe/7"] {
            assert_eq!(check_identifier(text), Ok(()), "{text}");
        }
        for text in ["", "  ", "..", "a/../b", "a\u{0}b", &"x".repeat(101)] {
            assert!(check_identifier(text).is_err(), "{text:?}");
        }
    }
}

//! What no provider takes for a number, an id or a reference, checked before anything is sent. The
//! limits of one provider are its SDK's business.

/// Says what is wrong with a tracking number, and what to do, in half a sentence that follows the
/// number.
pub(crate) fn check_number(number: &str) -> Result<(), String> {
    readable(number)?;

    if let Some(separator) = number
        .trim()
        .chars()
        .find(|letter| matches!(letter, ',' | ';' | '\t'))
    {
        return Err(format!(
            "holds {separator:?}, as lines of several columns do; give the tracking number alone"
        ));
    }
    if number.chars().any(char::is_whitespace) {
        return Err("holds white space; remove it".to_owned());
    }
    no_path_steps(number)
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
        return Err("is only white space; give one, or leave the argument out".to_owned());
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readable_numbers_pass() {
        for number in ["1", "1Z12345E0291980793", "ab/cd", "A-B_C.D", "ÄÖÜ12345"] {
            assert_eq!(check_number(number), Ok(()), "{number}");
        }
    }

    #[test]
    fn invalid_numbers_are_refused_for_all_providers() {
        let cases = [
            ("", "is empty"),
            (" \t", "is only white space"),
            ("../xyz", "path step \"..\""),
            ("abc/./def", "path step \".\""),
            ("AB 12345", "holds white space; remove it"),
            ("AB12345\n", "holds white space; remove it"),
            ("AB\u{1b}[31m12345", "control character U+001B"),
            (
                "AB12345,us-post",
                "holds ',', as lines of several columns do",
            ),
            ("AB12345;us-post", "holds ';'"),
            ("AB12345\tus-post", r"holds '\t'"),
        ];

        for (number, expected) in cases {
            let message = check_number(number).unwrap_err();

            assert!(message.contains(expected), "{number:?}: {message}");
        }
    }

    #[test]
    fn identifiers_allow_any_readable_string() {
        for text in ["26148317-7502", "order 4711", "Größe/7"] {
            assert_eq!(check_identifier(text), Ok(()), "{text}");
        }
        for text in ["", "  ", "..", "a/../b", "a\u{0}b", &"x".repeat(101)] {
            assert!(check_identifier(text).is_err(), "{text:?}");
        }
    }
}

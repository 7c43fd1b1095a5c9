//! Writing to the terminal: its width, and text from outside made safe to show.

use std::borrow::Cow;
use std::io::{self, ErrorKind, IsTerminal, Write};

/// Lines longer than this are hard to read, however wide the window is.
const WIDEST: usize = 120;
/// Narrower windows get lines that the terminal has to break.
const NARROWEST: usize = 40;

/// How wide the output may be: `None` when it goes to a file or another program, where a line
/// that is broken in two is harder to search.
pub(crate) fn width() -> Option<usize> {
    io::stdout()
        .is_terminal()
        .then(|| textwrap::termwidth().clamp(NARROWEST, WIDEST))
}

/// The same for standard error.
pub(crate) fn error_width() -> Option<usize> {
    io::stderr()
        .is_terminal()
        .then(|| textwrap::termwidth().clamp(NARROWEST, WIDEST))
}

/// Writes to standard output, with colour only on a terminal, and not if `NO_COLOR` is set. A reader,
/// such as `head`, that has seen enough is no error.
pub(crate) fn print(text: &str) -> io::Result<()> {
    match write(text) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

/// The same, and an error of the kind [`ErrorKind::BrokenPipe`] if the reader has seen enough.
pub(crate) fn write(text: &str) -> io::Result<()> {
    let mut output = anstream::stdout().lock();
    output.write_all(text.as_bytes())?;
    output.flush()
}

/// Writes to standard error. Nothing can be done if that fails.
pub(crate) fn warn(text: &str) {
    let _ = anstream::stderr().lock().write_all(text.as_bytes());
}

/// Text from a provider or a user, on one line and without anything that steers a terminal.
///
/// Escape sequences could rewrite what was printed before, and marks of writing direction could
/// show a string in another order than it has.
pub(crate) fn clean(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_unsafe) && text.trim().len() == text.len() {
        return Cow::Borrowed(text);
    }

    let mut cleaned = String::with_capacity(text.len());
    for letter in text.trim().chars() {
        match letter {
            letter if letter.is_whitespace() => {
                if !cleaned.ends_with(' ') {
                    cleaned.push(' ');
                }
            }
            letter if is_unsafe(letter) => cleaned.push('\u{fffd}'),
            letter => cleaned.push(letter),
        }
    }
    Cow::Owned(cleaned)
}

fn is_unsafe(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_replaced() {
        assert_eq!(clean("Leipzig, DE"), "Leipzig, DE");
        assert_eq!(clean("包裹已签收"), "包裹已签收");
        assert_eq!(clean(" Arrived\r\n at hub\t"), "Arrived at hub");
        assert_eq!(clean("\u{1b}[2JGone\u{7}"), "\u{fffd}[2JGone\u{fffd}");
        assert_eq!(clean("a\u{202e}b\u{9b}c"), "a\u{fffd}b\u{fffd}c");
    }
}

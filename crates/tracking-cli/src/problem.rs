//! What went wrong, in one shape for people and for JSON.

use anstyle::Style;

use crate::common;
use crate::render::style::{self, paint};
use crate::render::wrap::wrapped_hanging;
use crate::terminal::{self, clean};

/// A lookup that brought nothing, or a reason not to start at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    /// The account that it is about, if it is about one; named after its provider as a rule.
    pub(crate) provider: Option<Box<str>>,
    /// The number, id or reference that it is about, if it is about one.
    pub(crate) number: Option<Box<str>>,
    /// The line of the input that it is about, if it is about one.
    pub(crate) line: Option<u64>,
    /// The kind, in snake case: `not_found`, `rate_limited`, `configuration`, ….
    pub(crate) kind: &'static str,
    /// What happened, in one line.
    pub(crate) message: String,
    /// What to do about it.
    pub(crate) hint: Option<String>,
    /// Whether the lookup succeeded, only without a parcel in the response.
    pub(crate) is_outcome: bool,
}

impl Problem {
    /// A problem that is about no number and no provider.
    pub(crate) fn new(kind: &'static str, message: impl Into<String>) -> Self {
        Self {
            provider: None,
            number: None,
            line: None,
            kind,
            message: message.into(),
            hint: None,
            is_outcome: false,
        }
    }

    /// The outcome of a lookup that found no parcel.
    pub(crate) fn outcome(kind: &'static str, message: impl Into<String>) -> Self {
        Self {
            is_outcome: true,
            ..Self::new(kind, message)
        }
    }

    /// Says which provider it is about.
    pub(crate) fn of_provider(mut self, provider: impl Into<Box<str>>) -> Self {
        self.provider = Some(provider.into());
        self
    }

    /// Says which number, id or reference it is about.
    pub(crate) fn of_number(mut self, number: impl Into<Box<str>>) -> Self {
        self.number = Some(number.into());
        self
    }

    /// Says which line of the input it is about.
    pub(crate) const fn of_line(mut self, line: u64) -> Self {
        self.line = Some(line);
        self
    }

    /// Says what to do.
    pub(crate) fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The kind as a label for people.
    pub(crate) fn label(&self) -> String {
        let text = self.kind.replace('_', " ");
        let mut letters = text.chars();
        letters.next().map_or_else(String::new, |first| {
            first.to_uppercase().chain(letters).collect()
        })
    }

    fn lines(&self, width: Option<usize>) -> String {
        let number = match &self.number {
            Some(number) => format!("{}: ", shown(number)),
            None => String::new(),
        };
        let message = format!("{number}{}", clean(&self.message));

        if self.is_outcome {
            labelled(
                style::WARNING,
                &self.kind.replace('_', " "),
                &message,
                width,
            )
        } else {
            labelled(style::ERROR, "error", &message, width)
        }
    }
}

/// A number as it is, or in quotes that show where an odd one begins and ends.
fn shown(number: &str) -> String {
    if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_graphic()) {
        number.to_owned()
    } else {
        format!("{number:?}")
    }
}

/// A label in colour and a message, whose further lines are indented.
fn labelled(color: Style, word: &str, text: &str, width: Option<usize>) -> String {
    let plain = format!("{word}: {text}");
    let mut lines = wrapped_hanging(&plain, width, "  ").join("\n");

    // The word is never broken: no window is that narrow.
    if let Some(rest) = lines.strip_prefix(word) {
        lines = format!("{}{rest}", paint(color, word));
    }
    lines.push('\n');
    lines
}

/// The problems for people: a line for each, then what to do, each advice once.
fn text<'a>(problems: impl IntoIterator<Item = &'a Problem>, width: Option<usize>) -> String {
    let mut text = String::new();
    let mut hints = Hints::default();

    for problem in problems {
        text.push_str(&problem.lines(width));
        hints.add(problem);
    }
    if !common::is_quiet() {
        text.push_str(&hints.text(width));
    }
    text
}

/// What to do, each advice once.
#[derive(Debug, Default)]
pub(crate) struct Hints(Vec<String>);

impl Hints {
    /// Keeps the advice of a problem.
    pub(crate) fn add(&mut self, problem: &Problem) {
        if let Some(hint) = problem.hint.as_ref().filter(|hint| !self.0.contains(hint)) {
            self.0.push(hint.clone());
        }
    }

    /// Prints them for people, on standard error.
    pub(crate) fn report(&self) {
        if common::is_quiet() {
            return;
        }
        terminal::warn(&self.text(terminal::error_width()));
    }

    fn text(&self, width: Option<usize>) -> String {
        let line = |hint: &String| labelled(style::HINT, "hint", &clean(hint), width);
        self.0.iter().map(line).collect()
    }
}

/// Prints a problem for people without what to do about it, on standard error.
pub(crate) fn report_line(problem: &Problem) {
    terminal::warn(&problem.lines(terminal::error_width()));
}

/// The result cannot be written.
pub(crate) fn of_output(error: &std::io::Error) -> Problem {
    Problem::new("output", format!("cannot write the result: {error}"))
}

/// A line about something odd that does not stop anything.
fn warning(text: &str, width: Option<usize>) -> String {
    labelled(style::WARNING, "warning", &clean(text), width)
}

/// Prints them for people, on standard error.
pub(crate) fn report<'a>(problems: impl IntoIterator<Item = &'a Problem>) {
    terminal::warn(&text(problems, terminal::error_width()));
}

/// Reports to people what was done, on standard error.
pub(crate) fn report_note(text: &str) {
    if common::is_quiet() {
        return;
    }
    let line = labelled(style::HINT, "note", &clean(text), terminal::error_width());
    terminal::warn(&line);
}

/// Warns people about something odd, on standard error.
pub(crate) fn report_warning(oddity: &str) {
    if common::is_quiet() {
        return;
    }
    terminal::warn(&warning(oddity, terminal::error_width()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hint_is_printed_once() {
        let problems = [
            Problem::outcome("not_found", "Acme knows no such parcel")
                .of_number("A\u{1b}1")
                .with_hint("check the number"),
            Problem::new("server", "Acme is down").with_hint("wait"),
            Problem::outcome("not_found", "Acme knows no such parcel")
                .of_number("B2")
                .with_hint("check the number"),
        ];

        let plain = anstream::adapter::strip_str(&text(&problems, None)).to_string();

        assert_eq!(
            plain,
            "not found: \"A\\u{1b}1\": Acme knows no such parcel\n\
             error: Acme is down\n\
             not found: B2: Acme knows no such parcel\n\
             hint: check the number\n\
             hint: wait\n"
        );
    }
}

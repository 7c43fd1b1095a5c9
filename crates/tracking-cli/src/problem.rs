//! What went wrong, in one shape for people and for JSON.

use anstyle::Style;

use crate::render::style::{self, paint};
use crate::render::wrap::wrapped_hanging;
use crate::terminal::{self, clean};

/// A lookup that brought nothing, or a reason not to start at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    /// The provider that it is about, if it is about one.
    pub(crate) provider: Option<&'static str>,
    /// The number, id or reference that it is about, if it is about one.
    pub(crate) number: Option<String>,
    /// The kind, in snake case: `not_found`, `rate_limited`, `configuration`, ….
    pub(crate) kind: String,
    /// What happened, in one line.
    pub(crate) message: String,
    /// What to do about it.
    pub(crate) hint: Option<String>,
    /// Whether the lookup succeeded, only without a parcel in the response.
    pub(crate) is_outcome: bool,
}

impl Problem {
    /// A problem that is about no number and no provider.
    pub(crate) fn new(kind: &str, message: impl Into<String>) -> Self {
        Self {
            provider: None,
            number: None,
            kind: kind.to_owned(),
            message: message.into(),
            hint: None,
            is_outcome: false,
        }
    }

    /// The outcome of a lookup that found no parcel.
    pub(crate) fn outcome(kind: &str, message: impl Into<String>) -> Self {
        Self {
            is_outcome: true,
            ..Self::new(kind, message)
        }
    }

    /// Says which provider it is about.
    pub(crate) fn of_provider(mut self, provider: &'static str) -> Self {
        self.provider = Some(provider);
        self
    }

    /// Says which number, id or reference it is about.
    pub(crate) fn of_number(mut self, number: impl Into<String>) -> Self {
        self.number = Some(number.into());
        self
    }

    /// Says what to do.
    pub(crate) fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
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
    let mut hints: Vec<&str> = Vec::new();

    for problem in problems {
        text.push_str(&problem.lines(width));
        if let Some(hint) = problem.hint.as_deref().filter(|hint| !hints.contains(hint)) {
            hints.push(hint);
        }
    }
    for hint in hints {
        text.push_str(&labelled(style::HINT, "hint", &clean(hint), width));
    }
    text
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

/// Warns people about something odd, on standard error.
pub(crate) fn report_warning(oddity: &str) {
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

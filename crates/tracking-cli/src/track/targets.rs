//! What to look up: the arguments, and the numbers from a file or from standard input.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use tracking_core::Target;

use super::args::TrackArguments;
use crate::input::{self, Columns, Line, Lines, Source};
use crate::problem::Problem;

/// One thing to look up, and where the user wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Requested {
    /// The number, id or reference.
    pub(crate) target: Target,
    /// The line of the input, unless it was an argument.
    pub(crate) place: Option<Place>,
    /// The user's own reference, if the line has one.
    pub(crate) reference: Option<String>,
    /// Why the line cannot be looked up anywhere, in half a sentence that follows it.
    pub(crate) fault: Option<String>,
    /// The only account that is asked, by its position; all of them as a rule.
    pub(crate) only_at: Option<usize>,
}

/// A line of a file or of standard input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    source: Arc<str>,
    pub(crate) line: u64,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, line {}", self.source, self.line)
    }
}

impl Requested {
    /// Something that was an argument.
    pub(crate) const fn new(target: Target) -> Self {
        Self {
            target,
            place: None,
            reference: None,
            fault: None,
            only_at: None,
        }
    }

    /// A tracking number that came from no file.
    pub(crate) fn number(number: impl Into<String>) -> Self {
        Self::new(Target::Number(number.into()))
    }

    /// The same, asked at one account only.
    pub(crate) const fn only_at(mut self, account: usize) -> Self {
        self.only_at = Some(account);
        self
    }
}

/// Everything that the user asked for.
#[derive(Debug, Default)]
pub(crate) struct Requests {
    /// In the order it was given; what was given twice is there twice.
    pub(crate) requested: Vec<Requested>,
    /// What people should know about the input.
    pub(crate) notes: Vec<String>,
}

/// Where tracking numbers come from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Numbers<'a> {
    /// Arguments; `-` is standard input.
    pub(crate) arguments: &'a [String],
    pub(crate) file: Option<&'a Path>,
    pub(crate) columns: Columns<'a>,
}

impl Numbers<'_> {
    /// Collects the arguments, and the lines of the file.
    pub(crate) fn collect(self) -> Result<Requests, Problem> {
        let mut requests = Requests::default();
        for number in self.arguments {
            if number == "-" {
                requests.add_lines_of(&Source::StandardInput, self.columns)?;
            } else {
                let number = Requested::number(join_groups(number));
                requests.requested.push(number);
            }
        }
        if let Some(path) = self.file {
            requests.add_lines_of(&Source::named(path), self.columns)?;
        }
        Ok(requests)
    }
}

/// Collects the arguments, and the lines of the file or of standard input.
pub(crate) fn collect(arguments: &TrackArguments) -> Result<Requests, Problem> {
    let columns = Columns {
        number: arguments.column.as_ref(),
        reference: arguments.reference_column.as_ref(),
    };
    let numbers = Numbers {
        arguments: &arguments.numbers,
        file: arguments.file.as_deref(),
        columns,
    };
    let mut requests = numbers.collect()?;
    let ids = arguments.ids.iter().cloned().map(Target::Id);
    let references = arguments.references.iter().cloned().map(Target::Reference);
    requests
        .requested
        .extend(ids.chain(references).map(Requested::new));
    let is_alone = arguments.numbers.is_empty() && arguments.file.is_none();
    if is_alone
        && requests.requested.is_empty()
        && let Some(source) = Source::piped()
    {
        requests.add_piped(&source, columns, arguments.sandbox)?;
    }
    Ok(requests)
}

impl Requests {
    fn add_lines_of(&mut self, source: &Source, columns: Columns<'_>) -> Result<(), Problem> {
        let lines = input::read(source, columns)?;
        if lines.lines.is_empty() {
            let message = format!("{} holds no tracking numbers", source.name());
            return Err(Problem::new("usage", message));
        }
        self.add(source, lines);
        Ok(())
    }

    /// Adds what another program writes into this one, which may be nothing.
    fn add_piped(
        &mut self,
        source: &Source,
        columns: Columns<'_>,
        is_sandbox: bool,
    ) -> Result<(), Problem> {
        let lines = if is_sandbox {
            // Without numbers it shows a demo.
            input::read_if_prompt(source, columns)?
        } else {
            input::read(source, columns)?
        };
        self.add(source, lines);
        Ok(())
    }

    fn add(&mut self, source: &Source, lines: Lines) {
        let name: Arc<str> = source.name().into();
        let place = |line| Place {
            source: Arc::clone(&name),
            line,
        };
        if let Some((line, text)) = lines.header {
            let note = format!("{}: taken for the header of a column: {text}", place(line));
            self.notes.push(note);
        }
        let requested = lines.lines.into_iter().map(|line| {
            let Line {
                place: line,
                number,
                reference,
                fault,
            } = line;
            Requested {
                target: Target::Number(join_groups(&number)),
                place: Some(place(line)),
                reference,
                fault,
                only_at: None,
            }
        });
        self.requested.extend(requested);
    }
}

/// Removes the spaces between the groups in which couriers print a number, such as `AB 123 456 789 DE`.
///
/// Anything else with a space in it may be several columns, so it stays and is refused: fewer than three
/// groups, or one of more than five letters and digits.
fn join_groups(number: &str) -> String {
    let groups: Vec<&str> = number.split([' ', '\u{a0}', '\u{202f}']).collect();
    let is_group = |group: &&str| {
        (1..=5).contains(&group.len()) && group.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    if groups.len() >= 3 && groups.iter().all(is_group) {
        groups.concat()
    } else {
        number.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_of_printed_number_are_joined() {
        for (text, expected) in [
            ("AB 123 456 789 DE", "AB123456789DE"),
            ("9400 1000\u{a0}0000 0000 0000 00", "9400100000000000000000"),
            ("AB 12345", "AB 12345"),
            ("AB123456789DE us post", "AB123456789DE us post"),
            ("AB 123  456", "AB 123  456"),
            ("AB 123-4 5", "AB 123-4 5"),
        ] {
            assert_eq!(join_groups(text), expected);
        }
    }
}

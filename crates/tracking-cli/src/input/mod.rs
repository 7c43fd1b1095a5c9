//! The tracking numbers of a file or of standard input: one per line, or a column of a table.

mod column;
mod encoding;
mod lines;
mod source;
mod table;

use std::path::Path;

pub(crate) use column::{Column, Columns};
pub(crate) use lines::{Line, Lines};
pub(crate) use source::{Source, read_text};

use crate::problem::Problem;

/// The most lines of an input. Each may become a lookup, and takes more memory than its bytes.
const MOST_LINES: usize = 2_000_000;

/// Reads a source, and gives each line of it a number or a fault.
pub(crate) fn read(source: &Source, columns: Columns<'_>) -> Result<Lines, Problem> {
    lines_of(source, &source.read()?, columns)
}

/// The same of standard input that may stay open without anything in it.
pub(crate) fn read_if_prompt(source: &Source, columns: Columns<'_>) -> Result<Lines, Problem> {
    lines_of(source, &source.read_if_prompt()?, columns)
}

/// The same of what was read already.
pub(crate) fn lines_of(
    source: &Source,
    bytes: &[u8],
    columns: Columns<'_>,
) -> Result<Lines, Problem> {
    let name = source.name();
    let text = encoding::decode(&name, bytes)?;
    if text.bytes().filter(|byte| *byte == b'\n').count() > MOST_LINES {
        let message = format!("{name} has more than {MOST_LINES} lines");
        return Err(Problem::new("usage", message).with_hint(source::SPLIT));
    }
    let extension = match source {
        Source::File(path) => Path::extension(path).and_then(|it| it.to_str()),
        Source::StandardInput => None,
    };
    match table::layout(&text, extension, columns) {
        Some(layout) => table::read(&name, &text, &layout, columns),
        None => Ok(lines::read(&text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_many_lines_are_refused() {
        for end in [b"1\n", b"1\r"] {
            for (lines, is_read) in [(MOST_LINES, true), (MOST_LINES + 1, false)] {
                let result = lines_of(
                    &Source::StandardInput,
                    &end.repeat(lines),
                    Columns::default(),
                );

                assert_eq!(result.is_ok(), is_read, "{lines}");
            }
        }
    }
}

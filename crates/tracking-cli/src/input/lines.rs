//! One tracking number per line.

/// The longest line that can be a number, with room for what surrounds it.
const LONGEST: usize = 200;
/// How much of a longer one is shown.
const SHOWN: usize = 40;

/// A line, or a row of a table, that is to have an outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    /// Its place in the input, from 1.
    pub(crate) place: u64,
    /// The tracking number, as it was written.
    pub(crate) number: String,
    /// The user's own reference, if its column was named and the cell is not empty.
    pub(crate) reference: Option<String>,
    /// Why it holds none, in half a sentence that follows the number.
    pub(crate) fault: Option<String>,
}

impl Line {
    /// A line with this number, unless the line is too long for one.
    pub(crate) fn new(place: u64, text: &str) -> Self {
        let number = text.trim();
        let length = number.chars().count();
        if length <= LONGEST {
            return Self {
                place,
                number: number.to_owned(),
                reference: None,
                fault: None,
            };
        }
        let start: String = number.chars().take(SHOWN).collect();
        Self::faulty(
            place,
            format!("{start}…"),
            format!("has {length} characters, more than any tracking number"),
        )
    }

    /// A line without a number.
    pub(crate) fn faulty(place: u64, number: String, fault: impl Into<String>) -> Self {
        Self {
            place,
            number,
            reference: None,
            fault: Some(fault.into()),
        }
    }
}

/// The lines of an input.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Lines {
    /// Those that are to have an outcome.
    pub(crate) lines: Vec<Line>,
    /// The first line, if it was taken for the header of a column: its place and text.
    pub(crate) header: Option<(u64, String)>,
}

/// Reads lines; empty ones and those that start with `#` are left out.
pub(crate) fn read(text: &str) -> Lines {
    let mut read = Lines::default();

    for (place, text) in content(text) {
        if read.lines.is_empty() && read.header.is_none() && is_header(text) {
            read.header = Some((place, text.to_owned()));
        } else {
            read.lines.push(Line::new(place, text));
        }
    }
    read
}

/// The lines with something in them, and their places.
pub(crate) fn content(text: &str) -> impl Iterator<Item = (u64, &str)> {
    (1..)
        .zip(text.lines().map(str::trim))
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
}

/// Returns true if this is a title: no tracking number is without a digit.
pub(crate) fn is_header(text: &str) -> bool {
    text.chars().count() <= LONGEST && !text.contains(|letter: char| letter.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_gives_a_number_and_keeps_its_place() {
        let read = read("RA123456789DE\r\n\n# a note\n  1Z999 \nABCDEFG");

        let lines: Vec<(u64, &str)> = read
            .lines
            .iter()
            .map(|line| (line.place, line.number.as_str()))
            .collect();
        assert_eq!(lines, [(1, "RA123456789DE"), (4, "1Z999"), (5, "ABCDEFG")]);
        assert_eq!(read.header, None);
    }

    #[test]
    fn first_line_without_digit_is_header() {
        let read = read("# list\r\nSendungsnummer\r\nRA123456789DE\r\n");

        assert_eq!(read.header, Some((2, "Sendungsnummer".to_owned())));
        assert_eq!(read.lines, [Line::new(3, "RA123456789DE")]);
    }

    #[test]
    fn over_long_line_is_faulty_and_shortened() {
        let line = Line::new(7, &"9".repeat(100_000));

        assert!(line.number.len() < 50, "{line:?}");
        assert!(line.fault.unwrap().contains("100000 characters"));
    }
}

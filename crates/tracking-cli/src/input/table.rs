//! A column of a table: CSV, or the same with semicolons or tabs.

use csv::{ReaderBuilder, StringRecord};

use super::column::titled;
use super::lines::{content, is_header};
use super::{Column, Columns, Line, Lines};
use crate::problem::Problem;

/// How a table is written.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Layout {
    delimiter: u8,
    /// The lines in front of the table: the one in which a spreadsheet names the delimiter.
    skipped: u64,
}

/// How many names of columns a message lists.
const LISTED: usize = 12;

/// The layout, if this is a table: a column was named, the file's name says so, or the first line
/// has quotes or several cells.
pub(crate) fn layout(text: &str, extension: Option<&str>, columns: Columns<'_>) -> Option<Layout> {
    if let Some(delimiter) = named_delimiter(text) {
        return Some(Layout {
            delimiter,
            skipped: 1,
        });
    }
    let is_kind = |kind: &str| extension.is_some_and(|it| it.eq_ignore_ascii_case(kind));
    let is_tabs = is_kind("tsv") || is_kind("tab");
    let first = content(text).next().map_or("", |(_, line)| line);
    let found = if is_tabs {
        Some(b'\t')
    } else {
        delimiter_in(first)
    };
    let is_named = columns.number.is_some() || columns.reference.is_some();
    let is_table = is_named || is_kind("csv") || first.starts_with('"');
    (is_table || found.is_some()).then(|| Layout {
        delimiter: found.unwrap_or(b','),
        skipped: 0,
    })
}

/// The delimiter that spreadsheets write into the first line, as `sep=;`.
fn named_delimiter(text: &str) -> Option<u8> {
    let first = text.lines().next()?.trim_matches(['\r', '"']);
    match first.strip_prefix("sep=")?.as_bytes() {
        [delimiter] => Some(*delimiter),
        _ => None,
    }
}

/// The delimiter that the line has most of, outside of quotes.
fn delimiter_in(line: &str) -> Option<u8> {
    let plain: String = line.split('"').step_by(2).collect();
    let count = |delimiter: u8| plain.bytes().filter(|byte| *byte == delimiter).count();
    [b'\t', b';', b',']
        .into_iter()
        .filter(|delimiter| count(*delimiter) > 0)
        .max_by_key(|delimiter| count(*delimiter))
}

/// Reads the columns; rows without any cell are left out.
pub(crate) fn read(
    name: &str,
    text: &str,
    layout: &Layout,
    columns: Columns<'_>,
) -> Result<Lines, Problem> {
    let mut body = text;
    for _ in 0..layout.skipped {
        body = body.split_once('\n').map_or("", |(_, rest)| rest);
    }
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(layout.delimiter)
        .from_reader(body.as_bytes());
    let mut read = Lines::default();
    let mut places = None;
    let mut start = 0;
    let mut lines = 1 + layout.skipped;

    for record in reader.records() {
        let record = record
            .map_err(|error| Problem::new("usage", format!("cannot read {name}: {error}")))?;
        let position = record.position().map_or(0, csv::Position::byte);
        let begin = after_line_breaks(body, usize::try_from(position).unwrap_or(usize::MAX));
        // The reader's own count lags behind where lines end in two characters.
        lines += line_breaks(body, start, begin);
        start = begin;
        let line = lines;
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let Some(places) = places else {
            let found = Places::find(name, columns, &record)?;
            places = Some(found);
            match record.get(found.number) {
                Some(cell) if is_header(cell.trim()) => {
                    read.header = Some((line, cell.trim().to_owned()));
                }
                _ => read.lines.push(row(line, found, &record)),
            }
            continue;
        };
        read.lines.push(row(line, places, &record));
    }
    match body.get(start..) {
        // The reader takes the end of the file for the missing quote.
        Some(last) if last.matches('"').count() % 2 == 1 => {
            let message = format!("{name}, line {lines}: a quote is opened and never closed");
            Err(Problem::new("usage", message).with_hint("close the quote, or write it twice"))
        }
        _ => Ok(read),
    }
}

/// The number of lines that end in a part of the text.
fn line_breaks(text: &str, from: usize, to: usize) -> u64 {
    let part = text.as_bytes().get(from..to).unwrap_or_default();
    part.iter().map(|byte| u64::from(*byte == b'\n')).sum()
}

/// The place of the next character that is not the end of a line.
fn after_line_breaks(text: &str, place: usize) -> usize {
    let rest = text.as_bytes().get(place..).unwrap_or_default();
    let breaks = rest
        .iter()
        .take_while(|byte| matches!(**byte, b'\r' | b'\n'));
    place + breaks.count()
}

/// Where the columns are, from 0.
#[derive(Clone, Copy)]
struct Places {
    number: usize,
    reference: Option<usize>,
}

impl Places {
    /// Finds the columns in the first row.
    fn find(name: &str, columns: Columns<'_>, first: &StringRecord) -> Result<Self, Problem> {
        let cells: Vec<String> = first.iter().map(|cell| cell.trim().to_owned()).collect();
        let reference = |column| place_of(name, Some(column), &cells);
        Ok(Self {
            number: place_of(name, columns.number, &cells)?,
            reference: columns.reference.map(reference).transpose()?,
        })
    }
}

fn row(line: u64, places: Places, record: &StringRecord) -> Line {
    let place = places.number;
    let mut row = match record.get(place).map(str::trim) {
        Some("") => Line::faulty(line, String::new(), "is empty, beside other columns"),
        Some(cell) => Line::new(line, cell),
        None => {
            let fault = format!("has {} columns, not {}", record.len(), place + 1);
            let first = record.get(0).unwrap_or_default();
            let mut row = Line::new(line, first);
            row.fault = Some(fault);
            row
        }
    };
    let reference = places.reference.and_then(|place| record.get(place));
    let reference = reference.map(str::trim).filter(|cell| !cell.is_empty());
    row.reference = reference.map(str::to_owned);
    row
}

/// Which column it is; without an option, the one with such a title, or the only one.
fn place_of(name: &str, column: Option<&Column>, cells: &[String]) -> Result<usize, Problem> {
    let (message, hint) = match column {
        Some(column) => match (column.place_in(cells), column) {
            (Some(place), _) if place < cells.len() => return Ok(place),
            (_, Column::Name(column)) => (
                format!("{name} has no column {column:?}"),
                "name one of its columns, or count them from 1",
            ),
            (_, Column::Place(place)) => (
                format!("{name} has no column {}", place + 1),
                "name one of its columns, or count them from 1",
            ),
        },
        None => match titled(cells) {
            Some(place) => return Ok(place),
            None if cells.len() == 1 => return Ok(0),
            None => (
                format!("{name} has {} columns", cells.len()),
                "say which holds the tracking numbers: --column NAME or --column 1",
            ),
        },
    };
    let mut listed: Vec<String> = cells.iter().take(LISTED).map(|cell| shown(cell)).collect();
    if cells.len() > LISTED {
        listed.push("…".to_owned());
    }
    let message = format!("{message}; its first line: {}", listed.join(" | "));
    Err(Problem::new("usage", message).with_hint(hint))
}

/// The beginning of a cell.
fn shown(cell: &str) -> String {
    const LONGEST: usize = 40;
    if cell.chars().count() <= LONGEST {
        return cell.to_owned();
    }
    let start: String = cell.chars().take(LONGEST).collect();
    format!("{start}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(text: &str, extension: &str, column: Option<&str>) -> Result<Lines, Problem> {
        let column: Option<Column> = column.map(|text| text.parse().unwrap());
        let columns = Columns {
            number: column.as_ref(),
            reference: None,
        };
        let layout = layout(text, Some(extension), columns).unwrap();
        read("list", text, &layout, columns)
    }

    fn numbers(read: &Lines) -> Vec<(u64, &str)> {
        let pair = |line| {
            let Line { place, number, .. }: &Line = line;
            (*place, number.as_str())
        };
        read.lines.iter().map(pair).collect()
    }

    #[test]
    fn column_is_read_from_all_layouts() {
        let rows = [
            "Order|Tracking no.|Note",
            "1|\"A1\"|\"x|\ny\"",
            "||",
            "2|B2|",
        ];
        for (delimiter, extension) in [(",", "csv"), (";", "csv"), ("\t", "tsv"), (";", "txt")] {
            let text = rows.join("\r\n").replace('|', delimiter);
            for column in ["tracking no.", "2"] {
                let read = read_all(&text, extension, Some(column)).unwrap();

                assert_eq!(numbers(&read), [(2, "A1"), (5, "B2")], "{text}");
                assert_eq!(read.header, Some((1, "Tracking no.".to_owned())));
            }
        }
    }

    #[test]
    fn delimiter_may_be_named_in_the_first_line() {
        let read = read_all("sep=;\r\nnumber;a,b,c\r\nA1;x\r\n", "csv", Some("number")).unwrap();

        assert_eq!(numbers(&read), [(3, "A1")]);
    }

    #[test]
    fn only_column_needs_no_name() {
        let read = read_all("\"A1\"\n\"B2\"\n", "csv", None).unwrap();

        assert_eq!(numbers(&read), [(1, "A1"), (2, "B2")]);
    }

    #[test]
    fn column_with_the_title_of_numbers_needs_no_name() {
        for title in [
            "Tracking number",
            "tracking_no.",
            "TRACKING #",
            "Sendungsnummer",
        ] {
            let text = format!("order;{title};weight\n1;A1;2\n");

            let read = read_all(&text, "csv", None).unwrap();

            assert_eq!(numbers(&read), [(2, "A1")], "{title}");
        }
        // Two such columns are a choice.
        let problem = read_all("tracking,tracking number\nA1,B2\n", "csv", None).unwrap_err();
        assert!(problem.message.contains("has 2 columns"), "{problem:?}");
    }

    #[test]
    fn unnamed_column_of_several_is_refused_with_the_names() {
        for column in [None, Some("weight"), Some("3")] {
            let problem = read_all("number,courier\nA1,dhl\n", "csv", column).unwrap_err();

            assert!(problem.message.contains("number | courier"), "{problem:?}");
            assert!(problem.hint.is_some());
        }
    }

    #[test]
    fn short_or_empty_row_is_faulty() {
        let read = read_all("id,number\n1,A1\n2\n3,\n4,B2", "csv", Some("number")).unwrap();

        let faulty: Vec<u64> = read
            .lines
            .iter()
            .filter(|line| line.fault.is_some())
            .map(|line| line.place)
            .collect();
        assert_eq!(faulty, [3, 4]);
        assert_eq!(read.lines.len(), 4);
    }

    #[test]
    fn reference_is_read_from_its_own_column() {
        let text = "order,tracking number\n 7 ,A1\n,B2\n8\n";
        let read_with = |name: &str| {
            let column: Column = name.parse().unwrap();
            let columns = Columns {
                number: None,
                reference: Some(&column),
            };
            let layout = layout(text, Some("txt"), columns).unwrap();
            read("list", text, &layout, columns)
        };

        for name in ["Order", "1"] {
            let read = read_with(name).unwrap();

            let references = read.lines.iter().map(|line| line.reference.as_deref());
            let references: Vec<Option<&str>> = references.collect();
            assert_eq!(references, [Some("7"), None, Some("8")], "{name}");
            assert_eq!(numbers(&read)[..2], [(2, "A1"), (3, "B2")]);
        }
        for name in ["weight", "3"] {
            let problem = read_with(name).unwrap_err();
            assert!(problem.message.contains("has no column"), "{problem:?}");
        }
    }

    #[test]
    fn open_quote_is_refused_with_its_line() {
        let problem = read_all("number\nA1\n\"B2\nC3\n", "csv", None).unwrap_err();

        assert!(problem.message.contains("line 3"), "{problem:?}");
    }

    #[test]
    fn plain_lines_are_no_table() {
        for text in ["", "A1\nB2,x\n", "# a, b\nA1\n", "Tracking number\nA1"] {
            assert_eq!(
                layout(text, Some("txt"), Columns::default()),
                None,
                "{text}"
            );
        }
    }
}

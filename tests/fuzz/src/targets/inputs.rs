//! Any file of tracking numbers: each line has a number or a fault, in its place, in any encoding.

use crate::input::Input;
use crate::problem::Problem;
use crate::program::input::{Column, Columns, Lines, Source, lines_of};
use crate::program::input_rule::check_number;

/// What a file may be called; the first is standard input.
const NAMES: [Option<&str>; 4] = [None, Some("list.csv"), Some("list.tsv"), Some("list.txt")];

/// A byte for the name of the file, a line for each of the columns that are named, if any, and the file.
pub(crate) fn check(input: &[u8]) {
    let mut input = Input::new(input);
    let name = *input.choice(&NAMES);
    let source = name.map_or(Source::StandardInput, |name| Source::File(name.into()));
    let [number, reference] = [(); 2].map(|()| column(input.until(b'\n')));
    let columns = Columns {
        number: number.as_ref(),
        reference: reference.as_ref(),
    };
    let file = input.rest();

    let read = lines_of(&source, file, columns);

    match &read {
        Ok(lines) => check_lines(lines, file, columns),
        Err(problem) => check_problem(problem),
    }
    check_in_other_encodings(&source, file, columns, read.ok());
}

/// A name that a person would type, since it is repeated where there is no such column.
fn column(text: &[u8]) -> Option<Column> {
    let text = String::from_utf8_lossy(text);
    text.parse().ok().filter(|_| text.len() <= 100)
}

fn check_lines(read: &Lines, file: &[u8], columns: Columns<'_>) {
    let header = read.header.iter().map(|(place, _)| *place);
    let places: Vec<u64> = header.chain(read.lines.iter().map(|it| it.place)).collect();
    assert!(
        places.is_sorted_by(|left, right| left < right),
        "{places:?}"
    );
    // Zero bytes may be halves of letters, so there are at most as many lines as ends of them.
    let ends = file
        .iter()
        .filter(|byte| matches!(byte, b'\r' | b'\n'))
        .count() as u64;
    let in_file = 1..=1 + ends;
    assert!(places.iter().all(|it| in_file.contains(it)), "{places:?}");
    for line in &read.lines {
        assert_eq!(line.number.trim(), line.number);
        assert!(line.number.chars().count() <= 201, "{line:?}");
        // What is neither a number nor faulty would have no outcome.
        if let Err(fault) = check_number(&line.number) {
            assert!(!fault.contains('\n'), "{fault:?}");
        }
        if let Some(fault) = &line.fault {
            assert!(!fault.is_empty() && !fault.contains('\n'), "{fault:?}");
        }
        if let Some(reference) = &line.reference {
            assert!(columns.reference.is_some());
            assert!(!reference.is_empty() && reference.trim() == reference);
        }
    }
}

fn check_problem(problem: &Problem) {
    let Problem {
        kind,
        message,
        hint,
    } = problem;
    assert_eq!(*kind, "usage");
    assert!(message.len() < 3_000, "{message}");
    assert!(hint.is_some(), "{message}");
}

/// A spreadsheet that saves the same table in another encoding changes nothing.
fn check_in_other_encodings(
    source: &Source,
    file: &[u8],
    columns: Columns<'_>,
    read: Option<Lines>,
) {
    // Zero bytes and a mark are how an encoding is recognised.
    let text = std::str::from_utf8(file).ok();
    let Some(text) = text.filter(|it| !it.contains(['\0', '\u{feff}'])) else {
        return;
    };
    let Some(read) = read else {
        return;
    };
    let units = || text.encode_utf16();
    let little = units().flat_map(u16::to_le_bytes);
    let big = units().flat_map(u16::to_be_bytes);
    for encoded in [
        [b"\xef\xbb\xbf", file].concat(),
        [0xff, 0xfe].into_iter().chain(little).collect(),
        [0xfe, 0xff].into_iter().chain(big).collect(),
    ] {
        let again = lines_of(source, &encoded, columns);
        assert_eq!(again.ok().as_ref(), Some(&read));
    }
}

/// Tables and lists as people and spreadsheets write them.
pub(crate) fn seeds() -> Vec<Vec<u8>> {
    let files = [
        "RA123456789DE\r\n\n# a note\n  1Z999 \nABCDEFG",
        "Sendungsnummer\r\nRA123456789DE\r\n",
        "Order,Tracking no.,Note\n1,\"A1\",\"x,\ny\"\n,,\n2,B2,\n",
        "sep=;\r\nnumber;a,b,c\r\nA1;x\r\n",
        "\"A1\"\n\"B\"\"2\"\n",
        "order\ttracking number\n7\tA1\n\tB2\n8\n",
        "number\nA1\n\"B2\nC3\n",
        "PK\u{3}\u{4}",
    ];
    let mut seeds = Vec::new();
    for file in files {
        for (place, columns) in [
            (0, "\n\n"),
            (1, "2\n1\n"),
            (2, "Tracking number\norder\n"),
            (3, "\n\n"),
        ] {
            seeds.push([&[place], columns.as_bytes(), file.as_bytes()].concat());
        }
        let wide = file.encode_utf16().flat_map(u16::to_le_bytes);
        let wide: Vec<u8> = wide.collect();
        seeds.push([b"\x01\n\n\xff\xfe", wide.as_slice()].concat());
        seeds.push([b"\x01\n\n", wide.as_slice()].concat());
    }
    seeds
}

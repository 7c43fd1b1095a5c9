//! What to look up: the arguments, and the numbers from a file.

use std::collections::HashSet;
use std::io::Read;
use std::path::Path;

use tracking_core::Target;

use crate::args::TrackArguments;
use crate::problem::Problem;

/// One thing to look up, and where the user wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Requested {
    /// The number, id or reference.
    pub(crate) target: Target,
    /// `numbers.txt, line 3`, unless it was an argument.
    pub(crate) place: Option<String>,
    /// Whether it looks like the header of a column: the first line of a file, without a digit.
    pub(crate) is_header: bool,
}

impl Requested {
    /// A tracking number that came from no file.
    pub(crate) fn number(number: impl Into<String>) -> Self {
        Self {
            target: Target::Number(number.into()),
            place: None,
            is_header: false,
        }
    }
}

/// Everything that the user asked for, each thing once, in the order it was given.
pub(crate) fn collect(arguments: &TrackArguments) -> Result<Vec<Requested>, Problem> {
    let mut all: Vec<Requested> = Vec::new();

    all.extend(arguments.numbers.iter().map(Requested::number));
    if let Some(path) = &arguments.from_file {
        all.extend(read(path)?);
    }
    all.extend(arguments.ids.iter().map(|id| Requested {
        target: Target::Id(id.clone()),
        place: None,
        is_header: false,
    }));
    all.extend(arguments.references.iter().map(|reference| Requested {
        target: Target::Reference(reference.clone()),
        place: None,
        is_header: false,
    }));

    let mut seen = HashSet::new();
    all.retain(|requested| seen.insert(requested.target.clone()));
    for requested in &mut all {
        if let Target::Number(number) = &mut requested.target {
            join_groups(number);
        }
    }
    Ok(all)
}

/// Removes the spaces between the groups in which couriers print a number, such as `AB 123 456 789 DE`.
///
/// Anything else with a space in it may be several columns, so it stays and is refused: fewer than three
/// groups, or one of more than five letters and digits.
fn join_groups(number: &mut String) {
    let groups: Vec<&str> = number.split([' ', '\u{a0}', '\u{202f}']).collect();
    let is_group = |group: &&str| {
        (1..=5).contains(&group.len()) && group.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    if groups.len() >= 3 && groups.iter().all(is_group) {
        *number = groups.concat();
    }
}

fn read(path: &Path) -> Result<Vec<Requested>, Problem> {
    let (name, bytes) = if path == Path::new("-") {
        let mut bytes = Vec::new();
        let result = std::io::stdin().lock().read_to_end(&mut bytes);
        ("standard input".to_owned(), result.map(|_| bytes))
    } else {
        (path.display().to_string(), std::fs::read(path))
    };
    let bytes =
        bytes.map_err(|error| Problem::new("usage", format!("cannot read {name}: {error}")))?;
    let text = String::from_utf8(bytes).map_err(|_| {
        Problem::new("usage", format!("{name} is not text in UTF-8"))
            .with_hint("give a plain text file with one tracking number per line")
    })?;

    let requested = parse(&name, &text);
    if requested.is_empty() {
        return Err(Problem::new(
            "usage",
            format!("{name} holds no tracking numbers"),
        ));
    }
    Ok(requested)
}

fn parse(name: &str, text: &str) -> Vec<Requested> {
    text.trim_start_matches('\u{feff}')
        .lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line.trim()))
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
        .enumerate()
        .map(|(index, (line, number))| Requested {
            target: Target::Number(number.to_owned()),
            place: Some(format!("{name}, line {line}")),
            is_header: index == 0 && !number.contains(|letter: char| letter.is_ascii_digit()),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_gives_one_number_per_line() {
        let text = "\u{feff}RA123456789DE\r\n\n# a note\n  1Z999 \n";

        let requested = parse("list", text);

        let numbers: Vec<_> = requested.iter().map(|one| one.target.as_str()).collect();
        assert_eq!(numbers, ["RA123456789DE", "1Z999"]);
        assert_eq!(requested[1].place.as_deref(), Some("list, line 4"));
    }

    #[test]
    fn first_line_without_digit_is_header() {
        for (text, expected) in [
            (
                "# list\r\ntracking_number\r\nRA123456789DE\r\n",
                vec![true, false],
            ),
            (
                "\u{feff}\"Sendungsnummer\",Kurier\nRA123456789DE",
                vec![true, false],
            ),
            ("RA123456789DE\nABCDEFG", vec![false, false]),
        ] {
            let requested = parse("list", text);

            let headers: Vec<bool> = requested.iter().map(|one| one.is_header).collect();
            assert_eq!(headers, expected, "{text}");
        }
    }

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
            let mut number = text.to_owned();

            join_groups(&mut number);

            assert_eq!(number, expected);
        }
    }
}

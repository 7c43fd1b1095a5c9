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
}

impl Requested {
    /// A tracking number that came from no file.
    pub(crate) fn number(number: impl Into<String>) -> Self {
        Self {
            target: Target::Number(number.into()),
            place: None,
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
    }));
    all.extend(arguments.references.iter().map(|reference| Requested {
        target: Target::Reference(reference.clone()),
        place: None,
    }));

    let mut seen = HashSet::new();
    all.retain(|requested| seen.insert(requested.target.clone()));
    Ok(all)
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
        .map(|(line, number)| Requested {
            target: Target::Number(number.to_owned()),
            place: Some(format!("{name}, line {line}")),
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
}

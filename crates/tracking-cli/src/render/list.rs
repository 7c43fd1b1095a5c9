//! Lists of anything but parcels: as a table for people, as JSON, or as CSV.

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::grid::{Cell, grid};
use super::{csv, json};
use crate::problem::{self, Problem};
use crate::terminal;

/// One line of a list. As JSON and as CSV it is written as it serializes; its fields are plain values.
pub(crate) trait Row: Serialize {
    /// The key of the list in the document.
    const KEY: &'static str;
    /// The names of the columns for people.
    const HEAD: &'static [&'static str];

    /// What people see, one for each column.
    fn cells(&self) -> Vec<Cell>;
}

/// What the list looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListForm {
    /// A table for people
    Text,
    /// One document
    Json,
    /// A JSON object per line
    Ndjson,
    /// A table for programs
    Csv,
}

/// The options of each command that prints a list.
#[derive(Debug, Args)]
pub(crate) struct ListOutput {
    /// What the result looks like
    #[arg(long, value_name = "FORM", value_enum, default_value_t = ListForm::Text)]
    output: ListForm,

    /// Short for --output json
    #[arg(long, conflicts_with = "output")]
    json: bool,
}

impl ListOutput {
    /// What the result looks like.
    pub(crate) const fn form(&self) -> ListForm {
        if self.json {
            ListForm::Json
        } else {
            self.output
        }
    }
}

/// Prints a list, and what went wrong: for people on standard error, and in a document.
///
/// # Errors
///
/// When standard output cannot be written.
pub(crate) fn print<R: Row>(
    form: ListForm,
    rows: &[R],
    problems: &[Problem],
) -> std::io::Result<()> {
    terminal::print(&render(form, rows, problems, terminal::width()))?;
    if form != ListForm::Json {
        problem::report(problems);
    }
    Ok(())
}

/// Says why nothing was sent: always on standard error, and in a document.
pub(crate) fn refuse<R: Row>(form: ListForm, problems: &[Problem]) {
    problem::report(problems);
    if form == ListForm::Json {
        // An output that fails cannot be reported to the output.
        let _ = terminal::print(&render::<R>(form, &[], problems, None));
    }
}

fn render<R: Row>(
    form: ListForm,
    rows: &[R],
    problems: &[Problem],
    width: Option<usize>,
) -> String {
    match form {
        ListForm::Text if rows.is_empty() => String::new(),
        ListForm::Text => {
            let cells: Vec<Vec<Cell>> = rows.iter().map(Row::cells).collect();
            grid(R::HEAD, &cells, width)
        }
        ListForm::Json => json::list(R::KEY, rows, problems),
        ListForm::Ndjson => rows.iter().map(json::line_of).collect(),
        ListForm::Csv => csv::list(rows),
    }
}

#[cfg(test)]
mod tests {
    use anstyle::Style;

    use super::*;
    use crate::render::samples::plain;

    #[derive(Serialize)]
    struct Fruit {
        name: &'static str,
        weight: Option<u8>,
    }

    impl Row for Fruit {
        const KEY: &'static str = "fruits";
        const HEAD: &'static [&'static str] = &["name", "weight"];

        fn cells(&self) -> Vec<Cell> {
            let weight = self.weight.map(|it| it.to_string()).unwrap_or_default();
            vec![(Style::new(), self.name.to_owned()), (Style::new(), weight)]
        }
    }

    const FRUITS: [Fruit; 2] = [
        Fruit {
            name: "=pear",
            weight: Some(7),
        },
        Fruit {
            name: "plum, blue",
            weight: None,
        },
    ];

    #[test]
    fn list_has_each_form() {
        let rendered = |form| plain(&render(form, &FRUITS, &[], None));

        assert_eq!(
            rendered(ListForm::Text),
            "NAME        WEIGHT\n=pear       7\nplum, blue\n"
        );
        assert_eq!(
            rendered(ListForm::Ndjson),
            "{\"name\":\"=pear\",\"weight\":7}\n{\"name\":\"plum, blue\",\"weight\":null}\n"
        );
        assert_eq!(
            rendered(ListForm::Csv),
            "name,weight\n'=pear,7\n\"plum, blue\",\n"
        );
        let document: serde_json::Value = serde_json::from_str(&rendered(ListForm::Json)).unwrap();
        assert_eq!(document["fruits"][1]["weight"], serde_json::Value::Null);
        assert_eq!(document["errors"], serde_json::json!([]));
    }

    #[test]
    fn empty_list_has_a_document_and_no_table() {
        let problem = Problem::new("server", "down");

        assert_eq!(render::<Fruit>(ListForm::Text, &[], &[], None), "");
        let document = render::<Fruit>(ListForm::Json, &[], &[problem], None);
        let document: serde_json::Value = serde_json::from_str(&document).unwrap();
        assert_eq!(document["fruits"], serde_json::json!([]));
        assert_eq!(document["errors"][0]["kind"], "server");
    }
}

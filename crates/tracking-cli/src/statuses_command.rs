//! `tracking statuses`: what each value of a provider means here, from the tables of the SDKs.

use anstyle::Style;
use clap::Args;
use serde::Serialize;
use tracking_core::kit::{StatusRow, StatusTable};
use tracking_core::{Detail, Precision, Reason, Status};

use crate::exit::Exit;
use crate::problem;
use crate::providers::{self, Entry};
use crate::render::grid::Cell;
use crate::render::list::{self, ListOutput};
use crate::render::style::{FAINT, STRONG};

const HELP: &str = "\
A value that is not here is shown as unmapped, with a report to send to the maintainers.

Examples:
  tracking statuses -p ship24
  tracking statuses --output csv > statuses.csv";

/// Options of `tracking statuses`.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub(crate) struct StatusesArguments {
    /// Show the table of this provider only; repeatable [default: all]
    #[arg(short, long = "provider", value_name = "PROVIDER", value_parser = providers::named)]
    providers: Vec<&'static Entry>,

    #[command(flatten)]
    output: ListOutput,
}

/// What one value of a provider means.
#[derive(Debug, Serialize)]
struct Row {
    provider: &'static str,
    field: &'static str,
    /// Null where the presence of the field is the statement.
    value: Option<&'static str>,
    /// Null where the value has none, or takes that of the main value.
    status: Option<&'static str>,
    /// Whether the status is that of the main value beside it.
    takes_main_status: bool,
    detail: Option<&'static str>,
    reason: Option<&'static str>,
    /// Null where it is as precise as the main value.
    precision: Option<&'static str>,
    source: &'static str,
    /// The day when the source was read.
    checked_on: Option<&'static str>,
    note: Option<&'static str>,
    table_version: u32,
}

impl Row {
    fn new(entry: &Entry, table: &StatusTable, row: &'static StatusRow) -> Self {
        let filled = |text: &'static str| Some(text).filter(|text| !text.is_empty());
        Self {
            provider: entry.name,
            field: row.field_name(),
            value: row.wire_value(),
            status: row.canonical_status().map(Status::as_str),
            takes_main_status: row.takes_main_status(),
            detail: row.canonical_detail().map(Detail::as_str),
            reason: row.canonical_reason().map(Reason::as_str),
            precision: row.stated_precision().map(Precision::as_str),
            source: row.known_from().as_str(),
            checked_on: filled(table.date_of(row)),
            note: filled(row.remark()),
            table_version: table.version(),
        }
    }

    /// The status, detail and reason for people.
    fn meaning(&self) -> String {
        let status = match self.status {
            Some(status) => status,
            None if self.takes_main_status => "as the main value",
            None => "says nothing",
        };
        let parts = [Some(status), self.detail, self.reason];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }
}

impl list::Row for Row {
    const KEY: &'static str = "statuses";
    const HEAD: &'static [&'static str] = &[
        "provider",
        "field",
        "value",
        "meaning",
        "precision",
        "source",
    ];

    fn cells(&self) -> Vec<Cell> {
        let value = self.value.unwrap_or("(any)").to_owned();
        vec![
            (FAINT, self.provider.to_owned()),
            (Style::new(), self.field.to_owned()),
            (STRONG, value),
            (Style::new(), self.meaning()),
            (FAINT, self.precision.unwrap_or_default().to_owned()),
            (FAINT, self.source.to_owned()),
        ]
    }
}

/// Runs the command.
pub(crate) fn run(arguments: &StatusesArguments) -> Exit {
    let is_shown = |entry: &&Entry| {
        let mut named = arguments.providers.iter();
        arguments.providers.is_empty() || named.any(|it| it.name == entry.name)
    };
    let shown = providers::ALL.iter().filter(is_shown);
    let rows: Vec<Row> = shown
        .flat_map(|entry| {
            let table = entry.statuses;
            let rows = table.rows().iter();
            rows.map(move |row| Row::new(entry, table, row))
        })
        .collect();
    match list::print(arguments.output.form(), &rows, &[]) {
        Ok(()) => Exit::Success,
        Err(error) => {
            problem::report([&problem::of_output(&error)]);
            Exit::Usage
        }
    }
}

//! `tracking track`: plans the lookups, carries them out, prints what they report.

use std::io;

use tracking_core::Shipment;

use crate::args::TrackArguments;
use crate::config::Environment;
use crate::exit::{self, Exit, Tally};
use crate::lookup::{self, Report};
use crate::plan::{self, Plan};
use crate::problem::{self, Problem};
use crate::render::{json, table, timeline};
use crate::terminal;

/// Runs the command.
pub(crate) async fn run(arguments: &TrackArguments, environment: Environment<'_>) -> Exit {
    let Plan { lookups, connected } = match plan::make(arguments, environment).await {
        Ok(plan) => plan,
        Err(problems) => return refuse(arguments.json, &problems),
    };

    let mut output = Output::new(arguments);
    let result = lookup::track(&connected, lookups, |report| output.add(report)).await;
    if let Err(error) = result.and_then(|()| output.finish()) {
        problem::report([&problem::of_output(&error)]);
        return Exit::SomeFailed;
    }
    if !arguments.json {
        problem::report(problems(&output.reports));
    }
    exit::of_lookups(&tallies(&output.reports))
}

/// Says why nothing was sent: always on standard error, and in the document if one is expected.
fn refuse(json: bool, problems: &[Problem]) -> Exit {
    problem::report(problems);
    if json {
        // An output that fails cannot be reported to the output.
        let _ = terminal::print(&json::document([], problems));
    }
    Exit::Usage
}

/// What is printed when.
enum Form {
    /// Each timeline as soon as its turn comes.
    Timelines,
    /// One table at the end, when the widths of its columns are known.
    Table,
    /// One document at the end.
    Json,
}

/// The output of one run.
struct Output {
    form: Form,
    width: Option<usize>,
    reports: Vec<Report>,
    is_empty: bool,
}

impl Output {
    fn new(arguments: &TrackArguments) -> Self {
        let form = match (arguments.json, arguments.brief) {
            (true, _) => Form::Json,
            (false, true) => Form::Table,
            (false, false) => Form::Timelines,
        };
        Self {
            form,
            width: terminal::width(),
            reports: Vec::new(),
            is_empty: true,
        }
    }

    /// Takes a report, and prints it if its turn has come.
    fn add(&mut self, report: Report) -> io::Result<()> {
        if matches!(self.form, Form::Timelines) {
            for shipment in &report.shipments {
                let text = timeline::render(shipment, report.entry.title, self.width);
                let gap = if self.is_empty { "" } else { "\n" };
                terminal::print(&format!("{gap}{text}"))?;
                self.is_empty = false;
            }
        }
        self.reports.push(report);
        Ok(())
    }

    /// Prints what had to wait for the last report.
    fn finish(&mut self) -> io::Result<()> {
        match self.form {
            Form::Json => {
                return terminal::print(&json::document(
                    shipments(&self.reports),
                    problems(&self.reports),
                ));
            }
            Form::Table => {
                let text = table::render(&found(&self.reports), self.width);
                self.is_empty = text.is_empty();
                terminal::print(&text)?;
            }
            Form::Timelines => {}
        }
        if self.reports.len() > 1 && !self.is_empty {
            return terminal::print(&format!("\n{}", table::count(&self.reports)));
        }
        Ok(())
    }
}

fn found(reports: &[Report]) -> Vec<(&str, &Shipment)> {
    reports
        .iter()
        .flat_map(|report| {
            let title = report.entry.title;
            report.shipments.iter().map(move |one| (title, one))
        })
        .collect()
}

fn shipments(reports: &[Report]) -> impl Iterator<Item = &Shipment> {
    reports.iter().flat_map(|report| &report.shipments)
}

fn problems(reports: &[Report]) -> impl Iterator<Item = &Problem> {
    reports.iter().filter_map(|report| report.problem.as_ref())
}

/// One tally per target; the reports of one target follow each other.
fn tallies(reports: &[Report]) -> Vec<Tally> {
    reports
        .chunk_by(|one, other| one.target == other.target)
        .map(|same| Tally {
            found: same.iter().any(|report| report.problem.is_none()),
            failed: problems(same).any(|problem| !problem.is_outcome),
        })
        .collect()
}

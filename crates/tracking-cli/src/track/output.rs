//! What is printed when.

use std::io;

use super::args::Form;
use super::lookups::{Finish, Order};
use super::plan::Plan;
use super::report::Report;
use crate::exit::Tally;
use crate::problem::{self, Hints, Problem};
use crate::render::labels::counted;
use crate::render::table::{Count, Table};
use crate::render::{csv, json, timeline};
use crate::terminal;

/// How many failures wait for the end of the parcels.
const FAILURES: usize = 100;

/// The output of one run.
#[derive(Debug)]
pub(crate) struct Output {
    form: Form,
    width: Option<usize>,
    is_empty: bool,
    table: Table,
    /// Of a document, which is printed as a whole.
    reports: Vec<Report>,
    count: Count,
    /// What failed since the last page of failures.
    failures: Vec<Problem>,
    hints: Hints,
    tallies: Vec<Tally>,
}

impl Output {
    pub(crate) fn new(form: Form) -> Self {
        Self {
            form,
            width: terminal::width(),
            is_empty: true,
            table: Table::default(),
            reports: Vec::new(),
            count: Count::default(),
            failures: Vec::new(),
            hints: Hints::default(),
            tallies: Vec::new(),
        }
    }

    /// When the reports are printed.
    pub(crate) const fn order(&self) -> Order {
        match self.form {
            Form::Ndjson | Form::Csv => Order::Arrival,
            Form::Text | Form::Brief | Form::Json => Order::Lines,
        }
    }

    /// Prints what comes in front of everything.
    pub(crate) fn begin(&self) -> io::Result<()> {
        match self.form {
            Form::Csv => terminal::write(&csv::head()),
            _ => Ok(()),
        }
    }

    /// Takes a report, and prints it if its turn has come.
    pub(crate) fn add(&mut self, report: Report) -> io::Result<()> {
        self.count.add(&report);
        self.tally(&report);
        match self.form {
            Form::Ndjson => return terminal::write(&json::record(&report)),
            Form::Csv => return terminal::write(&csv::rows(&report)),
            Form::Json => {
                self.reports.push(report);
                return Ok(());
            }
            Form::Text => self.print(&report)?,
            Form::Brief => {
                self.add_lines(&report);
                if self.table.is_full() {
                    self.print_page()?;
                }
            }
        }
        if let Some(problem) = report.problem {
            self.hints.add(&problem);
            if !problem.is_outcome {
                self.failures.push(problem);
            }
        }
        if self.failures.len() >= FAILURES {
            self.report_failures();
        }
        Ok(())
    }

    fn print_page(&mut self) -> io::Result<()> {
        let page = self.table.page(self.width);
        self.is_empty &= page.is_empty();
        terminal::write(&page)
    }

    fn report_failures(&mut self) {
        for failure in self.failures.drain(..) {
            problem::report_line(&failure);
        }
    }

    fn print(&mut self, report: &Report) -> io::Result<()> {
        let outcome = report.problem.as_ref().filter(|it| it.is_outcome);
        let title = report.title();
        let mut blocks: Vec<String> = report
            .shipments
            .iter()
            .map(|shipment| timeline::render(shipment, title, outcome, self.width))
            .collect();
        if let Some(outcome) = outcome.filter(|_| blocks.is_empty()) {
            let number = report.target.as_str();
            blocks.push(timeline::without_parcel(number, title, outcome, self.width));
        }
        for block in blocks {
            let gap = if self.is_empty { "" } else { "\n" };
            terminal::write(&format!("{gap}{block}"))?;
            self.is_empty = false;
        }
        Ok(())
    }

    fn add_lines(&mut self, report: &Report) {
        let title = report.title();
        for shipment in &report.shipments {
            self.table.add(title, shipment);
        }
        let outcome = report.problem.as_ref().filter(|it| it.is_outcome);
        if let Some(outcome) = outcome.filter(|_| report.shipments.is_empty()) {
            self.table
                .add_outcome(title, report.target.as_str(), outcome);
        }
    }

    fn tally(&mut self, report: &Report) {
        if self.tallies.len() <= report.place {
            self.tallies.resize(report.place + 1, Tally::default());
        }
        if let Some(tally) = self.tallies.get_mut(report.place) {
            tally.found |= report.problem.is_none();
            tally.failed |= report.problem.as_ref().is_some_and(|it| !it.is_outcome);
        }
    }

    /// Prints what had to wait for the last report.
    pub(crate) fn finish(&mut self, registered: usize) -> io::Result<()> {
        match self.form {
            Form::Ndjson | Form::Csv => return Ok(()),
            Form::Json => {
                return terminal::write(&json::document(&self.reports, [], registered));
            }
            Form::Brief => self.print_page()?,
            Form::Text => {}
        }
        if self.count.reports() > 1 && !self.is_empty {
            terminal::write(&format!("\n{}", self.count.render()))?;
        }
        Ok(())
    }

    /// Reports to people what failed, what to do, and what was registered: on standard error.
    pub(crate) fn explain(&mut self, notes: impl IntoIterator<Item = String>) {
        self.report_failures();
        self.hints.report();
        for note in notes {
            problem::report_note(&note);
        }
    }

    /// What became of each line.
    pub(crate) fn tallies(&self) -> &[Tally] {
        &self.tallies
    }
}

/// Says why nothing was sent: always on standard error, and in the result if it is for a program.
pub(crate) fn refuse(form: Form, problems: &[Problem]) {
    problem::report(problems);
    let text = match form {
        Form::Json => json::document(&[], problems, 0),
        Form::Ndjson => json::refusals(problems),
        Form::Text | Form::Brief | Form::Csv => return,
    };
    // An output that fails cannot be reported to the output.
    let _ = terminal::print(&text);
}

/// What a run of `track` registered, and what is open.
pub(crate) fn notes(plan: &Plan, finish: &Finish) -> Vec<String> {
    let mut notes = Vec::new();
    if finish.is_interrupted {
        let Finish { open, asked, .. } = finish;
        notes.push(format!("interrupted: {open} of {asked} lookups are open"));
    }
    let registered = finish.total_registered();
    if registered > 0 {
        let by_account: Vec<String> = plan
            .accounts()
            .iter()
            .zip(&finish.registered)
            .filter(|(_, count)| **count > 0)
            .map(|(account, count)| format!("{count} at {}", account.title()))
            .collect();
        let numbers = counted(registered, "number");
        notes.push(format!("registered {numbers}: {}", by_account.join(", ")));
    }
    if finish.uncertain > 0 {
        let numbers = counted(finish.uncertain, "number");
        notes.push(format!(
            "{numbers} may be registered as well: no response said so"
        ));
    }
    notes
}

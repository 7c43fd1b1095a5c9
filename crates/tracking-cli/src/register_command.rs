//! `tracking register`: makes a provider follow numbers, and says what that costs.

use std::collections::HashSet;
use std::path::PathBuf;

use anstyle::Style;
use clap::{Args, ValueHint};
use serde::Serialize;
use tracking_core::kit::number_key;
use tracking_core::{Error, Provider, Registered, Registration};

use crate::args::non_blank;
use crate::change::{self, Change, One};
use crate::config::Environment;
use crate::exit::Exit;
use crate::hint_options::HintOptions;
use crate::input::{Column, Columns};
use crate::problem::{self, Problem};
use crate::providers::Entry;
use crate::render::grid::Cell;
use crate::render::labels::counted;
use crate::render::list::{ListOutput, Row as ListRow};
use crate::render::style::{FAINT, GOOD, STRONG};
use crate::select::Account;
use crate::terminal::clean;
use crate::track::targets::{Numbers, Requested, Requests};

const HELP: &str = "\
A number that is followed already is not registered again. Ship24 takes 100 numbers in one call and
TrackingMore 40. `tracking track --file FILE --register` shows the parcels too.

Examples:
  tracking register -p ship24 RB473128508SG
  tracking register -p trackingmore RB473128508SG --courier trackingmore:singapore-post
  tracking register -p ship24 --file orders.csv --column 'Tracking number'
  tracking register -p ship24 RB473128508SG --reference 'order 1001' --json

Exit codes:
  0  every number is registered
  1  the command line, the environment or the configuration is wrong; nothing was sent
  2  a number, or a line of the file, could not be registered
  130  interrupted; what was registered by then is printed";

/// Options of `tracking register`.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub(crate) struct RegisterArguments {
    /// Tracking numbers; `-` reads more from standard input
    #[arg(value_name = "NUMBER", required_unless_present = "file")]
    numbers: Vec<String>,

    /// Read more tracking numbers from a file: one per line, or a column of a table
    ///
    /// Empty lines, lines that start with `#` and a header are skipped. A line that cannot be registered is
    /// reported with its place, and the rest goes on.
    #[arg(short, long, visible_alias = "from-file", value_name = "FILE", value_hint = ValueHint::FilePath)]
    file: Option<PathBuf>,

    /// The column with the tracking numbers: its name in the header, or its place from 1 [default: the only column, or
    /// the one with a title such as `Tracking number`]
    #[arg(long, value_name = "NAME|N")]
    column: Option<Column>,

    /// The provider or account to register at [default: the only one that is configured and can]
    #[arg(short, long = "provider", value_name = "PROVIDER")]
    provider: Option<String>,

    #[command(flatten)]
    hints: HintOptions,

    /// Your own reference, which the provider returns; for one number
    #[arg(long, value_name = "REFERENCE", value_parser = non_blank)]
    reference: Option<String>,

    /// A title for the provider's dashboard
    #[arg(long, value_name = "TITLE", value_parser = non_blank)]
    title: Option<String>,

    /// Use a sandbox inside this program instead of the providers
    #[arg(long)]
    sandbox: bool,

    #[command(flatten)]
    output: ListOutput,
}

/// A number that is registered.
#[derive(Debug, Serialize)]
pub(crate) struct Row {
    number: String,
    /// The line of the file or of standard input that the number is from.
    line: Option<u64>,
    provider: &'static str,
    account: String,
    /// The provider's own id, which `track --id` takes.
    id: Option<String>,
    reference: Option<String>,
    /// False if it was registered before; null if the provider does not say.
    created: Option<bool>,
}

impl Row {
    fn new(account: &Account, one: &One<Registration>, registered: Registered) -> Self {
        Self {
            number: one.name.clone(),
            line: one.line(),
            provider: account.entry.name,
            account: account.name.clone(),
            id: registered.id,
            reference: registered.reference,
            created: registered.created,
        }
    }
}

impl ListRow for Row {
    const KEY: &'static str = "registered";
    const HEAD: &'static [&'static str] = &["number", "account", "state", "id"];

    fn cells(&self) -> Vec<Cell> {
        let state = match self.created {
            Some(true) => "registered",
            Some(false) => "was registered before",
            None => "registered, now or before",
        };
        vec![
            (STRONG, clean(&self.number).into_owned()),
            (Style::new(), self.account.clone()),
            (GOOD, state.to_owned()),
            (
                FAINT,
                clean(self.id.as_deref().unwrap_or_default()).into_owned(),
            ),
        ]
    }
}

/// Runs the command.
pub(crate) async fn run(arguments: &RegisterArguments, environment: Environment<'_>) -> Exit {
    change::run(arguments, environment).await
}

impl Change for RegisterArguments {
    type Subject = Registration;
    type Row = Row;

    const TASK: &'static str = "register numbers";

    fn provider(&self) -> Option<&str> {
        self.provider.as_deref()
    }

    fn sandbox(&self) -> bool {
        self.sandbox
    }

    fn output(&self) -> &ListOutput {
        &self.output
    }

    fn is_able(entry: &Entry) -> bool {
        entry.capabilities.register
    }

    fn subjects(&self, account: &Account) -> Result<Vec<One<Registration>>, Vec<Problem>> {
        let hints = self.hints.by_account(std::slice::from_ref(account));
        let hints = hints.map_err(|problem| vec![problem])?.pop();
        let numbers = Numbers {
            arguments: &self.numbers,
            file: self.file.as_deref(),
            columns: Columns {
                number: self.column.as_ref(),
                reference: None,
            },
        };
        let Requests {
            requested: mut numbers,
            notes,
        } = numbers.collect().map_err(|problem| vec![problem])?;
        for note in &notes {
            problem::report_warning(note);
        }
        let mut known = HashSet::new();
        // What is no number is reported each time.
        numbers.retain(|one| one.fault.is_some() || known.insert(number_key(one.target.as_str())));
        if self.reference.is_some() && numbers.len() > 1 {
            let message = "--reference is that of one number, and several are given";
            return Err(vec![Problem::new("usage", message)]);
        }
        let subject = |requested: Requested| {
            let mut registration = Registration::new(requested.target.as_str());
            registration.hints = hints.clone().unwrap_or_default();
            registration.reference.clone_from(&self.reference);
            registration.title.clone_from(&self.title);
            One::requested(requested, registration)
        };
        Ok(numbers.into_iter().map(subject).collect())
    }

    fn announce(&self, account: &Account, count: usize) {
        let mut cost = account.entry.registering.to_owned();
        if !self.hints.has_courier() && !account.entry.detecting.is_empty() {
            cost.push_str("; ");
            cost.push_str(account.entry.detecting);
        }
        let count = counted(count, "number");
        problem::report_note(&format!(
            "registering {count} at {}: {cost}",
            account.title()
        ));
    }

    fn batch_size(entry: &Entry) -> usize {
        entry.capabilities.register_batch_size
    }

    async fn apply(
        &self,
        provider: &dyn Provider,
        account: &Account,
        batch: &[One<Registration>],
    ) -> Vec<Result<Row, Error>> {
        let registrations = batch.iter().map(|one| one.subject.clone()).collect();
        let results = provider.register_batch(registrations).await.into_iter();
        let results = results.zip(batch);
        results
            .map(|(result, one)| Ok(Row::new(account, one, result?)))
            .collect()
    }

    fn summary(&self, account: &Account, rows: &[Row]) -> String {
        let count = |created| rows.iter().filter(|row| row.created == created).count();
        let parts = [
            (count(Some(true)), "registered"),
            (count(Some(false)), "registered before"),
            (
                count(None),
                "registered now or before, which the provider does not say",
            ),
        ];
        let parts = parts.iter().filter(|(count, _)| *count > 0);
        let parts: Vec<String> = parts
            .map(|(count, what)| format!("{} {what}", counted(*count, "number")))
            .collect();
        format!("{}: {}", account.title(), parts.join(", "))
    }
}

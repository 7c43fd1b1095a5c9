//! `tracking couriers`: the couriers that a provider knows, by the codes that `--courier` takes.

use anstyle::Style;
use clap::Args;
use serde::Serialize;
use tracking_core::{Courier, Provider};

use crate::config::Environment;
use crate::exit::Exit;
use crate::problem::{self, Problem};
use crate::render::grid::Cell;
use crate::render::list::{self, ListForm, ListOutput};
use crate::render::style::STRONG;
use crate::select::{Account, Connected, Criteria, Selection};
use crate::terminal::clean;
use crate::track::report;

const HELP: &str = "\
The lists are long and change seldom: keep them. None of them uses quota. Whether a courier is
likely for a number, `tracking detect` finds out.

Examples:
  tracking couriers -p ship24 | grep -i post
  tracking couriers --output csv > couriers.csv";

/// Options of `tracking couriers`.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub(crate) struct CouriersArguments {
    /// Ask this provider or account only; repeatable [default: every account that is configured and can]
    #[arg(short, long = "provider", value_name = "PROVIDER")]
    providers: Vec<String>,

    /// Use a sandbox inside this program instead of the providers
    #[arg(long)]
    sandbox: bool,

    #[command(flatten)]
    output: ListOutput,
}

/// A courier at one provider.
#[derive(Debug, Serialize)]
struct Row {
    provider: &'static str,
    account: String,
    code: String,
    name: Option<String>,
    /// What `--courier` takes.
    courier: String,
}

impl Row {
    fn new(account: &Account, courier: Courier) -> Self {
        Self {
            provider: account.entry.name,
            account: account.name.clone(),
            courier: format!("{}:{}", account.entry.name, courier.code),
            code: courier.code,
            name: courier.name,
        }
    }
}

impl list::Row for Row {
    const KEY: &'static str = "couriers";
    const HEAD: &'static [&'static str] = &["courier", "name"];

    fn cells(&self) -> Vec<Cell> {
        let name = clean(self.name.as_deref().unwrap_or_default());
        vec![
            (STRONG, clean(&self.courier).into_owned()),
            (Style::new(), name.into_owned()),
        ]
    }
}

/// Runs the command.
pub(crate) async fn run(arguments: &CouriersArguments, environment: Environment<'_>) -> Exit {
    let form = arguments.output.form();
    let mut problems = Vec::new();
    let criteria = Criteria {
        names: &arguments.providers,
        sandbox: arguments.sandbox,
        task: "list couriers",
        able: |entry| entry.capabilities.list_couriers,
    };
    let selection = Selection::make(&criteria, environment, &mut problems);
    let connected = match problems.is_empty() {
        true => selection.connect().await,
        false => Err(problems),
    };
    match connected {
        Ok(connected) => list(&connected, form).await,
        Err(problems) => {
            list::refuse::<Row>(form, &problems);
            Exit::Usage
        }
    }
}

async fn list(connected: &Connected, form: ListForm) -> Exit {
    let mut rows = Vec::new();
    let mut problems: Vec<Problem> = Vec::new();
    for account in connected.accounts() {
        let listed = match connected.set().get(&account.name) {
            Ok(provider) => provider.list_couriers().await,
            Err(error) => Err(error),
        };
        match listed {
            Ok(couriers) => rows.extend(couriers.into_iter().map(|it| Row::new(account, it))),
            Err(error) => problems
                .push(report::failure(account.entry, &error).of_provider(account.name.as_str())),
        }
    }
    match list::print(form, &rows, &problems) {
        Err(error) => {
            problem::report([&problem::of_output(&error)]);
            Exit::SomeFailed
        }
        Ok(()) if problems.is_empty() => Exit::Success,
        Ok(()) => Exit::SomeFailed,
    }
}

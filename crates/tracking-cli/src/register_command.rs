//! `tracking register`: makes a provider follow numbers, and says what that costs.

use anstyle::Style;
use clap::Args;
use serde::Serialize;
use tracking_core::kit::is_same_number;
use tracking_core::{Error, Provider, Registered, Registration};

use crate::args::non_blank;
use crate::change::{self, Change, One};
use crate::config::Environment;
use crate::exit::Exit;
use crate::hint_options::HintOptions;
use crate::problem::{self, Problem};
use crate::render::grid::Cell;
use crate::render::list::{ListOutput, Row as ListRow};
use crate::render::style::{FAINT, GOOD, STRONG};
use crate::select::Account;
use crate::terminal::clean;

const HELP: &str = "\
A number that is followed already is not registered again. For a list in a file, use
`tracking track --file FILE --register`, which shows the parcels too.

Examples:
  tracking register -p ship24 RB473128508SG
  tracking register -p trackingmore RB473128508SG --courier trackingmore:singapore-post
  tracking register -p ship24 RB473128508SG --reference 'order 1001' --json

Exit codes:
  0  every number is registered
  1  the command line, the environment or the configuration is wrong; nothing was sent
  2  a number could not be registered
  130  interrupted; what was registered by then is printed";

/// Options of `tracking register`.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub(crate) struct RegisterArguments {
    /// Tracking numbers
    #[arg(value_name = "NUMBER", required = true)]
    numbers: Vec<String>,

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
    provider: &'static str,
    account: String,
    /// The provider's own id, which `track --id` takes.
    id: Option<String>,
    reference: Option<String>,
    /// False if it was registered before; null if the provider does not say.
    created: Option<bool>,
}

impl Row {
    fn new(account: &Account, number: &str, registered: Registered) -> Self {
        Self {
            number: number.to_owned(),
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

    fn is_able(entry: &crate::providers::Entry) -> bool {
        entry.capabilities.register
    }

    fn subjects(&self, account: &Account) -> Result<Vec<One<Registration>>, Vec<Problem>> {
        let hints = self.hints.by_account(std::slice::from_ref(account));
        let hints = hints.map_err(|problem| vec![problem])?.pop();
        let mut numbers: Vec<&str> = Vec::new();
        for number in &self.numbers {
            if !numbers.iter().any(|known| is_same_number(known, number)) {
                numbers.push(number);
            }
        }
        if self.reference.is_some() && numbers.len() > 1 {
            let message = "--reference is that of one number, and several are given";
            return Err(vec![Problem::new("usage", message)]);
        }
        let subject = |number: &str| {
            let mut registration = Registration::new(number);
            registration.hints = hints.clone().unwrap_or_default();
            registration.reference.clone_from(&self.reference);
            registration.title.clone_from(&self.title);
            One::number(number, registration)
        };
        Ok(numbers.into_iter().map(subject).collect())
    }

    fn announce(&self, account: &Account, count: usize) {
        let mut cost = account.entry.registering.to_owned();
        if !self.hints.has_courier() && !account.entry.detecting.is_empty() {
            cost.push_str("; ");
            cost.push_str(account.entry.detecting);
        }
        let count = change::numbers(count);
        problem::report_note(&format!(
            "registering {count} at {}: {cost}",
            account.title()
        ));
    }

    async fn apply(
        &self,
        provider: &dyn Provider,
        account: &Account,
        one: One<Registration>,
    ) -> Result<Row, Error> {
        let registered = provider.register(one.subject).await?;
        Ok(Row::new(account, &one.name, registered))
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
            .map(|(count, what)| format!("{} {what}", change::numbers(*count)))
            .collect();
        format!("{}: {}", account.title(), parts.join(", "))
    }
}

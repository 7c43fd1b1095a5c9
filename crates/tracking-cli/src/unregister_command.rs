//! `tracking unregister`: makes a provider stop following parcels.

use anstyle::Style;
use clap::Args;
use serde::Serialize;
use tracking_core::kit::is_same_number;
use tracking_core::{Error, Provider, Target};

use crate::change::{self, Change, One};
use crate::config::Environment;
use crate::exit::Exit;
use crate::problem::Problem;
use crate::providers::Entry;
use crate::render::grid::Cell;
use crate::render::labels::counted;
use crate::render::list::{ListOutput, Row as ListRow};
use crate::render::style::{GOOD, STRONG};
use crate::select::Account;
use crate::terminal::clean;

const HELP: &str = "\
Ship24 keeps what it knows and stops its updates; TrackingMore deletes the parcel with its history.
Quota that was used does not come back.

Examples:
  tracking unregister -p trackingmore RB473128508SG
  tracking unregister -p ship24 --id 26148317-7502-d3ac-44a9-546d240ac0dd

Exit codes:
  0  the provider follows none of them any more
  1  the command line, the environment or the configuration is wrong; nothing was sent
  2  one of them could not be unregistered
  130  interrupted; what was unregistered by then is printed";

/// Options of `tracking unregister`.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub(crate) struct UnregisterArguments {
    /// Tracking numbers
    #[arg(value_name = "NUMBER", required_unless_present_any = ["ids", "references"])]
    numbers: Vec<String>,

    /// The provider's own id of a tracker; repeatable
    #[arg(long = "id", value_name = "ID")]
    ids: Vec<String>,

    /// Your own reference, as given at registration; repeatable
    #[arg(long = "reference", value_name = "REFERENCE")]
    references: Vec<String>,

    /// The provider or account to unregister at [default: the only one that is configured and can]
    #[arg(short, long = "provider", value_name = "PROVIDER")]
    provider: Option<String>,

    /// Use a sandbox inside this program instead of the providers
    #[arg(long)]
    sandbox: bool,

    #[command(flatten)]
    output: ListOutput,
}

/// A parcel that the provider no longer follows.
#[derive(Debug, Serialize)]
pub(crate) struct Row {
    /// The number, id or reference.
    target: String,
    provider: &'static str,
    account: String,
}

impl ListRow for Row {
    const KEY: &'static str = "unregistered";
    const HEAD: &'static [&'static str] = &["target", "account", "state"];

    fn cells(&self) -> Vec<Cell> {
        vec![
            (STRONG, clean(&self.target).into_owned()),
            (Style::new(), self.account.clone()),
            (GOOD, "unregistered".to_owned()),
        ]
    }
}

/// Runs the command.
pub(crate) async fn run(arguments: &UnregisterArguments, environment: Environment<'_>) -> Exit {
    change::run(arguments, environment).await
}

impl Change for UnregisterArguments {
    type Subject = Target;
    type Row = Row;

    const TASK: &'static str = "unregister numbers";

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
        entry.capabilities.unregister
    }

    fn subjects(&self, _account: &Account) -> Result<Vec<One<Target>>, Vec<Problem>> {
        let mut subjects: Vec<One<Target>> = Vec::new();
        for number in &self.numbers {
            if !subjects.iter().any(|one| is_same_number(&one.name, number)) {
                subjects.push(One::number(number, Target::Number(number.clone())));
            }
        }
        let ids = self.ids.iter().map(|id| (id, Target::Id(id.clone())));
        let references = self.references.iter();
        let references = references.map(|it| (it, Target::Reference(it.clone())));
        let others = ids.chain(references);
        subjects.extend(others.map(|(name, target)| One::identifier(name, target)));
        Ok(subjects)
    }

    fn announce(&self, _account: &Account, _count: usize) {}

    async fn apply(
        &self,
        provider: &dyn Provider,
        account: &Account,
        batch: &[One<Target>],
    ) -> Vec<Result<Row, Error>> {
        let mut results = Vec::with_capacity(batch.len());
        for one in batch {
            let result = provider.unregister(one.subject.clone()).await;
            results.push(result.map(|()| Row {
                target: one.name.clone(),
                provider: account.entry.name,
                account: account.name.clone(),
            }));
        }
        results
    }

    fn summary(&self, account: &Account, rows: &[Row]) -> String {
        format!(
            "{}: unregistered {}",
            account.title(),
            counted(rows.len(), "number")
        )
    }
}

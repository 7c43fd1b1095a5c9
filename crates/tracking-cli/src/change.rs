//! What `register` and `unregister` share: one account, one call for each number, and an end when the
//! account is refused.

use tracking_core::{Error, ErrorKind, Provider};

use crate::config::Environment;
use crate::exit::Exit;
use crate::input_rule;
use crate::interruption::Interruption;
use crate::problem::{self, Problem};
use crate::providers::Entry;
use crate::render::list::{self, ListOutput, Row};
use crate::select::{Account, Criteria, Selection};
use crate::track::report;

/// What one call is about.
#[derive(Debug, Clone)]
pub(crate) struct One<T> {
    /// The number, id or reference.
    pub(crate) name: String,
    /// Whether the name is a tracking number.
    is_number: bool,
    /// What the call takes.
    pub(crate) subject: T,
}

impl<T> One<T> {
    /// A tracking number.
    pub(crate) fn number(name: &str, subject: T) -> Self {
        Self {
            name: name.to_owned(),
            is_number: true,
            subject,
        }
    }

    /// An id or a reference.
    pub(crate) fn identifier(name: &str, subject: T) -> Self {
        Self {
            is_number: false,
            ..Self::number(name, subject)
        }
    }

    /// Says what is wrong with the name, if something is.
    fn check(&self, entry: &Entry) -> Result<(), String> {
        if self.is_number {
            input_rule::check_number(&self.name).and_then(|()| (entry.check_number)(&self.name))
        } else {
            input_rule::check_identifier(&self.name)
        }
    }
}

/// A command that changes what an account follows.
pub(crate) trait Change {
    type Subject;
    type Row: Row;

    /// What it is for, after "cannot".
    const TASK: &'static str;

    /// The provider or account that was named.
    fn provider(&self) -> Option<&str>;
    fn sandbox(&self) -> bool;
    fn output(&self) -> &ListOutput;
    /// Returns true if a provider can do it.
    fn is_able(entry: &Entry) -> bool;
    /// What the calls are about, each once.
    fn subjects(&self, account: &Account) -> Result<Vec<One<Self::Subject>>, Vec<Problem>>;
    /// Says what it costs, before anything is sent.
    fn announce(&self, account: &Account, count: usize);
    /// The call for one of them.
    async fn apply(
        &self,
        provider: &dyn Provider,
        account: &Account,
        one: One<Self::Subject>,
    ) -> Result<Self::Row, Error>;
    /// What was done, in one line.
    fn summary(&self, account: &Account, rows: &[Self::Row]) -> String;
}

/// Runs the command.
pub(crate) async fn run<C: Change>(change: &C, environment: Environment<'_>) -> Exit {
    let form = change.output().form();
    let (connected, subjects) = match prepare(change, environment).await {
        Ok(prepared) => prepared,
        Err(problems) => {
            list::refuse::<C::Row>(form, &problems);
            return Exit::Usage;
        }
    };
    let Some((account, provider)) = connected
        .accounts()
        .first()
        .and_then(|account| Some((account, connected.set().get(&account.name).ok()?)))
    else {
        return Exit::Usage;
    };
    change.announce(account, subjects.len());
    let mut interrupted = std::pin::pin!(Interruption::listen().wait());
    let mut rows = Vec::new();
    let mut problems = Vec::new();
    let mut refusal: Option<Error> = None;
    let total = subjects.len();
    let mut is_interrupted = false;
    for one in subjects {
        let name = one.name.clone();
        let failed = |error: &Error| {
            let problem = report::failure(account.entry, error);
            problem
                .of_provider(account.name.as_str())
                .of_number(name.as_str())
        };
        if let Some(error) = &refusal {
            problems.push(failed(error));
            continue;
        }
        let result = tokio::select! {
            result = change.apply(provider, account, one) => result,
            () = &mut interrupted => {
                is_interrupted = true;
                break;
            }
        };
        match result {
            Ok(row) => rows.push(row),
            Err(error) => {
                problems.push(failed(&error));
                refusal = ends_account(&error).then(|| error.for_request_not_sent());
            }
        }
    }
    let printed = list::print(form, &rows, &problems);
    if !rows.is_empty() {
        problem::report_note(&change.summary(account, &rows));
    }
    if is_interrupted {
        let open = total - rows.len() - problems.len();
        let note =
            format!("interrupted: {open} of {total} are open, and the first of them may be done");
        problem::report_note(&note);
    }
    match printed {
        Err(error) => {
            problem::report([&problem::of_output(&error)]);
            Exit::SomeFailed
        }
        Ok(()) if is_interrupted => Exit::Interrupted,
        Ok(()) if problems.is_empty() => Exit::Success,
        Ok(()) => Exit::SomeFailed,
    }
}

type Prepared<C> = (crate::select::Connected, Vec<One<<C as Change>::Subject>>);

/// Checks everything, then makes the client.
async fn prepare<C: Change>(
    change: &C,
    environment: Environment<'_>,
) -> Result<Prepared<C>, Vec<Problem>> {
    let names: Vec<String> = change.provider().map(str::to_owned).into_iter().collect();
    let mut problems = Vec::new();
    let criteria = Criteria {
        names: &names,
        sandbox: change.sandbox(),
        task: C::TASK,
        able: C::is_able,
    };
    let selection = Selection::make(&criteria, environment, &mut problems);
    let account = match selection.accounts() {
        _ if !problems.is_empty() => return Err(problems),
        [account] => account,
        several => {
            let names: Vec<&str> = several.iter().map(|it| it.name.as_str()).collect();
            let message = "several accounts can do this, and it is for one of them";
            let hint = format!("say which with -p: {}", names.join(", "));
            return Err(vec![Problem::new("usage", message).with_hint(hint)]);
        }
    };
    let subjects = change.subjects(account)?;
    let refused = subjects.iter().filter_map(|one| {
        let reason = one.check(account.entry).err()?;
        let message = format!("{} cannot take this: it {reason}", account.title());
        let problem = Problem::new("invalid_request", message);
        Some(
            problem
                .of_provider(account.name.as_str())
                .of_number(one.name.as_str()),
        )
    });
    problems.extend(refused);
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok((selection.connect().await?, subjects))
}

/// Returns true if every further call would be refused as well.
fn ends_account(error: &Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::Authentication | ErrorKind::Permission | ErrorKind::QuotaExhausted
    )
}

/// `1 number`, `2 numbers`.
pub(crate) fn numbers(count: usize) -> String {
    if count == 1 {
        "1 number".to_owned()
    } else {
        format!("{count} numbers")
    }
}

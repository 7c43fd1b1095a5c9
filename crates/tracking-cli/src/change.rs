//! What `register` and `unregister` share: one account, calls for one or several numbers, and an end when the
//! account is refused.

use tracking_core::{Error, ErrorKind, Provider};

use crate::config::Environment;
use crate::exit::Exit;
use crate::input_rule;
use crate::interruption::Interruption;
use crate::problem::{self, Problem};
use crate::providers::Entry;
use crate::render::list::{self, ListOutput, Row};
use crate::select::{Account, Connected, Criteria, Selection};
use crate::track::report;
use crate::track::targets::{Place, Requested};

/// What is changed.
#[derive(Debug, Clone)]
pub(crate) struct One<T> {
    /// The number, id or reference.
    pub(crate) name: String,
    /// Whether the name is a tracking number.
    is_number: bool,
    /// The line that it is from, unless it was an argument.
    place: Option<Place>,
    /// Why the line holds nothing that can be sent, in half a sentence that follows it.
    fault: Option<String>,
    /// What the call takes.
    pub(crate) subject: T,
}

impl<T> One<T> {
    /// A tracking number.
    pub(crate) fn number(name: &str, subject: T) -> Self {
        Self {
            name: name.to_owned(),
            is_number: true,
            place: None,
            fault: None,
            subject,
        }
    }

    /// The same from where the user wrote it.
    pub(crate) fn requested(requested: Requested, subject: T) -> Self {
        Self {
            place: requested.place,
            fault: requested.fault,
            ..Self::number(requested.target.as_str(), subject)
        }
    }

    /// The line that it is from.
    pub(crate) fn line(&self) -> Option<u64> {
        self.place.as_ref().map(|place| place.line)
    }

    /// An id or a reference.
    pub(crate) fn identifier(name: &str, subject: T) -> Self {
        Self {
            is_number: false,
            ..Self::number(name, subject)
        }
    }

    /// Says why it cannot be sent, if it cannot.
    fn refusal(&self, account: &Account) -> Option<Problem> {
        let message = match (&self.fault, self.check(account.entry)) {
            (Some(fault), _) => format!("this line {fault}"),
            (None, Err(reason)) => format!("{} cannot take this: it {reason}", account.title()),
            (None, Ok(())) => return None,
        };
        let message = match &self.place {
            Some(place) => format!("{message} ({place})"),
            None => message,
        };
        Some(self.label(account, Problem::new("invalid_request", message)))
    }

    fn check(&self, entry: &Entry) -> Result<(), String> {
        if self.is_number {
            input_rule::check_number(&self.name).and_then(|()| (entry.check_number)(&self.name))
        } else {
            input_rule::check_identifier(&self.name)
        }
    }

    /// Says what a problem is about.
    fn label(&self, account: &Account, problem: Problem) -> Problem {
        let problem = problem
            .of_provider(account.name.as_str())
            .of_number(self.name.as_str());
        match self.line() {
            Some(line) => problem.of_line(line),
            None => problem,
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
    /// How many of them one call takes.
    fn batch_size(_entry: &Entry) -> usize {
        1
    }
    /// The call for some of them, with one result for each.
    async fn apply(
        &self,
        provider: &dyn Provider,
        account: &Account,
        batch: &[One<Self::Subject>],
    ) -> Vec<Result<Self::Row, Error>>;
    /// What was done, in one line.
    fn summary(&self, account: &Account, rows: &[Self::Row]) -> String;
}

/// Runs the command.
pub(crate) async fn run<C: Change>(change: &C, environment: Environment<'_>) -> Exit {
    let form = change.output().form();
    let Prepared {
        connected,
        subjects,
        mut problems,
    } = match prepare(change, environment).await {
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
    let mut refusal: Option<Error> = None;
    let (mut open, mut under_way) = (subjects.len(), 0);
    for batch in subjects.chunks(C::batch_size(account.entry).max(1)) {
        let results = match &refusal {
            Some(error) => batch.iter().map(|_| Err(error.clone())).collect(),
            None => tokio::select! {
                results = change.apply(provider, account, batch) => results,
                () = &mut interrupted => {
                    under_way = batch.len();
                    break;
                }
            },
        };
        open -= batch.len();
        for (one, result) in batch.iter().zip(results) {
            match result {
                Ok(row) => rows.push(row),
                Err(error) => {
                    problems.push(one.label(account, report::failure(account.entry, &error)));
                    if ends_account(&error) && refusal.is_none() {
                        refusal = Some(error.for_request_not_sent());
                    }
                }
            }
        }
    }
    let is_interrupted = open > 0;
    let printed = list::print(form, &rows, &problems);
    if !rows.is_empty() {
        problem::report_note(&change.summary(account, &rows));
    }
    if is_interrupted {
        let total = subjects.len();
        let first = match under_way {
            1 => "the first".to_owned(),
            several => format!("the first {several}"),
        };
        let note =
            format!("interrupted: {open} of {total} are open, and {first} of them may be done");
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

/// What is to be sent, and the lines of the input that cannot be.
struct Prepared<T> {
    connected: Connected,
    subjects: Vec<One<T>>,
    problems: Vec<Problem>,
}

/// Checks everything, then makes the client.
async fn prepare<C: Change>(
    change: &C,
    environment: Environment<'_>,
) -> Result<Prepared<C::Subject>, Vec<Problem>> {
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
    let mut subjects = change.subjects(account)?;
    let mut is_wrong = false;
    subjects.retain(|one| {
        let Some(problem) = one.refusal(account) else {
            return true;
        };
        // A line of a file costs no other line its call; arguments are written by hand.
        is_wrong |= one.place.is_none();
        problems.push(problem);
        false
    });
    if is_wrong || subjects.is_empty() {
        return Err(problems);
    }
    Ok(Prepared {
        connected: selection.connect().await?,
        subjects,
        problems,
    })
}

/// Returns true if every further call would be refused as well.
fn ends_account(error: &Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::Authentication | ErrorKind::Permission | ErrorKind::QuotaExhausted
    )
}

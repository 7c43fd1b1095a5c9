//! Carries the lookups out, registers what is to be registered, and passes each report on.

use std::cell::Cell;
use std::collections::HashMap;
use std::io;

use futures_util::stream::StreamExt;
use tracking_core::{Error, ErrorKind, Outcome, Provider, Target};

use super::plan::{Plan, Question};
use super::queue::Queue;
use super::report::Report;
use crate::progress::Progress;

/// When reports are passed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    /// In the order of the lines: each as soon as all before it are there.
    Lines,
    /// Each as soon as it is there.
    Arrival,
}

/// What became of a run besides its reports.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Finish {
    /// How many numbers were registered, by account.
    pub(crate) registered: Vec<usize>,
    /// How many more may have been registered: the provider did not say.
    pub(crate) uncertain: usize,
    /// How many lookups have no result, because the run was interrupted.
    pub(crate) open: usize,
    pub(crate) is_interrupted: bool,
    /// How many lookups there were.
    pub(crate) asked: usize,
}

impl Finish {
    /// How many numbers were registered at all accounts together.
    pub(crate) fn total_registered(&self) -> usize {
        self.registered.iter().sum()
    }
}

/// Looks everything up until all is done or `interrupted` is.
///
/// A number that an account does not follow is registered there by a second lookup, if the plan says
/// so: an existing tracker is found whatever options it has, and what was registered is known.
///
/// # Errors
///
/// The first error of `each`, which ends the lookups.
pub(crate) async fn run(
    plan: &Plan,
    order: Order,
    interrupted: impl Future<Output = ()>,
    each: &mut dyn FnMut(Report) -> io::Result<()>,
) -> io::Result<Finish> {
    let accounts = plan.accounts();
    let places = 0..accounts.len();
    let asked = places.map(|it| plan.questions(it).count()).sum();
    let mut finish = Finish {
        registered: vec![0; accounts.len()],
        open: asked,
        asked,
        ..Finish::default()
    };
    let mut outbox = Outbox::new(plan, order);
    outbox.begin(each)?;
    let furthest = Cell::new(outbox.furthest());
    let progress = Progress::start(asked, accounts);
    let mut interrupted = std::pin::pin!(interrupted);
    let set = plan.connected.set();
    let batch = |name: &str| set.get(name).map_or(1, |it| it.capabilities().batch_size);
    let queues: Vec<Queue> = accounts
        .iter()
        .map(|account| Queue::new(batch(&account.name)))
        .collect();
    // A source for each account, so that a slow one holds up no other.
    let sources = queues.iter().enumerate().map(|(place, queue)| {
        let requests = queue.requests(plan, plan.questions(place), &furthest);
        (accounts[place].name.as_str(), requests)
    });
    let mut results = set.track_streams(sources);
    loop {
        let result = tokio::select! {
            () = &mut interrupted => {
                finish.is_interrupted = true;
                let under_way = results.under_way();
                finish.uncertain += under_way.filter(|it| it.request.register).count();
                progress.suspend(|| outbox.flush(each))?;
                return Ok(finish);
            }
            result = results.next() => result,
        };
        let Some(result) = result else { break };
        let registers = result.lookup.request.register;
        let Some(queue) = queues.get(result.source) else {
            continue;
        };
        if !registers {
            queue.end_look();
        }
        let Some(question) = plan.question(result.source, &result.lookup.request) else {
            continue;
        };
        if !registers && may_register(plan, question, &result.result) {
            queue.register(question);
            continue;
        }
        let Some(account) = accounts.get(question.account) else {
            continue;
        };
        let registered = registers && is_registered(&result.result);
        if registered && let Some(count) = finish.registered.get_mut(question.account) {
            *count += 1;
        }
        if registers && is_uncertain(&result.result) {
            finish.uncertain += 1;
        }
        finish.open -= 1;
        progress.advance();
        let mut report = Report::of(account, result.lookup.request, result.result);
        report.registered = registered;
        progress.suspend(|| outbox.add(question, report, each))?;
        furthest.set(outbox.furthest());
    }
    Ok(finish)
}

/// How many lines may be looked up ahead of the one whose report is passed on next.
const LINES_AHEAD: usize = 1000;

fn may_register(plan: &Plan, question: Question, result: &Result<Outcome, Error>) -> bool {
    let spelling = plan.spellings.places(question.group).first();
    let target = spelling.and_then(|place| plan.requested.get(*place));
    plan.registers
        && matches!(result, Ok(Outcome::NotRegistered))
        && target.is_some_and(|it| matches!(it.target, Target::Number(_)))
        && plan
            .accounts()
            .get(question.account)
            .is_some_and(|account| account.entry.capabilities.register)
}

/// Returns true if a lookup that may register a number has done so.
const fn is_registered(result: &Result<Outcome, Error>) -> bool {
    matches!(
        result,
        Ok(Outcome::Found(_) | Outcome::NotYet { .. } | Outcome::NotFound)
    )
}

/// Returns true if the number may be registered although the lookup failed.
fn is_uncertain(result: &Result<Outcome, Error>) -> bool {
    result.as_ref().is_err_and(|error| {
        let kind = error.kind();
        !error.is_not_asked()
            && matches!(
                kind,
                ErrorKind::Server
                    | ErrorKind::Timeout
                    | ErrorKind::Transport
                    | ErrorKind::Decode
                    | ErrorKind::WrongShipment
                    | ErrorKind::BodyTooLarge
            )
    })
}

/// Passes reports on, one for each line and account.
struct Outbox<'a> {
    plan: &'a Plan,
    order: Order,
    /// Reports whose turn has not come.
    early: HashMap<Question, Report>,
    /// The line whose turn it is, and its step: its refusals, then each account.
    next: (usize, usize),
}

type Each<'a> = &'a mut dyn FnMut(Report) -> io::Result<()>;

impl<'a> Outbox<'a> {
    fn new(plan: &'a Plan, order: Order) -> Self {
        Self {
            plan,
            order,
            early: HashMap::new(),
            next: (0, 0),
        }
    }

    /// Passes on what needs no lookup.
    fn begin(&mut self, each: Each<'_>) -> io::Result<()> {
        match self.order {
            Order::Arrival => {
                for place in 0..self.plan.requested.len() {
                    self.refuse(place, each)?;
                }
                Ok(())
            }
            Order::Lines => self.advance(false, each),
        }
    }

    fn refuse(&self, place: usize, each: Each<'_>) -> io::Result<()> {
        let Some(requested) = self.plan.requested.get(place) else {
            return Ok(());
        };
        for (account, problem) in self.plan.refusals(requested) {
            let account = account.and_then(|account| self.plan.accounts().get(account));
            each(Report::refused(place, requested, account, problem))?;
        }
        Ok(())
    }

    fn add(&mut self, question: Question, report: Report, each: Each<'_>) -> io::Result<()> {
        if self.order == Order::Lines {
            self.early.insert(question, report);
            return self.advance(false, each);
        }
        for place in self.plan.spellings.places(question.group) {
            match self.plan.requested.get(*place) {
                Some(requested) if self.plan.asks(requested, question.account) => {
                    each(report.clone().for_requested(*place, requested))?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// The last line that may be looked up now: where lines are in order, their reports are kept until
    /// all before them are there.
    fn furthest(&self) -> usize {
        match self.order {
            Order::Lines => self.next.0 + LINES_AHEAD,
            Order::Arrival => usize::MAX,
        }
    }

    /// Passes on everything whose turn has come.
    fn advance(&mut self, skip_missing: bool, each: Each<'_>) -> io::Result<()> {
        while let Some(requested) = self.plan.requested.get(self.next.0) {
            let (place, step) = self.next;
            match step.checked_sub(1) {
                None => self.refuse(place, each)?,
                Some(account) if self.plan.asks(requested, account) => {
                    let group = self.plan.spellings.group(&requested.target);
                    let question = group.map(|group| Question { group, account });
                    match question.and_then(|question| self.take(question, place)) {
                        Some(report) => each(report.for_requested(place, requested))?,
                        None if skip_missing => {}
                        None => return Ok(()),
                    }
                }
                Some(_) => {}
            }
            self.next = if step < self.plan.accounts().len() {
                (place, step + 1)
            } else {
                (place + 1, 0)
            };
        }
        Ok(())
    }

    /// The report of a question for a line; it stays for the other lines that get it.
    fn take(&mut self, question: Question, place: usize) -> Option<Report> {
        let is_last = self.plan.spellings.places(question.group).last() == Some(&place);
        if is_last {
            self.early.remove(&question)
        } else {
            self.early.get(&question).cloned()
        }
    }

    /// Passes on everything that is there.
    fn flush(&mut self, each: Each<'_>) -> io::Result<()> {
        match self.order {
            Order::Lines => self.advance(true, each),
            Order::Arrival => Ok(()),
        }
    }
}

#[cfg(test)]
#[path = "lookups_tests.rs"]
mod tests;

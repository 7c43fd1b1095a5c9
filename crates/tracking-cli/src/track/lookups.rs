//! Carries the lookups out, registers what is to be registered, and passes each report on.

use std::cell::Cell;
use std::collections::HashMap;
use std::io;
use std::task::Poll;

use futures_util::stream::{self, Stream, StreamExt};
use tracking_core::{Error, ErrorKind, Outcome, Target, TrackRequest};

use super::plan::{Plan, Question};
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
/// A number that an account does not follow is registered there in a second pass, if the plan says
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
    let mut unregistered: Vec<Vec<Question>> = vec![Vec::new(); accounts.len()];

    for is_second in [false, true] {
        let under_way = Cell::new(0_usize);
        let left = std::mem::replace(&mut unregistered, vec![Vec::new(); accounts.len()]);
        // A source for each account, so that a slow one holds up no other.
        let source = |(place, left): (usize, Vec<Question>)| {
            let questions: Box<dyn Iterator<Item = Question>> = if is_second {
                Box::new(left.into_iter())
            } else {
                Box::new(plan.questions(place))
            };
            let requests = requests(plan, questions, is_second, &furthest);
            (
                accounts[place].name.as_str(),
                requests.inspect(|_| under_way.set(under_way.get() + 1)),
            )
        };
        let sources = left.into_iter().enumerate().map(source);
        let mut results = plan.connected.set().track_streams(sources);
        loop {
            let result = tokio::select! {
                () = &mut interrupted => {
                    finish.is_interrupted = true;
                    if is_second {
                        finish.uncertain += under_way.get();
                    }
                    progress.suspend(|| outbox.flush(each))?;
                    return Ok(finish);
                }
                result = results.next() => result,
            };
            let Some(result) = result else { break };
            under_way.set(under_way.get() - 1);
            let Some(question) = plan.question(result.source, &result.lookup.request) else {
                continue;
            };
            if !is_second && may_register(plan, question, &result.result) {
                if let Some(left) = unregistered.get_mut(question.account) {
                    left.push(question);
                }
                continue;
            }
            let Some(account) = accounts.get(question.account) else {
                continue;
            };
            let registered = is_second && is_registered(&result.result);
            if registered && let Some(count) = finish.registered.get_mut(question.account) {
                *count += 1;
            }
            if is_second && is_uncertain(&result.result) {
                finish.uncertain += 1;
            }
            finish.open -= 1;
            progress.advance();
            let mut report = Report::of(account, result.lookup.request, result.result);
            report.registered = registered;
            progress.suspend(|| outbox.add(question, report, each))?;
            furthest.set(outbox.furthest());
        }
    }
    Ok(finish)
}

/// How many lines may be looked up ahead of the one whose report is passed on next.
const LINES_AHEAD: usize = 1000;

/// What to send for questions, as far as the furthest line that may be looked up now.
fn requests<'a>(
    plan: &'a Plan,
    questions: impl Iterator<Item = Question> + 'a,
    register: bool,
    furthest: &'a Cell<usize>,
) -> impl Stream<Item = TrackRequest> + 'a {
    let mut questions = questions.peekable();
    stream::poll_fn(move |_| {
        let is_too_far = |it: &Question| plan.line(*it) > furthest.get();
        if questions.peek().is_some_and(is_too_far) {
            // The line changes with a result, after which the streams are read again.
            return Poll::Pending;
        }
        let request = |it| plan.request(it, register);
        Poll::Ready(questions.by_ref().find_map(request))
    })
}

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
        // A number that is registered later holds up the reports behind it for the whole run.
        match self.order {
            Order::Lines if !self.plan.registers => self.next.0 + LINES_AHEAD,
            _ => usize::MAX,
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

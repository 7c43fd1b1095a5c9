//! From the arguments to lookups that may be sent: everything that can be refused is refused
//! here, all of it at once, before the first request.

use tracking_core::{Lookup, Target, TrackRequest};

use super::args::TrackArguments;
use super::spellings::Spellings;
use super::targets::{self, Requested, Requests};
use crate::config::Environment;
use crate::input_rule;
use crate::problem::{self, Problem};
use crate::providers::Entry;
use crate::select::{Account, Connected, Criteria, Selection};

/// What is looked up, and at which accounts.
#[derive(Debug)]
pub(crate) struct Plan {
    /// In the order of the output.
    pub(crate) requested: Vec<Requested>,
    /// Which of them are the same.
    pub(crate) spellings: Spellings,
    pub(crate) connected: Connected,
    /// Whether numbers that an account does not follow yet are registered there.
    pub(crate) registers: bool,
    /// Whether the accounts were named on the command line.
    pub(super) is_named: bool,
    /// What is known of each parcel, by account.
    pub(super) templates: Vec<TrackRequest>,
}

/// Makes the plan, or says everything that is wrong.
pub(crate) async fn make(
    arguments: &TrackArguments,
    environment: Environment<'_>,
) -> Result<Plan, Vec<Problem>> {
    let Requests { requested, notes } =
        targets::collect(arguments).map_err(|problem| vec![problem])?;
    for note in &notes {
        problem::report_warning(note);
    }
    if requested.is_empty() && !arguments.sandbox {
        let hint = if arguments.has_demo {
            "give a tracking number or --file; --sandbox alone shows a demo"
        } else {
            "give a tracking number or --file"
        };
        let problem = Problem::new("usage", "there is nothing to track");
        return Err(vec![problem.with_hint(hint)]);
    }

    let mut problems = Vec::new();
    let criteria = Criteria {
        names: &arguments.providers,
        sandbox: arguments.sandbox,
        task: "track parcels",
        able: |_| true,
    };
    let selection = Selection::make(&criteria, environment, &mut problems);
    let is_named = selection.is_named();
    problems.extend(refused(
        requested
            .iter()
            .filter(|one| arguments.strict || one.place.is_none()),
        selection.accounts(),
        is_named,
    ));
    let templates = match arguments.lookup.templates(selection.accounts()) {
        Ok(templates) => templates,
        Err(problem) => {
            problems.push(problem);
            Vec::new()
        }
    };
    if !problems.is_empty() {
        return Err(problems);
    }
    let registers = arguments.lookup.register || arguments.sandbox || selection.registers();
    let connected = selection.connect().await?;
    let requested = if requested.is_empty() {
        demos(connected.accounts())
    } else {
        requested
    };
    Ok(Plan {
        registers,
        is_named,
        ..Plan::new(requested, connected, templates)
    })
}

impl Plan {
    /// A plan that registers nothing. There is a template for each account.
    pub(crate) fn new(
        requested: Vec<Requested>,
        connected: Connected,
        templates: Vec<TrackRequest>,
    ) -> Self {
        Self {
            spellings: Spellings::of(&requested),
            requested,
            connected,
            registers: false,
            is_named: false,
            templates,
        }
    }

    /// The accounts, in the order in which each line is asked.
    pub(crate) fn accounts(&self) -> &[Account] {
        self.connected.accounts()
    }

    /// Returns true if an account is asked for what was requested.
    pub(crate) fn asks(&self, requested: &Requested, account: usize) -> bool {
        requested.fault.is_none()
            && requested.only_at.is_none_or(|only| only == account)
            && self
                .accounts()
                .get(account)
                .is_some_and(|it| check(it.entry, &requested.target).is_ok())
    }

    /// Everything to ask an account, in the order of the lines.
    pub(crate) fn questions(&self, account: usize) -> impl Iterator<Item = Question> {
        (0..self.spellings.len())
            .map(move |group| Question { group, account })
            .filter(|question| self.spelling(*question).is_some())
    }

    /// Everything to ask, in the order of the lines, which registers numbers if the plan does.
    pub(crate) fn lookups(&self) -> impl Iterator<Item = Lookup> {
        (0..self.spellings.len())
            .flat_map(|group| {
                (0..self.accounts().len()).map(move |account| Question { group, account })
            })
            .filter_map(|question| self.lookup(question, self.registers))
    }

    /// What to send for a question, with the account.
    fn lookup(&self, question: Question, register: bool) -> Option<Lookup> {
        let account = self.accounts().get(question.account)?;
        let request = self.request(question, register)?;
        Some(Lookup::new(account.name.as_str(), request))
    }

    /// What to send for a question.
    pub(crate) fn request(&self, question: Question, register: bool) -> Option<TrackRequest> {
        let target = &self.spelling(question)?.target;
        let mut request = self.templates.get(question.account)?.clone();
        request.target = target.clone();
        Some(request.with_register(register))
    }

    /// The question for which this was sent to an account.
    pub(crate) fn question(&self, account: usize, request: &TrackRequest) -> Option<Question> {
        let group = self.spellings.group(&request.target)?;
        Some(Question { group, account })
    }

    /// The first line with the number of a question.
    pub(crate) fn line(&self, question: Question) -> usize {
        let places = self.spellings.places(question.group);
        places.first().copied().unwrap_or_default()
    }

    /// The first spelling that the account accepts.
    fn spelling(&self, question: Question) -> Option<&Requested> {
        self.spellings
            .places(question.group)
            .iter()
            .filter_map(|place| self.requested.get(*place))
            .find(|one| self.asks(one, question.account))
    }

    /// Why a line cannot be looked up: once if no account accepts it, else by each of those that were named.
    pub(crate) fn refusals(&self, requested: &Requested) -> Vec<(Option<usize>, Problem)> {
        if let Some(fault) = &requested.fault {
            return vec![(None, placed(requested, &format!("this line {fault}")))];
        }
        let reasons: Vec<(usize, String)> = (0..)
            .zip(self.accounts())
            .filter(|(account, _)| requested.only_at.is_none_or(|only| only == *account))
            .filter_map(|(place, account)| {
                Some((place, check(account.entry, &requested.target).err()?))
            })
            .collect();
        let is_refused = reasons.len() == self.accounts().len();
        if self.is_named {
            let refusal =
                |(account, reason): (usize, String)| (Some(account), placed(requested, &reason));
            return reasons.into_iter().map(refusal).collect();
        }
        match reasons.first() {
            Some((_, reason)) if is_refused => vec![(None, placed(requested, reason))],
            _ => Vec::new(),
        }
    }
}

/// One number, in whatever spelling, at one account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Question {
    pub(crate) group: usize,
    pub(crate) account: usize,
}

/// What no account in question accepts; of named ones each one must accept.
pub(crate) fn refused<'a>(
    requested: impl IntoIterator<Item = &'a Requested>,
    accounts: &[Account],
    named: bool,
) -> Vec<Problem> {
    let mut problems = Vec::new();

    for one in requested {
        if let Some(fault) = &one.fault {
            problems.push(placed(one, &format!("this line {fault}")));
            continue;
        }
        let refusals: Vec<Problem> = accounts
            .iter()
            .filter_map(|account| {
                let reason = check(account.entry, &one.target).err()?;
                Some(placed(one, &reason).of_provider(account.name.as_str()))
            })
            .collect();
        if named || refusals.len() == accounts.len() {
            problems.extend(refusals);
        }
    }
    problems
}

/// The problem of what was requested, with its line.
fn placed(requested: &Requested, reason: &str) -> Problem {
    let problem = match &requested.place {
        Some(place) => {
            Problem::new("invalid_request", format!("{reason} ({place})")).of_line(place.line)
        }
        None => Problem::new("invalid_request", reason),
    };
    problem.of_number(requested.target.as_str())
}

/// What is wrong with a target for this provider, as a sentence about it.
pub(crate) fn check(entry: &Entry, target: &Target) -> Result<(), String> {
    if !entry.capabilities.can_look_up(target) {
        return Err(format!("{} has no lookup by {}", entry.title, word(target)));
    }
    match target {
        Target::Number(number) => input_rule::check_number(number)
            .and_then(|()| (entry.check_number)(number))
            .map_err(|reason| format!("{} cannot take this number: it {reason}", entry.title)),
        Target::Id(id) => input_rule::check_identifier(id)
            .map_err(|reason| format!("this cannot be an id: it {reason}")),
        Target::Reference(reference) => input_rule::check_identifier(reference)
            .map_err(|reason| format!("this cannot be a reference: it {reason}")),
        _ => Ok(()),
    }
}

const fn word(target: &Target) -> &'static str {
    match target {
        Target::Id(_) => "id",
        Target::Reference(_) => "reference",
        _ => "tracking number",
    }
}

/// The demo parcel at every provider, by what finds it there.
fn demos(accounts: &[Account]) -> Vec<Requested> {
    let demo =
        |(place, account): (usize, &Account)| Requested::new((account.entry.demo)()).only_at(place);
    accounts.iter().enumerate().map(demo).collect()
}

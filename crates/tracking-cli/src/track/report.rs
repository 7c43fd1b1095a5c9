//! Lookups at the providers, and what came of each in one shape.

use std::collections::{BTreeMap, HashMap};
use std::io;
use std::time::Duration;

use futures_util::StreamExt;
use gcl_sdk::Setting;
use tracking_core::kit::number_key;
use tracking_core::{Error, ErrorKind, Lookup, Outcome, Shipment, Target, TrackRequest};

use crate::problem::Problem;
use crate::progress::Progress;
use crate::providers::Entry;
use crate::select::Connected;

const CHECK_THE_NUMBER: &str = "check the number; a new label may take a day to appear";

/// What came of a lookup.
#[derive(Debug, Clone)]
pub(crate) struct Report {
    /// The provider that was asked.
    pub(crate) entry: &'static Entry,
    /// What was looked up.
    pub(crate) target: Target,
    /// The parcels that the provider knows; a number may be that of several.
    pub(crate) shipments: Vec<Shipment>,
    /// Why the parcel cannot count as found. A provider may have a record of a number and still
    /// know nothing about a parcel, so there may be shipments beside it.
    pub(crate) problem: Option<Problem>,
}

/// Carries the lookups out and passes each report on as soon as it and all before it are there.
///
/// Spellings of one number are asked once, and each of them gets the report.
///
/// # Errors
///
/// The first error of `each`, which ends the lookups.
pub(crate) async fn track(
    connected: &Connected,
    lookups: Vec<Lookup>,
    mut each: impl FnMut(Report) -> io::Result<()>,
) -> io::Result<()> {
    let Spellings { asked, by_lookup } = Spellings::of(&lookups);
    let mut waiting = vec![0_usize; asked.len()];
    for place in &by_lookup {
        waiting[*place] += 1;
    }
    let progress = Progress::start(asked.len(), connected.entries());
    let mut results = std::pin::pin!(connected.set().track_each(asked));
    let mut early: BTreeMap<usize, Report> = BTreeMap::new();
    let mut following = lookups.into_iter().zip(by_lookup).peekable();
    while let Some(result) = results.next().await {
        progress.advance();
        let Some(entry) = connected.entry(&result.account) else {
            continue;
        };
        let report = Report::of(entry, result.lookup.request, result.result);
        early.insert(result.index, report);
        while let Some((lookup, place)) = following.next_if(|(_, place)| early.contains_key(place))
        {
            waiting[place] -= 1;
            let report = if waiting[place] == 0 {
                early.remove(&place)
            } else {
                early.get(&place).cloned()
            };
            if let Some(report) = report {
                progress.suspend(|| each(report.for_target(lookup.request.target)))?;
            }
        }
    }
    Ok(())
}

/// What is asked where one number is written in several ways.
struct Spellings {
    /// The first lookup of each number.
    asked: Vec<Lookup>,
    /// For each lookup, which of those it is.
    by_lookup: Vec<usize>,
}

impl Spellings {
    fn of(lookups: &[Lookup]) -> Self {
        let mut asked: Vec<Lookup> = Vec::new();
        let mut places: HashMap<(&str, Target), usize> = HashMap::new();
        let place_of = |lookup| {
            let Lookup {
                account, request, ..
            }: &Lookup = lookup;
            let target = match &request.target {
                Target::Number(number) => Target::Number(number_key(number)),
                target => target.clone(),
            };
            *places.entry((account, target)).or_insert_with(|| {
                asked.push(lookup.clone());
                asked.len() - 1
            })
        };
        let by_lookup = lookups.iter().map(place_of).collect();
        Self { asked, by_lookup }
    }
}

impl Report {
    /// What came of a request at a provider.
    pub(crate) fn of(
        entry: &'static Entry,
        request: TrackRequest,
        result: Result<Outcome, Error>,
    ) -> Self {
        let (shipments, problem) = match result {
            Ok(Outcome::Found(shipments)) if !shipments.is_empty() => {
                let is_unheard_of = || shipments.iter().all(Shipment::is_unheard_of);
                let problem = incomplete(entry, &shipments)
                    .or_else(|| is_unheard_of().then(|| unheard_of(entry)));
                (shipments, problem)
            }
            Ok(outcome) => {
                let problem = without_parcel(entry, &outcome, &request);
                (Vec::new(), Some(problem))
            }
            Err(error) => (Vec::new(), Some(failure(entry, &error))),
        };
        let problem = problem.map(|problem| {
            problem
                .of_provider(entry.name)
                .of_number(request.target.as_str())
        });
        Self {
            entry,
            target: request.target,
            shipments,
            problem,
        }
    }

    /// The same for another spelling of the number.
    fn for_target(mut self, target: Target) -> Self {
        self.problem = self.problem.map(|it| it.of_number(target.as_str()));
        self.target = target;
        self
    }
}

/// Which requests failed, if any of several did.
fn incomplete(entry: &Entry, shipments: &[Shipment]) -> Option<Problem> {
    let problems = shipments.iter().flat_map(|shipment| &shipment.problems);
    let mut failed = problems.filter(|problem| problem.request_failed);
    let first = failed.next()?;
    let mut message = format!(
        "{}: a part is missing, since a request failed: {}: {}",
        entry.title, first.path, first.message
    );
    let others = failed.count();
    if others > 0 {
        message.push_str(&format!(" (and {others} others)"));
    }
    Some(Problem::new("incomplete", message).with_hint("ask again later for what is missing"))
}

fn unheard_of(entry: &Entry) -> Problem {
    let message = format!("{} has heard nothing of this parcel so far", entry.title);

    Problem::outcome("not_found", message).with_hint(CHECK_THE_NUMBER)
}

/// What an outcome without a parcel means, and what to do.
fn without_parcel(entry: &Entry, outcome: &Outcome, request: &TrackRequest) -> Problem {
    let title = entry.title;

    match outcome {
        Outcome::NotRegistered => Problem::outcome(
            "not_registered",
            format!("{title} does not follow this yet"),
        )
        .with_hint(if request.register {
            "only a tracking number can be registered; ask for the number"
        } else {
            "run it again without --no-register"
        }),
        Outcome::NotYet { .. } => {
            Problem::outcome("not_yet", format!("{title} has nothing to show yet"))
                .with_hint("ask again later; the courier has not been reached so far")
        }
        Outcome::NeedsFields { names, .. } => {
            let fields: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
            let message = format!("the courier needs {}", fields.join(", "));
            let problem = Problem::outcome("needs_field", message);
            let mut options: Vec<&str> = names
                .iter()
                .filter_map(|name| option_for(name, request))
                .collect();
            options.dedup();
            if options.is_empty() {
                return problem;
            }
            problem.with_hint(format!("add {}", options.join(" ")))
        }
        Outcome::NoCourier => {
            let message = format!("{title} finds no courier for this number");
            Problem::outcome("no_courier", message).with_hint("name the courier with --courier")
        }
        Outcome::Gone => Problem::outcome("gone", format!("{title} no longer keeps this parcel")),
        _ => Problem::outcome("not_found", format!("{title} knows no such parcel"))
            .with_hint(CHECK_THE_NUMBER),
    }
}

/// The option that gives a courier what it asks for; none for what it was given already.
fn option_for(field: &str, request: &TrackRequest) -> Option<&'static str> {
    let plain = field.to_ascii_lowercase().replace(['_', '-', ' '], "");

    let (option, given) = if plain.contains("postcode") || plain.contains("postalcode") {
        let given = &request.hints.destination_post_code;
        ("--destination-post-code CODE", given)
    } else if plain.contains("origincountry") {
        ("--origin-country COUNTRY", &request.hints.origin_country)
    } else if plain.contains("country") {
        let given = &request.hints.destination_country;
        ("--destination-country COUNTRY", given)
    } else {
        return None;
    };
    given.is_none().then_some(option)
}

/// What an error means for a person, and what to do about it.
pub(crate) fn failure(entry: &Entry, error: &Error) -> Problem {
    let message = format!("{}: {}", entry.title, error.message());
    // What a provider says of a parcel is an outcome. This is a 404 of something else: of another
    // server, or of a path that does not exist.
    let kind = match error.kind() {
        ErrorKind::NotFound => ErrorKind::Configuration,
        kind => kind,
    };
    let problem = Problem::new(kind.as_str(), message);

    match hint_for(entry, error) {
        Some(hint) => problem.with_hint(hint),
        None => problem,
    }
}

fn hint_for(entry: &Entry, error: &Error) -> Option<String> {
    const YEAR: Duration = Duration::from_secs(365 * 24 * 3600);
    let title = entry.title;
    let hint = match error.kind() {
        ErrorKind::Authentication => format!(
            "{title} refuses the credentials; check {}",
            variables(entry, |setting| setting.is_required)
        ),
        ErrorKind::NotFound | ErrorKind::Configuration => format!(
            "this may not be the address of the API; check {} if it is set",
            variables(entry, |setting| setting.name == "base_url")
        ),
        ErrorKind::Permission => format!("the account at {title} does not include this"),
        ErrorKind::QuotaExhausted => format!("see the plan and its use at {title}"),
        ErrorKind::RateLimited => match error.retry_after() {
            Some(wait) if wait > YEAR => {
                format!("{title} asks to wait very long, more than a year: see your plan there")
            }
            Some(wait) => format!("ask again in {} s", wait.as_secs().max(1)),
            None => "ask again in a minute".to_owned(),
        },
        ErrorKind::Connect | ErrorKind::Transport => format!(
            "check the network, and {} if it is set",
            variables(entry, |setting| setting.name == "base_url")
        ),
        ErrorKind::Timeout => {
            "ask again: the first lookup of a number may take the provider a minute".to_owned()
        }
        ErrorKind::Server => format!("{title} has a problem of its own; ask again later"),
        _ => return None,
    };
    Some(hint)
}

fn variables(entry: &Entry, which: fn(&Setting) -> bool) -> String {
    entry
        .settings
        .iter()
        .filter(|setting| which(setting))
        .map(|setting| setting.variable)
        .collect::<Vec<_>>()
        .join(", ")
}

#[cfg(test)]
mod tests;

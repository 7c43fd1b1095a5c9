//! Asking the providers, several at a time, and putting their answers into one shape.

use std::sync::Arc;

use futures_util::{StreamExt, stream};
use tracking_core::{Error, ErrorKind, Outcome, Provider, Shipment, TrackRequest};

use crate::problem::Problem;
use crate::progress::Progress;
use crate::providers::Entry;

const CHECK_THE_NUMBER: &str = "check the number; a new label may take a day to appear";

/// How many lookups run at the same time. The clients themselves keep to the providers' limits.
pub(crate) const AT_ONCE: usize = 8;

/// A provider that is ready to be asked.
#[derive(Debug, Clone)]
pub(crate) struct Connected {
    /// Its entry of the table.
    pub(crate) entry: &'static Entry,
    /// Its client.
    pub(crate) provider: Arc<dyn Provider>,
}

/// One question to one provider.
#[derive(Debug, Clone)]
pub(crate) struct Lookup {
    /// Whom to ask.
    pub(crate) connected: Connected,
    /// What to ask.
    pub(crate) request: TrackRequest,
}

/// What came of a lookup.
#[derive(Debug, Default)]
pub(crate) struct Answer {
    /// The parcels that the provider knows; a number may stand for several.
    pub(crate) shipments: Vec<Shipment>,
    /// Why the parcel cannot count as found. A provider may have a record of a number and still
    /// know nothing about a parcel, so there may be shipments beside it.
    pub(crate) problem: Option<Problem>,
}

/// Asks everything; the answers come in the order of the questions.
pub(crate) async fn ask_all(lookups: &[Lookup]) -> Vec<Answer> {
    let progress = &Progress::start(lookups.len());

    // In the order of arrival, so that a slow lookup holds up no other.
    let mut answers: Vec<(usize, Answer)> = stream::iter(lookups.iter().enumerate())
        .map(|(index, lookup)| async move {
            progress.asking(lookup.connected.entry.title);
            let answer = ask(lookup).await;
            progress.advance();
            (index, answer)
        })
        .buffer_unordered(AT_ONCE)
        .collect()
        .await;
    answers.sort_unstable_by_key(|(index, _)| *index);
    answers.into_iter().map(|(_, answer)| answer).collect()
}

async fn ask(lookup: &Lookup) -> Answer {
    let entry = lookup.connected.entry;
    let result = lookup
        .connected
        .provider
        .track(lookup.request.clone())
        .await;

    let (shipments, problem) = match result {
        Ok(Outcome::Found(shipments)) if !shipments.is_empty() => {
            let problem = shipments
                .iter()
                .all(Shipment::is_unheard_of)
                .then(|| unheard_of(entry));
            (shipments, problem)
        }
        Ok(outcome) => {
            let problem = without_parcel(entry, &outcome, &lookup.request);
            (Vec::new(), Some(problem))
        }
        Err(error) => (Vec::new(), Some(failure(entry, &error))),
    };
    let problem = problem.map(|problem| {
        problem
            .of_provider(entry.name)
            .of_number(lookup.request.target.as_str())
    });
    Answer { shipments, problem }
}

fn unheard_of(entry: &Entry) -> Problem {
    let message = format!("{} has heard nothing of this parcel so far", entry.title);

    Problem::answer("not_found", message).with_hint(CHECK_THE_NUMBER)
}

/// What an answer without a parcel means, and what to do.
fn without_parcel(entry: &Entry, outcome: &Outcome, request: &TrackRequest) -> Problem {
    let title = entry.title;

    match outcome {
        Outcome::NotRegistered => Problem::answer(
            "not_registered",
            format!("{title} does not follow this yet"),
        )
        .with_hint(if request.register {
            "only a tracking number can be registered; ask for the number"
        } else {
            "run it again without --no-register"
        }),
        Outcome::NotYet { .. } => {
            Problem::answer("not_yet", format!("{title} has nothing to show yet"))
                .with_hint("ask again later; the courier has not been reached so far")
        }
        Outcome::NeedsFields { names, .. } => {
            let fields: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
            let message = format!("the courier answers only with {}", fields.join(", "));
            let problem = Problem::answer("needs_field", message);
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
            Problem::answer("no_courier", message).with_hint("name the courier with --courier")
        }
        Outcome::Gone => Problem::answer("gone", format!("{title} no longer keeps this parcel")),
        _ => Problem::answer("not_found", format!("{title} knows no such parcel"))
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
    let title = entry.title;
    let hint = match error.kind() {
        ErrorKind::Authentication => format!(
            "{title} refuses the credentials; check {}",
            variables(entry, |setting| setting.required)
        ),
        ErrorKind::NotFound | ErrorKind::Configuration => format!(
            "this may not be the address of the API; check {} if it is set",
            variables(entry, |setting| !setting.required)
        ),
        ErrorKind::Permission => format!("the account at {title} does not include this"),
        ErrorKind::QuotaExhausted => format!("see the plan and its use at {title}"),
        ErrorKind::RateLimited => match error.retry_after() {
            Some(wait) => format!("ask again in {} s", wait.as_secs().max(1)),
            None => "ask again in a minute".to_owned(),
        },
        ErrorKind::Connect | ErrorKind::Transport => format!(
            "check the network, and {} if it is set",
            variables(entry, |setting| !setting.required)
        ),
        ErrorKind::Timeout => {
            "ask again: the first lookup of a number may take the provider a minute".to_owned()
        }
        ErrorKind::Server => format!("{title} has a problem of its own; ask again later"),
        _ => return None,
    };
    Some(hint)
}

fn variables(entry: &Entry, which: fn(&crate::config::Setting) -> bool) -> String {
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

//! From the arguments to lookups that may be sent: everything that can be refused is refused
//! here, all of it at once, before the first request.

use tracking_core::{Lookup, Target, TrackRequest};

use crate::args::TrackArguments;
use crate::config::Environment;
use crate::input_rule;
use crate::problem::Problem;
use crate::providers::Entry;
use crate::select::{Connected, Criteria, Selection};
use crate::targets::{self, Requested};

/// The lookups, and the providers that they are for.
#[derive(Debug)]
pub(crate) struct Plan {
    /// In the order of the output.
    pub(crate) lookups: Vec<Lookup>,
    pub(crate) connected: Connected,
}

/// Makes the plan, or says everything that is wrong.
pub(crate) async fn make(
    arguments: &TrackArguments,
    environment: Environment<'_>,
) -> Result<Plan, Vec<Problem>> {
    let requested = targets::collect(arguments).map_err(|problem| vec![problem])?;
    if requested.is_empty() && !arguments.sandbox {
        return Err(vec![
            Problem::new("usage", "there is nothing to track")
                .with_hint("give a tracking number or --from-file; --sandbox alone shows a demo"),
        ]);
    }

    let mut problems = Vec::new();
    let criteria = Criteria {
        names: &arguments.providers,
        sandbox: arguments.sandbox,
        task: "track parcels",
        able: |_| true,
    };
    let selection = Selection::make(&criteria, environment, &mut problems);
    problems.extend(refused(
        &requested,
        selection.entries(),
        selection.is_named(),
    ));
    if !problems.is_empty() {
        return Err(problems);
    }
    let connected = selection.connect().await?;
    let lookups = if requested.is_empty() {
        demos(arguments, connected.entries())
    } else {
        lookups(arguments, &requested, connected.entries())
    };
    Ok(Plan { lookups, connected })
}

/// The numbers that no provider in question accepts; of named providers each one must accept.
pub(crate) fn refused(
    requested: &[Requested],
    entries: &[&'static Entry],
    named: bool,
) -> Vec<Problem> {
    let mut problems = Vec::new();

    for one in requested {
        if one.is_header {
            problems.push(header(one));
            continue;
        }
        let refusals: Vec<Problem> = entries
            .iter()
            .filter_map(|entry| {
                let reason = check(entry, &one.target).err()?;
                let place = one
                    .place
                    .as_ref()
                    .map_or_else(String::new, |place| format!(" ({place})"));
                let problem = Problem::new("invalid_request", format!("{reason}{place}"));
                Some(
                    problem
                        .of_provider(entry.name)
                        .of_number(one.target.as_str()),
                )
            })
            .collect();
        if named || refusals.len() == entries.len() {
            problems.extend(refusals);
        }
    }
    problems
}

fn header(line: &Requested) -> Problem {
    let place = line.place.as_deref().unwrap_or_default();
    let message = format!("this looks like the header of a column ({place})");

    Problem::new("invalid_request", message)
        .of_number(line.target.as_str())
        .with_hint("remove the line; each line of the file is a tracking number")
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
fn demos(arguments: &TrackArguments, entries: &[&'static Entry]) -> Vec<Lookup> {
    let demo = |entry: &&Entry| Lookup::new(entry.name, request(arguments, &(entry.demo)()));
    entries.iter().map(demo).collect()
}

/// Everything requested, at each provider that accepts it.
fn lookups(
    arguments: &TrackArguments,
    requested: &[Requested],
    entries: &[&'static Entry],
) -> Vec<Lookup> {
    requested
        .iter()
        .flat_map(|one| {
            entries
                .iter()
                .filter(|entry| check(entry, &one.target).is_ok())
                .map(|entry| Lookup::new(entry.name, request(arguments, &one.target)))
        })
        .collect()
}

fn request(arguments: &TrackArguments, target: &Target) -> TrackRequest {
    let mut request = TrackRequest::new(target.clone()).with_register(!arguments.no_register);

    request.hints.courier.clone_from(&arguments.courier);
    request
        .hints
        .origin_country
        .clone_from(&arguments.origin_country);
    request
        .hints
        .destination_country
        .clone_from(&arguments.destination_country);
    request
        .hints
        .destination_post_code
        .clone_from(&arguments.destination_post_code);
    request
}

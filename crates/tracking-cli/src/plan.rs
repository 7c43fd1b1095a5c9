//! From the arguments to questions that may be sent: everything that can be refused is refused
//! here, all of it at once, before the first request.

use tracking_core::{Target, TrackRequest};
use tracking_sandbox::Sandbox;

use crate::args::TrackArguments;
use crate::config::{Config, Environment, Settings};
use crate::input_rule;
use crate::lookup::{Connected, Lookup};
use crate::problem::{self, Problem};
use crate::providers::{self, Entry};
use crate::targets::{self, Wanted};

/// The questions, and the sandbox that has to live until they are answered.
#[derive(Debug)]
pub(crate) struct Plan {
    /// What to ask whom, in the order of the answers.
    pub(crate) lookups: Vec<Lookup>,
    _sandbox: Option<Sandbox>,
}

/// Makes the plan, or says everything that is wrong.
pub(crate) async fn make(
    arguments: &TrackArguments,
    environment: Environment<'_>,
) -> Result<Plan, Vec<Problem>> {
    let wanted = targets::collect(arguments).map_err(|problem| vec![problem])?;
    if wanted.is_empty() && !arguments.sandbox {
        return Err(vec![
            Problem::new("usage", "there is nothing to track")
                .with_hint("give a tracking number or --from-file; --sandbox alone shows a demo"),
        ]);
    }

    let named = named(arguments);
    let mut problems = Vec::new();
    let chosen = if arguments.sandbox {
        Vec::new()
    } else {
        configured(&named, environment, &mut problems)
    };
    let entries: Vec<&'static Entry> = if chosen.is_empty() {
        asked_for(&named)
    } else {
        chosen.iter().map(|(entry, _)| *entry).collect()
    };
    problems.extend(refused(&wanted, &entries, !named.is_empty()));
    if !problems.is_empty() {
        return Err(problems);
    }

    if arguments.sandbox {
        in_sandbox(arguments, wanted, &entries).await
    } else {
        let connected = connect(chosen)?;
        Ok(Plan {
            lookups: lookups(arguments, &wanted, &connected),
            _sandbox: None,
        })
    }
}

async fn in_sandbox(
    arguments: &TrackArguments,
    mut wanted: Vec<Wanted>,
    entries: &[&'static Entry],
) -> Result<Plan, Vec<Problem>> {
    let sandbox = Sandbox::start().await.map_err(|error| {
        vec![Problem::new(
            "configuration",
            format!("the sandbox cannot start: {error}"),
        )]
    })?;
    if wanted.is_empty() {
        wanted.push(Wanted::number(Sandbox::DEMO_NUMBER));
    }

    let chosen = entries
        .iter()
        .map(|entry| (*entry, (entry.sandbox)(&sandbox)))
        .collect();
    let connected = connect(chosen)?;
    Ok(Plan {
        lookups: lookups(arguments, &wanted, &connected),
        _sandbox: Some(sandbox),
    })
}

/// The providers named on the command line, each once.
fn named(arguments: &TrackArguments) -> Vec<&'static Entry> {
    providers::ALL
        .iter()
        .filter(|entry| {
            arguments
                .providers
                .iter()
                .any(|name| name.eq_ignore_ascii_case(entry.name))
        })
        .collect()
}

/// The named providers, or all of them.
fn asked_for(named: &[&'static Entry]) -> Vec<&'static Entry> {
    if named.is_empty() {
        providers::ALL.iter().collect()
    } else {
        named.to_vec()
    }
}

/// The providers to ask and their settings: the named ones, which must be configured, or all that
/// happen to be.
fn configured(
    named: &[&'static Entry],
    environment: Environment<'_>,
    problems: &mut Vec<Problem>,
) -> Vec<(&'static Entry, Settings)> {
    let config = match Config::load(environment, &providers::known_settings()) {
        Ok(config) => config,
        Err(error) => {
            problems.push(Problem::new("configuration", error.to_string()));
            return Vec::new();
        }
    };
    if let Some(warning) = &config.warning {
        problem::report_warning(warning);
    }

    let (ready, unready): (Vec<_>, Vec<_>) = asked_for(named)
        .into_iter()
        .map(|entry| (entry, entry.settings(&config, environment)))
        .partition(|(entry, settings)| entry.missing(settings).is_empty());
    if !named.is_empty() || ready.is_empty() {
        problems.extend(
            unready
                .iter()
                .flat_map(|(entry, settings)| missing(entry, settings, &config, environment)),
        );
    }
    ready
}

fn missing(
    entry: &'static Entry,
    settings: &Settings,
    config: &Config,
    environment: Environment<'_>,
) -> Vec<Problem> {
    entry
        .missing(settings)
        .into_iter()
        .map(|setting| {
            let variable = setting.variable;
            let state = if environment(variable).is_some() {
                "blank"
            } else {
                "not set"
            };
            let file = config.path.as_ref().map_or_else(String::new, |path| {
                format!(
                    ", or write {} = \"…\" under [{}] in {}",
                    setting.key,
                    entry.name,
                    path.display()
                )
            });
            Problem::new(
                "configuration",
                format!(
                    "{variable} is {state}; {} needs {}",
                    entry.title, setting.purpose
                ),
            )
            .of_provider(entry.name)
            .with_hint(format!("set {variable}{file}; --sandbox needs no key"))
        })
        .collect()
}

/// The numbers that no provider in question accepts; of named providers each one must accept.
fn refused(wanted: &[Wanted], entries: &[&'static Entry], named: bool) -> Vec<Problem> {
    let mut problems = Vec::new();

    for one in wanted {
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

/// What is wrong with a target for this provider, as a sentence about it.
fn check(entry: &Entry, target: &Target) -> Result<(), String> {
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

fn connect(chosen: Vec<(&'static Entry, Settings)>) -> Result<Vec<Connected>, Vec<Problem>> {
    let mut connected = Vec::new();
    let mut problems = Vec::new();

    for (entry, settings) in chosen {
        match (entry.connect)(&settings) {
            Ok(provider) => connected.push(Connected { entry, provider }),
            Err(error) => problems.push(
                Problem::new(
                    error.kind().as_str(),
                    format!("{}: {}", entry.title, error.message()),
                )
                .of_provider(entry.name)
                .with_hint(format!("correct {}", used(entry, &settings))),
            ),
        }
    }
    if problems.is_empty() {
        Ok(connected)
    } else {
        Err(problems)
    }
}

/// The settings that have a value, by their variables.
fn used(entry: &Entry, settings: &Settings) -> String {
    entry
        .settings
        .iter()
        .filter(|setting| settings.get(setting.key).is_some())
        .map(|setting| setting.variable)
        .collect::<Vec<_>>()
        .join(" or ")
}

/// Every wanted thing at every provider that accepts it.
fn lookups(arguments: &TrackArguments, wanted: &[Wanted], connected: &[Connected]) -> Vec<Lookup> {
    wanted
        .iter()
        .flat_map(|one| {
            connected
                .iter()
                .filter(|connected| check(connected.entry, &one.target).is_ok())
                .map(|connected| Lookup {
                    connected: connected.clone(),
                    request: request(arguments, &one.target),
                })
        })
        .collect()
}

fn request(arguments: &TrackArguments, target: &Target) -> TrackRequest {
    let mut request = TrackRequest::new(target.clone()).with_register(!arguments.no_register);

    request.courier.clone_from(&arguments.courier);
    request.origin_country.clone_from(&arguments.origin_country);
    request
        .destination_country
        .clone_from(&arguments.destination_country);
    request
        .destination_post_code
        .clone_from(&arguments.destination_post_code);
    request
}

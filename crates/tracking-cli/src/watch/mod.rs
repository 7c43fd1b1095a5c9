//! `tracking watch`: looks at parcels again and again, and reports what changed.

mod args;
mod exec;
mod item;
mod journal;
mod outside;
mod parcel;
mod parcels;
mod rounds;
mod store;
mod text;
mod webhook;
mod world;

use std::collections::{HashMap, HashSet};
use std::io;
use std::sync::Mutex;

use tracking_core::cadence::Cadence;
use tracking_core::{Error, Lookup, Outcome, TrackRequest, UtcTime};

pub(crate) use self::args::WatchArguments;
use self::exec::Exec;
use self::item::{Attempts, Waits};
use self::outside::Outside;
use self::parcel::{Named, Options, Parcel};
use self::rounds::{Ending, Watch};
use self::store::{State, StateFile};
use self::webhook::Webhook;
use crate::config::{
    Environment, FOLLOW_STORE_VARIABLE, SERVE_TOKEN_VARIABLE, WATCH_WEBHOOK_VARIABLE,
};
use crate::exit::Exit;
use crate::interruption::Interruption;
use crate::problem::{self, Problem};
use crate::providers;
use crate::receiver;
use crate::render::json;
use crate::select::{Connected, Criteria, Selection};
use crate::state;
use crate::terminal;
use crate::track::{Report, plan};

/// Runs the command.
pub(crate) async fn run(arguments: &WatchArguments, environment: Environment<'_>) -> Exit {
    let interruption = Interruption::listen();
    match begin(arguments, environment).await {
        Ok(beginning) => tokio::select! {
            exit = beginning.run(arguments) => exit,
            () = interruption.wait() => Exit::Interrupted,
        },
        Err(problems) => {
            if arguments.json {
                // What is refused is on standard error too.
                let _ = terminal::print(&json::error_lines(&problems));
            }
            problem::report(&problems);
            Exit::Usage
        }
    }
}

/// Everything that a watch needs.
struct Beginning {
    connected: Connected,
    file: StateFile,
    state: State,
    watched: Vec<usize>,
    exec: Option<Exec>,
    webhook: Option<Webhook>,
}

async fn begin(
    arguments: &WatchArguments,
    environment: Environment<'_>,
) -> Result<Beginning, Vec<Problem>> {
    let webhook = match &arguments.webhook {
        Some(url) => Some(webhook(url, environment).map_err(|problem| vec![problem])?),
        None => None,
    };
    let (connected, lookups) = if arguments.names_nothing() {
        (connect(arguments, environment).await?, Vec::new())
    } else {
        let plan = plan::make(&arguments.as_track(), environment).await?;
        let lookups = plan.lookups().collect();
        (plan.connected, lookups)
    };
    let (file, mut state) = open(arguments).map_err(|problem| vec![problem])?;
    let watched = if arguments.names_nothing() {
        stored(&connected, &state)
    } else {
        named(&lookups, &mut state, UtcTime::now())
    };
    if watched.is_empty() {
        return Err(vec![
            Problem::new("usage", "there is nothing to watch")
                .with_hint("give a tracking number or --file; the state file has none"),
        ]);
    }
    Ok(Beginning {
        connected,
        file,
        state,
        watched,
        exec: arguments.exec.clone().map(|it| Exec::new(it, hidden())),
        webhook,
    })
}

/// The accounts alone, for parcels that the state file names.
async fn connect(
    arguments: &WatchArguments,
    environment: Environment<'_>,
) -> Result<Connected, Vec<Problem>> {
    let mut problems = Vec::new();
    let criteria = Criteria {
        names: &arguments.providers,
        sandbox: false,
        task: "track parcels",
        able: |_| true,
    };
    let selection = Selection::make(&criteria, environment, &mut problems);
    if !problems.is_empty() {
        return Err(problems);
    }
    selection.connect().await
}

fn open(arguments: &WatchArguments) -> Result<(StateFile, State), Problem> {
    let default = || state::folder().map(|folder| folder.join("watch.json"));
    let path = arguments.state.clone().or_else(default);
    let path = path.ok_or_else(|| {
        let message = "this system has no folder for the state file";
        Problem::new("configuration", message).with_hint("name a file with --state")
    })?;
    StateFile::open(path)
}

/// The parcels that were named, with the options that they have from now on.
fn named(lookups: &[Lookup], state: &mut State, now: UtcTime) -> Vec<usize> {
    let mut places = HashMap::new();
    for (place, parcel) in state.parcels.iter().enumerate() {
        places.insert(parcel.key(), place);
    }
    let mut watched = Vec::new();
    let mut seen = HashSet::new();
    for lookup in lookups {
        let Some(target) = Named::of(&lookup.request.target) else {
            continue;
        };
        let place = enroll(state, &mut places, &lookup.account, target, now);
        if let Some(parcel) = state.parcels.get_mut(place) {
            parcel.options = Options::of(&lookup.request);
        }
        if seen.insert(place) {
            watched.push(place);
        }
    }
    watched
}

/// The parcels of the state whose account is there.
fn stored(connected: &Connected, state: &State) -> Vec<usize> {
    let is_there = |place: &usize| {
        let parcel = state.parcels.get(*place);
        parcel.is_some_and(|parcel| connected.account(&parcel.account).is_some())
    };
    let (there, others): (Vec<usize>, Vec<usize>) = (0..state.parcels.len()).partition(is_there);
    if !others.is_empty() {
        problem::report_warning(&format!(
            "{} parcels of the state file are not watched, since their provider is not asked",
            others.len()
        ));
    }
    there
}

/// The place of a parcel in the state, where it is added if it is new.
fn enroll(
    state: &mut State,
    places: &mut HashMap<(String, Named), usize>,
    account: &str,
    target: Named,
    now: UtcTime,
) -> usize {
    let parcel = Parcel::new(account, target, now);
    *places
        .entry(parcel.key())
        .or_insert_with(|| state.parcels.push(parcel))
}

fn webhook(url: &str, environment: Environment<'_>) -> Result<Webhook, Problem> {
    Webhook::new(url, receiver::secret(environment)?).map_err(|error| {
        let reason = error.message().unwrap_or("it is not valid").to_owned();
        Problem::new("usage", format!("--webhook cannot be used: {reason}"))
    })
}

/// What a command of the user has no use for: keys, the secret, the token, and the store, whose address may have a password.
fn hidden() -> Vec<&'static str> {
    let settings = providers::ALL.iter().flat_map(|entry| entry.settings);
    settings
        .map(|setting| setting.variable)
        .chain([
            WATCH_WEBHOOK_VARIABLE,
            FOLLOW_STORE_VARIABLE,
            SERVE_TOKEN_VARIABLE,
        ])
        .collect()
}

impl Beginning {
    async fn run(self, arguments: &WatchArguments) -> Exit {
        let Self {
            connected,
            file,
            mut state,
            watched,
            exec,
            webhook,
        } = self;
        let title = |name: &str| {
            connected
                .account(name)
                .map_or(name, |account| account.title())
                .to_owned()
        };
        let problem = |name: &str, request: TrackRequest, result: Result<Outcome, Error>| {
            Report::of(connected.account(name)?, request, result).problem
        };
        let waits = Waits {
            print: true,
            exec: exec.is_some(),
            webhook: webhook.as_ref().map(|_| Attempts::default()),
        };
        warn_of_leftovers(&state, waits);
        let mut cadence = Cadence::default();
        cadence.at_least = arguments.interval.unwrap_or(cadence.at_least);
        let world = Outside {
            file,
            json: arguments.json,
            exec,
            webhook,
            unmapped: Mutex::default(),
            title: &title,
        };
        let watch = Watch {
            providers: connected.set(),
            problem: &problem,
            watched,
            cadence,
            waits,
            world: &world,
        };
        let ending = if arguments.once {
            watch.once(&mut state).await
        } else {
            watch.run(&mut state).await
        };
        match ending {
            Ok(Ending::Done) => Exit::Success,
            Ok(Ending::SomeFailed) => Exit::SomeFailed,
            Err(error) => of_error(&error),
        }
    }
}

/// Warns of changes of an earlier run that wait for a receiver which this run does not have.
fn warn_of_leftovers(state: &State, waits: Waits) {
    let count = |is_left: &dyn Fn(Waits) -> bool| {
        state
            .items
            .iter()
            .filter(|item| is_left(item.waits))
            .count()
    };
    for (left, option) in [
        (count(&|it| it.exec && !waits.exec), "--exec"),
        (
            count(&|it| it.webhook.is_some() && waits.webhook.is_none()),
            "--webhook",
        ),
    ] {
        if left > 0 {
            problem::report_warning(&format!("{left} changes wait for a run with {option}"));
        }
    }
}

/// A reader that has seen enough is no failure; it is given the same changes next time.
fn of_error(error: &io::Error) -> Exit {
    if error.kind() == io::ErrorKind::BrokenPipe {
        return Exit::Success;
    }
    let message = format!("the changes cannot be written: {error}");
    problem::report([&Problem::new("output", message)]);
    Exit::SomeFailed
}

#[cfg(test)]
mod tests;

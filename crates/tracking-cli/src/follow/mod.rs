//! `tracking follow`: parcels in a store, looked at by any number of runs.

mod args;
mod changes;
mod consumers;
mod forecast;
mod import;
mod inbox;
pub(crate) mod store;
mod text;

use std::io;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt as _;
use tracking_core::Target;
use tracking_core::cadence::Cadence;
use tracking_follow::{
    AccountReport, NewParcel, Sender, Store, StoreError, StoreErrorKind, StoreLimiter, Worker,
};

pub(crate) use self::args::FollowArguments;
use self::args::{AddArguments, RemoveArguments, RunArguments, Task};
use crate::config::{Config, Environment};
use crate::exit::Exit;
use crate::interruption::Interruption;
use crate::problem::{self, Problem};
use crate::providers;
use crate::receiver::Receivers;
use crate::render::json;
use crate::select::{self, Connected, Criteria, Selection};
use crate::terminal;
use crate::track::plan;

/// How many parcels or changes are read at once.
const PAGE: u32 = 200;

/// Why a task ended early.
#[derive(Debug)]
enum Failure {
    /// Something is wrong before anything was done.
    Problems(Vec<Problem>),
    Store(StoreError),
    Output(io::Error),
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

/// Runs the command.
pub(crate) async fn run(arguments: &FollowArguments, environment: Environment<'_>) -> Exit {
    let (exit, problems) = match execute(arguments, environment).await {
        Ok(exit) => return exit,
        // A reader that has seen enough is no failure.
        Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => {
            return Exit::Success;
        }
        Err(Failure::Problems(problems)) => (Exit::Usage, problems),
        Err(Failure::Store(error)) => (exit_of(&error), vec![of_store(&error)]),
        Err(Failure::Output(error)) => (Exit::SomeFailed, vec![problem::of_output(&error)]),
    };
    problem::report(&problems);
    if arguments.json {
        // Nothing is left to do if that fails too.
        let _ = terminal::print(&json::error_lines(&problems));
    }
    exit
}

async fn execute(
    arguments: &FollowArguments,
    environment: Environment<'_>,
) -> Result<Exit, Failure> {
    let json = arguments.json;
    let address = || {
        let address = store::address(arguments.store.as_deref(), environment);
        address.map_err(|problem| Failure::Problems(vec![problem]))
    };
    match &arguments.task {
        Task::Add(options) => add(options, &address()?, json, environment).await,
        Task::List => list(&Store::open(&address()?).await?, json).await,
        Task::Status => status(&Store::open(&address()?).await?, json).await,
        Task::Run(options) => look(options, &address()?, json, environment).await,
        Task::Import(options) => import::run(options, &address()?, json, environment).await,
        Task::Changes(options) => {
            changes::run(options, &Store::open(&address()?).await?, json).await
        }
        Task::Consumers(options) => {
            consumers::run(&options.task, &address()?, json, environment).await
        }
        Task::Inbox(options) => {
            inbox::run(&options.task, &Store::open(&address()?).await?, json).await
        }
        Task::Remove(options) => {
            let store = Store::open(&address()?).await?;
            remove(options, &store, json, environment).await
        }
        Task::Plan(options) => forecast::run(options, json, environment),
    }
}

async fn add(
    options: &AddArguments,
    address: &str,
    json: bool,
    environment: Environment<'_>,
) -> Result<Exit, Failure> {
    let plan = plan::make(&options.as_track(), environment).await;
    let plan = plan.map_err(Failure::Problems)?;
    let parcels: Vec<NewParcel> = plan
        .lookups()
        .map(|lookup| {
            let mut parcel = NewParcel::new(lookup.account, lookup.request);
            parcel.reference.clone_from(&options.reference);
            parcel.tags.clone_from(&options.tags);
            parcel
        })
        .collect();
    let store = Store::open(address).await?;
    let added = store.add_all(parcels).await?;
    let new = added.iter().filter(|it| it.is_new).count();
    terminal::write(&text::added(new, added.len() - new, json))?;
    Ok(Exit::Success)
}

async fn list(store: &Store, json: bool) -> Result<Exit, Failure> {
    let mut last = None;
    loop {
        let page = store.parcels(last, PAGE).await?;
        let Some(end) = page.last() else {
            return Ok(Exit::Success);
        };
        last = Some(end.id);
        let lines = page.iter().map(|parcel| text::parcel(parcel, json));
        terminal::write(&lines.collect::<String>())?;
    }
}

async fn status(store: &Store, json: bool) -> Result<Exit, Failure> {
    let (counts, accounts) = (store.counts().await?, store.accounts().await?);
    terminal::write(&text::counts(&counts, &accounts, json))?;
    Ok(Exit::Success)
}

async fn look(
    options: &RunArguments,
    address: &str,
    json: bool,
    environment: Environment<'_>,
) -> Result<Exit, Failure> {
    // A single round ends by itself; whoever ends it earlier ends the process, which loses nothing.
    let interruption = (!options.once).then(Interruption::listen);
    let selection = selection(&options.providers, environment).map_err(Failure::Problems)?;
    let store = Store::open(address).await?;
    let connected = connect(selection, &store, address).await;
    let connected = connected.map_err(Failure::Problems)?;
    let worker = worker(store.clone(), &connected, options.interval, environment);
    let worker = worker.map_err(|problem| Failure::Problems(vec![problem]))?;
    let sender = sender(store).map_err(|problem| Failure::Problems(vec![problem]))?;
    let (round, sent) = match interruption {
        Some(interruption) => {
            let stop = interruption.wait().shared();
            tokio::try_join!(worker.run(stop.clone()), sender.run(stop))?
        }
        None => (worker.once().await?, sender.once().await?),
    };
    terminal::write(&text::round(&round, &sent, json))?;
    Ok(Exit::Success)
}

/// Makes what sends the changes to consumers with addresses.
pub(crate) fn sender(store: Store) -> Result<Sender, Problem> {
    Ok(Sender::new(store, receivers()?))
}

fn receivers() -> Result<Receivers, Problem> {
    Receivers::new().map_err(|error| {
        let reason = error.message().unwrap_or("it failed").to_owned();
        let message = format!("no HTTP client can be made: {reason}");
        Problem::new("configuration", message)
    })
}

/// Makes the clients, with request limits that all users of the store keep together.
pub(crate) async fn connect(
    selection: Selection,
    store: &Store,
    address: &str,
) -> Result<Connected, Vec<Problem>> {
    // The runs of one machine share limits anyway, also with the other commands.
    if store::is_shared(address) {
        let limits = Arc::new(StoreLimiter::new(store.clone()));
        selection.connect_with(Some(limits)).await
    } else {
        selection.connect().await
    }
}

/// Makes a worker with the rules of the accounts in the configuration file.
pub(crate) fn worker(
    store: Store,
    connected: &Connected,
    interval: Option<Duration>,
    environment: Environment<'_>,
) -> Result<Worker, Problem> {
    let mut cadence = Cadence::default();
    cadence.at_least = interval.unwrap_or(cadence.at_least);
    let mut worker = Worker::new(store, connected.set().clone()).with_cadence(cadence);
    let config = Config::load(environment, &providers::known_settings())
        .map_err(|error| Problem::new("configuration", error.to_string()))?;
    for (account, rules) in config.rules() {
        worker = worker.with_rules(account, rules.clone());
    }
    Ok(worker)
}

fn selection(names: &[String], environment: Environment<'_>) -> Result<Selection, Vec<Problem>> {
    let mut problems = Vec::new();
    let criteria = Criteria {
        names,
        sandbox: false,
        task: "track parcels",
        able: |_| true,
    };
    let selection = Selection::make(&criteria, environment, &mut problems);
    if problems.is_empty() {
        Ok(selection)
    } else {
        Err(problems)
    }
}

async fn remove(
    options: &RemoveArguments,
    store: &Store,
    json: bool,
    environment: Environment<'_>,
) -> Result<Exit, Failure> {
    if let Some(name) = &options.provider {
        check_account(name, store, environment).await?;
    }
    let mut removed: u64 = 0;
    for name in &options.names {
        for target in [Target::Number(name.clone()), Target::Id(name.clone())] {
            let found = store.find(options.provider.as_deref(), &target).await?;
            for id in found {
                removed += u64::from(store.remove(id).await?);
            }
        }
    }
    terminal::write(&text::counted("removed", "parcel", removed, json))?;
    Ok(if removed == 0 {
        Exit::NothingFound
    } else {
        Exit::Success
    })
}

/// Returns an error if nothing has an account of this name: no provider, the configuration file or the store.
async fn check_account(
    name: &str,
    store: &Store,
    environment: Environment<'_>,
) -> Result<(), Failure> {
    let config = Config::load(environment, &providers::known_settings()).map_err(|error| {
        Failure::Problems(vec![Problem::new("configuration", error.to_string())])
    })?;
    let accounts = select::all_accounts(&config);
    let stored = store.accounts().await?;
    let is_stored = |it: &AccountReport| it.name.eq_ignore_ascii_case(name.trim());
    if accounts.iter().any(|it| it.is_called(name)) || stored.iter().any(is_stored) {
        return Ok(());
    }
    let mut known: Vec<String> = accounts.into_iter().map(|it| it.name).collect();
    for account in stored {
        if !known
            .iter()
            .any(|it| it.eq_ignore_ascii_case(&account.name))
        {
            known.push(account.name);
        }
    }
    Err(Failure::Problems(vec![select::unknown_one(name, &known)]))
}

pub(crate) fn exit_of(error: &StoreError) -> Exit {
    match error.kind() {
        StoreErrorKind::Address
        | StoreErrorKind::Refused
        | StoreErrorKind::NewerSchema
        | StoreErrorKind::Invalid => Exit::Usage,
        _ => Exit::SomeFailed,
    }
}

pub(crate) fn of_store(error: &StoreError) -> Problem {
    let problem = Problem::new("store", error.to_string());
    match error.kind() {
        StoreErrorKind::Address | StoreErrorKind::Refused => {
            problem.with_hint("name another store with --store, in TRACKING_FOLLOW_STORE, or in the configuration file")
        }
        StoreErrorKind::Unavailable => problem.with_hint("try again"),
        StoreErrorKind::Full => problem.with_hint("make room, and try again; nothing is lost"),
        _ => problem,
    }
}

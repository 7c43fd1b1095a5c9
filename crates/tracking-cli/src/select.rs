//! Which providers to ask: those that were named, or all that are configured, or all of them in a
//! sandbox.

use std::sync::Arc;

use tracking_core::{Error, Provider, ProviderSet};
use tracking_sandbox::Sandbox;

use crate::config::{Config, Environment, Settings};
use crate::problem::{self, Problem};
use crate::providers::{self, Entry, Limits};
use crate::state::{self, SavedLimits};

/// What the command line says about it.
pub(crate) struct Criteria<'a> {
    /// The names that were given.
    pub(crate) names: &'a [String],
    /// Whether to use a sandbox instead of the providers.
    pub(crate) sandbox: bool,
    /// What it is for, after "cannot".
    pub(crate) task: &'static str,
    /// Which providers the command can use at all.
    pub(crate) able: fn(&Entry) -> bool,
}

/// The providers of one run.
#[derive(Debug)]
pub(crate) struct Selection {
    entries: Vec<&'static Entry>,
    is_named: bool,
    /// In the order of the entries; none for a sandbox, which has them once it runs.
    settings: Option<Vec<Settings>>,
}

impl Selection {
    /// Makes the selection, or adds what is wrong to the problems.
    pub(crate) fn make(
        criteria: &Criteria<'_>,
        environment: Environment<'_>,
        problems: &mut Vec<Problem>,
    ) -> Self {
        let named: Vec<&'static Entry> = providers::ALL
            .iter()
            .filter(|entry| {
                let is_name = |name: &String| name.eq_ignore_ascii_case(entry.name);
                criteria.names.iter().any(is_name)
            })
            .collect();
        let is_named = !named.is_empty();
        let (able, unable): (Vec<_>, Vec<_>) = if is_named {
            named
        } else {
            providers::ALL.iter().collect()
        }
        .into_iter()
        .partition(|entry| (criteria.able)(entry));
        if is_named {
            problems.extend(unable.into_iter().map(|entry| {
                let message = format!("{} cannot {}", entry.title, criteria.task);
                Problem::new("unsupported", message)
                    .of_provider(entry.name)
                    .with_hint("`tracking providers` lists what each of them can do")
            }));
        }
        if criteria.sandbox {
            return Self {
                entries: able,
                is_named,
                settings: None,
            };
        }
        let (entries, settings) = configured(&able, is_named, environment, problems)
            .into_iter()
            .unzip();
        let mut selection = Self {
            entries,
            is_named,
            settings: Some(settings),
        };
        if selection.entries.is_empty() {
            // Something is missing, which is reported; the input is checked all the same.
            selection.entries = able;
        }
        selection
    }

    /// The providers to ask, or those that would be asked if they were configured.
    pub(crate) fn entries(&self) -> &[&'static Entry] {
        &self.entries
    }

    /// Returns true if they were named on the command line.
    pub(crate) const fn is_named(&self) -> bool {
        self.is_named
    }

    /// Makes the clients, and starts the sandbox if there is one.
    pub(crate) async fn connect(self) -> Result<Connected, Vec<Problem>> {
        let Self {
            entries, settings, ..
        } = self;
        if let Some(settings) = settings {
            return connect(entries.into_iter().zip(settings), &saved_limits());
        }
        let sandbox = Sandbox::start().await.map_err(|error| {
            let message = format!("the sandbox cannot start: {error}");
            vec![Problem::new("configuration", message)]
        })?;
        let chosen = entries
            .into_iter()
            .map(|entry| (entry, (entry.sandbox)(&sandbox)));
        // The next sandbox is another account.
        let mut connected = connect(chosen, &None)?;
        connected.sandbox = Some(sandbox);
        Ok(connected)
    }
}

/// The providers of one run, ready to be asked.
#[derive(Debug)]
pub(crate) struct Connected {
    entries: Vec<&'static Entry>,
    set: ProviderSet,
    /// Has to live as long as the clients.
    sandbox: Option<Sandbox>,
}

impl Connected {
    /// Puts providers into one set.
    pub(crate) fn of(
        providers: impl IntoIterator<Item = (&'static Entry, Arc<dyn Provider>)>,
    ) -> Result<Self, Error> {
        let mut connected = Self {
            entries: Vec::new(),
            set: ProviderSet::new(),
            sandbox: None,
        };
        for (entry, provider) in providers {
            connected.set.add(provider)?;
            connected.entries.push(entry);
        }
        Ok(connected)
    }

    /// The entries of the providers in the set, in its order.
    pub(crate) fn entries(&self) -> &[&'static Entry] {
        &self.entries
    }

    /// The entry of the provider with this name.
    pub(crate) fn entry(&self, name: &str) -> Option<&'static Entry> {
        self.entries
            .iter()
            .find(|entry| entry.name == name)
            .copied()
    }

    /// The providers.
    pub(crate) const fn set(&self) -> &ProviderSet {
        &self.set
    }
}

/// The providers to ask and their settings: the named ones, which must be configured, or all that
/// happen to be.
fn configured(
    able: &[&'static Entry],
    is_named: bool,
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

    let (ready, unready): (Vec<_>, Vec<_>) = able
        .iter()
        .map(|entry| (*entry, entry.settings(&config, environment)))
        .partition(|(entry, settings)| entry.missing(settings).is_empty());
    if is_named || ready.is_empty() {
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
                "empty"
            } else {
                "not set"
            };
            let file = config.path.as_ref().map_or_else(String::new, |path| {
                format!(
                    ", or write {} = \"…\" under [{}] in {}",
                    setting.name,
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

/// Shared by all clients: accounts of one credential have one limit.
fn saved_limits() -> Limits {
    let folder = state::folder()?.join("limits");
    Some(Arc::new(SavedLimits::new(folder)))
}

fn connect(
    chosen: impl IntoIterator<Item = (&'static Entry, Settings)>,
    limits: &Limits,
) -> Result<Connected, Vec<Problem>> {
    let mut ready = Vec::new();
    let mut problems = Vec::new();

    for (entry, settings) in chosen {
        match (entry.connect)(&settings, limits.clone()) {
            Ok(provider) => ready.push((entry, provider)),
            Err(error) => problems.push(
                refused(entry, &error).with_hint(format!("correct {}", used(entry, &settings))),
            ),
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    // Each entry of the table has a name of its own, so that none is added twice.
    Connected::of(ready).map_err(|error| vec![Problem::new(error.kind().as_str(), error.message())])
}

fn refused(entry: &Entry, error: &Error) -> Problem {
    let message = format!("{}: {}", entry.title, error.message());
    Problem::new(error.kind().as_str(), message).of_provider(entry.name)
}

/// The settings that have a value, by their variables.
fn used(entry: &Entry, settings: &Settings) -> String {
    entry
        .settings
        .iter()
        .filter(|setting| settings.get(setting.name).is_some())
        .map(|setting| setting.variable)
        .collect::<Vec<_>>()
        .join(" or ")
}

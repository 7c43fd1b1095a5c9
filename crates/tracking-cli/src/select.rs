//! Criteria to ask: the providers that were named, or every one that is configured, or all of them in a
//! sandbox.

use tracking_sandbox::Sandbox;

use crate::config::{Config, Environment, Settings};
use crate::lookup::Connected;
use crate::problem::{self, Problem};
use crate::providers::{self, Entry};

/// What the command line says about it.
pub(crate) struct Criteria<'a> {
    /// The names that were given.
    pub(crate) names: &'a [String],
    /// Whether a sandbox stands in for the providers.
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
    /// In the order of the entries; none for a sandbox, which tells them when it runs.
    settings: Option<Vec<Settings>>,
}

impl Selection {
    /// Makes the choice, or adds what is wrong to the problems.
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
            // Something is missing, and has been said; the input is checked all the same.
            selection.entries = able;
        }
        selection
    }

    /// The providers to ask, or those that would be asked if they were configured.
    pub(crate) fn entries(&self) -> &[&'static Entry] {
        &self.entries
    }

    /// Whether they were named on the command line.
    pub(crate) const fn is_named(&self) -> bool {
        self.is_named
    }

    /// Makes the clients, and starts the sandbox that has to live as long as they do.
    pub(crate) async fn connect(self) -> Result<(Vec<Connected>, Option<Sandbox>), Vec<Problem>> {
        let Self {
            entries, settings, ..
        } = self;
        if let Some(settings) = settings {
            let connected = connect(entries.into_iter().zip(settings))?;
            return Ok((connected, None));
        }
        let sandbox = Sandbox::start().await.map_err(|error| {
            let message = format!("the sandbox cannot start: {error}");
            vec![Problem::new("configuration", message)]
        })?;
        let chosen = entries
            .into_iter()
            .map(|entry| (entry, (entry.sandbox)(&sandbox)));
        let connected = connect(chosen)?;
        Ok((connected, Some(sandbox)))
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

fn connect(
    chosen: impl IntoIterator<Item = (&'static Entry, Settings)>,
) -> Result<Vec<Connected>, Vec<Problem>> {
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

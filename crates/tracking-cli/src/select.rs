//! Which accounts to ask: those that were named, or all that are configured, or one of each provider in
//! a sandbox.

use std::sync::Arc;

use tracking_core::{Error, Provider, ProviderSet};
use tracking_sandbox::Sandbox;

use crate::config::{Config, Environment, Settings};
use crate::pauses;
use crate::problem::{self, Problem};
use crate::providers::{self, Entry, Limits};
use crate::state::{self, SavedLimits};
use crate::waits::{NotedLimiter, Waits};

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

/// An account at a provider, with a name of its own.
#[derive(Debug, Clone)]
pub(crate) struct Account {
    /// The name, which is that of the provider as a rule.
    pub(crate) name: String,
    pub(crate) entry: &'static Entry,
    /// Its calls that wait.
    pub(crate) waits: Waits,
}

impl Account {
    /// The account that is named after its provider.
    pub(crate) fn of(entry: &'static Entry) -> Self {
        Self {
            name: entry.name.to_owned(),
            entry,
            waits: Waits::default(),
        }
    }

    /// Returns true if it is named after its provider: then its settings are variables too.
    pub(crate) fn is_default(&self) -> bool {
        self.name == self.entry.name
    }

    /// Returns true if this is its own name; upper and lower case are the same.
    pub(crate) fn is_called(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name.trim())
            || self.is_default() && self.entry.is_called(name)
    }

    /// Returns true if this is its own name or that of its provider.
    pub(crate) fn is_meant_by(&self, name: &str) -> bool {
        self.is_called(name) || self.entry.is_called(name)
    }

    /// The values of its settings.
    fn settings(&self, config: &Config, environment: Environment<'_>) -> Settings {
        if self.is_default() {
            self.entry.settings(config, environment)
        } else {
            config.settings(&self.name, self.entry.settings, &|_| None)
        }
    }

    /// What to do so that its webhooks can be checked, or signed.
    pub(crate) fn webhook_hint(&self) -> String {
        let names = self.entry.webhook_settings;
        if self.is_default() {
            let settings = self.entry.settings.iter();
            let variables: Vec<&str> = settings
                .filter(|setting| names.contains(&setting.name))
                .map(|setting| setting.variable)
                .collect();
            format!("set {}", variables.join(" and "))
        } else {
            format!("write {} under [{}]", names.join(" and "), self.name)
        }
    }

    /// Its name for people.
    pub(crate) fn title(&self) -> &str {
        if self.is_default() {
            self.entry.title
        } else {
            &self.name
        }
    }
}

/// The accounts of one run.
#[derive(Debug)]
pub(crate) struct Selection {
    accounts: Vec<Account>,
    is_named: bool,
    registers: bool,
    is_nothing_configured: bool,
    /// In the order of the accounts; none for a sandbox, which has them once it runs.
    settings: Option<Vec<Settings>>,
}

impl Selection {
    /// Makes the selection, or adds what is wrong to the problems.
    pub(crate) fn make(
        criteria: &Criteria<'_>,
        environment: Environment<'_>,
        problems: &mut Vec<Problem>,
    ) -> Self {
        let is_named = !criteria.names.is_empty();
        let found_before = problems.len();
        let config = if criteria.sandbox {
            Config::default()
        } else {
            load(environment, problems)
        };
        if problems.len() > found_before {
            // What is missing may be in the file, and so may the accounts that were named.
            return Self {
                accounts: Vec::new(),
                is_named,
                registers: false,
                is_nothing_configured: false,
                settings: Some(Vec::new()),
            };
        }
        let all = all_accounts(&config);
        problems.extend(unknown(criteria.names, &all));
        let (able, unable): (Vec<_>, Vec<_>) = all
            .into_iter()
            .filter(|account| !is_named || criteria.names.iter().any(|it| account.is_meant_by(it)))
            .partition(|account| (criteria.able)(account.entry));
        if is_named {
            problems.extend(unable.into_iter().map(|account| {
                let message = format!("{} cannot {}", account.title(), criteria.task);
                Problem::new("unsupported", message)
                    .of_provider(account.name)
                    .with_hint("`tracking providers` lists what each of them can do")
            }));
        }
        if criteria.sandbox {
            return Self {
                accounts: able,
                is_named,
                registers: false,
                is_nothing_configured: false,
                settings: None,
            };
        }
        let is_sound = problems.is_empty();
        let (ready, is_nothing_configured) =
            configured(&able, criteria.names, &config, environment, problems);
        let (accounts, settings) = ready.into_iter().unzip();
        let mut selection = Self {
            accounts,
            is_named,
            registers: config.register,
            is_nothing_configured,
            settings: Some(settings),
        };
        if selection.accounts.is_empty() && is_sound {
            // Something is missing, which is reported; the input is checked all the same.
            selection.accounts = able;
        }
        selection
    }

    /// The accounts to ask, or those that would be asked if they were configured.
    pub(crate) fn accounts(&self) -> &[Account] {
        &self.accounts
    }

    /// Returns true if they were named on the command line.
    pub(crate) const fn is_named(&self) -> bool {
        self.is_named
    }

    /// Returns true if the configuration file lets numbers be registered.
    pub(crate) const fn registers(&self) -> bool {
        self.registers
    }

    /// Returns true if it has no account because none is configured, and nothing else is wrong.
    pub(crate) const fn is_nothing_configured(&self) -> bool {
        self.is_nothing_configured
    }

    /// Makes the clients, and starts the sandbox if there is one.
    pub(crate) async fn connect(self) -> Result<Connected, Vec<Problem>> {
        self.connect_with(saved_limits()).await
    }

    /// The same, with request limits that are kept elsewhere. A sandbox has limits of its own.
    pub(crate) async fn connect_with(self, limits: Limits) -> Result<Connected, Vec<Problem>> {
        let Self {
            accounts, settings, ..
        } = self;
        if let Some(settings) = settings {
            return connect(accounts.into_iter().zip(settings), &limits);
        }
        let sandbox = Sandbox::start().await.map_err(|error| {
            let message = format!("the sandbox cannot start: {error}");
            vec![Problem::new("configuration", message)]
        })?;
        Self::connect_sandbox(accounts, sandbox)
    }

    /// Makes the clients of a sandbox that runs.
    pub(crate) fn connect_to(self, sandbox: Sandbox) -> Result<Connected, Vec<Problem>> {
        Self::connect_sandbox(self.accounts, sandbox)
    }

    fn connect_sandbox(
        accounts: Vec<Account>,
        sandbox: Sandbox,
    ) -> Result<Connected, Vec<Problem>> {
        let chosen = accounts.into_iter().map(|account| {
            let settings = (account.entry.sandbox)(&sandbox);
            (account, settings)
        });
        // The next sandbox is another account.
        let mut connected = connect(chosen, &None)?;
        connected.sandbox = Some(sandbox);
        Ok(connected)
    }
}

/// The configuration file; what is wrong with it is a problem, what is odd a warning.
fn load(environment: Environment<'_>, problems: &mut Vec<Problem>) -> Config {
    match Config::load(environment, &providers::known_settings()) {
        Ok(config) => {
            if let Some(warning) = &config.warning {
                problem::report_warning(warning);
            }
            config
        }
        Err(error) => {
            problems.push(Problem::new("configuration", error.to_string()));
            Config::default()
        }
    }
}

/// The account of this name, or that of the provider of this name, and its settings, complete or not.
pub(crate) fn find(
    name: &str,
    environment: Environment<'_>,
) -> Result<(Account, Settings), Vec<Problem>> {
    let mut problems = Vec::new();
    let config = load(environment, &mut problems);
    let all = all_accounts(&config);
    problems.extend(unknown(&[name.to_owned()], &all));
    match all.into_iter().find(|account| account.is_called(name)) {
        Some(account) if problems.is_empty() => {
            let settings = account.settings(&config, environment);
            Ok((account, settings))
        }
        _ => Err(problems),
    }
}

/// The account of each provider, and those that the file names.
pub(crate) fn all_accounts(config: &Config) -> Vec<Account> {
    let named = config.named_accounts().filter_map(|(name, provider)| {
        Some(Account {
            name: name.to_owned(),
            entry: providers::find(provider)?,
            waits: Waits::default(),
        })
    });
    providers::ALL
        .iter()
        .map(Account::of)
        .chain(named)
        .collect()
}

/// The names that are neither those of providers nor of accounts.
pub(crate) fn unknown(names: &[String], all: &[Account]) -> Vec<Problem> {
    let is_unknown = |name: &&String| !all.iter().any(|account| account.is_meant_by(name));
    let known: Vec<String> = all.iter().map(|account| account.name.clone()).collect();
    let unknown = names.iter().filter(is_unknown);
    unknown.map(|name| unknown_one(name, &known)).collect()
}

/// The problem of a name that is none of the known ones.
pub(crate) fn unknown_one(name: &str, known: &[String]) -> Problem {
    Problem::new("usage", format!("there is no provider or account {name:?}"))
        .with_hint(format!("known are: {}", known.join(", ")))
}

/// The providers of one run, ready to be asked.
#[derive(Debug, Default)]
pub(crate) struct Connected {
    accounts: Vec<Account>,
    set: ProviderSet,
    /// Has to live as long as the clients.
    sandbox: Option<Sandbox>,
}

impl Connected {
    /// Puts providers into one set.
    pub(crate) fn of(
        providers: impl IntoIterator<Item = (Account, Arc<dyn Provider>)>,
    ) -> Result<Self, Error> {
        let mut connected = Self {
            accounts: Vec::new(),
            set: ProviderSet::new(),
            sandbox: None,
        };
        for (account, provider) in providers {
            connected.set.add_account(&account.name, provider)?;
            connected.accounts.push(account);
        }
        Ok(connected)
    }

    /// The accounts in the set, in its order.
    pub(crate) fn accounts(&self) -> &[Account] {
        &self.accounts
    }

    /// The account of this name.
    pub(crate) fn account(&self, name: &str) -> Option<&Account> {
        self.accounts.iter().find(|account| account.is_called(name))
    }

    /// The sandbox, if these are its accounts.
    pub(crate) const fn sandbox(&self) -> Option<&Sandbox> {
        self.sandbox.as_ref()
    }

    /// The providers.
    pub(crate) const fn set(&self) -> &ProviderSet {
        &self.set
    }
}

/// The accounts that can be asked. What is missing is reported of those that were named; of the others
/// only if there is nothing to ask at all.
fn configured(
    able: &[Account],
    names: &[String],
    config: &Config,
    environment: Environment<'_>,
    problems: &mut Vec<Problem>,
) -> (Vec<(Account, Settings)>, bool) {
    let (ready, unready): (Vec<_>, Vec<_>) = able
        .iter()
        .map(|account| (account.clone(), account.settings(config, environment)))
        .partition(|(account, settings)| account.entry.missing(settings).is_empty());
    // A provider is there if one of its accounts is.
    let is_selected = |account: &Account| {
        let has_other = |(other, _): &(Account, Settings)| other.entry.name == account.entry.name;
        names.iter().any(|name| account.is_called(name)) && !ready.iter().any(has_other)
            || !account.is_default() && names.iter().any(|name| account.is_called(name))
    };
    let begun = |account: &Account, settings: &Settings| {
        !account.is_default()
            || account.entry.settings.iter().any(|setting| {
                settings.get(setting.name).is_some() || environment(setting.variable).is_some()
            })
    };
    let mut is_nothing_configured = false;
    if !names.is_empty() {
        let selected = unready.iter().filter(|(account, _)| is_selected(account));
        problems
            .extend(selected.flat_map(|(it, settings)| missing(it, settings, config, environment)));
    } else if ready.is_empty() && problems.is_empty() {
        let incomplete: Vec<Problem> = unready
            .iter()
            .filter(|(account, settings)| begun(account, settings))
            .flat_map(|(account, settings)| missing(account, settings, config, environment))
            .collect();
        is_nothing_configured = incomplete.is_empty();
        if is_nothing_configured {
            problems.push(Problem::new("configuration", nothing_configured(able)));
        }
        problems.extend(incomplete);
    }
    (ready, is_nothing_configured)
}

/// What to do when there is no account, in one line.
pub(crate) fn nothing_configured(able: &[Account]) -> String {
    let mut settings = able.iter().flat_map(|account| account.entry.settings);
    let first = settings.find(|setting| setting.is_required);
    let variable = first.map_or("a key", |setting| setting.variable);
    format!(
        "no provider is configured: set {variable} or another key that `tracking providers` lists, or write \
         one into the file of `tracking config init`; `tracking track --sandbox` and `tracking serve --sandbox` need none"
    )
}

fn missing(
    account: &Account,
    settings: &Settings,
    config: &Config,
    environment: Environment<'_>,
) -> Vec<Problem> {
    let entry = account.entry;
    entry
        .missing(settings)
        .into_iter()
        .map(|setting| {
            let line = config.path.as_ref().map(|path| {
                format!(
                    "write {} = \"…\" under [{}] in {}",
                    setting.name,
                    account.name,
                    path.display()
                )
            });
            let line = line.as_deref().unwrap_or_default();
            let variable = setting.variable;
            let (subject, hint) = if account.is_default() {
                let state = if environment(variable).is_some() {
                    "empty"
                } else {
                    "not set"
                };
                let or = if line.is_empty() { "" } else { ", or " };
                let hint = format!(
                    "set {variable}{or}{line}; `tracking track --sandbox` and `tracking serve --sandbox` need none"
                );
                (format!("{variable} is {state}"), hint)
            } else {
                let subject = format!("{} of [{}] is not set", setting.name, account.name);
                (subject, line.to_owned())
            };
            let message = format!("{subject}; {} needs {}", account.title(), setting.purpose);
            Problem::new("configuration", message)
                .of_provider(account.name.as_str())
                .with_hint(hint)
        })
        .collect()
}

/// Shared by all clients: accounts of one credential have one limit.
fn saved_limits() -> Limits {
    let folder = state::folder()?.join("limits");
    Some(Arc::new(SavedLimits::new(folder)))
}

fn connect(
    chosen: impl IntoIterator<Item = (Account, Settings)>,
    limits: &Limits,
) -> Result<Connected, Vec<Problem>> {
    let mut ready = Vec::new();
    let mut problems = Vec::new();

    for (account, settings) in chosen {
        let limits = pauses::reported(&account, limits);
        let limits = Arc::new(NotedLimiter::new(limits, account.waits.clone()));
        match (account.entry.connect)(&settings, Some(limits)) {
            Ok(provider) => ready.push((account, provider)),
            Err(error) => problems.push(
                refused(&account, &error)
                    .with_hint(format!("correct {}", used(&account, &settings))),
            ),
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    // Each account has a name of its own, so that none is added twice.
    Connected::of(ready).map_err(|error| vec![Problem::new(error.kind().as_str(), error.message())])
}

fn refused(account: &Account, error: &Error) -> Problem {
    let message = format!("{}: {}", account.title(), error.message());
    Problem::new(error.kind().as_str(), message).of_provider(account.name.as_str())
}

/// The settings that have a value: by their variables, or by their lines in the file.
fn used(account: &Account, settings: &Settings) -> String {
    account
        .entry
        .settings
        .iter()
        .filter(|setting| settings.get(setting.name).is_some())
        .map(|setting| {
            if account.is_default() {
                setting.variable.to_owned()
            } else {
                format!("{} of [{}]", setting.name, account.name)
            }
        })
        .collect::<Vec<_>>()
        .join(" or ")
}

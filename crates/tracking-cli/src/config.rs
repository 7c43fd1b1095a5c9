//! Keys and other settings of the providers: from the environment, then from a TOML file.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;
use gcl_sdk::Setting;
use toml::{Table, Value};
use tracking_follow::AccountRules;

use self::rules::Rules;
use crate::input::read_text;
use crate::providers;

pub(crate) mod rules;

/// The variable that names another configuration file.
pub(crate) const PATH_VARIABLE: &str = "TRACKING_CONFIG";

/// Reads one environment variable; a test hands in a map.
pub(crate) type Environment<'a> = &'a dyn Fn(&str) -> Option<String>;

/// The values of one provider's settings. `Debug` shows which ones are set, never a value.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct Settings(BTreeMap<&'static str, String>);

impl Settings {
    /// Adds a value.
    pub(crate) fn with(mut self, key: &'static str, value: impl Into<String>) -> Self {
        self.0.insert(key, value.into());
        self
    }

    /// The value of a setting, if it has one.
    pub(crate) fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(String::as_str)
    }

    /// Hands the values to the builder of an SDK.
    pub(crate) fn lookup(&self) -> impl Fn(&Setting) -> Option<OsString> + '_ {
        |setting| self.get(setting.name).map(OsString::from)
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_set().entries(self.0.keys()).finish()
    }
}

/// A configuration file that cannot be used. Its text never holds a value of the file, because
/// the value may be a key.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct ConfigError(String);

impl fmt::Display for ConfigError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// The configuration file as it was found.
#[derive(Default)]
pub(crate) struct Config {
    /// Where the file is, or would be; `None` if this system has no such place.
    pub(crate) path: Option<PathBuf>,
    /// What is odd about the file although it can be used.
    pub(crate) warning: Option<String>,
    /// Whether `track` may register numbers without `--register`.
    pub(crate) register: bool,
    /// The secret that `watch` signs webhooks with, as it is in the file.
    watch_webhook_secret: Option<String>,
    /// The address of the store of `follow`, as it is in the file.
    follow_store: Option<String>,
    /// The token of `serve`, as it is in the file.
    serve_token: Option<String>,
    tables: BTreeMap<String, AccountTable>,
}

/// The part of the file that is about one account.
#[derive(Debug, Default, PartialEq, Eq)]
struct AccountTable {
    /// The provider, if the account has a name of its own.
    provider: Option<String>,
    values: BTreeMap<String, String>,
    rules: Rules,
}

/// The key that says whose account a part with a name of its own is.
pub(crate) const PROVIDER: &str = "provider";
/// The key in front of all parts that lets `track` register numbers.
pub(crate) const REGISTER: &str = "register";
/// The key in front of all parts with the secret that `watch` signs webhooks with.
pub(crate) const WATCH_WEBHOOK_SECRET: &str = "watch_webhook_secret";
/// The variable with the same secret.
pub(crate) const WATCH_WEBHOOK_VARIABLE: &str = "TRACKING_WEBHOOK_SECRET";
/// The key in front of all parts with the address of the store of `follow`.
pub(crate) const FOLLOW_STORE: &str = "follow_store";
/// The variable with the same address.
pub(crate) const FOLLOW_STORE_VARIABLE: &str = "TRACKING_FOLLOW_STORE";
/// The key in front of all parts with the token of `serve`.
pub(crate) const SERVE_TOKEN: &str = "serve_token";
/// The variable with the same token.
pub(crate) const SERVE_TOKEN_VARIABLE: &str = "TRACKING_SERVE_TOKEN";

impl Config {
    /// Reads the file, which need not exist unless the environment names it.
    pub(crate) fn load(
        environment: Environment<'_>,
        known: &[(&str, &[Setting])],
    ) -> Result<Self, ConfigError> {
        let named = named_path(environment);
        let Some(path) = named.clone().or_else(default_path) else {
            return Ok(Self::default());
        };

        let text = match read_text(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && named.is_none() => {
                return Ok(Self {
                    path: Some(path),
                    ..Self::default()
                });
            }
            Err(error) => {
                let source = if named.is_some() {
                    format!(" (named by {PATH_VARIABLE})")
                } else {
                    String::new()
                };
                return Err(ConfigError(format!(
                    "cannot read the configuration file {}{source}: {error}",
                    path.display()
                )));
            }
        };

        let document = parse(&text, known).map_err(|reason| {
            ConfigError(format!(
                "the configuration file {} is wrong: {reason}",
                path.display()
            ))
        })?;
        let has_keys = !document.tables.is_empty()
            || document.watch_webhook_secret.is_some()
            || document.follow_store.is_some()
            || document.serve_token.is_some();
        let warning = has_keys.then(|| open_to_others(&path)).flatten();
        Ok(Self {
            path: Some(path),
            warning,
            ..document
        })
    }

    /// The accounts with names of their own, and the provider of each.
    pub(crate) fn named_accounts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.tables
            .iter()
            .filter_map(|(name, table)| Some((name.as_str(), table.provider.as_deref()?)))
    }

    /// The accounts in the file, and what `tracking follow` may look up of each.
    pub(crate) fn rules(&self) -> impl Iterator<Item = (&str, &AccountRules)> {
        let tables = self.tables.iter();
        tables.map(|(name, table)| (name.as_str(), &table.rules.rules))
    }

    /// The keys of these rules that are set, and their values.
    pub(crate) fn set_rules(&self, account: &str) -> &[(&'static str, String)] {
        self.tables
            .get(account)
            .map_or(&[], |table| table.rules.set.as_slice())
    }

    /// Returns true if the file has a part about this account.
    pub(crate) fn has_part(&self, account: &str) -> bool {
        self.tables.contains_key(account)
    }

    /// A setting of one account and where it is set: the environment first, then the file. Only white space
    /// counts as not set.
    pub(crate) fn value(
        &self,
        account: &str,
        setting: &Setting,
        environment: Environment<'_>,
    ) -> Option<(String, Origin)> {
        let in_file = || self.tables.get(account)?.values.get(setting.name).cloned();
        let (value, origin) = match environment(setting.variable).filter(|it| !is_blank(it)) {
            Some(value) => (value, Origin::Environment),
            None => (in_file().filter(|it| !is_blank(it))?, Origin::File),
        };
        Some((value.trim().to_owned(), origin))
    }

    /// The secret that `watch` signs webhooks with, and where it is set, as a [setting](Self::value) is.
    pub(crate) fn watch_webhook_secret(
        &self,
        environment: Environment<'_>,
    ) -> Option<(String, Origin)> {
        own_value(
            WATCH_WEBHOOK_VARIABLE,
            self.watch_webhook_secret.as_ref(),
            environment,
        )
    }

    /// The address of the store of `follow`, which may have a password, and where it is set.
    pub(crate) fn follow_store(&self, environment: Environment<'_>) -> Option<(String, Origin)> {
        own_value(
            FOLLOW_STORE_VARIABLE,
            self.follow_store.as_ref(),
            environment,
        )
    }

    /// The token of `serve`, and where it is set.
    pub(crate) fn serve_token(&self, environment: Environment<'_>) -> Option<(String, Origin)> {
        own_value(SERVE_TOKEN_VARIABLE, self.serve_token.as_ref(), environment)
    }

    /// The settings of one account that have a [value](Self::value).
    pub(crate) fn settings(
        &self,
        account: &str,
        known: &[Setting],
        environment: Environment<'_>,
    ) -> Settings {
        known.iter().fold(Settings::default(), |settings, setting| {
            match self.value(account, setting, environment) {
                Some((value, _)) => settings.with(setting.name, value),
                None => settings,
            }
        })
    }
}

/// Where a setting is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    Environment,
    File,
}

/// A setting of the program: the environment first, then the file.
fn own_value(
    variable: &str,
    in_file: Option<&String>,
    environment: Environment<'_>,
) -> Option<(String, Origin)> {
    let in_file = || in_file.filter(|it| !is_blank(it)).cloned();
    match environment(variable).filter(|it| !is_blank(it)) {
        Some(value) => Some((value, Origin::Environment)),
        None => Some((in_file()?, Origin::File)),
    }
}

fn is_blank(value: &str) -> bool {
    value.trim().is_empty()
}

/// Where the configuration file is, or would be; `None` if this system has no such place.
pub(crate) fn path(environment: Environment<'_>) -> Option<PathBuf> {
    named_path(environment).or_else(default_path)
}

fn named_path(environment: Environment<'_>) -> Option<PathBuf> {
    environment(PATH_VARIABLE)
        .filter(|path| !is_blank(path))
        .map(PathBuf::from)
}

fn default_path() -> Option<PathBuf> {
    let strategy = etcetera::choose_base_strategy().ok()?;

    Some(strategy.config_dir().join("tracking").join("config.toml"))
}

fn parse(text: &str, known: &[(&str, &[Setting])]) -> Result<Config, String> {
    let document: Table = toml::from_str(text).map_err(|error| {
        // The library's own text quotes the line, which may hold a key.
        let line = error
            .span()
            .and_then(|span| text.get(..span.start))
            .map_or(1, |before| before.matches('\n').count() + 1);

        format!("line {line}: {}", error.message())
    })?;

    let mut config = Config::default();
    for (name, value) in document {
        match value {
            Value::Boolean(register) if name == REGISTER => config.register = register,
            _ if name == REGISTER => return Err("register must be true or false".to_owned()),
            Value::String(secret) if name == WATCH_WEBHOOK_SECRET => {
                config.watch_webhook_secret = Some(secret);
            }
            Value::String(address) if name == FOLLOW_STORE => config.follow_store = Some(address),
            Value::String(token) if name == SERVE_TOKEN => config.serve_token = Some(token),
            _ if [WATCH_WEBHOOK_SECRET, FOLLOW_STORE, SERVE_TOKEN].contains(&name.as_str()) => {
                return Err(format!("{name} must be text in quotes"));
            }
            Value::Table(entries) => {
                let (name, table) = account(&name, entries, known)?;
                if config.tables.insert(name.clone(), table).is_some() {
                    return Err(format!("it has two parts about {name}"));
                }
            }
            _ => {
                return Err(format!(
                    "{name} must be a table; start it with the line [{name}]"
                ));
            }
        }
    }
    Ok(config)
}

/// The part about one account: that of a provider, or one with a name of its own.
fn account(
    name: &str,
    mut entries: Table,
    known: &[(&str, &[Setting])],
) -> Result<(String, AccountTable), String> {
    let names = || {
        let names: Vec<_> = known.iter().map(|(name, _)| *name).collect();
        names.join(", ")
    };
    let own = provider_name(name, known);
    let provider = match (own, entries.remove(PROVIDER)) {
        (Some(own), None) => own,
        (Some(_), Some(_)) => {
            return Err(format!(
                "[{name}] is that of a provider and needs no line {PROVIDER:?}"
            ));
        }
        (None, Some(Value::String(provider))) => provider_name(&provider, known)
            .ok_or_else(|| format!("[{name}] names no provider; the providers are: {}", names()))?,
        (None, Some(_)) => return Err(format!("{PROVIDER} of [{name}] must be text in quotes")),
        (None, None) => {
            return Err(format!(
                "it has a part {name:?}, but the providers are: {}; an account with a name of its \
                 own needs the line provider = \"…\"",
                names()
            ));
        }
    };
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
    if !name.chars().all(is_plain) {
        return Err(format!(
            "[{name}]: the name of an account has letters, digits, '-', '_' and '.' only"
        ));
    }
    let rules = Rules::take(name, &mut entries)?;
    let settings = known.iter().find(|(known, _)| *known == provider);
    let table = AccountTable {
        provider: own.is_none().then(|| provider.to_owned()),
        values: values(
            name,
            entries,
            settings.map_or(&[], |(_, settings)| settings),
        )?,
        rules,
    };
    Ok((own.unwrap_or(name).to_owned(), table))
}

/// The name under which a provider is known.
fn provider_name<'a>(name: &str, known: &[(&'a str, &[Setting])]) -> Option<&'a str> {
    let canonical = providers::find(name).map_or(name, |entry| entry.name);
    known
        .iter()
        .map(|(known, _)| *known)
        .find(|known| *known == canonical)
}

fn values(
    account: &str,
    entries: Table,
    settings: &[Setting],
) -> Result<BTreeMap<String, String>, String> {
    let mut table = BTreeMap::new();

    for (key, value) in entries {
        if !settings.iter().any(|setting| setting.name == key) {
            let keys = settings.iter().map(|setting| setting.name);
            let keys: Vec<_> = keys.chain(rules::KEYS.map(|(key, _)| key)).collect();
            return Err(format!(
                "[{account}] has a line {key:?}, but knows only: {}",
                keys.join(", ")
            ));
        }
        let Value::String(text) = value else {
            return Err(format!("{key} of [{account}] must be text in quotes"));
        };
        table.insert(key, text);
    }
    Ok(table)
}

/// A file with keys that other users of the machine can read deserves a warning.
#[cfg(unix)]
fn open_to_others(path: &Path) -> Option<String> {
    use std::os::unix::fs::PermissionsExt;

    let mode = std::fs::metadata(path).ok()?.permissions().mode();
    (mode & 0o077 != 0).then(|| {
        format!(
            "{path} holds keys and is open to other users of this machine; run: chmod 600 {path}",
            path = path.display()
        )
    })
}

#[cfg(not(unix))]
fn open_to_others(_path: &Path) -> Option<String> {
    None
}

#[cfg(test)]
mod tests;

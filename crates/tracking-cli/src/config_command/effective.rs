//! The settings in effect, by account, and where each is set.

use anstyle::Style;
use gcl_sdk::Setting;
use serde::Serialize;

use crate::config::{
    Config, Environment, FOLLOW_STORE, FOLLOW_STORE_VARIABLE, Origin, REGISTER, SERVE_TOKEN,
    SERVE_TOKEN_VARIABLE, WATCH_WEBHOOK_SECRET, WATCH_WEBHOOK_VARIABLE,
};
use crate::render::grid::Cell;
use crate::render::list;
use crate::render::style::{FAINT, STRONG, WARNING};
use crate::select::{self, Account};
use crate::terminal::clean;

/// One setting of one account.
#[derive(Debug, Serialize, PartialEq, Eq)]
pub(crate) struct Row {
    /// Null for what is about all accounts.
    account: Option<String>,
    provider: Option<&'static str>,
    setting: &'static str,
    /// Null where no variable counts.
    variable: Option<&'static str>,
    is_required: bool,
    is_secret: bool,
    /// Null for what is not set, and for a secret.
    value: Option<String>,
    /// `environment`, `file` or `default`; null for what is not set.
    origin: Option<&'static str>,
}

impl list::Row for Row {
    const KEY: &'static str = "settings";
    const HEAD: &'static [&'static str] = &["account", "setting", "value", "from"];

    fn cells(&self) -> Vec<Cell> {
        let value = match (&self.value, self.origin) {
            (Some(value), _) => (Style::new(), clean(value).into_owned()),
            (None, Some(_)) => (FAINT, "(hidden)".to_owned()),
            (None, None) if self.is_required => (WARNING, "missing".to_owned()),
            (None, None) => (FAINT, "not set".to_owned()),
        };
        let origin = match (self.origin, self.variable) {
            (Some("environment"), Some(variable)) => variable,
            (origin, _) => origin.unwrap_or_default(),
        };
        vec![
            (STRONG, self.account.clone().unwrap_or_default()),
            (Style::new(), self.setting.to_owned()),
            value,
            (FAINT, origin.to_owned()),
        ]
    }
}

/// The settings of each account of which at least one is set, and those about all accounts; none if there
/// is no such account.
pub(crate) fn rows(config: &Config, environment: Environment<'_>) -> Vec<Row> {
    let mut rows: Vec<Row> = select::all_accounts(config)
        .iter()
        .filter_map(|account| of_account(account, config, environment))
        .flatten()
        .collect();
    if !rows.is_empty() {
        rows.splice(
            0..0,
            [
                registering(config),
                signing(config, environment),
                storing(config, environment),
                serving(config, environment),
            ],
        );
    }
    rows
}

fn name_of(origin: Origin) -> &'static str {
    match origin {
        Origin::Environment => "environment",
        Origin::File => "file",
    }
}

fn signing(config: &Config, environment: Environment<'_>) -> Row {
    let secret = config.watch_webhook_secret(environment);
    Row {
        account: None,
        provider: None,
        setting: WATCH_WEBHOOK_SECRET,
        variable: Some(WATCH_WEBHOOK_VARIABLE),
        is_required: false,
        is_secret: true,
        value: None,
        origin: secret.map(|(_, origin)| name_of(origin)),
    }
}

/// The address may have a password.
fn storing(config: &Config, environment: Environment<'_>) -> Row {
    let address = config.follow_store(environment);
    Row {
        setting: FOLLOW_STORE,
        variable: Some(FOLLOW_STORE_VARIABLE),
        origin: address.map(|(_, origin)| name_of(origin)),
        ..signing(config, environment)
    }
}

fn serving(config: &Config, environment: Environment<'_>) -> Row {
    let token = config.serve_token(environment);
    Row {
        setting: SERVE_TOKEN,
        variable: Some(SERVE_TOKEN_VARIABLE),
        origin: token.map(|(_, origin)| name_of(origin)),
        ..signing(config, environment)
    }
}

fn registering(config: &Config) -> Row {
    Row {
        account: None,
        provider: None,
        setting: REGISTER,
        variable: None,
        is_required: false,
        is_secret: false,
        value: Some(config.register.to_string()),
        origin: Some(if config.register { "file" } else { "default" }),
    }
}

fn of_account(
    account: &Account,
    config: &Config,
    environment: Environment<'_>,
) -> Option<Vec<Row>> {
    let read = |setting: &Setting| {
        if account.is_default() {
            config.value(&account.name, setting, environment)
        } else {
            config.value(&account.name, setting, &|_| None)
        }
    };
    let entry = account.entry;
    let is_begun = entry.settings.iter().any(|it| read(it).is_some());
    if !is_begun && !config.has_part(&account.name) {
        return None;
    }
    let rows = entry.settings.iter().map(|setting| {
        let default =
            || (setting.name == "base_url").then(|| (entry.base_url.to_owned(), "default"));
        let set = read(setting).map(|(value, origin)| (value, name_of(origin)));
        let (value, origin) = set.or_else(default).unzip();
        Row {
            account: Some(account.name.clone()),
            provider: Some(entry.name),
            setting: setting.name,
            variable: account.is_default().then_some(setting.variable),
            is_required: setting.is_required,
            is_secret: setting.is_secret,
            value: value
                .filter(|_| !setting.is_secret)
                .map(without_credentials),
            origin,
        }
    });
    let rules = config.set_rules(&account.name).iter();
    let rules = rules.map(|(key, value)| Row {
        account: Some(account.name.clone()),
        provider: Some(entry.name),
        setting: key,
        variable: None,
        is_required: false,
        is_secret: false,
        value: Some(value.clone()),
        origin: Some("file"),
    });
    Some(rows.chain(rules).collect())
}

/// An address without user information and query, which may be secret; any other value as it is.
fn without_credentials(value: String) -> String {
    let Some((scheme, rest)) = value.split_once("://") else {
        return value;
    };
    // User information goes first: a password may hold a `?`.
    let rest = rest.rsplit_once('@').map_or(rest, |(_, rest)| rest);
    let rest = rest.split(['?', '#']).next().unwrap_or_default();
    format!("{scheme}://{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::PATH_VARIABLE;
    use crate::providers;
    use crate::render::list::Row as _;

    const FILE: &str = "register = true\nwatch_webhook_secret = 'hidden-5'\n\
        follow_store = 'postgres://u:hidden-6@h/d'\nserve_token = 'hidden-7'\n[ship24]\napi_key = 'hidden-1'\n\
        base_url = 'https://u:hidden-2@a.example/v1?k=hidden-3'\n\
        [old]\nprovider = 'gcl'\nlooks_per_day = 500\n";

    fn shown() -> Vec<Row> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.toml");
        std::fs::write(&path, FILE).unwrap();
        let path = path.to_str().unwrap().to_owned();
        let environment = |name: &str| match name {
            PATH_VARIABLE => Some(path.clone()),
            "EXPORTO_USERNAME" => Some("shop".to_owned()),
            "EXPORTO_PASSWORD" => Some("hidden-4".to_owned()),
            _ => None,
        };
        let config = Config::load(&environment, &providers::known_settings()).unwrap();
        rows(&config, &environment)
    }

    #[test]
    fn settings_are_shown_with_their_origin() {
        let cells = |row: &Row| row.cells().into_iter().map(|(_, text)| text).collect();
        let rows: Vec<Vec<String>> = shown().iter().map(cells).collect();

        let expected = [
            ["", "register", "true", "file"],
            ["", "watch_webhook_secret", "(hidden)", "file"],
            ["", "follow_store", "(hidden)", "file"],
            ["", "serve_token", "(hidden)", "file"],
            ["ship24", "api_key", "(hidden)", "file"],
            ["ship24", "base_url", "https://a.example/v1", "file"],
            ["ship24", "webhook_secret", "not set", ""],
            ["exporto", "username", "shop", "EXPORTO_USERNAME"],
            ["exporto", "password", "(hidden)", "EXPORTO_PASSWORD"],
            ["exporto", "base_url", exporto_sdk::PRODUCTION, "default"],
            ["old", "api_key", "missing", ""],
            ["old", "base_url", gcl_sdk::PRODUCTION, "default"],
            ["old", "webhook_header", "not set", ""],
            ["old", "webhook_secret", "not set", ""],
            ["old", "looks_per_day", "500", "file"],
        ];
        assert_eq!(rows, expected);
    }

    #[test]
    fn secrets_are_in_no_form() {
        let text = serde_json::to_string(&shown()).unwrap();

        assert!(!text.contains("hidden-"), "{text}");
    }
}

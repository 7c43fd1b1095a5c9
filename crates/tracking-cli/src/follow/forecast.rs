//! `tracking follow plan`: how fresh parcels will be at each account.

use std::time::Duration;

use anstyle::Style;
use serde::Serialize;
use tracking_core::cadence::Cadence;
use tracking_follow::{AccountRules, Forecast, Plan};

use super::Failure;
use super::args::PlanArguments;
use crate::config::{Config, Environment};
use crate::exit::Exit;
use crate::problem::Problem;
use crate::providers;
use crate::render::grid::Cell;
use crate::render::list::{self, ListForm};
use crate::render::style::{GOOD, STRONG, WARNING};
use crate::select::{self, Account};

/// The parcels at one account.
#[derive(Debug, Serialize)]
struct Row {
    account: String,
    /// The share of events that webhooks announce; 0 where there are none.
    webhooks: f64,
    #[serde(flatten)]
    forecast: Forecast,
}

impl list::Row for Row {
    const KEY: &'static str = "accounts";
    const HEAD: &'static [&'static str] = &[
        "account",
        "looks/day",
        "calls/day",
        "age",
        "age p95",
        "news",
        "news p95",
        "tightest limit",
    ];

    fn cells(&self) -> Vec<Cell> {
        let Forecast {
            looks_per_day,
            calls_per_day,
            age,
            delay,
            limits,
            ..
        } = &self.forecast;
        let plain = |text: String| (Style::new(), text);
        let limit = match limits.first() {
            Some(limit) => {
                let style = if limit.used > 1.0 { WARNING } else { GOOD };
                (style, format!("{} {}", limit.limit, percent(limit.used)))
            }
            None => (GOOD, "none".to_owned()),
        };
        vec![
            (STRONG, self.account.clone()),
            plain(looks_per_day.to_string()),
            plain(calls_per_day.to_string()),
            plain(spoken(age.median)),
            plain(spoken(age.p95)),
            plain(spoken(delay.median)),
            plain(spoken(delay.p95)),
            limit,
        ]
    }
}

/// Plans the parcels at each account that is meant. Nothing is sent, so no key is needed.
pub(super) fn run(
    options: &PlanArguments,
    is_json: bool,
    environment: Environment<'_>,
) -> Result<Exit, Failure> {
    let config = Config::load(environment, &providers::known_settings())
        .map_err(|error| Problem::new("configuration", error.to_string()))
        .map_err(|problem| Failure::Problems(vec![problem]))?;
    let accounts = select::all_accounts(&config);
    let unknown = select::unknown(&options.providers, &accounts);
    if !unknown.is_empty() {
        return Err(Failure::Problems(unknown));
    }
    let names = &options.providers;
    let is_meant =
        |it: &&Account| names.is_empty() || names.iter().any(|name| it.is_meant_by(name));
    let meant = accounts.iter().filter(is_meant);
    let rows: Vec<Row> = meant.map(|it| row(it, options, &config)).collect();
    let form = if is_json {
        ListForm::Ndjson
    } else {
        ListForm::Text
    };
    list::print(form, &rows, &[])?;
    Ok(Exit::Success)
}

fn row(account: &Account, options: &PlanArguments, config: &Config) -> Row {
    let mut cadence = Cadence::default();
    cadence.at_least = options.interval.unwrap_or(cadence.at_least);
    let rules = config.rules().find(|(name, _)| *name == account.name);
    let rules = rules.map_or_else(AccountRules::default, |(_, rules)| rules.clone());
    let capabilities = account.entry.capabilities;
    let webhooks = if capabilities.webhook.is_some() {
        f64::from(options.webhooks) / 100.0
    } else {
        0.0
    };
    let plan = Plan::new(options.parcels)
        .with_days(options.days)
        .with_webhooks(webhooks)
        .with_cadence(cadence)
        .with_rules(rules)
        .with_rate((account.entry.rate)())
        .with_batch(capabilities.batch_size);
    Row {
        account: account.name.clone(),
        webhooks,
        forecast: plan.forecast(),
    }
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

/// In minutes, hours or days, whichever says it in few digits.
fn spoken(duration: Duration) -> String {
    let minutes = duration.as_secs_f64() / 60.0;
    if minutes < 90.0 {
        format!("{minutes:.0} min")
    } else if minutes < 60.0 * 72.0 {
        format!("{:.1} h", minutes / 60.0)
    } else {
        format!("{:.1} d", minutes / 60.0 / 24.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_spoken_in_few_digits() {
        for (seconds, text) in [
            (0, "0 min"),
            (60, "1 min"),
            (5_000, "83 min"),
            (5_400, "1.5 h"),
            (86_400, "24.0 h"),
            (864_000, "10.0 d"),
        ] {
            assert_eq!(spoken(Duration::from_secs(seconds)), text);
        }
        assert_eq!(percent(1.234), "123 %");
    }
}

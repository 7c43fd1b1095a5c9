//! What `tracking follow` may look up of an account.

use toml::{Table, Value};
use tracking_follow::AccountRules;

/// The keys, each with an example as it is in a file.
pub(crate) const KEYS: [(&str, &str); 4] = [
    ("looks_per_day", "20000"),
    ("looks_per_month", "500000"),
    ("quiet_hours", "\"22:00-06:00\""),
    ("time_zone", "\"Europe/Berlin\""),
];

/// The rules of one account, and what is in the file of them.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Rules {
    pub(super) rules: AccountRules,
    pub(super) set: Vec<(&'static str, String)>,
}

impl Rules {
    /// Takes the rules out of the part of an account.
    pub(super) fn take(account: &str, entries: &mut Table) -> Result<Self, String> {
        let mut taken = Self::default();
        for (key, _) in KEYS {
            let Some(value) = entries.remove(key) else {
                continue;
            };
            let set = match &value {
                Value::Integer(number) => number.to_string(),
                Value::String(text) => text.clone(),
                _ => String::new(),
            };
            taken.rules = with(taken.rules, key, &value)
                .map_err(|reason| format!("{key} of [{account}]: {reason}"))?;
            taken.set.push((key, set));
        }
        Ok(taken)
    }
}

fn with(rules: AccountRules, key: &str, value: &Value) -> Result<AccountRules, String> {
    let looks = || {
        let looks = value.as_integer().and_then(|it| u64::try_from(it).ok());
        looks.ok_or_else(|| "it must be a number of looks, without quotes".to_owned())
    };
    let text = || {
        let text = value.as_str();
        text.ok_or_else(|| "it must be text in quotes".to_owned())
    };
    match key {
        "looks_per_day" => Ok(rules.with_looks_per_day(looks()?)),
        "looks_per_month" => Ok(rules.with_looks_per_month(looks()?)),
        "quiet_hours" => rules
            .with_quiet_hours(text()?)
            .map_err(|error| error.to_string()),
        _ => rules
            .with_time_zone(text()?)
            .map_err(|error| error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(text: &str) -> Result<(Rules, Table), String> {
        let mut entries: Table = toml::from_str(text).unwrap();
        Ok((Rules::take("acme", &mut entries)?, entries))
    }

    #[test]
    fn rules_are_taken_out_of_the_part() {
        let text = "api_key = 'k'\nlooks_per_day = 5\nquiet_hours = '22:00-06:00'\ntime_zone = 'Europe/Berlin'";

        let (rules, left) = taken(text).unwrap();

        let expected = AccountRules::default()
            .with_looks_per_day(5)
            .with_quiet_hours("22:00-06:00")
            .and_then(|it| it.with_time_zone("Europe/Berlin"));
        assert_eq!(rules.rules, expected.unwrap());
        assert_eq!(rules.set.len(), 3);
        assert_eq!(left.keys().collect::<Vec<_>>(), ["api_key"]);
    }

    #[test]
    fn unreadable_rules_are_refused_with_their_key() {
        for (text, expected) in [
            (
                "looks_per_day = -1",
                "looks_per_day of [acme]: it must be a number of looks",
            ),
            (
                "looks_per_month = '5'",
                "looks_per_month of [acme]: it must be a number",
            ),
            (
                "quiet_hours = 22",
                "quiet_hours of [acme]: it must be text in quotes",
            ),
            ("quiet_hours = '22'", "quiet hours are two times of day"),
            ("time_zone = 'Berlin'", "there is no such time zone"),
        ] {
            let error = taken(text).unwrap_err();
            assert!(error.contains(expected), "{error}");
        }
    }
}

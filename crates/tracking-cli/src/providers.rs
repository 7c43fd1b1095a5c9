//! The providers that this program knows. A new one is a new entry of the table.

use std::collections::BTreeMap;
use std::sync::Arc;

use gcl_sdk::tracking_http::{Limiter, RateClass};
use gcl_sdk::{ConfigureClient, Setting};
use tracking_core::kit::StatusTable;
use tracking_core::{Capabilities, Error, Provider, Target};
use tracking_sandbox::Sandbox;
use tracking_sandbox::exporto::Exporto;
use tracking_sandbox::oneconcepts::OneConcepts;

use crate::common;
use crate::config::{Config, Environment, Settings};

/// The request limits that several runs keep together; none for those of the client, of one run.
pub(crate) type Limits = Option<Arc<dyn Limiter>>;

/// Makes a client from its settings.
type Connect = fn(&Settings, Limits) -> Result<Arc<dyn Provider>, Error>;

/// Everything the program needs to know about a provider.
#[derive(Debug)]
pub(crate) struct Entry {
    /// Its name on the command line, in the configuration file and in the output.
    pub(crate) name: &'static str,
    /// Its name for people.
    pub(crate) title: &'static str,
    /// The address that is used unless another one is set.
    pub(crate) base_url: &'static str,
    /// What a client is built from.
    pub(crate) settings: &'static [Setting],
    /// The settings that webhooks are checked with; none where there are no webhooks.
    pub(crate) webhook_settings: &'static [&'static str],
    /// What it can do.
    pub(crate) capabilities: Capabilities,
    /// The documented rate of the calls that look parcels up again.
    pub(crate) rate: fn() -> RateClass,
    /// Says what is wrong with a tracking number, in half a sentence that follows it.
    pub(crate) check_number: fn(&str) -> Result<(), String>,
    /// Makes a client; sends nothing.
    pub(crate) connect: Connect,
    /// The settings with which the sandbox can be used.
    pub(crate) sandbox: fn(&Sandbox) -> Settings,
    /// What its statuses mean.
    pub(crate) statuses: &'static StatusTable,
    /// What it costs to register a number; empty if it registers none.
    pub(crate) registering: &'static str,
    /// What it costs in addition if no courier is named.
    pub(crate) detecting: &'static str,
    /// What finds the demo parcel of the sandbox at this provider.
    pub(crate) demo: fn() -> Target,
}

/// Every provider, in the order in which they are listed.
pub(crate) const ALL: &[Entry] = &[
    Entry {
        name: "ship24",
        title: "Ship24",
        base_url: ship24_sdk::PRODUCTION,
        settings: ship24_sdk::SETTINGS,
        webhook_settings: &["webhook_secret"],
        capabilities: ship24_sdk::CAPABILITIES,
        rate: || ship24_sdk::operations::GET_TRACKING_RESULTS_OF_TRACKER_BY_TRACKER_ID.rate,
        check_number: |number| checked(ship24_sdk::check_tracking_number(number)),
        connect: |settings, limits| {
            let builder = ship24_sdk::ClientBuilder::from_settings(settings.lookup())?;
            Ok(Arc::new(configured(builder, limits).build()?))
        },
        sandbox: |sandbox| {
            Settings::default()
                .with("api_key", sandbox.ship24().api_key())
                .with("base_url", sandbox.base_url("ship24"))
                .with("webhook_secret", sandbox.ship24().webhook_secret())
        },
        statuses: &ship24_sdk::STATUS_TABLE,
        registering: "a number that is new there uses quota",
        detecting: "",
        demo: || Target::Number(Sandbox::DEMO_NUMBER.to_owned()),
    },
    Entry {
        name: "trackingmore",
        title: "TrackingMore",
        base_url: trackingmore_sdk::PRODUCTION,
        settings: trackingmore_sdk::SETTINGS,
        webhook_settings: &["account_email"],
        capabilities: trackingmore_sdk::CAPABILITIES,
        rate: || trackingmore_sdk::operations::LIST_TRACKINGS.rate,
        check_number: |number| checked(trackingmore_sdk::check_tracking_number(number)),
        connect: |settings, limits| {
            let builder = trackingmore_sdk::ClientBuilder::from_settings(settings.lookup())?;
            Ok(Arc::new(configured(builder, limits).build()?))
        },
        sandbox: |sandbox| {
            Settings::default()
                .with("api_key", sandbox.trackingmore().api_key())
                .with("base_url", sandbox.base_url("trackingmore"))
                .with("account_email", sandbox.trackingmore().settings().email)
        },
        statuses: &trackingmore_sdk::STATUS_TABLE,
        registering: "a number that is new there uses quota",
        detecting: "a number without --courier is detected first, which uses 0.2 of quota",
        demo: || Target::Number(Sandbox::DEMO_NUMBER.to_owned()),
    },
    Entry {
        name: "exporto",
        title: "exporto",
        base_url: exporto_sdk::PRODUCTION,
        settings: exporto_sdk::SETTINGS,
        webhook_settings: &[],
        capabilities: exporto_sdk::CAPABILITIES,
        rate: || exporto_sdk::operations::GET_SHIPMENT.rate,
        check_number: |number| checked(exporto_sdk::check_tracking_number(number)),
        connect: |settings, limits| {
            let builder = exporto_sdk::ClientBuilder::from_settings(settings.lookup())?;
            Ok(Arc::new(configured(builder, limits).build()?))
        },
        sandbox: |sandbox| {
            Settings::default()
                .with("username", sandbox.exporto().username())
                .with("password", sandbox.exporto().password())
                .with("base_url", sandbox.base_url("exporto"))
        },
        statuses: &exporto_sdk::STATUS_TABLE,
        registering: "",
        detecting: "",
        // exporto knows the number of the last courier only.
        demo: || Target::Number(Exporto::DEMO_NUMBER.to_owned()),
    },
    Entry {
        name: "gcl",
        title: "GCL",
        base_url: gcl_sdk::PRODUCTION,
        settings: gcl_sdk::SETTINGS,
        webhook_settings: &["webhook_header", "webhook_secret"],
        capabilities: gcl_sdk::CAPABILITIES,
        rate: || gcl_sdk::operations::GET_TRACKING.rate,
        check_number: |number| checked(gcl_sdk::check_tracking_number(number)),
        connect: |settings, limits| {
            let builder = gcl_sdk::ClientBuilder::from_settings(settings.lookup())?;
            Ok(Arc::new(configured(builder, limits).build()?))
        },
        sandbox: |sandbox| {
            let settings = Settings::default()
                .with("api_key", sandbox.gcl().api_key())
                .with("base_url", sandbox.base_url("gcl"));
            // The account sets these headers itself, so there may be none.
            let headers = BTreeMap::from(sandbox.gcl().settings().webhooks.headers);
            match headers.into_iter().next() {
                Some((header, secret)) => settings
                    .with("webhook_header", header)
                    .with("webhook_secret", secret),
                None => settings,
            }
        },
        statuses: &gcl_sdk::STATUS_TABLE,
        registering: "",
        detecting: "",
        demo: || Target::Number(Sandbox::DEMO_NUMBER.to_owned()),
    },
    Entry {
        name: "oneconcepts",
        title: "1concepts",
        base_url: oneconcepts_sdk::PRODUCTION,
        settings: oneconcepts_sdk::SETTINGS,
        webhook_settings: &[],
        capabilities: oneconcepts_sdk::CAPABILITIES,
        rate: || oneconcepts_sdk::operations::LIST_TRACKINGS.rate,
        check_number: |number| checked(oneconcepts_sdk::check_tracking_number(number)),
        connect: |settings, limits| {
            let builder = oneconcepts_sdk::ClientBuilder::from_settings(settings.lookup())?;
            Ok(Arc::new(configured(builder, limits).build()?))
        },
        sandbox: |sandbox| {
            Settings::default()
                .with("email", sandbox.oneconcepts().email())
                .with("password", sandbox.oneconcepts().password())
                .with("base_url", sandbox.base_url("oneconcepts"))
        },
        statuses: &oneconcepts_sdk::STATUS_TABLE,
        registering: "",
        detecting: "",
        // 1concepts finds parcels by the order that they belong to.
        demo: || Target::Reference(OneConcepts::DEMO_ORDER_NUMBER.to_owned()),
    },
];

fn configured<B: ConfigureClient>(builder: B, limits: Limits) -> B {
    let builder = match common::timeout() {
        Some(timeout) => builder.with_timeout(timeout),
        None => builder,
    };
    match limits {
        Some(limiter) => builder.with_limiter(limiter),
        None => builder,
    }
}

/// What is wrong, in half a sentence.
fn checked(result: Result<(), ship24_sdk::Error>) -> Result<(), String> {
    result.map_err(|error| error.message().unwrap_or("is not valid").to_owned())
}

impl Entry {
    /// Returns true if this is its name, or its name for people; upper and lower case are the same.
    pub(crate) fn is_called(&self, name: &str) -> bool {
        let name = name.trim();
        self.name.eq_ignore_ascii_case(name) || self.title.eq_ignore_ascii_case(name)
    }

    /// The required settings that have no value.
    pub(crate) fn missing(&self, settings: &Settings) -> Vec<&'static Setting> {
        self.settings
            .iter()
            .filter(|setting| setting.is_required && settings.get(setting.name).is_none())
            .collect()
    }

    /// The values of the settings of the account that is named after this provider.
    pub(crate) fn settings(&self, config: &Config, environment: Environment<'_>) -> Settings {
        config.settings(self.name, self.settings, environment)
    }
}

/// The provider of this name, as `oneconcepts` or `1concepts`.
pub(crate) fn find(name: &str) -> Option<&'static Entry> {
    ALL.iter().find(|entry| entry.is_called(name))
}

/// The provider of this name, for an argument.
pub(crate) fn named(name: &str) -> Result<&'static Entry, String> {
    find(name).ok_or_else(|| {
        let names: Vec<&str> = ALL.iter().map(|entry| entry.name).collect();
        format!("known are: {}", names.join(", "))
    })
}

/// The names of all providers.
#[cfg(test)]
fn names() -> Vec<&'static str> {
    ALL.iter().map(|entry| entry.name).collect()
}

/// The settings that the configuration file may hold, by provider.
pub(crate) fn known_settings() -> Vec<(&'static str, &'static [Setting])> {
    ALL.iter()
        .map(|entry| (entry.name, entry.settings))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn names_and_variables_are_unique_and_well_formed() {
        let names: HashSet<_> = names().into_iter().collect();
        assert_eq!(names.len(), ALL.len());

        let variables: Vec<_> = ALL
            .iter()
            .flat_map(|entry| {
                entry
                    .settings
                    .iter()
                    .map(move |one| (entry.name, one.variable))
            })
            .collect();
        for (name, variable) in &variables {
            assert!(
                variable.starts_with(&format!("{}_", name.to_uppercase())),
                "{variable}"
            );
        }
    }

    #[test]
    fn provider_is_found_by_either_name() {
        for name in ["oneconcepts", "1concepts", " 1Concepts "] {
            assert_eq!(find(name).unwrap().name, "oneconcepts");
        }
        assert!(find("2concepts").is_none());
        assert!(named("2concepts").unwrap_err().contains("oneconcepts"));
    }

    #[test]
    fn demo_can_be_looked_up_at_each_provider() {
        for entry in ALL {
            let can = entry.capabilities;

            assert!(can.can_look_up(&(entry.demo)()), "{}", entry.name);
        }
    }

    #[test]
    fn readme_lists_every_setting() {
        let readme = include_str!("../README.md");
        for entry in ALL {
            let section = format!("`[{}]` with ", entry.name);
            let row = readme.lines().find(|line| line.contains(&section));
            let row = row.unwrap_or_else(|| panic!("no row for {}", entry.name));
            for setting in entry.settings {
                for name in [setting.variable, setting.name] {
                    assert!(row.contains(&format!("`{name}`")), "{name}: {row}");
                }
            }
        }
    }

    #[test]
    fn providers_with_webhooks_have_settings_for_them() {
        for entry in ALL {
            let has_webhooks = entry.capabilities.webhook.is_some();
            assert_eq!(
                has_webhooks,
                !entry.webhook_settings.is_empty(),
                "{}",
                entry.name
            );
            for name in entry.webhook_settings {
                assert!(entry.settings.iter().any(|it| it.name == *name), "{name}");
            }
        }
    }

    #[test]
    fn required_settings_are_reported_missing() {
        for entry in ALL {
            let missing = entry.missing(&Settings::default());

            assert!(!missing.is_empty(), "{}", entry.name);
        }
    }
}

//! The providers that this program knows. A new one is a new entry of the table.

use std::sync::{Arc, LazyLock};

use ship24_sdk::ConfigureClient as _;
use tracking_core::{Capabilities, Error, Provider, Target};
use tracking_sandbox::Sandbox;
use tracking_sandbox::exporto::Exporto;
use tracking_sandbox::oneconcepts::OneConcepts;

use crate::config::{Config, Environment, Setting, Settings};

/// Everything the program needs to know about a provider.
#[derive(Debug)]
pub(crate) struct Entry {
    /// Its name on the command line, in the configuration file and in the output.
    pub(crate) name: &'static str,
    /// Its name for people.
    pub(crate) title: &'static str,
    /// What a client is built from.
    pub(crate) settings: &'static [Setting],
    /// Says what is wrong with a tracking number, in half a sentence that follows it.
    pub(crate) check_number: fn(&str) -> Result<(), String>,
    /// Makes a client; sends nothing.
    pub(crate) connect: fn(&Settings) -> Result<Arc<dyn Provider>, Error>,
    /// The settings with which the sandbox can be used.
    pub(crate) sandbox: fn(&Sandbox) -> Settings,
    /// What finds the demo parcel of the sandbox at this provider.
    pub(crate) demo: fn() -> Target,
}

/// Every provider, in the order in which they are listed.
pub(crate) const ALL: &[Entry] = &[
    Entry {
        name: "ship24",
        title: "Ship24",
        settings: &[
            Setting {
                key: "api_key",
                variable: "SHIP24_API_KEY",
                required: true,
                purpose: "your API key, from https://dashboard.ship24.com",
            },
            Setting {
                key: "base_url",
                variable: "SHIP24_BASE_URL",
                required: false,
                purpose: "another address of the API",
            },
        ],
        check_number: |number| checked(ship24_sdk::check_tracking_number(number)),
        connect: |settings| {
            let mut builder =
                ship24_sdk::Client::builder(settings.get("api_key").unwrap_or_default());
            if let Some(base_url) = settings.get("base_url") {
                builder = builder.with_base_url(base_url);
            }
            Ok(Arc::new(builder.build()?))
        },
        sandbox: |sandbox| {
            Settings::default()
                .with("api_key", sandbox.ship24().api_key())
                .with("base_url", sandbox.base_url("ship24"))
        },
        demo: || Target::Number(Sandbox::DEMO_NUMBER.to_owned()),
    },
    Entry {
        name: "trackingmore",
        title: "TrackingMore",
        settings: &[
            Setting {
                key: "api_key",
                variable: "TRACKINGMORE_API_KEY",
                required: true,
                purpose: "your API key for version 2, from the TrackingMore dashboard",
            },
            Setting {
                key: "base_url",
                variable: "TRACKINGMORE_BASE_URL",
                required: false,
                purpose: "another address of the API, with /v2",
            },
        ],
        check_number: |number| checked(trackingmore_sdk::check_tracking_number(number)),
        connect: |settings| {
            let key = settings.get("api_key").unwrap_or_default();
            let mut builder = trackingmore_sdk::Client::builder(key);
            if let Some(base_url) = settings.get("base_url") {
                builder = builder.with_base_url(base_url);
            }
            Ok(Arc::new(builder.build()?))
        },
        sandbox: |sandbox| {
            Settings::default()
                .with("api_key", sandbox.trackingmore().api_key())
                .with("base_url", sandbox.base_url("trackingmore"))
        },
        demo: || Target::Number(Sandbox::DEMO_NUMBER.to_owned()),
    },
    Entry {
        name: "exporto",
        title: "exporto",
        settings: &[
            Setting {
                key: "username",
                variable: "EXPORTO_USERNAME",
                required: true,
                purpose: "the user name of your account at exporto",
            },
            Setting {
                key: "password",
                variable: "EXPORTO_PASSWORD",
                required: true,
                purpose: "its password",
            },
            Setting {
                key: "base_url",
                variable: "EXPORTO_BASE_URL",
                required: false,
                purpose: "another address of the API, with /v1",
            },
        ],
        check_number: |number| checked(exporto_sdk::check_tracking_number(number)),
        connect: |settings| {
            let username = settings.get("username").unwrap_or_default();
            let password = settings.get("password").unwrap_or_default();
            let mut builder = exporto_sdk::Client::builder(username, password);
            if let Some(base_url) = settings.get("base_url") {
                builder = builder.with_base_url(base_url);
            }
            Ok(Arc::new(builder.build()?))
        },
        sandbox: |sandbox| {
            Settings::default()
                .with("username", sandbox.exporto().username())
                .with("password", sandbox.exporto().password())
                .with("base_url", sandbox.base_url("exporto"))
        },
        // exporto knows the number of the last courier only.
        demo: || Target::Number(Exporto::DEMO_NUMBER.to_owned()),
    },
    Entry {
        name: "gcl",
        title: "GCL",
        settings: &[
            Setting {
                key: "api_key",
                variable: "GCL_API_KEY",
                required: true,
                purpose: "your API key for Gelato Connect Logistics",
            },
            Setting {
                key: "base_url",
                variable: "GCL_BASE_URL",
                required: false,
                purpose: "another address of the API",
            },
        ],
        check_number: |number| checked(gcl_sdk::check_tracking_number(number)),
        connect: |settings| {
            let mut builder = gcl_sdk::Client::builder(settings.get("api_key").unwrap_or_default());
            if let Some(base_url) = settings.get("base_url") {
                builder = builder.with_base_url(base_url);
            }
            Ok(Arc::new(builder.build()?))
        },
        sandbox: |sandbox| {
            Settings::default()
                .with("api_key", sandbox.gcl().api_key())
                .with("base_url", sandbox.base_url("gcl"))
        },
        demo: || Target::Number(Sandbox::DEMO_NUMBER.to_owned()),
    },
    Entry {
        name: "oneconcepts",
        title: "1concepts",
        settings: &[
            Setting {
                key: "email",
                variable: "ONECONCEPTS_EMAIL",
                required: true,
                purpose: "the e-mail address of your account at 1concepts",
            },
            Setting {
                key: "password",
                variable: "ONECONCEPTS_PASSWORD",
                required: true,
                purpose: "its password",
            },
            Setting {
                key: "base_url",
                variable: "ONECONCEPTS_BASE_URL",
                required: false,
                purpose: "another address of the API, with /v2",
            },
        ],
        check_number: |number| checked(oneconcepts_sdk::check_tracking_number(number)),
        connect: |settings| {
            let email = settings.get("email").unwrap_or_default();
            let password = settings.get("password").unwrap_or_default();
            let mut builder = oneconcepts_sdk::Client::builder(email, password);
            if let Some(base_url) = settings.get("base_url") {
                builder = builder.with_base_url(base_url);
            }
            Ok(Arc::new(builder.build()?))
        },
        sandbox: |sandbox| {
            Settings::default()
                .with("email", sandbox.oneconcepts().email())
                .with("password", sandbox.oneconcepts().password())
                .with("base_url", sandbox.base_url("oneconcepts"))
        },
        // 1concepts finds parcels by the order that they belong to.
        demo: || Target::Reference(OneConcepts::DEMO_ORDER_NUMBER.to_owned()),
    },
];

/// What is wrong, in half a sentence.
fn checked(result: Result<(), ship24_sdk::Error>) -> Result<(), String> {
    result.map_err(|error| error.message().unwrap_or("is not valid").to_owned())
}

/// In the order of the entries. A list of numbers asks for them once per number, and making a
/// client is not for nothing.
static ABILITIES: LazyLock<Vec<Option<Capabilities>>> =
    LazyLock::new(|| ALL.iter().map(Entry::ask_capabilities).collect());

impl Entry {
    /// The required settings that have no value.
    pub(crate) fn missing(&self, settings: &Settings) -> Vec<&'static Setting> {
        self.settings
            .iter()
            .filter(|setting| setting.required && settings.get(setting.key).is_none())
            .collect()
    }

    /// What the provider can do; the same with any key.
    pub(crate) fn capabilities(&self) -> Option<Capabilities> {
        let index = ALL.iter().position(|entry| entry.name == self.name)?;
        ABILITIES.get(index).copied().flatten()
    }

    fn ask_capabilities(&self) -> Option<Capabilities> {
        let settings = self
            .settings
            .iter()
            .filter(|setting| setting.required)
            .fold(Settings::default(), |settings, setting| {
                settings.with(setting.key, "unused")
            });

        (self.connect)(&settings)
            .ok()
            .map(|provider| provider.capabilities())
    }

    /// The values of this provider's settings.
    pub(crate) fn settings(&self, config: &Config, environment: Environment<'_>) -> Settings {
        config.settings(self.name, self.settings, environment)
    }
}

/// The names of all providers.
pub(crate) fn names() -> Vec<&'static str> {
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
    fn demo_can_be_looked_up_at_each_provider() {
        for entry in ALL {
            let can = entry.capabilities().unwrap();

            assert!(can.can_look_up(&(entry.demo)()), "{}", entry.name);
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

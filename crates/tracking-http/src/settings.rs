//! What a client is configured with, from environment variables or from anywhere else.

use std::env;
use std::ffi::OsString;

use crate::error::Error;
use crate::secret::Secret;

/// One thing that a client is configured with, as constant data.
///
/// An SDK lists all of them once, and everybody who has to know them reads that list: its own
/// `from_env`, a program with a configuration file, a form.
///
/// ```
/// use tracking_http::{Setting, Settings};
///
/// const SETTINGS: &[Setting] = &[
///     Setting::new("api_key", "EXAMPLE_API_KEY", "the API key of your account").required().secret(),
///     Setting::new("base_url", "EXAMPLE_BASE_URL", "another address than the provider's own"),
/// ];
///
/// # fn main() -> Result<(), tracking_http::Error> {
/// let settings = Settings::read("example", SETTINGS, |setting| match setting.name {
///     "api_key" => Some("not-a-real-key".into()),
///     _ => None,
/// })?;
///
/// assert_eq!(settings.secret("api_key")?.expose_secret(), "not-a-real-key");
/// assert_eq!(settings.get("base_url"), None);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Setting {
    /// Its name, such as `api_key`.
    pub name: &'static str,
    /// The environment variable that it is read from, such as `SHIP24_API_KEY`.
    pub variable: &'static str,
    /// What it is; completes the sentence "set it to …".
    pub purpose: &'static str,
    /// True if no client is built without it.
    pub is_required: bool,
    /// True if its value must not be shown.
    pub is_secret: bool,
}

impl Setting {
    /// A setting that may be missing and may be shown.
    #[must_use]
    pub const fn new(name: &'static str, variable: &'static str, purpose: &'static str) -> Self {
        Self {
            name,
            variable,
            purpose,
            is_required: false,
            is_secret: false,
        }
    }

    /// Declares that no client is built without the setting.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.is_required = true;
        self
    }

    /// Declares that the value must not be shown.
    #[must_use]
    pub const fn secret(mut self) -> Self {
        self.is_secret = true;
        self
    }

    /// Reads the environment variable of the process.
    #[must_use]
    pub fn from_env(&self) -> Option<OsString> {
        env::var_os(self.variable)
    }
}

/// The values of an SDK's settings.
///
/// A value that is missing and one of white space alone are the same: an empty line in a deployment
/// file means "not set". Values are not trimmed otherwise.
#[derive(Clone, Debug)]
pub struct Settings {
    provider: &'static str,
    settings: &'static [Setting],
    /// Parallel to the settings. All of them are kept out of `Debug`, secret or not: a user name is
    /// often an e-mail address.
    values: Vec<Option<Secret>>,
}

impl Settings {
    /// Reads all settings of a provider through a function, such as [`Setting::from_env`].
    ///
    /// # Errors
    ///
    /// Kind `Configuration`, which names the environment variable and what to set it to and never shows
    /// a value: when a required one is missing or empty, or one is not valid Unicode.
    pub fn read(
        provider: &'static str,
        settings: &'static [Setting],
        mut lookup: impl FnMut(&Setting) -> Option<OsString>,
    ) -> Result<Self, Error> {
        let read = |setting: &Setting| {
            let value = lookup(setting).map(OsString::into_string).transpose();
            // The value itself stays out of the message: it may be a secret with one wrong byte.
            let value = value.map_err(|_| {
                Error::configuration(format!(
                    "environment variable {} is not valid Unicode: set it again as plain text",
                    setting.variable
                ))
            })?;
            let value = value.map(Secret::from).filter(|value| !value.is_empty());
            if setting.is_required && value.is_none() {
                return Err(missing(setting));
            }
            Ok(value)
        };
        let values: Result<Vec<_>, Error> = settings.iter().map(read).collect();
        Ok(Self {
            provider,
            settings,
            values: values.map_err(|error| error.with_provider(provider))?,
        })
    }

    /// Returns a value, if it is set.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.find(name)?.1.map(Secret::expose_secret)
    }

    /// Returns a value that has to be set. A [`Secret`] keeps it out of `Debug`.
    ///
    /// # Errors
    ///
    /// Kind `Configuration` when it is not set, or there is no setting of that name.
    pub fn secret(&self, name: &str) -> Result<Secret, Error> {
        let error = match self.find(name) {
            Some((_, Some(value))) => return Ok(value.clone()),
            Some((setting, None)) => missing(setting),
            None => Error::configuration(format!("there is no setting `{name}`")),
        };
        Err(error.with_provider(self.provider))
    }

    fn find(&self, name: &str) -> Option<(&Setting, Option<&Secret>)> {
        let mut pairs = self.settings.iter().zip(&self.values);
        let (setting, value) = pairs.find(|(setting, _)| setting.name == name)?;
        Some((setting, value.as_ref()))
    }
}

fn missing(setting: &Setting) -> Error {
    Error::configuration(format!(
        "environment variable {} is missing or empty: set it to {}",
        setting.variable, setting.purpose
    ))
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use tracking_core::ErrorKind;

    use super::{Setting, Settings};
    use crate::error::Error;

    const SETTINGS: &[Setting] = &[
        Setting::new("api_key", "EXAMPLE_API_KEY", "the key of your account")
            .required()
            .secret(),
        Setting::new("base_url", "EXAMPLE_BASE_URL", "another address"),
    ];

    fn read(values: &[(&str, &str)]) -> Result<Settings, Error> {
        Settings::read("example", SETTINGS, |setting| {
            let mut values = values.iter();
            let (_, value) = values.find(|(name, _)| *name == setting.name)?;
            Some(OsString::from(value))
        })
    }

    #[test]
    fn value_is_returned_untrimmed() {
        let settings = read(&[("api_key", " k "), ("base_url", "https://a.example")]).unwrap();

        assert_eq!(settings.secret("api_key").unwrap().expose_secret(), " k ");
        assert_eq!(settings.get("base_url"), Some("https://a.example"));
    }

    #[test]
    fn missing_value_names_variable_and_remedy() {
        for values in [&[][..], &[("api_key", " \t")]] {
            let error = read(values).unwrap_err();

            assert_eq!(error.kind(), ErrorKind::Configuration);
            assert_eq!(error.provider(), Some("example"));
            let text = error.to_string();
            assert!(text.contains("EXAMPLE_API_KEY"), "{text}");
            assert!(text.contains("set it to the key of your account"), "{text}");
        }
    }

    #[test]
    fn empty_optional_value_is_missing() {
        let settings = read(&[("api_key", "k"), ("base_url", "")]).unwrap();

        assert_eq!(settings.get("base_url"), None);
        assert!(settings.secret("base_url").is_err());
        assert!(settings.secret("other").is_err());
        assert_eq!(settings.get("other"), None);
    }

    #[test]
    fn debug_shows_no_value() {
        let settings = read(&[("api_key", "hush"), ("base_url", "hush")]).unwrap();

        assert!(!format!("{settings:?}").contains("hush"));
    }

    #[cfg(unix)]
    #[test]
    fn broken_unicode_is_refused_without_the_value() {
        use std::os::unix::ffi::OsStringExt as _;

        let error = Settings::read("example", SETTINGS, |_| {
            Some(OsString::from_vec(b"hush-\xff-hush".to_vec()))
        })
        .unwrap_err();

        let text = error.to_string();
        assert!(text.contains("EXAMPLE_API_KEY"), "{text}");
        assert!(!text.contains("hush"), "{text}");
    }
}

//! Settings from environment variables, with errors that say what to set.

use std::ffi::OsString;
use std::{env, fmt};

use crate::error::Error;
use crate::secret::Secret;

/// Where settings are looked up: the process environment, or a table in a test.
///
/// A variable that is missing and one that is blank are the same: an empty line in a deployment file
/// means "not set".
///
/// ```
/// use tracking_http::Environment;
///
/// let environment = Environment::from_lookup(|name| match name {
///     "SHIP24_API_KEY" => Some("not-a-real-key".into()),
///     _ => None,
/// });
///
/// let key = environment.secret("SHIP24_API_KEY", "the API key of your Ship24 account")?;
/// let base_url = environment.optional("SHIP24_BASE_URL")?;
///
/// assert_eq!(key.expose_secret(), "not-a-real-key");
/// assert_eq!(base_url, None);
/// # Ok::<(), tracking_http::Error>(())
/// ```
pub struct Environment<'a> {
    lookup: Box<Lookup<'a>>,
}

type Lookup<'a> = dyn Fn(&str) -> Option<OsString> + Send + Sync + 'a;

impl Environment<'static> {
    /// Reads the environment of the process.
    #[must_use]
    pub fn process() -> Self {
        Self::from_lookup(|name| env::var_os(name))
    }
}

impl<'a> Environment<'a> {
    /// Reads from a function instead of the process environment.
    pub fn from_lookup(lookup: impl Fn(&str) -> Option<OsString> + Send + Sync + 'a) -> Self {
        Self {
            lookup: Box::new(lookup),
        }
    }

    /// Returns a value that must be there. `purpose` completes the sentence "set it to …".
    ///
    /// # Errors
    /// Kind `Configuration` when the variable is missing, blank, or not valid Unicode.
    pub fn required(&self, name: &str, purpose: &str) -> Result<String, Error> {
        self.optional(name)?.ok_or_else(|| {
            Error::configuration(format!(
                "environment variable {name} is missing or blank: set it to {purpose}"
            ))
        })
    }

    /// Returns a secret that must be there. `purpose` completes the sentence "set it to …".
    ///
    /// # Errors
    /// As [`required`](Self::required).
    pub fn secret(&self, name: &str, purpose: &str) -> Result<Secret, Error> {
        self.required(name, purpose).map(Secret::from)
    }

    /// Returns a value if there is one.
    ///
    /// # Errors
    /// Kind `Configuration` when the value is not valid Unicode.
    pub fn optional(&self, name: &str) -> Result<Option<String>, Error> {
        let Some(value) = (self.lookup)(name) else {
            return Ok(None);
        };
        // The value itself stays out of the message: it may be a secret with one wrong byte.
        let value = value.into_string().map_err(|_| {
            Error::configuration(format!(
                "environment variable {name} is not valid Unicode: set it again as plain text"
            ))
        })?;
        Ok(Some(value).filter(|value| !value.trim().is_empty()))
    }
}

impl fmt::Debug for Environment<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Environment").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::HashMap, ffi::OsString};

    use tracking_core::ErrorKind;

    use super::Environment;

    fn environment(values: &[(&'static str, &str)]) -> Environment<'static> {
        let values: HashMap<_, _> = values
            .iter()
            .map(|(name, value)| (*name, OsString::from(value)))
            .collect();
        Environment::from_lookup(move |name| values.get(name).cloned())
    }

    #[test]
    fn value_is_returned_untrimmed() {
        let environment = environment(&[("API_KEY", " k ")]);

        let key = environment.secret("API_KEY", "your key").unwrap();

        assert_eq!(key.expose_secret(), " k ");
    }

    #[test]
    fn missing_and_blank_values_name_the_variable_and_what_to_do() {
        for environment in [environment(&[]), environment(&[("API_KEY", " \t")])] {
            let error = environment
                .required("API_KEY", "the key of your account")
                .unwrap_err();

            assert_eq!(error.kind(), ErrorKind::Configuration);
            let text = error.to_string();
            assert!(text.contains("API_KEY"), "{text}");
            assert!(text.contains("set it to the key of your account"), "{text}");
        }
    }

    #[test]
    fn blank_optional_value_is_absent() {
        let environment = environment(&[("BASE_URL", "")]);

        assert_eq!(environment.optional("BASE_URL").unwrap(), None);
        assert_eq!(environment.optional("OTHER").unwrap(), None);
    }

    #[cfg(unix)]
    #[test]
    fn broken_unicode_is_refused_without_showing_the_value() {
        use std::os::unix::ffi::OsStringExt as _;
        let environment =
            Environment::from_lookup(|_| Some(OsString::from_vec(b"hush-\xff-hush".to_vec())));

        let error = environment.optional("API_KEY").unwrap_err();

        let text = error.to_string();
        assert!(text.contains("API_KEY"), "{text}");
        assert!(!text.contains("hush"), "{text}");
    }
}

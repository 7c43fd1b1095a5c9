//! `ProviderId`: the short name of a tracking provider.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

/// The short, stable name of a provider, such as `ship24`.
///
/// Lower case, without spaces: it appears in JSON output, in configuration and in bug reports.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ProviderId(Cow<'static, str>);

impl ProviderId {
    /// Creates the id from a fixed name; the usual way inside a provider's crate.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self(Cow::Borrowed(name))
    }

    /// Returns the name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&'static str> for ProviderId {
    fn from(name: &'static str) -> Self {
        Self::new(name)
    }
}

impl From<String> for ProviderId {
    fn from(name: String) -> Self {
        Self(Cow::Owned(name))
    }
}

impl AsRef<str> for ProviderId {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Debug for ProviderId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl fmt::Display for ProviderId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::ProviderId;

    #[test]
    fn fixed_and_owned_name_are_equal() {
        let fixed = ProviderId::new("ship24");
        let owned = ProviderId::from(String::from("ship24"));

        assert_eq!(fixed, owned);
    }

    #[test]
    fn serde_uses_the_plain_name() {
        let id = ProviderId::new("ship24");

        let json = serde_json::to_string(&id).unwrap();

        assert_eq!(json, r#""ship24""#);
        assert_eq!(serde_json::from_str::<ProviderId>(&json).unwrap(), id);
    }
}

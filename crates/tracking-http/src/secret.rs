//! Text that must never appear in a log: keys, passwords, tokens, webhook secrets.

use std::fmt;

use secrecy::{ExposeSecret as _, SecretString};
use subtle::ConstantTimeEq as _;

/// A key, password, token or webhook secret.
///
/// `Debug` prints a placeholder, there is no `Display`, and the memory is wiped on drop.
///
/// ```
/// use tracking_http::Secret;
///
/// let key = Secret::from("not-a-real-key");
///
/// assert!(!format!("{key:?}").contains("not-a-real-key"));
/// assert_eq!(key.expose_secret(), "not-a-real-key");
/// ```
#[derive(Clone)]
pub struct Secret(SecretString);

impl Secret {
    /// Wraps a secret string as it is; nothing is trimmed.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(SecretString::from(text.into()))
    }

    /// Returns the string, for the one place that sends or compares it.
    #[must_use]
    pub fn expose_secret(&self) -> &str {
        self.0.expose_secret()
    }

    /// Returns true if the string is empty or white space only, so that it cannot be a secret.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.expose_secret().trim().is_empty()
    }

    /// Returns true if it is what somebody else sent, in time that depends on the lengths only.
    ///
    /// A secret that is empty or white space only matches nothing: a secret that was never
    /// configured must not let an empty header pass.
    #[must_use]
    pub fn matches(&self, candidate: &[u8]) -> bool {
        !self.is_empty() && bool::from(self.expose_secret().as_bytes().ct_eq(candidate))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret([redacted])")
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

#[cfg(test)]
mod tests {
    use super::Secret;

    #[test]
    fn debug_hides_value() {
        let secret = Secret::from("hush-hush");

        let printed = format!("{secret:?} {:#?}", Some(&secret));

        assert!(!printed.contains("hush"), "{printed}");
    }

    #[test]
    fn white_space_is_empty() {
        for text in ["", " ", "\t\r\n", "\u{a0}"] {
            assert!(Secret::from(text).is_empty(), "{text:?}");
        }
        assert!(!Secret::from(" k ").is_empty());
    }

    #[test]
    fn same_value_alone_matches() {
        let secret = Secret::from("a-webhook-secret");

        assert!(secret.matches(b"a-webhook-secret"));
        assert!(!secret.matches(b"a-webhook-secreT"));
        assert!(!secret.matches(b"a-webhook-secret "));
        assert!(!secret.matches(b""));
    }

    #[test]
    fn empty_secret_matches_nothing() {
        assert!(!Secret::from("").matches(b""));
        assert!(!Secret::from("  ").matches(b"  "));
    }
}

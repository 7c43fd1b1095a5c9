//! Tokens that expire.

use std::time::{Duration, SystemTime};

use crate::secret::Secret;

/// A token as the provider issued it.
///
/// Without a lifetime it is used until the provider refuses it with a 401. Give a lifetime where the
/// provider names one ([`with_lifetime`](Self::with_lifetime)) or puts a date into the token
/// ([`with_expiry`](Self::with_expiry)); where both are possible the lifetime is better, since it does
/// not depend on this machine's clock being right.
#[derive(Clone, Debug)]
pub struct Token {
    secret: Secret,
    validity: Validity,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Validity {
    UntilRefused,
    For(Duration),
    Until(SystemTime),
}

impl Token {
    /// Creates a token that is used until the provider refuses it.
    #[must_use]
    pub fn new(secret: impl Into<Secret>) -> Self {
        Self {
            secret: secret.into(),
            validity: Validity::UntilRefused,
        }
    }

    /// Sets how long the token is valid, counted from when it was requested.
    #[must_use]
    pub fn with_lifetime(mut self, lifetime: Duration) -> Self {
        self.validity = Validity::For(lifetime);
        self
    }

    /// Sets the date until which the token is valid.
    #[must_use]
    pub fn with_expiry(mut self, expiry: SystemTime) -> Self {
        self.validity = Validity::Until(expiry);
        self
    }

    pub(crate) fn secret(&self) -> &Secret {
        &self.secret
    }

    pub(crate) fn validity(&self) -> Validity {
        self.validity
    }
}

//! Tokens that expire, and where they come from.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use tracking_core::BoxFuture;

use crate::{Client, Error, Secret};

/// Fetches tokens for [`Credentials::renewable`](crate::Credentials::renewable).
///
/// An SDK implements it for its provider's token endpoint. When to fetch, what to keep and who waits
/// for whom is not its business.
pub trait TokenSource: fmt::Debug + Send + Sync {
    /// Requests a new token.
    ///
    /// `client` has the settings of the calling client (base URL, transport, limits, retries, error
    /// mapping) but sends no credentials, so the request can be made like any other call. A 401 here
    /// is final.
    ///
    /// # Errors
    /// Whatever the call returns; all callers that wait for the token get the same error.
    fn fetch<'a>(&'a self, client: &'a Client) -> BoxFuture<'a, Result<Token, Error>>;

    /// Names the account, for example by its user name, so that request limits are counted per
    /// account. It is hashed, never shown. The default puts all accounts of one origin together.
    fn account(&self) -> &str {
        ""
    }

    /// Returns what the token is asked for with, such as the password. A provider that repeats it in
    /// a message does not bring it into the text of an error; the default protects nothing.
    fn secrets(&self) -> Vec<Secret> {
        Vec::new()
    }
}

impl<T: TokenSource + ?Sized> TokenSource for Arc<T> {
    fn fetch<'a>(&'a self, client: &'a Client) -> BoxFuture<'a, Result<Token, Error>> {
        (**self).fetch(client)
    }

    fn account(&self) -> &str {
        (**self).account()
    }

    fn secrets(&self) -> Vec<Secret> {
        (**self).secrets()
    }
}

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

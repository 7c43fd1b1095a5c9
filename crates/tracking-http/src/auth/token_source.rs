//! Where tokens come from.

use std::fmt;
use std::sync::Arc;

use tracking_core::kit::BoxFuture;

use super::token::Token;
use crate::client::Client;
use crate::error::Error;
use crate::secret::Secret;

/// Fetches tokens for [`Credentials::renewable`](crate::Credentials::renewable).
///
/// An SDK implements it for its provider's token endpoint. When to fetch, what to keep and which
/// calls wait is not its business.
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

    /// Returns what the token is requested with, such as the password. It is masked in errors
    /// when a provider repeats it; the default protects nothing.
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

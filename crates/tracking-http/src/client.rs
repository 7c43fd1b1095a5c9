//! The client that every SDK wraps.

use std::fmt;
use std::sync::Arc;

use http::HeaderValue;

use crate::auth::BoundCredentials;
use crate::clock::Clock;
use crate::dialect::Dialect;
use crate::error::Error;
use crate::limit::Limiter;
use crate::operation::RateClass;
use crate::options::ClientOptions;
use crate::refusals::Refusals;
use crate::retry::RetryPolicy;
use crate::transport::Transport;
use crate::url::BaseUrl;

/// Makes calls to one provider with one set of credentials.
///
/// Clones are cheap and share connections, tokens and request limits.
///
/// ```no_run
/// use tracking_http::{BaseUrl, Client, Credentials, Dialect, Secret};
///
/// #[derive(Debug)]
/// struct Example;
///
/// impl Dialect for Example {
///     fn provider(&self) -> &'static str {
///         "example"
///     }
/// }
///
/// # fn main() -> Result<(), tracking_http::Error> {
/// let base_url = BaseUrl::parse("http://127.0.0.1:8080")?;
/// let credentials = Credentials::bearer(&Secret::from("not-a-real-key"))?;
/// let client = Client::builder(Example, base_url, credentials).build()?;
/// let call = client.request(http::Method::GET, "/parcels?page=1");
/// # let _ = call;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Client {
    pub(crate) shared: Arc<Shared>,
    pub(crate) credentials: Arc<BoundCredentials>,
}

/// What a client and its clones have in common, with and without credentials.
pub(crate) struct Shared {
    pub(crate) dialect: Box<dyn Dialect>,
    pub(crate) provider: &'static str,
    pub(crate) base_url: BaseUrl,
    pub(crate) options: ClientOptions,
    pub(crate) retry: RetryPolicy,
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) limiter: Option<Arc<dyn Limiter>>,
    pub(crate) refusals: Refusals,
    /// The rate classes of all operations, which a pause of the whole account closes.
    pub(crate) classes: Vec<RateClass>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) max_body_bytes: usize,
    pub(crate) user_agent: HeaderValue,
    pub(crate) accept: HeaderValue,
    pub(crate) content_type: HeaderValue,
}

impl Client {
    /// Passes on what a check before a call says; its error names the provider.
    ///
    /// # Errors
    ///
    /// The error of the check.
    pub fn checked<T>(&self, outcome: Result<T, Error>) -> Result<T, Error> {
        outcome.map_err(|error| error.with_provider(self.provider()))
    }

    /// The address below which all operations lie.
    #[must_use]
    pub fn base_url(&self) -> &BaseUrl {
        &self.shared.base_url
    }

    /// The provider's short name.
    #[must_use]
    pub fn provider(&self) -> &'static str {
        self.shared.provider
    }

    /// The same client, except that it proves nothing: for the request that fetches a token.
    #[must_use]
    pub fn without_credentials(&self) -> Self {
        Self {
            shared: Arc::clone(&self.shared),
            credentials: Arc::new(self.credentials.without_proof()),
        }
    }

    pub(crate) fn content_type(&self) -> &HeaderValue {
        &self.shared.content_type
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Client")
            .field("provider", &self.shared.provider)
            .field("base_url", &self.shared.base_url)
            .field("credentials", &self.credentials)
            .finish_non_exhaustive()
    }
}

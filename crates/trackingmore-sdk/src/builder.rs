//! Builds clients: key, address, and how the key is sent.

use std::sync::Arc;

use tracking_http::{
    BaseUrl, ClientOptions, ConfigureClient, Credentials, Environment, Error, Secret,
};

use crate::Client;
use crate::error::{NAME, TrackingMoreDialect};
use crate::generated::operations;
use crate::webhook::WebhookReceiver;

/// The public server.
pub const PRODUCTION: &str = "https://api.trackingmore.com/v2";

/// The header that carries the key (documented for version 2; later versions have another).
const DEFAULT_KEY_HEADER: &str = "Trackingmore-Api-Key";

/// Builds a [`Client`].
///
/// Timeouts, retries, limits, the transport and more are set with the methods of
/// [`ConfigureClient`]. The rate classes are `account` (1 request a second) and `realtime` (3).
///
/// Sister hosts serve the same API under another address and header:
///
/// ```
/// use trackingmore_sdk::{Client, ConfigureClient as _};
///
/// # fn main() -> Result<(), trackingmore_sdk::Error> {
/// let client = Client::builder("your key")
///     .with_base_url("https://api.51tracking.com/v2")
///     .with_key_header("Tracking-Api-Key")
///     .build()?;
/// # let _ = client;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder {
    api_key: Secret,
    key_header: String,
    account_email: Option<Secret>,
    options: ClientOptions,
}

impl ClientBuilder {
    pub(crate) fn new(api_key: Secret) -> Self {
        Self {
            api_key,
            key_header: DEFAULT_KEY_HEADER.to_owned(),
            account_email: None,
            options: ClientOptions::new(),
        }
    }

    /// Reads the variables that [`Client::from_env`] lists.
    ///
    /// # Errors
    ///
    /// [`Configuration`](crate::ErrorKind::Configuration) when the key is missing or blank.
    pub fn from_env() -> Result<Self, Error> {
        Self::from_environment(&Environment::process())
    }

    /// Reads the same variables from another source than the process, such as a test's map.
    ///
    /// # Errors
    ///
    /// As [`from_env`](Self::from_env).
    pub fn from_environment(environment: &Environment<'_>) -> Result<Self, Error> {
        let purpose = "an API key of the TrackingMore dashboard";
        let key = environment.secret("TRACKINGMORE_API_KEY", purpose);
        let mut builder = Self::new(key.map_err(named)?);
        let base_url = environment.optional("TRACKINGMORE_BASE_URL");
        if let Some(base_url) = base_url.map_err(named)? {
            builder = builder.with_base_url(base_url);
        }
        let email = environment.optional("TRACKINGMORE_ACCOUNT_EMAIL");
        if let Some(email) = email.map_err(named)? {
            builder = builder.with_account_email(email);
        }
        Ok(builder)
    }

    /// Sends the key in another header than `Trackingmore-Api-Key`, for sister hosts and market
    /// gateways: `Tracking-Api-Key`, `Tracktry-Api-Key`, or `Authorization`. The key is sent as it
    /// is, so a gateway that wants a word before it gets that as a part of the key.
    pub fn with_key_header(mut self, name: impl Into<String>) -> Self {
        self.key_header = name.into();
        self
    }

    /// Sets the e-mail address that the account is registered with, by which [`Client::webhooks`]
    /// checks messages.
    pub fn with_account_email(mut self, email: impl Into<Secret>) -> Self {
        self.account_email = Some(email.into());
        self
    }

    /// Builds the client. Nothing is sent.
    ///
    /// # Errors
    ///
    /// [`Configuration`](crate::ErrorKind::Configuration) when the key is blank or cannot stand in a
    /// header, the account's address is none, the base URL or the header name is not usable, a rate
    /// class does not exist, or `https` is asked for without a TLS feature.
    pub fn build(self) -> Result<Client, Error> {
        if self.api_key.is_blank() {
            return Err(named(Error::configuration(
                "the API key is blank; create one in the TrackingMore dashboard and pass it, or set \
                 `TRACKINGMORE_API_KEY`",
            )));
        }
        let base_url = self.options.base_url().unwrap_or(PRODUCTION);
        let base_url = BaseUrl::parse(base_url)
            .and_then(|url| url.with_version("/v2"))
            .map_err(named)?;
        let credentials = Credentials::header(&self.key_header, &self.api_key).map_err(named)?;
        let webhooks = self.account_email.map(WebhookReceiver::new).transpose()?;
        let webhooks = webhooks.map(|receiver| match self.options.clock() {
            Some(clock) => receiver.with_clock(Arc::clone(clock)),
            None => receiver,
        });
        let http = tracking_http::Client::builder(TrackingMoreDialect, base_url, credentials)
            .with_product(concat!("trackingmore-sdk/", env!("CARGO_PKG_VERSION")))
            .with_operations(operations::ALL)
            .with_options(self.options)
            .build()?;
        Ok(Client {
            http,
            webhooks,
            unmapped: Arc::default(),
        })
    }
}

/// The base URL is the whole address with the version: `https://api.trackingmore.com/v2`.
impl ConfigureClient for ClientBuilder {
    fn options_mut(&mut self) -> &mut ClientOptions {
        &mut self.options
    }
}

fn named(error: Error) -> Error {
    error.with_provider(NAME)
}

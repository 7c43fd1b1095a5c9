//! Builds clients: key, address, webhook secret.

use std::sync::Arc;

use tracking_http::{
    BaseUrl, ClientOptions, ConfigureClient, Credentials, Environment, Error, Secret,
};

use crate::Client;
use crate::error::{NAME, Ship24Dialect};
use crate::generated::operations;
use crate::webhook::WebhookReceiver;

/// The public server, to which `/public/v1` is appended.
pub const PRODUCTION: &str = "https://api.ship24.com";

/// The prefix of every path. Ship24's prose shortens it; the real URLs have it.
const API_PREFIX: &str = "/public/v1";

/// Builds a [`Client`].
///
/// Timeouts, retries, limits, the transport and more are set with the methods of
/// [`ConfigureClient`].
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder {
    api_key: Secret,
    webhook_secret: Option<Secret>,
    options: ClientOptions,
}

impl ClientBuilder {
    pub(crate) fn new(api_key: Secret) -> Self {
        Self {
            api_key,
            webhook_secret: None,
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
        let named = |error: Error| error.with_provider(NAME);
        let key = environment.secret("SHIP24_API_KEY", "an API key of the Ship24 dashboard");
        let mut builder = Client::builder(key.map_err(named)?);
        if let Some(base_url) = environment.optional("SHIP24_BASE_URL").map_err(named)? {
            builder = builder.with_base_url(base_url);
        }
        if let Some(secret) = environment
            .optional("SHIP24_WEBHOOK_SECRET")
            .map_err(named)?
        {
            builder = builder.with_webhook_secret(secret);
        }
        Ok(builder)
    }

    /// Sets the secret by which [`Client::webhooks`] recognises Ship24.
    pub fn with_webhook_secret(mut self, secret: impl Into<Secret>) -> Self {
        self.webhook_secret = Some(secret.into());
        self
    }

    /// Builds the client. Nothing is sent.
    ///
    /// # Errors
    ///
    /// [`Configuration`](crate::ErrorKind::Configuration) when the key or the webhook secret is blank,
    /// the base URL is not usable, or `https` is asked for without a TLS feature.
    pub fn build(self) -> Result<Client, Error> {
        let named = |error: Error| error.with_provider(NAME);
        if self.api_key.is_blank() {
            return Err(named(Error::configuration(
                "the API key is blank; create one in the Ship24 dashboard and pass it, or set `SHIP24_API_KEY`",
            )));
        }
        let base_url = self.options.base_url().unwrap_or(PRODUCTION);
        let base_url = BaseUrl::parse(base_url)
            .and_then(|url| url.join(API_PREFIX))
            .map_err(named)?;
        let credentials = Credentials::bearer(&self.api_key).map_err(named)?;
        let webhooks = self.webhook_secret.map(WebhookReceiver::new).transpose()?;
        let http = tracking_http::Client::builder(Ship24Dialect, base_url, credentials)
            .with_product(concat!("ship24-sdk/", env!("CARGO_PKG_VERSION")))
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

/// The base URL is the origin, with an optional path: `/public/v1` is appended to it.
impl ConfigureClient for ClientBuilder {
    fn options_mut(&mut self) -> &mut ClientOptions {
        &mut self.options
    }
}

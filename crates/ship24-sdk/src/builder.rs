//! Builds clients: key, address, webhook secret.

use std::ffi::OsString;
use std::sync::Arc;

use tracking_http::{
    ClientOptions, ConfigureClient, Credentials, Error, Secret, Setting, Settings,
};

use crate::Client;
use crate::error::{NAME, Ship24Dialect};
use crate::generated::operations;
use crate::webhook::WebhookReceiver;

/// The public server. Ship24's prose shortens the path; the real URLs have it.
pub const PRODUCTION: &str = "https://api.ship24.com/public/v1";

/// What a client is configured with, and the environment variables of [`Client::from_env`].
pub const SETTINGS: &[Setting] = &[
    Setting::new(
        "api_key",
        "SHIP24_API_KEY",
        "an API key of the Ship24 dashboard",
    )
    .required()
    .secret(),
    Setting::new(
        "base_url",
        "SHIP24_BASE_URL",
        "another address than Ship24's own",
    ),
    Setting::new(
        "webhook_secret",
        "SHIP24_WEBHOOK_SECRET",
        "the webhook secret of the Ship24 dashboard",
    )
    .secret(),
];

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

    /// Reads the environment variables of [`SETTINGS`].
    ///
    /// # Errors
    ///
    /// [`Configuration`](crate::ErrorKind::Configuration) when the key is missing or empty.
    pub fn from_env() -> Result<Self, Error> {
        Self::from_settings(Setting::from_env)
    }

    /// Reads the [`SETTINGS`] through a function, from another source than the environment.
    ///
    /// # Errors
    ///
    /// As [`from_env`](Self::from_env).
    pub fn from_settings(lookup: impl FnMut(&Setting) -> Option<OsString>) -> Result<Self, Error> {
        let settings = Settings::read(NAME, SETTINGS, lookup)?;
        let mut builder = Self::new(settings.secret("api_key")?);
        if let Some(base_url) = settings.get("base_url") {
            builder = builder.with_base_url(base_url);
        }
        if let Some(secret) = settings.get("webhook_secret") {
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
    /// [`Configuration`](crate::ErrorKind::Configuration) when the key or the webhook secret is empty,
    /// the base URL is not usable, or `https` is requested without a TLS feature.
    pub fn build(self) -> Result<Client, Error> {
        if self.api_key.is_empty() {
            let message = "the API key is empty; create one in the Ship24 dashboard and pass it, or set \
                           `SHIP24_API_KEY`";
            return Err(Error::configuration(message).with_provider(NAME));
        }
        let webhooks = self.webhook_secret.map(WebhookReceiver::new).transpose()?;
        let key = Credentials::bearer(&self.api_key);
        let http =
            tracking_http::Client::for_provider(Ship24Dialect, PRODUCTION, key, self.options)
                .with_product(concat!("ship24-sdk/", env!("CARGO_PKG_VERSION")))
                .with_operations(operations::ALL)
                .build()?;
        Ok(Client {
            http,
            webhooks,
            unmapped: Arc::default(),
        })
    }
}

/// A base URL with a path is the whole prefix, with the version: `https://api.ship24.com/public/v1`. One
/// without a path gets `/public/v1`.
impl ConfigureClient for ClientBuilder {
    fn options_mut(&mut self) -> &mut ClientOptions {
        &mut self.options
    }
}

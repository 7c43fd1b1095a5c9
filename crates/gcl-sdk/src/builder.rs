//! `ClientBuilder`: the settings of a client, from the caller or from the environment.

use std::sync::Arc;

use tracking_http::{
    BaseUrl, ClientOptions, ConfigureClient, Credentials, Environment, Error, Secret,
};

use crate::client::Client;
use crate::error::{GclDialect, NAME};
use crate::generated::operations;
use crate::status_table::Descriptions;
use crate::webhook::WebhookReceiver;

/// Production, where a client sends to by default.
///
/// The host is documented; that the paths hang directly off it is assumed.
pub const PRODUCTION: &str = "https://connect.live.gelato.tech";

/// The test system, which takes other keys than production.
///
/// The host is documented; that the paths hang directly off it is assumed.
pub const TEST: &str = "https://connect.test.gelato.tech";

/// What every path begins with.
const VERSION: &str = "/v1";

/// Builds a [`Client`].
///
/// Timeouts, retries, limits, the transport and more are set with the methods of
/// [`ConfigureClient`].
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder {
    api_key: Secret,
    webhook: Option<(String, Secret)>,
    descriptions: Descriptions,
    options: ClientOptions,
}

impl ClientBuilder {
    pub(crate) fn new(api_key: Secret) -> Self {
        Self {
            api_key,
            webhook: None,
            descriptions: Descriptions::default(),
            options: ClientOptions::new(),
        }
    }

    /// Reads the variables that [`Client::from_env`] lists.
    ///
    /// # Errors
    ///
    /// [`Configuration`](crate::ErrorKind::Configuration) when the key is missing or empty, or when
    /// only one of the two variables for notifications is set.
    pub fn from_env() -> Result<Self, Error> {
        Self::from_environment(&Environment::process())
    }

    /// Reads the same variables from another source than the process, such as a test's map.
    ///
    /// # Errors
    ///
    /// As [`from_env`](Self::from_env).
    pub fn from_environment(environment: &Environment<'_>) -> Result<Self, Error> {
        Self::read(environment).map_err(|error| error.with_provider(NAME))
    }

    fn read(environment: &Environment<'_>) -> Result<Self, Error> {
        let key = environment.secret("GCL_API_KEY", "the API key that Gelato gave you")?;
        let mut builder = Self::new(key);
        if let Some(base_url) = environment.optional("GCL_BASE_URL")? {
            builder = builder.with_base_url(base_url);
        }
        let header = environment.optional("GCL_WEBHOOK_HEADER")?;
        let secret = environment.optional("GCL_WEBHOOK_SECRET")?;
        match (header, secret) {
            (Some(header), Some(secret)) => Ok(builder.with_webhook_header(header, secret)),
            (None, None) => Ok(builder),
            (Some(_), None) | (None, Some(_)) => Err(Error::configuration(
                "set both `GCL_WEBHOOK_HEADER` and `GCL_WEBHOOK_SECRET`, the name and the value of \
                 the custom header of your notifications, or neither",
            )),
        }
    }

    /// Sets the custom header by which [`Client::webhooks`] recognises GCL: its name and its value,
    /// as they are in the trigger of the notification.
    pub fn with_webhook_header(
        mut self,
        name: impl Into<String>,
        secret: impl Into<Secret>,
    ) -> Self {
        self.webhook = Some((name.into(), secret.into()));
        self
    }

    /// Sets what the description of a checkpoint may do to its status in the unified model. By
    /// default it refines the status; the evidence for that is one example.
    pub fn with_descriptions(mut self, descriptions: Descriptions) -> Self {
        self.descriptions = descriptions;
        self
    }

    /// Builds the client. Nothing is sent.
    ///
    /// # Errors
    ///
    /// [`Configuration`](crate::ErrorKind::Configuration) when the key is empty, the webhook header or
    /// its secret cannot be used, the base URL is not usable, or `https` is asked for without a TLS
    /// feature.
    pub fn build(self) -> Result<Client, Error> {
        let named = |error: Error| error.with_provider(NAME);
        if self.api_key.is_blank() {
            return Err(named(Error::configuration(
                "the API key is empty; ask Gelato for one and pass it, or set `GCL_API_KEY`",
            )));
        }
        let base_url = self.options.base_url().unwrap_or(PRODUCTION);
        let base_url = BaseUrl::parse(base_url).map_err(named)?;
        if base_url.as_str().ends_with(VERSION) {
            return Err(named(Error::configuration(format!(
                "the base URL already ends in `{VERSION}`, which the client appends: leave it out"
            ))));
        }
        let credentials = Credentials::header("X-API-KEY", &self.api_key).map_err(named)?;
        let webhooks = self
            .webhook
            .map(|(name, secret)| WebhookReceiver::new(&name, secret))
            .transpose()?;
        let http = tracking_http::Client::builder(GclDialect, base_url, credentials)
            .with_product(concat!("gcl-sdk/", env!("CARGO_PKG_VERSION")))
            .with_operations(operations::ALL)
            .with_options(self.options)
            .build()?;
        Ok(Client {
            http,
            webhooks,
            descriptions: self.descriptions,
            unmapped: Arc::default(),
        })
    }
}

/// The base URL is what comes before `/v1`, with an optional path.
impl ConfigureClient for ClientBuilder {
    fn options_mut(&mut self) -> &mut ClientOptions {
        &mut self.options
    }
}

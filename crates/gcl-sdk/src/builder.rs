//! `ClientBuilder`: the settings of a client, from the caller or from the environment.

use std::ffi::OsString;
use std::sync::Arc;

use tracking_http::{
    ClientOptions, ConfigureClient, Credentials, Error, Secret, Setting, Settings,
};

use crate::client::Client;
use crate::error::{GclDialect, NAME};
use crate::generated::operations;
use crate::status_table::Descriptions;
use crate::webhook::WebhookReceiver;

/// Production, where a client sends to by default.
///
/// Host and version are documented; that the version hangs directly off the host is assumed.
pub const PRODUCTION: &str = "https://connect.live.gelato.tech/v1";

/// The test system, which takes other keys than production.
///
/// Host and version are documented; that the version hangs directly off the host is assumed.
pub const TEST: &str = "https://connect.test.gelato.tech/v1";

/// What a client is configured with, and the environment variables of [`Client::from_env`].
pub const SETTINGS: &[Setting] = &[
    Setting::new("api_key", "GCL_API_KEY", "the API key that Gelato gave you")
        .required()
        .secret(),
    Setting::new(
        "base_url",
        "GCL_BASE_URL",
        "another address than production, such as `https://connect.test.gelato.tech`",
    ),
    Setting::new(
        "webhook_header",
        "GCL_WEBHOOK_HEADER",
        "the name of the custom header of your notifications",
    ),
    Setting::new(
        "webhook_secret",
        "GCL_WEBHOOK_SECRET",
        "the value of the custom header of your notifications",
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

    /// Reads the environment variables of [`SETTINGS`].
    ///
    /// # Errors
    ///
    /// [`Configuration`](crate::ErrorKind::Configuration) when the key is missing or empty, or when
    /// only one of the two settings for notifications is given.
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
        match (
            settings.get("webhook_header"),
            settings.get("webhook_secret"),
        ) {
            (Some(header), Some(secret)) => Ok(builder.with_webhook_header(header, secret)),
            (None, None) => Ok(builder),
            (Some(_), None) | (None, Some(_)) => Err(Error::configuration(
                "set both `GCL_WEBHOOK_HEADER` and `GCL_WEBHOOK_SECRET`, the name and the value of \
                 the custom header of your notifications, or neither",
            )
            .with_provider(NAME)),
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
    /// its secret cannot be used, the base URL is not usable, or `https` is requested without a TLS
    /// feature.
    pub fn build(self) -> Result<Client, Error> {
        if self.api_key.is_empty() {
            let message =
                "the API key is empty; ask Gelato for one and pass it, or set `GCL_API_KEY`";
            return Err(Error::configuration(message).with_provider(NAME));
        }
        let webhooks = self
            .webhook
            .map(|(name, secret)| WebhookReceiver::new(&name, secret))
            .transpose()?;
        let key = Credentials::header("X-API-KEY", &self.api_key);
        let http = tracking_http::Client::for_provider(GclDialect, PRODUCTION, key, self.options)
            .with_product(concat!("gcl-sdk/", env!("CARGO_PKG_VERSION")))
            .with_operations(operations::ALL)
            .build()?;
        Ok(Client {
            http,
            webhooks,
            descriptions: self.descriptions,
            unmapped: Arc::default(),
        })
    }
}

/// A base URL with a path is the whole prefix, with the version: `https://connect.live.gelato.tech/v1`. One
/// without a path gets `/v1`.
impl ConfigureClient for ClientBuilder {
    fn options_mut(&mut self) -> &mut ClientOptions {
        &mut self.options
    }
}

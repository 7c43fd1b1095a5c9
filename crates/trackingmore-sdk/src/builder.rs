//! Builds clients: key, address, and how the key is sent.

use std::ffi::OsString;
use std::sync::Arc;

use tracking_http::{
    ClientOptions, ConfigureClient, Credentials, Error, Secret, Setting, Settings,
};

use crate::Client;
use crate::error::{NAME, TrackingMoreDialect};
use crate::generated::operations;
use crate::webhook::WebhookReceiver;

/// The public server.
pub const PRODUCTION: &str = "https://api.trackingmore.com/v2";

/// What a client is configured with, and the environment variables of [`Client::from_env`].
pub const SETTINGS: &[Setting] = &[
    Setting::new(
        "api_key",
        "TRACKINGMORE_API_KEY",
        "an API key of the TrackingMore dashboard",
    )
    .required()
    .secret(),
    Setting::new(
        "base_url",
        "TRACKINGMORE_BASE_URL",
        "another address than TrackingMore's own, such as `https://api.51tracking.com/v2`",
    ),
    Setting::new(
        "account_email",
        "TRACKINGMORE_ACCOUNT_EMAIL",
        "the e-mail address of the account, which is the key of its webhooks",
    )
    .secret(),
];

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
        if let Some(email) = settings.get("account_email") {
            builder = builder.with_account_email(email);
        }
        Ok(builder)
    }

    /// Sends the key in another header than `Trackingmore-Api-Key`, for sister hosts and market
    /// gateways: `Tracking-Api-Key`, `Tracktry-Api-Key`, or `Authorization`. The key is sent as it
    /// is, so a gateway that wants a prefix gets that as a part of the key.
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
    /// [`Configuration`](crate::ErrorKind::Configuration) when the key is empty or cannot be in a
    /// header, the account's address is none, the base URL or the header name is not usable, a rate
    /// class does not exist, or `https` is requested without a TLS feature.
    pub fn build(self) -> Result<Client, Error> {
        if self.api_key.is_empty() {
            let message = "the API key is empty; create one in the TrackingMore dashboard and pass it, or \
                           set `TRACKINGMORE_API_KEY`";
            return Err(Error::configuration(message).with_provider(NAME));
        }
        let webhooks = self.account_email.map(WebhookReceiver::new).transpose()?;
        let webhooks = webhooks.map(|receiver| match self.options.clock() {
            Some(clock) => receiver.with_clock(Arc::clone(clock)),
            None => receiver,
        });
        let key = Credentials::header(&self.key_header, &self.api_key);
        let http =
            tracking_http::Client::for_provider(TrackingMoreDialect, PRODUCTION, key, self.options)
                .with_product(concat!("trackingmore-sdk/", env!("CARGO_PKG_VERSION")))
                .with_operations(operations::ALL)
                .build()?;
        Ok(Client {
            http,
            webhooks,
            unmapped: Arc::default(),
        })
    }
}

/// A base URL with a path is the whole prefix, with the version: `https://api.trackingmore.com/v2`. One
/// without a path gets `/v2`.
impl ConfigureClient for ClientBuilder {
    fn options_mut(&mut self) -> &mut ClientOptions {
        &mut self.options
    }
}

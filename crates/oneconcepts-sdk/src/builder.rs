//! Builds a client: credentials, where the API is, and what is only assumed about it.

use std::ffi::OsString;
use std::sync::Arc;

use tracking_http::{
    ClientOptions, ConfigureClient, Credentials, Error, Secret, Setting, Settings, SystemClock,
};

use crate::auth::{Login, PASSWORD_KEY};
use crate::client::Client;
use crate::error::{NAME, OneConceptsDialect};
use crate::generated::operations;
use crate::orders::{OrderUpdateForm, OrderUpdates};
use crate::trackings::TrackingPages;

/// The root of the API, where a client sends to by default. `api/…` is appended to it.
pub const PRODUCTION: &str = "https://api.1concepts.de/v2";

/// What a client is configured with, and the environment variables of [`Client::from_env`].
pub const SETTINGS: &[Setting] = &[
    Setting::new(
        "email",
        "ONECONCEPTS_EMAIL",
        "the e-mail address of the 1concepts account",
    )
    .required()
    .secret(),
    Setting::new(
        "password",
        "ONECONCEPTS_PASSWORD",
        "the password of the 1concepts account",
    )
    .required()
    .secret(),
    Setting::new(
        "base_url",
        "ONECONCEPTS_BASE_URL",
        "another address than production",
    ),
];

/// Builds a [`Client`].
///
/// Timeouts, retries, limits, the transport and more are set with the methods of
/// [`ConfigureClient`].
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder {
    email: Secret,
    password: Secret,
    password_key: String,
    updates: OrderUpdates,
    pages: TrackingPages,
    options: ClientOptions,
}

impl ClientBuilder {
    pub(crate) fn new(email: Secret, password: Secret) -> Self {
        Self {
            email,
            password,
            password_key: PASSWORD_KEY.to_owned(),
            updates: OrderUpdates::default(),
            pages: TrackingPages::default(),
            options: ClientOptions::new(),
        }
    }

    /// Reads the environment variables of [`SETTINGS`].
    ///
    /// # Errors
    ///
    /// [`Configuration`](crate::ErrorKind::Configuration) when the e-mail address or the password is
    /// missing or empty.
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
        let builder = Self::new(settings.secret("email")?, settings.secret("password")?);
        Ok(match settings.get("base_url") {
            Some(base_url) => builder.with_base_url(base_url),
            None => builder,
        })
    }

    /// Names the key under which `create-token` takes the password. Assumed: `password`, because the
    /// published example breaks off before it.
    pub fn with_password_key(mut self, key: impl Into<String>) -> Self {
        self.password_key = key.into();
        self
    }

    /// Chooses how an update names its order. Assumed: [`OrderUpdateForm::NumberInQuery`].
    pub fn with_order_update_form(mut self, form: OrderUpdateForm) -> Self {
        self.updates.form = form;
        self
    }

    /// Chooses the media type of an update. Assumed: `application/ld+json`, as documented for all
    /// requests; the framework's usual one is `application/merge-patch+json`.
    pub fn with_order_update_content_type(mut self, media_type: impl Into<String>) -> Self {
        self.updates.content_type = media_type.into();
        self
    }

    /// Adds a courier's page for a parcel, with `{number}` in the place of the number, or replaces a
    /// known one. The name is that of 1concepts, compared without case and spaces.
    pub fn with_tracking_page(
        mut self,
        courier: impl Into<String>,
        page: impl Into<String>,
    ) -> Self {
        self.pages.add(courier.into(), page.into());
        self
    }

    /// Builds the client. Nothing is sent.
    ///
    /// # Errors
    ///
    /// [`Configuration`](crate::ErrorKind::Configuration) when the e-mail address or the password is
    /// empty, the base URL is not usable or lacks the path of the API's root, `https` is requested
    /// without a TLS feature, or one of the assumed forms was replaced by something unusable.
    pub fn build(self) -> Result<Client, Error> {
        self.check().map_err(|error| error.with_provider(NAME))?;
        let clock = self.options.clock().cloned();
        let login = Arc::new(Login {
            email: self.email,
            password: self.password,
            password_key: self.password_key,
            clock: clock.unwrap_or_else(|| Arc::new(SystemClock)),
        });
        let tokens = Ok(Credentials::renewable(Arc::clone(&login)));
        let http = tracking_http::Client::for_provider(
            OneConceptsDialect,
            PRODUCTION,
            tokens,
            self.options,
        )
        .with_product(concat!("oneconcepts-sdk/", env!("CARGO_PKG_VERSION")))
        .with_operations(operations::ALL)
        .build()?;
        Ok(Client {
            http,
            login,
            updates: self.updates,
            tracking_pages: Arc::new(self.pages),
            unmapped: Arc::default(),
        })
    }

    fn check(&self) -> Result<(), Error> {
        let empty = |what: &str, variable: &str| {
            Error::configuration(format!(
                "the {what} is empty; pass that of the 1concepts account, or set `{variable}`"
            ))
        };
        if self.email.is_empty() {
            return Err(empty("e-mail address", "ONECONCEPTS_EMAIL"));
        }
        if self.password.is_empty() {
            return Err(empty("password", "ONECONCEPTS_PASSWORD"));
        }
        if self.password_key.trim().is_empty() || self.password_key == "email" {
            return Err(Error::configuration(
                "the key of the password must not be empty or `email`",
            ));
        }
        if http::HeaderValue::from_str(&self.updates.content_type).is_err()
            || !self.updates.content_type.contains('/')
        {
            return Err(Error::configuration(
                "the media type of order updates is none; write it as `application/merge-patch+json`",
            ));
        }
        match self.pages.unusable() {
            Some(page) => Err(Error::configuration(format!(
                "the tracking page `{}` is no address with `{{number}}` in it, or its courier has no name",
                page.escape_debug()
            ))),
            None => Ok(()),
        }
    }
}

/// A base URL with a path is the root of the API, to which `api/…` is appended: `https://api.1concepts.de/v2`.
/// One without a path gets `/v2`.
impl ConfigureClient for ClientBuilder {
    fn options_mut(&mut self) -> &mut ClientOptions {
        &mut self.options
    }
}

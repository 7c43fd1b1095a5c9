//! How a client is configured.

use std::ffi::OsString;
use std::sync::Arc;

use tracking_http::{
    ClientOptions, ConfigureClient, Credentials, Error, Secret, Setting, Settings,
};

use crate::Client;
use crate::auth::Login;
use crate::error::{ExportoDialect, NAME};
use crate::generated::operations;
use crate::tours::{TourPathOptions, TourPaths};

/// The base URL of production, the default. Tokens of staging are not valid there.
pub const PRODUCTION: &str = "https://api.exporto.de/v1";

/// The base URL of exporto's test environment. Tokens of production are not valid there.
pub const TEST: &str = "https://staging.api.exporto.de/v1";

/// What a client is configured with, and the environment variables of [`Client::from_env`].
pub const SETTINGS: &[Setting] = &[
    Setting::new(
        "username",
        "EXPORTO_USERNAME",
        "the user name of your exporto account",
    )
    .required(),
    Setting::new(
        "password",
        "EXPORTO_PASSWORD",
        "the password of your exporto account",
    )
    .required()
    .secret(),
    Setting::new(
        "base_url",
        "EXPORTO_BASE_URL",
        "another address than production, such as `https://staging.api.exporto.de`",
    ),
];

/// Builds a [`Client`].
///
/// Timeouts, retries, limits, the transport and more are set with the methods of [`ConfigureClient`].
///
/// The paths of tours have not been published. The defaults are assumptions; once exporto has given
/// you the real ones, set them here. A path is appended to the base URL and may have a query.
///
/// ```
/// use exporto_sdk::{Client, ConfigureClient as _, TEST};
///
/// # fn main() -> Result<(), exporto_sdk::Error> {
/// let client = Client::builder("user", "not-a-real-password")
///     .with_base_url(TEST)
///     .with_list_tours_path("tours")
///     .with_list_tour_shipments_path("tours/{tourId}/shipments")
///     .build()?;
/// # let _ = client;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder {
    /// Not secret, but often an e-mail address.
    username: Secret,
    password: Secret,
    scope: Option<String>,
    paths: TourPathOptions,
    options: ClientOptions,
}

impl ClientBuilder {
    pub(crate) fn new(username: Secret, password: Secret) -> Self {
        Self {
            username,
            password,
            scope: None,
            paths: TourPathOptions::default(),
            options: ClientOptions::new(),
        }
    }

    /// Reads the environment variables of [`SETTINGS`].
    ///
    /// # Errors
    ///
    /// [`Configuration`](crate::ErrorKind::Configuration) when the user name or the password is missing or
    /// empty.
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
        let builder = Self::new(settings.secret("username")?, settings.secret("password")?);
        Ok(match settings.get("base_url") {
            Some(base_url) => builder.with_base_url(base_url),
            None => builder,
        })
    }

    /// Restricts tokens to these scopes: one string with spaces between them, such as
    /// `shipment:read label:create`.
    ///
    /// Without it no scope is sent. Which scopes there are is not known beyond `label:create`,
    /// `order:write` and `shipment:read`.
    pub fn with_scope(mut self, scope: impl Into<String>) -> Self {
        self.scope = Some(scope.into());
        self
    }

    /// Sets the path of [`list_tours`](Client::list_tours). Assumed: `tour`.
    pub fn with_list_tours_path(mut self, path: impl Into<String>) -> Self {
        self.paths.list_tours = Some(path.into());
        self
    }

    /// Sets the path of [`list_tour_shipments`](Client::list_tour_shipments), with the placeholder
    /// `{tourId}`. Assumed: `tour/{tourId}/shipment`.
    pub fn with_list_tour_shipments_path(mut self, path: impl Into<String>) -> Self {
        self.paths.list_tour_shipments = Some(path.into());
        self
    }

    /// Sets the path of [`create_tour`](Client::create_tour). Assumed: `tour`.
    pub fn with_create_tour_path(mut self, path: impl Into<String>) -> Self {
        self.paths.create_tour = Some(path.into());
        self
    }

    /// Builds the client. Nothing is sent.
    ///
    /// # Errors
    ///
    /// [`Configuration`](crate::ErrorKind::Configuration) when the user name, the password or the scope is
    /// empty, a path is not usable, the base URL is not usable, or `https` is requested without a
    /// TLS feature.
    pub fn build(self) -> Result<Client, Error> {
        let paths = self.check().map_err(|error| error.with_provider(NAME))?;
        let login = Login::new(self.username, self.password, self.scope);
        let login = login.map(Arc::new);
        let tokens = login.clone().map(Credentials::renewable);
        let http =
            tracking_http::Client::for_provider(ExportoDialect, PRODUCTION, tokens, self.options)
                .with_product(concat!("exporto-sdk/", env!("CARGO_PKG_VERSION")))
                .with_operations(operations::ALL)
                .build()?;
        Ok(Client {
            http,
            login: login?,
            paths: Arc::new(paths),
            unmapped: Arc::default(),
        })
    }

    fn check(&self) -> Result<TourPaths, Error> {
        let scope = self.scope.as_deref();
        if scope.is_some_and(|scope| scope.trim().is_empty()) {
            let message = "the scope is empty; leave it out for everything that the account may do";
            return Err(Error::configuration(message));
        }
        TourPaths::new(&self.paths)
    }
}

/// A base URL with a path is the whole prefix, with the version: `https://api.exporto.de/v1`. One without a
/// path gets `/v1`.
impl ConfigureClient for ClientBuilder {
    fn options_mut(&mut self) -> &mut ClientOptions {
        &mut self.options
    }
}

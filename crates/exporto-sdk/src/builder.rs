//! How a client is configured.

use std::sync::Arc;

use tracking_http::{
    BaseUrl, ClientOptions, ConfigureClient, Credentials, Environment, Error, Secret,
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

    /// Reads the variables that [`Client::from_env`] lists.
    ///
    /// # Errors
    ///
    /// [`Configuration`](crate::ErrorKind::Configuration) when the user name or the password is missing or
    /// empty.
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
        let username = environment
            .required("EXPORTO_USERNAME", "the user name of your exporto account")
            .map_err(named)?;
        let password = environment
            .secret("EXPORTO_PASSWORD", "the password of your exporto account")
            .map_err(named)?;
        let mut builder = Client::builder(username, password);
        if let Some(base_url) = environment.optional("EXPORTO_BASE_URL").map_err(named)? {
            builder = builder.with_base_url(base_url);
        }
        Ok(builder)
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
    /// empty, a path is not usable, the base URL is not usable, or `https` is asked for without a TLS
    /// feature.
    pub fn build(self) -> Result<Client, Error> {
        self.build_client()
            .map_err(|error| error.with_provider(NAME))
    }

    fn build_client(self) -> Result<Client, Error> {
        let Self {
            username,
            password,
            scope,
            paths,
            options,
        } = self;
        if scope
            .as_deref()
            .is_some_and(|scope| scope.trim().is_empty())
        {
            let message = "the scope is empty; leave it out for everything that the account may do";
            return Err(Error::configuration(message));
        }
        let paths = TourPaths::new(&paths)?;
        let base_url =
            BaseUrl::parse(options.base_url().unwrap_or(PRODUCTION))?.with_version("/v1")?;
        let login = Arc::new(Login::new(username, password, scope)?);
        let tokens = Credentials::renewable(Arc::clone(&login));
        let http = tracking_http::Client::builder(ExportoDialect, base_url, tokens)
            .with_product(concat!("exporto-sdk/", env!("CARGO_PKG_VERSION")))
            .with_operations(operations::ALL)
            .with_options(options)
            .build()?;
        Ok(Client {
            http,
            login,
            paths: Arc::new(paths),
            unmapped: Arc::default(),
        })
    }
}

/// The base URL is the whole of it, with the version: `https://api.exporto.de/v1`.
impl ConfigureClient for ClientBuilder {
    fn options_mut(&mut self) -> &mut ClientOptions {
        &mut self.options
    }
}

//! How a client is made.

use std::sync::Arc;

use http::HeaderValue;

use crate::auth::Credentials;
use crate::call::RAW_OPERATION;
use crate::client::{Client, Shared};
use crate::clock::SystemClock;
use crate::dialect::Dialect;
use crate::error::Error;
use crate::limit::Limiter;
use crate::operation::{Operation, RateClass};
use crate::options::{
    ClientOptions, ConfigureClient, DEFAULT_CONNECT_TIMEOUT, DEFAULT_MAX_BODY_BYTES, Limits,
};
use crate::refusals::Refusals;
use crate::token_buckets::TokenBuckets;
use crate::transport::Transport;
use crate::url::BaseUrl;

impl Client {
    /// Starts a client for a provider's dialect at an address.
    pub fn builder(
        dialect: impl Dialect,
        base_url: BaseUrl,
        credentials: Credentials,
    ) -> ClientBuilder {
        let options = ClientOptions::new();
        ClientBuilder::new(dialect, Ok(base_url), Ok(credentials), options)
    }

    /// Starts the client of an SDK with the options that its own builder has collected, at the address
    /// in them or at the provider's own; see [`BaseUrl::or_default`].
    ///
    /// What is wrong with address or credentials is an error of `build`, which names the provider.
    pub fn for_provider(
        dialect: impl Dialect,
        production: &str,
        credentials: Result<Credentials, Error>,
        options: ClientOptions,
    ) -> ClientBuilder {
        let base_url = BaseUrl::or_default(options.base_url(), production);
        ClientBuilder::new(dialect, base_url, credentials, options)
    }

    /// The same client with other credentials, for the same origin: it shares connections and
    /// settings, and its requests count towards the same limits. For a [`TokenSource`](crate::TokenSource) whose token is requested with
    /// credentials of its own, such as a user name and a password.
    ///
    /// # Errors
    ///
    /// A configuration error when the credentials cannot be bound to the origin.
    pub fn with_credentials(&self, credentials: Credentials) -> Result<Self, Error> {
        let credentials = credentials.bind(&self.shared, Some(&self.credentials))?;
        Ok(Self {
            shared: Arc::clone(&self.shared),
            credentials: Arc::new(credentials),
        })
    }
}

/// Builds a [`Client`]; see [`ConfigureClient`] for the options.
#[derive(Debug)]
#[must_use]
pub struct ClientBuilder {
    dialect: Box<dyn Dialect>,
    base_url: Result<BaseUrl, Error>,
    credentials: Result<Credentials, Error>,
    operations: &'static [&'static Operation],
    product: &'static str,
    options: ClientOptions,
}

impl ClientBuilder {
    fn new(
        dialect: impl Dialect,
        base_url: Result<BaseUrl, Error>,
        credentials: Result<Credentials, Error>,
        options: ClientOptions,
    ) -> Self {
        Self {
            dialect: Box::new(dialect),
            base_url,
            credentials,
            operations: &[],
            product: concat!("tracking-http/", env!("CARGO_PKG_VERSION")),
            options,
        }
    }

    /// Names the SDK to the provider: `ship24-sdk/0.1.0`.
    pub fn with_product(mut self, product: &'static str) -> Self {
        self.product = product;
        self
    }

    /// Hands over the SDK's operations, so that a wrong name in
    /// [`with_rate_limit`](ConfigureClient::with_rate_limit) is found out. Without them no name is
    /// checked.
    pub fn with_operations(mut self, operations: &'static [&'static Operation]) -> Self {
        self.operations = operations;
        self
    }

    /// Builds the client. No connection is made.
    ///
    /// # Errors
    ///
    /// A configuration error that says what to change: an `https` address without a TLS feature, an
    /// `http` address on another machine without
    /// [`insecure_http`](ConfigureClient::insecure_http), a rate class that no operation has, no
    /// transport at all, or text that cannot be sent in a header.
    pub fn build(self) -> Result<Client, Error> {
        let Self {
            dialect,
            base_url,
            credentials,
            operations,
            product,
            options,
        } = self;
        let provider = dialect.provider();
        let build = || {
            let (base_url, credentials) = (base_url?, credentials?);
            refuse_plain_text(&base_url, &options)?;
            check_rate_classes(operations, &options)?;
            let transport = match &options.transport {
                Some(transport) => Arc::clone(transport),
                None => default_transport(&base_url, &options)?,
            };
            let limiter: Option<Arc<dyn Limiter>> = match &options.limits {
                None => Some(Arc::new(TokenBuckets::new())),
                Some(Limits::Off) => None,
                Some(Limits::Given(limiter)) => Some(Arc::clone(limiter)),
            };
            let clock = options
                .clock
                .clone()
                .unwrap_or_else(|| Arc::new(SystemClock));
            let user_agent = match &options.user_agent {
                Some(application) => header("user agent", &format!("{product} {application}"))?,
                None => header("user agent", product)?,
            };
            let shared = Shared {
                provider,
                classes: classes_of(operations, &options),
                transport,
                limiter,
                refusals: Refusals::default(),
                clock,
                max_body_bytes: options.max_body_bytes.unwrap_or(DEFAULT_MAX_BODY_BYTES),
                user_agent,
                accept: header("accepted media type", dialect.accept())?,
                content_type: header("media type", dialect.content_type())?,
                retry: options.retry.unwrap_or_default(),
                dialect,
                base_url,
                options,
            };
            let shared = Arc::new(shared);
            let credentials = credentials.bind(&shared, None)?;
            Ok(Client {
                shared,
                credentials: Arc::new(credentials),
            })
        };
        build().map_err(|error: Error| error.with_provider(provider))
    }
}

impl ConfigureClient for ClientBuilder {
    fn options_mut(&mut self) -> &mut ClientOptions {
        &mut self.options
    }
}

/// Without TLS everybody on the way can read the key.
fn refuse_plain_text(base_url: &BaseUrl, options: &ClientOptions) -> Result<(), Error> {
    if base_url.is_https() || base_url.is_loopback() || options.insecure_http {
        return Ok(());
    }
    Err(Error::configuration(format!(
        "`{base_url}` would send the credentials unencrypted to another machine: use `https`"
    ))
    .with_advice("or call `insecure_http()` on the builder if the way there is safe"))
}

/// The rate classes of all operations, each once.
fn classes_of(operations: &[&Operation], options: &ClientOptions) -> Vec<RateClass> {
    let mut classes: Vec<RateClass> = Vec::new();
    for operation in operations {
        if classes
            .iter()
            .all(|class| class.name != operation.rate.name)
        {
            classes.push(options.rate_of(operation.rate));
        }
    }
    classes
}

/// A class that no operation has would be a limit without effect.
fn check_rate_classes(operations: &[&Operation], options: &ClientOptions) -> Result<(), Error> {
    if operations.is_empty() {
        return Ok(());
    }
    let mut known: Vec<&str> = operations
        .iter()
        .map(|operation| operation.rate.name)
        .collect();
    known.push(RAW_OPERATION);
    known.sort_unstable();
    known.dedup();
    match options.unknown_rate(&known) {
        None => Ok(()),
        Some(unknown) => Err(Error::configuration(format!(
            "there is no rate class `{unknown}`; the classes are `{}`",
            known.join("`, `")
        ))),
    }
}

fn header(what: &str, text: &str) -> Result<HeaderValue, Error> {
    HeaderValue::from_str(text).map_err(|error| {
        Error::configuration(format!(
            "the {what} holds characters that no header can carry"
        ))
        .with_source(error)
    })
}

#[cfg(feature = "reqwest")]
fn default_transport(
    base_url: &BaseUrl,
    options: &ClientOptions,
) -> Result<Arc<dyn Transport>, Error> {
    let has_tls = cfg!(any(
        feature = "rustls",
        feature = "rustls-no-provider",
        feature = "native-tls"
    ));
    if base_url.is_https() && !has_tls {
        return Err(Error::configuration(format!(
            "`{base_url}` needs TLS, which is not built in: turn on one of the features `rustls`, \
             `rustls-no-provider` or `native-tls`, or bring a transport of your own"
        )));
    }
    let connect_timeout = options.connect_timeout.unwrap_or(DEFAULT_CONNECT_TIMEOUT);
    let transport = if base_url.is_loopback() {
        crate::ReqwestTransport::without_proxy(connect_timeout)?
    } else {
        crate::ReqwestTransport::new(connect_timeout)?
    };
    Ok(Arc::new(transport))
}

#[cfg(not(feature = "reqwest"))]
fn default_transport(_: &BaseUrl, _: &ClientOptions) -> Result<Arc<dyn Transport>, Error> {
    let _ = DEFAULT_CONNECT_TIMEOUT;
    Err(Error::configuration(
        "no transport is built in: turn on one of the features `rustls`, `rustls-no-provider` \
         or `native-tls`, or bring a transport of your own",
    ))
}

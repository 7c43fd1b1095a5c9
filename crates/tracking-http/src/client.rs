//! The client that every SDK wraps.

use std::fmt;
use std::sync::Arc;

use http::{HeaderValue, Method, Uri};

use crate::base_url::{BaseUrl, has_dot_segment};
use crate::call::{Call, RAW_OPERATION};
use crate::clock::{Clock, SystemClock};
use crate::config::{
    ClientOptions, ConfigureClient, DEFAULT_CONNECT_TIMEOUT, DEFAULT_MAX_BODY_BYTES, Limits,
};
use crate::credentials::{BoundCredentials, Credentials};
use crate::dialect::Dialect;
use crate::error::Error;
use crate::limit::Limiter;
use crate::operation::{Operation, RateClass};
use crate::path_template::PathTemplate;
use crate::retry::RetryPolicy;
use crate::token_buckets::TokenBuckets;
use crate::transport::Transport;

/// Makes calls to one provider with one set of credentials.
///
/// Clones are cheap and share connections, tokens and request limits.
///
/// ```no_run
/// use tracking_http::{BaseUrl, Client, Credentials, Dialect, Secret};
///
/// #[derive(Debug)]
/// struct Example;
///
/// impl Dialect for Example {
///     fn provider(&self) -> &'static str {
///         "example"
///     }
/// }
///
/// # fn main() -> Result<(), tracking_http::Error> {
/// let base_url = BaseUrl::parse("http://127.0.0.1:8080")?;
/// let credentials = Credentials::bearer(&Secret::from("not-a-real-key"))?;
/// let client = Client::builder(Example, base_url, credentials).build()?;
/// let call = client.request(http::Method::GET, "/parcels?page=1");
/// # let _ = call;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Client {
    pub(crate) shared: Arc<Shared>,
    pub(crate) credentials: Arc<BoundCredentials>,
}

/// What a client and its clones have in common, with and without credentials.
pub(crate) struct Shared {
    pub(crate) dialect: Box<dyn Dialect>,
    pub(crate) provider: &'static str,
    pub(crate) base_url: BaseUrl,
    pub(crate) options: ClientOptions,
    pub(crate) retry: RetryPolicy,
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) limiter: Option<Arc<dyn Limiter>>,
    /// The rate classes of all operations, which a pause of the whole account closes.
    pub(crate) classes: Vec<RateClass>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) max_body_bytes: usize,
    pub(crate) user_agent: HeaderValue,
    pub(crate) accept: HeaderValue,
    pub(crate) content_type: HeaderValue,
}

impl Client {
    /// Starts a client for a provider's dialect at an address.
    pub fn builder(
        dialect: impl Dialect,
        base_url: BaseUrl,
        credentials: Credentials,
    ) -> ClientBuilder {
        ClientBuilder {
            dialect: Box::new(dialect),
            base_url,
            credentials,
            operations: &[],
            product: concat!("tracking-http/", env!("CARGO_PKG_VERSION")),
            options: ClientOptions::new(),
        }
    }

    /// Starts a call of one of the provider's operations.
    pub fn call(&self, operation: &Operation) -> Call<'_> {
        Call::new(self, operation, operation.path)
    }

    /// Starts a call of an operation at another path than the operation's own, everything else
    /// being the same.
    pub fn call_at<'a>(&'a self, operation: &Operation, path: &'a PathTemplate) -> Call<'a> {
        Call::new(self, operation, path.as_str())
    }

    /// Starts a call of any path below the base URL, such as `/trackers?page=2`, for what the SDK
    /// does not model. The path is sent as it is, so percent-encode what is not part of the URL.
    ///
    /// Credentials, limits, retries and error mapping apply. Every 2xx answer is a success.
    /// Methods that HTTP defines as idempotent are repeated after a failure, POST and PATCH are
    /// not; [`Call::idempotent`] changes that. The call draws from a rate class of its own without
    /// a documented limit; [`Call::rate`] changes that.
    pub fn request(&self, method: Method, path: &str) -> Call<'_> {
        self.raw(method, self.base_url().as_str(), path)
    }

    /// Starts a call of an address that the provider itself gave, such as a link to a next page:
    /// a path from the root of the host, or a complete URL on the host of the base URL.
    ///
    /// A URL on another host is refused, since the call carries credentials.
    pub fn follow(&self, method: Method, address: &str) -> Call<'_> {
        let origin = self.base_url().origin();
        let path = match address.split_at_checked(origin.len()) {
            Some((start, rest)) if start.eq_ignore_ascii_case(origin) => rest,
            _ => address,
        };
        self.raw(method, origin, path)
    }

    /// Passes on what a check before a call says; its error names the provider.
    ///
    /// # Errors
    ///
    /// The error of the check.
    pub fn checked<T>(&self, outcome: Result<T, Error>) -> Result<T, Error> {
        outcome.map_err(|error| error.with_provider(self.provider()))
    }

    /// The address below which all operations lie.
    #[must_use]
    pub fn base_url(&self) -> &BaseUrl {
        &self.shared.base_url
    }

    /// The provider's short name.
    #[must_use]
    pub fn provider(&self) -> &'static str {
        self.shared.provider
    }

    /// The same client with other credentials, for the same origin: it shares connections and
    /// settings, and its requests count towards the same limits. For a [`TokenSource`](crate::TokenSource) whose token is requested with
    /// credentials of its own, such as a user name and a password.
    ///
    /// # Errors
    ///
    /// A configuration error when the credentials cannot be bound to the origin.
    pub fn with_credentials(&self, credentials: Credentials) -> Result<Self, Error> {
        let shared = Arc::clone(&self.shared);
        let uri = origin_of(&shared.base_url)?;
        let credentials = credentials.bind(&uri, Arc::clone(&shared.clock))?;
        let credentials = credentials.counted_as(&self.credentials);
        Ok(Self {
            shared,
            credentials: Arc::new(credentials),
        })
    }

    /// The same client, except that it proves nothing: for the request that fetches a token.
    #[must_use]
    pub fn without_credentials(&self) -> Self {
        Self {
            shared: Arc::clone(&self.shared),
            credentials: Arc::new(self.credentials.without_proof()),
        }
    }

    pub(crate) fn content_type(&self) -> &HeaderValue {
        &self.shared.content_type
    }

    fn raw(&self, method: Method, start: &str, path: &str) -> Call<'_> {
        let call = Call::raw(self, method, [start, path].concat());
        let (plain, _) = path.split_once(['?', '#']).unwrap_or((path, ""));
        if !path.starts_with('/') {
            call.refused(Error::invalid_request("path", "must start with `/`"))
        } else if path
            .bytes()
            .any(|byte| !byte.is_ascii_graphic() || matches!(byte, b'#' | b'\\'))
        {
            call.refused(Error::invalid_request(
                "path",
                "must not hold blanks, `#`, backslashes or letters beyond ASCII: percent-encode them",
            ))
        } else if has_dot_segment(plain) {
            call.refused(Error::invalid_request(
                "path",
                "must not hold `.` or `..` segments",
            ))
        } else {
            call
        }
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Client")
            .field("provider", &self.shared.provider)
            .field("base_url", &self.shared.base_url)
            .field("credentials", &self.credentials)
            .finish_non_exhaustive()
    }
}

/// Builds a [`Client`]; see [`ConfigureClient`] for the options.
#[derive(Debug)]
#[must_use]
pub struct ClientBuilder {
    dialect: Box<dyn Dialect>,
    base_url: BaseUrl,
    credentials: Credentials,
    operations: &'static [&'static Operation],
    product: &'static str,
    options: ClientOptions,
}

impl ClientBuilder {
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
            refuse_plain_text(&base_url, &options)?;
            check_rate_classes(operations, &options)?;
            let transport = match &options.transport {
                Some(transport) => Arc::clone(transport),
                None => default_transport(&base_url, &options)?,
            };
            let limiter: Option<Arc<dyn Limiter>> = match &options.limits {
                None => Some(Arc::new(
                    TokenBuckets::new().with_slack(TokenBuckets::USUAL_SLACK),
                )),
                Some(Limits::Off) => None,
                Some(Limits::Given(limiter)) => Some(Arc::clone(limiter)),
            };
            let clock = options
                .clock
                .clone()
                .unwrap_or_else(|| Arc::new(SystemClock));
            let uri = origin_of(&base_url)?;
            let credentials = credentials.bind(&uri, Arc::clone(&clock))?;
            let user_agent = match &options.user_agent {
                Some(application) => header("user agent", &format!("{product} {application}"))?,
                None => header("user agent", product)?,
            };
            let shared = Shared {
                provider,
                classes: classes_of(operations, &options),
                transport,
                limiter,
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
            Ok(Client {
                shared: Arc::new(shared),
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

fn origin_of(base_url: &BaseUrl) -> Result<Uri, Error> {
    base_url
        .as_str()
        .parse()
        .map_err(|error| Error::configuration("the base URL is not valid").with_source(error))
}

/// Without TLS everybody on the way can read the key.
fn refuse_plain_text(base_url: &BaseUrl, options: &ClientOptions) -> Result<(), Error> {
    if base_url.is_https() || base_url.is_loopback() || options.insecure_http {
        return Ok(());
    }
    Err(Error::configuration(format!(
        "`{base_url}` would send the credentials unencrypted to another machine: use `https`, or call \
         `insecure_http()` on the builder if the way there is safe"
    )))
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
        "no transport is built in: turn on one of the features `rustls`, `rustls-no-provider`, \
         `native-tls` or `reqwest`, or bring a transport of your own",
    ))
}

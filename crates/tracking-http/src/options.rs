//! The options that every client understands, and how an SDK's builder passes them on.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::clock::Clock;
use crate::limit::Limiter;
use crate::operation::RateClass;
use crate::retry::RetryPolicy;
use crate::transport::Transport;
use crate::url::base_url::Shown;

/// Time for one attempt, where neither the caller nor the operation says otherwise.
pub(crate) const DEFAULT_TIMEOUT: Duration = Duration::from_secs(30);
/// Time for name resolution, TCP and TLS.
pub(crate) const DEFAULT_CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// The largest body that is read into memory.
pub(crate) const DEFAULT_MAX_BODY_BYTES: usize = 32 * 1024 * 1024;

/// What a caller may choose about a client, whatever the provider.
///
/// The setters are those of [`ConfigureClient`].
#[derive(Clone, Default)]
pub struct ClientOptions {
    pub(crate) base_url: Option<String>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) connect_timeout: Option<Duration>,
    pub(crate) total_timeout: Option<Duration>,
    pub(crate) user_agent: Option<String>,
    pub(crate) retry: Option<RetryPolicy>,
    pub(crate) limits: Option<Limits>,
    pub(crate) rates: Vec<RateOverride>,
    pub(crate) max_body_bytes: Option<usize>,
    pub(crate) transport: Option<Arc<dyn Transport>>,
    pub(crate) clock: Option<Arc<dyn Clock>>,
    pub(crate) insecure_http: bool,
}

/// Where the request limits are kept, if not in buckets of the client alone.
#[derive(Clone, Debug)]
pub(crate) enum Limits {
    /// Nowhere.
    Off,
    /// In a limiter that the caller brought.
    Given(Arc<dyn Limiter>),
}

/// A caller's own number for one of the provider's rate classes.
#[derive(Clone, Debug)]
pub(crate) struct RateOverride {
    name: String,
    requests: u32,
    per: Duration,
}

impl ClientOptions {
    /// Options with all defaults.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The base URL that the caller has set, unread.
    #[must_use]
    pub fn base_url(&self) -> Option<&str> {
        self.base_url.as_deref()
    }

    /// The clock that the caller has set, for an SDK that compares times itself.
    #[must_use]
    pub fn clock(&self) -> Option<&Arc<dyn Clock>> {
        self.clock.as_ref()
    }

    /// Sets what the other options set, except for the address: it belongs to one provider.
    fn take_over(&mut self, other: Self) {
        fn set<T>(own: &mut Option<T>, other: Option<T>) {
            if other.is_some() {
                *own = other;
            }
        }
        set(&mut self.timeout, other.timeout);
        set(&mut self.connect_timeout, other.connect_timeout);
        set(&mut self.total_timeout, other.total_timeout);
        set(&mut self.user_agent, other.user_agent);
        set(&mut self.retry, other.retry);
        set(&mut self.limits, other.limits);
        self.rates.extend(other.rates);
        set(&mut self.max_body_bytes, other.max_body_bytes);
        set(&mut self.transport, other.transport);
        set(&mut self.clock, other.clock);
        self.insecure_http |= other.insecure_http;
    }

    /// The class of an override that is none of these.
    pub(crate) fn unknown_rate<'a>(&'a self, known: &[&str]) -> Option<&'a str> {
        let mut names = self.rates.iter().map(|rate| rate.name.as_str());
        names.find(|name| !known.contains(name))
    }

    /// The class with the caller's own numbers, if there are any.
    pub(crate) fn rate_of(&self, class: RateClass) -> RateClass {
        match self.rates.iter().rev().find(|rate| rate.name == class.name) {
            Some(rate) => RateClass::new(class.name, rate.requests, rate.per),
            None => class,
        }
    }
}

impl fmt::Debug for ClientOptions {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ClientOptions")
            .field(
                "base_url",
                &self.base_url.as_deref().map(|url| Shown(url).to_string()),
            )
            .field("timeout", &self.timeout)
            .field("connect_timeout", &self.connect_timeout)
            .field("total_timeout", &self.total_timeout)
            .field("user_agent", &self.user_agent)
            .field("retry", &self.retry)
            .field("limits", &self.limits)
            .field("rates", &self.rates)
            .field("max_body_bytes", &self.max_body_bytes)
            .field("transport", &self.transport)
            .field("clock", &self.clock)
            .field("insecure_http", &self.insecure_http)
            .finish()
    }
}

/// The options of every client builder.
///
/// An SDK's builder implements [`options_mut`](Self::options_mut) and gets all setters. Import the
/// trait to call them.
///
/// ```
/// use std::time::Duration;
/// use tracking_http::{ClientOptions, ConfigureClient as _, RetryPolicy};
///
/// let options = ClientOptions::new()
///     .with_timeout(Duration::from_secs(10))
///     .with_retry(RetryPolicy::none())
///     .with_user_agent("parcel-board/2.1");
/// # let _ = options;
/// ```
pub trait ConfigureClient: Sized {
    /// The options that the setters change.
    fn options_mut(&mut self) -> &mut ClientOptions;

    /// Takes over everything that the options set, for clients of several providers that are to
    /// behave alike. What they do not set stays as it is here.
    ///
    /// The base URL is never taken over: it would send one provider's key to another's address. Set
    /// it on each builder, with [`with_base_url`](Self::with_base_url).
    #[must_use]
    fn with_options(mut self, options: ClientOptions) -> Self {
        self.options_mut().take_over(options);
        self
    }

    /// Sends to another address than the provider's own: a test system, a proxy, a sandbox.
    #[must_use]
    fn with_base_url(mut self, url: impl Into<String>) -> Self {
        self.options_mut().base_url = Some(url.into());
        self
    }

    /// Allows a base URL with `http` on another machine than this one. Everybody on the way can then
    /// read the key and change the responses. Without it, such a client is not built.
    #[must_use]
    fn insecure_http(mut self) -> Self {
        self.options_mut().insecure_http = true;
        self
    }

    /// Sets the time for one attempt, from connecting to the last byte of the response. It replaces
    /// the operations' own times too. Default: 30 seconds, or what the operation needs.
    #[must_use]
    fn with_timeout(mut self, timeout: Duration) -> Self {
        self.options_mut().timeout = Some(timeout);
        self
    }

    /// Sets the time for establishing a connection. Default: 10 seconds. Not applied to a
    /// transport that the caller brings.
    #[must_use]
    fn with_connect_timeout(mut self, timeout: Duration) -> Self {
        self.options_mut().connect_timeout = Some(timeout);
        self
    }

    /// Bounds a whole call, with waiting for limits, all attempts and the pauses between them.
    /// Default: no bound beyond that of the retry policy.
    #[must_use]
    fn with_total_timeout(mut self, timeout: Duration) -> Self {
        self.options_mut().total_timeout = Some(timeout);
        self
    }

    /// Names the application to the provider, after the SDK's own name: `parcel-board/2.1`.
    #[must_use]
    fn with_user_agent(mut self, product: impl Into<String>) -> Self {
        self.options_mut().user_agent = Some(product.into());
        self
    }

    /// Sets how often and for how long a failed attempt is repeated.
    #[must_use]
    fn with_retry(mut self, policy: RetryPolicy) -> Self {
        self.options_mut().retry = Some(policy);
        self
    }

    /// Shares request limits with other clients, or with other processes. An `Arc` of a limiter is
    /// one too.
    #[must_use]
    fn with_limiter(mut self, limiter: impl Limiter + 'static) -> Self {
        self.options_mut().limits = Some(Limits::Given(Arc::new(limiter)));
        self
    }

    /// Replaces the documented limit of one rate class, for example after a change of plan. A class
    /// that the SDK does not know is an error of `build`.
    #[must_use]
    fn with_rate_limit(mut self, class: impl Into<String>, requests: u32, per: Duration) -> Self {
        let rate = RateOverride {
            name: class.into(),
            requests,
            per,
        };
        self.options_mut().rates.push(rate);
        self
    }

    /// Sends as fast as the caller asks. The provider's "too many requests" responses are still
    /// honoured call by call.
    #[must_use]
    fn without_rate_limits(mut self) -> Self {
        self.options_mut().limits = Some(Limits::Off);
        self
    }

    /// Sets the largest body that is read into memory. Default: 32 MiB.
    #[must_use]
    fn with_max_body_bytes(mut self, bytes: usize) -> Self {
        self.options_mut().max_body_bytes = Some(bytes);
        self
    }

    /// Sends through another transport than the built-in one. An `Arc` of a transport is one too.
    #[must_use]
    fn with_transport(mut self, transport: impl Transport + 'static) -> Self {
        self.options_mut().transport = Some(Arc::new(transport));
        self
    }

    /// Sends through a reqwest client that the caller has built, for its proxies, certificates or
    /// connection pool. See [`ReqwestTransport::from_client`](crate::ReqwestTransport::from_client)
    /// on redirects.
    #[cfg(feature = "reqwest")]
    #[must_use]
    fn with_reqwest_client(self, client: reqwest::Client) -> Self {
        self.with_transport(crate::ReqwestTransport::from_client(client))
    }

    /// Reads the wall clock somewhere else; for tests of dates in `Retry-After` and tokens.
    /// An `Arc` of a clock is one too.
    #[must_use]
    fn with_clock(mut self, clock: impl Clock + 'static) -> Self {
        self.options_mut().clock = Some(Arc::new(clock));
        self
    }
}

impl ConfigureClient for ClientOptions {
    fn options_mut(&mut self) -> &mut ClientOptions {
        self
    }
}

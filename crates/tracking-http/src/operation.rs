//! What a client knows about one endpoint before it is called: facts, no behaviour.

use std::time::Duration;

use http::Method;

/// One endpoint of a provider, as constant data.
///
/// The SDKs generate one constant per endpoint from their OpenAPI description, and pass it to
/// [`Client::call`](crate::Client::call).
///
/// ```
/// use std::time::Duration;
/// use tracking_http::{Operation, RateClass};
///
/// const GET_PARCEL: Operation = Operation::new("get-parcel", http::Method::GET, "/parcels/{parcelId}")
///     .success(&[200])
///     .idempotent()
///     .rate(RateClass::new("default", 10, Duration::from_secs(1)));
/// assert_eq!(GET_PARCEL.id, "get-parcel");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[must_use]
pub struct Operation {
    /// The provider's own name of the operation, as its documentation writes it.
    pub id: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path below the base URL, with parameters in braces: `/trackers/{trackerId}`.
    pub path: &'static str,
    /// The documented success codes. Every 2xx response counts as success, listed or not, because
    /// providers respond with 201 where they document 200; 206, which is a part of a response, and a code
    /// outside of 2xx count only if listed.
    pub success: &'static [u16],
    /// True if a repeat has the same effect as a single call, so that a retry is safe even when
    /// the first attempt may have reached the provider.
    pub idempotent: bool,
    /// True if the operation changes nothing at the provider and costs nothing, as GET does, although it is sent
    /// with another method: a list whose filter is a body. A success whose body breaks off is requested again
    /// then, if the operation is [idempotent](Self::idempotent) too.
    pub reads: bool,
    /// The bucket of the provider's request limits that this operation draws from.
    pub rate: RateClass,
    /// Time for one attempt, where the operation needs another than the client's default.
    pub timeout: Option<Duration>,
}

impl Operation {
    /// An operation that is not safe to repeat, has no documented limit and the client's own
    /// timeout.
    ///
    /// Its rate class bears its id, since most providers count per endpoint.
    pub const fn new(id: &'static str, method: Method, path: &'static str) -> Self {
        Self {
            id,
            method,
            path,
            success: &[],
            idempotent: false,
            reads: false,
            rate: RateClass::unlimited(id),
            timeout: None,
        }
    }

    /// Sets the documented [success codes](Self::success).
    pub const fn success(mut self, codes: &'static [u16]) -> Self {
        self.success = codes;
        self
    }

    /// Declares that a repeat does [no harm](Self::idempotent).
    pub const fn idempotent(mut self) -> Self {
        self.idempotent = true;
        self
    }

    /// Declares that it [reads](Self::reads), whatever its method.
    pub const fn reads(mut self) -> Self {
        self.reads = true;
        self
    }

    /// Sets the [bucket](Self::rate) of the provider's limits.
    pub const fn rate(mut self, class: RateClass) -> Self {
        self.rate = class;
        self
    }

    /// Sets the time for [one attempt](Self::timeout).
    pub const fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }
}

/// A bucket of the provider's documented request limits.
///
/// Operations with the same `name` share one bucket per credential.
///
/// Like [`Operation`] and [`Failure`](crate::Failure) it is built through its constructor, so that a
/// later version can know more about it:
///
/// ```compile_fail,E0639
/// use std::time::Duration;
/// use tracking_http::RateClass;
///
/// let class = RateClass { name: "default", requests: 10, per: Duration::from_secs(1) };
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct RateClass {
    /// Identifies the bucket, for example the operation's id when the provider counts per endpoint.
    pub name: &'static str,
    /// How many requests the provider allows in each period. Zero means no documented limit.
    pub requests: u32,
    /// The period.
    pub per: Duration,
}

impl RateClass {
    /// A class with a documented limit: so many requests in each period.
    #[must_use]
    pub const fn new(name: &'static str, requests: u32, per: Duration) -> Self {
        Self {
            name,
            requests,
            per,
        }
    }

    /// A class without a documented limit: its requests are only held back after a 429.
    #[must_use]
    pub const fn unlimited(name: &'static str) -> Self {
        Self {
            name,
            requests: 0,
            per: Duration::from_secs(1),
        }
    }
}

//! The seam for request limits: who may send, and when.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use tracking_core::kit::BoxFuture;

use crate::error::Error;
use crate::operation::RateClass;

/// Holds requests back so that a provider's limits are kept.
///
/// The default is [`TokenBuckets`](crate::TokenBuckets), in the memory of the process and shared by
/// all clones of a client. Give several clients the same limiter when they use the same credential.
/// Implement the trait to share limits between processes.
pub trait Limiter: fmt::Debug + Send + Sync {
    /// Waits until the bucket lets one more request pass, and takes its place.
    ///
    /// Dropping the future gives the place back.
    ///
    /// # Errors
    /// Kind `RateLimited` with [`retry_after`](Error::retry_after) when the bucket is known to stay
    /// closed for longer than [`LimitKey::max_wait`]; whatever a shared store needs to report.
    fn acquire<'a>(&'a self, key: LimitKey<'a>) -> BoxFuture<'a, Result<(), Error>>;

    /// Closes the bucket, because the provider asked to wait so long. A pause that already lasts
    /// longer stays. The wait comes from a header as it is: an implementation should bound it, since
    /// one wrong header may ask for years.
    ///
    /// The call goes on even if that fails, so a limiter with a store that can fail handles
    /// the failure itself.
    fn pause<'a>(&'a self, key: LimitKey<'a>, wait: Duration) -> BoxFuture<'a, ()>;
}

impl<T: Limiter + ?Sized> Limiter for Arc<T> {
    fn acquire<'a>(&'a self, key: LimitKey<'a>) -> BoxFuture<'a, Result<(), Error>> {
        (**self).acquire(key)
    }

    fn pause<'a>(&'a self, key: LimitKey<'a>, wait: Duration) -> BoxFuture<'a, ()> {
        (**self).pause(key, wait)
    }
}

/// Names a bucket: a credential and a rate class of the provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LimitKey<'a> {
    /// A fingerprint of credential, account and origin: the 64-bit FNV-1a hash, the same in all
    /// processes, builds and machines, so that it can name a bucket in a shared store. It is no
    /// cryptographic hash: whoever reads it can test guesses of a weak credential.
    pub credential: u64,
    /// The class, with the rate that applies: the documented one, or the client's own setting.
    pub class: &'a RateClass,
    /// How long the caller can wait for a paused bucket, when that is limited. A client passes what
    /// is left of the call's total time and of its retry policy's.
    pub max_wait: Option<Duration>,
}

impl<'a> LimitKey<'a> {
    /// Creates a key for a caller that can wait for ever.
    #[must_use]
    pub const fn new(credential: u64, class: &'a RateClass) -> Self {
        Self {
            credential,
            class,
            max_wait: None,
        }
    }

    /// Sets how long the caller can wait.
    #[must_use]
    pub const fn with_max_wait(mut self, max_wait: Option<Duration>) -> Self {
        self.max_wait = max_wait;
        self
    }
}

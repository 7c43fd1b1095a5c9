//! `PauseReporter`: says when a provider makes its callers wait.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;
use tracking_core::kit::BoxFuture;

use crate::error::Error;
use crate::limit::{LimitKey, Limiter};
use crate::token_buckets::TokenBuckets;

/// Calls a function when a pause begins, and leaves everything else to another limiter.
///
/// A pause begins with a response that asks to slow down. Calls then wait without a result, some for
/// minutes; the function can say so at once. Give each account a reporter of its own, whose function
/// knows the account; accounts of one credential can still share the limiter inside.
///
/// The function is called once per pause and credential, with the wait that the provider asked for, or
/// the usual one of a provider that names none: not for each of the calls that were under way, and not when a
/// pause that lasts is extended. After [15 minutes](TokenBuckets::USUAL_MAX_PAUSE) a pause counts as
/// a new one, since that is how long the usual limiter keeps one. The function must not block.
///
/// ```
/// use std::sync::Arc;
///
/// use tracking_http::{PauseReporter, TokenBuckets};
///
/// let limiter = PauseReporter::new(TokenBuckets::new(), |wait| {
///     eprintln!("ship24-de pauses for {} s", wait.as_secs());
/// });
/// // For the `with_limiter` of the client's builder.
/// let limiter = Arc::new(limiter);
/// # let _ = limiter;
/// ```
pub struct PauseReporter<L> {
    limiter: L,
    report: Box<dyn Fn(Duration) + Send + Sync>,
    /// Until when each credential is paused.
    paused: Mutex<HashMap<u64, Instant>>,
}

impl<L: Limiter> PauseReporter<L> {
    /// Creates a reporter in front of a limiter.
    #[must_use]
    pub fn new(limiter: L, report: impl Fn(Duration) + Send + Sync + 'static) -> Self {
        Self {
            limiter,
            report: Box::new(report),
            paused: Mutex::default(),
        }
    }

    /// Keeps a pause; returns true if it begins with this one.
    fn begins(&self, credential: u64, wait: Duration) -> bool {
        let now = Instant::now();
        let until = now + wait.min(TokenBuckets::USUAL_MAX_PAUSE);
        let mut paused = self.paused.lock().unwrap_or_else(PoisonError::into_inner);
        paused.retain(|_, until| *until > now);
        match paused.entry(credential) {
            Entry::Vacant(first) => {
                first.insert(until);
                true
            }
            Entry::Occupied(mut current) => {
                let longest = until.max(*current.get());
                current.insert(longest);
                false
            }
        }
    }
}

impl<L: Limiter> Limiter for PauseReporter<L> {
    fn acquire<'a>(&'a self, key: LimitKey<'a>) -> BoxFuture<'a, Result<(), Error>> {
        self.limiter.acquire(key)
    }

    fn pause<'a>(&'a self, key: LimitKey<'a>, wait: Duration) -> BoxFuture<'a, ()> {
        if !wait.is_zero() && self.begins(key.credential, wait) {
            (self.report)(wait);
        }
        self.limiter.pause(key, wait)
    }
}

impl<L: fmt::Debug> fmt::Debug for PauseReporter<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PauseReporter")
            .field("limiter", &self.limiter)
            .finish_non_exhaustive()
    }
}

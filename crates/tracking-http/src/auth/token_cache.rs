//! Keeps the token of one client: one fetch at a time, renewed before it expires.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use http::HeaderValue;
use tokio::sync::Mutex;
use tokio::time::Instant;
use tracking_core::ErrorKind;
use tracking_core::kit::BoxFuture;

use super::header::sensitive_value;
use super::token::{Token, Validity};
use crate::clock::Clock;
use crate::error::Error;

/// A token is renewed this long before it expires, so that a request that leaves with it arrives in
/// time.
const MARGIN: Duration = Duration::from_secs(60);

/// A short-lived token keeps most of its life: the margin is at most this part of it.
const MARGIN_PART: u32 = 5;

/// After an early renewal failed, the old token serves alone for this long.
const RENEWAL_PAUSE: Duration = Duration::from_secs(5);

/// Requests a token.
pub(super) trait FetchToken: fmt::Debug + Send + Sync {
    fn fetch(&self) -> BoxFuture<'_, Result<Token, Error>>;
}

/// The token of one account at one origin.
#[derive(Debug)]
pub(crate) struct TokenCache {
    source: Box<dyn FetchToken>,
    clock: Arc<dyn Clock>,
    current: RwLock<Option<CachedToken>>,
    /// Counts finished fetches, so that a caller who waited knows that somebody fetched meanwhile.
    rounds: AtomicU64,
    /// Held while fetching.
    renewal: Mutex<Renewal>,
}

#[derive(Debug, Default)]
struct Renewal {
    /// The outcome of the last fetch, if it failed.
    failure: Option<Error>,
    /// No early renewal before this time.
    not_before: Option<Instant>,
}

/// A token, ready to be put into a request.
#[derive(Clone, Debug)]
pub(crate) struct CachedToken {
    pub(crate) value: HeaderValue,
    pub(crate) generation: u64,
    lifetime: Option<Lifetime>,
}

#[derive(Clone, Copy, Debug)]
struct Lifetime {
    renew_at: Instant,
    expires_at: Instant,
}

/// Where there is no token endpoint there is no such API: that is said of the address, since "not
/// found" is what callers take for an unknown parcel.
fn of_another_address(error: Error) -> Error {
    if error.kind() != ErrorKind::NotFound {
        return error;
    }
    error
        .with_kind(ErrorKind::Configuration)
        .with_message("there is no endpoint for tokens there: check the base URL")
}

impl CachedToken {
    fn is_fresh(&self, now: Instant) -> bool {
        self.lifetime.is_none_or(|lifetime| now < lifetime.renew_at)
    }

    fn is_valid(&self, now: Instant) -> bool {
        self.lifetime
            .is_none_or(|lifetime| now < lifetime.expires_at)
    }
}

impl TokenCache {
    pub(super) fn new(source: impl FetchToken + 'static, clock: Arc<dyn Clock>) -> Self {
        Self {
            source: Box::new(source),
            clock,
            current: RwLock::default(),
            rounds: AtomicU64::new(0),
            renewal: Mutex::default(),
        }
    }

    /// Returns a valid token, fetching one if needed.
    pub(crate) async fn token(&self) -> Result<CachedToken, Error> {
        // Read before the token: a fetch that ends in between then counts as one that was missed.
        let rounds_seen = self.rounds.load(Ordering::Acquire);
        let now = Instant::now();
        match self.current() {
            Some(token) if token.is_fresh(now) => Ok(token),
            Some(token) if token.is_valid(now) => self.renew_early(token).await,
            _ => self.fetch_once(rounds_seen).await,
        }
    }

    /// Forgets the token of this generation, if it is still the current one.
    pub(crate) fn drop_refused(&self, generation: u64) {
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        current.take_if(|token| token.generation == generation);
    }

    /// Lets one caller renew while the others go on with the old token, which is still valid. A
    /// failure costs no call.
    async fn renew_early(&self, old: CachedToken) -> Result<CachedToken, Error> {
        let Ok(mut renewal) = self.renewal.try_lock() else {
            return Ok(old);
        };
        let now = Instant::now();
        if renewal.not_before.is_some_and(|time| now < time) {
            return Ok(old);
        }
        // Another caller may have renewed between the look at the token and the lock.
        if let Some(token) = self.current().filter(|token| token.is_fresh(now)) {
            return Ok(token);
        }
        match self.fetch(&mut renewal).await {
            Err(_) if old.is_valid(Instant::now()) => {
                renewal.not_before = Some(Instant::now() + RENEWAL_PAUSE);
                Ok(old)
            }
            outcome => outcome,
        }
    }

    /// Fetches, unless a fetch ended while this caller waited for its turn: its outcome, token or
    /// error, is then shared, so that a refused password is not sent once per waiting caller.
    async fn fetch_once(&self, rounds_seen: u64) -> Result<CachedToken, Error> {
        let mut renewal = self.renewal.lock().await;
        let waited_for_fetch = self.rounds.load(Ordering::Acquire) != rounds_seen;
        let current = self.current();
        if waited_for_fetch && let Some(failure) = &renewal.failure {
            return Err(failure.clone());
        }
        let now = Instant::now();
        // A token that was issued just now is used even if the provider gave it no lifetime at all.
        if let Some(token) = current.filter(|token| waited_for_fetch || token.is_valid(now)) {
            return Ok(token);
        }
        self.fetch(&mut renewal).await
    }

    async fn fetch(&self, renewal: &mut Renewal) -> Result<CachedToken, Error> {
        let asked_at = Instant::now();
        let outcome = self.source.fetch().await.map_err(of_another_address);
        let outcome = outcome.and_then(|token| self.admit(&token, asked_at));
        renewal.failure = outcome.as_ref().err().cloned();
        if let Ok(token) = &outcome {
            renewal.not_before = None;
            let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
            *current = Some(token.clone());
        }
        self.rounds.fetch_add(1, Ordering::Release);
        outcome
    }

    fn admit(&self, token: &Token, asked_at: Instant) -> Result<CachedToken, Error> {
        let value = sensitive_value("Bearer ", token.secret()).map_err(|_| {
            Error::new(
                ErrorKind::Decode,
                "the provider issued a token that is empty or cannot be sent in a header",
            )
        })?;
        let lifetime = match token.validity() {
            Validity::UntilRefused => None,
            Validity::For(lifetime) => Some(lifetime),
            Validity::Until(expiry) => {
                Some(expiry.duration_since(self.clock.now()).unwrap_or_default())
            }
        };
        Ok(CachedToken {
            value,
            // Fetches are made one at a time, so the count of finished ones is unique.
            generation: self.rounds.load(Ordering::Acquire),
            lifetime: lifetime.and_then(|lifetime| Lifetime::starting(asked_at, lifetime)),
        })
    }

    /// The token that is in use, fresh or not.
    fn current(&self) -> Option<CachedToken> {
        self.current
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

impl Lifetime {
    /// `None` when the end is further away than the clock can represent.
    fn starting(start: Instant, lifetime: Duration) -> Option<Self> {
        let expires_at = start.checked_add(lifetime)?;
        let margin = MARGIN.min(lifetime / MARGIN_PART);
        Some(Self {
            renew_at: start + (lifetime - margin),
            expires_at,
        })
    }
}

//! Several providers used as one: many lookups at a time, each with its own result.

use std::sync::Arc;

use crate::{
    Error, ErrorKind, Outcome, Provider, ProviderId, TrackRequest, WebhookDelivery, WebhookRequest,
};
use futures_util::stream::{self, Stream, StreamExt};

/// Providers by name, and lookups over all of them.
///
/// ```no_run
/// # use std::sync::Arc;
/// # use tracking_core::{Error, Lookup, Provider, ProviderSet, TrackRequest};
/// # async fn example(ship24: Arc<dyn Provider>) -> Result<(), Error> {
/// let mut providers = ProviderSet::new();
/// providers.add(ship24)?;
///
/// let lookups = ["SHIP24_SAMPLE_DELIVERED_001", "1Z999AA10123456784"]
///     .map(|number| Lookup::new("ship24", TrackRequest::number(number)));
/// for found in providers.track_all(lookups).await {
///     match found.result {
///         Ok(outcome) => println!("{outcome:?}"),
///         Err(error) => eprintln!("{}: {error}", found.lookup.provider),
///     }
/// }
/// # Ok(())
/// # }
/// ```
///
/// Requests to one provider are slowed down by the limits of its client, not here; this type
/// only bounds how many lookups are under way at once.
#[derive(Debug, Clone)]
pub struct ProviderSet {
    providers: Vec<Arc<dyn Provider>>,
    concurrency: usize,
}

/// One thing to look up at one provider.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Lookup {
    /// The provider's name, such as `ship24`; upper and lower case are the same.
    pub provider: String,
    /// What to look up.
    pub request: TrackRequest,
}

impl Lookup {
    /// Names a provider and what to look up there.
    #[must_use]
    pub fn new(provider: impl Into<String>, request: TrackRequest) -> Self {
        Self {
            provider: provider.into(),
            request,
        }
    }
}

/// The result of one [`Lookup`].
#[derive(Debug)]
#[non_exhaustive]
pub struct LookupResult {
    /// The position of the lookup in what was passed in, from 0.
    pub index: usize,
    /// What was asked.
    pub lookup: Lookup,
    /// What came of it. An error here says nothing about the other lookups.
    pub result: Result<Outcome, Error>,
}

impl ProviderSet {
    /// How many lookups run at once unless [`ProviderSet::with_concurrency`] says otherwise.
    pub const DEFAULT_CONCURRENCY: usize = 8;

    /// Makes a set without providers.
    #[must_use]
    pub fn new() -> Self {
        Self {
            providers: Vec::new(),
            concurrency: Self::DEFAULT_CONCURRENCY,
        }
    }

    /// Sets how many lookups may be under way at once; 0 counts as 1.
    #[must_use]
    pub fn with_concurrency(mut self, concurrency: usize) -> Self {
        self.concurrency = concurrency.max(1);
        self
    }

    /// Adds a provider.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`] if a provider of this name is in the set: replacing it
    /// silently would send lookups to another account.
    pub fn add(&mut self, provider: Arc<dyn Provider>) -> Result<(), Error> {
        let id = provider.id();
        if self.find(id.as_str()).is_some() {
            let message = format!("the provider `{id}` was added twice; add it once");
            return Err(Error::new(ErrorKind::Configuration, id, message));
        }
        self.providers.push(provider);
        Ok(())
    }

    /// Returns the provider of this name; upper and lower case are the same.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`] if there is none; the message lists the names that exist.
    pub fn get(&self, name: &str) -> Result<&Arc<dyn Provider>, Error> {
        self.find(name).ok_or_else(|| self.unknown(name))
    }

    /// Lists the names of the providers in the order in which they were added.
    #[must_use]
    pub fn ids(&self) -> Vec<ProviderId> {
        self.iter().map(|provider| provider.id()).collect()
    }

    /// Iterates over the providers in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<dyn Provider>> {
        self.providers.iter()
    }

    /// Returns how many providers are in the set.
    #[must_use]
    pub fn len(&self) -> usize {
        self.providers.len()
    }

    /// Returns whether the set has no providers.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.providers.is_empty()
    }

    /// Looks everything up, as many at once as the set allows, and returns one result per lookup
    /// in the order of the lookups.
    ///
    /// Nothing is lost when some fail: each failure is the result of its own lookup, an unknown
    /// provider name included.
    pub async fn track_all(&self, lookups: impl IntoIterator<Item = Lookup>) -> Vec<LookupResult> {
        stream::iter(lookups.into_iter().enumerate())
            .map(|(index, lookup)| self.track_one(index, lookup))
            .buffered(self.concurrency)
            .collect()
            .await
    }

    /// Does the same as [`ProviderSet::track_all`] and hands out each result as soon as it is
    /// there: not in order (see [`LookupResult::index`]), and in constant memory.
    pub fn track_each<'a, I>(&'a self, lookups: I) -> impl Stream<Item = LookupResult> + 'a
    where
        I: IntoIterator<Item = Lookup>,
        I::IntoIter: 'a,
    {
        stream::iter(lookups.into_iter().enumerate())
            .map(|(index, lookup)| self.track_one(index, lookup))
            .buffer_unordered(self.concurrency)
    }

    /// Asks every provider of the set for the same thing: one result per provider, in the order
    /// in which they were added.
    ///
    /// A number does not say whose it is, so several providers may know it.
    pub async fn track_everywhere(&self, request: &TrackRequest) -> Vec<LookupResult> {
        let lookups: Vec<Lookup> = self
            .iter()
            .map(|provider| Lookup::new(provider.id().as_str(), request.clone()))
            .collect();
        self.track_all(lookups).await
    }

    /// Hands a received webhook to the provider of this name.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`] if there is no such provider, else the provider's error.
    pub fn webhook(
        &self,
        name: &str,
        request: WebhookRequest<'_>,
    ) -> Result<WebhookDelivery, Error> {
        self.get(name)?.webhook(request)
    }

    async fn track_one(&self, index: usize, lookup: Lookup) -> LookupResult {
        let result = match self.get(&lookup.provider) {
            Ok(provider) => provider.track(lookup.request.clone()).await,
            Err(error) => Err(error),
        };
        LookupResult {
            index,
            lookup,
            result,
        }
    }

    fn find(&self, name: &str) -> Option<&Arc<dyn Provider>> {
        let name = name.trim();
        self.providers
            .iter()
            .find(|provider| provider.id().as_str().eq_ignore_ascii_case(name))
    }

    fn unknown(&self, name: &str) -> Error {
        let message = if self.is_empty() {
            format!("unknown provider `{name}`: no provider is set up; add one first")
        } else {
            let known: Vec<String> = self.ids().iter().map(ToString::to_string).collect();
            format!("unknown provider `{name}`; known are: {}", known.join(", "))
        };
        Error::new(
            ErrorKind::Configuration,
            ProviderId::from(name.to_owned()),
            message,
        )
    }
}

impl Default for ProviderSet {
    fn default() -> Self {
        Self::new()
    }
}

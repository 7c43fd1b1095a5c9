//! Several providers used as one: many lookups at a time, each with its own result.

use std::sync::Arc;

use futures_util::stream::{self, Stream, StreamExt};

use super::schedule::{Question, Schedule};
use crate::webhook::{WebhookDelivery, WebhookRequest};
use crate::{
    BoxFuture, CourierCandidate, Error, ErrorKind, Outcome, Provider, ProviderId, TrackRequest,
};

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
/// only bounds how many lookups are under way at once at each provider, so that a slow one delays
/// no other.
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
    /// How many lookups run at once at each provider unless [`ProviderSet::with_concurrency`] says
    /// otherwise.
    pub const DEFAULT_CONCURRENCY: usize = 8;

    /// Makes a set without providers.
    #[must_use]
    pub fn new() -> Self {
        Self {
            providers: Vec::new(),
            concurrency: Self::DEFAULT_CONCURRENCY,
        }
    }

    /// Sets how many lookups may be under way at once at each provider; 0 counts as 1.
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

    /// Returns true if the set has no providers.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.providers.is_empty()
    }

    /// Looks everything up, as many at once as the set allows, and returns one result per lookup
    /// in the order of the lookups.
    ///
    /// Nothing is lost when some fail: each failure is the result of its own lookup, an unknown
    /// provider name included.
    ///
    /// When a provider refuses the key or the quota is used up, what is under way there is completed
    /// and nothing more is sent: every other lookup at it has the same error, with
    /// [`Error::is_not_asked`]. The kinds are [`ErrorKind::Authentication`],
    /// [`ErrorKind::QuotaExhausted`], and [`ErrorKind::Permission`] unless the provider has responded
    /// to a lookup before: then it concerns the one that it refused.
    pub async fn track_all(&self, lookups: impl IntoIterator<Item = Lookup>) -> Vec<LookupResult> {
        let mut results: Vec<LookupResult> = self.track_each(lookups).collect().await;
        results.sort_unstable_by_key(|result| result.index);
        results
    }

    /// Does the same as [`ProviderSet::track_all`] and hands out each result as soon as it is
    /// there: not in order (see [`LookupResult::index`]), and in constant memory.
    ///
    /// Lookups are read ahead, up to 1000 of them, to find some for every provider.
    pub fn track_each<'a, I>(&'a self, lookups: I) -> impl Stream<Item = LookupResult> + 'a
    where
        I: IntoIterator<Item = Lookup>,
        I::IntoIter: 'a,
    {
        self.each(lookups)
    }

    /// Asks for the couriers that numbers may belong to, each at one provider, and yields the
    /// position of the pair with its result as soon as it is there.
    ///
    /// A pair is the name of a provider and a number. As many run at once as with
    /// [`ProviderSet::track_each`].
    pub fn detect_each<'a, I>(
        &'a self,
        numbers: I,
    ) -> impl Stream<Item = (usize, Result<Vec<CourierCandidate>, Error>)> + 'a
    where
        I: IntoIterator<Item = (String, String)>,
        I::IntoIter: 'a,
    {
        self.each(numbers)
    }

    fn each<'a, I>(&'a self, questions: I) -> impl Stream<Item = <I::Item as Question>::Report> + 'a
    where
        I: IntoIterator,
        I::IntoIter: 'a,
        I::Item: Question + 'a,
    {
        let schedule = Schedule::new(self, questions.into_iter(), self.concurrency);
        stream::unfold(schedule, |mut schedule| async move {
            let result = schedule.next().await?;
            Some((result, schedule))
        })
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

    fn find(&self, name: &str) -> Option<&Arc<dyn Provider>> {
        self.providers.get(self.position(name)?)
    }

    pub(super) fn position(&self, name: &str) -> Option<usize> {
        let name = name.trim();
        self.providers
            .iter()
            .position(|provider| provider.id().as_str().eq_ignore_ascii_case(name))
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

impl Question for Lookup {
    type Report = LookupResult;

    fn provider(&self) -> &str {
        &self.provider
    }

    fn ask(self, set: &ProviderSet, index: usize) -> BoxFuture<'_, LookupResult> {
        Box::pin(async move {
            let result = match set.get(&self.provider) {
                Ok(provider) => provider.track(self.request.clone()).await,
                Err(error) => Err(error),
            };
            self.report(index, result)
        })
    }

    fn refuse(self, index: usize, error: Error) -> LookupResult {
        self.report(index, Err(error))
    }

    fn error(report: &LookupResult) -> Option<&Error> {
        report.result.as_ref().err()
    }
}

impl Lookup {
    fn report(self, index: usize, result: Result<Outcome, Error>) -> LookupResult {
        LookupResult {
            index,
            lookup: self,
            result,
        }
    }
}

/// The couriers of a number at a provider.
impl Question for (String, String) {
    type Report = (usize, Result<Vec<CourierCandidate>, Error>);

    fn provider(&self) -> &str {
        &self.0
    }

    fn ask(self, set: &ProviderSet, index: usize) -> BoxFuture<'_, Self::Report> {
        let (provider, number) = self;
        Box::pin(async move {
            let result = match set.get(&provider) {
                Ok(provider) => provider.detect_couriers(&number).await,
                Err(error) => Err(error),
            };
            (index, result)
        })
    }

    fn refuse(self, index: usize, error: Error) -> Self::Report {
        (index, Err(error))
    }

    fn error((_, result): &Self::Report) -> Option<&Error> {
        result.as_ref().err()
    }
}

impl Default for ProviderSet {
    fn default() -> Self {
        Self::new()
    }
}

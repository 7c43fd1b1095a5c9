//! Several providers used as one: many lookups at a time, each with its own result.

use std::collections::VecDeque;
use std::iter::{Enumerate, Fuse};
use std::sync::Arc;

use futures_util::stream::{self, FuturesUnordered, Stream, StreamExt};

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
        self.each(
            lookups,
            |lookup| &lookup.provider,
            |set, index, lookup| Box::pin(set.track_one(index, lookup)),
        )
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
        self.each(
            numbers,
            |(provider, _)| provider,
            |set, index, (provider, number)| {
                Box::pin(async move {
                    let result = match set.get(&provider) {
                        Ok(provider) => provider.detect_couriers(&number).await,
                        Err(error) => Err(error),
                    };
                    (index, result)
                })
            },
        )
    }

    fn each<'a, I, T: 'a>(
        &'a self,
        questions: I,
        provider: fn(&I::Item) -> &str,
        ask: fn(&'a Self, usize, I::Item) -> BoxFuture<'a, T>,
    ) -> impl Stream<Item = T> + 'a
    where
        I: IntoIterator,
        I::IntoIter: 'a,
        I::Item: 'a,
    {
        let schedule = Schedule::new(self, questions.into_iter(), provider, ask);
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
        self.providers.get(self.position(name)?)
    }

    fn position(&self, name: &str) -> Option<usize> {
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

/// Questions under way, and those that wait because their provider has enough to do.
struct Schedule<'a, I: Iterator, T> {
    set: &'a ProviderSet,
    questions: Enumerate<Fuse<I>>,
    provider: fn(&I::Item) -> &str,
    ask: fn(&'a ProviderSet, usize, I::Item) -> BoxFuture<'a, T>,
    /// One lane per provider, and one for unknown names.
    lanes: Vec<Lane<I::Item>>,
    waiting: usize,
    running: FuturesUnordered<BoxFuture<'a, (usize, T)>>,
}

struct Lane<Q> {
    waiting: VecDeque<(usize, Q)>,
    running: usize,
}

impl<'a, I: Iterator, T: 'a> Schedule<'a, I, T> {
    /// How many questions may wait.
    const READ_AHEAD: usize = 1000;

    fn new(
        set: &'a ProviderSet,
        questions: I,
        provider: fn(&I::Item) -> &str,
        ask: fn(&'a ProviderSet, usize, I::Item) -> BoxFuture<'a, T>,
    ) -> Self {
        let lane = || Lane {
            waiting: VecDeque::new(),
            running: 0,
        };
        Self {
            set,
            questions: questions.fuse().enumerate(),
            provider,
            ask,
            lanes: (0..=set.len()).map(|_| lane()).collect(),
            waiting: 0,
            running: FuturesUnordered::new(),
        }
    }

    async fn next(&mut self) -> Option<T> {
        self.fill();
        let (lane, result) = self.running.next().await?;
        if let Some(free) = self.lanes.get_mut(lane) {
            free.running -= 1;
        }
        self.start_waiting(lane);
        Some(result)
    }

    /// Starts questions until every provider has enough to do, or enough of them wait.
    fn fill(&mut self) {
        let enough = self.set.concurrency.saturating_mul(self.lanes.len());
        while self.waiting < Self::READ_AHEAD && self.running.len() < enough {
            let Some((index, question)) = self.questions.next() else {
                return;
            };
            let lane = self.set.position((self.provider)(&question));
            let lane = lane.unwrap_or(self.set.len());
            if let Some(own) = self.lanes.get_mut(lane) {
                own.waiting.push_back((index, question));
                self.waiting += 1;
                self.start_waiting(lane);
            }
        }
    }

    fn start_waiting(&mut self, lane: usize) {
        let (set, ask) = (self.set, self.ask);
        let Some(own) = self.lanes.get_mut(lane) else {
            return;
        };
        while own.running < set.concurrency
            && let Some((index, question)) = own.waiting.pop_front()
        {
            own.running += 1;
            self.waiting -= 1;
            let result = ask(set, index, question);
            self.running
                .push(Box::pin(async move { (lane, result.await) }));
        }
    }
}

impl Default for ProviderSet {
    fn default() -> Self {
        Self::new()
    }
}

//! Several providers used as one: many lookups at a time, each with its own result.

use std::sync::Arc;

use futures_util::stream::{self, Stream, StreamExt};

use super::detection::Detection;
use super::schedule::Schedule;
use super::track_stream::TrackStream;
use crate::{
    Account, CourierCandidate, Error, ErrorKind, Lookup, LookupResult, Provider, ProviderId,
    TrackRequest,
};

/// Accounts at providers by name, and lookups over all of them.
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
///         Err(error) => eprintln!("{}: {error}", found.account),
///     }
/// }
/// # Ok(())
/// # }
/// ```
///
/// Several accounts of one provider have names of their own:
///
/// ```no_run
/// # use std::sync::Arc;
/// # use tracking_core::{Error, Provider, ProviderSet};
/// # fn example(german: Arc<dyn Provider>, french: Arc<dyn Provider>) -> Result<(), Error> {
/// let mut providers = ProviderSet::new();
/// providers.add_account("ship24-de", german)?;
/// providers.add_account("ship24-fr", french)?;
///
/// assert_eq!(providers.get("ship24-fr")?.name(), "ship24-fr");
/// # Ok(())
/// # }
/// ```
///
/// Wherever the set takes a name, it is that of an account, or that of a provider that has one
/// account in the set; upper and lower case are the same. An account's own name comes first. Each
/// [`Shipment`](crate::Shipment) that comes out of the set [names its account](crate::Shipment::account).
///
/// Requests to one provider are slowed down by the limits of its client, not here; this type
/// only bounds how many calls are under way at once at each account, so that a slow one delays
/// no other.
#[derive(Debug, Clone)]
pub struct ProviderSet {
    accounts: Vec<Account>,
    concurrency: usize,
    read_ahead: usize,
}

impl ProviderSet {
    /// How many calls run at once at each account unless [`ProviderSet::with_concurrency`] says
    /// otherwise.
    pub const DEFAULT_CONCURRENCY: usize = 8;

    /// How many lookups are read ahead unless [`ProviderSet::with_read_ahead`] says otherwise.
    pub const DEFAULT_READ_AHEAD: usize = 1000;

    /// Makes a set without accounts.
    #[must_use]
    pub fn new() -> Self {
        Self {
            accounts: Vec::new(),
            concurrency: Self::DEFAULT_CONCURRENCY,
            read_ahead: Self::DEFAULT_READ_AHEAD,
        }
    }

    /// Sets how many calls may be under way at once at each account; 0 counts as 1. A call is one lookup,
    /// or [a batch](crate::Capabilities::batch_size) of them.
    #[must_use]
    pub fn with_concurrency(mut self, concurrency: usize) -> Self {
        self.concurrency = concurrency.max(1);
        self
    }

    /// Sets how many lookups of one stream may be read before their calls start; 0 counts as 1.
    ///
    /// Where lookups of all accounts come mixed, this many may wait for slow accounts before nothing
    /// more is read for the others; [`ProviderSet::track_streams`] needs no such limit. It is also how many
    /// results [in order](TrackStream::in_order) may wait for an earlier one, and how many lookups may
    /// share a call with an equal one.
    #[must_use]
    pub fn with_read_ahead(mut self, lookups: usize) -> Self {
        self.read_ahead = lookups.max(1);
        self
    }

    /// Adds the only account of a provider; its name is that of the provider.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`] if there is an account of this name: replacing it silently would
    /// send lookups to another account.
    pub fn add(&mut self, provider: Arc<dyn Provider>) -> Result<(), Error> {
        let name = provider.id().as_str().to_owned();
        self.add_account(name, provider)
    }

    /// Adds an account under a name of its own, such as `ship24-de`: for several accounts of one
    /// provider.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`] if the name holds anything else than letters `a` to `z` of any
    /// case, digits, `-`, `_` and `.`; if there is an account of this name, whatever the case; or if
    /// it is the name of another provider in the set.
    pub fn add_account(
        &mut self,
        name: impl Into<String>,
        provider: Arc<dyn Provider>,
    ) -> Result<(), Error> {
        let account = Account::new(name.into(), provider)?;
        for other in &self.accounts {
            account.check_beside(other)?;
        }
        self.accounts.push(account);
        Ok(())
    }

    /// Returns the account of this name, or the only account of the provider of this name.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`] if there is none, or if the provider has several accounts; the
    /// message lists the names that can be used.
    pub fn get(&self, name: &str) -> Result<&Account, Error> {
        let name = name.trim();
        let mut accounts = self.iter();
        if let Some(account) = accounts.find(|account| account.has_name(name)) {
            return Ok(account);
        }
        let of_provider: Vec<&Account> = self.iter().filter(|it| it.is_of(name)).collect();
        match of_provider.as_slice() {
            [account] => Ok(account),
            [] => Err(self.unknown(name)),
            [first, ..] => {
                let names: Vec<&str> = of_provider.iter().map(|account| account.name()).collect();
                let message = format!(
                    "`{name}` has several accounts; name one of them: {}",
                    names.join(", ")
                );
                Err(Error::new(ErrorKind::Configuration, first.id(), message))
            }
        }
    }

    /// Lists the names of the accounts in the order in which they were added.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        self.iter().map(Account::name).collect()
    }

    /// Iterates over the accounts in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = &Account> {
        self.accounts.iter()
    }

    /// Returns how many accounts are in the set.
    #[must_use]
    pub fn len(&self) -> usize {
        self.accounts.len()
    }

    /// Returns true if the set has no accounts.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.accounts.is_empty()
    }

    /// Looks everything up, as many at once as the set allows, and returns one result per lookup
    /// in the order of the lookups.
    ///
    /// Nothing is lost when some fail: each failure is the result of its own lookup, an unknown
    /// name of an account included.
    ///
    /// When a provider refuses the key or the quota is used up, what is under way for that account is
    /// completed and nothing more is sent: every other lookup of it has the same error, with
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
    /// See [`ProviderSet::track_stream`], which takes a stream.
    pub fn track_each<'a, I>(&'a self, lookups: I) -> TrackStream<'a, impl Stream<Item = Lookup>>
    where
        I: IntoIterator<Item = Lookup>,
        I::IntoIter: 'a,
    {
        self.track_stream(stream::iter(lookups))
    }

    /// Looks up what a stream holds, as many at once as the set allows, and yields exactly one result
    /// per lookup, whatever fails: each as soon as it is there, or
    /// [in the order of the lookups](TrackStream::in_order).
    ///
    /// ```
    /// use futures_util::stream::{self, StreamExt};
    /// use tracking_core::{Lookup, ProviderSet, TrackRequest};
    ///
    /// # async fn example(providers: &ProviderSet) {
    /// let numbers = stream::iter(["S24DEMO1", "S24DEMO2"]);
    /// let lookups = numbers.map(|number| Lookup::new("ship24", TrackRequest::number(number)));
    ///
    /// let mut results = providers.track_stream(lookups).in_order();
    /// while let Some(found) = results.next().await {
    ///     println!("line {}: {:?}", found.index + 1, found.result);
    /// }
    /// # }
    /// ```
    ///
    /// Lookups are read when there is something to do for them, and [some ahead](Self::with_read_ahead)
    /// to find some for every account. So memory does not grow with their number, and as long as no
    /// more than that wait for slow accounts, these hold up no other.
    ///
    /// Lookups of one account that ask for the same, spellings of a number
    /// ([`is_same_number`](crate::kit::is_same_number)) included, are sent once when they wait or are
    /// under way at the same time, and each has the result.
    ///
    /// Where a provider has [batches](crate::Capabilities::batch_size), a call takes as many lookups as wait for
    /// the account when it has room for a call, and never waits for more. A call that fails is the
    /// error of each lookup in it.
    ///
    /// An adapter that panics is an error of the kind [`ErrorKind::Internal`] of the lookups of that call. When
    /// the stream of lookups panics, it has ended; the panic goes on after the last result.
    pub fn track_stream<'a, S>(&'a self, lookups: S) -> TrackStream<'a, S>
    where
        S: Stream<Item = Lookup> + 'a,
    {
        TrackStream::new(Schedule::new(self, [(None, lookups)]))
    }

    /// Looks up what several streams hold, each for one account, as [`ProviderSet::track_stream`] does.
    ///
    /// A stream is read only when its own account has something to do for it. So a slow provider never
    /// holds up another one, and memory does not grow with the number of lookups.
    /// [`LookupResult::source`] says which stream a result is of.
    ///
    /// ```
    /// use futures_util::stream::{self, StreamExt};
    /// use tracking_core::{ProviderSet, TrackRequest};
    ///
    /// # async fn example(providers: &ProviderSet, numbers: &[String]) {
    /// let requests = || stream::iter(numbers).map(TrackRequest::number);
    /// let sources = providers.names().into_iter().map(|name| (name, requests()));
    ///
    /// let mut results = providers.track_streams(sources);
    /// while let Some(found) = results.next().await {
    ///     println!("{} at {}: {:?}", numbers[found.index], found.account, found.result);
    /// }
    /// # }
    /// ```
    ///
    /// Each request of an unknown account has an error of the kind [`ErrorKind::Configuration`].
    pub fn track_streams<'a, A, S>(
        &'a self,
        sources: impl IntoIterator<Item = (A, S)>,
    ) -> TrackStream<'a, impl Stream<Item = Lookup>>
    where
        A: Into<String>,
        S: Stream<Item = TrackRequest> + 'a,
    {
        let sources = sources.into_iter().map(|(account, requests)| {
            let account: String = account.into();
            let lane = self.position(&account).ok();
            let lookups = requests.map(move |request| Lookup::new(account.clone(), request));
            (lane, lookups)
        });
        TrackStream::new(Schedule::new(self, sources))
    }

    /// Asks for the couriers that numbers may belong to, each with one account, and yields the
    /// position of the pair with its result as soon as it is there.
    ///
    /// A pair is the name of an account and a number. As many run at once as with
    /// [`ProviderSet::track_each`].
    pub fn detect_each<'a, I>(
        &'a self,
        numbers: I,
    ) -> impl Stream<Item = (usize, Result<Vec<CourierCandidate>, Error>)> + 'a
    where
        I: IntoIterator<Item = (String, String)>,
        I::IntoIter: 'a,
    {
        let detection = |(account, number)| Detection { account, number };
        let detections = numbers.into_iter().map(detection);
        let mut schedule = Schedule::new(self, [(None, stream::iter(detections))]);
        stream::poll_fn(move |context| schedule.poll_next(context))
    }

    /// Asks with every account of the set for the same thing: one result per account, in the order
    /// in which they were added.
    ///
    /// A number does not say whose it is, so several providers may know it.
    pub async fn track_everywhere(&self, request: &TrackRequest) -> Vec<LookupResult> {
        let lookups: Vec<Lookup> = self
            .iter()
            .map(|account| Lookup::new(account.name(), request.clone()))
            .collect();
        self.track_all(lookups).await
    }

    /// The position of the account that [`ProviderSet::get`] returns.
    pub(super) fn position(&self, name: &str) -> Result<usize, Error> {
        let found = self.get(name)?;
        let position = self.iter().position(|it| std::ptr::eq(it, found));
        position.ok_or_else(|| self.unknown(name))
    }

    pub(super) fn account(&self, position: usize) -> Option<&Account> {
        self.accounts.get(position)
    }

    pub(super) const fn concurrency(&self) -> usize {
        self.concurrency
    }

    pub(super) const fn read_ahead(&self) -> usize {
        self.read_ahead
    }

    fn unknown(&self, name: &str) -> Error {
        let message = if self.is_empty() {
            format!("unknown account `{name}`: no provider is set up; add one first")
        } else {
            let known = self.names().join(", ");
            format!("unknown account `{name}`; known are: {known}")
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

//! Several providers used as one: many lookups at a time, each with its own result.

use std::sync::Arc;

use futures_util::stream::{self, Stream, StreamExt};

use super::schedule::{Question, Schedule};
use crate::{
    Account, BoxFuture, CourierCandidate, Error, ErrorKind, Outcome, Provider, ProviderId,
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
/// only bounds how many lookups are under way at once at each account, so that a slow one delays
/// no other.
#[derive(Debug, Clone)]
pub struct ProviderSet {
    accounts: Vec<Account>,
    concurrency: usize,
}

/// One thing to look up at one account.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Lookup {
    /// The name of the account, such as `ship24-de`, or of a provider that has one account in the
    /// set; upper and lower case are the same.
    pub account: String,
    /// What to look up.
    pub request: TrackRequest,
}

impl Lookup {
    /// Names an account, or the provider that has one account in the set, and what to look up there.
    #[must_use]
    pub fn new(account: impl Into<String>, request: TrackRequest) -> Self {
        Self {
            account: account.into(),
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
    /// The name of the account; where there is no such account, what the lookup has in its place.
    pub account: String,
    /// What was asked.
    pub lookup: Lookup,
    /// What came of it. An error here says nothing about the other lookups.
    pub result: Result<Outcome, Error>,
}

impl ProviderSet {
    /// How many lookups run at once at each account unless [`ProviderSet::with_concurrency`] says
    /// otherwise.
    pub const DEFAULT_CONCURRENCY: usize = 8;

    /// Makes a set without accounts.
    #[must_use]
    pub fn new() -> Self {
        Self {
            accounts: Vec::new(),
            concurrency: Self::DEFAULT_CONCURRENCY,
        }
    }

    /// Sets how many lookups may be under way at once at each account; 0 counts as 1.
    #[must_use]
    pub fn with_concurrency(mut self, concurrency: usize) -> Self {
        self.concurrency = concurrency.max(1);
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
    /// Lookups are read ahead, up to 1000 of them, to find some for every account.
    pub fn track_each<'a, I>(&'a self, lookups: I) -> impl Stream<Item = LookupResult> + 'a
    where
        I: IntoIterator<Item = Lookup>,
        I::IntoIter: 'a,
    {
        self.each(lookups)
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
    pub(super) fn position(&self, name: &str) -> Option<usize> {
        let account = self.get(name).ok()?;
        self.iter().position(|it| it.has_name(account.name()))
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

impl Question for Lookup {
    type Report = LookupResult;

    fn account(&self) -> &str {
        &self.account
    }

    fn ask(self, set: &ProviderSet, index: usize) -> BoxFuture<'_, LookupResult> {
        Box::pin(async move {
            let result = match set.get(&self.account) {
                Ok(account) => account.track(self.request.clone()).await,
                Err(error) => Err(error),
            };
            self.report(set, index, result)
        })
    }

    fn refuse(self, set: &ProviderSet, index: usize, error: Error) -> LookupResult {
        self.report(set, index, Err(error))
    }

    fn error(report: &LookupResult) -> Option<&Error> {
        report.result.as_ref().err()
    }
}

impl Lookup {
    fn report(
        self,
        set: &ProviderSet,
        index: usize,
        result: Result<Outcome, Error>,
    ) -> LookupResult {
        let account = set.get(&self.account).map(Account::name);
        LookupResult {
            index,
            account: account.unwrap_or(&self.account).to_owned(),
            lookup: self,
            result,
        }
    }
}

/// The couriers of a number, with an account.
impl Question for (String, String) {
    type Report = (usize, Result<Vec<CourierCandidate>, Error>);

    fn account(&self) -> &str {
        &self.0
    }

    fn ask(self, set: &ProviderSet, index: usize) -> BoxFuture<'_, Self::Report> {
        let (account, number) = self;
        Box::pin(async move {
            let result = match set.get(&account) {
                Ok(account) => account.detect_couriers(&number).await,
                Err(error) => Err(error),
            };
            (index, result)
        })
    }

    fn refuse(self, _set: &ProviderSet, index: usize, error: Error) -> Self::Report {
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

//! `Lookup` and `LookupResult`: what is looked up with which account, and what came of it.

use super::question::{Place, Question};
use super::same_number::number_key;
use crate::provider::BoxFuture;
use crate::{Account, Error, Outcome, Provider, Target, TrackRequest};

/// One thing to look up with one account.
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
    /// Which stream of [`ProviderSet::track_streams`](crate::ProviderSet::track_streams) the lookup
    /// comes from, from 0; 0 where there is only one.
    pub source: usize,
    /// The position of the lookup in what was passed in, from 0.
    pub index: usize,
    /// The name of the account; where there is no such account, what the lookup has in its place.
    pub account: String,
    /// What was asked.
    pub lookup: Lookup,
    /// What came of it. An error here says nothing about the other lookups.
    pub result: Result<Outcome, Error>,
}

impl Question for Lookup {
    type Key = TrackRequest;
    type Request = TrackRequest;
    type Response = Outcome;
    type Report = LookupResult;

    fn account(&self) -> &str {
        &self.account
    }

    fn key(&self) -> TrackRequest {
        key_of_request(&self.request)
    }

    fn batch_size(account: &Account) -> usize {
        account.capabilities().batch_size.max(1)
    }

    fn request(&self) -> TrackRequest {
        self.request.clone()
    }

    fn ask(
        account: &Account,
        mut requests: Vec<TrackRequest>,
    ) -> BoxFuture<'_, Vec<Result<Outcome, Error>>> {
        match requests.pop() {
            Some(only) if requests.is_empty() => {
                Box::pin(async move { vec![account.track(only).await] })
            }
            last => {
                requests.extend(last);
                account.track_batch(requests)
            }
        }
    }

    fn report(
        self,
        place: Place,
        account: Option<&Account>,
        result: Result<Outcome, Error>,
    ) -> LookupResult {
        LookupResult {
            source: place.input,
            index: place.index,
            account: account
                .map_or(self.account.as_str(), Account::name)
                .to_owned(),
            lookup: self,
            result,
        }
    }
}

/// What requests have in common that are about the same, whatever the spelling of the number.
pub(crate) fn key_of_request(request: &TrackRequest) -> TrackRequest {
    let mut key = request.clone();
    if let Target::Number(number) = &mut key.target {
        *number = key_of(number);
    }
    key
}

/// What all spellings of a number have in common; of one without letters and digits, itself.
pub(super) fn key_of(number: &str) -> String {
    let key = number_key(number);
    if key.is_empty() {
        number.to_owned()
    } else {
        key
    }
}

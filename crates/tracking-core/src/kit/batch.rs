//! `Batch`: the requests of a batch, while an adapter finds out what came of each.

use std::collections::HashMap;

use crate::provider::{Refusals, key_of_request, one_by_one};
use crate::{Error, Outcome, Provider, TrackRequest};

/// The requests of a [batch](Provider::track_batch) and what came of them so far, for an adapter whose
/// provider reads several shipments in one call.
///
/// The adapter settles what its calls say about a request. What they do not settle, because a
/// response holds something else than was requested or cannot be read as a whole,
/// [`finish`](Self::finish) looks up alone: so a batch has the results of single lookups, and none of
/// them belongs to another request.
#[derive(Debug)]
pub struct Batch {
    requests: Vec<TrackRequest>,
    results: Vec<Option<Result<Outcome, Error>>>,
}

impl Batch {
    /// Takes the requests, none of which has a result yet.
    #[must_use]
    pub fn new(requests: Vec<TrackRequest>) -> Self {
        let results = requests.iter().map(|_| None).collect();
        Self { requests, results }
    }

    /// Returns the requests without a result, and the place of each in the batch.
    pub fn open(&self) -> impl Iterator<Item = (usize, &TrackRequest)> {
        let places = self.requests.iter().zip(&self.results).enumerate();
        places.filter_map(|(place, (request, result))| result.is_none().then_some((place, request)))
    }

    /// Says what came of the request at a place; a place outside of the batch has no effect.
    pub fn settle(&mut self, place: usize, result: Result<Outcome, Error>) {
        if let Some(settled) = self.results.get_mut(place) {
            *settled = Some(result);
        }
    }

    /// Looks up alone what is not settled, a few at once and equal requests once, and returns one result per
    /// request. After a refused key or a used-up quota nothing more is sent.
    pub async fn finish<P: Provider + ?Sized>(self, provider: &P) -> Vec<Result<Outcome, Error>> {
        let mut refusals = Refusals::default();
        for result in self.results.iter().flatten() {
            refusals.learn(result.as_ref().err());
        }
        let mut places = HashMap::new();
        let mut alone = Vec::new();
        let mut which = Vec::new();
        for (_, request) in self.open() {
            let place = *places.entry(key_of_request(request)).or_insert(alone.len());
            if place == alone.len() {
                alone.push(request.clone());
            }
            which.push(place);
        }
        let alone = match refusals.next() {
            Some(refusal) => alone.iter().map(|_| Err(refusal.clone())).collect(),
            None => one_by_one(alone, |request| provider.track(request)).await,
        };
        let mut which = which.into_iter();
        let results = self.results.into_iter().map(|settled| {
            let found = || alone.get(which.next()?).cloned();
            settled.or_else(found)
        });
        results.flatten().collect()
    }
}

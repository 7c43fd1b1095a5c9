//! Batches: several requests in one call, and one result for each of them whatever the adapter does.

use std::sync::{Mutex, PoisonError};

use futures_util::stream::{self, StreamExt};

use super::refusals::Refusals;
use crate::kit::BoxFuture;
use crate::kit::{is_asked_for, is_same_number};
use crate::{
    Error, ErrorKind, Outcome, Provider, ProviderId, ProviderSet, Registered, Registration,
    TrackRequest,
};

/// Sends requests one by one, a few at once, until the provider refuses them all.
pub(crate) async fn one_by_one<R, T, F>(
    requests: Vec<R>,
    send: impl Fn(R) -> F,
) -> Vec<Result<T, Error>>
where
    F: Future<Output = Result<T, Error>>,
{
    let refusals = Mutex::new(Refusals::default());
    let refusals = || refusals.lock().unwrap_or_else(PoisonError::into_inner);
    let mut calls = Vec::with_capacity(requests.len());
    for request in requests {
        let send = &send;
        calls.push(async move {
            if let Some(refusal) = refusals().next() {
                return Err(refusal);
            }
            let result = send(request).await;
            refusals().learn(result.as_ref().err());
            result
        });
    }
    let calls = stream::iter(calls).buffered(ProviderSet::DEFAULT_CONCURRENCY);
    calls.collect().await
}

/// Returns true if a result is not that of the first, but of one of the others.
type IsOfAnother<R, T> = fn(&T, &R, &[R]) -> bool;

/// Sends requests in batches of a size, until the provider refuses them all.
async fn in_batches<'a, R: Clone, T>(
    id: &ProviderId,
    size: usize,
    requests: Vec<R>,
    send: impl Fn(Vec<R>) -> BoxFuture<'a, Vec<Result<T, Error>>>,
    is_of_another: IsOfAnother<R, T>,
) -> Vec<Result<T, Error>> {
    let size = match size {
        0 | 1 => requests.len().max(1),
        size => size,
    };
    let mut results = Vec::with_capacity(requests.len());
    let mut refusals = Refusals::default();
    for batch in requests.chunks(size) {
        if let Some(refusal) = refusals.next() {
            results.extend(batch.iter().map(|_| Err(refusal.clone())));
            continue;
        }
        let of_batch = checked(id, batch, send(batch.to_vec()).await, is_of_another);
        refusals.learn_all(&of_batch);
        results.extend(of_batch);
    }
    results
}

/// Looks up requests in batches as large as the provider takes.
pub(super) async fn track(
    provider: &dyn Provider,
    requests: Vec<TrackRequest>,
) -> Vec<Result<Outcome, Error>> {
    let size = provider.capabilities().batch_size;
    let send = |batch| provider.track_batch(batch);
    let is_of_another = |outcome: &Outcome, own: &TrackRequest, all: &[TrackRequest]| {
        outcome.shipments().iter().any(|shipment| {
            let is_of = |request: &TrackRequest| is_asked_for(&request.target, shipment);
            !is_of(own) && all.iter().any(is_of)
        })
    };
    in_batches(&provider.id(), size, requests, send, is_of_another).await
}

/// Registers numbers in batches as large as the provider takes.
pub(super) async fn register(
    provider: &dyn Provider,
    registrations: Vec<Registration>,
) -> Vec<Result<Registered, Error>> {
    let size = provider.capabilities().register_batch_size;
    let send = |batch| provider.register_batch(batch);
    let is_of_another = |registered: &Registered, own: &Registration, all: &[Registration]| {
        let is_of = |it: &Registration| is_same_number(&registered.number, &it.number);
        !is_of(own) && all.iter().any(is_of)
    };
    in_batches(&provider.id(), size, registrations, send, is_of_another).await
}

/// Returns one result per request. When their number is wrong, nothing shows which belongs to which.
fn checked<R, T>(
    provider: &ProviderId,
    requests: &[R],
    mut results: Vec<Result<T, Error>>,
    is_of_another: IsOfAnother<R, T>,
) -> Vec<Result<T, Error>> {
    let bug = |message: String| {
        let message = format!("{message}; report this bug to its authors");
        Error::new(ErrorKind::Internal, provider.clone(), message)
    };
    let (expected, found) = (requests.len(), results.len());
    if expected != found {
        let message = format!("the adapter returned {found} results for {expected} requests");
        return requests.iter().map(|_| Err(bug(message.clone()))).collect();
    }
    for (request, result) in requests.iter().zip(&mut results) {
        let is_anothers = |value: &T| is_of_another(value, request, requests);
        if result.as_ref().is_ok_and(is_anothers) {
            let message = "the adapter returned the result of another request of the batch";
            *result = Err(bug(message.to_owned()));
        }
    }
    results
}

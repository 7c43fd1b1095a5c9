//! Batches: several requests in one call, and one result for each of them whatever the adapter does.

use std::sync::{Mutex, PoisonError};

use futures_util::stream::{self, StreamExt};

use super::refusals::Refusals;
use crate::kit::is_asked_for;
use crate::{Error, ErrorKind, Outcome, Provider, ProviderId, ProviderSet, TrackRequest};

type TrackResult = Result<Outcome, Error>;

/// Sends requests one by one, a few at once, until the provider refuses them all.
pub(crate) async fn one_by_one<P>(provider: &P, requests: Vec<TrackRequest>) -> Vec<TrackResult>
where
    P: Provider + ?Sized,
{
    let refusals = Mutex::new(Refusals::default());
    let refusals = || refusals.lock().unwrap_or_else(PoisonError::into_inner);
    let mut calls = Vec::with_capacity(requests.len());
    for request in requests {
        calls.push(async move {
            if let Some(refusal) = refusals().next() {
                return Err(refusal);
            }
            let result = provider.track(request).await;
            refusals().learn(result.as_ref().err());
            result
        });
    }
    let calls = stream::iter(calls).buffered(ProviderSet::DEFAULT_CONCURRENCY);
    calls.collect().await
}

/// Sends requests in batches as large as the provider takes, until it refuses them all.
pub(super) async fn in_batches(
    provider: &dyn Provider,
    requests: Vec<TrackRequest>,
) -> Vec<TrackResult> {
    let size = match provider.capabilities().batch_size {
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
        let of_batch = provider.track_batch(batch.to_vec()).await;
        let of_batch = checked(&provider.id(), batch, of_batch);
        refusals.learn_all(&of_batch);
        results.extend(of_batch);
    }
    results
}

/// Returns one result per request. When their number is wrong, nothing shows which belongs to which.
fn checked(
    provider: &ProviderId,
    requests: &[TrackRequest],
    mut results: Vec<TrackResult>,
) -> Vec<TrackResult> {
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
        let found = result.as_ref().map_or(&[][..], Outcome::shipments);
        let is_anothers = found.iter().any(|shipment| {
            !is_asked_for(&request.target, shipment)
                && requests
                    .iter()
                    .any(|other| is_asked_for(&other.target, shipment))
        });
        if is_anothers {
            let message = "the adapter returned the shipment of another request of the batch";
            *result = Err(bug(message.to_owned()));
        }
    }
    results
}

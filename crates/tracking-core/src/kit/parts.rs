//! Several requests for one lookup.

use std::sync::{Mutex, PoisonError};

use futures_util::stream::{self, StreamExt};

use crate::provider::Refusals;
use crate::{Error, ErrorKind};

/// Carries out several requests for one lookup, so many at a time, and returns the result of each in
/// their order.
///
/// A request that fails costs only its own part. After an error that would hit the others too (no
/// connection, too many requests, a refused key, a used up quota) those that are not yet under way are
/// not sent: they have the same error, marked by [`Error::is_not_asked`].
pub async fn read_parts<T, F>(requests: Vec<F>, concurrency: usize) -> Vec<Result<T, Error>>
where
    F: Future<Output = Result<T, Error>>,
{
    let refusals = Mutex::default();
    let requests: Vec<_> = requests
        .into_iter()
        .map(|request| unless_refused(&refusals, request))
        .collect();
    stream::iter(requests)
        .buffered(concurrency.max(1))
        .collect()
        .await
}

async fn unless_refused<T>(
    refusals: &Mutex<Refusals>,
    request: impl Future<Output = Result<T, Error>>,
) -> Result<T, Error> {
    let locked = || refusals.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(refusal) = locked().next() {
        return Err(refusal);
    }
    let result = request.await;
    let mut refusals = locked();
    refusals.learn(result.as_ref().err());
    if let Err(error) = &result
        && matches!(error.kind(), ErrorKind::Connect | ErrorKind::RateLimited)
    {
        refusals.refuse(error);
    }
    result
}

//! Several registrations in one call.

use super::report::Report;
use super::{Cases, caught};
use crate::{Error, Provider, Registered, Registration};

/// Registering in a batch what is registered already, beside a number that cannot be: as alone.
pub(super) async fn check(
    report: &mut Report,
    provider: &dyn Provider,
    cases: &Cases,
    registration: &Registration,
    alone: Result<Result<Registered, Error>, String>,
) {
    const NAME: &str = "batches_register_as_single_calls_do";
    let mut batch = vec![registration.clone()];
    let mut expected = vec![alone];
    if let Some(bad) = cases.bad_numbers.first() {
        let bad = Registration::new(bad);
        expected.push(caught(provider.register(bad.clone())).await);
        batch.push(bad);
    }
    let size = provider.capabilities().register_batch_size.max(1);
    let mut results = Vec::new();
    for batch in batch.chunks(size) {
        // An adapter may also panic before there is a future.
        let together = caught(async { provider.register_batch(batch.to_vec()).await }).await;
        match together {
            Ok(together) if together.len() == batch.len() => results.extend(together),
            Ok(together) => {
                let seen = format!("{} results for {} numbers", together.len(), batch.len());
                report.demand(NAME, "batch", Err(seen));
                return;
            }
            Err(panic) => {
                report.demand(NAME, "batch", Err(panic));
                return;
            }
        }
    }
    for ((registration, alone), together) in batch.iter().zip(expected).zip(&results) {
        let result = alone.and_then(|alone| is_same(&alone, together));
        report.demand(NAME, &format!("{:?}", registration.number), result);
    }
}

fn is_same(
    alone: &Result<Registered, Error>,
    together: &Result<Registered, Error>,
) -> Result<(), String> {
    match (alone, together) {
        (_, Ok(together)) if together.created == Some(true) => {
            Err("the batch created a second one".to_owned())
        }
        (Ok(alone), Ok(together)) => {
            let ids = (&alone.number, &alone.id, &alone.reference);
            if ids == (&together.number, &together.id, &together.reference) {
                return Ok(());
            }
            Err(format!(
                "alone it is {alone:?}, and in a batch {together:?}"
            ))
        }
        (Err(alone), Err(together)) if alone.kind() == together.kind() => Ok(()),
        (alone, together) => {
            let name = |result: &Result<Registered, Error>| match result {
                Ok(_) => "registered".to_owned(),
                Err(error) => format!("an error of kind {}", error.kind()),
            };
            let (alone, together) = (name(alone), name(together));
            Err(format!("alone it is {alone}, and in a batch {together}"))
        }
    }
}

//! Several lookups in one call.

use super::report::Report;
use super::{Cases, caught};
use crate::{Error, Outcome, Provider, Shipment, TrackRequest};

/// Each request of a batch has the result that it has alone, whatever is beside it.
pub(super) async fn check(report: &mut Report, provider: &dyn Provider, cases: &Cases) {
    const NAME: &str = "batches_return_what_single_lookups_do";
    let requests = requests(provider, cases);
    if requests.is_empty() {
        report.skip(NAME, "the cases name no known number");
    }
    let size = match provider.capabilities().batch_size {
        0 | 1 => requests.len(),
        size => size,
    };
    for batch in requests.chunks(size.max(1)) {
        let mut alone = Vec::new();
        for request in batch {
            alone.push(caught(provider.track(request.clone())).await);
        }
        // An adapter may also panic before there is a future.
        let together = caught(async { provider.track_batch(batch.to_vec()).await }).await;
        let together = match together {
            Ok(results) if results.len() == batch.len() => results,
            Ok(results) => {
                let seen = format!("{} results for {} requests", results.len(), batch.len());
                report.demand(NAME, "batch", Err(seen));
                continue;
            }
            Err(panic) => {
                report.demand(NAME, "batch", Err(panic));
                continue;
            }
        };
        for ((request, alone), together) in batch.iter().zip(alone).zip(&together) {
            let result = alone.and_then(|alone| is_same(&alone, together));
            report.demand(NAME, &format!("{:?}", request.target), result);
        }
    }
}

/// Known, unknown and bad ones in turn, and one of them twice.
fn requests(provider: &dyn Provider, cases: &Cases) -> Vec<TrackRequest> {
    let bad = cases.bad_numbers.iter().take(1);
    let bad = bad.filter(|_| provider.capabilities().track_by_number);
    let bad: Vec<TrackRequest> = bad.map(TrackRequest::number).collect();
    let mut others = cases.unknown.iter().chain(&bad);
    let mut requests = Vec::new();
    for found in cases.found.iter().chain(cases.found.first()) {
        requests.push(found.clone());
        requests.extend(others.next().cloned());
    }
    requests.extend(others.filter(|_| !cases.found.is_empty()).cloned());
    requests
}

fn is_same(
    alone: &Result<Outcome, Error>,
    together: &Result<Outcome, Error>,
) -> Result<(), String> {
    match (alone, together) {
        (Ok(Outcome::Found(alone)), Ok(Outcome::Found(together))) => {
            if alone.len() != together.len() {
                let (alone, together) = (alone.len(), together.len());
                return Err(format!(
                    "{alone} shipments alone, and {together} in a batch"
                ));
            }
            alone
                .iter()
                .try_for_each(|shipment| has(together, shipment))
        }
        (Ok(alone), Ok(together))
            if std::mem::discriminant(alone) == std::mem::discriminant(together) =>
        {
            Ok(())
        }
        (Err(alone), Err(together)) if alone.kind() == together.kind() => Ok(()),
        _ => Err(format!(
            "alone it is {}, and in a batch {}",
            name_of(alone),
            name_of(together)
        )),
    }
}

fn has(together: &[Shipment], alone: &Shipment) -> Result<(), String> {
    let same = together.iter().find(|it| it.is_same_shipment(alone));
    let Some(same) = same else {
        return Err(format!("the batch lacks `{}`", alone.number));
    };
    match alone.merge(same.clone()).changes.first() {
        Some(change) => Err(format!("the batch reports otherwise: {change}")),
        None => Ok(()),
    }
}

fn name_of(result: &Result<Outcome, Error>) -> String {
    match result {
        Ok(Outcome::Found(found)) => format!("{} shipments", found.len()),
        Ok(outcome) => format!("{outcome:?}"),
        Err(error) => format!("an error of kind {}", error.kind()),
    }
}

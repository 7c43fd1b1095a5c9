//! Lookups: bad numbers, unknown ones, and known ones twice.

use super::report::Report;
use super::{Cases, caught, check_error, shipments, shows_no_secret};
use crate::{Error, ErrorKind, Outcome, Provider, Registration, Shipment, Target, TrackRequest};

/// A bad number is refused before any request, or there is nothing to be found; no panic.
pub(super) async fn check_bad(report: &mut Report, provider: &dyn Provider, cases: &Cases) {
    let capabilities = provider.capabilities();
    for number in &cases.bad_numbers {
        let subject = format!("{number:?}");
        if capabilities.track_by_number {
            let request = TrackRequest::number(number.as_str());
            let before = cases.calls();
            let tracked = caught(provider.track(request)).await;
            let calls = Calls {
                before,
                after: cases.calls(),
            };
            let result = refused(&tracked, &calls, |outcome| {
                !matches!(outcome, Outcome::Found(_))
            });
            report.demand("bad_numbers_are_refused", &subject, result);
            note_error(report, &subject, &tracked, cases);
        }
        if capabilities.register && cases.registration.is_some() {
            let before = cases.calls();
            let registered = caught(provider.register(Registration::new(number.as_str()))).await;
            let calls = Calls {
                before,
                after: cases.calls(),
            };
            let result = refused(&registered, &calls, |_| false);
            report.demand("bad_numbers_are_not_registered", &subject, result);
            note_error(report, &subject, &registered, cases);
        }
        if capabilities.detect_couriers {
            let before = cases.calls();
            let detected = caught(provider.detect_couriers(number)).await;
            let calls = Calls {
                before,
                after: cases.calls(),
            };
            let result = refused(&detected, &calls, |_| true);
            report.demand("bad_numbers_fit_no_courier", &subject, result);
            note_error(report, &subject, &detected, cases);
        }
    }
}

/// An unknown number is an outcome, not a failure.
pub(super) async fn check_unknown(report: &mut Report, provider: &dyn Provider, cases: &Cases) {
    const NAME: &str = "unknown_numbers_are_an_outcome";
    if cases.unknown.is_empty() {
        report.skip(NAME, "the cases name no unknown number");
    }
    for request in &cases.unknown {
        let subject = format!("{:?}", request.target);
        let tracked = caught(provider.track(request.clone())).await;
        let result = match &tracked {
            Ok(Ok(Outcome::Found(found))) => Err(format!("found {} shipments", found.len())),
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(format!("an error: {error}")),
            Err(panic) => Err(panic.clone()),
        };
        report.demand(NAME, &subject, result);
        note_error(report, &subject, &tracked, cases);
    }
}

/// A known number is found, and found again the same.
pub(super) async fn check_found(report: &mut Report, provider: &dyn Provider, cases: &Cases) {
    if cases.found.is_empty() {
        report.skip("known_numbers_are_found", "the cases name no known number");
    }
    for request in &cases.found {
        let Some(first) = found(report, provider, request, cases).await else {
            continue;
        };
        let Some(second) = found(report, provider, request, cases).await else {
            continue;
        };
        let capabilities = provider.capabilities();
        report.demand(
            "unmapped_values_are_counted",
            &format!("{:?}", request.target),
            unmapped_are_counted(provider, &first),
        );
        for shipment in &first {
            shipments::check(report, &provider.id(), shipment, capabilities);
            report.demand(
                "shipments_are_found_by_their_own_request",
                &shipment.number,
                is_found_again(provider, shipment, cases).await,
            );
            let again = second.iter().find(|again| again.is_same_shipment(shipment));
            match again {
                Some(again) => shipments::check_pair(report, shipment, again),
                None => report.demand(
                    "known_numbers_are_found_again",
                    &shipment.number,
                    Err("the second response lacks the shipment".to_owned()),
                ),
            }
        }
    }
}

/// The stored shipment knows how to ask for itself, and that is really asked.
async fn is_found_again(
    provider: &dyn Provider,
    shipment: &Shipment,
    cases: &Cases,
) -> Result<(), String> {
    let before = cases.calls();
    let tracked = caught(provider.track(shipment.request())).await?;
    if before.is_some() && before == cases.calls() {
        return Err("no request was made".to_owned());
    }
    match tracked {
        Ok(Outcome::Found(found)) => {
            let is_it = |found: &Shipment| found.is_same_shipment(shipment);
            let result = found.iter().any(is_it).then_some(());
            result.ok_or_else(|| format!("found {} others", found.len()))
        }
        Ok(outcome) => Err(format!("the outcome is {outcome:?}")),
        Err(error) => Err(format!("an error: {error}")),
    }
}

/// Shipments under one name are distinct, so that none is merged into another.
pub(super) async fn check_several(report: &mut Report, provider: &dyn Provider, cases: &Cases) {
    const NAME: &str = "shipments_of_one_name_are_distinct";
    if cases.several.is_empty() {
        report.skip(
            NAME,
            "the cases name no request that finds several shipments",
        );
    }
    for request in &cases.several {
        let Some(found) = found(report, provider, request, cases).await else {
            continue;
        };
        let mut pairs = found.iter().enumerate().flat_map(|(index, left)| {
            let others = found.iter().skip(index + 1);
            others.map(move |right| (left, right))
        });
        let result = if found.len() < 2 {
            Err("found one shipment".to_owned())
        } else if pairs.any(|(left, right)| left.is_same_shipment(right)) {
            Err("two of them count as one".to_owned())
        } else {
            Ok(())
        };
        report.demand(NAME, &format!("{:?}", request.target), result);
    }
}

async fn found(
    report: &mut Report,
    provider: &dyn Provider,
    request: &TrackRequest,
    cases: &Cases,
) -> Option<Vec<Shipment>> {
    let subject = format!("{:?}", request.target);
    let tracked = caught(provider.track(request.clone())).await;
    note_error(report, &subject, &tracked, cases);
    let (result, found) = match tracked {
        Ok(Ok(Outcome::Found(found))) if !found.is_empty() => {
            (is_asked_for(&request.target, &found), Some(found))
        }
        Ok(Ok(Outcome::Found(_))) => (Err("found, but no shipment".to_owned()), None),
        Ok(Ok(outcome)) => (Err(format!("the outcome is {outcome:?}")), None),
        Ok(Err(error)) => (Err(format!("an error: {error}")), None),
        Err(panic) => (Err(panic), None),
    };
    report.demand("known_numbers_are_found", &subject, result);
    if let Some(found) = &found {
        let shown = [format!("{found:?}")];
        report.demand(
            "shipments_show_no_secret",
            &subject,
            shows_no_secret(&shown, cases),
        );
    }
    found
}

/// Values without a row in the status table must be easy to report.
fn unmapped_are_counted(provider: &dyn Provider, found: &[Shipment]) -> Result<(), String> {
    let events = found.iter().flat_map(Shipment::events);
    let mut statuses = found
        .iter()
        .map(|shipment| &shipment.status)
        .chain(events.map(|event| &event.status));
    if statuses.any(|report| report.status.is_unmapped()) && provider.unmapped().is_empty() {
        return Err("a status is unmapped, and `unmapped()` is empty".to_owned());
    }
    Ok(())
}

fn is_asked_for(target: &Target, found: &[Shipment]) -> Result<(), String> {
    let fits = |shipment: &Shipment| match target {
        Target::Number(number) => std::iter::once(&shipment.number)
            .chain(&shipment.linked_numbers)
            .any(|known| known.trim().eq_ignore_ascii_case(number.trim())),
        Target::Id(id) => shipment.id.as_ref() == Some(id),
        Target::Reference(reference) => shipment.reference.as_ref() == Some(reference),
    };
    match found.iter().find(|shipment| !fits(shipment)) {
        Some(other) => Err(format!("found the number `{}`", other.number)),
        None => Ok(()),
    }
}

/// The number of requests before and after a call, if the cases know it.
struct Calls {
    before: Option<u64>,
    after: Option<u64>,
}

fn refused<T>(
    result: &Result<Result<T, Error>, String>,
    calls: &Calls,
    is_fine: impl Fn(&T) -> bool,
) -> Result<(), String> {
    match result {
        Err(panic) => Err(panic.clone()),
        Ok(Ok(response)) if is_fine(response) => Ok(()),
        Ok(Ok(_)) => Err("it was accepted".to_owned()),
        Ok(Err(error)) if error.kind() != ErrorKind::InvalidRequest => {
            Err(format!("an error of kind {}: {error}", error.kind()))
        }
        Ok(Err(_)) if calls.before != calls.after => {
            Err("refused only after a request was made".to_owned())
        }
        Ok(Err(_)) => Ok(()),
    }
}

fn note_error<T>(
    report: &mut Report,
    subject: &str,
    result: &Result<Result<T, Error>, String>,
    cases: &Cases,
) {
    if let Ok(Err(error)) = result {
        check_error(report, subject, error, cases);
    }
}

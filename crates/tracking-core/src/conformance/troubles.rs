//! Lookups on which something goes wrong, and what they become.

use super::report::Report;
use super::trouble::Trouble;
use super::{Cases, caught, check_error};
use crate::merge::{Merged, Update, merge};
use crate::{
    Error, ErrorKind, Outcome, Provider, Registration, Shipment, Target, TrackRequest, UtcTime,
};

/// Each kind of trouble, for a lookup that succeeds without it.
pub(super) async fn check(report: &mut Report, provider: &dyn Provider, cases: &Cases) {
    for &trouble in Trouble::ALL {
        let of_trouble = cases.troubled.iter().find(|(known, _)| *known == trouble);
        let Some((_, troubled)) = of_trouble else {
            report.skip(
                trouble.check(),
                "the cases name no provider with this trouble",
            );
            continue;
        };
        match trouble {
            Trouble::PartlyReadable => partly_read(report, provider, &**troubled, cases).await,
            Trouble::LostResponse => lost(report, provider, &**troubled, cases).await,
            _ => refused(report, &**troubled, trouble, cases).await,
        }
    }
}

/// The first request of each kind of target fails in the way that belongs to the trouble.
async fn refused(report: &mut Report, troubled: &dyn Provider, trouble: Trouble, cases: &Cases) {
    let is_first = |(index, request): &(usize, &TrackRequest)| {
        let kind = std::mem::discriminant(&request.target);
        let mut before = cases.found.iter().take(*index);
        !before.any(|it| std::mem::discriminant(&it.target) == kind)
    };
    for (_, request) in cases.found.iter().enumerate().filter(is_first) {
        let subject = format!("{:?}", request.target);
        let result = match caught(troubled.track(request.clone())).await {
            Ok(Err(error)) => {
                check_error(report, &subject, &error, cases);
                fits(trouble, &error)
            }
            Ok(Ok(outcome)) => Err(format!("the outcome is {outcome:?}")),
            Err(panic) => Err(panic),
        };
        report.demand(trouble.check(), &subject, result);
    }
}

fn fits(trouble: Trouble, error: &Error) -> Result<(), String> {
    let (kind, may_be_retryable) = match trouble {
        Trouble::BadKey => (ErrorKind::Authentication, false),
        Trouble::RateLimited => (ErrorKind::RateLimited, true),
        Trouble::Timeout => (ErrorKind::Timeout, true),
        Trouble::OtherParcel => (ErrorKind::WrongShipment, false),
        _ => (ErrorKind::Decode, false),
    };
    if error.kind() != kind {
        return Err(format!("an error of kind {}, not {kind}", error.kind()));
    }
    if trouble == Trouble::RateLimited && error.retry_after().is_none() {
        return Err("it does not say how long to wait".to_owned());
    }
    if !may_be_retryable && error.is_retryable() {
        return Err("it says that the same request may succeed".to_owned());
    }
    Ok(())
}

/// A response in which a part cannot be read comes between complete ones, or first: nothing is
/// reported twice, nothing is taken back, and nothing is missing in the end.
async fn partly_read(
    report: &mut Report,
    provider: &dyn Provider,
    troubled: &dyn Provider,
    cases: &Cases,
) {
    let Some(request) = cases.found.first() else {
        return;
    };
    let whole = found(provider, request).await;
    let result = match (whole, found(troubled, request).await) {
        (Ok(whole), Ok(partial)) => whole_again(&whole, &partial),
        (Err(seen), _) | (_, Err(seen)) => Err(seen),
    };
    let subject = format!("{:?}", request.target);
    report.demand(Trouble::PartlyReadable.check(), &subject, result);
}

async fn found(provider: &dyn Provider, request: &TrackRequest) -> Result<Vec<Shipment>, String> {
    match caught(provider.track(request.clone())).await? {
        Ok(Outcome::Found(found)) if !found.is_empty() => Ok(found),
        Ok(outcome) => Err(format!("the outcome is {outcome:?}")),
        Err(error) => Err(format!("an error: {error}")),
    }
}

fn whole_again(whole: &[Shipment], partial: &[Shipment]) -> Result<(), String> {
    if partial.iter().all(|shipment| shipment.problems.is_empty()) {
        return Err("what could not be read is no problem".to_owned());
    }
    for shipment in whole {
        let same = partial.iter().find(|it| it.is_same_shipment(shipment));
        let Some(partial) = same else {
            return Err(format!("`{}` is lost", shipment.number));
        };
        let poll = |shipment: &Shipment, hours: i64| {
            let mut shipment = shipment.clone();
            let fetched = shipment.freshness.fetched_at.as_unix_seconds() + hours * 3600;
            shipment.freshness.fetched_at =
                UtcTime::from_unix_seconds(fetched).unwrap_or(shipment.freshness.fetched_at);
            Update::Snapshot(shipment)
        };
        let mut known = merge(None, poll(shipment, 0)).shipment;
        for (hours, response) in [(1, partial), (2, partial), (3, shipment)] {
            let merged = merge(Some(known), poll(response, hours));
            nothing_reported(&merged)?;
            known = merged.shipment;
        }
        let first = merge(None, poll(partial, 0)).shipment;
        let filled = merge(Some(first), poll(shipment, 1)).shipment;
        let repeated = merge(Some(filled), poll(shipment, 2));
        nothing_reported(&repeated)?;
        let count = |shipment: &Shipment| shipment.timeline().len();
        if count(&repeated.shipment) != count(shipment) {
            return Err(format!(
                "{} events after a part could not be read, and {} without that",
                count(&repeated.shipment),
                count(shipment)
            ));
        }
    }
    Ok(())
}

fn nothing_reported(merged: &Merged) -> Result<(), String> {
    match merged.changes.iter().find(|change| change.is_applied()) {
        Some(change) => Err(format!("reported: {change}")),
        None => Ok(()),
    }
}

/// A lookup may be repeated, so it ends well or says that it may be sent again. Registering may not
/// create a second tracker.
async fn lost(
    report: &mut Report,
    provider: &dyn Provider,
    troubled: &dyn Provider,
    cases: &Cases,
) {
    let name = Trouble::LostResponse.check();
    if let Some(request) = cases.found.first() {
        let request = request.clone().with_register(false);
        let result = match caught(troubled.track(request)).await {
            Ok(Err(error)) if !error.is_retryable() => Err(format!("not retryable: {error}")),
            Ok(_) => Ok(()),
            Err(panic) => Err(panic),
        };
        report.demand(name, "track", result);
    }
    let Some(registration) = cases.registration.as_ref() else {
        return;
    };
    if !provider.capabilities().register {
        return;
    }
    let mut registration = registration.clone();
    registration.number.push_str("-2");
    registration.reference = None;
    let result = match caught(troubled.register(registration.clone())).await {
        Ok(lost) => registered_once(provider, &registration, lost.is_ok()).await,
        Err(panic) => Err(panic),
    };
    report.demand(name, "register", result);
}

async fn registered_once(
    provider: &dyn Provider,
    registration: &Registration,
    is_known: bool,
) -> Result<(), String> {
    match caught(provider.register(registration.clone())).await? {
        Ok(again) if is_known && again.created == Some(true) => {
            return Err("it created a second one".to_owned());
        }
        Err(error) if error.kind() != ErrorKind::Conflict => {
            return Err(format!("registering again is an error: {error}"));
        }
        _ => {}
    }
    let mut request =
        TrackRequest::new(Target::Number(registration.number.clone())).with_register(false);
    request.hints = registration.hints.clone();
    match caught(provider.track(request)).await? {
        Ok(Outcome::Found(found)) if found.len() == 1 => Ok(()),
        Ok(outcome) => Err(format!("the outcome is {outcome:?}, not one shipment")),
        Err(error) => Err(format!("an error: {error}")),
    }
}

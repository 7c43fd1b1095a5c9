//! Capabilities against behaviour: what is announced works, the rest says that it is unsupported.

use std::future::Future;

use super::report::Report;
use super::{Cases, caught, check_error, register_batch};
use crate::{
    Error, ErrorKind, ListRequest, Provider, ProviderId, Registration, ShipmentPage, Target,
    TrackRequest,
};

const ANNOUNCED: &str = "announced_operations_work";
const UNANNOUNCED: &str = "other_operations_are_unsupported";

/// How many pages are followed at most.
const PAGES: usize = 20;

/// Lookups by number, id and reference.
pub(super) async fn check_targets(report: &mut Report, provider: &dyn Provider, cases: &Cases) {
    let capabilities = provider.capabilities();
    let kinds = [
        (
            "track by number",
            capabilities.track_by_number,
            TrackRequest::number("CONFORMANCE0001"),
        ),
        (
            "track by id",
            capabilities.track_by_id,
            TrackRequest::id("conformance-0001"),
        ),
        (
            "track by reference",
            capabilities.track_by_reference,
            TrackRequest::reference("conformance-0001"),
        ),
    ];
    for (subject, announced, request) in kinds {
        // A lookup must not use up quota for the sake of a check.
        let request = request.with_register(false);
        let call = provider.track(request);
        if announced {
            demand_supported(report, subject, call).await;
        } else {
            demand_unsupported(report, subject, cases, call).await;
        }
    }
}

/// Registering, twice: the second time must not be a failure.
pub(super) async fn check_register(report: &mut Report, provider: &dyn Provider, cases: &Cases) {
    const SUBJECT: &str = "register";
    if !provider.capabilities().register {
        let call = provider.register(Registration::new("CONFORMANCE0001"));
        demand_unsupported(report, SUBJECT, cases, call).await;
        return;
    }
    let Some(registration) = &cases.registration else {
        report.skip(ANNOUNCED, "the cases name no registration");
        return;
    };
    let Some(first) = demand_success(
        report,
        SUBJECT,
        provider.register(registration.clone()),
        cases,
    )
    .await
    else {
        return;
    };
    let again = caught(provider.register(registration.clone())).await;
    let result = match &again {
        Ok(Ok(second)) if second.id != first.id => Err("it returned another id".to_owned()),
        Ok(Ok(second)) if second.created == Some(true) => Err("it created a second one".to_owned()),
        Ok(Ok(_)) => Ok(()),
        Ok(Err(error)) if error.kind() == ErrorKind::Conflict => Ok(()),
        Ok(Err(error)) => Err(format!("an error: {error}")),
        Err(panic) => Err(panic.clone()),
    };
    report.demand("registering_twice_creates_one", SUBJECT, result);
    register_batch::check(report, provider, cases, registration, again).await;
}

/// Unregistering.
pub(super) async fn check_unregister(report: &mut Report, provider: &dyn Provider, cases: &Cases) {
    const SUBJECT: &str = "unregister";
    if !provider.capabilities().unregister {
        let target = Target::Number("CONFORMANCE0001".to_owned());
        demand_unsupported(report, SUBJECT, cases, provider.unregister(target)).await;
        return;
    }
    match &cases.unregistration {
        Some(target) => {
            demand_success(report, SUBJECT, provider.unregister(target.clone()), cases).await;
        }
        None => report.skip(ANNOUNCED, "the cases name nothing to unregister"),
    }
}

/// Listing, page by page, with a limit on the pages.
pub(super) async fn check_list(report: &mut Report, provider: &dyn Provider, cases: &Cases) {
    const SUBJECT: &str = "list";
    if !provider.capabilities().list {
        demand_unsupported(
            report,
            SUBJECT,
            cases,
            provider.list(ListRequest::default()),
        )
        .await;
        return;
    }
    let mut cursors = Vec::new();
    let mut request = ListRequest::default();
    for _ in 0..PAGES {
        let call = provider.list(request.clone());
        let Some(page) = demand_success(report, SUBJECT, call, cases).await else {
            return;
        };
        let result = of_provider(&provider.id(), &page);
        report.demand("pages_hold_own_shipments", SUBJECT, result);
        let Some(next) = page.next else {
            return;
        };
        if cursors.contains(&next) {
            let result = Err("a cursor came twice".to_owned());
            report.demand("pages_move_on", SUBJECT, result);
            return;
        }
        cursors.push(next.clone());
        request.cursor = Some(next);
    }
}

/// Detection of couriers.
pub(super) async fn check_detection(report: &mut Report, provider: &dyn Provider, cases: &Cases) {
    const SUBJECT: &str = "detect couriers";
    if !provider.capabilities().detect_couriers {
        let call = provider.detect_couriers("CONFORMANCE0001");
        demand_unsupported(report, SUBJECT, cases, call).await;
        return;
    }
    let Some(number) = &cases.detectable else {
        report.skip(ANNOUNCED, "the cases name no number to detect couriers for");
        return;
    };
    let call = provider.detect_couriers(number);
    let Some(candidates) = demand_success(report, SUBJECT, call, cases).await else {
        return;
    };
    let nameless = candidates
        .iter()
        .any(|found| found.courier.code.trim().is_empty());
    let result = if candidates.is_empty() {
        Err("no courier".to_owned())
    } else if nameless {
        Err("a courier without a code".to_owned())
    } else {
        Ok(())
    };
    report.demand("detected_couriers_have_codes", SUBJECT, result);
}

/// The couriers that the provider knows.
pub(super) async fn check_couriers(report: &mut Report, provider: &dyn Provider, cases: &Cases) {
    const SUBJECT: &str = "list couriers";
    let call = provider.list_couriers();
    if !provider.capabilities().list_couriers {
        demand_unsupported(report, SUBJECT, cases, call).await;
        return;
    }
    let Some(couriers) = demand_success(report, SUBJECT, call, cases).await else {
        return;
    };
    let result = match couriers.iter().find(|it| it.code.trim().is_empty()) {
        Some(_) => Err("a courier without a code".to_owned()),
        None => Ok(()),
    };
    report.demand("listed_couriers_have_codes", SUBJECT, result);
}

fn of_provider(id: &ProviderId, page: &ShipmentPage) -> Result<(), String> {
    match page
        .shipments
        .iter()
        .find(|shipment| shipment.provider != *id)
    {
        Some(other) => Err(format!("a shipment of `{}`", other.provider)),
        None => Ok(()),
    }
}

/// Any result will do, an error too, as long as it is not "unsupported".
async fn demand_supported<T>(
    report: &mut Report,
    subject: &str,
    call: impl Future<Output = Result<T, Error>>,
) {
    let result = match caught(call).await {
        Ok(Err(error)) if error.kind() == ErrorKind::Unsupported => {
            Err("announced, and unsupported when called".to_owned())
        }
        Ok(_) => Ok(()),
        Err(panic) => Err(panic),
    };
    report.demand(ANNOUNCED, subject, result);
}

async fn demand_unsupported<T>(
    report: &mut Report,
    subject: &str,
    cases: &Cases,
    call: impl Future<Output = Result<T, Error>>,
) {
    let result = match caught(call).await {
        Ok(Err(error)) if error.kind() == ErrorKind::Unsupported => {
            check_error(report, subject, &error, cases);
            Ok(())
        }
        Ok(Err(error)) => Err(format!("not announced; an error of kind {}", error.kind())),
        Ok(Ok(_)) => Err("not announced, and it works".to_owned()),
        Err(panic) => Err(panic),
    };
    report.demand(UNANNOUNCED, subject, result);
}

async fn demand_success<T>(
    report: &mut Report,
    subject: &str,
    call: impl Future<Output = Result<T, Error>>,
    cases: &Cases,
) -> Option<T> {
    let (result, value) = match caught(call).await {
        Ok(Ok(value)) => (Ok(()), Some(value)),
        Ok(Err(error)) => {
            check_error(report, subject, &error, cases);
            (Err(format!("an error: {error}")), None)
        }
        Err(panic) => (Err(panic), None),
    };
    report.demand(ANNOUNCED, subject, result);
    value
}

//! Many registrations cost few calls, and each number has a result of its own.

use std::sync::Arc;

use tracking_core::{
    ErrorKind, Outcome, Provider, ProviderSet, Registered, Registration, Shipment, TrackRequest,
};
use tracking_sandbox::Sandbox;

use crate::{ship24, trackingmore};

type Results = Vec<Result<Registered, tracking_core::Error>>;

async fn register(provider: impl Provider + 'static, all: Vec<Registration>) -> Results {
    let name = provider.id().to_string();
    let mut set = ProviderSet::new();
    set.add(Arc::new(provider)).unwrap();
    set.get(&name).unwrap().register_batch(all).await
}

fn registrations(count: usize) -> Vec<Registration> {
    let numbers = (0..count).map(|place| format!("BULK{place:04}4711"));
    numbers.map(Registration::new).collect()
}

fn at_a_courier(count: usize) -> Vec<Registration> {
    let all = registrations(count).into_iter();
    all.map(|it| it.with_courier("ups")).collect()
}

/// The operations that were requested, each run of equal ones once with its length.
fn operations(sandbox: &Sandbox) -> Vec<(String, usize)> {
    let mut runs: Vec<(String, usize)> = Vec::new();
    for request in sandbox.requests() {
        let operation = request.operation.unwrap_or_default().to_owned();
        match runs.last_mut() {
            Some((last, count)) if *last == operation => *count += 1,
            _ => runs.push((operation, 1)),
        }
    }
    sandbox.clear_requests();
    runs
}

fn created(results: &Results) -> Vec<Option<bool>> {
    let results = results.iter();
    results.map(|it| it.as_ref().unwrap().created).collect()
}

#[tokio::test]
async fn ship24_registers_250_numbers_in_three_calls() {
    let sandbox = ship24::sandboxed::sandbox().await;

    let first = register(ship24::sandboxed::client(&sandbox), registrations(250)).await;
    let calls = operations(&sandbox);
    let again = register(ship24::sandboxed::client(&sandbox), registrations(250)).await;

    assert_eq!(calls, [("bulk-create-trackers".to_owned(), 3)]);
    assert_eq!(created(&first), [Some(true); 250]);
    assert_eq!(created(&again), [Some(false); 250]);
    for ((registration, first), again) in registrations(250).iter().zip(&first).zip(&again) {
        let (first, again) = (first.as_ref().unwrap(), again.as_ref().unwrap());
        assert_eq!(first.number, registration.number);
        assert!(first.id.is_some());
        assert_eq!(first.id, again.id);
    }
}

#[tokio::test]
async fn trackingmore_registers_250_numbers_in_seven_calls() {
    let sandbox = trackingmore::sandboxed::sandbox().await;
    let client = || trackingmore::sandboxed::client(&sandbox);

    let first = register(client(), at_a_courier(250)).await;
    let calls = operations(&sandbox);
    let again = register(client(), at_a_courier(45)).await;

    assert_eq!(calls, [("batch-create-trackings".to_owned(), 7)]);
    assert_eq!(created(&first), [Some(true); 250]);
    // What the account has already is read by one list for each call.
    let (create, list) = ("batch-create-trackings", "list-trackings");
    let expected = [create, list, create, list].map(|it| (it.to_owned(), 1));
    assert_eq!(operations(&sandbox), expected);
    assert_eq!(created(&again), [Some(false); 45]);
    for (first, again) in first.iter().zip(&again) {
        let (first, again) = (first.as_ref().unwrap(), again.as_ref().unwrap());
        assert!(first.id.is_some());
        assert_eq!((&first.id, &first.number), (&again.id, &again.number));
    }
}

#[tokio::test]
async fn numbers_without_courier_are_detected_and_registered_together() {
    let sandbox = trackingmore::sandboxed::sandbox().await;
    // The first once more, as people copy it.
    let numbers = ["RB473128508SG", "RB473128511SG", "rb 473128508 sg"].map(Registration::new);

    let results = register(trackingmore::sandboxed::client(&sandbox), numbers.to_vec()).await;

    let expected = [("detect-carrier", 2), ("batch-create-trackings", 1)];
    let expected = expected.map(|(name, count)| (name.to_owned(), count));
    assert_eq!(operations(&sandbox), expected);
    assert_eq!(created(&results), [Some(true), Some(true), Some(false)]);
}

#[tokio::test]
async fn refused_number_costs_no_other_its_registration() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut all = at_a_courier(4);
    all.insert(1, Registration::new(" ").with_courier("ups"));
    // The same once more, as a list may have it.
    all.push(all[0].clone());

    let at_ship24 = register(ship24::sandboxed::client(&sandbox), all.clone()).await;
    let at_trackingmore = register(trackingmore::sandboxed::client(&sandbox), all).await;

    for results in [at_ship24, at_trackingmore] {
        let shown = results.iter().map(|result| match result {
            Ok(registered) => registered.created.ok_or(ErrorKind::Internal),
            Err(error) => Err(error.kind()),
        });
        let shown: Vec<Result<bool, ErrorKind>> = shown.collect();
        let bad = Err(ErrorKind::InvalidRequest);
        assert_eq!(
            shown,
            [Ok(true), bad, Ok(true), Ok(true), Ok(true), Ok(false)]
        );
    }
}

#[tokio::test]
async fn used_up_quota_ends_the_registrations() {
    let sandbox = ship24::sandboxed::sandbox().await;
    sandbox
        .ship24()
        .configure(|settings| settings.quota = Some(150));

    let results = register(ship24::sandboxed::client(&sandbox), registrations(300)).await;

    let is_created = |it: &&Result<Registered, _>| it.is_ok();
    assert_eq!(results.iter().filter(is_created).count(), 150);
    let kinds = results[150..].iter();
    assert!(
        kinds
            .clone()
            .all(|it| it.as_ref().unwrap_err().kind() == ErrorKind::QuotaExhausted)
    );
    let is_asked =
        |it: &&Result<Registered, tracking_core::Error>| !it.as_ref().unwrap_err().is_not_asked();
    assert_eq!(kinds.filter(is_asked).count(), 50);
    assert_eq!(
        operations(&sandbox),
        [("bulk-create-trackers".to_owned(), 2)]
    );
}

/// What a lookup that registers returns is stored, and requested again by what it says of itself.
#[tokio::test]
async fn registered_shipment_is_found_by_its_own_request() {
    async fn found(provider: &dyn Provider, request: TrackRequest) -> Vec<Shipment> {
        match provider.track(request).await {
            Ok(Outcome::Found(found)) => found,
            other => panic!("{}: {other:?}", provider.id()),
        }
    }
    let sandboxes = (
        ship24::sandboxed::sandbox().await,
        trackingmore::sandboxed::sandbox().await,
    );
    let providers: [Box<dyn Provider>; 2] = [
        Box::new(ship24::sandboxed::client(&sandboxes.0)),
        Box::new(trackingmore::sandboxed::client(&sandboxes.1)),
    ];
    for provider in &providers {
        assert!(provider.capabilities().register);
        let alone = TrackRequest::number("RB473128525SG").with_register(true);
        let mut registered = found(&**provider, alone).await;
        let several = ["RB473128539SG", "RB473128542SG"]
            .map(|it| TrackRequest::number(it).with_register(true));
        for result in provider.track_batch(several.to_vec()).await {
            match result {
                Ok(Outcome::Found(found)) => registered.extend(found),
                other => panic!("{}: {other:?}", provider.id()),
            }
        }
        assert_eq!(registered.len(), 3);
        for shipment in &registered {
            let again = found(&**provider, shipment.request()).await;
            assert!(
                again.iter().any(|it| it.is_same_shipment(shipment)),
                "{shipment:?}"
            );
        }
    }
}

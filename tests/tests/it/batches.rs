//! A batch has the results of single lookups, at every provider and in whatever state its account is.

use std::sync::Arc;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use tracking_core::{
    Account, Error, Outcome, Provider, ProviderSet, Registration, Target, TrackRequest,
};
use tracking_sandbox::{Parcel, Sandbox, Scan, Step};

use crate::ship24::sandboxed::minutes;
use crate::{exporto, gcl, oneconcepts, ship24, trackingmore};

/// How many numbers there are; the parcels have the first of them.
const NUMBERS: usize = 9;

/// What happened to a parcel, and whether the account follows it.
#[derive(Clone, Debug)]
struct State {
    scans: usize,
    is_followed: bool,
}

/// What is looked up at once.
#[derive(Clone, Debug)]
struct Lookups {
    parcels: Vec<State>,
    numbers: Vec<usize>,
    register: bool,
}

fn lookups() -> impl Strategy<Value = Lookups> {
    let state =
        (0..=3_usize, any::<bool>()).prop_map(|(scans, is_followed)| State { scans, is_followed });
    let numbers = vec(0..=NUMBERS, 0..14);
    (vec(state, 0..NUMBERS), numbers, any::<bool>()).prop_map(|(parcels, numbers, register)| {
        Lookups {
            parcels,
            numbers,
            register,
        }
    })
}

/// The number at a place; the last is none.
fn number(place: usize) -> String {
    if place == NUMBERS {
        return " ".to_owned();
    }
    format!("BATCH{place}4711")
}

/// Every other number comes with its courier.
fn courier(place: usize) -> Option<&'static str> {
    (place.is_multiple_of(2) && place < NUMBERS).then_some("ups")
}

fn request(provider: &str, place: usize, register: bool) -> TrackRequest {
    let target = if provider == "oneconcepts" {
        Target::Reference(number(place))
    } else {
        Target::Number(number(place))
    };
    let request = TrackRequest::new(target).with_register(register);
    match courier(place) {
        Some(courier) => request.with_courier(courier),
        None => request,
    }
}

fn accounts(sandbox: &Sandbox) -> ProviderSet {
    let clients: [Arc<dyn Provider>; 5] = [
        Arc::new(ship24::sandboxed::client(sandbox)),
        Arc::new(trackingmore::sandboxed::client(sandbox)),
        Arc::new(exporto::sandboxed::client(sandbox)),
        Arc::new(gcl::sandboxed::client(sandbox)),
        Arc::new(oneconcepts::sandboxed::client(sandbox)),
    ];
    let mut set = ProviderSet::new();
    for client in clients {
        set.add(client).unwrap();
    }
    set
}

/// Puts the sandbox into a state, of which the account follows some parcels, and returns how many requests were
/// sent for that.
async fn prepare(sandbox: &Sandbox, account: &Account, parcels: &[State]) -> usize {
    sandbox.reset();
    sandbox
        .ship24()
        .configure(|settings| settings.rate_limits = false);
    sandbox
        .trackingmore()
        .configure(|settings| settings.rate_limits = false);
    sandbox
        .gcl()
        .configure(|settings| settings.rate_limits = false);
    for (place, state) in parcels.iter().enumerate() {
        let steps = [Step::Accepted, Step::HubScan, Step::Delivered];
        let mut parcel = Parcel::new("ups", number(place));
        for (age, step) in (0..3).rev().zip(steps).take(state.scans) {
            parcel = parcel.scan(Scan::ago(minutes(10 + 60 * age), step));
        }
        sandbox.add_parcel(parcel).unwrap();
        if state.is_followed && account.capabilities().register {
            let registration = Registration::new(number(place));
            let registration = match courier(place) {
                Some(courier) => registration.with_courier(courier),
                None => registration,
            };
            account.register(registration).await.unwrap();
        }
    }
    // The sandbox has forgotten the token.
    let _ = account.track(request(account.name(), 0, false)).await;
    sandbox.requests().len()
}

/// What a result says; an id says when a number was registered, which a batch may do in another order.
fn shown(result: &Result<Outcome, Error>) -> String {
    match result {
        Ok(Outcome::Found(found)) => {
            let found = found.iter().map(|it| {
                let events = it.legs.iter().map(|leg| leg.events.len()).sum::<usize>();
                let reference = it.reference.as_deref();
                let problems = it.problems.len();
                format!(
                    "{} {reference:?} {} {events} {problems}",
                    it.number, it.status.status
                )
            });
            let mut found: Vec<String> = found.collect();
            found.sort();
            found.join(", ")
        }
        Ok(outcome) => format!("{outcome:?}"),
        Err(error) => error.kind().to_string(),
    }
}

/// Looks all of it up alone and then, in the same state, together.
async fn check(
    sandbox: &Sandbox,
    account: &Account,
    lookups: &Lookups,
) -> Result<(), TestCaseError> {
    let name = account.name();
    let requests: Vec<TrackRequest> = lookups
        .numbers
        .iter()
        .map(|place| request(name, *place, lookups.register))
        .collect();
    let before = prepare(sandbox, account, &lookups.parcels).await;
    let mut alone = Vec::new();
    for request in &requests {
        alone.push(shown(&account.track(request.clone()).await));
    }
    let calls_alone = sandbox.requests().len() - before;

    let before = prepare(sandbox, account, &lookups.parcels).await;
    let together = account.track_batch(requests).await;
    let calls = sandbox.requests().len() - before;

    let together: Vec<String> = together.iter().map(shown).collect();
    prop_assert_eq!(together, alone, "{}", name);
    // A call for several that settles nothing.
    prop_assert!(calls <= calls_alone + 1, "{name}: {calls}, {calls_alone}");
    Ok(())
}

#[test]
fn batch_has_results_of_single_lookups() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let sandbox = runtime.block_on(Sandbox::start()).unwrap();
    let set = accounts(&sandbox);
    let config = ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(24)
    };
    for account in set.iter() {
        let mut runner = TestRunner::new(config.clone());
        let result = runner.run(&lookups(), |lookups| {
            runtime.block_on(check(&sandbox, account, &lookups))
        });
        result.unwrap_or_else(|error| panic!("{}: {error}", account.name()));
    }
}

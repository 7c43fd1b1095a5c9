//! A batch has the results of single lookups, at every provider and in whatever state its account is.

use proptest::collection::vec;
use proptest::prelude::*;
use tracking_core::{Account, Error, Outcome, Provider, Registration, TrackRequest};
use tracking_core::{ProviderSet, Target};
use tracking_sandbox::{Parcel, Sandbox, Scan, Step};

use std::sync::Arc;

use crate::ship24::sandboxed::minutes;
use crate::{exporto, gcl, oneconcepts, ship24, trackingmore};

/// How many numbers there are; the parcels have the first of them.
const NUMBERS: usize = 9;

const PROVIDERS: [&str; 5] = ["ship24", "trackingmore", "exporto", "gcl", "oneconcepts"];

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

fn client(provider: &str, sandbox: &Sandbox) -> Arc<dyn Provider> {
    match provider {
        "ship24" => {
            let account = sandbox.ship24();
            account.configure(|settings| settings.rate_limits = false);
            Arc::new(ship24::sandboxed::client(sandbox))
        }
        "trackingmore" => {
            let account = sandbox.trackingmore();
            account.configure(|settings| settings.rate_limits = false);
            Arc::new(trackingmore::sandboxed::client(sandbox))
        }
        "gcl" => {
            let account = sandbox.gcl();
            account.configure(|settings| settings.rate_limits = false);
            Arc::new(gcl::sandboxed::client(sandbox))
        }
        "exporto" => Arc::new(exporto::sandboxed::client(sandbox)),
        _ => Arc::new(oneconcepts::sandboxed::client(sandbox)),
    }
}

/// A sandbox in this state, the account, and how many requests were sent so far.
async fn prepared(provider: &str, parcels: &[State]) -> (Sandbox, ProviderSet, usize) {
    let sandbox = Sandbox::builder().seed(7).start().await.unwrap();
    let client = client(provider, &sandbox);
    for (place, state) in parcels.iter().enumerate() {
        let steps = [Step::Accepted, Step::HubScan, Step::Delivered];
        let mut parcel = Parcel::new("ups", number(place));
        for (age, step) in (0..3).rev().zip(steps).take(state.scans) {
            parcel = parcel.scan(Scan::ago(minutes(10 + 60 * age), step));
        }
        sandbox.add_parcel(parcel).unwrap();
        if state.is_followed && client.capabilities().register {
            let registration = Registration::new(number(place));
            let registration = match courier(place) {
                Some(courier) => registration.with_courier(courier),
                None => registration,
            };
            client.register(registration).await.unwrap();
        }
    }
    let mut set = ProviderSet::new();
    set.add(client).unwrap();
    let sent = sandbox.requests().len();
    (sandbox, set, sent)
}

fn account(set: &ProviderSet) -> &Account {
    set.iter().next().unwrap()
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

async fn check(lookups: &Lookups) -> Result<(), TestCaseError> {
    for provider in PROVIDERS {
        let requests: Vec<TrackRequest> = lookups
            .numbers
            .iter()
            .map(|place| request(provider, *place, lookups.register))
            .collect();
        let (sandbox, set, before) = prepared(provider, &lookups.parcels).await;
        let mut alone = Vec::new();
        for request in &requests {
            alone.push(shown(&account(&set).track(request.clone()).await));
        }
        let calls_alone = sandbox.requests().len() - before;

        let (sandbox, set, before) = prepared(provider, &lookups.parcels).await;
        let together = account(&set).track_batch(requests.clone()).await;
        let calls = sandbox.requests().len() - before;

        let together: Vec<String> = together.iter().map(shown).collect();
        prop_assert_eq!(together, alone, "{}", provider);
        // One call for a list or a batch that settles nothing, and a token of another client.
        prop_assert!(
            calls <= calls_alone + 2,
            "{provider}: {calls}, {calls_alone}"
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn batch_has_results_of_single_lookups(lookups in lookups()) {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(check(&lookups))?;
    }
}

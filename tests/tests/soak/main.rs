//! Many calls at once through all SDKs, over real connections to the sandbox, every tenth request with a fault: each
//! call has one outcome, no limit is exceeded, and memory, sockets and tasks stay as they are.
//!
//! A program of its own with one test, because it counts for the whole process. `SOAK_CALLS=1000000 cargo test
//! --release -p tracking-tests --test soak -- --nocapture` makes a million calls and prints what it saw.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod faulty;
mod parcels;
mod sample;

use std::collections::BTreeMap;
use std::env;
use std::time::Instant;

use futures_util::StreamExt as _;
use futures_util::stream;
use tracking_core::{ErrorKind, Outcome};
use tracking_sandbox::Sandbox;

use faulty::{FAULTS, Faulty};
use sample::Sample;

const CALLS: usize = 1_000;
/// Calls that are on their way at the same time.
const CONCURRENCY: usize = 64;
/// Requests per second that each provider is said to allow.
const RATE: u32 = 500;
/// How often the process is looked at.
const SAMPLES: usize = 20;
/// Memory that may come and go, in kB: buffers of connections, the log of the sandbox.
const SWING: u64 = 16_384;

/// What the faults may end in, for those that no repeat helps.
const KINDS: [ErrorKind; 4] = [
    ErrorKind::Decode,
    ErrorKind::Server,
    ErrorKind::Transport,
    ErrorKind::InvalidRequest,
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn soak_has_one_outcome_per_call_and_stays_flat() {
    let calls = env::var("SOAK_CALLS").map_or(CALLS, |calls| calls.parse().unwrap());
    let sandbox = Sandbox::start().await.unwrap();
    let parcels = parcels::prepare(&sandbox).await;
    for parcel in &parcels {
        parcel.transport.begin();
    }
    let started = Instant::now();
    let mut outcomes: BTreeMap<String, usize> = BTreeMap::new();
    let mut seen = vec![0_u8; calls];
    let mut samples = Vec::new();

    let parcels = &parcels;
    let mut results = stream::iter(0..calls)
        .map(|call| async move {
            let parcel = &parcels[call % parcels.len()];
            (call, parcel.provider.track(parcel.request.clone()).await)
        })
        .buffer_unordered(CONCURRENCY);
    while let Some((call, result)) = results.next().await {
        seen[call] += 1;
        let outcome = match result {
            Ok(Outcome::Found(shipments)) => {
                assert_eq!(shipments.len(), 1, "{shipments:?}");
                "found".to_owned()
            }
            Ok(other) => panic!("call {call}: {other:?}"),
            Err(error) => {
                assert!(KINDS.contains(&error.kind()), "call {call}: {error}");
                format!("{} {}", error.provider(), error.kind())
            }
        };
        *outcomes.entry(outcome).or_default() += 1;
        if samples.len() * calls <= outcomes.values().sum::<usize>() * SAMPLES {
            samples.push(Sample::take());
        }
    }
    drop(results);

    let took = started.elapsed();
    println!("{calls} calls in {took:.1?}: {outcomes:#?}");
    println!(
        "first {:?}\nmiddle {:?}\nlast {:?}",
        samples[0],
        samples[samples.len() / 2],
        samples[samples.len() - 1]
    );
    assert!(
        seen.iter().all(|count| *count == 1),
        "a call without an outcome, or with two"
    );
    for parcel in parcels {
        let transport: &Faulty = &parcel.transport;
        let (sent, excess) = (transport.sent(), transport.excess());
        println!(
            "{}: {sent} requests, {excess:.1} ahead of the limit at most",
            parcel.provider.id()
        );
        // What waits between the limiter and the connection is as much as is on its way.
        assert!(excess <= CONCURRENCY as f64, "{excess} requests too early");
        let expected = calls / parcels.len();
        assert!(
            sent >= expected && sent <= 3 * expected + FAULTS.len(),
            "{sent} requests"
        );
    }
    assert_flat(&samples);
}

/// What the second half of the run uses is what the first half did.
fn assert_flat(samples: &[Sample]) {
    let (first, second) = samples.split_at(samples.len() / 2);
    let most = |samples: &[Sample], of: fn(&Sample) -> u64| samples.iter().map(of).max().unwrap();
    for (name, of, swing) in [
        (
            "kB of memory",
            (|it: &Sample| it.memory) as fn(&Sample) -> u64,
            SWING,
        ),
        ("open files", |it: &Sample| it.files, CONCURRENCY as u64),
        ("tasks", |it: &Sample| it.tasks, CONCURRENCY as u64),
    ] {
        let (before, after) = (most(first, of), most(second, of));
        println!("{name}: at most {before}, then {after}");
        assert!(
            after <= before + swing,
            "{name} grow from {before} to {after}"
        );
    }
}

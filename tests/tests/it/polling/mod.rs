//! The polling example of the README of `tracking-core`, run against all five providers.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::time::Duration;

use tracking_core::{Registration, Status, TrackRequest};
use tracking_sandbox::SampleJourney;

use crate::conformance::{Candidate, PROVIDERS};

thread_local! {
    static PRINTED: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Keeps what the example prints.
macro_rules! println {
    ($($arguments:tt)*) => {
        PRINTED.with_borrow_mut(|printed| printed.push(format!($($arguments)*)))
    };
}

include!("readme.rs");

const README: &str = include_str!("../../../../crates/tracking-core/README.md");

const NUMBER: &str = "POLLING-0001";
const REFERENCE: &str = "SHOP::POLLING";

#[test]
fn example_is_that_of_the_readme() {
    let example = include_str!("readme.rs");

    assert!(README.contains(&format!("\n```rust\n{example}```\n")));
}

/// The parcel as each provider first finds it.
async fn first_found(candidate: &Candidate) -> Shipment {
    let provider = &*candidate.provider;
    let capabilities = provider.capabilities();
    if capabilities.register {
        provider.register(Registration::new(NUMBER)).await.unwrap();
    }
    let request = if capabilities.track_by_number {
        TrackRequest::number(NUMBER)
    } else {
        // 1concepts knows orders, not numbers.
        candidate
            .sandbox
            .oneconcepts()
            .pack(REFERENCE, &[NUMBER])
            .unwrap();
        TrackRequest::reference(REFERENCE)
    };
    for _ in 0..100 {
        if let Outcome::Found(found) = provider.track(request.clone()).await.unwrap() {
            let mut found = found.into_iter();
            return found
                .next()
                .expect("an outcome that is found has a shipment");
        }
        candidate.sandbox.clock().advance(Duration::from_secs(3600));
    }
    panic!("{} never finds the parcel", provider.id());
}

#[tokio::test]
async fn readme_polls_each_parcel_to_its_end() {
    for (name, prepare) in PROVIDERS {
        let candidate = prepare().await;
        let sandbox = &candidate.sandbox;
        sandbox.play(SampleJourney::Happy, NUMBER).unwrap();
        let first = first_found(&candidate).await;
        PRINTED.take();

        let mut known = first.clone();
        for _ in 0..500 {
            if !known.should_poll() {
                break;
            }
            sandbox.clock().advance(Duration::from_secs(3600));
            known = poll(&*candidate.provider, known).await.unwrap();
        }

        let printed = PRINTED.take();
        if *name == "oneconcepts" {
            // It says that the parcel was shipped, and nothing of what couriers scan.
            assert_eq!(known.status.status, Status::PickedUp);
            assert_eq!(printed, [""; 0]);
            continue;
        }
        assert_eq!(
            known.status.status,
            Status::Delivered,
            "{name}: {printed:#?}"
        );
        let different: BTreeSet<&String> = printed.iter().collect();
        assert_eq!(different.len(), printed.len(), "{name}: {printed:#?}");
        let count = |begin: &str| {
            let begin = format!("{}: {begin}", known.number);
            printed
                .iter()
                .filter(|line| line.starts_with(&begin))
                .count()
        };
        let new = known.events().len() - first.events().len();
        assert!(new > 0, "{name}");
        assert_eq!(
            count("new: ") + count("arrived late: "),
            new,
            "{name}: {printed:#?}"
        );
        assert_eq!(count("status: Delivered"), 1, "{name}: {printed:#?}");
        assert_eq!(count("withdrawn: "), 0, "{name}: {printed:#?}");
    }
}

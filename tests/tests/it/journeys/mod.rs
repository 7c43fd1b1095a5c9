//! Parcels that are followed from the beginning to the end, at five providers, by polls and by webhooks, with and without
//! faults in every third response: each fact is reported once.

mod edits;
mod follow;
pub(crate) mod reports;
pub(crate) mod source;
pub(crate) mod truth;
pub(crate) mod verdict;

use tracking_sandbox::SampleJourney;

use self::follow::{by_polls, by_webhooks};
use self::reports::Reports;
use self::truth::Feed;
use self::verdict::Verdict;

/// A provider, and what its webhooks hold, where it sends some.
const PROVIDERS: [(&str, Option<Feed>); 5] = [
    ("ship24", Some(Feed::NewsWebhooks)),
    ("trackingmore", Some(Feed::WholeWebhooks)),
    ("gcl", Some(Feed::NewsWebhooks)),
    ("exporto", None),
    ("oneconcepts", None),
];

/// A journey at a provider: by polls, without and with faults, then by webhooks.
async fn verdicts(
    journey: SampleJourney,
    provider: &'static str,
    webhooks: Option<Feed>,
) -> Vec<Verdict> {
    let (reported, truth) = by_polls(provider, journey, false).await;
    let (faulty, _) = by_polls(provider, journey, true).await;
    let verdict = |feed, reported: &Reports| {
        let reported = (reported, reported.last());
        Verdict::of(provider, journey, feed, reported, &truth)
    };
    let mut verdicts = vec![
        verdict(Feed::Polls, &reported),
        verdict(Feed::Polls, &faulty),
    ];
    if let Some(feed) = webhooks {
        for with_faults in [false, true] {
            let reported = by_webhooks(provider, journey, with_faults).await;
            verdicts.push(verdict(feed, &reported));
        }
    }
    verdicts
}

#[tokio::test]
async fn each_fact_of_each_journey_is_told_once() {
    let mut faults = Vec::new();
    println!("reported / expected: by polls, with faults; by webhooks, with faults");
    print!("{:<18}", "");
    for (provider, webhooks) in PROVIDERS {
        let width = if webhooks.is_some() { 26 } else { 14 };
        print!("{provider:<width$}");
    }
    println!();
    for journey in SampleJourney::ALL {
        print!("{:<18}", journey.name());
        for (provider, webhooks) in PROVIDERS {
            for (position, verdict) in verdicts(journey, provider, webhooks)
                .await
                .iter()
                .enumerate()
            {
                print!("{verdict:<6}");
                let feed = ["polls", "faulty polls", "webhooks", "faulty webhooks"][position];
                let of = format!("{} at {provider}, {feed}", journey.name());
                faults.extend(verdict.faults.iter().map(|fault| format!("{of}: {fault}")));
            }
            print!("  ");
        }
        println!();
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

//! One parcel, followed from the beginning to the end.

use std::time::Duration;

use bytes::Bytes;
use tracking_core::merge::Update;
use tracking_sandbox::SampleJourney;

use super::reports::Reports;
use super::source::{NUMBER, Source};
use super::truth::Truth;

/// The time between two polls.
const PAUSE: Duration = Duration::from_secs(3 * 3600);

/// How far the clock goes between two polls of a journey.
fn pauses(journey: SampleJourney) -> Vec<Duration> {
    let polls = |time: Duration| {
        let count = time.as_secs() / PAUSE.as_secs();
        vec![PAUSE; count.try_into().unwrap()]
    };
    let few_days = Duration::from_secs(72 * 3600);
    match journey.duration().checked_sub(few_days * 4) {
        // Months without news in the middle.
        Some(silence) => [
            polls(few_days),
            vec![silence + few_days * 2],
            polls(few_days),
        ]
        .concat(),
        None => polls(journey.duration()),
    }
}

/// What is reported to a user who polls, and what the responses show.
pub(crate) async fn by_polls(
    name: &'static str,
    journey: SampleJourney,
    with_faults: bool,
) -> (Reports, Truth) {
    let source = Source::open(name).await;
    source.sandbox.play(journey, NUMBER).unwrap();
    if with_faults {
        source.break_every_third();
    }
    let (mut reported, mut truth) = (Reports::default(), Truth::default());
    for pause in pauses(journey) {
        source.sandbox.clock().advance(pause);
        if pause > PAUSE {
            source.sandbox.faults().clear();
            source.begin_again(journey, reported.last()).await;
            if with_faults {
                source.break_every_third();
            }
        }
        for shipment in source.poll(journey).await {
            truth.see(&shipment);
            reported.observe(Update::Snapshot(shipment));
        }
    }
    (reported, truth)
}

/// What is reported to a user who waits for webhooks.
pub(crate) async fn by_webhooks(
    name: &'static str,
    journey: SampleJourney,
    with_faults: bool,
) -> Reports {
    let source = Source::open(name).await;
    let receiver = source.subscribe().await;
    source.sandbox.play(journey, NUMBER).unwrap();
    source.register(journey).await;
    let mut reported = Reports::default();
    let mut count = 0;
    for pause in pauses(journey) {
        source.sandbox.clock().advance(pause);
        source.webhooks_settled().await;
        if pause > PAUSE {
            source.begin_again(journey, reported.last()).await;
        }
        for received in receiver.take() {
            count += 1;
            for body in arrivals(&received.body, with_faults && count % 3 == 0) {
                for update in source.read(&body) {
                    reported.observe(update);
                }
            }
        }
    }
    reported
}

/// A message as it arrives: once, or cut off first and then twice.
fn arrivals(body: &Bytes, is_faulty: bool) -> Vec<Bytes> {
    if is_faulty {
        vec![body.slice(..body.len() / 2), body.clone(), body.clone()]
    } else {
        vec![body.clone()]
    }
}

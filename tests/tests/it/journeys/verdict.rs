//! Whether all that there is to report of a journey was reported, each fact once.

use std::collections::BTreeSet;
use std::fmt;

use tracking_core::Shipment;
use tracking_sandbox::SampleJourney;

use super::reports::{Reports, shown_events};
use super::truth::{Feed, Truth, retractions};

/// Kinds of facts, and of reports that are refused, that no parcel has twice on any of the journeys.
const ONCE: [&str; 14] = [
    "event",
    "retracted",
    "courier_changed",
    "number_changed",
    "eta_changed",
    "gave_up",
    "signed",
    "detail_changed",
    "reason_changed",
    "attention_changed",
    "fact_changed",
    "late",
    "regressed",
    "left_terminal",
];

/// What was reported of a journey, what there was to report, and what is wrong.
pub(crate) struct Verdict {
    reported: usize,
    expected: usize,
    pub(crate) faults: Vec<String>,
}

impl fmt::Display for Verdict {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&format!("{}/{}", self.reported, self.expected))
    }
}

impl Verdict {
    pub(crate) fn of(
        provider: &str,
        journey: SampleJourney,
        feed: Feed,
        (reported, known): (&Reports, &Shipment),
        truth: &Truth,
    ) -> Self {
        let statuses = truth.statuses(journey, feed);
        let retractions = retractions(journey, provider, feed);
        let mut faults = Vec::new();
        for kind in ONCE {
            let repeated = reported.facts(kind).filter(|(_, count)| *count > 1);
            faults.extend(repeated.map(|(fact, count)| format!("reported {count} times: {fact}")));
        }
        let reported_events: BTreeSet<&str> =
            reported.facts("event").map(|(fact, _)| fact).collect();
        let true_events: BTreeSet<&str> = truth.events.iter().map(String::as_str).collect();
        for fact in true_events.difference(&reported_events) {
            faults.push(format!("not reported: {fact}"));
        }
        for fact in reported_events.difference(&true_events) {
            faults.push(format!("reported, and not so: {fact}"));
        }
        if reported.statuses != statuses {
            faults.push(format!(
                "reported {:?}, expected {statuses:?}",
                reported.statuses
            ));
        }
        // The dates of exporto are one event each: a second delivery is the first one, back at another time.
        let restored = if provider == "exporto" {
            retractions
        } else {
            0
        };
        for (kind, expected) in [("retracted", retractions), ("restored", restored)] {
            if reported.count(kind) != expected {
                let facts: Vec<_> = reported.facts(kind).collect();
                faults.push(format!("expected {expected} {kind}, reported {facts:?}"));
            }
        }
        // Who hears only of what is new does not hear of what is gone, and an event without an id at another place is new.
        let is_edited =
            [SampleJourney::WrongDelivered, SampleJourney::EditedScan].contains(&journey);
        let is_whole = feed != Feed::NewsWebhooks || !is_edited;
        let (mut known, mut shown) = (legs(known), legs(truth.last()));
        if feed == Feed::NewsWebhooks {
            // Of messages the order of arrival decides nothing, so legs without instants are in another order.
            known.sort();
            shown.sort();
        }
        if is_whole && known != shown {
            faults.push(format!("knows {known:#?}, shown {shown:#?}"));
        }
        let count = |statuses: &[Vec<_>]| statuses.iter().map(Vec::len).sum::<usize>();
        Self {
            reported: reported.count("event")
                + reported.count("retracted")
                + count(&reported.statuses),
            expected: true_events.len() + retractions + count(&statuses),
            faults,
        }
    }
}

/// Courier, number and events of each leg.
fn legs(shipment: &Shipment) -> Vec<(Option<&str>, Option<&str>, Vec<String>)> {
    let legs = shipment.legs.iter();
    legs.map(|leg| {
        let courier = leg.courier.as_ref().map(|courier| courier.code.as_str());
        (courier, leg.number.as_deref(), shown_events(leg))
    })
    .collect()
}

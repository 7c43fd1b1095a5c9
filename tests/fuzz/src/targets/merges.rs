//! Any two observations of a shipment, merged: nothing is lost, nothing is reported twice, and what is known can be
//! stored.

use std::collections::HashSet;

use bytes::Bytes;
use tracking_core::Shipment;
use tracking_core::merge::{Change, Update, changes, merge};
use tracking_testkit::Sdk;

use super::shipments::{MAPS, fetched_at};
use super::stored::assert_is_stored_in_every_format;
use crate::input::Input;
use crate::sdks::{Exporto, Gcl, OneConcepts, Ship24, TrackingMore};

/// Divides one body from the next. It is in no UTF-8.
const END: u8 = 0xff;

/// A byte for the provider, one for what is complete, and bodies of lookups.
pub(crate) fn check(input: &[u8]) {
    let mut input = Input::new(input);
    let map = *input.choice(&MAPS);
    let complete = input.byte();
    let mut observed = Vec::new();
    for place in 0..3 {
        let shipments = map(&Bytes::copy_from_slice(input.until(END)));
        let Some(mut shipment) = shipments.into_iter().next() else {
            continue;
        };
        let hours = std::time::Duration::from_secs(3_600 * place);
        shipment.freshness.fetched_at = fetched_at().checked_add(hours).unwrap();
        observed.push(if complete >> place & 1 == 0 {
            Update::Snapshot(shipment)
        } else {
            Update::Partial(shipment)
        });
    }
    let mut known: Option<Shipment> = None;
    for update in observed {
        known = Some(observe(known, update));
    }
}

fn observe(known: Option<Shipment>, update: Update) -> Shipment {
    let merged = merge(known.clone(), update.clone());

    for change in &merged.changes {
        let line = change.to_string();
        assert_eq!(line.lines().count(), 1, "{line:?}");
    }
    if let Some(known) = known.filter(|_| !merged.is_first) {
        let (before, after) = (keys(&known), keys(&merged.shipment));
        let unique: HashSet<&str> = after.iter().copied().collect();
        assert_eq!(unique.len(), after.len(), "a key is given twice: {after:?}");
        for key in &before {
            assert!(unique.contains(key), "{key} is lost");
        }
        let new = merged.changes.iter().filter(|change| {
            matches!(
                change,
                Change::Added { .. } | Change::Late { event: Some(_), .. }
            )
        });
        assert_eq!(
            before.len() + new.count(),
            after.len(),
            "{:#?}",
            merged.changes
        );
        assert_eq!(
            changes(&known, &merged.shipment).is_empty(),
            merged.applied().next().is_none(),
            "{:#?}",
            merged.changes
        );
    }
    assert_is_stored_in_every_format(&merged);

    let again = merge(Some(merged.shipment.clone()), update);
    assert_eq!(again.changes, [], "the same observation again");
    merged.shipment
}

/// The keys of all events, retracted ones too.
pub(crate) fn keys(shipment: &Shipment) -> Vec<&str> {
    let events = shipment.legs.iter().flat_map(|leg| &leg.events);
    events.map(|event| event.key.as_str()).collect()
}

/// A fixture, another one, and the first one again.
pub(crate) fn seeds() -> Vec<Vec<u8>> {
    let mut seeds = Vec::new();
    for (provider, bodies) in lookups() {
        for (index, this) in bodies.iter().enumerate() {
            let next = &bodies[(index + 1) % bodies.len()];
            let complete = u8::try_from(index % 8).unwrap();
            let parts = [this.as_bytes(), next.as_bytes(), this.as_bytes()];
            let seed = [&[provider, complete], parts.join(&END).as_slice()].concat();
            seeds.push(seed);
        }
    }
    seeds
}

/// The byte of each provider, and what its lookups return.
pub(crate) fn lookups() -> [(u8, Vec<String>); 5] {
    let results = "get-tracking-results-of-trackers-by-tracking-number/";
    let lists = ["get-tracking/", "list-trackings/"];
    [
        (0, bodies::<Exporto>(&["get-shipment/"])),
        (1, bodies::<Gcl>(&["get-tracking/"])),
        (2, bodies::<OneConcepts>(&lists)),
        (3, bodies::<Ship24>(&[results, "get-tracking/"])),
        (4, bodies::<TrackingMore>(&lists)),
    ]
}

fn bodies<S: Sdk>(folders: &[&str]) -> Vec<String> {
    let mut files = S::FIXTURES.bodies();
    files.retain(|file| folders.iter().any(|folder| file.starts_with(folder)));
    assert!(!files.is_empty(), "{}: {folders:?}", S::PROVIDER);
    files.iter().map(|file| S::FIXTURES.text(file)).collect()
}

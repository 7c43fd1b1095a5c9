//! Any body of a lookup, mapped into shipments: what is stored of one is what was mapped, and seeing it again is no
//! news.

use bytes::Bytes;
use tracking_core::kit::UnmappedCounter;
use tracking_core::merge::{Update, changes, merge};
use tracking_core::{Shipment, UtcTime};
use tracking_testkit::Sdk;

use super::stored::assert_is_stored_in_every_format;

/// Maps a body, as the adapter of a provider does.
pub(crate) type Map = fn(&Bytes) -> Vec<Shipment>;

/// The adapters.
pub(crate) const MAPS: [Map; 5] = [
    map_exporto,
    map_gcl,
    map_oneconcepts,
    map_ship24,
    map_trackingmore,
];

/// When all of them are fetched.
pub(crate) fn fetched_at() -> UtcTime {
    UtcTime::from_unix_seconds(1_790_000_000).unwrap()
}

fn map_exporto(body: &Bytes) -> Vec<Shipment> {
    let shipment = exporto_sdk::shipment_from_body(body, fetched_at(), &UnmappedCounter::new());
    shipment.into_iter().collect()
}

fn map_gcl(body: &Bytes) -> Vec<Shipment> {
    let descriptions = gcl_sdk::Descriptions::default();
    let counter = UnmappedCounter::new();
    let shipment = gcl_sdk::shipment_from_body(body, descriptions, fetched_at(), &counter);
    shipment.into_iter().collect()
}

fn map_oneconcepts(body: &Bytes) -> Vec<Shipment> {
    let counter = UnmappedCounter::new();
    oneconcepts_sdk::shipments_from_body(body, fetched_at(), &counter).unwrap_or_default()
}

fn map_ship24(body: &Bytes) -> Vec<Shipment> {
    let counter = UnmappedCounter::new();
    ship24_sdk::shipments_from_body(body, fetched_at(), &counter).unwrap_or_default()
}

fn map_trackingmore(body: &Bytes) -> Vec<Shipment> {
    let counter = UnmappedCounter::new();
    trackingmore_sdk::shipments_from_body(body, fetched_at(), &counter).unwrap_or_default()
}

pub(crate) fn exporto(input: &[u8]) {
    check(map_exporto, input);
}

pub(crate) fn gcl(input: &[u8]) {
    check(map_gcl, input);
}

pub(crate) fn oneconcepts(input: &[u8]) {
    check(map_oneconcepts, input);
}

pub(crate) fn ship24(input: &[u8]) {
    check(map_ship24, input);
}

pub(crate) fn trackingmore(input: &[u8]) {
    check(map_trackingmore, input);
}

fn check(map: Map, input: &[u8]) {
    for shipment in map(&Bytes::copy_from_slice(input)) {
        assert_is_stored_in_every_format(&shipment);
        for event in shipment.events() {
            assert!(!event.key.as_str().is_empty());
        }
        let first = merge(None, Update::Snapshot(shipment.clone()));
        assert!(first.is_first && first.changes.is_empty());
        let again = merge(
            Some(first.shipment.clone()),
            Update::Snapshot(shipment.clone()),
        );
        assert_eq!(again.changes, [], "{shipment:#?}");
        assert_eq!(changes(&first.shipment, &again.shipment), []);
    }
}

/// Every fixture: those of other operations are near enough.
pub(crate) fn seeds<S: Sdk>() -> Vec<Vec<u8>> {
    let files = S::FIXTURES.bodies();
    files
        .iter()
        .map(|file| S::FIXTURES.text(file).into_bytes())
        .collect()
}

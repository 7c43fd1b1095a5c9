//! Memory that reading and mapping a response takes at most, for the shapes that take most: a list whose
//! elements have few bytes on the wire and many as values.
//!
//! A program of its own with one test, because its allocator counts for all of it.

use bytes::Bytes;
use peak_alloc::PeakAlloc;
use tracking_core::kit::UnmappedCounter;
use tracking_core::{Shipment, UtcTime};

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

type Read = fn(&Bytes) -> Vec<Shipment>;

fn gcl(body: &Bytes) -> Vec<Shipment> {
    let descriptions = gcl_sdk::Descriptions::default();
    gcl_sdk::shipment_from_body(body, descriptions, UtcTime::now(), &UnmappedCounter::new())
        .into_iter()
        .collect()
}

fn ship24(body: &Bytes) -> Vec<Shipment> {
    ship24_sdk::shipments_from_body(body, UtcTime::now(), &UnmappedCounter::new())
        .unwrap_or_default()
}

fn trackingmore(body: &Bytes) -> Vec<Shipment> {
    trackingmore_sdk::shipments_from_body(body, UtcTime::now(), &UnmappedCounter::new())
        .unwrap_or_default()
}

fn oneconcepts(body: &Bytes) -> Vec<Shipment> {
    oneconcepts_sdk::shipments_from_body(body, UtcTime::now(), &UnmappedCounter::new())
        .unwrap_or_default()
}

fn exporto(body: &Bytes) -> Vec<Shipment> {
    exporto_sdk::shipment_from_body(body, UtcTime::now(), &UnmappedCounter::new())
        .into_iter()
        .collect()
}

/// A response with a list: what reads it, what is before and behind the elements, and elements that have none
/// of their kind's keys, one whose value does not fit, or one that does.
type Shape = (Read, &'static str, &'static str, &'static [&'static str]);

const SHAPES: [Shape; 6] = [
    (
        gcl,
        r#"{"shortUid":"x","checkpoints":["#,
        "]}",
        &["[]", "{}", r#"{"createdAt":[]}"#, r#"{"status":"x"}"#],
    ),
    (
        ship24,
        r#"{"data":{"trackings":[{"tracker":{"trackingNumber":"A1"},"events":["#,
        "]}]}}",
        &["[]", r#"{"status":{}}"#, r#"{"status":"x"}"#],
    ),
    (
        ship24,
        r#"{"data":{"trackings":["#,
        "]}}",
        &[r#"{"tracker":{}}"#],
    ),
    (
        trackingmore,
        r#"{"meta":{"code":200},"data":{"items":["#,
        "]}}",
        &["{}", r#"{"customer_email":[{}]}"#],
    ),
    (
        oneconcepts,
        r#"{"hydra:member":["#,
        "]}",
        &["[]", r#"{"id":1}"#],
    ),
    (exporto, r#"{"shipmentId":"x","lineItems":["#, "]}", &["{}"]),
];

#[test]
fn memory_is_at_most_ten_times_the_body_and_fifty_megabytes() {
    for (read, before, behind, elements) in SHAPES {
        for element in elements {
            let body = body(before, element, behind);
            let at_start = ALLOCATOR.current_usage() - body.len();
            ALLOCATOR.reset_peak_usage();

            drop(read(&body));

            let peak = ALLOCATOR.peak_usage() - at_start;
            let bound = 10 * body.len() + 50_000_000;
            assert!(peak > body.len(), "{before}{element} was not counted");
            assert!(peak <= bound, "{before}{element}: {peak} above {bound}");
        }
    }
}

/// One megabyte of such elements.
fn body(before: &str, element: &str, behind: &str) -> Bytes {
    let count = 1_000_000 / (element.len() + 1);
    let list = vec![element; count].join(",");
    Bytes::from(format!("{before}{list}{behind}"))
}

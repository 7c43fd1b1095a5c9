//! What couriers change about what they have reported, from the world of the sandbox to what a user is told.

use std::time::Duration;

use tracking_core::Status;
use tracking_core::merge::{ChangeKind, Update};
use tracking_sandbox::{Leg, Parcel, SampleJourney, Scan, ScanEdit, ScanTime, Step};

use super::source::{NUMBER, Source};
use super::told::Told;

const HOUR: Duration = Duration::from_secs(3600);

/// A delivered parcel, polled once.
async fn delivered(name: &'static str) -> (Source, Told) {
    let source = Source::open(name).await;
    let parcel = Parcel::new("ups", NUMBER)
        .scan(Scan::ago(HOUR * 60, Step::Accepted).place("Köln"))
        .scan(Scan::ago(HOUR * 20, Step::OutForDelivery).place("Berlin"))
        .scan(Scan::ago(HOUR * 15, Step::Delivered).place("Berlin"));
    source.sandbox.add_parcel(parcel).unwrap();
    let mut told = Told::default();
    // TrackingMore responds to the first request of a number without its events.
    poll(&source, &mut told).await;
    poll(&source, &mut told).await;
    told.kinds.clear();
    (source, told)
}

/// Lets three hours pass and polls; returns the kinds of changes that are told.
async fn poll(source: &Source, told: &mut Told) -> Vec<ChangeKind> {
    source.sandbox.clock().advance(HOUR * 3);
    for shipment in source.poll(SampleJourney::Happy).await {
        told.observe(Update::Snapshot(shipment));
    }
    std::mem::take(&mut told.kinds)
}

/// The kinds of changes that two polls tell.
async fn poll_twice(source: &Source, told: &mut Told) -> Vec<ChangeKind> {
    let first = poll(source, told).await;
    [first, poll(source, told).await].concat()
}

/// A scan is edited, a delivery withdrawn and reported again.
async fn assert_edits_are_told(name: &'static str) {
    let (source, mut told) = delivered(name).await;
    assert_eq!(told.last().status.status, Status::Delivered);

    // A courier without ids that changes more than one thing reports another event.
    let edit = ScanEdit::new().time(ScanTime::Ago(HOUR * 18));
    source.sandbox.edit_scan(NUMBER, 2, edit).unwrap();
    let edited = poll_twice(&source, &mut told).await;
    source.sandbox.withdraw_scan(NUMBER, 2).unwrap();
    let withdrawn = poll_twice(&source, &mut told).await;
    let status = told.last().status.status.clone();
    source.sandbox.resend_scan(NUMBER, 2).unwrap();
    let resent = poll_twice(&source, &mut told).await;

    let told_once =
        |kinds: &[ChangeKind], wanted| kinds.iter().filter(|kind| **kind == wanted).count() == 1;
    assert!(
        told_once(&edited, ChangeKind::Revised),
        "{name}: {edited:?}"
    );
    assert!(
        told_once(&withdrawn, ChangeKind::Retracted),
        "{name}: {withdrawn:?}"
    );
    assert!(
        told_once(&withdrawn, ChangeKind::Reopened),
        "{name}: {withdrawn:?}"
    );
    assert_ne!(status, Status::Delivered, "{name}");
    assert!(
        told_once(&resent, ChangeKind::Restored),
        "{name}: {resent:?}"
    );
    assert!(
        told_once(&resent, ChangeKind::StatusChanged),
        "{name}: {resent:?}"
    );
    assert_eq!(told.last().status.status, Status::Delivered, "{name}");
    let all = [edited, withdrawn, resent].concat();
    assert!(!all.contains(&ChangeKind::Added), "{name}: {all:?}");
}

#[tokio::test]
async fn ship24_edits_are_told() {
    assert_edits_are_told("ship24").await;
}

#[tokio::test]
async fn trackingmore_edits_are_told() {
    assert_edits_are_told("trackingmore").await;
}

#[tokio::test]
async fn gcl_edits_are_told() {
    assert_edits_are_told("gcl").await;
}

#[tokio::test]
async fn exporto_edits_are_told() {
    assert_edits_are_told("exporto").await;
}

#[tokio::test]
async fn oneconcepts_correction_is_told_and_no_event_is_made_up() {
    let (source, mut told) = delivered("oneconcepts").await;

    let edit = ScanEdit::new().text("Handed over");
    source.sandbox.edit_scan(NUMBER, 2, edit).unwrap();
    let edited = poll_twice(&source, &mut told).await;
    let leg = Leg::new("gls", "JOURNEY-2");
    source.sandbox.correct_leg(NUMBER, 0, leg).unwrap();
    let corrected = poll_twice(&source, &mut told).await;

    assert_eq!(edited, []);
    let count = |wanted| corrected.iter().filter(|kind| **kind == wanted).count();
    assert_eq!(count(ChangeKind::CourierChanged), 1, "{corrected:?}");
    assert_eq!(count(ChangeKind::Added), 0, "{corrected:?}");
    let leg = &told.last().legs[0];
    assert_eq!(leg.number.as_deref(), Some("JOURNEY-2"));
}

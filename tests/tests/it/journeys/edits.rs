//! What couriers change about what they have reported, from the world of the sandbox to what is reported to a user.

use std::time::Duration;

use tracking_core::Status;
use tracking_core::merge::{ChangeKind, Update};
use tracking_sandbox::{Leg, Parcel, SampleJourney, Scan, ScanEdit, ScanTime, Step};

use super::reports::Reports;
use super::source::{NUMBER, Source};

const HOUR: Duration = Duration::from_secs(3600);

/// A delivered parcel, polled once.
async fn delivered(name: &'static str) -> (Source, Reports) {
    let source = Source::open(name).await;
    let parcel = Parcel::new("ups", NUMBER)
        .scan(Scan::ago(HOUR * 60, Step::Accepted).place("Köln"))
        .scan(Scan::ago(HOUR * 20, Step::OutForDelivery).place("Berlin"))
        .scan(Scan::ago(HOUR * 15, Step::Delivered).place("Berlin"));
    source.sandbox.add_parcel(parcel).unwrap();
    let mut reported = Reports::default();
    // TrackingMore responds to the first request of a number without its events.
    poll(&source, &mut reported).await;
    poll(&source, &mut reported).await;
    reported.kinds.clear();
    (source, reported)
}

/// Lets three hours pass and polls; returns the kinds of changes that are reported.
async fn poll(source: &Source, reported: &mut Reports) -> Vec<ChangeKind> {
    source.sandbox.clock().advance(HOUR * 3);
    for shipment in source.poll(SampleJourney::Happy).await {
        reported.observe(Update::Snapshot(shipment));
    }
    std::mem::take(&mut reported.kinds)
}

/// The kinds of changes that two polls report.
async fn poll_twice(source: &Source, reported: &mut Reports) -> Vec<ChangeKind> {
    let first = poll(source, reported).await;
    [first, poll(source, reported).await].concat()
}

/// A scan is edited, a delivery withdrawn and reported again.
async fn assert_edits_are_reported(name: &'static str) {
    let (source, mut reported) = delivered(name).await;
    assert_eq!(reported.last().status.status, Status::Delivered);

    // A courier without ids that changes more than one thing reports another event.
    let edit = ScanEdit::new().time(ScanTime::Ago(HOUR * 18));
    source.sandbox.edit_scan(NUMBER, 2, edit).unwrap();
    let edited = poll_twice(&source, &mut reported).await;
    source.sandbox.withdraw_scan(NUMBER, 2).unwrap();
    let withdrawn = poll_twice(&source, &mut reported).await;
    let status = reported.last().status.status.clone();
    source.sandbox.resend_scan(NUMBER, 2).unwrap();
    let resent = poll_twice(&source, &mut reported).await;

    let reported_once =
        |kinds: &[ChangeKind], wanted| kinds.iter().filter(|kind| **kind == wanted).count() == 1;
    assert!(
        reported_once(&edited, ChangeKind::Revised),
        "{name}: {edited:?}"
    );
    assert!(
        reported_once(&withdrawn, ChangeKind::Retracted),
        "{name}: {withdrawn:?}"
    );
    assert!(
        reported_once(&withdrawn, ChangeKind::Reopened),
        "{name}: {withdrawn:?}"
    );
    assert_ne!(status, Status::Delivered, "{name}");
    assert!(
        reported_once(&resent, ChangeKind::Restored),
        "{name}: {resent:?}"
    );
    assert!(
        reported_once(&resent, ChangeKind::StatusChanged),
        "{name}: {resent:?}"
    );
    assert_eq!(reported.last().status.status, Status::Delivered, "{name}");
    let all = [edited, withdrawn, resent].concat();
    assert!(!all.contains(&ChangeKind::Added), "{name}: {all:?}");
}

/// A delivery turns out to be an attempt: the scan is corrected in its place. Returns the kinds of changes.
async fn corrected_delivery(name: &'static str) -> (Vec<ChangeKind>, Status) {
    let (source, mut reported) = delivered(name).await;
    let edit = ScanEdit::new().step(Step::AttemptFailed);
    source.sandbox.edit_scan(NUMBER, 2, edit).unwrap();

    let kinds = [
        poll_twice(&source, &mut reported).await,
        poll_twice(&source, &mut reported).await,
    ];

    (kinds.concat(), reported.last().status.status.clone())
}

#[tokio::test]
async fn delivery_that_is_corrected_in_place_reopens() {
    for name in ["ship24", "trackingmore", "gcl", "exporto"] {
        let (kinds, status) = corrected_delivery(name).await;

        assert_ne!(status, Status::Delivered, "{name}: {kinds:?}");
        let reopened = kinds.iter().filter(|kind| **kind == ChangeKind::Reopened);
        assert_eq!(reopened.count(), 1, "{name}: {kinds:?}");
        let is_status = |kind: &&ChangeKind| **kind == ChangeKind::StatusChanged;
        assert_eq!(kinds.iter().find(is_status), None, "{name}: {kinds:?}");
    }
}

#[tokio::test]
async fn ship24_edits_are_reported() {
    assert_edits_are_reported("ship24").await;
}

#[tokio::test]
async fn trackingmore_edits_are_reported() {
    assert_edits_are_reported("trackingmore").await;
}

#[tokio::test]
async fn gcl_edits_are_reported() {
    assert_edits_are_reported("gcl").await;
}

#[tokio::test]
async fn exporto_edits_are_reported() {
    assert_edits_are_reported("exporto").await;
}

#[tokio::test]
async fn oneconcepts_correction_is_told_and_no_event_is_made_up() {
    let (source, mut reported) = delivered("oneconcepts").await;

    let edit = ScanEdit::new().text("Handed over");
    source.sandbox.edit_scan(NUMBER, 2, edit).unwrap();
    let edited = poll_twice(&source, &mut reported).await;
    let leg = Leg::new("gls", "JOURNEY-2");
    source.sandbox.correct_leg(NUMBER, 0, leg).unwrap();
    let corrected = poll_twice(&source, &mut reported).await;

    assert_eq!(edited, []);
    let count = |wanted| corrected.iter().filter(|kind| **kind == wanted).count();
    assert_eq!(count(ChangeKind::CourierChanged), 1, "{corrected:?}");
    assert_eq!(count(ChangeKind::Added), 0, "{corrected:?}");
    let leg = &reported.last().legs[0];
    assert_eq!(leg.number.as_deref(), Some("JOURNEY-2"));
}

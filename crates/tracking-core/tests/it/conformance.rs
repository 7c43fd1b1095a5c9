//! The conformance suite: a good provider passes, and each flaw is found.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use tracking_core::conformance::{self, Cases, Report, Trouble, Verdict, WebhookSample};
use tracking_core::model::EtaSource;
use tracking_core::webhook::WebhookProof;
use tracking_core::{
    Eta, Leg, LegRole, RawJson, RawStatus, Registration, Shipment, Status, Timestamp, TrackRequest,
};

use crate::parcels::{PROVIDER, event, parcel};
use crate::scripted::{Flaw, KEY, Scripted, proof_of};

/// A shipment as an adapter makes it, with raw JSON that holds its times.
fn complete() -> Shipment {
    let reported = [
        ("e1", "2025-12-01 10:00"),
        ("e2", "2025-12-02T10:00:00+05:30"),
    ];
    let events = reported.map(|(id, time)| {
        let mut event = event(id, time, Status::InTransit, "Sorted");
        event.raw = RawJson::from_string(format!(r#"{{"at":"{time}"}}"#));
        event
    });
    let mut shipment = parcel(Status::InTransit, 0, events.to_vec());
    shipment.raw = RawJson::from_string(r#"{"number":"TP0001"}"#);
    shipment
}

fn cases() -> Cases {
    Cases::new()
        .with_found(TrackRequest::number("tp0001"))
        .with_unknown(TrackRequest::number("UNKNOWN0001"))
        .with_registration(Registration::new("TP0001"))
        .with_detectable("TP0001")
        .with_webhook(WebhookSample::new("{}").with_header("Authorization", KEY))
        .with_secret(KEY)
}

async fn run(provider: Scripted) -> Report {
    let provider = Arc::new(provider);
    let counted = Arc::clone(&provider);
    let calls = move || u64::try_from(counted.calls.load(Ordering::Relaxed)).unwrap();
    conformance::run(&*provider, &cases().with_call_counter(calls)).await
}

/// Two parcels under one number.
fn twins() -> [Shipment; 2] {
    ["t1", "t2"].map(|id| {
        let mut twin = complete();
        twin.number = "TP0002".to_owned();
        twin.id = Some(id.to_owned());
        twin
    })
}

async fn failures_with(shipment: Shipment) -> Vec<&'static str> {
    names(&run(Scripted::new(PROVIDER, vec![shipment])).await)
}

fn names(report: &Report) -> Vec<&'static str> {
    let mut names: Vec<&'static str> = report.failures().map(|check| check.name).collect();
    names.dedup();
    names
}

#[tokio::test]
async fn good_provider_passes_everything() {
    let report = run(Scripted::new(PROVIDER, vec![complete()])).await;

    assert!(report.is_success(), "{report}");
    // Those need more than one provider, and more than one shipment; they have tests of their own.
    let of_more = Trouble::ALL.len() + 1;
    assert_eq!(report.skipped().count(), of_more, "{report:#?}");
    assert!(report.has_passed("bad_numbers_are_refused"));
    assert!(report.has_passed("the_same_response_changes_nothing"));
    assert!(report.into_result().is_ok());
}

#[tokio::test]
async fn omitted_cases_are_skipped_and_named() {
    let provider = Scripted::new(PROVIDER, Vec::new());

    let report = conformance::run(&provider, &Cases::new()).await;

    assert!(report.is_success(), "{report}");
    let skipped: Vec<&str> = report.skipped().map(|check| check.name).collect();
    assert!(skipped.contains(&"known_numbers_are_found"), "{skipped:?}");
    assert!(skipped.contains(&"webhooks_are_accepted"), "{skipped:?}");
}

#[tokio::test]
async fn each_flaw_of_a_provider_is_found() {
    let table = [
        (Flaw::UnknownIsError, "unknown_numbers_are_an_outcome"),
        (Flaw::SendsBadNumbers, "bad_numbers_are_refused"),
        (Flaw::PanicsOnBadNumbers, "bad_numbers_are_refused"),
        (Flaw::LeaksKeyInErrors, "errors_show_no_secret"),
        (Flaw::NewKeys, "event_keys_are_stable"),
        (Flaw::AnnouncesTooMuch, "announced_operations_work"),
        (Flaw::AnnouncesTooLittle, "other_operations_are_unsupported"),
        (Flaw::NamelessCouriers, "listed_couriers_have_codes"),
        (Flaw::TrustsWebhooks, "webhooks_need_their_proof"),
        (Flaw::MistakesWebhooks, "webhooks_need_the_right_proof"),
        (Flaw::ForgetsWebhooks, "kept_webhooks_are_read_alike"),
        (Flaw::MisreadsWebhooks, "kept_webhooks_are_read_alike"),
        (Flaw::RefusesWebhooks, "webhooks_are_acknowledged"),
        (Flaw::EndlessList, "pages_move_on"),
        (Flaw::SwapsBatches, "batches_return_what_single_lookups_do"),
        (
            Flaw::ShortensBatches,
            "batches_return_what_single_lookups_do",
        ),
        (
            Flaw::SwapsRegistrations,
            "batches_register_as_single_calls_do",
        ),
        (
            Flaw::ShortensRegistrations,
            "batches_register_as_single_calls_do",
        ),
        (Flaw::RegistersAgain, "batches_register_as_single_calls_do"),
    ];
    for (flaw, expected) in table {
        let report = run(Scripted::new(PROVIDER, vec![complete()]).with_flaw(flaw)).await;

        assert!(names(&report).contains(&expected), "{flaw:?}: {report}");
    }
}

#[tokio::test]
async fn proof_of_body_covers_every_byte() {
    for (flaw, failed) in [
        (None, None),
        (
            Some(Flaw::TrimsWebhooks),
            Some("webhooks_prove_every_byte_of_the_body"),
        ),
    ] {
        let mut provider = Scripted::new(PROVIDER, vec![complete()]);
        provider.proof = WebhookProof::BodyMac;
        provider.flaw = flaw;
        let sample = WebhookSample::new("{}").with_header(
            "Authorization",
            proof_of(provider.proof, b"{}").into_bytes(),
        );

        let report = conformance::run(&provider, &Cases::new().with_webhook(sample)).await;

        assert_eq!(names(&report), Vec::from_iter(failed), "{report}");
    }
}

#[tokio::test]
async fn key_in_debug_is_found_and_not_repeated_in_report() {
    let mut provider = Scripted::new(PROVIDER, vec![complete()]);
    provider.shows_key = true;

    let report = run(provider).await;

    assert_eq!(names(&report), ["debug_shows_no_secret"]);
    assert!(!report.to_string().contains(KEY));
}

#[tokio::test]
async fn invented_zone_is_found() {
    let mut shipment = complete();
    shipment.legs[0].events[0].time = Some(Timestamp::parse("2025-12-01 10:00Z"));

    assert_eq!(failures_with(shipment).await, ["times_are_as_reported"]);
}

#[tokio::test]
async fn events_newest_first_are_found() {
    let mut shipment = complete();
    shipment.legs[0].events.reverse();

    assert_eq!(failures_with(shipment).await, ["events_are_oldest_first"]);
}

#[tokio::test]
async fn repeated_keys_are_found() {
    let mut shipment = complete();
    let copy = shipment.legs[0].events[1].clone();
    shipment.legs[0].events.push(copy);

    let failures = failures_with(shipment).await;

    assert!(failures.contains(&"event_keys_are_unique"), "{failures:?}");
}

#[tokio::test]
async fn status_without_its_raw_values_is_found() {
    let mut shipment = complete();
    shipment.status.raw = RawStatus::default();

    assert_eq!(failures_with(shipment).await, ["status_is_complete"]);
}

#[tokio::test]
async fn missing_raw_json_is_found() {
    let mut shipment = complete();
    shipment.raw = RawJson::null();

    assert_eq!(failures_with(shipment).await, ["raw_json_is_kept"]);
}

#[tokio::test]
async fn uncounted_unmapped_value_is_found() {
    let mut shipment = complete();
    shipment.status.status = serde_json::from_str(r#"{"unmapped":"teleported"}"#).unwrap();
    shipment.status.raw = RawStatus::new("teleported".to_owned());

    assert_eq!(
        failures_with(shipment).await,
        ["unmapped_values_are_counted"]
    );
}

#[tokio::test]
async fn estimate_that_is_not_announced_is_found() {
    let mut shipment = complete();
    let eta = Eta::new(
        EtaSource::Courier,
        Timestamp::parse("2025-12-01 10:00"),
        "at",
    );
    shipment.etas.push(eta);
    shipment.raw = RawJson::from_string(r#"{"at":"2025-12-01 10:00"}"#);

    assert_eq!(
        failures_with(shipment).await,
        ["only_announced_data_are_reported"]
    );
}

#[tokio::test]
async fn shipments_of_one_name_need_ids_of_their_own() {
    const CHECK: &str = "shipments_of_one_name_are_distinct";
    let cases = cases().with_several(TrackRequest::number("TP0002"));
    let [first, second] = twins();
    let mut nameless = second.clone();
    nameless.id = None;
    let table = [
        (vec![complete(), first.clone(), second], true),
        (vec![complete(), first.clone(), nameless], false),
        (vec![complete(), first], false),
    ];
    for (shipments, expected) in table {
        let count = shipments.len();
        let report = conformance::run(&Scripted::new(PROVIDER, shipments), &cases).await;

        assert_eq!(report.has_passed(CHECK), expected, "{count}: {report}");
    }
}

#[tokio::test]
async fn shipment_that_does_not_find_itself_is_found() {
    let mut shipment = complete();
    shipment.id = Some("only the provider lists it".to_owned());

    assert_eq!(
        failures_with(shipment.clone()).await,
        ["shipments_are_found_by_their_own_request"]
    );

    shipment.can_ask_by_id = false;
    assert_eq!(failures_with(shipment).await, Vec::<&str>::new());
}

#[tokio::test]
async fn own_request_that_is_not_sent_is_found() {
    let mut shipment = complete();
    shipment.id = Some("S1".to_owned());

    let report = run(Scripted::new(PROVIDER, vec![shipment]).with_flaw(Flaw::IgnoresIds)).await;

    let failures: Vec<String> = report.failures().map(ToString::to_string).collect();
    let expected = "FAILED  shipments_are_found_by_their_own_request [TP0001]: no request was made";
    assert!(failures.iter().any(|it| it == expected), "{failures:?}");
}

#[tokio::test]
async fn leg_without_events_is_fine() {
    let mut shipment = complete();
    shipment.legs.push(Leg::new(LegRole::Unknown));

    assert_eq!(failures_with(shipment).await, Vec::<&str>::new());
}

#[tokio::test]
async fn report_reads_line_by_line() {
    let mut shipment = complete();
    shipment.raw = RawJson::null();

    let report = run(Scripted::new(PROVIDER, vec![shipment])).await;

    let text = report.to_string();
    let mut lines = text.lines();
    let head = lines.next().unwrap();
    assert!(
        head.starts_with("testpost: ") && head.ends_with(", 8 skipped"),
        "{head}"
    );
    assert_eq!(
        lines.next(),
        Some("FAILED  raw_json_is_kept [TP0001]: shipment: no raw JSON")
    );
    let failed = report.failures().next().unwrap();
    assert_eq!(
        failed.verdict,
        Verdict::Failed("shipment: no raw JSON".to_owned())
    );
}

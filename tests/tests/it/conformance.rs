//! Every provider passes the public suite, and none of it is left out unnoticed.
//!
//! A new provider is one entry in [`PROVIDERS`] and one module that prepares it.

mod exporto;
mod gcl;
mod oneconcepts;
mod ship24;
mod trackingmore;
mod troubled;

use std::collections::BTreeSet;
use std::sync::Arc;

use tracking_core::Provider;
use tracking_core::conformance::{self, Cases, Report};
use tracking_core::kit::BoxFuture;
use tracking_sandbox::Sandbox;

/// A provider, ready to be tested.
pub(crate) struct Candidate {
    pub(crate) provider: Arc<dyn Provider>,
    pub(crate) cases: Cases,
    /// Checks of the suite that do not concern it, in groups.
    not_concerned: &'static [&'static [&'static str]],
    pub(crate) sandbox: Arc<Sandbox>,
}

pub(crate) type Prepare = fn() -> BoxFuture<'static, Candidate>;

/// The providers by their names in the sandbox.
pub(crate) const PROVIDERS: &[(&str, Prepare)] = &[
    ("ship24", || Box::pin(ship24::candidate())),
    ("trackingmore", || Box::pin(trackingmore::candidate())),
    ("exporto", || Box::pin(exporto::candidate())),
    ("gcl", || Box::pin(gcl::candidate())),
    ("oneconcepts", || Box::pin(oneconcepts::candidate())),
];

/// Every check of the suite. A new one must be found here, so that no provider
/// goes without.
const CHECKS: &[&str] = &[
    "announced_operations_work",
    "bad_keys_are_refused",
    "bad_numbers_are_not_registered",
    "bad_numbers_are_refused",
    "bad_numbers_fit_no_courier",
    "broken_webhooks_are_refused",
    "batches_register_as_single_calls_do",
    "batches_return_what_single_lookups_do",
    "capabilities_are_stable",
    "debug_shows_no_secret",
    "detected_couriers_have_codes",
    "errors_are_one_line",
    "errors_name_their_provider",
    "errors_show_no_secret",
    "event_keys_are_stable",
    "event_keys_are_unique",
    "events_are_oldest_first",
    "final_shipments_are_not_polled",
    "id_is_a_plain_name",
    "id_is_stable",
    "json_round_trip_is_lossless",
    "kept_webhooks_are_read_alike",
    "known_numbers_are_found",
    "listed_couriers_have_codes",
    "lost_responses_are_repeated_only_where_safe",
    "malformed_responses_are_no_outcome",
    "merging_the_same_changes_nothing",
    "only_announced_data_are_reported",
    "other_operations_are_unsupported",
    "pages_hold_own_shipments",
    "partly_read_responses_report_nothing_twice",
    "rate_limits_say_how_long_to_wait",
    "raw_json_is_kept",
    "registering_twice_creates_one",
    "responses_about_another_parcel_are_refused",
    "shipment_names_its_provider",
    "shipments_are_found_by_their_own_request",
    "shipments_of_one_name_are_distinct",
    "shipments_show_no_secret",
    "status_is_complete",
    "the_same_response_changes_nothing",
    "timeline_has_every_event",
    "timeouts_are_their_own_error",
    "times_are_as_reported",
    "unknown_numbers_are_an_outcome",
    "unmapped_values_are_counted",
    "webhook_message_ids_are_stable",
    "webhook_shipments_name_their_provider",
    "webhooks_are_accepted",
    "webhooks_are_acknowledged",
    "webhooks_merge_into_themselves",
    "webhooks_need_the_right_proof",
    "webhooks_need_their_proof",
    "webhooks_prove_what_is_announced",
    "webhooks_show_no_secret",
];

/// Checks that do not concern a provider which registers nothing.
const OF_REGISTRATION: &[&str] = &[
    "batches_register_as_single_calls_do",
    "bad_numbers_are_not_registered",
    "registering_twice_creates_one",
];

/// Checks that do not concern a provider which detects no couriers.
const OF_DETECTION: &[&str] = &["bad_numbers_fit_no_courier", "detected_couriers_have_codes"];

/// Checks that do not concern a provider which lists no couriers.
const OF_COURIERS: &[&str] = &["listed_couriers_have_codes"];

/// Checks that do not concern a provider which lists nothing.
const OF_LISTS: &[&str] = &["pages_hold_own_shipments"];

/// Checks that do not concern a provider with one shipment for each name.
const OF_SEVERAL: &[&str] = &["shipments_of_one_name_are_distinct"];

/// Checks that do not concern a provider which is not asked for numbers.
const OF_NUMBERS: &[&str] = &["bad_numbers_are_refused"];

/// Checks that do not concern a provider without webhooks.
const OF_WEBHOOKS: &[&str] = &[
    "broken_webhooks_are_refused",
    "kept_webhooks_are_read_alike",
    "webhook_message_ids_are_stable",
    "webhook_shipments_name_their_provider",
    "webhooks_are_accepted",
    "webhooks_are_acknowledged",
    "webhooks_merge_into_themselves",
    "webhooks_need_the_right_proof",
    "webhooks_need_their_proof",
    "webhooks_prove_what_is_announced",
    "webhooks_show_no_secret",
];

/// The log of the sandbox holds the last thousand requests; a counter on top of it stops
/// from then on.
const LOGGED: usize = 1000;

#[tokio::test]
async fn every_provider_passes_every_check_that_concerns_it() {
    let mut reports = Vec::new();
    let mut wrong = Vec::new();
    for (name, prepare) in PROVIDERS {
        let Candidate {
            provider,
            cases,
            not_concerned,
            sandbox,
        } = prepare().await;

        let report = conformance::run(&*provider, &cases).await;

        assert_eq!(report.provider, *name);
        let is_of_no_concern =
            |check: &str| not_concerned.iter().any(|group| group.contains(&check));
        let skipped = report
            .skipped()
            .filter(|check| !is_of_no_concern(check.name));
        wrong.extend(
            skipped
                .chain(report.failures())
                .map(|it| format!("{name}: {it}")),
        );
        let tried = report.checks.iter().filter(|check| check.was_tried());
        let tried: BTreeSet<&str> = tried.map(|check| check.name).collect();
        let expected: BTreeSet<&str> = CHECKS
            .iter()
            .copied()
            .filter(|check| !is_of_no_concern(check))
            .collect();
        assert_eq!(tried, expected, "{name}");
        let lookups = report
            .checks
            .iter()
            .filter(|check| check.name == "known_numbers_are_found");
        assert_eq!(
            lookups.count(),
            2 * cases.found.len() + cases.several.len(),
            "{name}: each is found twice"
        );
        assert!(
            sandbox.requests().len() < LOGGED,
            "{name}: the call counter stopped"
        );
        reports.push(report);
    }

    println!("{}", table(&reports));
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// How often each provider passed each check.
fn table(reports: &[Report]) -> String {
    let names = reports.iter().map(|report| report.provider.as_str());
    let mut table = format!("| check | {} |\n", names.collect::<Vec<_>>().join(" | "));
    table.push_str(&format!("|---|{}\n", "---:|".repeat(reports.len())));
    for check in CHECKS {
        let cells = reports.iter().map(|report| {
            let of_name = report.checks.iter().filter(|it| it.name == *check);
            let failed = report.failures().filter(|it| it.name == *check).count();
            match (of_name.filter(|it| it.was_tried()).count(), failed) {
                (0, _) => "-".to_owned(),
                (tried, 0) => tried.to_string(),
                (tried, failed) => format!("{failed} of {tried} failed"),
            }
        });
        let cells: Vec<String> = cells.collect();
        table.push_str(&format!("| {check} | {} |\n", cells.join(" | ")));
    }
    table
}

#[tokio::test]
async fn every_provider_of_the_sandbox_is_tested() {
    let sandbox = Sandbox::start().await.unwrap();
    let played: BTreeSet<&str> = sandbox
        .providers()
        .iter()
        .map(|provider| provider.name)
        .collect();

    let tested: BTreeSet<&str> = PROVIDERS.iter().map(|(name, _)| *name).collect();

    assert_eq!(tested, played);
}

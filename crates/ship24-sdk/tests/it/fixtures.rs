//! Every fixture is read by the type that it belongs to, and nothing of it is lost.

use serde_json::Value;
use ship24_sdk::{
    BulkCreateResponse, CourierListResponse, CreateTracker, ErrorResponse, ProofOfDeliveryWebhook,
    ResendWebhooksResponse, SearchTracking, TrackerListResponse, TrackerResponse,
    TrackingEventsWebhook, TrackingResultsResponse, UpdateTracker, WebhookHistory,
};
use tracking_testkit::fixtures::{essence, through};

use crate::server::FIXTURES;

/// Those whose shape is not the documented one, so that writing them back gives other JSON.
const CHANGED: [&str; 13] = [
    // Unknown fields are ignored.
    "create-tracker/201_unknown_fields.json",
    "get-tracking-results-of-tracker-by-trackerId/200_unknown_values.json",
    "get-couriers/200_csv_columns.json",
    "receive-webhooks-tracking-results/unknown_topic.json",
    "errors/403_unexplained.json",
    // Wrong scalars become right ones, a single string becomes a list.
    "create-tracker/201_wrong_scalars.json",
    "create-tracker/201_courier_code_string.json",
    "list-trackers/200_last_page.json",
    "bulk-create-trackers/207_odd_echo.json",
    "get-tracking-results-of-tracker-by-trackerId/200_wrong_scalars.json",
    "get-couriers/200_wrong_scalars.json",
    "resend-webhooks/201_string.json",
    "download-webhook-history/200_status_code_number.json",
];

/// Reads a fixture as what its folder and status make it, and writes it again.
fn written_again(folder: &str, name: &str, text: &str) -> Value {
    if name.starts_with("request") {
        return match folder {
            "create-tracker" => through::<CreateTracker>(text),
            "bulk-create-trackers" => through::<Vec<CreateTracker>>(text),
            "update-tracker-by-trackerId" => through::<UpdateTracker>(text),
            "get-tracking" => through::<SearchTracking>(text),
            other => panic!("no request is known for {other}"),
        };
    }
    let is_error = name.starts_with('4') || name.starts_with('5');
    let is_bulk_error = folder == "bulk-create-trackers" && !name.contains("auth");
    if is_error && !is_bulk_error {
        return through::<ErrorResponse>(text);
    }
    match folder {
        "create-tracker" | "get-tracker-by-trackerId" | "update-tracker-by-trackerId" => {
            through::<TrackerResponse>(text)
        }
        "list-trackers" => through::<TrackerListResponse>(text),
        "bulk-create-trackers" => through::<BulkCreateResponse>(text),
        "create-tracker-and-get-tracking-results"
        | "get-tracking"
        | "get-tracking-results-of-tracker-by-trackerId"
        | "get-tracking-results-of-trackers-by-tracking-number" => {
            through::<TrackingResultsResponse>(text)
        }
        "get-couriers" => through::<CourierListResponse>(text),
        "resend-webhooks" => through::<ResendWebhooksResponse>(text),
        "download-webhook-history" => through::<WebhookHistory>(text),
        "receive-webhooks-tracking-results" => through::<TrackingEventsWebhook>(text),
        "receive-webhooks-proof-of-delivery" => through::<ProofOfDeliveryWebhook>(text),
        other => panic!("no type is known for the folder {other}"),
    }
}

/// Nulls and empty lists are the same as absent.
fn meaning(body: Value) -> Value {
    essence(body, |_, value| value)
}

/// One of them is no body of a response.
fn bodies() -> Vec<String> {
    let mut bodies = FIXTURES.bodies();
    bodies.retain(|path| !path.ends_with("/429_headers.json"));
    bodies
}

#[test]
fn every_body_is_read_and_written_again_without_loss() {
    let bodies = bodies();
    assert!(bodies.len() > 100, "{}", bodies.len());

    FIXTURES.assert_lossless(&bodies, written_again, meaning, |path| {
        CHANGED.contains(&path)
    });
}

#[test]
fn every_fixture_is_described() {
    FIXTURES.assert_described(&bodies());
}

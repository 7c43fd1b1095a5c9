//! Bodies that the provider published, kept outside of this repository.
//!
//! They belong to somebody else, so they are not part of the crate. Whoever has them names the
//! folder in `TRACKING_CORPUS`; its folder `ship24` holds JSON files, numbered by endpoint:
//! `02_create_tracker_201.json`. Without the variable the test passes and says that it read nothing.

use serde_json::{Value, json};
use ship24_sdk::{
    BulkCreateResponse, Courier, CourierListResponse, CreateTracker, ErrorResponse, Event,
    ProofOfDeliveryWebhook, ResendWebhooksResponse, Shipment, Statistics, Tracker,
    TrackerListResponse, TrackerResponse, Tracking, TrackingEventsWebhook, TrackingResultsResponse,
    UpdateTracker, WebhookHistory,
};
use tracking_testkit::corpus::Open;
use tracking_testkit::suites::corpus::{Findings, Published, every_body_is_modelled};

/// The open enums by the key of their values, where one key has one meaning.
const OPEN: [Open; 6] = [
    ("statusMilestone", |text| {
        ship24_sdk::StatusMilestone::from(text).is_unknown()
    }),
    ("statusCategory", |text| {
        ship24_sdk::StatusCategory::from(text).is_unknown()
    }),
    ("statusCode", |text| {
        ship24_sdk::StatusCode::from(text).is_unknown()
    }),
    ("topic", |text| {
        ship24_sdk::WebhookTopic::from(text).is_unknown()
    }),
    ("itemStatus", |text| {
        ship24_sdk::BulkItemStatus::from(text).is_unknown()
    }),
    ("code", |text| {
        ship24_sdk::ErrorCode::from(text).is_unknown()
    }),
];

struct Ship24;

impl Published for Ship24 {
    const PROVIDER: &'static str = "ship24";
    const OPEN: &'static [Open] = &OPEN;
    // The sample message inside the webhook history.
    const RAW: &'static str = "requestBody";

    fn read(findings: &mut Findings<Self>, body: &Value) {
        let file = findings.file();
        let (number, _) = file.split_once('_').unwrap_or_default();
        match number {
            "01" => findings.read::<CreateTracker>(body),
            "02" | "11" | "14a" | "14b" => findings.read::<TrackerResponse>(body),
            "03" | "12" | "15" | "18" | "24" => findings.read::<ErrorResponse>(body),
            "04" => findings.read::<TrackerListResponse>(body),
            "05" => findings.read::<Vec<CreateTracker>>(body),
            "06" | "07" | "08" | "09" => findings.read::<BulkCreateResponse>(body),
            "10" | "17" => findings.read::<TrackingResultsResponse>(body),
            "13a" | "13b" => findings.read::<UpdateTracker>(body),
            "16" | "31" => findings.read::<CourierListResponse>(body),
            "19" => findings.read::<ResendWebhooksResponse>(body),
            "20" => findings.read::<WebhookHistory>(body),
            "21" => findings.read::<TrackingEventsWebhook>(body),
            "22" => findings.read::<ProofOfDeliveryWebhook>(body),
            "23" => findings.read::<Tracking>(body),
            "34" => read_error_bodies(findings, body),
            "35" => read_objects(findings, body),
            _ => findings.add_unknown_file(),
        }
    }
}

/// Several responses in one file, by status and remark.
fn read_error_bodies(findings: &mut Findings<Ship24>, body: &Value) {
    for (key, part) in body.as_object().unwrap() {
        match key.as_str() {
            "400_bulk_with_null_summary" => findings.read::<BulkCreateResponse>(part),
            "resend_201_string_variant" => findings.read::<ResendWebhooksResponse>(part),
            // Not JSON on the wire: plain text, and a table of headers.
            "429_plain_text" | "429_headers" => findings.skip(),
            _ => findings.read::<ErrorResponse>(part),
        }
    }
}

/// Several objects without their envelopes in one file.
fn read_objects(findings: &mut Findings<Ship24>, body: &Value) {
    for (key, part) in body.as_object().unwrap() {
        match key.as_str() {
            "tracker" => findings.read::<Tracker>(part),
            "shipment" => findings.read::<Shipment>(part),
            "event" => findings.read::<Event>(part),
            "statistics" => findings.read::<Statistics>(part),
            "courier" => findings.read::<Courier>(part),
            "tracking" => findings.read::<Tracking>(part),
            other => findings.add(format!("no type is known for {other}")),
        }
    }
}

#[test]
fn every_body_of_the_corpus_is_modelled() {
    every_body_is_modelled::<Ship24>();
}

#[test]
fn unknown_fields_and_values_would_be_found() {
    let shipment = json!({ "statusCode": "new_code", "colour": "red" });
    let body = json!({ "shipment": shipment, "parcel": {} });

    assert_eq!(
        Findings::<Ship24>::of("35_objects.json", &body),
        [
            "35_objects.json: no type is known for parcel",
            "35_objects.json: colour",
            "35_objects.json: statusCode = new_code",
        ]
    );
    assert_eq!(Findings::<Ship24>::of("99.json", &body).len(), 1);
}

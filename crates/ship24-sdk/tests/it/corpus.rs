//! Bodies that the provider published, kept outside of this repository.
//!
//! They are somebody else's text, so they are not part of the crate. Whoever has them names the
//! folder in `TRACKING_CORPUS`; its folder `ship24` holds JSON files, numbered by endpoint:
//! `02_create_tracker_201.json`. Without the variable the test passes and says that it read nothing.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use ship24_sdk::{
    BulkCreateResponse, Courier, CourierListResponse, CreateTracker, ErrorResponse, Event,
    ProofOfDeliveryWebhook, ResendWebhooksResponse, SearchTracking, Shipment, Statistics, Tracker,
    TrackerListResponse, TrackerResponse, Tracking, TrackingEventsWebhook, TrackingResultsResponse,
    UpdateTracker, WebhookHistory,
};
use tracking_testkit::corpus::{Corpus, Open, unknown_values, unmodelled, written_again};

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

/// Fields and values that are known not to be modelled: `file: path`.
///
/// None. The sample message inside the webhook history is raw JSON on purpose and is not looked at.
const EXPECTED: [&str; 0] = [];

/// What was found in one file.
struct Findings<'a> {
    file: &'a str,
    parts: usize,
    found: Vec<String>,
}

impl Findings<'_> {
    /// Reads a part of a file as this type.
    fn read<T: DeserializeOwned + Serialize>(&mut self, part: &Value) {
        self.parts += 1;
        // What the type does not read is gone here, and so are bodies that are raw on purpose.
        let read = written_again::<T>(part);
        let found =
            unmodelled::<T>(part)
                .into_iter()
                .chain(unknown_values(&read, &OPEN, "requestBody"));
        self.found
            .extend(found.map(|finding| format!("{}: {finding}", self.file)));
    }

    fn read_file(&mut self, body: &Value) {
        let number: String = self
            .file
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect();
        match number.as_str() {
            "01" => self.read::<CreateTracker>(body),
            "02" | "11" | "14a" | "14b" => self.read::<TrackerResponse>(body),
            "03" | "12" | "15" | "18" | "24" => self.read::<ErrorResponse>(body),
            "04" => self.read::<TrackerListResponse>(body),
            "05" => self.read::<Vec<CreateTracker>>(body),
            "06" | "07" | "08" | "09" => self.read::<BulkCreateResponse>(body),
            "10" | "17" => self.read::<TrackingResultsResponse>(body),
            "13a" | "13b" => self.read::<UpdateTracker>(body),
            "16" | "31" => self.read::<CourierListResponse>(body),
            "19" => self.read::<ResendWebhooksResponse>(body),
            "20" => self.read::<WebhookHistory>(body),
            "21" => self.read::<TrackingEventsWebhook>(body),
            "22" => self.read::<ProofOfDeliveryWebhook>(body),
            "23" => self.read::<Tracking>(body),
            "34" => self.read_error_bodies(body),
            "35" => self.read_objects(body),
            _ => self
                .found
                .push(format!("{}: no type is known for this file", self.file)),
        }
    }

    /// Several responses in one file, by status and remark.
    fn read_error_bodies(&mut self, body: &Value) {
        for (key, part) in body.as_object().unwrap() {
            match key.as_str() {
                "400_bulk_with_null_summary" => self.read::<BulkCreateResponse>(part),
                "resend_201_string_variant" => self.read::<ResendWebhooksResponse>(part),
                // Not JSON on the wire: plain text, and a table of headers.
                "429_plain_text" | "429_headers" => self.parts += 1,
                _ => self.read::<ErrorResponse>(part),
            }
        }
    }

    /// Several objects without their envelopes in one file.
    fn read_objects(&mut self, body: &Value) {
        for (key, part) in body.as_object().unwrap() {
            match key.as_str() {
                "tracker" => self.read::<Tracker>(part),
                "shipment" => self.read::<Shipment>(part),
                "event" => self.read::<Event>(part),
                "statistics" => self.read::<Statistics>(part),
                "courier" => self.read::<Courier>(part),
                "tracking" => self.read::<Tracking>(part),
                other => self
                    .found
                    .push(format!("{}: no type is known for {other}", self.file)),
            }
        }
    }
}

#[test]
fn every_body_of_the_corpus_is_modelled() {
    let Some(corpus) = Corpus::of("ship24") else {
        return;
    };
    let names = corpus.names(&[".json"]);

    let mut parts = 0;
    let mut found = Vec::new();
    for name in &names {
        let body = corpus.json(name);
        let mut findings = Findings {
            file: name,
            parts: 0,
            found: Vec::new(),
        };
        findings.read_file(&body);
        parts += findings.parts;
        found.extend(findings.found);
    }

    println!(
        "read {} files with {parts} bodies; not modelled: {found:?}",
        names.len()
    );
    assert_eq!(found, EXPECTED);
}

#[test]
fn unknown_fields_and_values_would_be_found() {
    let mut findings = Findings {
        file: "sample",
        parts: 0,
        found: Vec::new(),
    };

    findings.read::<Shipment>(&json!({ "statusCode": "new_code", "colour": "red" }));
    findings.read::<SearchTracking>(&json!({ "trackingNumber": "PTS-0009917" }));

    assert_eq!(
        findings.found,
        ["sample: colour", "sample: statusCode = new_code"]
    );
}

//! Bodies that the provider published, kept outside of this repository.
//!
//! They are somebody else's text, so they are not part of the crate. Whoever has them names the
//! folder in `TRACKING_CORPUS`; its folder `ship24` holds JSON files, numbered by endpoint:
//! `02_create_tracker_201.json`. Without the variable the test passes and says that it read nothing.

use std::path::Path;
use std::{env, fs};

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use ship24_sdk::tracking_http::unmodelled_fields;
use ship24_sdk::{
    BulkCreateResponse, Courier, CourierListResponse, CreateTracker, ErrorResponse, Event,
    ProofOfDeliveryWebhook, ResendWebhooksResponse, SearchTracking, Shipment, Statistics, Tracker,
    TrackerListResponse, TrackerResponse, Tracking, TrackingEventsWebhook, TrackingResultsResponse,
    UpdateTracker, WebhookHistory,
};

/// Whether a text is no known value of an enum.
type IsUnknown = fn(&str) -> bool;

/// The open enums by the key that their values stand under, where one key has one meaning.
const OPEN: [(&str, IsUnknown); 6] = [
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
        match unmodelled_fields::<T>(part.to_string().as_bytes()) {
            Ok(fields) => {
                self.found
                    .extend(fields.iter().map(|field| format!("{}: {field}", self.file)));
            }
            Err(error) => self.found.push(format!("{}: {error}", self.file)),
        }
        // What the type does not read is gone here, and so are bodies that are raw on purpose.
        let read = serde_json::from_value::<T>(part.clone()).ok();
        let read = read
            .and_then(|read| serde_json::to_value(read).ok())
            .unwrap_or_default();
        self.unknown_values(&read);
    }

    fn unknown_values(&mut self, value: &Value) {
        match value {
            Value::Object(keys) => {
                for (key, value) in keys.iter().filter(|(key, _)| *key != "requestBody") {
                    let open = OPEN.iter().find(|(name, _)| name == key);
                    if let (Some((_, is_unknown)), Some(text)) = (open, value.as_str())
                        && is_unknown(text)
                    {
                        self.found.push(format!("{}: {key} = {text}", self.file));
                    }
                    self.unknown_values(value);
                }
            }
            Value::Array(items) => items.iter().for_each(|item| self.unknown_values(item)),
            _ => {}
        }
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

    /// Several answers in one file, by status and remark.
    fn read_error_bodies(&mut self, body: &Value) {
        for (key, part) in body.as_object().unwrap() {
            match key.as_str() {
                "400_bulk_with_null_summary" => self.read::<BulkCreateResponse>(part),
                "resend_201_string_variant" => self.read::<ResendWebhooksResponse>(part),
                // Not JSON on the wire: a text, and a table of headers.
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
    let Some(corpus) = env::var_os("TRACKING_CORPUS") else {
        println!("skipped: TRACKING_CORPUS names no folder with bodies of the provider");
        return;
    };
    let folder = Path::new(&corpus).join("ship24");
    let mut names: Vec<String> = fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("TRACKING_CORPUS: {}: {error}", folder.display()))
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".json"))
        .collect();
    names.sort_unstable();
    assert!(
        !names.is_empty(),
        "TRACKING_CORPUS: {} holds no JSON file",
        folder.display()
    );

    let mut parts = 0;
    let mut found = Vec::new();
    for name in &names {
        let body = serde_json::from_str(&fs::read_to_string(folder.join(name)).unwrap()).unwrap();
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

//! Bodies that the provider published, kept outside of this repository.
//!
//! They are somebody else's text, so they are not part of the crate. Whoever has them names the
//! folder in `TRACKING_CORPUS`; its folder `gcl` holds JSON files named after their endpoint, and
//! JSON of examples that are only partly known, which are read as far as they go. Without the
//! variable the test passes and says that it read nothing.

use gcl_sdk::tracking_core::kit::UnmappedCounter;
use gcl_sdk::tracking_core::{Status, UtcTime};
use gcl_sdk::{
    CreateShippingOrder, Descriptions, ErrorResponse, QuoteShippingMethods, QuotedShippingMethod,
    ShippingMethodsQuote, ShippingOrder, TrackingResponse, shipment_from_body,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tracking_testkit::corpus::{Corpus, unmodelled};

/// Fields and values that are known not to be modelled: `file: path`. None.
const EXPECTED: [&str; 0] = [];

/// What was found in one file.
struct Findings<'a> {
    file: &'a str,
    found: Vec<String>,
}

impl Findings<'_> {
    /// Reads a body as this type. Keys that are kept without being modelled count as well.
    fn read<T: DeserializeOwned>(&mut self, body: &Value) {
        let file = self.file;
        let fields = unmodelled::<T>(body).into_iter();
        self.found
            .extend(fields.map(|field| format!("{file}: {field}")));
        self.unmodelled_extra(&mut Vec::new(), body);
    }

    /// The types with an `extra` read every key, so the keys themselves are compared.
    fn unmodelled_extra(&mut self, at: &mut Vec<String>, body: &Value) {
        const KEPT: [(&str, &[&str]); 6] = [
            (
                "orderId",
                &["orderId", "orderReferenceId", "shippingMethod", "packages"],
            ),
            ("items[]", &["carrier", "method"]),
            (
                "method",
                &[
                    "name",
                    "uid",
                    "price",
                    "maxShipmentDays",
                    "minShipmentDays",
                    "deliveryPaddingDays",
                ],
            ),
            ("details", &["code", "message", "reference"]),
            ("shippingMethod", &["carrier", "uid", "tier"]),
            (
                "checkpoints[]",
                &[
                    "status",
                    "message",
                    "description",
                    "location",
                    "createdAt",
                    "expectedDeliveryDate",
                    "statusUid",
                    "signedBy",
                ],
            ),
        ];
        match body {
            Value::Object(keys) => {
                let place = at.last().map(String::as_str).unwrap_or_default();
                let of = |(name, _): &&(&str, &[&str])| *name == place;
                if let Some((_, known)) = KEPT.iter().find(of).filter(|_| !is_request(self.file)) {
                    let new = keys.keys().filter(|key| !known.contains(&key.as_str()));
                    self.found
                        .extend(new.map(|key| format!("{}: {place}.{key}", self.file)));
                }
                for (key, value) in keys {
                    at.push(key.clone());
                    self.unmodelled_extra(at, value);
                    at.pop();
                }
            }
            Value::Array(items) => {
                let name = format!("{}[]", at.last().map(String::as_str).unwrap_or_default());
                at.push(name);
                items
                    .iter()
                    .for_each(|item| self.unmodelled_extra(at, item));
                at.pop();
            }
            _ => {}
        }
    }

    fn read_file(&mut self, body: &Value) {
        let name = self.file;
        if name.starts_with("tracking_200") {
            self.read::<TrackingResponse>(body);
            self.map(body);
        } else if name.starts_with("tracking_error") {
            self.read::<ErrorResponse>(body);
        } else if name.starts_with("shipping_methods_quote_request") {
            self.read::<QuoteShippingMethods>(body);
        } else if name.contains("first_item") {
            self.read::<QuotedShippingMethod>(body);
        } else if name.starts_with("shipping_methods_quote_response") {
            self.read::<ShippingMethodsQuote>(body);
        } else if name.starts_with("shipping_order_create_request") {
            self.read::<CreateShippingOrder>(body);
        } else if name.starts_with("shipping_order_create_response") {
            self.read::<ShippingOrder>(body);
        } else {
            self.found
                .push(format!("{name}: no type is known for this file"));
        }
    }

    /// Everything in a published tracking has an agreed meaning.
    fn map(&mut self, body: &Value) {
        let counter = UnmappedCounter::new();
        let bytes = body.to_string().into();
        let shipment =
            shipment_from_body(&bytes, Descriptions::Refine, UtcTime::now(), &counter).unwrap();
        let checkpoints = body["checkpoints"].as_array().map_or(0, Vec::len);
        assert_eq!(shipment.events().len(), checkpoints);
        assert_ne!(shipment.status.status, Status::Unknown);
        let unmapped = counter.snapshot().into_iter();
        self.found
            .extend(unmapped.map(|it| format!("{}: {} = {}", self.file, it.field, it.value)));
    }
}

fn is_request(file: &str) -> bool {
    file.contains("request")
}

#[test]
fn every_body_of_the_corpus_is_modelled() {
    let Some(corpus) = Corpus::of("gcl") else {
        return;
    };
    let names = corpus.names(&[".json", ".txt"]);

    let mut found = Vec::new();
    for name in &names {
        let body = corpus.json(name);
        assert!(body.as_object().is_some_and(|it| !it.is_empty()), "{name}");
        let mut findings = Findings {
            file: name,
            found: Vec::new(),
        };
        findings.read_file(&body);
        found.extend(findings.found);
    }

    println!("read {names:?}; not modelled: {found:?}");
    assert_eq!(found, EXPECTED);
}

#[test]
fn unknown_fields_and_values_would_be_found() {
    let mut findings = Findings {
        file: "tracking_200_sample",
        found: Vec::new(),
    };

    findings.read_file(&json!({
        "trackingNumber": "QX1",
        "colour": "red",
        "checkpoints": [{ "statusUid": "brand_new", "depth": 3 }],
    }));
    findings.file = "shipping_methods_quote_response_sample";
    findings.read_file(&json!({ "items": [{ "carrier": {}, "availability": true }] }));

    assert_eq!(
        findings.found,
        [
            "tracking_200_sample: checkpoints[].depth",
            "tracking_200_sample: colour",
            "tracking_200_sample: checkpoints[].depth",
            "tracking_200_sample: statusUid = brand_new",
            "shipping_methods_quote_response_sample: items[].availability",
        ]
    );
}

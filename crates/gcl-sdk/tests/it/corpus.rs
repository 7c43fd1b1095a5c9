//! Bodies that the provider published, kept outside of this repository.
//!
//! They belong to somebody else, so they are not part of the crate. Whoever has them names the
//! folder in `TRACKING_CORPUS`; its folder `gcl` holds JSON files named after their endpoint, and
//! JSON of examples that are only partly known, which are read as far as they go. Without the
//! variable the test passes and says that it read nothing.

use gcl_sdk::tracking_core::kit::UnmappedCounter;
use gcl_sdk::tracking_core::{Status, UtcTime};
use gcl_sdk::{
    CreateShippingOrder, Descriptions, ErrorResponse, QuoteShippingMethods, QuotedShippingMethod,
    ShippingMethodsQuote, ShippingOrder, TrackingResponse, shipment_from_body,
};
use serde_json::{Value, json};
use tracking_testkit::suites::corpus::{Findings, Published, every_body_is_modelled};

/// The keys of the types that keep every other key, which therefore count as read.
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

/// Finds unknown keys of the types that keep every key.
fn find_kept_keys(findings: &mut Findings<Gcl>, at: &str, body: &Value) {
    match body {
        Value::Object(keys) => {
            if let Some((_, known)) = KEPT.iter().find(|(name, _)| *name == at) {
                for key in keys.keys().filter(|key| !known.contains(&key.as_str())) {
                    findings.add(format!("{at}.{key}"));
                }
            }
            for (key, value) in keys {
                find_kept_keys(findings, key, value);
            }
        }
        Value::Array(items) => {
            for item in items {
                find_kept_keys(findings, &format!("{at}[]"), item);
            }
        }
        _ => {}
    }
}

/// Everything in a published tracking has an agreed meaning.
fn map(findings: &mut Findings<Gcl>, body: &Value) {
    let counter = UnmappedCounter::new();
    let bytes = body.to_string().into();
    let shipment =
        shipment_from_body(&bytes, Descriptions::Refine, UtcTime::now(), &counter).unwrap();
    let checkpoints = body["checkpoints"].as_array().map_or(0, Vec::len);
    assert_eq!(shipment.events().len(), checkpoints);
    assert_ne!(shipment.status.status, Status::Unknown);
    for it in counter.snapshot() {
        findings.add(format!("{} = {}", it.field, it.value));
    }
}

struct Gcl;

impl Published for Gcl {
    const PROVIDER: &'static str = "gcl";
    const ENDINGS: &'static [&'static str] = &[".json", ".txt"];

    fn read(findings: &mut Findings<Self>, body: &Value) {
        let name = findings.file();
        assert!(body.as_object().is_some_and(|it| !it.is_empty()), "{name}");
        let begins = |with: &str| name.starts_with(with);
        if begins("tracking_200") {
            findings.read::<TrackingResponse>(body);
        } else if begins("tracking_error") {
            findings.read::<ErrorResponse>(body);
        } else if begins("shipping_methods_quote_request") {
            findings.read::<QuoteShippingMethods>(body);
        } else if name.contains("first_item") {
            findings.read::<QuotedShippingMethod>(body);
        } else if begins("shipping_methods_quote_response") {
            findings.read::<ShippingMethodsQuote>(body);
        } else if begins("shipping_order_create_request") {
            findings.read::<CreateShippingOrder>(body);
        } else if begins("shipping_order_create_response") {
            findings.read::<ShippingOrder>(body);
        } else {
            findings.add_unknown_file();
        }
        if !name.contains("request") {
            find_kept_keys(findings, "", body);
        }
        if begins("tracking_200") {
            map(findings, body);
        }
    }
}

#[test]
fn every_body_of_the_corpus_is_modelled() {
    every_body_is_modelled::<Gcl>();
}

#[test]
fn unknown_fields_and_values_would_be_found() {
    let tracking = json!({
        "trackingNumber": "QX1",
        "colour": "red",
        "checkpoints": [{ "statusUid": "brand_new", "depth": 3 }],
    });
    let quote = json!({ "items": [{ "carrier": {}, "availability": true }] });

    assert_eq!(
        Findings::<Gcl>::of("tracking_200_sample", &tracking),
        [
            "tracking_200_sample: checkpoints[].depth",
            "tracking_200_sample: colour",
            "tracking_200_sample: checkpoints[].depth",
            "tracking_200_sample: statusUid = brand_new",
        ]
    );
    assert_eq!(
        Findings::<Gcl>::of("shipping_methods_quote_response_sample", &quote),
        ["shipping_methods_quote_response_sample: items[].availability"]
    );
}

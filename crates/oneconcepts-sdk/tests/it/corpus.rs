//! Bodies that the provider published, kept outside of this repository.
//!
//! They belong to somebody else, so they are not part of the crate. Whoever has them names the
//! folder in `TRACKING_CORPUS`; its folder `oneconcepts` holds JSON files, and JSON that breaks
//! off, which are read as far as they go. Without the variable the test passes and says that it read
//! nothing.

use oneconcepts_sdk::{
    CategoryTreeCollection, CourierName, CreateOrder, CreateToken, ErrorResponse, OrderStatus,
    ProductCollection, TokenResponse, TrackingCollection, TrackingStatus,
};
use serde_json::{Value, json};
use tracking_testkit::corpus::Open;
use tracking_testkit::suites::corpus::{Findings, Published, every_body_is_modelled};

/// The open enums by the key of their values. In a context the keys name terms of the vocabulary, whose
/// addresses have a slash.
const OPEN: [Open; 2] = [
    ("courier", |text| {
        !text.contains('/') && CourierName::from(text).is_unknown()
    }),
    ("status", |text| {
        let is_unknown =
            TrackingStatus::from(text).is_unknown() && OrderStatus::from(text).is_unknown();
        !text.contains('/') && is_unknown
    }),
];

struct OneConcepts;

impl Published for OneConcepts {
    const PROVIDER: &'static str = "oneconcepts";
    const ENDINGS: &'static [&'static str] = &[".json", ".txt"];
    const OPEN: &'static [Open] = &OPEN;

    fn read(findings: &mut Findings<Self>, body: &Value) {
        let file = findings.file();
        let kind = |part: &str| file.contains(part);
        if kind("create_token_response") {
            findings.read::<TokenResponse>(body);
        } else if kind("trackings_collection") {
            findings.read::<TrackingCollection>(body);
        } else if kind("categorytree_collection") {
            findings.read::<CategoryTreeCollection>(body);
        } else if kind("order_post_request") {
            findings.read::<CreateOrder>(body);
            // Unknown keys of a request are kept on their own, so the types do not report them.
            let order: CreateOrder = serde_json::from_value(body.clone()).unwrap_or_default();
            for key in order.extra.keys() {
                findings.add(key);
            }
        } else if kind("create_token_request") {
            let known = serde_json::to_value(CreateToken::new("", "")).unwrap();
            let keys = body.as_object().unwrap().keys();
            for key in keys.filter(|key| known.get(key).is_none()) {
                findings.add(key);
            }
        } else if kind("products_collection") {
            findings.read::<ProductCollection>(body);
        } else if kind("framework_inferred/") {
            findings.read::<ErrorResponse>(body);
        } else if kind("categories_collection") {
            // A deprecated resource that is not bound.
            findings.skip();
        } else {
            findings.add_unknown_file();
        }
    }
}

#[test]
fn every_body_of_the_corpus_is_modelled() {
    every_body_is_modelled::<OneConcepts>();
}

#[test]
fn unknown_fields_and_values_would_be_found() {
    let body = json!({ "colour": "red", "hydra:member": [{ "courier": "Rocket" }] });

    assert_eq!(
        Findings::<OneConcepts>::of("trackings_collection", &body),
        [
            "trackings_collection: colour",
            "trackings_collection: courier = Rocket"
        ]
    );
}

//! Bodies that the provider published, kept outside of this repository.
//!
//! They are somebody else's text, so they are not part of the crate. Whoever has them names the
//! folder in `TRACKING_CORPUS`; its folder `oneconcepts` holds JSON files, and JSON that breaks
//! off, which are read as far as they go. Without the variable the test passes and says that it read
//! nothing.

use oneconcepts_sdk::{
    CategoryTreeCollection, CourierName, CreateOrder, CreateToken, ErrorResponse, OrderStatus,
    ProductCollection, TokenResponse, TrackingCollection, TrackingStatus,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tracking_testkit::corpus::{Corpus, unmodelled, written_again};

/// Fields and values that are known not to be modelled: `file: path`.
const EXPECTED: [&str; 0] = [];

/// What was found in one file.
struct Findings<'a> {
    file: &'a str,
    found: Vec<String>,
}

impl Findings<'_> {
    /// Reads a body as this type.
    fn read<T: DeserializeOwned + Serialize>(&mut self, body: &Value) {
        let fields = unmodelled::<T>(body).into_iter();
        self.found
            .extend(fields.map(|field| format!("{}: {field}", self.file)));
        let read = written_again::<T>(body);
        self.unknown_values(&read);
    }

    fn unknown_values(&mut self, value: &Value) {
        match value {
            Value::Object(keys) => {
                for (key, value) in keys {
                    let is_unknown = match (key.as_str(), value.as_str()) {
                        ("courier", Some(text)) => CourierName::from(text).is_unknown(),
                        ("status", Some(text)) => {
                            TrackingStatus::from(text).is_unknown()
                                && OrderStatus::from(text).is_unknown()
                        }
                        _ => false,
                    };
                    // In a context the keys name terms of the vocabulary.
                    if is_unknown && !value.as_str().is_some_and(|text| text.contains('/')) {
                        self.found.push(format!("{}: {key} = {value}", self.file));
                    }
                    self.unknown_values(value);
                }
            }
            Value::Array(items) => items.iter().for_each(|item| self.unknown_values(item)),
            _ => {}
        }
    }

    fn read_file(&mut self, body: &Value) {
        let file = self.file;
        let kind = |part: &str| file.contains(part);
        if kind("create_token_response") {
            self.read::<TokenResponse>(body);
        } else if kind("trackings_collection") {
            self.read::<TrackingCollection>(body);
        } else if kind("categorytree_collection") {
            self.read::<CategoryTreeCollection>(body);
        } else if kind("order_post_request") {
            self.read::<CreateOrder>(body);
            // Unknown keys of a request are kept on their own, so the types do not report them.
            let order: CreateOrder = serde_json::from_value(body.clone()).unwrap_or_default();
            self.found
                .extend(order.extra.keys().map(|key| format!("{file}: {key}")));
        } else if kind("create_token_request") {
            let known = serde_json::to_value(CreateToken::new("", "")).unwrap();
            let keys = body.as_object().unwrap().keys();
            let unknown = keys.filter(|key| known.get(key).is_none());
            self.found
                .extend(unknown.map(|key| format!("{file}: {key}")));
        } else if kind("products_collection") {
            self.read::<ProductCollection>(body);
        } else if kind("framework_inferred/") {
            self.read::<ErrorResponse>(body);
        } else {
            self.found
                .push(format!("{file}: no type is known for this file"));
        }
    }
}

#[test]
fn every_body_of_the_corpus_is_modelled() {
    let Some(corpus) = Corpus::of("oneconcepts") else {
        return;
    };
    let mut bodies = corpus.names(&[".json", ".txt"]);
    // A deprecated resource that is not bound.
    bodies.retain(|name| !name.contains("categories_collection"));

    let mut found = Vec::new();
    for name in &bodies {
        let body = corpus.json(name);
        let mut findings = Findings {
            file: name,
            found: Vec::new(),
        };
        findings.read_file(&body);
        found.extend(findings.found);
    }

    println!("read {} files: {bodies:?}", bodies.len());
    println!("not modelled: {found:?}");
    assert_eq!(found, EXPECTED);
}

#[test]
fn unknown_fields_and_values_would_be_found() {
    let mut findings = Findings {
        file: "trackings_collection",
        found: Vec::new(),
    };

    findings.read_file(&json!({ "colour": "red", "hydra:member": [{ "courier": "Rocket" }] }));

    assert_eq!(
        findings.found,
        [
            "trackings_collection: colour",
            "trackings_collection: courier = \"Rocket\""
        ]
    );
}

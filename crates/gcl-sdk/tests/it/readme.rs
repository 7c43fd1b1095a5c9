//! The README lists what the spec assumes.

use std::collections::BTreeSet;

use serde_yaml_ng::Value;
use tracking_testkit::source::read;

use crate::spec::spec;

/// The part of the README about assumptions.
fn assumptions() -> String {
    let readme = read(env!("CARGO_MANIFEST_DIR"), "README.md");
    let (_, rest) = readme.split_once("## Assumptions").unwrap();
    let (list, _links) = rest.split_once("\n\n[`").unwrap();
    list.to_owned()
}

/// The place of each assumption: the operation, webhook, schema or response that it is in.
fn places(value: &Value, named: Option<&str>, found: &mut BTreeSet<String>) {
    let Some(keys) = value.as_mapping() else {
        return;
    };
    let own = value["operationId"].as_str();
    let named = own.or(named);
    if value.get("x-assumption").is_some() {
        found.insert(named.unwrap_or("the API").to_owned());
    }
    for (key, child) in keys {
        let key = key.as_str().unwrap_or_default();
        let is_list_of_names = matches!(key, "schemas" | "x-webhooks")
            || key == "responses" && value.get("schemas").is_some();
        if is_list_of_names {
            for (name, child) in child.as_mapping().unwrap() {
                places(child, name.as_str(), found);
            }
        } else if let Some(items) = child.as_sequence() {
            items.iter().for_each(|item| places(item, named, found));
        } else {
            places(child, named, found);
        }
    }
}

#[test]
fn every_place_with_an_assumption_is_in_the_readme() {
    let spec = spec().document;
    let mut found = BTreeSet::new();
    places(&spec, None, &mut found);
    let text = assumptions();

    assert!(found.len() > 15, "{found:?}");
    for place in found {
        assert!(
            text.contains(&format!("`{place}`")) || place == "the API",
            "{place}"
        );
    }
}

#[test]
fn every_assumed_spelling_of_a_state_is_in_the_readme() {
    let text = assumptions();
    let spec = spec().document;
    let assumed = spec["components"]["schemas"]["StatusUid"]["x-assumption"]
        .as_str()
        .unwrap();

    let spellings: Vec<&str> = assumed.split('`').skip(1).step_by(2).collect();

    assert_eq!(spellings.len(), 7, "{spellings:?}");
    for spelling in spellings {
        assert!(text.contains(&format!("`{spelling}`")), "{spelling}");
    }
}

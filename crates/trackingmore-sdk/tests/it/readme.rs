//! The README says what is assumed, and names what there is.

use trackingmore_sdk::operations;

use tracking_testkit::source::{method_name, read};
use tracking_testkit::spec::text;

use crate::spec::spec;

/// The part of the README below a heading.
fn section(heading: &str) -> String {
    let readme = read(env!("CARGO_MANIFEST_DIR"), "README.md");
    let (_, rest) = readme
        .split_once(&format!("\n{heading}\n"))
        .unwrap_or_else(|| panic!("no section `{heading}`"));
    rest.split("\n## ").next().unwrap().to_owned()
}

#[test]
fn every_operation_is_named() {
    let offered = section("## What you get");

    for operation in operations::ALL {
        let method = format!("`{}`", method_name(operation.id));
        assert!(offered.contains(&method), "{method}");
    }
}

#[test]
fn every_operation_with_assumption_is_listed() {
    let assumptions = section("## Assumptions");
    let spec = spec();

    let missing: Vec<String> = spec
        .operations()
        .into_iter()
        .filter(|(_, _, operation)| operation.get("x-assumption").is_some())
        .map(|(_, _, operation)| method_name(text(operation, "operationId")))
        .filter(|method| !assumptions.contains(&format!("`{method}`")))
        .collect();

    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn every_assumed_property_is_listed() {
    let assumptions = section("## Assumptions");

    // Keys that were never seen with a value.
    for name in ["weight", "singed_by", "destination_track_number"] {
        assert!(assumptions.contains(&format!("`{name}`")), "{name}");
    }
    for subject in ["4031", "4016", "200 items", "webhooks", "newest first"] {
        assert!(assumptions.contains(subject), "{subject}");
    }
}

//! The code agrees with the description of the API that it was generated from.

use gcl_sdk::operations;
use tracking_testkit::Spec;

pub(crate) fn spec() -> Spec {
    Spec::of(env!("CARGO_MANIFEST_DIR"), "gcl")
}

#[test]
fn every_operation_agrees_with_the_spec() {
    assert_eq!(operations::ALL.len(), 3);
    spec().assert_operations(operations::ALL);
}

#[test]
fn base_urls_are_the_servers_of_the_spec() {
    let document = spec().document;
    let servers = document["servers"].as_sequence().unwrap();
    let servers: Vec<&str> = servers
        .iter()
        .map(|server| server["url"].as_str().unwrap())
        .collect();

    assert_eq!(servers, [gcl_sdk::PRODUCTION, gcl_sdk::TEST]);
}

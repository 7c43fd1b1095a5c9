//! The code agrees with the description of the API that it was generated from.

use exporto_sdk::operations;
use tracking_testkit::Spec;
use tracking_testkit::spec::text;

pub(crate) fn spec() -> Spec {
    Spec::of(env!("CARGO_MANIFEST_DIR"), "exporto")
}

#[test]
fn every_operation_agrees_with_the_spec() {
    assert_eq!(operations::ALL.len(), 9);
    spec().assert_operations(operations::ALL);
}

#[test]
fn base_urls_are_servers_of_spec() {
    let spec = spec();
    let servers = spec.document["servers"].as_sequence().unwrap();
    let servers: Vec<&str> = servers.iter().map(|server| text(server, "url")).collect();

    assert_eq!(servers, [exporto_sdk::PRODUCTION, exporto_sdk::TEST]);
}

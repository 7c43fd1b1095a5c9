//! The code agrees with the description of the API that it was generated from.

use exporto_sdk::operations;
use tracking_testkit::Spec;
use tracking_testkit::source::{method, read, uses};
use tracking_testkit::spec::text;

pub(crate) fn spec() -> Spec {
    Spec::of(env!("CARGO_MANIFEST_DIR"), "exporto")
}

#[test]
fn every_operation_agrees_with_the_spec() {
    assert_eq!(operations::ALL.len(), 9);
    spec().assert_operations(operations::ALL);
}

/// `get-shipment` becomes `get_shipment`.
fn method_name(operation: &str) -> String {
    operation.replace('-', "_")
}

#[test]
fn every_operation_has_method_of_its_name_and_is_called_once() {
    let client = read(env!("CARGO_MANIFEST_DIR"), "src/client.rs");
    // The token is requested outside of the client's methods too.
    let token = read(env!("CARGO_MANIFEST_DIR"), "src/auth.rs");

    for operation in operations::ALL {
        let name = method_name(operation.id);
        let constant = name.to_uppercase();
        let body = method(&client, &name);

        assert_eq!(
            uses(&client, &constant) + uses(&token, &constant),
            1,
            "{constant}"
        );
        if name != "create_token" {
            assert_eq!(uses(body, &constant), 1, "{name} does not use {constant}");
        }
    }
}

#[test]
fn base_urls_are_servers_of_spec() {
    let spec = spec();
    let servers = spec.document["servers"].as_sequence().unwrap();
    let servers: Vec<&str> = servers.iter().map(|server| text(server, "url")).collect();

    assert_eq!(servers, [exporto_sdk::PRODUCTION, exporto_sdk::TEST]);
}

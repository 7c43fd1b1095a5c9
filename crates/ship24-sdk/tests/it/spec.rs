//! The code agrees with the description of the API that it was generated from.

use ship24_sdk::operations;
use tracking_testkit::Spec;
use tracking_testkit::source::{method, read, uses};

fn spec() -> Spec {
    Spec::of(env!("CARGO_MANIFEST_DIR"), "ship24")
}

#[test]
fn every_operation_agrees_with_the_spec() {
    assert_eq!(operations::ALL.len(), 12);
    spec().assert_operations(operations::ALL);
}

/// `get-tracker-by-trackerId` becomes `get_tracker_by_tracker_id`.
fn method_name(operation: &str) -> String {
    let mut name = String::new();
    for letter in operation.chars() {
        if letter.is_ascii_uppercase() {
            name.push('_');
        }
        name.push(if letter == '-' {
            '_'
        } else {
            letter.to_ascii_lowercase()
        });
    }
    name
}

#[test]
fn every_operation_is_used_by_exactly_the_method_of_its_name() {
    let client = read(env!("CARGO_MANIFEST_DIR"), "src/client.rs");

    for operation in operations::ALL {
        let name = method_name(operation.id);
        let constant = name.to_uppercase();
        let body = method(&client, &name);

        assert_eq!(uses(&client, &constant), 1, "{constant}");
        assert_eq!(uses(body, &constant), 1, "{name} does not use {constant}");
    }
}

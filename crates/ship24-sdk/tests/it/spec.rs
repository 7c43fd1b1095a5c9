//! The code agrees with the description of the API that it was generated from.

use ship24_sdk::operations;
use tracking_testkit::Spec;

fn spec() -> Spec {
    Spec::of(env!("CARGO_MANIFEST_DIR"), "ship24")
}

#[test]
fn every_operation_agrees_with_the_spec() {
    assert_eq!(operations::ALL.len(), 12);
    spec().assert_operations(operations::ALL);
}

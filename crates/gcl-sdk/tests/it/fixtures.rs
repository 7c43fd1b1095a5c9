//! Every fixture is read by the type that it belongs to, and nothing of it is lost.

use gcl_sdk::{
    CreateShippingOrder, ErrorResponse, QuoteShippingMethods, ShippingMethodsQuote, ShippingOrder,
    TrackingResponse,
};
use serde_json::Value;
use tracking_testkit::fixtures::{essence, through};

use crate::server::FIXTURES;

/// Those whose shape is not the documented one, so that writing them back gives other JSON.
const CHANGED: [&str; 8] = [
    // Unknown fields are ignored.
    "get-tracking/200_unknown_values.json",
    "receive-notification/number_only.json",
    "receive-notification/no_number.json",
    "receive-notification/one_step.json",
    // Wrong scalars become right ones.
    "get-tracking/200_wrong_scalars.json",
    "quote-shipping-methods/200_wrong_scalars.json",
    // A price is read as a string.
    "quote-shipping-methods/200_methods.json",
    "quote-shipping-methods/200_more_keys.json",
];

/// Reads a fixture as what its folder and status make it, and writes it again.
fn written_again(folder: &str, name: &str, text: &str) -> Value {
    if name.starts_with('4') || name.contains("not_found") || name.contains("refused") {
        return through::<ErrorResponse>(text);
    }
    match (folder, name.starts_with("request")) {
        ("get-tracking" | "receive-notification", false) => through::<TrackingResponse>(text),
        ("quote-shipping-methods", true) => through::<QuoteShippingMethods>(text),
        ("quote-shipping-methods", false) => through::<ShippingMethodsQuote>(text),
        ("create-shipping-order", true) => through::<CreateShippingOrder>(text),
        ("create-shipping-order", false) => through::<ShippingOrder>(text),
        other => panic!("no type is known for {other:?}"),
    }
}

/// Nulls and empty lists are the same as absent; 810.0 is 810.
fn meaning(body: Value) -> Value {
    essence(body, |_, value| match value {
        Value::Number(number) => number.as_f64().into(),
        other => other,
    })
}

#[test]
fn every_body_is_read_and_written_again_without_loss() {
    let bodies = FIXTURES.bodies();
    assert!(bodies.len() > 30, "{}", bodies.len());

    FIXTURES.assert_lossless(&bodies, written_again, meaning, |path| {
        CHANGED.contains(&path)
    });
}

#[test]
fn every_fixture_is_described() {
    FIXTURES.assert_described(&FIXTURES.files());
}

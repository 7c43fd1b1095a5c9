//! Every fixture is read by the type that it belongs to, and nothing of it is lost.

use oneconcepts_sdk::{
    AvailabilityResponse, CategoryTreeCollection, CheckAvailability, CreateOrder, CreateToken,
    ErrorResponse, Order, OrderCollection, ProductCollection, TokenResponse, Tracking,
    TrackingCollection, UpdateOrder,
};
use serde_json::Value;
use tracking_testkit::fixtures::{essence, through};

use crate::server::FIXTURES;

/// Those whose shape is not the documented one, so that writing them back gives other JSON.
const CHANGED: [&str; 6] = [
    // Unknown fields are ignored.
    "list-trackings/200_unknown_values.json",
    // Keys without their prefix are written with it.
    "list-trackings/200_without_prefix.json",
    // Wrong scalars become right ones, a single string becomes a list.
    "list-trackings/200_total_float.json",
    "list-trackings/200_wrong_scalars.json",
    "list-products/200_loose.json",
    "check-availability/200_all.json",
];

/// Reads a fixture as what its folder makes it, and writes it again.
fn written_again(folder: &str, name: &str, text: &str) -> Value {
    if name.starts_with("request") {
        return match folder {
            "create-token" => through::<CreateToken>(text),
            "create-order" => through::<CreateOrder>(text),
            "update-order-status" => through::<UpdateOrder>(text),
            "check-availability" => through::<CheckAvailability>(text),
            other => panic!("no request is known for {other}"),
        };
    }
    match folder {
        "create-token" => through::<TokenResponse>(text),
        "list-trackings" => through::<TrackingCollection>(text),
        "get-tracking" => through::<Tracking>(text),
        "list-orders" => through::<OrderCollection>(text),
        "create-order" | "update-order-status" => through::<Order>(text),
        "list-category-tree" => through::<CategoryTreeCollection>(text),
        "list-products" => through::<ProductCollection>(text),
        "check-availability" => through::<AvailabilityResponse>(text),
        "errors" => through::<ErrorResponse>(text),
        other => panic!("no type is known for the folder {other}"),
    }
}

/// Nulls and empty lists are the same as absent; ids are strings.
fn meaning(body: Value) -> Value {
    essence(body, |key, value| {
        match value.as_i64().filter(|_| key == "id") {
            Some(id) => id.to_string().into(),
            None => value,
        }
    })
}

#[test]
fn every_body_is_read_and_written_again_without_loss() {
    let bodies = FIXTURES.bodies();
    assert!(bodies.len() > 40, "{}", bodies.len());

    // The code of the login layer is a number, read as a string.
    let is_changed = |path: &str| CHANGED.contains(&path) || path.starts_with("errors/401");
    FIXTURES.assert_lossless(&bodies, written_again, meaning, is_changed);
}

#[test]
fn every_fixture_is_described() {
    FIXTURES.assert_described(&FIXTURES.bodies());
}

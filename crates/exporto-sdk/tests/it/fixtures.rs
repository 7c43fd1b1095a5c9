//! Every fixture is read by the type that it belongs to, and nothing of it is lost.

use exporto_sdk::{
    AccessToken, CreateLabel, CreateToken, CreateTour, ErrorResponse, Label, LabelMethodList,
    ReturnShipment, Shipment, ShipmentList, Tour, TourList,
};
use serde_json::Value;
use tracking_testkit::fixtures::{essence, through};

use crate::server::FIXTURES;

/// Those whose shape is not the documented one, so that writing them back gives other JSON.
const CHANGED: [&str; 4] = [
    // Unknown fields are ignored.
    "get-shipment/200_unknown_values.json",
    // Wrong scalars become right ones.
    "create-token/200_wrong_scalars.json",
    "get-shipment/200_wrong_scalars.json",
    "create-label/201_sparse.json",
];

/// Those that the methods read and the plain types do not.
const OTHER_SHAPES: [&str; 7] = [
    "search-shipments/200_null.json",
    "list-tours/200_texts.json",
    "list-tours/200_integers.json",
    "list-tour-shipments/200_texts.json",
    "list-tour-shipments/200_integers.json",
    "list-tour-shipments/200_envelope.json",
    "list-label-methods/200_odd.json",
];

/// Reads a fixture as what its folder and status make it, and writes it again.
fn written_again(folder: &str, name: &str, text: &str) -> Value {
    if name.starts_with("request") {
        return match folder {
            "create-token" => through::<CreateToken>(text),
            "create-tour" => through::<CreateTour>(text),
            "create-label" => through::<CreateLabel>(text),
            "register-return-shipment" => through::<ReturnShipment>(text),
            other => panic!("no request is known for {other}"),
        };
    }
    if name.starts_with('4') || name.starts_with('5') {
        return through::<ErrorResponse>(text);
    }
    match folder {
        "create-token" => through::<AccessToken>(text),
        "get-shipment" => through::<Shipment>(text),
        "search-shipments" | "list-tour-shipments" => through::<ShipmentList>(text),
        "list-tours" => through::<TourList>(text),
        "create-tour" => through::<Tour>(text),
        "list-label-methods" => through::<LabelMethodList>(text),
        "create-label" => through::<Label>(text),
        other => panic!("no type is known for the folder {other}"),
    }
}

/// Nulls and empty lists are the same as absent.
fn meaning(body: Value) -> Value {
    essence(body, |_, value| value)
}

#[test]
fn every_body_is_read_and_written_again_without_loss() {
    let mut bodies = FIXTURES.bodies();
    assert!(bodies.len() > 40, "{}", bodies.len());
    bodies.retain(|path| !OTHER_SHAPES.contains(&path.as_str()));

    FIXTURES.assert_lossless(&bodies, written_again, meaning, |path| {
        CHANGED.contains(&path)
    });
}

#[test]
fn every_fixture_is_described() {
    FIXTURES.assert_described(&FIXTURES.bodies());
}

//! Orders that are refused.

use serde_json::{Value, json};

use super::desk::{Desk, code, order};

const PATH: &str = "/shipping-orders";

/// Each key of an object, with those of the objects and lists in it, as JSON pointers.
fn pointers(value: &Value, base: &str, found: &mut Vec<String>) {
    let children: Vec<(String, &Value)> = match value {
        Value::Object(fields) => fields
            .iter()
            .map(|(key, value)| (key.clone(), value))
            .collect(),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(position, value)| (position.to_string(), value))
            .collect(),
        _ => Vec::new(),
    };
    for (key, child) in children {
        let pointer = format!("{base}/{key}");
        if value.is_object() {
            found.push(pointer.clone());
        }
        pointers(child, &pointer, found);
    }
}

fn without(pointer: &str) -> Value {
    let mut body = order("standard");
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let parent = body.pointer_mut(parent).unwrap().as_object_mut().unwrap();
    parent.remove(key).unwrap();
    body
}

#[tokio::test]
async fn each_documented_key_must_be_there() {
    let desk = Desk::open().await;
    desk.account()
        .configure(|settings| settings.rate_limits = false);
    let mut keys = Vec::new();
    pointers(&order("standard"), "", &mut keys);
    assert!(keys.len() > 60);

    for key in keys {
        let response = desk.post(PATH, &without(&key)).await;

        assert_eq!(
            code(&response),
            (400, "INVALID_REQUEST".to_owned()),
            "{key}"
        );
        let message = response.at("/message");
        assert!(
            message.as_str().unwrap().ends_with(" is missing."),
            "{message}"
        );
    }
    assert_eq!(desk.account().orders(), []);
}

#[tokio::test]
async fn optional_keys_may_be_left_out_when_that_is_assumed() {
    let desk = Desk::open().await;
    desk.assume(|assumptions| assumptions.require_every_key = false);

    let customs = desk.post(PATH, &without("/sender/customs")).await;
    let suburb = desk.post(PATH, &without("/receiver/address/suburb")).await;
    let uid = desk.post(PATH, &without("/shippingMethod/uid")).await;
    let country = desk.post(PATH, &without("/receiver/address/country")).await;

    assert_eq!([customs.status, suburb.status, uid.status], [200, 200, 200]);
    assert_eq!(
        country.at("/message"),
        "receiver.address.country must not be empty."
    );
}

#[tokio::test]
async fn unknown_method_is_refused() {
    let desk = Desk::open().await;
    let unavailable = (422, "SHIPPING_METHOD_NOT_AVAILABLE".to_owned());
    let invalid = (400, "INVALID_REQUEST".to_owned());
    let cases = [
        (
            json!({ "uid": "snail_post", "carrier": "", "tier": "" }),
            &unavailable,
        ),
        (
            json!({ "uid": "dpd_classic", "carrier": "ups", "tier": "" }),
            &unavailable,
        ),
        (
            json!({ "uid": "", "carrier": "", "tier": "overnight" }),
            &unavailable,
        ),
        (json!({ "uid": "", "carrier": "ups", "tier": "" }), &invalid),
        (json!({ "uid": "", "carrier": null, "tier": "" }), &invalid),
    ];

    for (method, expected) in cases {
        let mut body = order("");
        body["shippingMethod"] = method.clone();

        let response = desk.post(PATH, &body).await;

        assert_eq!(&code(&response), expected, "{method}");
    }
    assert_eq!(desk.account().orders(), []);
}

#[tokio::test]
async fn repeated_reference_may_be_refused() {
    let desk = Desk::open().await;
    desk.assume(|assumptions| assumptions.refuse_repeated_order = true);
    desk.ship(&order("standard")).await;

    let repeated = desk.post(PATH, &order("standard")).await;
    let mut other = order("standard");
    other["orderReferenceId"] = json!("SHOP-7002");
    let other = desk.post(PATH, &other).await;

    assert_eq!(code(&repeated), (409, "ORDER_ALREADY_EXISTS".to_owned()));
    assert_eq!(other.status, 200);
    assert_eq!(desk.account().orders().len(), 2);
}

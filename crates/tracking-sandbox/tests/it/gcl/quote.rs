//! `POST /v1/shipping-methods/quote`.

use reqwest::Method;
use serde_json::{Value, json};

use super::desk::{Desk, code, quote};
use crate::account::Reply;

const PATH: &str = "/shipping-methods/quote";

fn prices(response: &Reply) -> Vec<f64> {
    let items = response.at("/items");
    let items = items.as_array().unwrap().iter();
    items
        .map(|item| item["method"]["price"].as_f64().unwrap())
        .collect()
}

#[tokio::test]
async fn each_method_has_carrier_price_and_days() {
    let desk = Desk::open().await;

    let response = desk.post(PATH, &quote()).await;

    assert_eq!(response.status, 200);
    let items = response.at("/items");
    let items = items.as_array().unwrap();
    assert_eq!(items.len(), 5);
    assert_eq!(
        items[0],
        json!({
            "carrier": { "name": "DHL", "uid": "dhl" },
            "method": {
                "name": "DHL Parcel Connect", "uid": "dhl_parcel_connect", "price": 9.1,
                "maxShipmentDays": 6, "minShipmentDays": 3, "deliveryPaddingDays": 0,
            },
        })
    );
    let carriers: Vec<_> = items.iter().map(|item| &item["carrier"]["uid"]).collect();
    assert!(
        carriers.contains(&&json!("dhl_express")),
        "one brand, two carriers"
    );
}

#[tokio::test]
async fn weight_and_distance_make_price() {
    let desk = Desk::open().await;
    let mut light = quote();
    light["packages"][0]["volumetricWeight"] = json!(0);
    light["packages"][0]["grossWeight"] = json!(100);
    let mut kilograms = light.clone();
    kilograms["options"]["weightUnit"] = json!("kg");
    kilograms["packages"][0]["grossWeight"] = json!(0.1);
    let mut domestic = light.clone();
    domestic["receiver"]["address"]["country"] = json!("DE");

    let heavy = prices(&desk.post(PATH, &quote()).await);
    let light = prices(&desk.post(PATH, &light).await);
    let kilograms = prices(&desk.post(PATH, &kilograms).await);
    let domestic = prices(&desk.post(PATH, &domestic).await);

    assert_eq!(light, kilograms);
    for (position, price) in light.iter().enumerate() {
        assert!(*price < heavy[position]);
        assert!(*price > domestic[position]);
    }
}

#[tokio::test]
async fn quote_needs_no_shipping_method_and_creates_nothing() {
    let desk = Desk::open().await;
    let body = quote();
    assert_eq!(body.get("shippingMethod"), None);

    desk.post(PATH, &body).await;

    assert_eq!(desk.account().orders(), []);
}

#[tokio::test]
async fn wrong_value_is_named() {
    let desk = Desk::open().await;
    let cases = [
        (
            "/currency",
            json!("euro"),
            "currency must be three capital letters.",
        ),
        (
            "/orderReferenceId",
            json!(" "),
            "orderReferenceId must not be empty.",
        ),
        (
            "/options/weightUnit",
            json!("stone"),
            "options.weightUnit must be one of g, kg.",
        ),
        (
            "/receiver/address/country",
            json!("NLD"),
            "receiver.address.country must be a country of two capital letters.",
        ),
        (
            "/sender/person/phone",
            json!(44),
            "sender.person.phone must be a string or null.",
        ),
        (
            "/packages/0/grossWeight",
            json!("1200"),
            "packages[0].grossWeight must be a number, 0 or more.",
        ),
        (
            "/packages",
            json!([]),
            "packages must be a list with an item or more.",
        ),
        (
            "/packages/0/items/0/hsCode",
            json!(491_110),
            "packages[0].items[0].hsCode must be a string or null.",
        ),
        (
            "/sender/customs",
            json!("none"),
            "sender.customs must be an object.",
        ),
    ];

    for (pointer, value, message) in cases {
        let mut body = quote();
        *body.pointer_mut(pointer).unwrap() = value;

        let response = desk.post(PATH, &body).await;

        assert_eq!(code(&response), (400, "INVALID_REQUEST".to_owned()));
        assert_eq!(response.at("/message"), message);
        assert_eq!(response.at("/details"), Value::Null);
        assert_eq!(response.json().get("trackingNumber"), None);
    }
}

#[tokio::test]
async fn body_must_be_json_and_say_so() {
    let desk = Desk::open().await;
    let send = |kind: &'static str, body: &'static str| {
        let request = desk.request(Method::POST, PATH);
        request.header("content-type", kind).body(body).send()
    };

    let form = Reply::read(
        send("application/x-www-form-urlencoded", "a=b")
            .await
            .unwrap(),
    )
    .await;
    let broken = Reply::read(send("application/json", "{").await.unwrap()).await;
    let list = Reply::read(send("application/json; charset=utf-8", "[]").await.unwrap()).await;

    assert_eq!(form.status, 415);
    assert_eq!(broken.at("/message"), "The body is not JSON.");
    assert_eq!(list.at("/message"), "The body must be an object.");
}

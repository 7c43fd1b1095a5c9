//! `POST /v1/shipping-orders`.

use std::time::Duration;

use serde_json::{Value, json};
use tracking_sandbox::Step;
use tracking_sandbox::{Sandbox, Scan};

use super::desk::{Desk, order};

const PATH: &str = "/shipping-orders";
const HOUR: Duration = Duration::from_secs(3600);

#[tokio::test]
async fn order_gets_cheapest_method_of_its_tier() {
    let desk = Desk::open().await;

    let standard = desk.post(PATH, &order("standard")).await;
    let express = desk.post(PATH, &order("express")).await;

    assert_eq!(standard.status, 200);
    assert_eq!(
        standard.at("/shippingMethod"),
        json!({ "carrier": "DPD", "uid": "dpd_classic" }),
        "no tier"
    );
    assert_eq!(
        express.at("/shippingMethod"),
        json!({ "carrier": "DHL Express", "uid": "dhl_express_noon" })
    );
}

#[tokio::test]
async fn response_echoes_references_and_promised_keys() {
    let desk = Desk::open().await;

    let body = desk.post(PATH, &order("standard")).await.json();

    assert_eq!(body["orderId"].as_str().unwrap().len(), 36);
    assert_eq!(body["orderReferenceId"], "SHOP-7001");
    let package = &body["packages"][0];
    assert_eq!(package["packageReferenceId"], "SHOP-7001-A");
    let number = package["trackingNumber"].as_str().unwrap();
    assert!(package["trackingUrl"].as_str().unwrap().ends_with(number));
    assert!(package["labelUrl"].as_str().unwrap().ends_with(".pdf"));
    let orders = desk.account().orders();
    assert_eq!(orders.len(), 1);
    assert_eq!(body["orderId"], orders[0].order_id.as_str());
    assert_eq!(orders[0].tracking_numbers, [number]);
}

#[tokio::test]
async fn response_may_have_documented_keys_only() {
    let desk = Desk::open().await;
    desk.assume(|assumptions| {
        assumptions.documented_order_keys_only = true;
        assumptions.created_status = reqwest::StatusCode::CREATED;
    });

    let response = desk.post(PATH, &order("standard")).await;

    assert_eq!(response.status, 201);
    assert_eq!(
        response.at("/packages"),
        json!([{ "packageReferenceId": "SHOP-7001-A" }])
    );
}

#[tokio::test]
async fn new_order_may_be_tracked_before_anything_happens() {
    let desk = Desk::open().await;

    let number = desk.ship(&order("standard")).await;

    let body = desk.track(&number).await.json();
    assert_eq!(body["shortUid"], "SHOP-7001");
    assert_eq!(body["trackingNumber"], number);
    assert_eq!(body["carrierUid"], "dpd");
    assert_eq!(body["shipmentMethodUid"], "dpd_classic");
    assert_eq!(body["shipmentMethodName"], "DPD Classic");
    assert_eq!(body["weightInGrams"], "1200");
    assert_eq!(body["checkpoints"], json!([]));
}

#[tokio::test]
async fn clock_takes_order_to_its_delivery() {
    let desk = Desk::open().await;
    let number = desk.ship(&order("standard")).await;
    let mut seen = Vec::new();

    for pause in [1, 6, 110, 5] {
        desk.sandbox.clock().advance(HOUR * pause);
        let newest = desk.track(&number).await.at("/checkpoints/0");
        seen.push((
            newest["statusUid"].clone(),
            newest["expectedDeliveryDate"].clone(),
        ));
    }

    assert_eq!(
        seen,
        [
            (json!("registered"), json!("2026-03-07")),
            (json!("in_transit"), json!("2026-03-07")),
            (json!("out_for_delivery"), json!("")),
            (json!("delivered"), json!("")),
        ]
    );
    let places = desk.track(&number).await;
    assert_eq!(places.at("/checkpoints/0/location"), "UTRECHT, NL");
}

#[tokio::test]
async fn each_package_has_number_of_its_own() {
    let desk = Desk::open().await;
    let mut body = order("standard");
    let mut second = body["packages"][0].clone();
    second["packageReferenceId"] = json!("SHOP-7001-B");
    second["grossWeight"] = json!(90.2);
    body["packages"].as_array_mut().unwrap().push(second);

    let response = desk.post(PATH, &body).await;

    let numbers = desk.account().orders().remove(0).tracking_numbers;
    assert_eq!(response.at("/packages/1/packageReferenceId"), "SHOP-7001-B");
    assert_eq!(
        response.at("/packages/1/trackingNumber"),
        numbers[1].as_str()
    );
    assert_ne!(numbers[0], numbers[1]);
    assert_eq!(desk.track(&numbers[1]).await.at("/weightInGrams"), "91");
}

#[tokio::test]
async fn parcel_of_order_is_known_to_all_providers() {
    let desk = Desk::open().await;
    let number = desk.ship(&order("standard")).await;
    let scan = Scan::ago(Duration::ZERO, Step::Lost);

    desk.sandbox.add_scan(&number, scan).unwrap();

    let url = format!("{}/trackers/track", desk.sandbox.base_url("ship24"));
    let request = desk
        .http()
        .post(url)
        .bearer_auth(desk.sandbox.ship24().api_key())
        .json(&json!({ "trackingNumber": number }));
    let response: Value = request.send().await.unwrap().json().await.unwrap();
    let milestone = response.pointer("/data/trackings/0/shipment/statusMilestone");
    assert_eq!(milestone, Some(&json!("exception")));
}

#[tokio::test]
async fn method_may_be_named_with_its_carrier_in_either_form() {
    let desk = Desk::open().await;
    let mut body = order("");

    for carrier in ["", "dhl_express", "DHL Express"] {
        body["shippingMethod"]["uid"] = json!("dhl_express_noon");
        body["shippingMethod"]["carrier"] = json!(carrier);

        let response = desk.post(PATH, &body).await;

        assert_eq!(
            response.at("/shippingMethod/uid"),
            "dhl_express_noon",
            "{carrier}"
        );
    }
}

#[tokio::test]
async fn repeated_order_makes_second_label() {
    let desk = Desk::open().await;

    let first = desk.ship(&order("standard")).await;
    let second = desk.ship(&order("standard")).await;

    assert_ne!(first, second);
    let orders = desk.account().orders();
    assert_eq!(orders.len(), 2);
    assert_ne!(orders[0].order_id, orders[1].order_id);
}

#[tokio::test]
async fn reset_forgets_orders_and_their_parcels() {
    let desk = Desk::open().await;
    let number = desk.ship(&order("standard")).await;

    desk.sandbox.reset();

    assert_eq!(desk.account().orders(), []);
    assert_eq!(desk.track(&number).await.status, 404);
    assert_eq!(desk.track(Sandbox::DEMO_NUMBER).await.status, 200);
}

//! Responses of tomorrow: unknown fields, unknown values, nulls, missing keys, wrong scalars.

use exporto_sdk::{LabelDirection, Shipment, ShipmentType};
use serde_json::{Value, json};

use crate::server::{Reply, Server};

async fn read(name: &str) -> exporto_sdk::Response<Shipment> {
    let server = Server::replying(Reply::fixture(&format!("get-shipment/{name}"))).await;
    server.client().get_shipment("x").await.unwrap()
}

#[tokio::test]
async fn unknown_fields_are_ignored_listed_and_kept_in_the_body() {
    let shipment = read("200_unknown_values.json").await;

    assert_eq!(shipment.unmodelled(), ["lineItems[].quantity", "warehouse"]);
    let body: Value = serde_json::from_slice(shipment.body()).unwrap();
    assert_eq!(body["warehouse"]["dock"], 4);
}

#[tokio::test]
async fn spellings_of_documentation_are_no_keys() {
    // In prose "shipmentID" and "tourIDs", in JSON `shipmentId`.
    let body = json!({ "shipmentID": "p-1", "shipmentId": "p-2" });
    let server = Server::replying(Reply::json(200, &body)).await;

    let shipment = server.client().get_shipment("p-2").await.unwrap();

    assert_eq!(shipment.shipment_id, Some("p-2".into()));
    assert_eq!(shipment.unmodelled(), ["shipmentID"]);
}

#[tokio::test]
async fn unknown_values_keep_raw_value() {
    let shipment = read("200_unknown_values.json").await;

    assert_eq!(shipment.status.as_ref().unwrap().as_str(), "on_hold");
    assert_eq!(
        shipment.carrier_state.as_ref().unwrap().as_str(),
        "in_a_balloon"
    );
    assert_eq!(shipment.type_.as_ref().unwrap().as_str(), "transfer");
}

#[tokio::test]
async fn line_items_have_an_article_and_perhaps_more() {
    let shipment = read("200_unknown_values.json").await;

    assert_eq!(shipment.line_items[0].article_id.as_deref(), Some("lamp"));
}

#[tokio::test]
async fn wrong_scalars_are_read_as_what_they_mean() {
    let shipment = read("200_wrong_scalars.json").await;

    assert_eq!(shipment.shipment_id, Some("480017".into()));
    assert_eq!(shipment.order_id, Some("77".into()));
    assert_eq!(
        shipment.foreign_outbound_tracking_id.as_deref(),
        Some("5590172")
    );
    assert_eq!(shipment.line_items.len(), 1);
    assert_eq!(shipment.line_items[0].article_id.as_deref(), Some("9"));
}

#[tokio::test]
async fn null_and_missing_are_the_same() {
    let mut nulls = read("200_all_null.json").await.into_inner();
    let missing = read("200_id_only.json").await.into_inner();

    nulls.shipment_id = missing.shipment_id.clone();
    assert_eq!(nulls, missing);
}

#[test]
fn both_spellings_are_sent_as_documented() {
    assert_eq!(ShipmentType::Inbound.as_str(), "inbound");
    assert_eq!(LabelDirection::Inbound.as_str(), "INBOUND");
    assert!(ShipmentType::from("INBOUND").is_unknown());
    assert!(LabelDirection::from("inbound").is_unknown());
}

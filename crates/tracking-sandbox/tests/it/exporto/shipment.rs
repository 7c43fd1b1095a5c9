//! `GET /shipment/{shipmentId}`.

use std::time::Duration;

use serde_json::{Value, json};
use tracking_sandbox::exporto::{Assumptions, Exporto};
use tracking_sandbox::{Leg, Parcel, Sandbox, Scan, Step, TimeShape};

use super::merchant::{Merchant, RETURN_ID, RETURN_NUMBER, keys, refused};

const HOUR: Duration = Duration::from_secs(3600);

/// A parcel with one courier that has gone through these steps, an hour apart.
fn parcel(number: &str, steps: &[Step]) -> Parcel {
    let ages = (1..).map(|hours| HOUR * hours);
    steps
        .iter()
        .rev()
        .zip(ages)
        .fold(Parcel::new("ups", number), |parcel, (step, age)| {
            parcel.scan(Scan::ago(age, *step).offset_minutes(60))
        })
}

#[tokio::test]
async fn demo_parcel_is_outbound_shipment_with_three_facts() {
    let merchant = Merchant::open().await;
    let ids = merchant.demo();

    let response = merchant.shipment(&ids.shipment_id).await;

    assert_eq!(response.status, 200);
    assert_eq!(ids.tracking_number, Exporto::DEMO_NUMBER);
    assert_eq!(
        response.json(),
        json!({
            "status": "processed",
            "shipmentId": format!("S-{}", Sandbox::DEMO_NUMBER),
            "orderId": ids.order_id,
            "type": "outbound",
            "foreignOutboundTrackingId": Exporto::DEMO_NUMBER,
            "processedAt": "2026-02-24T22:00:00Z",
            "declaredAt": "2026-02-28T08:50:00Z",
            "carrierReceivedAt": "2026-03-01T07:00:00Z",
            "lineItems": [{ "articleId": "ART-001" }, { "articleId": "ART-002" }],
        })
    );
}

#[tokio::test]
async fn delivery_shows_once_clock_gets_there() {
    let mut merchant = Merchant::open().await;
    merchant
        .account()
        .configure(|settings| settings.token_lifetime_seconds = 24 * 3600);
    merchant.renew().await;

    merchant.sandbox.clock().advance(HOUR * 4);
    let response = merchant.shipment(&merchant.demo().shipment_id).await;

    assert_eq!(response.at("/carrierState"), "delivered");
    assert_eq!(response.at("/carrierDeliveredAt"), "2026-03-02T13:00:00Z");
}

#[tokio::test]
async fn seeded_return_is_inbound_and_delivered_without_customs() {
    let merchant = Merchant::open().await;
    let ids = merchant.account().ids(RETURN_NUMBER).unwrap();

    let response = merchant.shipment(RETURN_ID).await;

    assert_eq!(ids.shipment_id, RETURN_ID);
    assert_eq!(ids.tour_id, None);
    assert_eq!(response.at("/type"), "inbound");
    assert_eq!(response.at("/orderId"), ids.order_id);
    assert_eq!(response.at("/foreignInboundTrackingId"), RETURN_NUMBER);
    assert!(response.at("/foreignOutboundTrackingId").is_string());
    assert_eq!(response.at("/carrierState"), "delivered");
    assert!(response.json().get("declaredAt").is_none());
    assert!(response.json().get("domesticInboundTrackingId").is_none());
    let as_outbound = merchant.shipment(&format!("S-{RETURN_NUMBER}")).await;
    assert_eq!(as_outbound.status, 404);
}

#[tokio::test]
async fn unprocessed_shipment_has_neither_status_nor_times() {
    let merchant = Merchant::open().await;
    let parcel = parcel("NEW-1", &[Step::OrderCreated]);
    merchant.sandbox.add_parcel(parcel).unwrap();

    let response = merchant.shipment("S-NEW-1").await;

    let expected = [
        "foreignOutboundTrackingId",
        "lineItems",
        "orderId",
        "shipmentId",
        "type",
    ];
    assert_eq!(keys(&response.json()), expected);
}

#[tokio::test]
async fn each_fact_adds_its_time() {
    let merchant = Merchant::open().await;
    let times = [
        "processedAt",
        "declaredAt",
        "carrierReceivedAt",
        "carrierDeliveredAt",
    ];
    let steps = [
        Step::Accepted,
        Step::CustomsCleared,
        Step::OutForDelivery,
        Step::Delivered,
    ];

    for known in 1..=steps.len() {
        let number = format!("FACTS-{known}");
        let parcel = parcel(&number, &steps[..known]);
        merchant.sandbox.add_parcel(parcel).unwrap();
        let response = merchant.shipment(&format!("S-{number}")).await.json();

        assert_eq!(response["status"], "processed", "{known}");
        for (position, time) in times.iter().enumerate() {
            assert_eq!(
                response[time].is_string(),
                position < known,
                "{known} {time}"
            );
        }
        assert_eq!(response["carrierState"].is_string(), known == 4, "{known}");
    }
}

#[tokio::test]
async fn processed_may_come_without_its_time_or_any_time() {
    let merchant = Merchant::open().await;
    let steps = [Step::Accepted, Step::CustomsCleared, Step::Delivered];
    merchant
        .sandbox
        .add_parcel(parcel("TIMES-1", &steps))
        .unwrap();
    let mut assumptions = Assumptions::default();

    assumptions.processed_at = false;
    merchant
        .account()
        .configure(|settings| settings.assumptions = assumptions.clone());
    let without_one = merchant.shipment("S-TIMES-1").await;
    assumptions.timestamps = false;
    merchant
        .account()
        .configure(|settings| settings.assumptions = assumptions);
    let without_all = merchant.shipment("S-TIMES-1").await;

    assert_eq!(without_one.at("/status"), "processed");
    assert_eq!(without_one.at("/processedAt"), Value::Null);
    assert!(without_one.at("/declaredAt").is_string());
    assert_eq!(without_all.at("/status"), "processed");
    assert_eq!(without_all.at("/carrierState"), "delivered");
    assert!(!without_all.text.contains("At\""), "{}", without_all.text);
}

#[tokio::test]
async fn times_may_come_with_offsets_and_fractions() {
    let merchant = Merchant::open().await;
    merchant
        .sandbox
        .add_parcel(parcel("OFFSET-1", &[Step::Accepted]))
        .unwrap();
    let cases = [
        (TimeShape::Utc, "2026-03-02T08:00:00Z"),
        (TimeShape::Offset, "2026-03-02T09:00:00+01:00"),
        (TimeShape::UtcMillis, "2026-03-02T08:00:00.000Z"),
    ];

    for (shape, expected) in cases {
        let mut assumptions = Assumptions::default();
        assumptions.times = shape;
        merchant
            .account()
            .configure(|settings| settings.assumptions = assumptions);

        let response = merchant.shipment("S-OFFSET-1").await;

        assert_eq!(response.at("/processedAt"), expected);
    }
}

#[tokio::test]
async fn id_with_slashes_is_one_path_segment() {
    let merchant = Merchant::open().await;
    let id = "S-CH/2026/0417-83";

    let encoded = merchant.shipment(id).await;
    let plain = merchant.get(&format!("/shipment/{id}")).await;

    assert_eq!(encoded.at("/shipmentId"), id);
    assert_eq!(plain.status, 404);
}

#[tokio::test]
async fn ids_that_no_shipment_has_are_not_found() {
    let merchant = Merchant::open().await;
    let last_mile = format!("S-{}", Exporto::DEMO_NUMBER);

    for id in ["nobody", "S-nobody", Sandbox::DEMO_NUMBER, &last_mile] {
        let response = merchant.shipment(id).await;

        let expected = (404, "Shipment not found".to_owned());
        assert_eq!(refused(&response), expected, "{id}");
    }
}

#[tokio::test]
async fn post_code_is_not_needed() {
    let merchant = Merchant::open().await;

    let response = merchant.shipment("S-GR7724810935GB").await;

    assert_eq!(response.at("/status"), "processed");
}

#[tokio::test]
async fn last_courier_gives_outbound_number() {
    let merchant = Merchant::open().await;
    let parcel = Parcel::new("a", "LEG-1")
        .leg(Leg::new("b", "LEG-2"))
        .leg(Leg::new("c", "LEG-3"));
    merchant.sandbox.add_parcel(parcel).unwrap();

    let response = merchant.shipment("S-LEG-1").await;

    assert_eq!(response.at("/foreignOutboundTrackingId"), "LEG-3");
}

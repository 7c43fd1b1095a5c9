//! `POST /order/return-shipment`.

use std::time::Duration;

use serde_json::{Value, json};
use tracking_sandbox::exporto::{Assumptions, Exporto};
use tracking_sandbox::{Leg, Parcel, Scan, Step};

use super::merchant::{Merchant, RETURN_ID, ids, refused};

const PATH: &str = "/order/return-shipment";

#[tokio::test]
async fn registered_return_may_be_read() {
    let merchant = Merchant::open().await;
    let order = merchant.demo();
    let body = json!({
        "orderId": order.order_id,
        "shipmentId": "RMA/1",
        "foreignInboundTrackingId": "BACK-1",
    });

    let response = merchant.post(PATH, &body).await;

    assert_eq!((response.status, response.text.as_str()), (201, ""));
    assert_eq!(
        merchant.shipment("RMA/1").await.json(),
        json!({
            "shipmentId": "RMA/1",
            "orderId": order.order_id,
            "type": "inbound",
            "foreignOutboundTrackingId": Exporto::DEMO_NUMBER,
            "foreignInboundTrackingId": "BACK-1",
        })
    );
}

#[tokio::test]
async fn order_may_be_named_as_customer_knows_it() {
    let merchant = Merchant::open().await;
    let order = merchant.demo();
    let body = json!({
        "customerFacingId": order.customer_facing_id,
        "shipmentId": "RMA-2",
        "foreignInboundTrackingId": "BACK-2",
    });

    let response = merchant.post(PATH, &body).await;

    assert_eq!(response.status, 201, "{}", response.text);
    let shipment = merchant.shipment("RMA-2").await;
    assert_eq!(shipment.at("/orderId"), order.order_id);
}

#[tokio::test]
async fn parcel_with_return_number_is_the_return() {
    let merchant = Merchant::open().await;
    let ago = |minutes: u64, step| Scan::ago(Duration::from_secs(minutes * 60), step);
    let parcel = Parcel::new("postnord", "BACK-3")
        .leg(Leg::new("dhl-germany", "HOME-3"))
        .scan(ago(40, Step::Accepted))
        .scan(ago(30, Step::CustomsCleared))
        .scan(ago(20, Step::HubScan).on_leg(1))
        .scan(ago(10, Step::Delivered).on_leg(1));
    merchant.sandbox.add_parcel(parcel).unwrap();
    let as_outbound = merchant.shipment("S-BACK-3").await;

    let body = json!({
        "orderId": merchant.demo().order_id,
        "shipmentId": "RMA-3",
        "foreignInboundTrackingId": "BACK-3",
    });
    merchant.post(PATH, &body).await;

    let shipment = merchant.shipment("RMA-3").await;
    assert_eq!(as_outbound.at("/type"), "outbound");
    assert_eq!(merchant.shipment("S-BACK-3").await.status, 404);
    assert_eq!(shipment.at("/type"), "inbound");
    assert_eq!(shipment.at("/domesticInboundTrackingId"), "HOME-3");
    assert_eq!(shipment.at("/processedAt"), "2026-03-02T08:20:00Z");
    assert_eq!(shipment.at("/declaredAt"), "2026-03-02T08:30:00Z");
    assert_eq!(shipment.at("/carrierReceivedAt"), "2026-03-02T08:40:00Z");
    assert_eq!(shipment.at("/carrierDeliveredAt"), "2026-03-02T08:50:00Z");
    assert_eq!(shipment.at("/carrierState"), "delivered");
}

#[tokio::test]
async fn search_by_outbound_number_finds_both_ways() {
    let merchant = Merchant::open().await;
    let body = json!({
        "orderId": merchant.demo().order_id,
        "shipmentId": "RMA-4",
        "foreignInboundTrackingId": "BACK-4",
    });
    merchant.post(PATH, &body).await;
    let number = ("foreignOutboundTrackingId", Exporto::DEMO_NUMBER);

    let both = merchant.search(&[number]).await;
    let inbound = merchant.search(&[number, ("type", "inbound")]).await;

    assert_eq!(ids(&both), [merchant.demo().shipment_id.as_str(), "RMA-4"]);
    assert_eq!(ids(&inbound), ["RMA-4"]);
    assert!(inbound.at("/0").get("lineItems").is_none());
}

#[tokio::test]
async fn incomplete_body_fails() {
    let merchant = Merchant::open().await;
    let demo = merchant.demo();
    let complete = || {
        json!({
            "orderId": demo.order_id,
            "shipmentId": "RMA-5",
            "foreignInboundTrackingId": "BACK-5",
        })
    };
    let with = |key: &str, value: Value| {
        let mut body = complete();
        body[key] = value;
        body
    };
    let cases = [
        json!({}),
        with("orderId", Value::Null),
        with("shipmentId", json!("")),
        with("shipmentId", json!(5)),
        with("foreignInboundTrackingId", Value::Null),
        with("customerFacingId", json!(demo.customer_facing_id)),
        with("customerFacingId", Value::Null),
        with("shipmentId", json!(RETURN_ID)),
        with("shipmentId", json!(demo.shipment_id)),
    ];

    for body in cases {
        let response = merchant.post(PATH, &body).await;

        let expected = (400, "Registration failed".to_owned());
        assert_eq!(refused(&response), expected, "{body}");
    }
    assert_eq!(merchant.shipment("RMA-5").await.status, 404);
}

#[tokio::test]
async fn unknown_order_is_not_found() {
    let merchant = Merchant::open().await;

    for key in ["orderId", "customerFacingId"] {
        let body = json!({
            key: "nobody",
            "shipmentId": "RMA-6",
            "foreignInboundTrackingId": "BACK-6",
        });
        let response = merchant.post(PATH, &body).await;

        let expected = (404, "Registration failed".to_owned());
        assert_eq!(refused(&response), expected, "{key}");
    }
}

#[tokio::test]
async fn outage_has_message_of_wrong_registration() {
    let merchant = Merchant::open().await;
    merchant
        .account()
        .configure(|settings| settings.registration_outage = true);
    let body = json!({
        "orderId": merchant.demo().order_id,
        "shipmentId": "RMA-7",
        "foreignInboundTrackingId": "BACK-7",
    });

    let response = merchant.post(PATH, &body).await;

    assert_eq!(refused(&response), (502, "Registration failed".to_owned()));
    assert_eq!(merchant.shipment("RMA-7").await.status, 404);
}

#[tokio::test]
async fn success_may_have_another_status_and_body() {
    let merchant = Merchant::open().await;
    let mut assumptions = Assumptions::default();
    assumptions.registration_status = reqwest::StatusCode::from_u16(299).unwrap();
    assumptions.registration_body = "accepted".to_owned();
    merchant
        .account()
        .configure(|settings| settings.assumptions = assumptions);
    let body = json!({
        "orderId": merchant.demo().order_id,
        "shipmentId": "RMA-8",
        "foreignInboundTrackingId": "BACK-8",
    });

    let response = merchant.post(PATH, &body).await;

    assert_eq!((response.status, response.text.as_str()), (299, "accepted"));
    assert_eq!(merchant.shipment("RMA-8").await.status, 200);
}

#[tokio::test]
async fn shipment_called_search_cannot_be_read() {
    let merchant = Merchant::open().await;
    let body = json!({
        "orderId": merchant.demo().order_id,
        "shipmentId": "search",
        "foreignInboundTrackingId": "BACK-9",
    });

    let registered = merchant.post(PATH, &body).await;
    let read = merchant.shipment("search").await;

    assert_eq!(registered.status, 201);
    let expected = (400, "A search selector is required".to_owned());
    assert_eq!(refused(&read), expected);
}

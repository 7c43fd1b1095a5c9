//! `POST /order/return-shipment`: any 2xx, and no body.

use exporto_sdk::{ErrorKind, ReturnShipment};

use crate::server::{Reply, Server, fixture_json};

fn shipment() -> ReturnShipment {
    ReturnShipment::new("return-7201", "INB-5531")
}

#[tokio::test]
async fn order_is_named_by_exactly_one_id() {
    let cases = [
        (shipment().order_id("exp-order-88"), "request_order.json"),
        (
            shipment().customer_facing_id("SHOP-4471"),
            "request_customer.json",
        ),
    ];
    for (shipment, body) in cases {
        let server = Server::replying(Reply::new(201, "")).await;

        server
            .client()
            .register_return_shipment(&shipment)
            .await
            .unwrap();

        let body = fixture_json(&format!("register-return-shipment/{body}"));
        server
            .request()
            .assert_json("POST", "/v1/order/return-shipment", &body);
    }
}

#[tokio::test]
async fn every_2xx_is_a_success_whatever_its_body() {
    for (status, body) in [
        (201, ""),
        (200, "{\"ok\":true}"),
        (204, ""),
        (202, "registered"),
        (299, "[1,"),
    ] {
        let server = Server::replying(Reply::new(status, body)).await;
        let shipment = shipment().order_id("exp-order-88");

        let response = server
            .client()
            .register_return_shipment(&shipment)
            .await
            .unwrap();

        assert_eq!(response.http_status(), status);
        assert_eq!(response.body(), body.as_bytes());
    }
}

#[tokio::test]
async fn same_message_means_what_its_status_says() {
    for (name, kind) in [
        ("400_failed.json", ErrorKind::InvalidRequest),
        ("404_failed.json", ErrorKind::NotFound),
        ("502_failed.json", ErrorKind::Server),
    ] {
        let path = format!("register-return-shipment/{name}");
        let server = Server::replying(Reply::fixture(&path)).await;
        let shipment = shipment().order_id("exp-order-88");

        let error = server
            .client()
            .register_return_shipment(&shipment)
            .await
            .unwrap_err();

        assert_eq!(error.kind(), kind, "{name}");
        assert_eq!(error.provider_message(), Some("Registration failed"));
        assert!(!error.is_retryable(), "{name}");
    }
}

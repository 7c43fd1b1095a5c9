//! `POST /v1/shipping-orders`.

use gcl_sdk::{
    CreateShippingOrder, ErrorKind, Response, ShippingMethodSelection, ShippingOrder, Tier,
};
use serde_json::{Value, json};

use crate::requests::{order, quote};
use crate::server::{Reply, Server, fixture_json};

async fn ordered(name: &str) -> Response<ShippingOrder> {
    let path = format!("create-shipping-order/{name}");
    let server = Server::replying(Reply::fixture(&path)).await;
    let client = server.client();
    client.create_shipping_order(&order()).await.unwrap()
}

async fn sent(order: &CreateShippingOrder) -> crate::server::Seen {
    let fixture = "create-shipping-order/201_known_keys.json";
    let server = Server::replying(Reply::fixture(fixture)).await;
    server.client().create_shipping_order(order).await.unwrap();
    server.request()
}

#[tokio::test]
async fn order_with_tier_sends_empty_uid_and_carrier() {
    let request = sent(&order()).await;

    let body = fixture_json("create-shipping-order/request_tier.json");
    request.assert_json("POST", "/v1/shipping-orders", &body);
}

#[tokio::test]
async fn order_with_method_sends_empty_tier() {
    let method = ShippingMethodSelection::of_method("sample_parcel", "sample_parcel_eu");

    let request = sent(&quote().into_order(method)).await;

    let body = fixture_json("create-shipping-order/request_method.json");
    request.assert_json("POST", "/v1/shipping-orders", &body);
}

#[tokio::test]
async fn unknown_tier_can_be_sent() {
    let selection = ShippingMethodSelection::of_tier(Tier::from("same_day"));

    let request = sent(&quote().into_order(selection)).await;

    assert_eq!(request.json()["shippingMethod"]["tier"], "same_day");
}

#[tokio::test]
async fn order_is_its_quote_with_shipping_method() {
    let quoted = fixture_json("quote-shipping-methods/request.json");

    let mut body = sent(&order()).await.json();

    body.as_object_mut()
        .unwrap()
        .remove("shippingMethod")
        .unwrap();
    assert_eq!(body, quoted);
}

#[tokio::test]
async fn known_keys_are_typed_under_either_status() {
    for name in ["200_known_keys.json", "201_known_keys.json"] {
        let order = ordered(name).await;

        assert_eq!(
            order.order_id.as_deref(),
            Some("4b0d7e52-91c6-4f3a-b7a8-0e6d5c2f9a13")
        );
        assert_eq!(order.order_reference_id.as_deref(), Some("PTS-0009917"));
        // A name for people, where a quote has `sample_parcel`.
        let method = order.shipping_method.as_ref().unwrap();
        assert_eq!(method.carrier.as_deref(), Some("Sample Parcel"));
        assert_eq!(method.uid.as_deref(), Some("sample_parcel_eu"));
        let package = order.packages[0].package_reference_id.as_deref();
        assert_eq!(package, Some("PTS-0009917-1"));
    }
}

#[tokio::test]
async fn undocumented_keys_are_kept_unchanged() {
    let order = ordered("201_more_keys.json").await;

    assert_eq!(order.extra["state"], "ready");
    let package = &order.packages[0].extra;
    assert_eq!(package["parcelNumber"], "QX4471902385");
    let address = "https://papers.example/1?sig=a%2Fb";
    assert_eq!(package["papers"][0]["at"], address);
    let body: Value = serde_json::from_slice(order.body()).unwrap();
    assert_eq!(body["packages"][0]["papers"][0]["at"], address);
}

#[tokio::test]
async fn nulls_do_not_lose_an_order_that_was_paid_for() {
    let order = ordered("201_all_null.json").await;

    assert_eq!(order.order_id.as_deref(), Some("4b0d7e52"));
    assert!(order.packages.is_empty());
}

#[tokio::test]
async fn key_of_another_shape_does_not_hide_order_that_was_paid_for() {
    for (key, odd) in [
        ("shippingMethod", json!("sample_parcel_eu")),
        ("packages", json!({ "PTS-0009917-1": {} })),
        ("orderReferenceId", json!({ "id": "PTS-0009917" })),
    ] {
        let mut body = fixture_json("create-shipping-order/201_more_keys.json");
        body[key] = odd;
        let server = Server::replying(Reply::json(201, &body)).await;

        let order = server.client().create_shipping_order(&order()).await;

        let order = order.unwrap();
        assert_eq!(
            order.order_id.as_deref(),
            Some("4b0d7e52-91c6-4f3a-b7a8-0e6d5c2f9a13"),
            "{key}"
        );
        assert_eq!(order.extra["state"], "ready");
        assert_eq!(order.body(), body.to_string().as_bytes());
    }
}

#[tokio::test]
async fn response_that_names_no_order_is_decode_error_with_its_body() {
    for (body, path) in [
        ("{}", Some("orderId")),
        (
            r#"{"message":"No method delivers there."}"#,
            Some("orderId"),
        ),
        (r#"{"orderId":"#, None),
    ] {
        let server = Server::replying(Reply::new(200, body)).await;

        let error = server
            .client()
            .create_shipping_order(&order())
            .await
            .unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Decode);
        assert_eq!(error.path(), path, "{body}");
        assert_eq!(error.body_text().unwrap(), body);
    }
}

#[tokio::test]
async fn refusal_inside_success_is_error_with_its_reason() {
    let fixture = "create-shipping-order/200_refused.json";
    let server = Server::replying(Reply::fixture(fixture)).await;

    let error = server
        .client()
        .create_shipping_order(&order())
        .await
        .unwrap_err();

    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert_eq!(error.provider_code(), Some("SAMPLE_REFUSAL"));
    assert_eq!(error.provider_message(), Some("No method delivers there."));
    assert!(!error.is_retryable());
}

#[tokio::test]
async fn taken_reference_is_conflict() {
    let fixture = "create-shipping-order/409_reference_taken.json";
    let server = Server::replying(Reply::fixture(fixture)).await;

    let error = server
        .client()
        .create_shipping_order(&order())
        .await
        .unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Conflict);
    assert_eq!(error.attempts(), 1);
}

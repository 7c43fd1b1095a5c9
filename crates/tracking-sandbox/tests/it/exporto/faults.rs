//! Faults on demand, in this provider's form.

use serde_json::json;
use tracking_sandbox::Fault;

use super::merchant::{Merchant, RETURN_ID, keys, refused};

#[tokio::test]
async fn errors_of_server_have_message_and_id() {
    let merchant = Merchant::open().await;
    merchant.account().faults().next(Fault::JsonError(503));

    let response = merchant.get("/label/methods").await;

    let expected = (503, "Service Unavailable".to_owned());
    assert_eq!(refused(&response), expected);
    assert_eq!(keys(&response.json()), ["message", "requestId"]);
}

#[tokio::test]
async fn error_in_200_is_error_object() {
    let merchant = Merchant::open().await;
    merchant.account().faults().next(Fault::ErrorIn200(1));

    let response = merchant.get("/label/methods").await;

    assert_eq!(response.status, 200);
    assert!(response.at("/message").is_string());
}

#[tokio::test]
async fn slow_down_fault_sets_retry_after() {
    let merchant = Merchant::open().await;
    let fault = Fault::SlowDown("7".to_owned());
    merchant.account().faults().on("get-shipment").next(fault);

    let other = merchant.get("/label/methods").await;
    let response = merchant.shipment(RETURN_ID).await;

    assert_eq!(other.status, 200);
    assert_eq!(refused(&response), (429, "Too Many Requests".to_owned()));
    assert_eq!(response.header("retry-after"), "7");
}

#[tokio::test]
async fn page_of_proxy_keeps_its_media_type() {
    let merchant = Merchant::open().await;
    let kind = tracking_sandbox::exporto::ContentType::Missing;
    merchant
        .account()
        .configure(|settings| settings.content_type = kind);
    merchant.account().faults().next(Fault::HtmlError(404));

    let response = merchant.shipment(RETURN_ID).await;

    assert_eq!(response.status, 404);
    assert_eq!(response.header("content-type"), "text/html");
    assert!(response.text.starts_with("<html>"));
}

#[tokio::test]
async fn unknown_values_can_be_requested() {
    let merchant = Merchant::open().await;
    let invented = "invented_by_the_sandbox";
    merchant.account().faults().next(Fault::UnknownEnum);

    let shipment = merchant.shipment(RETURN_ID).await;
    merchant.account().faults().next(Fault::UnknownEnum);
    let methods = merchant.get("/label/methods").await;

    for key in ["/status", "/type", "/carrierState"] {
        assert_eq!(shipment.at(key), invented, "{key}");
    }
    assert_eq!(shipment.at("/shipmentId"), RETURN_ID);
    assert_eq!(methods.at("/0/direction"), invented);
}

#[tokio::test]
async fn lost_response_leaves_effect() {
    let merchant = Merchant::open().await;
    let body = json!({
        "orderId": merchant.demo().order_id,
        "shipmentId": "RMA-1",
        "foreignInboundTrackingId": "BACK-1",
    });
    merchant.account().faults().next(Fault::LostResponse);

    let lost = merchant
        .request(reqwest::Method::POST, "/order/return-shipment")
        .json(&body)
        .send()
        .await;

    assert!(lost.is_err());
    assert_eq!(merchant.shipment("RMA-1").await.status, 200);
}

#[tokio::test]
async fn reset_before_token_issues_none() {
    let merchant = Merchant::open().await;
    let account = merchant.account();
    account.faults().on("create-token").next(Fault::Reset);

    let reset = merchant
        .http()
        .post(merchant.url("/auth/token"))
        .basic_auth(account.username(), Some(account.password()))
        .json(&json!({ "grant_type": "client_credentials" }))
        .send()
        .await;

    assert!(reset.is_err());
    assert_eq!(account.tokens_issued(), 1);
}

#[tokio::test]
async fn keys_may_be_left_out_of_token() {
    let merchant = Merchant::open().await;
    let fault = Fault::WithoutKey("expires_in".to_owned());
    merchant.account().faults().next(fault);

    let response = merchant
        .ask_token(&json!({ "grant_type": "client_credentials" }))
        .await;

    assert_eq!(keys(&response.json()), ["access_token", "token_type"]);
}

#[tokio::test]
async fn fault_for_another_provider_leaves_this_one_alone() {
    let merchant = Merchant::open().await;
    merchant.sandbox.ship24().faults().next(Fault::Reset);

    assert_eq!(merchant.get("/label/methods").await.status, 200);
    assert_eq!(merchant.sandbox.ship24().faults().waiting(), 1);
}

//! Faults on demand, in this provider's form.

use serde_json::Value;
use tracking_sandbox::Fault;

use super::partner::{Partner, each, members, with_body};

#[tokio::test]
async fn every_operation_has_name_for_faults() {
    let partner = Partner::open().await;

    let operations = partner.account().operations();

    assert_eq!(operations.len(), 15);
    for operation in ["create-token", "list-trackings", "update-order-status"] {
        assert!(operations.contains(&operation), "{operation}");
    }
    let account = partner.account();
    let faults = account.faults().on("list-orders");
    faults.next(Fault::EmptyError(500));
    assert_eq!(partner.get("/trackings").await.status, 200);
    assert_eq!(partner.get("/orders").await.status, 500);
}

#[tokio::test]
async fn server_errors_say_only_their_status() {
    let partner = Partner::open().await;
    partner.account().faults().next(Fault::JsonError(503));

    let response = partner.get("/trackings").await;

    assert_eq!(response.status, 503);
    assert_eq!(response.at("/hydra:description"), "Service Unavailable");
}

#[tokio::test]
async fn slow_down_fault_sets_retry_after() {
    let partner = Partner::open().await;
    let fault = Fault::SlowDown("2".to_owned());
    partner.account().faults().next(fault);

    let response = partner.get("/trackings").await;

    assert_eq!(
        (response.status, response.header("retry-after")),
        (429, "2")
    );
    assert_eq!(response.at("/@type"), "hydra:Error");
}

#[tokio::test]
async fn error_may_come_in_200() {
    let partner = Partner::open().await;
    partner.account().faults().next(Fault::ErrorIn200(1));

    let response = partner.get("/trackings").await;

    assert_eq!(response.status, 200);
    assert_eq!(response.at("/@type"), "hydra:Error");
}

#[tokio::test]
async fn unknown_enum_fault_changes_status_and_courier() {
    let partner = Partner::open().await;
    partner.account().faults().next(Fault::UnknownEnum);

    let list = partner.get("/trackings").await;

    assert_eq!(each(&list, "status"), ["invented_by_the_sandbox"; 7]);
    assert_eq!(each(&list, "courier"), ["invented_by_the_sandbox"; 7]);
}

#[tokio::test]
async fn token_may_be_missing_from_its_response() {
    let partner = Partner::open().await;
    let fault = Fault::WithoutKey("token".to_owned());
    partner.account().faults().on("create-token").next(fault);

    let response = partner.ask_for_token(&partner.credentials()).await;

    assert_eq!(response.status, 200);
    assert_eq!(response.at("/token"), Value::Null);
    assert!(response.at("/email").is_string());
}

#[tokio::test]
async fn list_can_lose_its_members_or_hold_other_types() {
    let partner = Partner::open().await;
    let account = partner.account();
    account
        .faults()
        .next(Fault::WithoutKey("hydra:member".to_owned()))
        .next(Fault::NullKey("trackingId".to_owned()))
        .next(Fault::NumberAsString);

    let no_members = partner.get("/trackings").await;
    let nulls = partner.get("/trackings").await;
    let strings = partner.get("/trackings").await;

    assert!(no_members.json().get("hydra:member").is_none());
    assert_eq!(members(&nulls)[0]["trackingId"], Value::Null);
    assert_eq!(strings.at("/hydra:totalItems"), "7");
}

#[tokio::test]
async fn lost_response_leaves_order_complete() {
    let partner = Partner::open().await;
    let account = partner.account();
    account
        .faults()
        .on("update-order-status")
        .next(Fault::LostResponse);
    let path = "/orders?externalOrderNumber=SHOP::1001";

    let request = partner.request(reqwest::Method::PATCH, path);
    let body = serde_json::json!({ "status": "complete" });
    let lost = with_body(request, &body).send().await;

    assert!(lost.is_err());
    assert_eq!(partner.order("SHOP::1001").await["status"], "complete");
}

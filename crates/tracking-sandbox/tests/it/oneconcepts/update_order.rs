//! `PATCH` of an order.

use reqwest::Method;
use serde_json::{Value, json};
use tracking_sandbox::oneconcepts::OrderUpdate;

use super::partner::{Partner, each, members, send, with_body};
use crate::account::Reply;

const DEMO: &str = "/orders?externalOrderNumber=SHOP%3A%3A1001";

fn complete() -> Value {
    json!({ "status": "complete" })
}

fn first_violation(response: &Reply) -> Value {
    response.at("/violations/0/propertyPath")
}

#[tokio::test]
async fn shipped_order_becomes_complete_once() {
    let partner = Partner::open().await;

    let updated = partner.patch(DEMO, &complete()).await;
    let shipped = partner.get("/orders?status=shipped").await;
    let completed = partner.get("/orders?status=complete").await;
    let again = partner.patch(DEMO, &complete()).await;

    assert_eq!(updated.status, 200, "{}", updated.text);
    assert_eq!(updated.at("/status"), "complete");
    assert!(updated.at("/@context").is_string());
    assert_eq!(members(&shipped).len(), 5);
    assert_eq!(each(&completed, "externalOrderNumber"), ["SHOP::1001"]);
    assert_eq!(
        (again.status, again.at("/status")),
        (200, json!("complete"))
    );
    let list = partner.get("/trackings").await;
    assert_eq!(list.at("/hydra:totalItems"), 7, "trackings stay");
}

#[tokio::test]
async fn missing_or_unnamed_order_is_refused() {
    let partner = Partner::open().await;

    let unknown = partner
        .patch("/orders?externalOrderNumber=NONE", &complete())
        .await;
    let unnamed = partner.patch("/orders", &complete()).await;
    let array = partner
        .patch("/orders?externalOrderNumber[]=SHOP::1001", &complete())
        .await;

    assert_eq!(
        [unknown.status, unnamed.status, array.status],
        [404, 400, 400]
    );
    assert_eq!(partner.order("SHOP::1001").await["status"], "shipped");
}

#[tokio::test]
async fn shipped_orders_alone_become_complete() {
    let partner = Partner::open().await;
    partner.patch(DEMO, &complete()).await;
    let waiting = "/orders?externalOrderNumber=SHOP::1006";
    let cases = [
        (waiting, complete()),
        (DEMO, json!({ "status": "shipped" })),
        (DEMO, json!({ "status": "delivered" })),
    ];

    for (path, body) in cases {
        let response = partner.patch(path, &body).await;

        assert_eq!(response.status, 422, "{body}");
        assert_eq!(first_violation(&response), "status");
    }
    let number = partner.patch(DEMO, &json!({ "status": 7 })).await;
    assert_eq!(number.status, 400);
    assert_eq!(partner.order("SHOP::1001").await["status"], "complete");
}

#[tokio::test]
async fn unknown_key_is_ignored() {
    let partner = Partner::open().await;

    let response = partner.patch(DEMO, &json!({ "stauts": "complete" })).await;

    assert_eq!(response.status, 200);
    assert_eq!(response.at("/status"), "shipped");
}

#[tokio::test]
async fn number_may_be_expected_in_body() {
    let partner = Partner::open().await;
    partner.assume(|it| it.order_update = OrderUpdate::NumberInBody);
    let body = json!({ "externalOrderNumber": "SHOP::1001", "status": "complete" });

    let in_query = partner.patch(DEMO, &complete()).await;
    let in_body = partner.patch("/orders", &body).await;

    assert_eq!([in_query.status, in_body.status], [400, 200]);
    assert_eq!(in_body.at("/status"), "complete");
}

#[tokio::test]
async fn order_may_be_expected_in_path() {
    let partner = Partner::open().await;
    let id = partner.order("SHOP::1001").await["id"].clone();
    let path = format!("/orders/{id}");

    let too_early = partner.patch(&path, &complete()).await;
    partner.assume(|it| it.order_update = OrderUpdate::ItemRoute);
    let on_list = partner.patch(DEMO, &complete()).await;
    let on_item = partner.patch(&path, &complete()).await;
    let unknown = partner.patch("/orders/999", &complete()).await;

    assert_eq!([too_early.status, on_list.status], [405, 405]);
    assert_eq!([on_item.status, unknown.status], [200, 404]);
    assert_eq!(on_item.at("/status"), "complete");
}

#[tokio::test]
async fn merge_patch_may_be_expected() {
    let partner = Partner::open().await;
    let merge = |body: &Value| {
        partner
            .request(Method::PATCH, DEMO)
            .header("content-type", "application/merge-patch+json")
            .body(body.to_string())
    };

    let too_early = send(merge(&complete())).await;
    partner.assume(|it| it.merge_patch = true);
    let too_late = send(with_body(partner.request(Method::PATCH, DEMO), &complete())).await;
    let right = send(merge(&complete())).await;

    assert_eq!(
        [too_early.status, too_late.status, right.status],
        [415, 415, 200]
    );
}

#[tokio::test]
async fn response_may_be_empty() {
    let partner = Partner::open().await;
    partner.assume(|it| it.empty_update_response = true);

    let response = partner.patch(DEMO, &complete()).await;

    assert_eq!((response.status, response.text.as_str()), (204, ""));
    assert_eq!(partner.order("SHOP::1001").await["status"], "complete");
}

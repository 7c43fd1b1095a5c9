//! Faults on demand, in this provider's form.

use serde_json::{Value, json};
use tracking_sandbox::Fault;

use super::desk::{Desk, code, order};

#[tokio::test]
async fn lost_response_leaves_order_created() {
    for (fault, orders) in [(Fault::Reset, 0), (Fault::LostResponse, 1)] {
        let desk = Desk::open().await;
        desk.account()
            .faults()
            .on("create-shipping-order")
            .next(fault);

        let request = desk
            .request(reqwest::Method::POST, "/shipping-orders")
            .json(&order("standard"));

        assert!(request.send().await.is_err());
        assert_eq!(desk.account().orders().len(), orders);
    }
}

#[tokio::test]
async fn errors_of_server_have_code_message_and_details() {
    let desk = Desk::open().await;
    desk.account().faults().next(Fault::JsonError(503));

    let response = desk.demo().await;

    assert_eq!(code(&response), (503, "INTERNAL_ERROR".to_owned()));
    assert_eq!(response.json().get("details"), Some(&Value::Null));
}

#[tokio::test]
async fn errors_may_come_inside_http_200() {
    let desk = Desk::open().await;
    desk.account()
        .faults()
        .next(Fault::ErrorIn200(404))
        .next(Fault::ErrorIn200(500));

    let not_found = desk.demo().await;
    let broken = desk.demo().await;

    assert_eq!(
        code(&not_found),
        (200, "TRACKING_DETAILS_NOT_FOUND".to_owned())
    );
    assert_eq!(code(&broken), (200, "INTERNAL_ERROR".to_owned()));
}

#[tokio::test]
async fn slow_down_fault_sets_retry_after() {
    let desk = Desk::open().await;
    desk.account()
        .faults()
        .next(Fault::SlowDown("2".to_owned()));

    let response = desk.demo().await;

    assert_eq!(
        (response.status, response.header("retry-after")),
        (429, "2")
    );
    assert_eq!(response.json(), json!({ "error": "Too Many Requests" }));
}

#[tokio::test]
async fn unknown_values_can_be_requested() {
    let desk = Desk::open().await;
    let invented = "invented_by_the_sandbox";
    desk.account().faults().times(2, Fault::UnknownEnum);

    let tracked = desk.demo().await.at("/checkpoints/0");
    let unknown = desk.track("NOBODY-1").await;

    assert_eq!(tracked["statusUid"], invented);
    assert_eq!(tracked["signedBy"], invented);
    assert_eq!(tracked["status"], 2);
    assert_eq!(
        tracked["message"],
        "Die Sendung wurde in das Zustellfahrzeug geladen"
    );
    assert_eq!(code(&unknown), (404, invented.to_owned()));
}

#[tokio::test]
async fn weight_may_be_number_and_status_string() {
    let desk = Desk::open().await;
    desk.account()
        .faults()
        .next(Fault::StringAsNumber)
        .next(Fault::NumberAsString)
        .next(Fault::WithoutKey("checkpoints".to_owned()));

    let number = desk.demo().await;
    let text = desk.demo().await;
    let keyless = desk.demo().await.json();

    assert!(number.at("/weightInGrams").is_u64());
    assert_eq!(text.at("/checkpoints/0/status"), "2");
    assert_eq!(keyless.get("checkpoints"), None);
    assert!(keyless["shortUid"].is_string());
}

#[tokio::test]
async fn fault_for_another_provider_leaves_this_one_alone() {
    let desk = Desk::open().await;
    desk.sandbox.ship24().faults().next(Fault::Reset);

    assert_eq!(desk.demo().await.status, 200);
    assert_eq!(desk.sandbox.ship24().faults().waiting(), 1);
}

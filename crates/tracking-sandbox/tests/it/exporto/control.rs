//! Control paths of the account.

use std::collections::HashSet;

use reqwest::Method;
use serde_json::{Value, json};
use tracking_sandbox::Sandbox;

use super::merchant::Merchant;

const SETTINGS: &str = "/exporto/settings";

#[tokio::test]
async fn base_url_ends_with_version() {
    let merchant = Merchant::open().await;

    let overview = merchant.control(Method::GET, "", &Value::Null).await;

    let expected = format!("http://{}/exporto/v1", merchant.sandbox.address());
    assert_eq!(merchant.sandbox.base_url("exporto"), expected);
    let listed = overview.at("/providers");
    let listed = listed
        .as_array()
        .unwrap()
        .iter()
        .find(|provider| provider["name"] == "exporto")
        .unwrap();
    assert_eq!(listed["base_url"], expected);
}

#[tokio::test]
async fn settings_may_be_changed_and_shown() {
    let merchant = Merchant::open().await;
    let change = json!({
        "token_lifetime_seconds": 60, "per_second": 9000, "content_type": "missing",
        "request_id_header": "never", "label_methods": false, "label_outage": true,
        "registration_outage": true,
        "assumptions": {
            "processed_at": false, "timestamps": false, "tour_paths": "plural",
            "tours": "strings", "tour_shipments": "shipment_ids",
        },
    });

    let changed = merchant.control(Method::PATCH, SETTINGS, &change).await;
    let tours = merchant.get("/tours").await;
    let shown = merchant.control(Method::GET, SETTINGS, &Value::Null).await;
    let wrong = json!({ "assumptions": { "tours": "numbers" } });
    let wrong = merchant.control(Method::PATCH, SETTINGS, &wrong).await;

    for (key, value) in change.as_object().unwrap() {
        if key != "assumptions" {
            assert_eq!(&changed.json()[key], value, "{key}");
        }
    }
    for (key, value) in change["assumptions"].as_object().unwrap() {
        assert_eq!(&changed.json()["assumptions"][key], value, "{key}");
    }
    assert_eq!(shown.text, changed.text);
    assert!(tours.at("/0").is_string());
    assert_eq!(wrong.status, 400);
    let error = wrong.at("/error");
    assert!(
        error.as_str().unwrap().starts_with("`assumptions.tours`: "),
        "{error}"
    );
}

#[tokio::test]
async fn account_shows_credentials_and_counters() {
    let merchant = Merchant::open().await;

    let shown = merchant
        .control(Method::GET, "/exporto", &Value::Null)
        .await;

    assert_eq!(shown.at("/username"), merchant.account().username());
    assert_eq!(shown.at("/password"), merchant.account().password());
    assert_eq!(shown.at("/tokens_issued"), 1);
    assert_eq!(shown.at("/labels_created"), 0);
}

#[tokio::test]
async fn tokens_expire_on_request_over_http() {
    let merchant = Merchant::open().await;

    let before = merchant.get("/label/methods").await;
    let path = "/exporto/expire_tokens";
    let expired = merchant.control(Method::POST, path, &Value::Null).await;
    let after = merchant.get("/label/methods").await;

    assert_eq!(expired.status, 200);
    assert_eq!([before.status, after.status], [200, 401]);
}

#[tokio::test]
async fn reset_forgets_returns_tours_and_labels() {
    let mut merchant = Merchant::open().await;
    let demo = merchant.demo();
    let body = json!({
        "orderId": demo.order_id,
        "shipmentId": "RMA-1",
        "foreignInboundTrackingId": "BACK-1",
    });
    merchant.post("/order/return-shipment", &body).await;
    let body = json!({ "shipmentIds": [demo.shipment_id] });
    merchant.post("/tour", &body).await;

    merchant.sandbox.reset();
    merchant.renew().await;

    assert_eq!(merchant.shipment("RMA-1").await.status, 404);
    let tour = merchant.get("/tour/2026030201/shipment").await;
    assert_eq!(tour.status, 404);
    assert_eq!(merchant.demo(), demo);
}

#[tokio::test]
async fn account_knows_each_demo_parcel_by_ids_of_its_own() {
    let merchant = Merchant::open().await;

    let ids: Vec<_> = Sandbox::DEMO_NUMBERS
        .iter()
        .map(|number| merchant.account().ids(number).unwrap())
        .collect();

    let shipments: HashSet<_> = ids.iter().map(|ids| &ids.shipment_id).collect();
    let orders: HashSet<_> = ids.iter().map(|ids| &ids.order_id).collect();
    assert_eq!(shipments.len(), Sandbox::DEMO_NUMBERS.len());
    assert_eq!(orders.len(), Sandbox::DEMO_NUMBERS.len());
    assert_eq!(merchant.account().ids("nobody"), None);
}

#[tokio::test]
async fn same_seed_gives_same_ids() {
    let mut orders = Vec::new();

    for seed in [7, 7, 8] {
        let sandbox = Sandbox::builder().seed(seed).start().await.unwrap();
        let ids = sandbox.exporto().ids(Sandbox::DEMO_NUMBER).unwrap();
        orders.push(ids.order_id);
    }

    assert_eq!(orders[0], orders[1]);
    assert_ne!(orders[0], orders[2]);
}

#[tokio::test]
async fn nine_operations_have_name() {
    let merchant = Merchant::open().await;

    let operations = merchant.account().operations();

    assert_eq!(operations.len(), 9);
    assert!(operations.contains(&"register-return-shipment"));
}

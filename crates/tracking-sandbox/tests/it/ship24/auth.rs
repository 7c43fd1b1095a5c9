//! Credentials and subscriptions.

use reqwest::Method;
use serde_json::json;
use tracking_sandbox::Sandbox;

use crate::account::{Account, Reply};

async fn with_header(account: &Account, header: Option<&str>) -> Reply {
    let mut request = account.http().get(account.url("/trackers"));
    if let Some(header) = header {
        request = request.header("authorization", header);
    }
    Reply::read(request.send().await.unwrap()).await
}

#[tokio::test]
async fn wrong_credentials_get_the_documented_codes() {
    let account = Account::open().await;
    let cases = [
        (None, 400, "auth_missing_header"),
        (Some("Token abc"), 400, "auth_invalid_header"),
        (Some("Bearer apik_wrong"), 401, "auth_invalid_api_key"),
    ];

    for (header, status, code) in cases {
        let response = with_header(&account, header).await;

        assert_eq!(response.error(), (status, code.to_owned()));
        assert!(response.json()["data"].is_null());
        assert!(!response.header("x-request-id").is_empty());
    }
}

#[tokio::test]
async fn each_product_needs_its_own_plan_and_couriers_need_any() {
    let account = Account::open().await;
    let number = json!({ "trackingNumber": Sandbox::DEMO_NUMBER });
    let refused = (422, "no_active_subscription".to_owned());

    account.ship24().configure(|settings| {
        settings.per_shipment = false;
        settings.per_call = true;
    });
    assert_eq!(account.get("/trackers").await.error(), refused);
    assert_eq!(account.get("/couriers").await.status, 200);
    assert_eq!(account.post("/tracking/search", &number).await.status, 201);

    account.ship24().configure(|settings| {
        settings.per_shipment = true;
        settings.per_call = false;
    });
    assert_eq!(account.get("/trackers").await.status, 200);
    assert_eq!(account.get("/couriers").await.status, 200);
    assert_eq!(
        account.post("/tracking/search", &number).await.error(),
        refused
    );

    account.ship24().configure(|settings| {
        settings.per_shipment = false;
        settings.per_call = false;
    });
    assert_eq!(account.get("/couriers").await.error(), refused);
}

#[tokio::test]
async fn path_that_does_not_exist_is_refused_without_credentials() {
    let account = Account::open().await;

    let missing = account.get("/shipments").await;
    let wrong_method = account
        .request(Method::DELETE, "/trackers/x")
        .send()
        .await
        .unwrap();

    assert_eq!(missing.status, 404);
    assert_eq!(wrong_method.status().as_u16(), 405);
}

//! Credentials, and paths that do not exist.

use reqwest::Method;
use reqwest::StatusCode;
use serde_json::json;

use super::shop::{Shop, code, refused};
use crate::account::Reply;

async fn with_key(shop: &Shop, key: Option<&str>) -> Reply {
    let mut request = shop.http().get(shop.url("/carriers"));
    if let Some(key) = key {
        request = request.header("trackingmore-api-key", key);
    }
    Reply::read(request.send().await.unwrap()).await
}

#[tokio::test]
async fn wrong_key_is_a_business_error_inside_http_200() {
    let shop = Shop::open().await;

    for key in [None, Some(""), Some("somebody-elses")] {
        let response = with_key(&shop, key).await;

        assert_eq!(refused(&response), 4001, "{key:?}");
        assert_eq!(response.at("/meta/type"), "Unauthorized");
        assert_eq!(response.at("/meta/message"), "Invalid API key.");
    }
}

#[tokio::test]
async fn wrong_key_can_come_with_a_status_of_its_own() {
    let shop = Shop::open().await;
    shop.account().configure(|settings| {
        let assumptions = &mut settings.assumptions;
        assumptions.wrong_key_status = StatusCode::UNAUTHORIZED;
    });

    assert_eq!(code(&with_key(&shop, Some("wrong")).await), (401, 4001));
}

#[tokio::test]
async fn deleted_key_has_its_own_code() {
    let shop = Shop::open().await;

    shop.account()
        .configure(|settings| settings.key_deleted = true);
    let deleted = shop.get("/carriers").await;
    shop.account()
        .configure(|settings| settings.key_deleted = false);
    let back = shop.get("/carriers").await;

    assert_eq!(refused(&deleted), 4002);
    assert_eq!(code(&back), (200, 200));
}

#[tokio::test]
async fn paths_and_methods_that_do_not_exist_are_refused() {
    let shop = Shop::open().await;

    let missing = shop.get("/shipments").await;
    let method = shop.delete("/carriers").await;
    let without_version = shop
        .http()
        .get(shop.url("/carriers").replace("/v2/", "/"))
        .send()
        .await
        .unwrap();

    assert_eq!(code(&missing), (404, 404));
    assert_eq!(missing.at("/data"), json!([]));
    assert_eq!(code(&method), (405, 405));
    assert_eq!(without_version.status().as_u16(), 404);
}

#[tokio::test]
async fn recorded_request_hides_the_key() {
    let shop = Shop::open().await;

    shop.request(Method::GET, "/carriers").send().await.unwrap();

    let requests = shop.sandbox.requests();
    assert_eq!(requests[0].provider, "trackingmore");
    assert_eq!(requests[0].operation, Some("list-carriers"));
    assert!(!format!("{requests:?}").contains(shop.account().api_key()));
}

//! Control paths of the account.

use reqwest::Method;
use serde_json::{Value, json};
use tracking_sandbox::Sandbox;

use super::shop::{Shop, code, refused};

#[tokio::test]
async fn base_url_ends_with_the_version() {
    let shop = Shop::open().await;

    let overview = shop.control(Method::GET, "", &Value::Null).await;

    let expected = format!("http://{}/trackingmore/v2", shop.sandbox.address());
    assert_eq!(shop.sandbox.base_url("trackingmore"), expected);
    let listed = shop.sandbox.providers();
    let listed = listed
        .iter()
        .find(|provider| provider.name == "trackingmore");
    assert_eq!(
        listed.map(|provider| provider.base_url.as_str()),
        Some(expected.as_str())
    );
    assert_eq!(overview.at("/providers/1/base_url"), expected.as_str());
    assert_eq!(
        overview.at("/providers/1/control"),
        format!("http://{}/_sandbox/trackingmore", shop.sandbox.address())
    );
}

#[tokio::test]
async fn account_is_shown_with_its_secrets() {
    let shop = Shop::open().await;
    shop.follow_demo().await;

    let shown = shop
        .control(Method::GET, "/trackingmore", &Value::Null)
        .await;

    assert_eq!(shown.at("/api_key"), shop.account().api_key());
    let secret = shown.at("/webhook_secret_of_later_versions");
    assert_eq!(secret, shop.account().later_webhook_secret());
    assert_eq!(shown.at("/trackings"), 1);
    assert_eq!(shown.at("/operations/0"), "create-tracking");
}

#[tokio::test]
async fn unknown_setting_is_refused_and_nothing_changes() {
    let shop = Shop::open().await;
    let change = json!({ "email": "me@shop.example", "webhooks": { "form": "v5" } });

    let refused = shop
        .control(Method::PATCH, "/trackingmore/settings", &change)
        .await;

    assert_eq!(refused.status, 400);
    assert!(refused.text.contains("`webhooks.form`"), "{}", refused.text);
    assert!(refused.text.contains("v2_with_junk"), "{}", refused.text);
    assert_ne!(shop.account().settings().email, "me@shop.example");
}

#[tokio::test]
async fn reset_forgets_trackings_and_settings() {
    let shop = Shop::open().await;
    shop.follow_demo().await;
    shop.account()
        .configure(|settings| settings.email = "me@shop.example".to_owned());

    shop.sandbox.reset();
    shop.account()
        .configure(|settings| settings.rate_limits = false);

    assert_eq!(refused(&shop.demo().await), 4031);
    assert_ne!(shop.account().settings().email, "me@shop.example");
    shop.follow_demo().await;
    assert_eq!(code(&shop.demo().await), (200, 200));
}

#[tokio::test]
async fn same_seed_gives_the_same_ids() {
    let mut ids = Vec::new();

    for seed in [7, 7, 8] {
        let sandbox = Sandbox::builder().seed(seed).start().await.unwrap();
        let url = format!("{}/trackings/post", sandbox.base_url("trackingmore"));
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let response: Value = client
            .post(url)
            .header("trackingmore-api-key", sandbox.trackingmore().api_key())
            .json(&json!({ "tracking_number": "AB12345", "carrier_code": "ups" }))
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap();
        ids.push(response["data"]["id"].as_str().unwrap().to_owned());
    }

    assert_eq!(ids[0], ids[1]);
    assert_ne!(ids[0], ids[2]);
}

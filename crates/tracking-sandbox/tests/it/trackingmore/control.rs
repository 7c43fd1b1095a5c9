//! Control paths of the account.

use reqwest::Method;
use serde_json::{Value, json};
use tracking_sandbox::Sandbox;

use super::shop::{Shop, code, refused};

#[tokio::test]
async fn the_base_url_ends_with_the_version() {
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
async fn settings_can_be_changed_and_shown() {
    let shop = Shop::open().await;
    let path = "/trackingmore/settings";
    let change = json!({
        "email": "me@shop.example", "quota": 0, "key_deleted": false, "features": false,
        "rate_limits": false, "per_second": 7, "realtime_per_second": 9,
        "query_delay_seconds": 30, "repeat_handover": true,
    });

    let changed = shop.control(Method::PATCH, path, &change).await;
    let body = json!({ "tracking_number": "AB12345", "carrier_code": "ups" });
    let no_quota = shop.post("/trackings/post", &body).await;
    let back = json!({ "quota": "unlimited" });
    let back = shop.control(Method::PATCH, path, &back).await;
    let wrong = shop
        .control(Method::PATCH, path, &json!({ "plan": "gold" }))
        .await;

    for (key, value) in change.as_object().unwrap() {
        if key != "quota" {
            assert_eq!(&changed.json()[key], value, "{key}");
        }
    }
    assert_eq!(changed.at("/quota"), 0.0);
    assert_eq!(changed.at("/api_key"), shop.account().api_key());
    assert_eq!(refused(&no_quota), 4019);
    assert_eq!(back.at("/quota"), Value::Null);
    assert_eq!(wrong.status, 400);
}

#[tokio::test]
async fn webhooks_can_be_changed_and_shown() {
    let shop = Shop::open().await;
    let path = "/trackingmore/webhooks";
    let change = json!({
        "url": "http://127.0.0.1:1/hook", "form": "v2_with_junk", "duplicates": true,
        "age_seconds": 60,
    });

    let changed = shop.control(Method::PATCH, path, &change).await;
    let away = shop
        .control(Method::PATCH, path, &json!({ "url": "http://10.0.0.1/" }))
        .await;
    let cleared = shop
        .control(Method::PATCH, path, &json!({ "url": "" }))
        .await;

    for (key, value) in change.as_object().unwrap() {
        assert_eq!(&changed.json()[key], value, "{key}");
    }
    assert_eq!(away.status, 400);
    assert!(away.text.contains("http://10.0.0.1/"), "{}", away.text);
    assert_eq!(cleared.at("/url"), Value::Null);
}

#[tokio::test]
async fn a_reset_forgets_trackings_and_settings() {
    let shop = Shop::open().await;
    shop.follow_demo().await;
    shop.account().set_email("me@shop.example");

    shop.sandbox.reset();
    shop.account().enforce_rate_limits(false);

    assert_eq!(refused(&shop.demo().await), 4031);
    assert_ne!(shop.account().email(), "me@shop.example");
    shop.follow_demo().await;
    assert_eq!(code(&shop.demo().await), (200, 200));
}

#[tokio::test]
async fn the_same_seed_gives_the_same_ids() {
    let mut ids = Vec::new();

    for seed in [7, 7, 8] {
        let sandbox = Sandbox::builder().seed(seed).start().await.unwrap();
        let url = format!("{}/trackings/post", sandbox.base_url("trackingmore"));
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let answer: Value = client
            .post(url)
            .header("trackingmore-api-key", sandbox.trackingmore().api_key())
            .json(&json!({ "tracking_number": "AB12345", "carrier_code": "ups" }))
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap();
        ids.push(answer["data"]["id"].as_str().unwrap().to_owned());
    }

    assert_eq!(ids[0], ids[1]);
    assert_ne!(ids[0], ids[2]);
}

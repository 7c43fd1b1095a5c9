//! Deleting trackings, and no longer updating them.

use std::time::Duration;

use serde_json::{Value, json};
use tracking_sandbox::Sandbox;

use super::shop::{DEMO_CARRIER, Shop, code, refused};

fn pairs() -> Value {
    json!([
        { "tracking_number": Sandbox::DEMO_NUMBER, "carrier_code": DEMO_CARRIER },
        { "tracking_number": "NEVER-1", "carrier_code": "ups" },
    ])
}

#[tokio::test]
async fn deleted_tracking_is_gone_and_can_be_created_again() {
    let shop = Shop::open().await;
    shop.follow_demo().await;
    let path = format!("/trackings/{DEMO_CARRIER}/{}", Sandbox::DEMO_NUMBER);

    let deleted = shop.delete(&path).await;
    let again = shop.delete(&path).await;

    assert_eq!(code(&deleted), (200, 200));
    assert_eq!(deleted.at("/data"), json!([]));
    assert_eq!(refused(&again), 4017);
    assert_eq!(refused(&shop.demo().await), 4031);
    shop.follow_demo().await;
}

#[tokio::test]
async fn deleting_many_wraps_each_entry() {
    let shop = Shop::open().await;
    shop.follow_demo().await;

    let response = shop.post("/trackings/delete", &pairs()).await;

    assert_eq!(response.at("/data/submitted"), 2);
    assert_eq!(response.at("/data/delete"), 1);
    let entry = response.at("/data/trackings/0");
    assert_eq!(
        entry.as_object().unwrap().keys().collect::<Vec<_>>(),
        ["meta"]
    );
    assert_eq!(entry["meta"]["tracking_number"], Sandbox::DEMO_NUMBER);
    assert_eq!(response.at("/data/trackings/1/meta/code"), 4017);
    assert_eq!(refused(&shop.demo().await), 4031);
}

#[tokio::test]
async fn stopped_tracking_never_changes() {
    let shop = Shop::open().await;
    shop.follow_demo().await;

    let response = shop.post("/trackings/notupdate", &pairs()).await;
    shop.sandbox.clock().advance(Duration::from_secs(5 * 3600));

    assert_eq!(response.at("/data/submitted"), 2);
    assert_eq!(response.at("/data/change"), 1);
    assert_eq!(
        response.at("/data/trackings/0/tracking_number"),
        Sandbox::DEMO_NUMBER
    );
    let data = shop.demo().await.at("/data");
    assert_eq!(data["status"], "pickup", "delivery came after the stop");
    assert_eq!(data["track_update"], false);
}

//! `POST /trackings/realtime`.

use std::time::Duration;

use serde_json::{Value, json};
use tracking_sandbox::Sandbox;

use super::shop::{DEMO_CARRIER, Shop, refused};

fn demo() -> Value {
    json!({
        "tracking_number": Sandbox::DEMO_NUMBER,
        "carrier_code": DEMO_CARRIER,
        "destination_code": "DE",
        "order": "#123",
        "order_id": "not read here",
    })
}

#[tokio::test]
async fn response_is_thinner_and_has_keys_of_its_own() {
    let shop = Shop::open().await;

    let response = shop.post("/trackings/realtime", &demo()).await;

    let item = response.at("/data/items/0");
    assert_eq!(item["status"], "pickup");
    assert_eq!(item["destination_code"], "de");
    assert_eq!(item["order_create_time"], "");
    for key in ["packageStatus", "last_mile_tracking_supported"] {
        assert_eq!(item.get(key), Some(&Value::Null), "{key}");
    }
    for key in [
        "created_at",
        "updated_at",
        "customer_email",
        "archived",
        "order_id",
    ] {
        assert_eq!(item.get(key), None, "{key}");
    }
}

#[tokio::test]
async fn number_is_stored_with_its_order() {
    let shop = Shop::open().await;

    shop.post("/trackings/realtime", &demo()).await;

    assert_eq!(shop.demo().await.at("/data/order_id"), "#123");
}

#[tokio::test]
async fn storing_the_number_is_an_assumption() {
    let shop = Shop::open().await;
    shop.account().configure(|settings| {
        let assumptions = &mut settings.assumptions;
        assumptions.realtime_stores = false;
    });

    let response = shop.post("/trackings/realtime", &demo()).await;

    assert_eq!(response.at("/data/items/0/status"), "pickup");
    assert_eq!(refused(&shop.demo().await), 4031);
}

#[tokio::test]
async fn call_does_not_wait_for_the_next_query() {
    let shop = Shop::open().await;
    shop.account()
        .configure(|settings| settings.query_delay_seconds = 3600);
    shop.follow_demo().await;

    let before = shop.demo().await.at("/data/status");
    shop.post("/trackings/realtime", &demo()).await;
    let after = shop.demo().await.at("/data/status");

    assert_eq!((before, after), (json!("pending"), json!("pickup")));
}

#[tokio::test]
async fn changes_found_by_call_are_sent_as_webhook() {
    let (shop, receiver) = super::webhooks::connected().await;
    shop.account()
        .configure(|settings| settings.query_delay_seconds = 3600);
    shop.follow_demo().await;
    shop.account().webhooks_settled().await;
    assert_eq!(receiver.received().len(), 0);

    shop.post("/trackings/realtime", &demo()).await;
    shop.account().webhooks_settled().await;

    assert_eq!(receiver.received().len(), 1);
}

#[tokio::test]
async fn repeat_within_two_hours_can_be_refused() {
    let shop = Shop::open().await;
    shop.post("/trackings/realtime", &demo()).await;
    let repeat = shop.post("/trackings/realtime", &demo()).await;
    shop.account().configure(|settings| {
        let assumptions = &mut settings.assumptions;
        assumptions.refuse_realtime_repeat = true;
    });

    let soon = shop.post("/trackings/realtime", &demo()).await;
    shop.sandbox.clock().advance(Duration::from_secs(2 * 3600));
    let later = shop.post("/trackings/realtime", &demo()).await;

    assert_eq!(repeat.at("/data/items/0/status"), "pickup");
    assert_eq!(refused(&soon), 429);
    assert_eq!(later.at("/data/items/0/status"), "pickup");
}

#[tokio::test]
async fn mistakes_have_the_codes_of_a_create() {
    let shop = Shop::open().await;

    let number = shop
        .post("/trackings/realtime", &json!({ "carrier_code": "ups" }))
        .await;
    let body = json!({ "tracking_number": "AB12345", "carrier_code": "no-such" });
    let carrier = shop.post("/trackings/realtime", &body).await;

    assert_eq!(refused(&number), 4013);
    assert_eq!(refused(&carrier), 4015);
}

//! `GET /trackings/getuserinfo` and `GET /trackings/getstatusnumber`.

use std::time::Duration;

use serde_json::json;
use tracking_sandbox::trackingmore::Quota;

use super::shop::{Shop, refused};

#[tokio::test]
async fn account_returns_its_data() {
    let shop = Shop::open().await;
    shop.account()
        .configure(|settings| settings.email = "me@shop.example".to_owned());
    shop.account()
        .configure(|settings| settings.quota = Quota::of(3));
    shop.follow("ups", "AB12345").await;

    let data = shop.get("/trackings/getuserinfo").await.at("/data");
    shop.account().configure(|settings| {
        let assumptions = &mut settings.assumptions;
        assumptions.phone_as_number = true;
    });
    let number = shop.get("/trackings/getuserinfo").await.at("/data/phone");

    assert_eq!(data["email"], "me@shop.example");
    assert!(data["regtime"].is_string());
    assert!(data["phone"].is_string());
    assert_eq!(data["money"], 2.0);
    assert_eq!(data["track_number"], 1);
    assert!(number.is_number());
}

#[tokio::test]
async fn each_status_is_counted() {
    let shop = Shop::open().await;
    shop.follow_demo().await;
    shop.follow("ups", "1Z84W05R0371946052").await;
    shop.sandbox.clock().advance(Duration::from_secs(100));
    shop.follow("ups", "AB12345").await;

    let all = shop.get("/trackings/getstatusnumber").await.at("/data");
    let late = shop
        .get("/trackings/getstatusnumber?created_at_min=1772442050")
        .await
        .at("/data");
    let wrong = shop
        .get("/trackings/getstatusnumber?created_at_min=x")
        .await;

    assert_eq!(
        all,
        json!({
            "pending": 0, "notfound": 1, "transit": 0, "pickup": 1, "delivered": 0,
            "undelivered": 1, "exception": 0, "expired": 0,
        })
    );
    let body = json!({ "created_at_min": 1_772_442_050 });
    let by_body = shop.post("/trackings/getstatusnumber", &body).await;
    assert_eq!(by_body.at("/data"), late);
    assert_eq!(late["notfound"], 1);
    assert_eq!(late["pickup"], 0);
    assert_eq!(refused(&wrong), 4012);
}

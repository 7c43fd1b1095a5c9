//! `PUT /trackings/…`, `POST /trackings/updatemore` and `POST /trackings/update`.

use std::time::Duration;

use serde_json::{Value, json};

use super::shop::{Shop, code, refused};

const PATH: &str = "/trackings/ups/1Z84W05R0371946052";

async fn shop() -> Shop {
    let shop = Shop::open().await;
    shop.follow("ups", "1Z84W05R0371946052").await;
    shop
}

#[tokio::test]
async fn update_changes_what_it_names() {
    let shop = shop().await;
    shop.sandbox.clock().advance(Duration::from_secs(60));

    let body =
        json!({ "title": "Shoes", "order_id": "#9", "destination_code": "CN", "archived": "true" });
    let response = shop.put(PATH, &body).await;
    let again = shop
        .put(PATH, &json!({ "archived": false, "title": "" }))
        .await;

    assert_eq!(code(&response), (200, 200));
    let data = response.at("/data");
    assert_eq!(data["title"], "Shoes");
    assert_eq!(data["order_id"], "#9");
    assert_eq!(data["destination_code"], "CN");
    assert_eq!(data["archived"], true);
    assert_eq!(data["status"], "undelivered");
    assert_eq!(data["updated_at"], "2026-03-02T17:01:00+08:00");
    assert_eq!(data["order_create_time"], 0);
    assert_eq!(again.at("/data/archived"), false);
    assert_eq!(again.at("/data/title"), "Shoes");
}

#[tokio::test]
async fn three_statuses_can_be_set_as_number_or_string() {
    let shop = shop().await;
    let cases = [
        (json!(4), "delivered"),
        (json!("7"), "exception"),
        (json!(8), "undelivered"),
    ];

    for (status, expected) in cases {
        let response = shop.put(PATH, &json!({ "status": status })).await;

        assert_eq!(response.at("/data/status"), expected);
        assert_eq!(shop.get(PATH).await.at("/data/status"), expected);
    }
}

#[tokio::test]
async fn wrong_update_changes_nothing() {
    let shop = shop().await;
    let cases = [
        (json!({ "title": "X", "status": 3 }), 4033),
        (json!({ "title": "X", "archived": "yes" }), 4012),
        (json!([]), 4012),
    ];

    for (body, expected) in cases {
        assert_eq!(refused(&shop.put(PATH, &body).await), expected, "{body}");
    }
    let unknown = shop.put("/trackings/ups/NEVER-1", &json!({})).await;
    assert_eq!(refused(&unknown), 4017);
    assert_eq!(shop.get(PATH).await.at("/data/title"), Value::Null);
}

#[tokio::test]
async fn many_are_updated_at_once() {
    let shop = shop().await;
    let body = json!([
        { "tracking_number": "1Z84W05R0371946052", "carrier_code": "ups", "title": "A", "status": "7" },
        { "tracking_number": "NEVER-1", "carrier_code": "ups", "title": "B" },
    ]);

    let response = shop.post("/trackings/updatemore", &body).await;
    shop.account().configure(|settings| {
        let assumptions = &mut settings.assumptions;
        assumptions.empty_update_response = true;
    });
    let empty = shop.post("/trackings/updatemore", &body).await;

    assert_eq!(response.at("/data/submitted"), 2);
    assert_eq!(response.at("/data/update"), 1);
    assert_eq!(response.at("/data/trackings/0/title"), "A");
    assert_eq!(response.at("/data/trackings/0/status"), "exception");
    assert_eq!(response.at("/data/errors/0/code"), 4017);
    assert_eq!(code(&empty), (200, 200));
    assert_eq!(empty.at("/data"), json!([]));
}

#[tokio::test]
async fn list_takes_at_most_200_items() {
    let shop = Shop::open().await;
    let item = json!({ "tracking_number": "NEVER-1", "carrier_code": "ups" });

    for path in [
        "/trackings/updatemore",
        "/trackings/delete",
        "/trackings/notupdate",
    ] {
        let most = shop.post(path, &vec![item.clone(); 200].into()).await;
        let too_many = shop.post(path, &vec![item.clone(); 201].into()).await;

        assert_eq!(most.at("/data/submitted"), 200, "{path}");
        assert_eq!(refused(&too_many), 4020, "{path}");
    }
}

#[tokio::test]
async fn number_can_get_another_carrier() {
    let shop = Shop::open().await;
    shop.follow("dhl", "LX905174620NL").await;
    shop.follow("ups", "AB12345").await;
    shop.follow("dhl", "AB12345").await;
    let change = |number: &str, from: &str, to: &str| {
        let body =
            json!({ "tracking_number": number, "carrier_code": from, "update_carrier_code": to });
        let shop = &shop;
        async move { shop.post("/trackings/update", &body).await }
    };

    let changed = change("LX905174620NL", "dhl", "netherlands-post").await;

    assert_eq!(changed.at("/data"), json!({ "Usertag": "" }));
    let found = shop.get("/trackings/netherlands-post/LX905174620NL").await;
    assert_eq!(found.at("/data/status"), "delivered");
    let gone = shop.get("/trackings/dhl/LX905174620NL").await;
    assert_eq!(refused(&gone), 4031);
    assert_eq!(refused(&change("AB12345", "ups", "dhl").await), 4016);
    assert_eq!(refused(&change("AB12345", "ups", "no-such").await), 4015);
    assert_eq!(refused(&change("AB12345", "ups", "").await), 4015);
    assert_eq!(refused(&change("NEVER-1", "ups", "dhl").await), 4017);
}

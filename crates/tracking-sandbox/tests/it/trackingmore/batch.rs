//! `POST /trackings/batch`.

use serde_json::{Value, json};
use tracking_sandbox::trackingmore::Quota;

use super::shop::{Shop, code, refused};

fn items(count: usize) -> Value {
    (0..count)
        .map(
            |index| json!({ "tracking_number": format!("BATCH{index:04}"), "carrier_code": "ups" }),
        )
        .collect()
}

#[tokio::test]
async fn each_item_has_its_own_fate_and_the_code_is_201() {
    let shop = Shop::open().await;
    shop.follow("ups", "KNOWN-1").await;

    let response = shop
        .post(
            "/trackings/batch",
            &json!([
                { "tracking_number": "NEW-0001", "carrier_code": "ups", "order_id": "7" },
                { "tracking_number": "KNOWN-1", "carrier_code": "ups" },
                { "tracking_number": "new-0001", "carrier_code": "ups" },
                { "tracking_number": "NEW-0002", "carrier_code": "no-such" },
                "not an object",
                { "tracking_number": "NEW-0003", "carrier_code": "dhl" },
            ]),
        )
        .await;

    assert_eq!(code(&response), (200, 201));
    assert_eq!(response.at("/data/submitted"), 6);
    assert_eq!(response.at("/data/added"), 2);
    assert_eq!(response.at("/data/trackings/0/order_id"), "7");
    assert_eq!(response.at("/data/trackings/1/tracking_number"), "NEW-0003");
    let errors = response.at("/data/errors");
    let reported: Vec<_> = errors
        .as_array()
        .unwrap()
        .iter()
        .map(|error| (error["tracking_number"].as_str().unwrap(), &error["code"]))
        .collect();
    assert_eq!(
        reported,
        [
            ("KNOWN-1", &json!(4016)),
            ("new-0001", &json!(4016)),
            ("NEW-0002", &json!(4015)),
            ("", &json!(4012)),
        ]
    );
    assert_eq!(errors[0]["message"], "Tracking already exists.");
}

#[tokio::test]
async fn forty_items_are_the_most() {
    let shop = Shop::open().await;

    let most = shop.post("/trackings/batch", &items(40)).await;
    let too_many = shop.post("/trackings/batch", &items(41)).await;
    let none = shop.post("/trackings/batch", &json!([])).await;

    assert_eq!(most.at("/data/added"), 40);
    assert_eq!(most.at("/data/errors"), json!([]));
    assert_eq!(refused(&too_many), 4020);
    assert_eq!(refused(&none), 4012);
}

#[tokio::test]
async fn quota_for_some_of_the_items_adds_none() {
    let shop = Shop::open().await;
    shop.account()
        .configure(|settings| settings.quota = Quota::of(2));

    let response = shop.post("/trackings/batch", &items(3)).await;

    assert_eq!(refused(&response), 4021);
    assert_eq!(refused(&shop.get("/trackings/get").await), 4031);
}

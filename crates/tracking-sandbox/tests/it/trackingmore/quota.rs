//! What calls cost.

use serde_json::{Value, json};
use tracking_sandbox::trackingmore::Quota;

use super::shop::{Shop, code, refused};

async fn money(shop: &Shop) -> Value {
    shop.get("/trackings/getuserinfo").await.at("/data/money")
}

#[tokio::test]
async fn each_operation_has_its_price() {
    let shop = Shop::open().await;
    shop.account()
        .configure(|settings| settings.quota = Quota::of(30));
    let number = json!({ "tracking_number": "AB12345", "carrier_code": "ups" });
    let calls = [
        ("/trackings/post", number.clone(), 29.0),
        ("/trackings/post", number.clone(), 29.0),
        ("/trackings/realtime", number, 28.0),
        (
            "/carriers/detect",
            json!({ "tracking_number": "NOBODY-KNOWS" }),
            27.8,
        ),
        (
            "/trackings/remote",
            json!([{ "country": "JP", "postcode": "7" }]),
            27.6,
        ),
        (
            "/trackings/aircargo",
            json!({ "track_number": ["172-28891936"] }),
            7.6,
        ),
    ];

    for (path, body, expected) in calls {
        shop.post(path, &body).await;

        assert_eq!(money(&shop).await, expected, "{path}");
    }
}

#[tokio::test]
async fn too_little_and_nothing_left_have_different_codes() {
    let shop = Shop::open().await;
    shop.account()
        .configure(|settings| settings.quota = Quota::of(1));
    let waybill = json!({ "track_number": ["172-28891936"] });

    let too_little = shop.post("/trackings/aircargo", &waybill).await;
    shop.follow("ups", "AB12345").await;
    let body = json!({ "tracking_number": "AB12346", "carrier_code": "ups" });
    let nothing = shop.post("/trackings/post", &body).await;
    shop.account()
        .configure(|settings| settings.quota = Quota::UNLIMITED);
    let again = shop.post("/trackings/post", &body).await;

    assert_eq!(refused(&too_little), 4021);
    assert_eq!(refused(&nothing), 4019);
    assert_eq!(code(&again), (200, 200));
}

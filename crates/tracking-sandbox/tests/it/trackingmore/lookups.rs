//! Remote areas, transit times and air waybills.

use std::time::Duration;

use serde_json::{Value, json};

use super::shop::{Shop, refused};

#[tokio::test]
async fn remote_areas_have_a_row_for_each_company() {
    let shop = Shop::open().await;
    let body = json!([
        { "country": "Japan", "postcode": "7621094" },
        { "country": "NZ", "postcode": "Papaaroha", "company": "dhl" },
        { "country": "DE", "postcode": "50670" },
    ]);

    let response = shop.post("/trackings/remote", &body).await;

    assert_eq!(response.at("/meta/message"), "The request was successful.");
    assert_eq!(response.at("/data/submitted"), 3);
    assert_eq!(response.at("/data/other"), json!([]));
    let rows = response.at("/data/remote");
    let rows: Vec<_> = rows
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            format!(
                "{} {}",
                row["far_express_company"], row["far_city_postcode"]
            )
        })
        .collect();
    assert_eq!(
        rows,
        [
            r#""ups" "7621094""#,
            r#""tnt" "7621094""#,
            r#""dhl" "Papaaroha""#,
        ]
    );
    assert_eq!(response.at("/data/remote/0/far_country"), "Japan");
    assert_eq!(response.at("/data/remote/2/two_code"), "NZ");
    let incomplete = shop
        .post("/trackings/remote", &json!([{ "country": "JP" }]))
        .await;
    assert_eq!(refused(&incomplete), 4012);
}

#[tokio::test]
async fn transit_times_lack_the_second_range() {
    let shop = Shop::open().await;
    let body = json!([{ "original": "CN", "destination": "US", "carrier_code": "dhl" }]);

    let bare = shop.post("/trackings/costtime", &body).await.at("/data");
    shop.account().configure(|settings| {
        let assumptions = &mut settings.assumptions;
        assumptions.wrap_transit_times = true;
    });
    let wrapped = shop.post("/trackings/costtime", &body).await.at("/data");

    let route = &bare[0];
    assert_eq!(route["carrier_code"], "dhl");
    assert!(route.get("range2").is_none());
    let sum: u64 = ["range1", "range3", "range4", "range5"]
        .iter()
        .map(|range| route[*range].as_u64().unwrap())
        .sum();
    assert_eq!(sum, route["delivered"].as_u64().unwrap());
    assert_eq!(wrapped["submitted"], 1);
    assert_eq!(&wrapped["items"][0], route);
    let incomplete = shop
        .post("/trackings/costtime", &json!([{ "original": "CN" }]))
        .await;
    assert_eq!(refused(&incomplete), 4012);
}

#[tokio::test]
async fn air_waybills_are_keyed_by_their_number() {
    let shop = Shop::open().await;
    let body =
        json!({ "track_number": ["172-28891936", "17228891936", "020-12345678"], "lang": "en" });

    let response = shop.post("/trackings/aircargo", &body).await;
    shop.sandbox.clock().advance(Duration::from_secs(3600));
    let single = shop
        .post(
            "/trackings/aircargo",
            &json!({ "track_number": "172-28891936" }),
        )
        .await;

    let data = response.at("/data");
    assert_eq!(
        data.as_object().unwrap().keys().collect::<Vec<_>>(),
        ["172-28891936"]
    );
    let waybill = &data["172-28891936"];
    assert_eq!(waybill["airline_info"]["name"], "Cargolux");
    let cargo = &waybill["return_data"];
    assert_eq!(cargo["weight"], "340 KG");
    assert_eq!(cargo["track_info"][0]["event"], "Received from flight");
    let flight = cargo["track_info"][0]["flight_number"].as_str().unwrap();
    assert_eq!(cargo["flight_info"][flight]["arrival_station"], "LUX");
    assert_eq!(single.at("/data"), data, "the same an hour later");
}

#[tokio::test]
async fn unknown_waybill_is_empty_and_a_malformed_one_fails() {
    let shop = Shop::open().await;
    let track = |numbers: Value| {
        let shop = &shop;
        async move {
            let body = json!({ "track_number": numbers });
            shop.post("/trackings/aircargo", &body).await
        }
    };

    let unknown = track(json!(["020-12345678"])).await;

    assert_eq!(unknown.at("/meta/code"), 200);
    assert_eq!(unknown.at("/data"), json!([]));
    assert_eq!(refused(&track(json!(["17-28891936"])).await), 4014);
    assert_eq!(refused(&track(json!([])).await), 4013);
}

#[tokio::test]
async fn some_features_must_be_activated() {
    let shop = Shop::open().await;
    shop.account()
        .configure(|settings| settings.features = false);
    let cases = [
        (
            "/trackings/remote",
            json!([{ "country": "JP", "postcode": "7621094" }]),
        ),
        (
            "/trackings/costtime",
            json!([{ "original": "CN", "destination": "US", "carrier_code": "dhl" }]),
        ),
        (
            "/trackings/aircargo",
            json!({ "track_number": "172-28891936" }),
        ),
        (
            "/trackings/realtime",
            json!({ "tracking_number": "AB12345", "carrier_code": "ups" }),
        ),
    ];

    for (path, body) in cases {
        assert_eq!(refused(&shop.post(path, &body).await), 4018, "{path}");
    }
}

//! Bodies that no operation can do anything with.

use serde_json::{Value, json};

use super::shop::{Shop, refused};

const PATHS: [&str; 11] = [
    "/trackings/post",
    "/trackings/batch",
    "/trackings/updatemore",
    "/trackings/delete",
    "/trackings/realtime",
    "/trackings/update",
    "/trackings/notupdate",
    "/trackings/remote",
    "/trackings/costtime",
    "/trackings/aircargo",
    "/carriers/detect",
];

#[tokio::test]
async fn operations_refuse_a_body_that_is_no_request() {
    let shop = Shop::open().await;
    let bodies = [
        Value::Null,
        json!(5),
        json!("text"),
        json!([]),
        json!({}),
        json!([null, 1, "x", [], {}]),
        json!({ "tracking_number": [], "carrier_code": {}, "track_number": 7 }),
        json!([{ "tracking_number": "ÄÖÜ/\u{1f69a}", "carrier_code": "\u{0}" }]),
        json!({ "track_number": ["ÄÖÜ", ""] }),
    ];

    for path in PATHS {
        for body in &bodies {
            let response = shop.post(path, body).await;

            let failures = ["/data/errors", "/data/trackings"].map(|list| response.at(list));
            let item_by_item = failures
                .iter()
                .any(|list| list.as_array().is_some_and(|items| !items.is_empty()));
            if item_by_item {
                assert_eq!(response.status, 200, "{path} {body}");
            } else {
                assert!(
                    refused(&response) >= 4000,
                    "{path} {body}: {}",
                    response.text
                );
            }
        }
    }
    assert_eq!(
        refused(&shop.get("/trackings/get").await),
        4031,
        "nothing was stored"
    );
}

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
async fn every_operation_refuses_what_is_no_request_or_answers_item_by_item() {
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
            let answer = shop.post(path, body).await;

            let failures = ["/data/errors", "/data/trackings"].map(|list| answer.at(list));
            let item_by_item = failures
                .iter()
                .any(|list| list.as_array().is_some_and(|items| !items.is_empty()));
            if item_by_item {
                assert_eq!(answer.status, 200, "{path} {body}");
            } else {
                assert!(refused(&answer) >= 4000, "{path} {body}: {}", answer.text);
            }
        }
    }
    assert_eq!(
        refused(&shop.get("/trackings/get").await),
        4031,
        "nothing was stored"
    );
}

//! `GET /trackings/get`.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use super::shop::{Shop, code, refused};
use crate::account::Reply;

/// 2026-03-02T09:00:00Z
const START: u64 = 1_772_442_000;

fn numbers(response: &Reply) -> Vec<String> {
    let items = response.at("/data/items");
    let items = items.as_array().cloned().unwrap_or_default();
    let number = |item: &Value| item["tracking_number"].as_str().unwrap().to_owned();
    items.iter().map(number).collect()
}

#[tokio::test]
async fn total_is_a_string_and_other_counters_are_numbers() {
    let shop = Shop::open().await;
    shop.account().add_trackings(250);

    let first = shop.get("/trackings/get").await;
    let third = shop.get("/trackings/get?page=3").await;
    let past = shop.get("/trackings/get?page=4").await;
    let cut = shop.get("/trackings/get?limit=5000").await;

    assert_eq!(code(&first), (200, 200));
    assert_eq!(first.at("/data/total"), "250");
    assert_eq!(first.at("/data/page"), 1);
    assert_eq!(first.at("/data/limit"), 100);
    assert_eq!(first.at("/data/count"), 100);
    assert_eq!(numbers(&first)[0], "BULK000000249", "newest first");
    assert_eq!(third.at("/data/count"), 50);
    assert_eq!(refused(&past), 4031);
    assert_eq!(cut.at("/data/limit"), 2000);
    assert_eq!(cut.at("/data/count"), 250);
}

#[tokio::test]
async fn empty_account_has_no_list_but_a_code() {
    let shop = Shop::open().await;

    assert_eq!(refused(&shop.get("/trackings/get").await), 4031);
}

#[tokio::test]
async fn each_filter_leaves_over_what_it_says() {
    let shop = Shop::open().await;
    shop.follow("ups", "1Z84W05R0371946052").await;
    shop.sandbox.clock().advance(Duration::from_secs(100));
    let body = json!({
        "tracking_number": "AB12345",
        "carrier_code": "ups",
        "order_id": "#7",
        "order_create_time": "2017/8/27 16:51",
    });
    shop.post("/trackings/post", &body).await;
    shop.put("/trackings/ups/AB12345", &json!({ "archived": "true" }))
        .await;
    let [first, second] = ["1Z84W05R0371946052", "AB12345"];
    let later = START + 50;
    let cases: [(String, &[&str]); 18] = [
        (String::new(), &[second, first]),
        ("status=undelivered".to_owned(), &[first]),
        ("status=notfound&lang=en".to_owned(), &[second]),
        ("numbers=ab12345,OTHER-1".to_owned(), &[second]),
        ("orders=%237".to_owned(), &[second]),
        ("archived=true".to_owned(), &[second]),
        ("archived=false".to_owned(), &[first]),
        ("archived=maybe".to_owned(), &[second, first]),
        (format!("created_at_min={later}"), &[second]),
        (format!("created_at_max={later}"), &[first]),
        (format!("update_time_min={later}"), &[second]),
        (format!("update_time_max={later}"), &[first]),
        ("order_created_time_min=1503852660".to_owned(), &[second]),
        ("order_created_time_max=1503852659".to_owned(), &[first]),
        ("order_created_time_min=0".to_owned(), &[second, first]),
        (
            format!("order_created_time_min=0&order_created_time_max={later}"),
            &[second, first],
        ),
        ("numbers=OTHER-1".to_owned(), &[]),
        (
            "created_at_min=&numbers=&status=&orders=&page=&limit=".to_owned(),
            &[second, first],
        ),
    ];

    for (query, expected) in cases {
        let response = shop.get(&format!("/trackings/get?{query}")).await;

        assert_eq!(numbers(&response), expected, "{query}");
        if expected.is_empty() {
            assert_eq!(refused(&response), 4031);
        }
    }
}

#[tokio::test]
async fn wrong_filters_are_refused() {
    let shop = Shop::open().await;
    shop.follow("ups", "AB12345").await;
    let forty = vec!["AB12345"; 40].join(",");
    let cases = [
        ("status=on_its_way".to_owned(), 4033),
        ("created_at_min=yesterday".to_owned(), 4012),
        ("page=0".to_owned(), 4012),
        ("limit=many".to_owned(), 4012),
        (format!("numbers={forty},AB12345"), 4020),
        (format!("orders={forty},AB12345"), 4020),
    ];

    for (query, expected) in cases {
        let response = shop.get(&format!("/trackings/get?{query}")).await;

        assert_eq!(refused(&response), expected, "{query}");
    }
    let most = shop.get(&format!("/trackings/get?numbers={forty}")).await;
    assert_eq!(most.at("/data/total"), "1");
}

#[tokio::test]
async fn items_differ_from_single_responses() {
    let shop = Shop::open().await;
    let body = json!({
        "tracking_number": "AB12345",
        "carrier_code": "ups",
        "customer_email": "a@shop.example",
        "order_create_time": "2017/8/27 16:51",
    });
    shop.post("/trackings/post", &body).await;
    shop.follow("ups", "AB12346").await;

    let items = shop.get("/trackings/get").await.at("/data/items");

    assert_eq!(items[1]["customer_email"], "a@shop.example");
    assert_eq!(items[1]["order_create_time"], "2017-08-27 16:51");
    assert_eq!(items[1]["created_at"], "2026-03-02T17:00:00+08:00");
    assert_eq!(items[1]["title"], Value::Null);
    assert_eq!(items[0]["order_create_time"], "");
    assert_eq!(items[0]["title"], "");
    assert_eq!(items[0]["origin_info"]["ReferenceNumber"], Value::Null);
    assert!(items[0]["origin_info"].get("ReferenceNumber").is_some());
}

#[tokio::test]
async fn list_takes_a_post_with_a_json_body_as_a_get() {
    let shop = Shop::open().await;
    shop.account().add_trackings(3);
    shop.follow("ups", "AB12345").await;
    let cases = [
        json!({ "numbers": "AB12345,OTHER-1" }),
        json!({ "numbers": ["AB12345", "OTHER-1"], "archived": false }),
        json!({ "page": 1, "limit": "1", "order_created_time_min": 0 }),
    ];

    for body in cases {
        let listed = shop.post("/trackings/get", &body).await;

        assert_eq!(numbers(&listed), ["AB12345"], "{body}");
    }
    let bare = shop.request(Method::POST, "/trackings/get");
    let bare = Reply::read(bare.send().await.unwrap()).await;
    assert_eq!(bare.at("/data/total"), "4");
    let wrong = shop.post("/trackings/get", &json!({ "page": 0 })).await;
    assert_eq!(refused(&wrong), 4012);
    let requests = shop.sandbox.requests();
    assert_eq!(
        requests.last().unwrap().operation,
        Some("list-trackings-by-body")
    );
}

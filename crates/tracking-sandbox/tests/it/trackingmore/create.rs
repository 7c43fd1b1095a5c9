//! `POST /trackings/post`.

use reqwest::Method;
use serde_json::{Value, json};

use super::shop::{Shop, code, refused};

#[tokio::test]
async fn created_tracking_shows_only_what_was_sent() {
    let shop = Shop::open().await;

    let response = shop
        .post(
            "/trackings/post",
            &json!({
                "tracking_number": "RB473128508SG",
                "carrier_code": "singapore-post",
                "order_id": "#123",
                "order_create_time": "2017/8/27 16:51",
                "destination_code": "DE",
                "customer_phone": "",
                "title": null,
            }),
        )
        .await;

    assert_eq!(code(&response), (200, 200));
    let data = response.at("/data");
    let id = data["id"].as_str().unwrap();
    assert!(id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit()));
    assert_eq!(data["status"], "pending");
    assert_eq!(data["created_at"], "2026-03-02T17:00:00+08:00");
    assert_eq!(data["order_id"], "#123");
    assert_eq!(data["order_create_time"], "2017/8/27 16:51");
    assert_eq!(data["destination"], "DE");
    assert_eq!(data["customer_phone"], Value::Null);
    assert_eq!(data["title"], Value::Null);
    assert!(data.get("origin_info").is_none());
}

#[tokio::test]
async fn unset_fields_take_each_documented_form() {
    let shop = Shop::open().await;
    let mut emails = Vec::new();

    for number in ["AB10001", "AB10002", "AB10003"] {
        let body = json!({ "tracking_number": number, "carrier_code": "ups" });
        let data = shop.post("/trackings/post", &body).await.at("/data");
        assert_eq!(data["order_create_time"], 0);
        assert_eq!(data["destination"], "");
        emails.push(data["customer_email"].clone());
    }

    assert_eq!(emails, [Value::Null, Value::Null, json!("null")]);
}

#[tokio::test]
async fn repeated_create_is_refused_for_the_same_carrier() {
    let shop = Shop::open().await;
    shop.follow("ups", "AB12345").await;

    let again = json!({ "tracking_number": "ab12345", "carrier_code": "ups" });
    let again = shop.post("/trackings/post", &again).await;

    assert_eq!(refused(&again), 4016);
    assert_eq!(again.at("/meta/message"), "Tracking already exists.");
    shop.follow("dhl", "AB12345").await;
}

#[tokio::test]
async fn each_mistake_has_its_code() {
    let shop = Shop::open().await;
    let cases = [
        (json!({ "carrier_code": "ups" }), 4013),
        (
            json!({ "tracking_number": "", "carrier_code": "ups" }),
            4013,
        ),
        (
            json!({ "tracking_number": "A?", "carrier_code": "ups" }),
            4014,
        ),
        (json!({ "tracking_number": "AB12345" }), 4015),
        (
            json!({ "tracking_number": "AB12345", "carrier_code": "no-such" }),
            4015,
        ),
        (json!(["AB12345"]), 4012),
    ];

    for (body, expected) in cases {
        let response = shop.post("/trackings/post", &body).await;

        assert_eq!(refused(&response), expected, "{body}");
    }
}

#[tokio::test]
async fn body_other_than_json_counts_as_wrong_carrier() {
    let shop = Shop::open().await;
    let json = r#"{"tracking_number":"AB12345","carrier_code":"ups"}"#;
    let cases = [
        ("application/x-www-form-urlencoded", json),
        (
            "application/x-www-form-urlencoded",
            "tracking_number=AB12345&carrier_code=ups",
        ),
        ("application/json", "{"),
    ];

    for (kind, body) in cases {
        let request = shop
            .request(Method::POST, "/trackings/post")
            .header("content-type", kind)
            .body(body);
        let response = crate::account::Reply::read(request.send().await.unwrap()).await;

        assert_eq!(refused(&response), 4015, "{kind} {body}");
    }
}

#[tokio::test]
async fn assumptions_can_be_changed() {
    let shop = Shop::open().await;
    shop.account().configure(|settings| {
        let assumptions = &mut settings.assumptions;
        assumptions.create_code = 201;
        assumptions.refuse_unknown_carrier = false;
    });

    let body = json!({ "tracking_number": "AB12345", "carrier_code": "no-such" });
    let response = shop.post("/trackings/post", &body).await;

    assert_eq!(code(&response), (200, 201));
    assert_eq!(response.at("/meta/type"), "Created");
}

//! `POST /trackers`.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::account::Account;

fn full(number: &str) -> Value {
    json!({
        "trackingNumber": number,
        "shipmentReference": "order 17",
        "originCountryCode": "SGP",
        "destinationCountryCode": "DE",
        "destinationPostCode": "50667",
        "shippingDate": "2026-02-24",
        "courierCode": ["sg-post", "dhl-germany"],
        "courierName": "Registered",
        "trackingUrl": "https://tracking.example/1",
        "settings": { "restrictTrackingToCourierCode": true },
    })
}

#[tokio::test]
async fn tracker_comes_back_with_its_number_in_upper_case() {
    let account = Account::open().await;

    let response = account
        .post(
            "/trackers",
            &json!({ "trackingNumber": "ab12345xy", "clientTrackerId": "mine" }),
        )
        .await;

    assert_eq!(response.status, 201);
    assert_eq!(
        response.header("content-type"),
        "application/json; charset=utf-8"
    );
    let tracker = response.at("/data/tracker");
    assert_eq!(tracker["trackingNumber"], "AB12345XY");
    assert_eq!(tracker["clientTrackerId"], "mine");
    assert_eq!(tracker["shipmentReference"], Value::Null);
    assert_eq!(tracker["isSubscribed"], true);
    assert_eq!(tracker["isTracked"], true);
    assert_eq!(tracker["createdAt"], "2026-03-02T09:00:00.000Z");
    assert!(tracker.get("courierCode").is_none());
}

#[tokio::test]
async fn courier_codes_come_back_as_they_were_sent() {
    let account = Account::open().await;

    let text = account
        .post(
            "/trackers",
            &json!({ "trackingNumber": "AB12345", "courierCode": "us-post" }),
        )
        .await;
    let list = account
        .post(
            "/trackers",
            &json!({ "trackingNumber": "AB12346", "courierCode": ["us-post"] }),
        )
        .await;

    assert_eq!(text.at("/data/tracker/courierCode"), json!("us-post"));
    assert_eq!(list.at("/data/tracker/courierCode"), json!(["us-post"]));
}

#[tokio::test]
async fn repeat_finds_the_same_tracker_and_costs_nothing() {
    let account = Account::open().await;
    account
        .ship24()
        .configure(|settings| settings.quota = Some(1));
    let first = account.tracker(&full("AB12345")).await;
    let mut repeat = full("ab12345");
    repeat["title"] = json!("not compared");
    repeat["orderNumber"] = json!("nor this");
    repeat["recipient"] = json!({ "name": "nor this", "email": "x@mail.example" });
    repeat["shippingDate"] = json!("2026-02-24T23:15:00+02:00");
    repeat["courierCode"] = json!(["dhl-germany", "sg-post"]);

    let second = account.tracker(&repeat).await;

    assert_eq!(first, second);
}

#[tokio::test]
async fn each_compared_field_makes_another_tracker() {
    let account = Account::open().await;
    let first = account.tracker(&full("AB12345")).await;
    let changes = [
        json!({ "shipmentReference": "order 18" }),
        json!({ "originCountryCode": "CN" }),
        json!({ "destinationCountryCode": "AT" }),
        json!({ "destinationPostCode": "50668" }),
        json!({ "shippingDate": "2026-02-25" }),
        json!({ "courierCode": "sg-post" }),
        json!({ "courierName": "Other" }),
        json!({ "trackingUrl": "https://tracking.example/2" }),
        json!({ "settings": {} }),
    ];

    for change in changes {
        let mut body = full("AB12345");
        body.as_object_mut()
            .unwrap()
            .extend(change.as_object().unwrap().clone());
        let other = account.tracker(&body).await;

        assert_ne!(first, other, "{change}");
    }
}

#[tokio::test]
async fn taken_client_id_with_another_payload_is_a_conflict() {
    let account = Account::open().await;
    let id = account
        .tracker(&json!({ "trackingNumber": "AB12345", "clientTrackerId": "mine" }))
        .await;
    let other = json!({ "trackingNumber": "AB12346", "clientTrackerId": "mine" });

    let refused = account.post("/trackers", &other).await;
    account
        .patch(
            &format!("/trackers/{id}"),
            &json!({ "isSubscribed": false }),
        )
        .await;
    let accepted = account.post("/trackers", &other).await;

    assert_eq!(refused.error(), (400, "tracker_conflict".to_owned()));
    assert_eq!(accepted.status, 201);
}

#[tokio::test]
async fn quota_is_used_by_new_trackers_only() {
    let account = Account::open().await;
    account
        .ship24()
        .configure(|settings| settings.quota = Some(1));
    account
        .tracker(&json!({ "trackingNumber": "AB12345" }))
        .await;

    let repeat = account
        .post("/trackers", &json!({ "trackingNumber": "AB12345" }))
        .await;
    let new = account
        .post("/trackers", &json!({ "trackingNumber": "AB12346" }))
        .await;

    assert_eq!(repeat.status, 201);
    assert_eq!(new.error(), (403, "quota_limit_reached".to_owned()));
}

#[tokio::test]
async fn undocumented_behaviour_can_be_chosen() {
    let account = Account::open().await;
    account.ship24().configure(|settings| {
        let assumptions = &mut settings.assumptions;
        assumptions.repeat_status = StatusCode::OK;
        assumptions.quota_status = StatusCode::METHOD_NOT_ALLOWED;
        assumptions.refuse_unknown_courier = true;
    });
    account
        .ship24()
        .configure(|settings| settings.quota = Some(1));
    account
        .tracker(&json!({ "trackingNumber": "AB12345" }))
        .await;

    let repeat = account
        .post("/trackers", &json!({ "trackingNumber": "AB12345" }))
        .await;
    let new = account
        .post("/trackers", &json!({ "trackingNumber": "AB12346" }))
        .await;
    let courier = account
        .post(
            "/trackers",
            &json!({ "trackingNumber": "AB12347", "courierCode": "nobody" }),
        )
        .await;

    assert_eq!(repeat.status, 200);
    assert_eq!(new.error(), (405, "quota_limit_reached".to_owned()));
    assert_eq!(courier.error(), (400, "validation_error".to_owned()));
}

#[tokio::test]
async fn invalid_input_names_every_broken_rule() {
    let account = Account::open().await;
    let cases = [
        (
            json!({ "trackingNumber": "TEST" }),
            vec!["validation_error"],
        ),
        (json!({}), vec!["missing_mandatory_field"]),
        (
            json!({ "trackingNumber": "AB12345", "shippingDate": "2025-01-01" }),
            vec!["shipping_date_outdated"],
        ),
        (
            json!({ "trackingNumber": "AB12345", "destinationCountryCode": "GERM" }),
            vec!["validation_error", "validation_error"],
        ),
        (json!([1]), vec!["validation_error"]),
    ];

    for (body, expected) in cases {
        let response = account.post("/trackers", &body).await;

        let errors = response.at("/errors");
        let codes: Vec<_> = errors
            .as_array()
            .unwrap()
            .iter()
            .map(|item| &item["code"])
            .collect();
        assert_eq!(response.status, 400);
        assert_eq!(codes, expected, "{body}");
    }
}

#[tokio::test]
async fn body_that_is_not_json_is_a_parsing_error() {
    let account = Account::open().await;

    let response = account
        .request(reqwest::Method::POST, "/trackers")
        .body("{\"trackingNumber\":")
        .send()
        .await
        .unwrap();

    let response = crate::account::Reply::read(response).await;
    assert_eq!(response.error(), (400, "parsing_error".to_owned()));
}

#[tokio::test]
async fn tracker_ids_pass_a_check_for_uuids() {
    let account = Account::open().await;

    let id = account
        .tracker(&json!({ "trackingNumber": "AB12345" }))
        .await;

    // The check of the provider's n8n node: version 1 to 5, variant 8, 9, a or b.
    let groups: Vec<_> = id.split('-').collect();
    let lengths: Vec<_> = groups.iter().map(|group| group.len()).collect();
    assert_eq!(lengths, [8, 4, 4, 4, 12], "{id}");
    assert!(groups[2].starts_with(['1', '2', '3', '4', '5']), "{id}");
    assert!(groups[3].starts_with(['8', '9', 'a', 'b']), "{id}");
}

//! `POST /trackers/bulk`.

use reqwest::Method;
use serde_json::{Value, json};

use crate::account::{Account, Reply};

fn outcome(response: &Value) -> Vec<&str> {
    let items = response["data"].as_array().unwrap().iter();
    items
        .map(|item| item["itemStatus"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn full_success_has_no_outer_envelope_and_merges_duplicates() {
    let account = Account::open().await;
    let item = json!({ "trackingNumber": "AB12345" });

    let response = account.post("/trackers/bulk", &json!([item, item])).await;

    assert_eq!(response.status, 201);
    let body = response.json();
    assert_eq!(body["status"], "success");
    assert_eq!(body["error"], Value::Null);
    assert_eq!(outcome(&body), ["created", "existing"]);
    assert_eq!(
        body["summary"],
        json!({ "totalInputs": 2, "totalCreated": 1, "totalExisting": 1, "totalErrors": 0 })
    );
    assert_eq!(
        body["data"][0]["tracker"]["trackerId"],
        body["data"][1]["tracker"]["trackerId"]
    );
    assert_eq!(body["data"][0]["errors"], Value::Null);
}

#[tokio::test]
async fn partial_success_echoes_failed_input() {
    let account = Account::open().await;
    let bad = json!({ "trackingNumber": "TEST", "unheardOf": [1] });

    let response = account
        .post(
            "/trackers/bulk",
            &json!([{ "trackingNumber": "AB12345" }, bad, 7]),
        )
        .await;

    assert_eq!(response.status, 207);
    let body = response.json();
    assert_eq!(body["status"], "partial");
    assert_eq!(outcome(&body), ["created", "error", "error"]);
    assert_eq!(body["data"][1]["inputData"], bad);
    assert!(body["data"][1].get("tracker").is_none());
    assert_eq!(body["data"][1]["errors"][0]["code"], "validation_error");
    assert_eq!(body["error"], Value::Null);
}

#[tokio::test]
async fn full_failure_is_a_400_with_the_same_body() {
    let account = Account::open().await;

    let response = account
        .post("/trackers/bulk", &json!([{ "trackingNumber": "TEST" }]))
        .await;

    assert_eq!(response.status, 400);
    let body = response.json();
    assert_eq!(body["status"], "error");
    assert_eq!(body["error"]["code"], "processing_error");
    assert_eq!(body["data"][0]["tracker"], Value::Null);
    assert!(body["data"][0].as_object().unwrap().contains_key("tracker"));
    assert_eq!(body["summary"]["totalErrors"], 1);
}

#[tokio::test]
async fn used_up_quota_and_too_many_items_refuse_the_whole_request() {
    let account = Account::open().await;
    let items: Vec<_> = (0..101)
        .map(|number| json!({ "trackingNumber": format!("AB{number:05}") }))
        .collect();

    let too_many = account.post("/trackers/bulk", &json!(items)).await;
    account
        .ship24()
        .configure(|settings| settings.quota = Some(0));
    let no_quota = account
        .post("/trackers/bulk", &json!([{ "trackingNumber": "AB12345" }]))
        .await;

    for (response, code) in [
        (too_many, "bulk_create_limit_exceeded"),
        (no_quota, "quota_limit_reached"),
    ] {
        assert_eq!(response.status, 403);
        let body = response.json();
        assert_eq!(body["status"], "error");
        assert_eq!(body["error"]["code"], code);
        assert!(body["summary"].is_null() && body["data"].is_null());
    }
}

#[tokio::test]
async fn quota_that_ends_halfway_fails_the_rest() {
    let account = Account::open().await;
    account
        .ship24()
        .configure(|settings| settings.quota = Some(1));

    let response = account
        .post(
            "/trackers/bulk",
            &json!([{ "trackingNumber": "AB10001" }, { "trackingNumber": "AB10002" }]),
        )
        .await;

    assert_eq!(response.status, 207);
    assert_eq!(response.at("/data/1/errors/0/code"), "quota_limit_reached");
}

#[tokio::test]
async fn unusable_body_is_refused_in_the_envelope_of_the_call() {
    let account = Account::open().await;
    let cases = [
        (r#"{"trackers":[]}"#, "validation_error"),
        ("[]", "validation_error"),
        ("[{", "parsing_error"),
    ];

    for (body, code) in cases {
        let request = account.request(Method::POST, "/trackers/bulk").body(body);
        let response = Reply::read(request.send().await.unwrap()).await;

        assert_eq!(response.status, 400, "{body}");
        assert_eq!(response.at("/status"), "error", "{body}");
        assert_eq!(response.at("/error/code"), code, "{body}");
        let shown = response.json();
        assert!(shown["summary"].is_null() && shown["data"].is_null());
        assert!(shown.get("errors").is_none(), "{body}");
    }
}

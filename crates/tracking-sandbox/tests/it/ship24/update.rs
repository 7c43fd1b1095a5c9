//! `PATCH /trackers/{trackerId}`.

use serde_json::{Value, json};
use tracking_sandbox::Sandbox;

use crate::account::Account;

#[tokio::test]
async fn every_field_can_change_before_any_data() {
    let account = Account::open().await;
    let id = account
        .tracker(&json!({ "trackingNumber": "AB12345", "courierCode": "ups" }))
        .await;
    let change = json!({
        "originCountryCode": "US",
        "destinationCountryCode": "FRA",
        "destinationPostCode": "75001",
        "shippingDate": "2026-03-01",
        "courierCode": ["fedex", "ups"],
        "courierName": "Ground",
        "trackingUrl": "https://tracking.example",
    });

    let response = account.patch(&format!("/trackers/{id}"), &change).await;

    assert_eq!(response.status, 200);
    assert_eq!(
        response.at("/data/tracker/courierCode"),
        json!(["ups", "fedex"])
    );
    assert!(response.at("/data/tracker").get("recipient").is_none());
    let mut repeat = change;
    repeat["trackingNumber"] = json!("AB12345");
    assert_eq!(
        account.tracker(&repeat).await,
        id,
        "the update is part of the payload now"
    );
}

#[tokio::test]
async fn routing_fields_are_fixed_after_first_data() {
    let account = Account::open().await;
    let id = account
        .tracker(&json!({ "trackingNumber": Sandbox::DEMO_NUMBER }))
        .await;
    let path = format!("/trackers/{id}");

    for change in [
        json!({ "courierCode": "ups" }),
        json!({ "originCountryCode": "US" }),
        json!({ "destinationCountryCode": "US" }),
        json!({ "shippingDate": "2026-03-01" }),
    ] {
        let response = account.patch(&path, &change).await;

        assert_eq!(
            response.error(),
            (400, "tracker_not_updatable".to_owned()),
            "{change}"
        );
    }
    for change in [
        json!({ "destinationPostCode": "50667" }),
        json!({ "courierName": "Paket" }),
        json!({ "isSubscribed": true }),
        json!({}),
    ] {
        assert_eq!(account.patch(&path, &change).await.status, 200, "{change}");
    }
}

#[tokio::test]
async fn recipient_is_echoed_only_when_a_name_was_sent() {
    let account = Account::open().await;
    let id = account
        .tracker(&json!({ "trackingNumber": "AB12345" }))
        .await;
    let path = format!("/trackers/{id}");

    let named = account
        .patch(&path, &json!({ "recipient": { "name": "Q. Example" } }))
        .await;
    let empty = account
        .patch(&path, &json!({ "recipient": { "name": "" } }))
        .await;
    let later = account.get(&path).await;

    assert_eq!(
        named.at("/data/tracker/recipient"),
        json!({ "name": "Q. Example" })
    );
    assert_eq!(empty.at("/data/tracker/recipient"), Value::Null);
    assert_eq!(later.at("/data/tracker/recipient"), Value::Null);
}

#[tokio::test]
async fn unsubscribing_archives_and_frees_the_clients_id() {
    let account = Account::open().await;
    let body = json!({ "trackingNumber": "AB12345", "clientTrackerId": "mine" });
    let first = account.tracker(&body).await;

    let response = account
        .patch(
            "/trackers/mine?searchBy=clientTrackerId",
            &json!({ "isSubscribed": false }),
        )
        .await;
    let second = account.tracker(&body).await;
    let again = account
        .patch(
            &format!("/trackers/{first}"),
            &json!({ "isSubscribed": true }),
        )
        .await;

    assert_eq!(response.at("/data/tracker/isSubscribed"), false);
    assert_eq!(response.at("/data/tracker/isTracked"), false);
    assert_ne!(first, second);
    assert_eq!(again.error(), (400, "tracker_conflict".to_owned()));
}

#[tokio::test]
async fn nine_couriers_are_the_limit_over_all_requests() {
    let account = Account::open().await;
    let id = account
        .tracker(&json!({ "trackingNumber": "AB12345", "courierCode": ["a", "b", "c"] }))
        .await;
    let path = format!("/trackers/{id}");

    let six = account
        .patch(&path, &json!({ "courierCode": ["d", "e", "f"] }))
        .await;
    let nine = account
        .patch(&path, &json!({ "courierCode": ["g", "h", "i"] }))
        .await;
    let ten = account.patch(&path, &json!({ "courierCode": ["j"] })).await;

    assert_eq!((six.status, nine.status), (200, 200));
    assert_eq!(ten.error(), (400, "validation_error".to_owned()));
}

#[tokio::test]
async fn wrong_input_and_unknown_trackers_are_refused() {
    let account = Account::open().await;
    let id = account
        .tracker(&json!({ "trackingNumber": "AB12345" }))
        .await;

    let null = account
        .patch(&format!("/trackers/{id}"), &json!({ "courierName": null }))
        .await;
    let missing = account.patch("/trackers/unknown", &json!({})).await;

    assert_eq!(null.error(), (400, "validation_error".to_owned()));
    assert_eq!(missing.error(), (404, "tracker_not_found".to_owned()));
}

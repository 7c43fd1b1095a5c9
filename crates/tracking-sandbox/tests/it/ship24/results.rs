//! Results by number and by tracker.

use std::time::Duration;

use serde_json::json;
use tracking_sandbox::Sandbox;

use crate::account::Account;

#[tokio::test]
async fn number_without_a_tracker_is_not_found() {
    let account = Account::open().await;

    let response = account
        .get(&format!(
            "/trackers/search/{}/results",
            Sandbox::DEMO_NUMBER
        ))
        .await;

    assert_eq!(response.error(), (404, "tracker_not_found".to_owned()));
}

#[tokio::test]
async fn number_shows_each_of_its_trackers_in_any_letter_case() {
    let account = Account::open().await;
    account
        .tracker(&json!({ "trackingNumber": "AB12345" }))
        .await;
    account
        .tracker(&json!({ "trackingNumber": "AB12345", "courierCode": "ups" }))
        .await;

    let response = account.get("/trackers/search/ab12345/results").await;

    assert_eq!(response.status, 200);
    assert_eq!(response.at("/data/trackings").as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn number_with_slashes_travels_percent_encoded() {
    let account = Account::open().await;
    account
        .tracker(&json!({ "trackingNumber": "CH/2026/0417-83" }))
        .await;

    let encoded = account
        .get("/trackers/search/CH%2F2026%2F0417-83/results")
        .await;
    let plain = account
        .get("/trackers/search/CH/2026/0417-83/results")
        .await;

    assert_eq!(encoded.status, 200);
    assert_eq!(
        encoded.at("/data/trackings/0/shipment/statusMilestone"),
        "available_for_pickup"
    );
    assert_eq!(plain.status, 404);
}

#[tokio::test]
async fn tracker_is_found_by_its_id_and_by_the_clients_id() {
    let account = Account::open().await;
    let id = account
        .tracker(
            &json!({ "trackingNumber": Sandbox::DEMO_NUMBER, "clientTrackerId": "my/order 7" }),
        )
        .await;

    let by_id = account.get(&format!("/trackers/{id}/results")).await;
    let by_client = account
        .get("/trackers/my%2Forder%207/results?searchBy=clientTrackerId")
        .await;
    let by_wrong_name = account.get("/trackers/my%2Forder%207/results").await;
    let by_unknown_way = account
        .get(&format!("/trackers/{id}/results?searchBy=title"))
        .await;

    assert_eq!(by_id.status, 200);
    assert_eq!(by_id.json(), by_client.json());
    assert_eq!(by_wrong_name.error(), (404, "tracker_not_found".to_owned()));
    assert_eq!(by_unknown_way.error(), (400, "validation_error".to_owned()));
}

#[tokio::test]
async fn archived_tracker_keeps_its_results_and_gets_no_new_ones() {
    let account = Account::open().await;
    let id = account
        .tracker(&json!({ "trackingNumber": Sandbox::DEMO_NUMBER }))
        .await;
    account
        .patch(
            &format!("/trackers/{id}"),
            &json!({ "isSubscribed": false }),
        )
        .await;

    account
        .sandbox
        .clock()
        .advance(Duration::from_secs(24 * 3600));

    let response = account.get(&format!("/trackers/{id}/results")).await;
    assert_eq!(
        response.at("/data/trackings/0/shipment/statusMilestone"),
        "out_for_delivery"
    );
    assert_eq!(response.at("/data/trackings/0/tracker/isTracked"), false);
}

#[tokio::test]
async fn long_silence_ends_tracking() {
    let account = Account::open().await;
    let id = account
        .tracker(&json!({ "trackingNumber": "NOTHING-1" }))
        .await;

    account
        .sandbox
        .clock()
        .advance(Duration::from_secs(61 * 24 * 3600));

    let response = account.get(&format!("/trackers/{id}")).await;
    assert_eq!(response.at("/data/tracker/isTracked"), false);
    assert_eq!(response.at("/data/tracker/isSubscribed"), true);
}

#[tokio::test]
async fn same_seed_gives_the_same_response() {
    let first = Account::open().await;
    let second = Account::open().await;
    let body = json!({ "trackingNumber": Sandbox::DEMO_NUMBER });

    let responses = [
        first.post("/trackers/track", &body).await,
        second.post("/trackers/track", &body).await,
    ];

    assert_eq!(responses[0].text, responses[1].text);
}

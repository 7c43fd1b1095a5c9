//! `POST /tracking/search`.

use serde_json::json;
use tracking_sandbox::{Parcel, Sandbox};

use crate::account::Account;

#[tokio::test]
async fn search_responds_without_a_tracker_and_makes_none() {
    let account = Account::open().await;

    let response = account
        .post(
            "/tracking/search",
            &json!({ "trackingNumber": Sandbox::DEMO_NUMBER }),
        )
        .await;

    assert_eq!(response.status, 201);
    let tracking = response.at("/data/trackings/0");
    let keys: Vec<_> = tracking.as_object().unwrap().keys().cloned().collect();
    assert_eq!(keys, ["events", "shipment", "statistics"]);
    assert_eq!(
        account.get("/trackers").await.at("/data/trackers"),
        json!([])
    );
}

#[tokio::test]
async fn number_without_data_is_parcel_not_found() {
    let account = Account::open().await;
    account
        .sandbox
        .add_parcel(Parcel::new("ups", "SILENT-1"))
        .unwrap();

    for number in ["SILENT-1", "NOBODY-1", "SHIP24_SAMPLE_PENDING_000"] {
        let response = account
            .post("/tracking/search", &json!({ "trackingNumber": number }))
            .await;

        assert_eq!(
            response.error(),
            (404, "parcel_not_found".to_owned()),
            "{number}"
        );
    }
}

#[tokio::test]
async fn unknown_number_is_pending_when_that_is_assumed() {
    let account = Account::open().await;
    account.ship24().configure(|settings| {
        settings.assumptions.pending_search = true;
        settings.quota = Some(1);
    });
    let body = json!({ "trackingNumber": "NOBODY-1" });

    let pending = account.post("/tracking/search", &body).await;
    let unpaid = account.post("/tracking/search", &body).await;

    assert_eq!(pending.status, 201);
    let tracking = pending.at("/data/trackings/0");
    assert_eq!(tracking["shipment"]["statusMilestone"], "pending");
    assert_eq!(tracking["events"], json!([]));
    assert_eq!(unpaid.error(), (403, "quota_limit_reached".to_owned()));
}

#[tokio::test]
async fn wrong_input_is_refused() {
    let account = Account::open().await;

    let response = account
        .post(
            "/tracking/search",
            &json!({ "trackingNumber": "AB12345", "destinationCountryCode": "XX" }),
        )
        .await;

    assert_eq!(response.error(), (400, "validation_error".to_owned()));
}

//! `POST /trackers/track`.

use std::time::Duration;

use serde_json::{Value, json};
use tracking_sandbox::{Sandbox, Scan, Step, TimeShape};

use crate::account::Account;

async fn demo(account: &Account) -> Value {
    let response = account
        .post(
            "/trackers/track",
            &json!({ "trackingNumber": Sandbox::DEMO_NUMBER }),
        )
        .await;
    assert_eq!(response.status, 201);
    response.at("/data/trackings/0")
}

#[tokio::test]
async fn demo_parcel_has_two_couriers_and_all_shapes_of_time() {
    let account = Account::open().await;

    let tracking = demo(&account).await;

    let shipment = &tracking["shipment"];
    assert_eq!(shipment["statusMilestone"], "out_for_delivery");
    assert_eq!(shipment["statusCode"], "delivery_out_for_delivery");
    assert_eq!(shipment["trackingNumbers"].as_array().unwrap().len(), 2);
    let events = tracking["events"].as_array().unwrap();
    let couriers: std::collections::BTreeSet<_> = events
        .iter()
        .map(|event| event["courierCode"].as_str().unwrap())
        .collect();
    assert_eq!(
        couriers.into_iter().collect::<Vec<_>>(),
        ["dhl-germany", "sg-post"]
    );
    let times: Vec<_> = events
        .iter()
        .map(|event| event["occurrenceDatetime"].as_str().unwrap())
        .collect();
    assert!(times.iter().any(|time| time.len() == 10), "date only");
    assert!(times.iter().any(|time| time.len() == 19), "no zone");
    assert!(times.iter().any(|time| time.ends_with('Z')), "UTC");
    assert!(times.iter().any(|time| time.ends_with("+01:00")), "offset");
}

#[tokio::test]
async fn events_carry_the_oddities_of_the_real_ones() {
    let account = Account::open().await;

    let tracking = demo(&account).await;

    let events = tracking["events"].as_array().unwrap();
    let orders: Vec<_> = events
        .iter()
        .map(|event| event["order"].as_u64().unwrap())
        .collect();
    assert!(
        orders.is_sorted_by(|newer, older| newer > older),
        "newest first: {orders:?}"
    );
    assert!(
        events
            .iter()
            .any(|event| event["trackingNumber"] != event["eventTrackingNumber"])
    );
    assert!(events.iter().any(|event| event["statusCategory"].is_null()));
    assert!(
        events
            .iter()
            .any(|event| { event["statusCategory"] == "transit" && event["statusCode"].is_null() })
    );
    assert!(events.iter().any(|event| event["location"].is_null()));
    assert!(
        events
            .iter()
            .any(|event| event["eventId"].as_str().unwrap().contains('j'))
    );
    assert!(events.iter().all(|event| event.get("datetime").is_none()));
}

#[tokio::test]
async fn statistics_hold_the_first_event_of_each_milestone() {
    let account = Account::open().await;

    let tracking = demo(&account).await;

    let timestamps = tracking["statistics"]["timestamps"].as_object().unwrap();
    assert_eq!(timestamps.len(), 7);
    assert_eq!(timestamps["infoReceivedDatetime"], "2026-02-24");
    assert_eq!(
        timestamps["outForDeliveryDatetime"],
        "2026-03-02T08:25:00+01:00"
    );
    assert!(timestamps["deliveredDatetime"].is_null());
}

#[tokio::test]
async fn clock_brings_the_delivery_and_ends_tracking() {
    let account = Account::open().await;
    assert_eq!(demo(&account).await["tracker"]["isTracked"], true);

    account
        .sandbox
        .clock()
        .advance(Duration::from_secs(5 * 3600));

    let tracking = demo(&account).await;
    assert_eq!(tracking["shipment"]["statusMilestone"], "delivered");
    assert_eq!(tracking["shipment"]["delivery"]["signedBy"], "P. Beispiel");
    assert_eq!(tracking["tracker"]["isTracked"], false);
    assert_eq!(tracking["tracker"]["isSubscribed"], true);
}

#[tokio::test]
async fn unknown_number_is_pending_without_events() {
    let account = Account::open().await;

    let response = account
        .post(
            "/trackers/track",
            &json!({ "trackingNumber": "nobody-knows-1" }),
        )
        .await;

    let tracking = response.at("/data/trackings/0");
    assert_eq!(tracking["shipment"]["statusMilestone"], "pending");
    assert!(tracking["shipment"]["shipmentId"].is_null());
    assert!(tracking["shipment"]["statusCode"].is_null());
    assert_eq!(
        tracking["shipment"]["trackingNumbers"],
        json!([{ "tn": "NOBODY-KNOWS-1" }])
    );
    assert_eq!(tracking["events"], json!([]));
}

#[tokio::test]
async fn sample_numbers_reach_their_milestone() {
    let account = Account::open().await;
    let milestones = [
        "pending",
        "info_received",
        "in_transit",
        "out_for_delivery",
        "failed_attempt",
        "available_for_pickup",
        "delivered",
        "exception",
    ];

    for milestone in milestones {
        let number = format!("ship24_sample_{milestone}_042");
        let response = account
            .post("/trackers/track", &json!({ "trackingNumber": number }))
            .await;

        let found = response.at("/data/trackings/0/shipment/statusMilestone");
        assert_eq!(found, milestone);
    }
}

#[tokio::test]
async fn overlapping_couriers_conflict_in_track_only() {
    let account = Account::open().await;
    let two = json!({ "trackingNumber": "AB12345", "courierCode": ["us-post", "ups"] });
    let one = json!({ "trackingNumber": "AB12345", "courierCode": ["us-post"] });
    account.tracker(&two).await;

    let track = account.post("/trackers/track", &one).await;
    let create = account.post("/trackers", &one).await;

    assert_eq!(track.error(), (400, "tracker_conflict".to_owned()));
    assert_eq!(create.status, 201);
}

#[tokio::test]
async fn parallel_payload_conflicts_until_the_first_ends() {
    let account = Account::open().await;
    account
        .ship24()
        .configure(|settings| settings.courier_delay_ms = 60_000);
    let body = json!({ "trackingNumber": Sandbox::DEMO_NUMBER });
    let first = account
        .request(reqwest::Method::POST, "/trackers/track")
        .json(&body);
    let first = tokio::spawn(first.send());
    while account.sandbox.requests().is_empty() {
        tokio::task::yield_now().await;
    }

    let refused = account.post("/trackers/track", &body).await;
    first.abort();
    let _ = first.await;

    assert_eq!(refused.error(), (409, "request_conflict".to_owned()));
    let repeated = loop {
        let response = account.post("/trackers/track", &body).await;
        if response.status != 409 {
            break response;
        }
    };
    assert_eq!(repeated.status, 201);
}

#[tokio::test]
async fn scan_added_later_shows_up() {
    let account = Account::open().await;
    demo(&account).await;

    let scan = Scan::ago(Duration::from_secs(60), Step::AttemptFailed)
        .on_leg(1)
        .shape(TimeShape::UtcMillis)
        .text("Niemand zu Hause");
    account
        .sandbox
        .add_scan(Sandbox::DEMO_NUMBER, scan)
        .unwrap();

    let tracking = demo(&account).await;
    assert_eq!(tracking["shipment"]["statusMilestone"], "failed_attempt");
    assert_eq!(tracking["events"][0]["status"], "Niemand zu Hause");
    assert_eq!(
        tracking["events"][0]["occurrenceDatetime"],
        "2026-03-02T08:59:00.000Z"
    );
}

#[tokio::test]
async fn predictions_vanish_without_the_add_on() {
    let account = Account::open().await;
    let with = demo(&account).await;
    account
        .ship24()
        .configure(|settings| settings.predictions = false);
    let without = demo(&account).await;

    assert!(with["shipment"]["delivery"]["aiPredictiveDeliveryDate"]["from"].is_string());
    let delivery = without["shipment"]["delivery"].as_object().unwrap();
    assert!(!delivery.contains_key("aiPredictiveDeliveryDate"));
    assert!(delivery.contains_key("courierEstimatedDeliveryDate"));
}

#[tokio::test]
async fn courier_that_needs_the_post_code_finds_nothing_without_it() {
    let account = Account::open().await;
    let number = "GR7724810935GB";

    let without = account
        .post("/trackers/track", &json!({ "trackingNumber": number }))
        .await;
    let with = account
        .post(
            "/trackers/track",
            &json!({ "trackingNumber": number, "destinationPostCode": "T12" }),
        )
        .await;

    assert_eq!(
        without.at("/data/trackings/0/shipment/statusMilestone"),
        "pending"
    );
    assert_eq!(
        with.at("/data/trackings/0/shipment/statusMilestone"),
        "out_for_delivery"
    );
}

#[tokio::test]
async fn restricted_tracker_sees_its_couriers_only() {
    let account = Account::open().await;
    let body = json!({
        "trackingNumber": Sandbox::DEMO_NUMBER,
        "courierCode": "sg-post",
        "settings": { "restrictTrackingToCourierCode": true },
    });

    let response = account.post("/trackers/track", &body).await;

    let events = response.at("/data/trackings/0/events");
    let events = events.as_array().unwrap();
    assert!(!events.is_empty());
    assert!(events.iter().all(|event| event["courierCode"] == "sg-post"));
}

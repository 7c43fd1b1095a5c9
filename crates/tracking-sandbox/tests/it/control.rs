//! Control paths, as a test in another language uses them.

use reqwest::Method;
use serde_json::{Value, json};
use tracking_sandbox::Sandbox;

use crate::account::Account;

#[tokio::test]
async fn start_page_lists_providers_and_paths() {
    let account = Account::open().await;

    let response = account.control(Method::GET, "", &Value::Null).await;

    assert_eq!(
        response.at("/providers/0/base_url"),
        account.sandbox.base_url("ship24")
    );
    assert_eq!(response.at("/demo_numbers/0"), Sandbox::DEMO_NUMBER);
    assert_eq!(response.at("/clock/now"), "2026-03-02T09:00:00.000Z");
}

#[tokio::test]
async fn clock_can_be_set_and_advanced() {
    let account = Account::open().await;

    let set = account
        .control(
            Method::PUT,
            "/clock",
            &json!({ "set": "2027-01-01T00:00:00Z", "advance_seconds": 90 }),
        )
        .await;
    let wrong = account
        .control(Method::PUT, "/clock", &json!({ "set": "soon" }))
        .await;

    assert_eq!(set.at("/now"), "2027-01-01T00:01:30.000Z");
    assert_eq!(wrong.status, 400);
    assert!(wrong.text.contains("`soon` is not a time"));
}

#[tokio::test]
async fn time_without_room_for_a_journey_around_it_is_refused() {
    let account = Account::open().await;

    for time in ["9999-12-30T00:00:00Z", "0001-01-03T00:00:00Z"] {
        let wrong = account
            .control(Method::PUT, "/clock", &json!({ "set": time }))
            .await;
        let reset = account.control(Method::POST, "/reset", &Value::Null).await;

        assert_eq!([wrong.status, reset.status], [400, 200], "{time}");
    }
}

#[tokio::test]
async fn faults_can_be_requested() {
    let account = Account::open().await;
    let fault = json!({ "fault": "empty-error=503", "operation": "get-couriers", "times": 2 });

    let asked = account.control(Method::POST, "/faults", &fault).await;
    let hit = account.get("/couriers").await;
    let cleared = account
        .control(Method::DELETE, "/faults", &Value::Null)
        .await;
    let after = account.get("/couriers").await;
    let wrong = account
        .control(Method::POST, "/faults", &json!({ "fault": "explode" }))
        .await;

    assert_eq!(asked.at("/waiting"), 2);
    assert_eq!(
        [hit.status, cleared.status, after.status, wrong.status],
        [503, 200, 200, 400]
    );
}

#[tokio::test]
async fn parcels_and_scans_can_be_added() {
    let account = Account::open().await;
    let parcel = json!({
        "legs": [{ "courier": "ups", "number": "MADE-UP-1" }],
        "destination_country": "FR",
        "eta": { "from": { "minutes_ahead": 60 }, "shape": "utc_millis" },
        "scans": [{ "step": "accepted", "time": { "minutes_ago": 60 }, "place": "Lyon" }],
    });
    let scan = json!({
        "number": "MADE-UP-1",
        "scan": { "step": "out_for_delivery", "time": { "at": "2026-03-02T08:30:00Z" } },
    });

    let added = account.control(Method::POST, "/parcels", &parcel).await;
    let scanned = account.control(Method::POST, "/scans", &scan).await;
    let wrong = account
        .control(Method::POST, "/parcels", &json!({ "legs": [] }))
        .await;

    assert_eq!(added.at("/numbers/0"), "MADE-UP-1");
    assert_eq!(scanned.status, 200);
    assert_eq!(wrong.status, 400);
    let response = account
        .post("/trackers/track", &json!({ "trackingNumber": "MADE-UP-1" }))
        .await;
    let tracking = response.at("/data/trackings/0");
    assert_eq!(tracking["shipment"]["statusMilestone"], "out_for_delivery");
    assert_eq!(
        tracking["shipment"]["delivery"]["estimatedDeliveryDate"],
        "2026-03-02T10:00:00.000Z"
    );
    assert_eq!(tracking["events"][1]["location"], "Lyon");
}

#[tokio::test]
async fn recorded_requests_show_no_secret() {
    let account = Account::open().await;
    account.get("/couriers").await;

    let response = account
        .control(Method::GET, "/requests", &Value::Null)
        .await;

    assert_eq!(response.at("/0/operation"), "get-couriers");
    assert!(!response.text.contains(account.ship24().api_key()));
}

#[tokio::test]
async fn account_can_be_changed() {
    let account = Account::limited().await;
    let change = json!({ "quota": 0, "per_call": false, "per_second": { "get-couriers": 0 } });

    let changed = account
        .control(Method::PATCH, "/ship24/settings", &change)
        .await;
    let couriers = account.get("/couriers").await;
    let create = account
        .post("/trackers", &json!({ "trackingNumber": "AB12345" }))
        .await;
    let unlimited = account
        .control(Method::PATCH, "/ship24/settings", &json!({ "quota": null }))
        .await;
    let wrong = account
        .control(
            Method::PATCH,
            "/ship24/settings",
            &json!({ "per_second": { "nothing": 1 } }),
        )
        .await;

    assert_eq!(changed.at("/per_second/get-couriers"), 0);
    assert_eq!(changed.at("/per_second/bulk-create-trackers"), 3);
    assert_eq!(couriers.status, 429);
    assert_eq!(create.status, 403);
    assert!(unlimited.at("/quota").is_null());
    assert_eq!(wrong.status, 400);
    assert!(wrong.text.contains("`nothing` is no operation"));
}

#[tokio::test]
async fn webhook_addresses_stay_on_this_machine() {
    let account = Account::open().await;

    let away = account
        .control(
            Method::PATCH,
            "/ship24/settings",
            &json!({ "webhooks": { "url": "http://example.com/" } }),
        )
        .await;
    let here = account
        .control(
            Method::PATCH,
            "/ship24/settings",
            &json!({ "webhooks": { "url": "http://127.0.0.1:9/" } }),
        )
        .await;

    assert_eq!(away.status, 400);
    assert!(away.text.contains("`webhooks.url`"), "{}", away.text);
    assert!(away.text.contains("another host"));
    assert_eq!(here.at("/webhooks/url"), "http://127.0.0.1:9/");
}

#[tokio::test]
async fn everything_can_start_over() {
    let account = Account::open().await;
    account
        .tracker(&json!({ "trackingNumber": "AB12345" }))
        .await;

    account.control(Method::POST, "/reset", &Value::Null).await;

    assert_eq!(
        account.get("/trackers").await.at("/data/trackers"),
        json!([])
    );
}

#[tokio::test]
async fn journey_is_played_over_http() {
    let account = Account::open().await;

    let journey = json!({ "journey": "two_legs", "number": "PLAYED-1" });
    let played = account.control(Method::POST, "/journeys", &journey).await;
    let duration = played.at("/duration_seconds");
    let advance = json!({ "advance_seconds": duration });
    account.control(Method::PUT, "/clock", &advance).await;
    let unknown = json!({ "journey": "to_the_moon", "number": "PLAYED-2" });
    let refused = account.control(Method::POST, "/journeys", &unknown).await;

    assert_eq!(played.at("/numbers"), json!(["PLAYED-1", "PLAYED-1-2"]));
    let tracker = json!({ "trackingNumber": "PLAYED-1" });
    let tracked = account.post("/trackers/track", &tracker).await;
    let status = tracked.at("/data/trackings/0/shipment/statusMilestone");
    assert_eq!(status, "delivered");
    assert!(refused.text.contains("second_attempt"), "{}", refused.text);
}

#[tokio::test]
async fn scans_and_legs_are_changed_over_http() {
    let account = Account::open().await;
    let parcel = json!({
        "legs": [{ "courier": "ups", "number": "EDITED/1" }],
        "scans": [{ "step": "accepted", "time": { "minutes_ago": 60 }, "place": "Reno" }],
    });
    account.control(Method::POST, "/parcels", &parcel).await;

    let edit = json!({
        "number": "EDITED/1", "scan": 0,
        "edit": { "step": "hub_scan", "place": "Elko", "time": { "minutes_ago": 30 } },
    });
    let edited = account.control(Method::PATCH, "/scans", &edit).await;
    let known = json!({ "number": "EDITED/1", "scan": 0 });
    let withdrawn = account.control(Method::DELETE, "/scans", &known).await;
    let resent = account.control(Method::POST, "/scans/resend", &known).await;
    let leg = json!({
        "number": "EDITED/1", "position": 0, "leg": { "courier": "dhl", "number": "EDITED/2" },
    });
    let corrected = account.control(Method::PATCH, "/legs", &leg).await;
    let unknown = json!({ "number": "EDITED/2", "scan": 1 });
    let refused = account.control(Method::DELETE, "/scans", &unknown).await;

    let scan = json!({
        "scan": 0, "step": "hub_scan", "time": "2026-03-02T08:30:00.000Z", "leg": 0,
        "text": "Processed at sorting centre", "place": "Elko", "withdrawn": false,
    });
    assert_eq!(edited.at("/scans"), json!([scan]));
    assert_eq!(withdrawn.at("/scans/0/withdrawn"), true);
    assert_eq!(resent.at("/scans"), json!([scan]));
    assert_eq!(corrected.status, 200, "{}", corrected.text);
    assert_eq!(refused.status, 400);
    assert!(refused.text.contains("none at 1"), "{}", refused.text);
}

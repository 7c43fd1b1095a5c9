//! `GET /v1/tracking/{trackingNumber}`.

use std::time::Duration;

use serde_json::{Value, json};
use tracking_sandbox::{Parcel, Sandbox, Scan, Step};

use super::desk::{Desk, code};

const HOUR: Duration = Duration::from_secs(3600);

#[tokio::test]
async fn demo_parcel_is_tracked_by_its_number() {
    let desk = Desk::open().await;

    let response = desk.demo().await;

    assert_eq!(response.status, 200);
    let body = response.json();
    assert_eq!(body["trackingNumber"], Sandbox::DEMO_NUMBER);
    assert_eq!(body["shipmentMethodUid"], "sg_post_registered_parcel");
    assert_eq!(body["shipmentMethodName"], "SG Post Registered Parcel");
    assert_eq!(body["carrierUid"], "sg_post");
    assert_eq!(body["carrierName"], "SG Post");
    assert_eq!(body["shortUid"].as_str().unwrap().len(), 12);
    let newest = &body["checkpoints"][0];
    assert_eq!(newest["statusUid"], "out_for_delivery");
    assert_eq!(newest["status"], 2);
    assert_eq!(newest["description"], "Out for Delivery");
    assert_eq!(
        newest["message"],
        "Die Sendung wurde in das Zustellfahrzeug geladen"
    );
    assert_eq!(newest["location"], "Köln");
    assert_eq!(newest["createdAt"], "2026-03-02T07:25:00Z");
}

#[tokio::test]
async fn bodies_carry_oddities_of_real_ones() {
    let desk = Desk::open().await;

    let response = desk.demo().await;

    let body = response.json();
    let weight = body["weightInGrams"].as_str().unwrap();
    assert!(weight.parse::<u32>().is_ok(), "{weight}");
    let url = body["trackingUrl"].as_str().unwrap();
    assert!(url.contains("#/results?id="), "{url}");
    let checkpoints = body["checkpoints"].as_array().unwrap();
    assert!(
        checkpoints
            .iter()
            .all(|checkpoint| checkpoint["signedBy"] == "aftership")
    );
    let expected: Vec<_> = checkpoints
        .iter()
        .map(|checkpoint| checkpoint["expectedDeliveryDate"].as_str().unwrap())
        .collect();
    assert_eq!(expected.first(), Some(&""), "the day has come");
    assert_eq!(expected.last(), Some(&"2026-03-02"));
    let keys =
        response.text.find("\"status\":").unwrap()..response.text.find("\"statusUid\":").unwrap();
    assert!(response.text[keys].contains("expectedDeliveryDate"));
}

#[tokio::test]
async fn checkpoints_come_newest_first_in_utc() {
    let desk = Desk::open().await;

    let body = desk.demo().await.json();

    let times: Vec<_> = body["checkpoints"]
        .as_array()
        .unwrap()
        .iter()
        .map(|checkpoint| checkpoint["createdAt"].as_str().unwrap())
        .collect();
    assert_eq!(times.len(), 10);
    assert!(
        times.is_sorted_by(|newer, older| newer > older),
        "{times:?}"
    );
    assert!(
        times
            .iter()
            .all(|time| time.len() == 20 && time.ends_with('Z'))
    );
}

#[tokio::test]
async fn clock_brings_delivery() {
    let desk = Desk::open().await;

    desk.sandbox.clock().advance(HOUR * 5);

    let body = desk.demo().await.json();
    assert_eq!(body["checkpoints"][0]["statusUid"], "delivered");
    assert_eq!(body["checkpoints"][0]["status"], 6);
    assert_eq!(body["checkpoints"][0]["signedBy"], "aftership", "no person");
}

#[tokio::test]
async fn scan_added_later_shows_up() {
    let desk = Desk::open().await;
    let scan = Scan::ago(Duration::from_secs(60), Step::AttemptFailed).text("Niemand da");

    desk.sandbox.add_scan(Sandbox::DEMO_NUMBER, scan).unwrap();

    let newest = desk.demo().await.at("/checkpoints/0");
    assert_eq!(newest["statusUid"], "failed_attempt");
    assert_eq!(newest["message"], "Niemand da");
    assert_eq!(newest["description"], "Addressee not available");
    assert_eq!(newest["location"], "");
}

#[tokio::test]
async fn second_couriers_number_shows_its_own_scans() {
    let desk = Desk::open().await;

    let body = desk.track("jjd014200007361948250").await.json();

    assert_eq!(body["trackingNumber"], "jjd014200007361948250", "an echo");
    assert_eq!(body["carrierUid"], "dhl_germany");
    assert_eq!(body["checkpoints"].as_array().unwrap().len(), 5);
}

#[tokio::test]
async fn number_with_slashes_is_one_segment_of_path() {
    let desk = Desk::open().await;

    let encoded = desk.track("CH%2F2026%2F0417-83").await;
    let bare = desk.track("CH/2026/0417-83").await;

    assert_eq!(encoded.at("/trackingNumber"), "CH/2026/0417-83");
    assert_eq!(
        encoded.at("/checkpoints/0/statusUid"),
        "available_for_pickup"
    );
    assert_eq!(bare.status, 404);
    assert_eq!(bare.json(), json!({ "error": "Not Found" }));
}

#[tokio::test]
async fn unknown_number_gets_documented_error() {
    let desk = Desk::open().await;

    let response = desk.track("NOBODY-1").await;

    assert_eq!(response.status, 404);
    assert_eq!(
        response.json(),
        json!({
            "trackingNumber": "NOBODY-1",
            "code": "TRACKING_DETAILS_NOT_FOUND",
            "message": "Tracking details not found.",
            "details": null,
        })
    );
}

#[tokio::test]
async fn documented_error_may_come_under_any_status() {
    let desk = Desk::open().await;

    for status in [200, 400, 404, 500] {
        desk.assume(|assumptions| {
            assumptions.not_found_status = reqwest::StatusCode::from_u16(status).unwrap();
        });

        let response = desk.track("NOBODY-1").await;

        assert_eq!(
            code(&response),
            (status, "TRACKING_DETAILS_NOT_FOUND".to_owned())
        );
    }
}

#[tokio::test]
async fn known_parcel_without_events_has_empty_list() {
    let desk = Desk::open().await;

    let body = desk.show("QUIET-1", Parcel::new("ups", "QUIET-1")).await;

    assert_eq!(body["checkpoints"], json!([]));
    assert_eq!(body["shipmentMethodUid"], "");
    assert_eq!(body["shipmentMethodName"], "");
}

#[tokio::test]
async fn every_carrier_has_post_code() {
    let desk = Desk::open().await;

    let response = desk.track("GR7724810935GB").await;

    assert_eq!(response.at("/checkpoints/0/statusUid"), "out_for_delivery");
}

#[tokio::test]
async fn every_demo_number_is_known() {
    let desk = Desk::open().await;

    for number in Sandbox::DEMO_NUMBERS {
        let response = desk.track(&number.replace('/', "%2F")).await;

        assert_ne!(
            response.at("/checkpoints/0/statusUid"),
            Value::Null,
            "{number}"
        );
    }
}

#[tokio::test]
async fn same_seed_gives_same_response() {
    let mut ids = Vec::new();

    for seed in [7, 7, 8] {
        let sandbox = Sandbox::builder().seed(seed).start().await.unwrap();
        let url = format!(
            "{}/tracking/{}",
            sandbox.base_url("gcl"),
            Sandbox::DEMO_NUMBER
        );
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let request = client.get(url).header("x-api-key", sandbox.gcl().api_key());
        let response: Value = request.send().await.unwrap().json().await.unwrap();
        ids.push(response);
    }

    assert_eq!(ids[0], ids[1]);
    assert_ne!(ids[0]["shortUid"], ids[2]["shortUid"]);
}

//! Tours: list, shipments of one, create.

use std::time::Duration;

use serde_json::{Value, json};
use tracking_sandbox::exporto::Exporto;
use tracking_sandbox::{Parcel, Sandbox, Scan, Step};

use super::merchant::{Merchant, RETURN_ID, ids, refused};
use crate::account::Reply;

/// The one demo parcel that has not been processed.
const ANNOUNCED: &str = "SND-58201-FR";

fn tour_ids(response: &Reply) -> Vec<String> {
    assert_eq!(response.status, 200, "{}", response.text);
    let tours = response.json();
    let id = |tour: &Value| tour["tourId"].as_str().unwrap().to_owned();
    tours.as_array().unwrap().iter().map(id).collect()
}

#[tokio::test]
async fn each_day_of_processing_is_tour() {
    let merchant = Merchant::open().await;
    let demo = merchant.demo();
    let tour = demo.tour_id.unwrap();

    let tours = tour_ids(&merchant.get("/tour").await);
    let shipments = merchant.get(&format!("/tour/{tour}/shipment")).await;

    assert_eq!(tour, "20260224");
    assert!(tours.is_sorted());
    assert!(tours.contains(&tour));
    assert_eq!(
        shipments.json(),
        json!([{ "shipmentId": demo.shipment_id }])
    );
}

#[tokio::test]
async fn tours_hold_all_processed_outbound_shipments_once() {
    let merchant = Merchant::open().await;
    let mut held = Vec::new();

    for tour in tour_ids(&merchant.get("/tour").await) {
        held.extend(ids(&merchant.get(&format!("/tour/{tour}/shipment")).await));
    }

    held.sort_unstable();
    let expected: Vec<_> = {
        let mut expected: Vec<_> = Sandbox::DEMO_NUMBERS
            .iter()
            .map(|number| merchant.account().ids(number).unwrap().shipment_id)
            .filter(|id| id != RETURN_ID && !id.ends_with(ANNOUNCED))
            .collect();
        expected.sort_unstable();
        expected
    };
    assert_eq!(held, expected);
}

#[tokio::test]
async fn parcel_joins_tour_of_day_when_it_is_processed() {
    let merchant = Merchant::open().await;
    let number = ANNOUNCED;

    let before = merchant.account().ids(number).unwrap().tour_id;
    let scan = Scan::ago(Duration::ZERO, Step::Accepted);
    merchant.sandbox.add_scan(number, scan).unwrap();
    let after = merchant.account().ids(number).unwrap().tour_id;
    let tours = tour_ids(&merchant.get("/tour").await);

    assert_eq!(before, None);
    assert_eq!(after.as_deref(), Some("20260302"));
    assert_eq!(tours.last().map(String::as_str), Some("20260302"));
}

#[tokio::test]
async fn list_has_pages_from_zero() {
    let merchant = Merchant::open().await;
    let all = tour_ids(&merchant.get("/tour").await);

    let first = tour_ids(&merchant.get("/tour?page=0&pageSize=2").await);
    let second = tour_ids(&merchant.get("/tour?page=1&pageSize=2").await);
    let past = merchant.get("/tour?page=99").await;
    let wrong = merchant.get("/tour?page=one").await;

    assert_eq!([first, second].concat(), all[..4]);
    assert_eq!(past.text, "[]");
    assert_eq!(wrong.status, 400);
}

#[tokio::test]
async fn unknown_tour_is_not_found() {
    let merchant = Merchant::open().await;

    let response = merchant.get("/tour/19990101/shipment").await;

    assert_eq!(refused(&response), (404, "Tour not found".to_owned()));
}

#[tokio::test]
async fn new_tour_processes_its_shipments() {
    let merchant = Merchant::open().await;
    let shipment = merchant.account().ids(ANNOUNCED).unwrap();
    let body = json!({ "shipmentIds": [shipment.shipment_id] });

    let created = merchant.post("/tour", &body).await;

    assert_eq!(created.status, 201);
    let id = created.at("/tourId").as_str().unwrap().to_owned();
    assert_eq!(id, "2026030201");
    assert_eq!(
        tour_ids(&merchant.get("/tour").await).last(),
        Some(&id),
        "the newest tour is the last"
    );
    let held = merchant.get(&format!("/tour/{id}/shipment")).await;
    assert_eq!(ids(&held), [shipment.shipment_id.as_str()]);
    let response = merchant.shipment(&shipment.shipment_id).await;
    assert_eq!(response.at("/status"), "processed");
    assert_eq!(response.at("/processedAt"), "2026-03-02T09:00:00Z");
    let now = merchant.account().ids(ANNOUNCED).unwrap();
    assert_eq!(now.tour_id, Some(id));
}

#[tokio::test]
async fn scan_after_tour_leaves_shipment_in_place() {
    let merchant = Merchant::open().await;
    let body = json!({ "foreignOutboundTrackingIds": [ANNOUNCED] });
    let tour = merchant.post("/tour", &body).await.at("/tourId");
    merchant
        .sandbox
        .clock()
        .advance(Duration::from_secs(20 * 60));

    let scan = Scan::ago(Duration::ZERO, Step::Accepted);
    merchant.sandbox.add_scan(ANNOUNCED, scan).unwrap();

    let shipment = merchant.account().ids(ANNOUNCED).unwrap();
    let today = merchant.get("/tour/20260302/shipment").await;
    let response = merchant.shipment(&shipment.shipment_id).await;
    assert_eq!(shipment.tour_id.as_deref(), tour.as_str());
    assert_eq!(today.status, 404);
    assert_eq!(response.at("/processedAt"), "2026-03-02T09:00:00Z");
}

#[tokio::test]
async fn tour_takes_outbound_numbers_as_well() {
    let merchant = Merchant::open().await;
    let numbers = [Exporto::DEMO_NUMBER, ANNOUNCED];

    let created = merchant
        .post("/tour", &json!({ "foreignOutboundTrackingIds": numbers }))
        .await;

    let id = created.at("/tourId").as_str().unwrap().to_owned();
    let held = merchant.get(&format!("/tour/{id}/shipment")).await;
    let expected = numbers.map(|number| merchant.account().ids(number).unwrap().shipment_id);
    assert_eq!(ids(&held), expected);
}

#[tokio::test]
async fn repeated_create_makes_second_tour() {
    let merchant = Merchant::open().await;
    let body = json!({ "foreignOutboundTrackingIds": [ANNOUNCED] });

    let first = merchant.post("/tour", &body).await;
    let second = merchant.post("/tour", &body).await;

    assert_eq!([first.status, second.status], [201, 201]);
    assert_ne!(first.at("/tourId"), second.at("/tourId"));
}

#[tokio::test]
async fn tour_needs_one_list_of_known_shipments() {
    let merchant = Merchant::open().await;
    let demo = merchant.demo().shipment_id;
    let cases = [
        json!({}),
        json!([demo]),
        json!({ "shipmentIds": [] }),
        json!({ "shipmentIds": null }),
        json!({ "shipmentIds": demo }),
        json!({ "shipmentIds": [demo, 7] }),
        json!({ "shipmentIds": [demo, "nobody"] }),
        json!({ "shipmentIds": [RETURN_ID] }),
        json!({ "foreignOutboundTrackingIds": [demo] }),
        json!({ "shipmentIds": [demo], "foreignOutboundTrackingIds": [Exporto::DEMO_NUMBER] }),
    ];

    for body in cases {
        let response = merchant.post("/tour", &body).await;

        let expected = (400, "Invalid tour".to_owned());
        assert_eq!(refused(&response), expected, "{body}");
    }
}

#[tokio::test]
async fn parcel_of_today_is_in_tour_of_today() {
    let merchant = Merchant::open().await;
    let scan = Scan::ago(Duration::from_secs(60), Step::Accepted);
    let parcel = Parcel::new("ups", "TODAY-1").scan(scan);
    merchant.sandbox.add_parcel(parcel).unwrap();

    let held = merchant.get("/tour/20260302/shipment").await;

    assert!(ids(&held).contains(&"S-TODAY-1".to_owned()));
}

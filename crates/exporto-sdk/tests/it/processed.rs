//! The documented procedure: tours, their shipments, the details of each. The clock is paused, and every
//! response takes a second.

use std::collections::BTreeMap;
use std::error::Error as _;
use std::time::Duration;

use exporto_sdk::{ErrorKind, ProcessedShipments, ShipmentId};
use serde_json::{Value, json};
use tokio::time::Instant;
use tracking_core::UtcTime;

use crate::account::Account;

/// Reads the stream to its end: shipments with their tours, and failures by what they name.
async fn collect(mut shipments: ProcessedShipments) -> (Vec<String>, Vec<String>) {
    let mut found = Vec::new();
    let mut failed = Vec::new();
    while let Some(outcome) = shipments.next().await {
        match outcome {
            Ok(shipment) => {
                let id = shipment.shipment_id.as_ref().map(ShipmentId::as_str);
                found.push(format!("{} {}", shipment.tour_id, id.unwrap()));
            }
            Err(error) => failed.push(format!(
                "{} {} {}",
                error.tour_id.as_ref().map_or("-", |id| id.as_str()),
                error.shipment_id.as_ref().map_or("-", |id| id.as_str()),
                error.error.kind().as_str(),
            )),
        }
    }
    (found, failed)
}

#[tokio::test(start_paused = true)]
async fn tours_shipments_and_details_are_one_stream() {
    let (client, account) = Account::default()
        .tours(&["t-1", "t-2"])
        .tour("t-1", &json!(["p-1", { "shipmentId": "p-2" }]))
        .tour("t-2", &json!({ "shipmentIds": ["p-3"] }))
        .shipment("p-1")
        .shipment("p-2")
        .shipment("p-3")
        .client();

    let (found, failed) = collect(client.processed_shipments(None)).await;

    assert_eq!(found, ["t-1 p-1", "t-1 p-2", "t-2 p-3"]);
    assert!(failed.is_empty(), "{failed:?}");
    let mut asked = account.asked();
    asked.sort_unstable();
    assert_eq!(
        asked,
        [
            "/shipment/p-1",
            "/shipment/p-2",
            "/shipment/p-3",
            "/tour/t-1/shipment",
            "/tour/t-2/shipment",
            "/tour?page=0",
            "/tour?page=1",
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn shipment_in_several_tours_is_yielded_once() {
    let (client, account) = Account::default()
        .tours(&["t-1", "t-2", "t-1"])
        .tour("t-1", &json!(["p-1", "p-1", "p-2"]))
        .tour("t-2", &json!(["p-2", "p-3"]))
        .shipment("p-1")
        .shipment("p-2")
        .shipment("p-3")
        .client();

    let (found, _) = collect(client.processed_shipments(None)).await;

    assert_eq!(found, ["t-1 p-1", "t-1 p-2", "t-2 p-3"]);
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for target in account.asked() {
        *counts.entry(target).or_default() += 1;
    }
    assert!(counts.values().all(|count| *count == 1), "{counts:?}");
}

#[tokio::test(start_paused = true)]
async fn failed_part_does_not_lose_others() {
    let (client, _) = Account::default()
        .tours(&["t-1", "t-gone", "t-3"])
        .tour(
            "t-1",
            &json!(["p-1", "p-gone", "p-broken", "p-junk", {"lineItems": []}, "p-2"]),
        )
        .tour("t-3", &json!(["p-3"]))
        .shipment("p-1")
        .with("/shipment/p-broken", 500, &json!({ "message": "No" }))
        .with("/shipment/p-junk", 200, &json!([]))
        .shipment("p-2")
        .shipment("p-3")
        .client();

    let (found, failed) = collect(client.processed_shipments(None)).await;

    assert_eq!(found, ["t-1 p-1", "t-1 p-2", "t-3 p-3"]);
    assert_eq!(
        failed,
        [
            "t-1 p-gone not_found",
            "t-1 p-broken server",
            "t-1 p-junk decode",
            "t-1 - decode",
            "t-gone - not_found",
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn list_of_tours_that_breaks_off_is_last_item() {
    let (client, _) = Account::default()
        .with("/tour?page=0", 200, &json!(["t-1"]))
        .with("/tour?page=1", 500, &json!({ "message": "No" }))
        .tour("t-1", &json!(["p-1"]))
        .shipment("p-1")
        .client();

    let (found, failed) = collect(client.processed_shipments(None)).await;

    assert_eq!(found, ["t-1 p-1"]);
    assert_eq!(failed, ["- - server"]);
}

#[tokio::test(start_paused = true)]
async fn wrong_path_error_says_how_to_fix_it() {
    let (client, _) = Account::default().client();

    let error = client
        .processed_shipments(None)
        .next()
        .await
        .unwrap()
        .unwrap_err();

    assert_eq!(error.error.kind(), ErrorKind::NotFound);
    assert!(
        error.to_string().contains("with_list_tours_path"),
        "{error}"
    );
    assert!(error.source().is_none());
}

#[tokio::test(start_paused = true)]
async fn eight_details_are_read_side_by_side_and_come_in_order() {
    let ids: Vec<String> = (0..40).map(|number| format!("p-{number}")).collect();
    let account = Account::default().tours(&["t-1"]).tour("t-1", &json!(ids));
    let account = ids.iter().fold(account, |account, id| account.shipment(id));
    let (client, account) = account.client();
    let start = Instant::now();

    let (found, _) = collect(client.processed_shipments(None)).await;

    let expected: Vec<String> = ids.iter().map(|id| format!("t-1 {id}")).collect();
    assert_eq!(found, expected);
    assert_eq!(account.most_under_way(), 8);
    // One after the other it would take 43.
    assert!(
        start.elapsed() < Duration::from_secs(12),
        "{:?}",
        start.elapsed()
    );
}

#[tokio::test(start_paused = true)]
async fn stream_sends_requests_only_shortly_before_need() {
    let ids: Vec<String> = (0..100).map(|number| format!("p-{number}")).collect();
    let account = Account::default()
        .tours(&["t-1", "t-2"])
        .tour("t-1", &json!(ids));
    let account = ids.iter().fold(account, |account, id| account.shipment(id));
    let (client, account) = account.client();

    let mut shipments = client.processed_shipments(None);
    assert!(account.asked().is_empty());
    shipments.next().await.unwrap().unwrap();
    drop(shipments);

    let asked = account.asked().len();
    assert!(asked <= 2 + 8 + 8, "{asked}");
}

fn since() -> UtcTime {
    "2026-10-05T00:00:00Z".parse().unwrap()
}

#[tokio::test(start_paused = true)]
async fn since_leaves_out_older_shipments() {
    let processed = |id: &str, at: Value| json!({ "shipmentId": id, "processedAt": at });
    let (client, _) = Account::default()
        .tours(&["t-1"])
        .tour(
            "t-1",
            &json!([
                "old",
                "same",
                "new",
                "offset",
                "none",
                "null",
                "naive",
                "junk",
                "delivered"
            ]),
        )
        .shipment_with("old", &processed("old", json!("2026-10-04T23:59:59Z")))
        .shipment_with("same", &processed("same", json!("2026-10-05T00:00:00Z")))
        .shipment_with("new", &processed("new", json!("2026-10-05T00:00:01Z")))
        .shipment_with(
            "offset",
            &processed("offset", json!("2026-10-05T01:30:00+02:00")),
        )
        .shipment_with("none", &json!({ "shipmentId": "none" }))
        .shipment_with("null", &processed("null", Value::Null))
        .shipment_with("naive", &processed("naive", json!("2026-10-01T00:00:00")))
        .shipment_with("junk", &processed("junk", json!("last week")))
        .shipment_with(
            "delivered",
            &json!({ "shipmentId": "delivered", "carrierDeliveredAt": "2026-09-01T00:00:00Z" }),
        )
        .client();

    let (found, failed) = collect(client.processed_shipments(since())).await;

    let ids: Vec<&str> = found
        .iter()
        .map(|it| it.strip_prefix("t-1 ").unwrap())
        .collect();
    assert_eq!(
        ids,
        ["same", "new", "none", "null", "naive", "junk", "delivered"]
    );
    assert!(failed.is_empty());
}

#[tokio::test(start_paused = true)]
async fn since_skips_details_where_tour_has_time() {
    let listed = json!([
        { "shipmentId": "old", "processedAt": "2026-10-01T00:00:00Z" },
        { "shipmentId": "new", "processedAt": "2026-10-06T00:00:00Z" },
    ]);
    let (client, account) = Account::default()
        .tours(&["t-1"])
        .tour("t-1", &listed)
        .shipment("new")
        .client();

    let (found, failed) = collect(client.processed_shipments(since())).await;

    assert_eq!((found.len(), failed.len()), (1, 0));
    assert!(!account.asked().contains(&"/shipment/old".to_owned()));
}

#[tokio::test(start_paused = true)]
async fn known_tours_need_no_list() {
    let (client, account) = Account::default()
        .tour("t-2", &json!(["p-3"]))
        .shipment("p-3")
        .client();

    let (found, _) = collect(client.processed_shipments_of_tours(["t-2"], None)).await;

    assert_eq!(found, ["t-2 p-3"]);
    assert_eq!(account.asked(), ["/tour/t-2/shipment", "/shipment/p-3"]);
}

#[tokio::test(start_paused = true)]
async fn tour_without_assumed_key_is_reported_and_others_go_on() {
    let (client, _) = Account::default()
        .with(
            "/tour?page=0",
            200,
            &json!([{ "id": "t-0" }, { "tourId": "t-1" }]),
        )
        .with("/tour?page=1", 200, &json!([]))
        .tour("t-1", &json!(["p-1"]))
        .shipment("p-1")
        .client();

    let mut shipments = client.processed_shipments(None);
    let error = shipments.next().await.unwrap().unwrap_err();
    let found = shipments.next().await.unwrap().unwrap();

    assert!(
        error.to_string().contains("processed_shipments_of_tours"),
        "{error}"
    );
    assert_eq!(found.tour_id, "t-1");
}

#[tokio::test(start_paused = true)]
async fn element_that_is_no_tour_is_reported_and_others_go_on() {
    let (client, _) = Account::default()
        .with("/tour?page=0", 200, &json!([["?"], "t-1"]))
        .with("/tour?page=1", 200, &json!(["t-2"]))
        .with("/tour?page=2", 200, &json!([]))
        .tour("t-1", &json!(["p-1"]))
        .tour("t-2", &json!(["p-2"]))
        .shipment("p-1")
        .shipment("p-2")
        .client();

    let (found, failed) = collect(client.processed_shipments(None)).await;

    assert_eq!(found, ["t-1 p-1", "t-2 p-2"]);
    assert_eq!(failed, ["- - decode"]);
}

#[tokio::test(start_paused = true)]
async fn stream_outlives_its_client_and_moves_between_tasks() {
    let (client, _) = Account::default()
        .tours(&["t-1"])
        .tour("t-1", &json!(["p-1"]))
        .shipment("p-1")
        .client();
    let shipments = client.processed_shipments(None);
    drop(client);

    let (found, _) = tokio::spawn(collect(shipments)).await.unwrap();

    assert_eq!(found, ["t-1 p-1"]);
}

#[tokio::test(start_paused = true)]
async fn odd_tour_element_does_not_lose_others() {
    let listed = json!([
        "p-1",
        { "shipmentId": "p-2", "lineItems": 7, "orderId": ["?"] },
        { "shipmentId": ["?"] },
        ["?"],
        { "shipmentId": "p-3" },
    ]);
    let (client, _) = Account::default()
        .tours(&["t-1"])
        .tour("t-1", &listed)
        .shipment("p-1")
        .shipment("p-2")
        .shipment("p-3")
        .client();

    let (found, failed) = collect(client.processed_shipments(None)).await;

    assert_eq!(found, ["t-1 p-1", "t-1 p-2", "t-1 p-3"]);
    assert_eq!(failed, ["t-1 - decode", "t-1 - decode"]);
}

#[tokio::test(start_paused = true)]
async fn refused_login_ends_stream() {
    let ids: Vec<String> = (0..200).map(|number| format!("p-{number}")).collect();
    let account = Account::default().tours(&["t-1"]).tour("t-1", &json!(ids));
    let refused = json!({ "message": "Unauthorized" });
    let (client, account) = ids
        .iter()
        .fold(account, |account, id| {
            account.with(&format!("/shipment/{id}"), 401, &refused)
        })
        .client();

    let (found, failed) = collect(client.processed_shipments(None)).await;

    assert!(found.is_empty());
    assert_eq!(failed, ["t-1 p-0 authentication"]);
    // The eight under way, each repeated once with a new token, and what was requested before.
    let asked = account.asked().len();
    assert!(asked <= 1 + 2 * 8 + 8, "{asked}");
}

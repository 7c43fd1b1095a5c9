//! Responses of tomorrow: unknown fields, unknown values, nulls, missing keys, wrong scalars.

use serde_json::Value;
use ship24_sdk::tracking_http::unmodelled_fields;
use ship24_sdk::{CreateTracker, Event, Shipment, Tracker, Tracking, TrackingResultsResponse};

use crate::server::{Reply, Server};

const RESULTS: &str = "get-tracking-results-of-tracker-by-trackerId";

async fn create(name: &str) -> ship24_sdk::Response<Tracker> {
    let server = Server::replying(Reply::fixture(&format!("create-tracker/{name}"))).await;
    server
        .client()
        .create_tracker(&CreateTracker::new("PTS-0009917"))
        .await
        .unwrap()
}

async fn results(name: &str) -> ship24_sdk::Response<Vec<Tracking>> {
    let server = Server::replying(Reply::fixture(&format!("{RESULTS}/{name}"))).await;
    server
        .client()
        .get_tracking_results_of_tracker_by_tracker_id("t-1")
        .await
        .unwrap()
}

#[tokio::test]
async fn unknown_fields_are_ignored_listed_and_kept_in_the_body() {
    let tracker = create("201_unknown_fields.json").await;

    assert_eq!(
        tracker.tracker_id,
        Some("5d187c06-6e2b-d9f1-4006-83b1c7e04a06".into())
    );
    assert_eq!(
        tracker.unmodelled(),
        [
            "data.tracker.labels",
            "data.tracker.owner",
            "data.tracker.updatedAt",
            "data.usage",
            "meta"
        ]
    );
    let body: Value = serde_json::from_slice(tracker.body()).unwrap();
    assert_eq!(body["data"]["tracker"]["owner"]["team"], "returns");
}

#[tokio::test]
async fn unknown_fields_are_found_on_every_level() {
    let trackings = results("200_unknown_values.json").await;

    let expected = [
        "data.trackings[].events[].temperature",
        "data.trackings[].shipment.carbonFootprint",
        "data.trackings[].statistics.distanceKm",
        "data.trackings[].tracker.plan",
    ];
    assert_eq!(trackings.unmodelled(), expected);
    let again = unmodelled_fields::<TrackingResultsResponse>(trackings.body()).unwrap();
    assert_eq!(again, expected);
}

#[tokio::test]
async fn unknown_values_keep_raw_value() {
    let trackings = results("200_unknown_values.json").await;

    let shipment = trackings[0].shipment.as_ref().unwrap();
    let event = &trackings[0].events[0];
    for (milestone, category, code) in [
        (
            &shipment.status_milestone,
            &shipment.status_category,
            &shipment.status_code,
        ),
        (
            &event.status_milestone,
            &event.status_category,
            &event.status_code,
        ),
    ] {
        assert_eq!(milestone.as_ref().unwrap().as_str(), "on_the_moon");
        assert_eq!(category.as_ref().unwrap().as_str(), "air");
        assert_eq!(code.as_ref().unwrap().as_str(), "delivery_by_drone");
    }
    assert_eq!(event.source_code.as_deref(), Some("lunar-tracking"));
    assert_eq!(event.courier_code.as_deref(), Some("sample-moon"));
}

#[tokio::test]
async fn spellings_of_others_are_not_taken_for_ship24_statuses() {
    let trackings = results("200_spellings_of_others.json").await;

    let shipment = trackings[0].shipment.as_ref().unwrap();
    assert!(shipment.status_code.as_ref().unwrap().is_unknown());
    assert!(shipment.status_milestone.as_ref().unwrap().is_unknown());
}

#[tokio::test]
async fn every_key_may_be_null_or_missing() {
    for name in ["201_all_null.json", "201_empty_tracker.json"] {
        let reply = Reply::fixture(&format!("create-tracker/{name}"));
        let server = Server::start([reply.clone(), reply]).await;
        let client = server.client();

        let read = client.get_tracker_by_tracker_id("t-1").await.unwrap();
        let created = client
            .create_tracker(&CreateTracker::new("PTS-0009917"))
            .await;

        assert_eq!(*read, Tracker::default(), "{name}");
        // Nothing says that it exists.
        assert!(created.unwrap_err().is_decode(), "{name}");
    }
}

#[tokio::test]
async fn nulls_on_every_level_of_a_result_lose_nothing_else() {
    let trackings = results("200_all_null.json").await;

    let tracking = &trackings[0];
    assert_eq!((&tracking.metadata, &tracking.tracker), (&None, &None));
    assert_eq!(tracking.shipment, Some(Shipment::default()));
    assert_eq!(tracking.events, [Event::default()]);
}

#[tokio::test]
async fn shipment_delivery_and_lists_may_be_null() {
    let shipment = results("200_shipment_null.json").await;
    let delivery = results("200_delivery_null.json").await;

    assert_eq!(
        (&shipment[0].shipment, shipment[0].events.len()),
        (&None, 0)
    );
    assert!(shipment[0].tracker.is_some());
    let shipment = delivery[0].shipment.as_ref().unwrap();
    assert_eq!(
        (&shipment.delivery, shipment.tracking_numbers.len()),
        (&None, 0)
    );
}

#[tokio::test]
async fn wrong_scalars_are_read_as_what_they_mean() {
    let tracker = create("201_wrong_scalars.json").await;
    let trackings = results("200_wrong_scalars.json").await;

    assert_eq!(tracker.tracker_id, Some("480017".into()));
    assert_eq!(tracker.tracking_number.as_deref(), Some("77300145509"));
    assert_eq!(
        (tracker.is_subscribed, tracker.is_tracked),
        (Some(true), Some(true))
    );
    let shipment = trackings[0].shipment.as_ref().unwrap();
    assert_eq!(shipment.shipment_id, Some("90125".into()));
    assert_eq!(shipment.tracking_numbers[0].tn.as_deref(), Some("5590172"));
    let event = &trackings[0].events[0];
    assert_eq!(event.event_id, Some("771".into()));
    assert_eq!(
        (event.status.as_deref(), event.location.as_deref()),
        (Some("42"), Some("4021"))
    );
    assert_eq!(event.order, Some(3));
}

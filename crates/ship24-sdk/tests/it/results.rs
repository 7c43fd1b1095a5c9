//! Tracking results, by number and by tracker.

use ship24_sdk::{ErrorKind, StatusCategory, StatusCode, StatusMilestone};
use tracking_core::time::TimeKind;

use crate::server::{Reply, Server};

const OF_TRACKER: &str = "get-tracking-results-of-tracker-by-trackerId";
const OF_NUMBER: &str = "get-tracking-results-of-trackers-by-tracking-number";

async fn of_tracker(name: &str) -> ship24_sdk::Tracking {
    let server = Server::replying(Reply::fixture(&format!("{OF_TRACKER}/{name}"))).await;
    let client = server.client();

    let trackings = client
        .get_tracking_results_of_tracker_by_tracker_id("t-1")
        .await
        .unwrap();

    server
        .request()
        .assert_without_body("GET", "/public/v1/trackers/t-1/results");
    let [tracking] = trackings.as_slice() else {
        panic!("{trackings:?}")
    };
    tracking.clone()
}

#[tokio::test]
async fn legs_are_distinguished_by_number_and_courier() {
    let tracking = of_tracker("200_two_legs_four_date_forms.json").await;

    let legs: Vec<(&str, &str)> = tracking
        .events
        .iter()
        .map(|event| {
            let number = event.event_tracking_number.as_deref().unwrap();
            (number, event.courier_code.as_deref().unwrap())
        })
        .collect();
    assert_eq!(legs[..3], [("NOX/0009917", "sample-post-no"); 3]);
    assert_eq!(legs[3..], [("PTS-0009917", "sample-post-pt"); 3]);
    // The number of an event need not be the number of its tracker.
    let tracker = tracking.tracker.as_ref().unwrap();
    assert_eq!(tracker.tracking_number.as_deref(), Some("PTS-0009917"));
    assert!(
        tracking
            .events
            .iter()
            .all(|it| it.tracking_number.as_deref() == Some("NOX/0009917"))
    );
}

#[tokio::test]
async fn all_date_forms_keep_raw_value_and_precision() {
    let tracking = of_tracker("200_two_legs_four_date_forms.json").await;

    let times: Vec<(String, TimeKind)> = tracking
        .events
        .iter()
        .map(|event| {
            let time = event.occurrence_datetime.as_ref().unwrap();
            (time.to_string(), time.timestamp().kind())
        })
        .collect();
    let expected = [
        ("2026-08-06T15:04:31+02:00", TimeKind::Exact),
        ("2026-08-06T08:12:00+02:00", TimeKind::Exact),
        ("2026-08-05T19:30:10Z", TimeKind::ClaimedUtc),
        ("2026-08-03T21:45:00", TimeKind::LocalNaive),
        ("2026-08-02", TimeKind::DateOnly),
        ("2026-08-02", TimeKind::DateOnly),
    ];
    assert_eq!(times, expected.map(|(text, kind)| (text.to_owned(), kind)));
}

#[tokio::test]
async fn odd_dates_keep_raw_value() {
    let tracking = of_tracker("200_odd_dates.json").await;

    let strings: Vec<&str> = tracking
        .events
        .iter()
        .map(|event| event.occurrence_datetime.as_ref().unwrap().as_str())
        .collect();
    assert_eq!(
        strings,
        [
            "2026-08-12T05:00:00.123456+05:30",
            "2026-08-12T00:00:00",
            "2026-08-11 23:10",
            "yesterday",
            "",
        ]
    );
    let kind = |index: usize| {
        tracking.events[index]
            .occurrence_datetime
            .as_ref()
            .unwrap()
            .timestamp()
            .kind()
    };
    assert_eq!((kind(0), kind(1)), (TimeKind::Exact, TimeKind::LocalNaive));
    assert_eq!((kind(3), kind(4)), (TimeKind::Unparsed, TimeKind::Unparsed));
}

#[tokio::test]
async fn category_may_come_without_code() {
    let tracking = of_tracker("200_two_legs_four_date_forms.json").await;

    let event = &tracking.events[4];
    assert_eq!(event.status_code, None);
    assert_eq!(event.status_category, Some(StatusCategory::Transit));
    assert_eq!(event.status_milestone, Some(StatusMilestone::InTransit));
    assert_eq!(
        tracking.events[0].status_code,
        Some(StatusCode::DeliveryDelivered)
    );
}

#[tokio::test]
async fn all_three_estimates_are_kept_apart() {
    let tracking = of_tracker("200_newest_2026.json").await;

    let delivery = tracking.shipment.unwrap().delivery.unwrap();
    assert_eq!(
        delivery.estimated_delivery_date.unwrap(),
        "2026-09-15T18:00:00"
    );
    let courier = delivery.courier_estimated_delivery_date.unwrap();
    assert_eq!(courier.from.unwrap(), "2026-09-15T09:00:00");
    let predicted = delivery.ai_predictive_delivery_date.unwrap();
    assert_eq!(predicted.to.unwrap(), "2026-09-15T13:30:00+02:00");
}

#[tokio::test]
async fn responses_of_2025_lack_keys_and_are_read() {
    let tracking = of_tracker("200_older_2025.json").await;

    assert_eq!(tracking.events[0].order, None);
    assert_eq!(tracking.tracker.unwrap().is_tracked, None);
    let delivery = tracking.shipment.unwrap().delivery.unwrap();
    assert_eq!(delivery.courier_estimated_delivery_date, None);
    let estimate = delivery.estimated_delivery_date.unwrap();
    assert_eq!(estimate, "2025-02-14T00:00:00.000Z");
}

#[tokio::test]
async fn number_without_data_is_pending_without_events() {
    let tracking = of_tracker("200_pending.json").await;

    let shipment = tracking.shipment.unwrap();
    assert_eq!(shipment.status_milestone, Some(StatusMilestone::Pending));
    assert_eq!((shipment.shipment_id, shipment.status_code), (None, None));
    assert!(tracking.events.is_empty());
}

#[tokio::test]
async fn events_of_one_date_are_distinguished_by_order() {
    let tracking = of_tracker("200_available_for_pickup.json").await;

    let orders: Vec<Option<i64>> = tracking.events.iter().map(|event| event.order).collect();
    assert_eq!(orders, [Some(2), Some(1)]);
    assert_eq!(tracking.shipment.unwrap().status_code, None);
}

#[tokio::test]
async fn number_may_have_several_trackers() {
    let fixture = format!("{OF_NUMBER}/200_two_trackings.json");
    let server = Server::replying(Reply::fixture(&fixture)).await;
    let client = server.client();

    let trackings = client
        .get_tracking_results_of_trackers_by_tracking_number("NOX/0009917")
        .await
        .unwrap();

    let subscribed: Vec<Option<bool>> = trackings
        .iter()
        .map(|tracking| tracking.tracker.as_ref().unwrap().is_subscribed)
        .collect();
    assert_eq!(subscribed, [Some(true), Some(false)]);
    let target = "/public/v1/trackers/search/NOX%2F0009917/results";
    server.request().assert_without_body("GET", target);
}

#[tokio::test]
async fn number_is_sent_as_it_was_given() {
    let fixture = format!("{OF_NUMBER}/200_case_differs.json");
    let server = Server::replying(Reply::fixture(&fixture)).await;
    let client = server.client();

    let trackings = client
        .get_tracking_results_of_trackers_by_tracking_number("aBc-778-x")
        .await
        .unwrap();

    let tracker = trackings[0].tracker.as_ref().unwrap();
    assert_eq!(tracker.tracking_number.as_deref(), Some("ABC-778-X"));
    let target = "/public/v1/trackers/search/aBc-778-x/results";
    server.request().assert_without_body("GET", target);
}

#[tokio::test]
async fn number_is_not_found_without_tracker() {
    let fixture = format!("{OF_NUMBER}/404_no_tracker.json");
    let server = Server::replying(Reply::fixture(&fixture)).await;
    let client = server.client();

    let error = client
        .get_tracking_results_of_trackers_by_tracking_number("PTS-0009917")
        .await
        .unwrap_err();

    assert_eq!(error.kind(), ErrorKind::NotFound);
    assert_eq!(error.status().unwrap(), 404);
}

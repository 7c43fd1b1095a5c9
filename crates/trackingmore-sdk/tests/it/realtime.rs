//! `POST /trackings/realtime`: asks the carrier now.

use std::time::Duration;

use serde_json::json;
use tokio::time::Instant;
use trackingmore_sdk::{
    ConfigureClient as _, ErrorKind, RealtimeData, RealtimeTracking, Response, RetryPolicy,
    TrackingStatus, operations,
};

use crate::script::{Script, Step};
use crate::server::{Reply, Server, fixture_json};

const TARGET: &str = "/v2/trackings/realtime";

fn question() -> RealtimeTracking {
    RealtimeTracking::new("7700900123", "sample-express")
}

async fn response(name: &str) -> Response<RealtimeData> {
    let server = Server::replying(Reply::fixture(&format!("realtime-tracking/{name}"))).await;
    server
        .client()
        .realtime_tracking(&question())
        .await
        .unwrap()
}

#[tokio::test]
async fn fields_that_are_not_set_are_not_sent() {
    let server = Server::replying(Reply::fixture("realtime-tracking/200_item.json")).await;

    server
        .client()
        .realtime_tracking(&question())
        .await
        .unwrap();

    let body = fixture_json("realtime-tracking/request_minimal.json");
    server.request().assert_json("POST", TARGET, &body);
}

#[tokio::test]
async fn every_field_goes_under_the_name_of_this_endpoint() {
    let server = Server::replying(Reply::fixture("realtime-tracking/200_item.json")).await;
    let tracking = question()
        .destination_code("NO")
        .tracking_ship_date("20260908")
        .tracking_postal_code("0150")
        .tracking_account_number("ACC-1")
        .special_number_destination("Norway")
        .order("shop-7-2211")
        .order_create_time("2026/9/8 16:51")
        .lang("en")
        .auto_correct(0)
        .comment("Fragile.");

    server.client().realtime_tracking(&tracking).await.unwrap();

    let request = server.request();
    let body = fixture_json("realtime-tracking/request_full.json");
    request.assert_json("POST", TARGET, &body);
    for of_another_endpoint in ["order_id", "tracking_destination_country"] {
        assert!(request.json().get(of_another_endpoint).is_none());
    }
}

#[tokio::test]
async fn item_has_another_set_of_keys_than_registered_tracking() {
    let data = response("200_item.json").await;

    let [item] = data.items.as_slice() else {
        panic!("{:?}", data.items)
    };
    assert_eq!(item.status, Some(TrackingStatus::Delivered));
    assert_eq!((&item.created_at, &item.updated_at), (&None, &None));
    assert_eq!(item.destination_code.as_deref(), Some("no"));
    assert_eq!(item.destination_info, None);
    assert_eq!(item.package_status, None);
    assert_eq!(item.origin_info.as_ref().unwrap().trackinfo.len(), 3);
}

#[tokio::test]
async fn gateway_returns_thinner_item() {
    let data = response("200_thin_gateway.json").await;

    let item = &data.items[0];
    assert_eq!((&item.last_event, &item.last_update_time), (&None, &None));
    let info = item.origin_info.as_ref().unwrap();
    assert_eq!(info.item_received, None);
    assert_eq!(info.trackinfo.len(), 3);
}

#[tokio::test]
async fn values_of_keys_seen_as_null_only_are_kept_raw() {
    let data = response("200_unknown_types.json").await;

    assert_eq!(data.items[0].package_status, Some(json!({ "code": 3 })));
    assert_eq!(
        data.items[0].last_mile_tracking_supported,
        Some(json!(true))
    );
}

#[tokio::test]
async fn empty_list_is_no_failure() {
    assert!(response("200_empty_items.json").await.items.is_empty());
}

#[tokio::test]
async fn calls_that_cost_quota_are_not_retried() {
    for name in ["4019_balance.json", "4031_nothing.json"] {
        let server = Server::replying(Reply::fixture(&format!("realtime-tracking/{name}"))).await;
        let client = server
            .builder()
            .with_retry(RetryPolicy::default())
            .build()
            .unwrap();

        let error = client.realtime_tracking(&question()).await.unwrap_err();

        assert_eq!(error.attempts(), 1, "{name}");
        assert!(!error.is_retryable(), "{name}");
    }
}

#[tokio::test(start_paused = true)]
async fn carrier_gets_sixty_seconds_and_is_queried_once() {
    let script = Script::new([Step::Hang]);
    let client = script.client();
    let started = Instant::now();

    let error = client.realtime_tracking(&question()).await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert_eq!(started.elapsed(), Duration::from_secs(60));
    assert_eq!((error.attempts(), script.requests()), (1, 1));
}

#[test]
fn calls_that_query_carriers_have_own_timeout() {
    let slow: Vec<_> = operations::ALL
        .iter()
        .filter_map(|operation| Some((operation.id, operation.timeout?)))
        .collect();

    let minute = Duration::from_secs(60);
    assert_eq!(slow, [("realtime-tracking", minute), ("air-cargo", minute)]);
}

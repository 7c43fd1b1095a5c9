//! The documented limits per endpoint are kept. The clock is paused.

use std::time::Duration;

use ship24_sdk::{ConfigureClient as _, CreateTracker, ErrorKind, ListTrackersQuery};

use crate::script::{Script, Step};
use crate::server::Reply;

fn steps(fixture: &str, count: usize) -> Vec<Step> {
    (0..count)
        .map(|_| Step::Reply(Reply::fixture(fixture)))
        .collect()
}

/// No window of a second may hold more requests than are documented.
#[track_caller]
fn assert_spaced(script: &Script, per_second: usize) {
    let pauses = script.pauses();
    for window in pauses.windows(per_second) {
        assert!(window.iter().sum::<u128>() >= 1000, "{pauses:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn couriers_are_listed_once_a_second() {
    let script = Script::new(steps("get-couriers/200_newest_2026.json", 3));
    let client = script.client();

    for _ in 0..3 {
        client.get_couriers().await.unwrap();
    }

    assert_spaced(&script, 1);
}

#[tokio::test(start_paused = true)]
async fn bulk_requests_are_sent_three_times_a_second() {
    let script = Script::new(steps("bulk-create-trackers/201_created.json", 7));
    let client = script.client();

    for _ in 0..7 {
        client
            .bulk_create_trackers(&[CreateTracker::new("PTS-0009917")])
            .await
            .unwrap();
    }

    assert_spaced(&script, 3);
}

#[tokio::test(start_paused = true)]
async fn other_calls_are_sent_ten_times_a_second() {
    let script = Script::new(steps("list-trackers/200_page.json", 25));
    let client = script.client();

    for _ in 0..25 {
        client
            .list_trackers(&ListTrackersQuery::new())
            .await
            .unwrap();
    }

    assert_spaced(&script, 10);
    assert!(
        script.pauses().iter().sum::<u128>() < 3000,
        "{:?}",
        script.pauses()
    );
}

#[tokio::test(start_paused = true)]
async fn endpoints_do_not_wait_for_each_other() {
    let mut responses = steps("get-couriers/200_newest_2026.json", 1);
    responses.extend(steps("list-trackers/200_page.json", 1));
    let script = Script::new(responses);
    let client = script.client();

    client.get_couriers().await.unwrap();
    client
        .list_trackers(&ListTrackersQuery::new())
        .await
        .unwrap();

    assert_eq!(script.pauses(), [0]);
}

#[tokio::test(start_paused = true)]
async fn clones_share_the_limits() {
    let script = Script::new(steps("get-couriers/200_newest_2026.json", 2));
    let client = script.client();

    client.clone().get_couriers().await.unwrap();
    client.get_couriers().await.unwrap();

    assert_spaced(&script, 1);
}

#[tokio::test(start_paused = true)]
async fn plan_with_other_limits_replaces_documented_ones() {
    let script = Script::new(steps("get-couriers/200_newest_2026.json", 2));
    let client = script
        .builder()
        .with_rate_limit("get-couriers", 1, Duration::from_secs(5))
        .build()
        .unwrap();

    client.get_couriers().await.unwrap();
    client.get_couriers().await.unwrap();

    assert!(script.pauses()[0] >= 5000, "{:?}", script.pauses());
}

#[test]
fn limit_for_unknown_endpoint_is_refused() {
    let error = Script::new([])
        .builder()
        .with_rate_limit("get-courier", 1, Duration::from_secs(5))
        .build()
        .unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Configuration);
    let message = error.to_string();
    assert!(message.contains("no rate class `get-courier`"), "{message}");
    assert!(message.contains("`get-couriers`"), "{message}");
}

//! The documented limits are kept, and a 429 pauses for two minutes. The clock is paused.

use std::time::Duration;

use tokio::time::Instant;
use trackingmore_sdk::{
    ConfigureClient as _, ErrorKind, RealtimeTracking, RetryPolicy, TrackingKey,
};

use crate::operations::{CARRIER, NUMBER, OPERATIONS, call};
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
    assert!(pauses.len() >= per_second, "{pauses:?}");
    for window in pauses.windows(per_second) {
        assert!(window.iter().sum::<u128>() >= 1000, "{pauses:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn all_operations_but_one_share_one_request_a_second() {
    let others = || OPERATIONS.iter().filter(|it| it.id != "realtime-tracking");
    let responses = others().map(|it| Step::Reply(Reply::fixture(&it.fixture())));
    let script = Script::new(responses);
    let client = script.client();

    for operation in others() {
        call(&client, operation.id).await.unwrap();
    }

    assert_spaced(&script, 1);
    assert_eq!(script.requests(), 18);
    // Not slower than need be, either.
    let longest = script.pauses().into_iter().max().unwrap();
    assert!(longest < 1500, "{longest} ms");
}

#[tokio::test(start_paused = true)]
async fn realtime_query_has_own_limit_of_three_per_second() {
    let mut responses = steps("realtime-tracking/200_item.json", 7);
    responses.extend(steps("list-carriers/200_code_only.json", 1));
    let script = Script::new(responses);
    let client = script.client();
    let question = RealtimeTracking::new(NUMBER, CARRIER);

    for _ in 0..7 {
        client.realtime_tracking(&question).await.unwrap();
    }
    assert_spaced(&script, 3);
    let before = Instant::now();
    client.list_carriers().await.unwrap();

    // Another class does not wait for it.
    assert_eq!(before.elapsed(), Duration::ZERO);
    let pauses: u128 = script.pauses().iter().sum();
    assert!((2000..2700).contains(&pauses), "{pauses} ms");
}

#[tokio::test(start_paused = true)]
async fn calls_of_other_paths_count_towards_the_limit_of_the_account() {
    let script = Script::new(steps("list-carriers/200_code_only.json", 3));
    let client = script.client();

    client.list_carriers().await.unwrap();
    for _ in 0..2 {
        let other = client.request(http::Method::GET, "/trackings/usage");
        other.send_bytes().await.unwrap();
    }

    assert_spaced(&script, 1);
}

#[tokio::test(start_paused = true)]
async fn clones_share_the_limits() {
    let script = Script::new(steps("list-carriers/200_code_only.json", 2));
    let client = script.client();

    client.clone().list_carriers().await.unwrap();
    client.list_carriers().await.unwrap();

    assert_spaced(&script, 1);
}

#[tokio::test(start_paused = true)]
async fn calls_at_the_same_time_wait_for_each_other() {
    let script = Script::new(steps("list-carriers/200_code_only.json", 4));
    let client = script.client();

    let calls = (0..4).map(|_| {
        let client = client.clone();
        tokio::spawn(async move { client.list_carriers().await.map(drop) })
    });
    for call in calls.collect::<Vec<_>>() {
        call.await.unwrap().unwrap();
    }

    assert_spaced(&script, 1);
}

#[tokio::test(start_paused = true)]
async fn account_with_another_limit_replaces_documented_one() {
    let script = Script::new(steps("list-carriers/200_code_only.json", 2));
    let client = script
        .builder()
        .with_rate_limit("account", 1, Duration::from_secs(5))
        .build()
        .unwrap();

    client.list_carriers().await.unwrap();
    client.list_carriers().await.unwrap();

    assert!(script.pauses()[0] >= 5000, "{:?}", script.pauses());
}

#[test]
fn limit_for_unknown_class_is_refused() {
    let error = Script::new([])
        .builder()
        .with_rate_limit("trackings", 1, Duration::from_secs(5))
        .build()
        .unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Configuration);
    let message = error.to_string();
    for name in ["`trackings`", "`account`", "`realtime`"] {
        assert!(message.contains(name), "{message}");
    }
}

#[tokio::test(start_paused = true)]
async fn status_429_returns_at_once_and_pauses_account_two_minutes() {
    for path in ["list-trackings/429_paused.json", "errors/429_http.txt"] {
        let mut responses = steps(path, 1);
        responses.extend(steps("list-carriers/200_code_only.json", 1));
        responses.extend(steps("delete-trackings/200_deleted.json", 1));
        let script = Script::new(responses);
        let client = script.client();
        let started = Instant::now();

        let error = client.list_carriers().await.unwrap_err();
        let at_once = started.elapsed();
        client.list_carriers().await.unwrap();
        client
            .delete_trackings(&[TrackingKey::new(NUMBER, CARRIER)])
            .await
            .unwrap();

        assert!(error.is_rate_limited(), "{path}");
        assert_eq!(error.retry_after(), Some(Duration::from_secs(120)));
        assert_eq!((error.attempts(), at_once), (1, Duration::ZERO));
        // The next call of the same account waits, whatever operation it is.
        let pauses = script.pauses();
        assert!((120_000..121_200).contains(&pauses[0]), "{pauses:?}");
        assert!((1000..1500).contains(&pauses[1]), "{pauses:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn patient_client_waits_two_minutes_out() {
    let mut responses = steps("errors/429.json", 1);
    responses.extend(steps("list-carriers/200_code_only.json", 1));
    let script = Script::new(responses);
    let patient = RetryPolicy::default().with_max_elapsed(Duration::from_secs(300));
    let client = script.builder().with_retry(patient).build().unwrap();

    let carriers = client.list_carriers().await.unwrap();

    assert_eq!(carriers.attempts(), 2);
    let pauses = script.pauses();
    assert!((120_000..121_200).contains(&pauses[0]), "{pauses:?}");
}

#[tokio::test(start_paused = true)]
async fn wait_that_server_names_replaces_two_minutes() {
    let paused = Reply::fixture("errors/429.json").header("retry-after", "7");
    let mut responses = vec![Step::Reply(paused)];
    responses.extend(steps("list-carriers/200_code_only.json", 1));
    let script = Script::new(responses);

    let carriers = script.client().list_carriers().await.unwrap();

    assert_eq!(carriers.attempts(), 2);
    let pauses = script.pauses();
    assert!((7000..8200).contains(&pauses[0]), "{pauses:?}");
}

#[tokio::test(start_paused = true)]
async fn call_that_cannot_wait_fails_with_the_wait() {
    let script = Script::new(steps("errors/429.json", 1));
    let hasty = RetryPolicy::default().with_max_elapsed(Duration::from_secs(30));
    let client = script.builder().with_retry(hasty).build().unwrap();

    client.list_carriers().await.unwrap_err();
    tokio::time::advance(Duration::from_secs(20)).await;
    let error = client.list_carriers().await.unwrap_err();

    assert!(error.is_rate_limited());
    assert_eq!(error.retry_after(), Some(Duration::from_secs(100)));
    assert_eq!((error.attempts(), script.requests()), (0, 1));
}
